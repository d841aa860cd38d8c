"""The audit log for readers, in pages: who changed what, when, and the values before and after.

A page starts after a sequence number, so that the last page of a million events is read as fast as the first.
"""

import json
import re
from collections.abc import Sequence
from dataclasses import field
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, false, func, or_, select
from sqlalchemy.orm import Session

from planner.base.errors import UnknownNameError, unknown_name
from planner.base.language import later, tr
from planner.base.texts import natural_order, sanitize_query
from planner.base.views import value_class
from planner.domain.codes import canonical_code
from planner.queries.history.log_fields import LoggedChange, field_changes, names_of_references
from planner.queries.history.log_subjects import events_of_item, subjects_of_rows
from planner.queries.history.recorded_since import last_event_number
from planner.queries.history.redactions import RedactionView, redactions_of_events
from planner.register.item_rows import code_now, code_of_item, has_code, removed_items, unknown_item
from planner.register.reading import Reading
from planner.store.models import AuditEvent, Item, Person, PlanChange, Theme
from planner.tables.json_form import NOT_IN_JSON

PAGE = 200

# A word of this form is taken for a code even if no item has it, so that a mistyped code is not taken for a login.
_CODE = re.compile(r"[TP]-\d+", re.ASCII)


@value_class
class LogFilters:
    """Filters of the log. None means no filter.

    `code` selects an item and all that belongs to it. `who` is a login or its beginning. `since` and `until` are
    instants, both included. `table` and `action` are names as in the log. `write` is the id that all events of one
    write share.
    """

    code: str | None = None
    who: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    table: str | None = None
    action: str | None = None
    write: str | None = None


@value_class
class Event:
    """An event: one row was added or changed.

    `plan` is the key of the plan that the row belongs to, and `item` the code of the item. Both are None for a row that
    all plans share, such as a person. `of_other_plan` tells whether the row belongs to another plan than that in use,
    and `of_theme` whether it is a theme or a change of one, whose label begins with the number of the theme.

    `redactions` are the redactions that replaced text of the event with `[redacted]`.
    """

    seq: int
    recorded_at: datetime
    actor: str
    on_behalf_of: str | None
    action: str
    table: str
    label: str
    reason: str | None
    plan: str | None
    item: str | None
    added: bool
    fields: tuple[LoggedChange, ...]
    redactions: tuple[RedactionView, ...]
    of_other_plan: bool = field(default=False, metadata=NOT_IN_JSON)
    of_theme: bool = field(default=False, metadata=NOT_IN_JSON)

    @property
    def name(self) -> str:
        """The label of the event. If the event is about another plan than that in use, the plan's key follows."""
        name = tr("theme {label}", label=self.label) if self.of_theme else self.label
        if self.item and (name == self.table or name.startswith(f"{self.table} ")):
            # Versions before 0.2.0 named only the table of what an undone import took back.
            name = f"{self.item} {name}"
        return f"{name} ({self.plan})" if self.of_other_plan else name

    @property
    def fields_but_reason(self) -> tuple[LoggedChange, ...]:
        """The changed fields, without a field that only repeats the reason of the event."""
        return tuple(one for one in self.fields if (one.name, one.after) != ("reason", self.reason))


@value_class
class LogPage:
    """A page of events in order. `more` tells whether further events follow. `total` counts the whole log."""

    events: tuple[Event, ...]
    more: bool
    total: int


def filters_of(reading: Reading, search: str) -> LogFilters:
    """Return the filters for a search, which is an item's code, the beginning of a login, or both in either order."""
    words = search.split()
    codes = [word for word in words if _is_code(reading, word)]
    return LogFilters(code=next(iter(codes), None), who=next((word for word in words if word not in codes), None))


def _is_code(reading: Reading, word: str) -> bool:
    looks_like_one = _CODE.fullmatch(canonical_code(word)) is not None
    session, plan_id = reading.session, reading.plan.id
    if looks_like_one or code_of_item(session, plan_id, word) is not None:
        return True
    return bool(removed_items(session, plan_id, word))


def read_log(
    reading: Reading,
    filters: LogFilters | None = None,
    *,
    after: int | None = None,
    limit: int = PAGE,
    oldest_first: bool = False,
) -> LogPage:
    """Return a page of the log. `after` is the sequence number of the last event of the page before.

    Rows that an event refers to have the names that they had when it was recorded. Raises UnknownNameError for an item
    code that the plan does not have, for a login that neither a person nor an event has, and for an action that no
    event has.
    """
    wanted = _conditions(reading, filters or LogFilters())
    if after is not None:
        # docs/decisions/0010: a page must cost the same wherever it is in the log.
        wanted.append(AuditEvent.seq > after if oldest_first else AuditEvent.seq < after)
    order = AuditEvent.seq.asc() if oldest_first else AuditEvent.seq.desc()
    rows = reading.session.execute(select(AuditEvent).where(*wanted).order_by(order).limit(limit + 1)).scalars().all()
    if not rows:
        _require_named(reading.session, filters or LogFilters())
    return LogPage(_events(reading, rows[:limit]), len(rows) > limit, last_event_number(reading.session))


def _require_named(session: Session, filters: LogFilters) -> None:
    """Raise UnknownNameError if a filter names a login or action that does not exist."""
    if filters.who is not None:
        logins = {*session.execute(select(AuditEvent.actor).distinct()).scalars()}
        logins |= {*session.execute(select(Person.login)).scalars()}
        if not any(login.startswith(sanitize_query(filters.who)) for login in logins):
            known = sorted(logins, key=natural_order)
            raise unknown_name(tr("no login begins with '{who}'", who=filters.who), later("logins"), known, where="who")
    if filters.action is not None:
        actions = sorted(session.execute(select(AuditEvent.action).distinct()).scalars())
        if sanitize_query(filters.action) not in actions:
            raise unknown_name(
                tr("the log has no action '{action}'", action=filters.action), later("actions"), actions, where="action"
            )


def _conditions(reading: Reading, filters: LogFilters) -> list[ColumnElement[bool]]:
    wanted = [
        column == sanitize_query(value)
        for column, value in (
            (AuditEvent.table_name, filters.table),
            (AuditEvent.action, filters.action),
            (AuditEvent.write_id, _known_write(reading.session, filters.write)),
        )
        if value is not None
    ]
    if filters.who is not None:
        who = sanitize_query(filters.who)
        wanted.append(func.substr(AuditEvent.actor, 1, len(who)) == who)
    if filters.code is not None:
        items = _item_ids(reading, filters.code)
        wanted.append(or_(*(AuditEvent.seq.in_(events_of_item(item_id)) for item_id in items)))
    return [*wanted, *_between(reading.session, filters)]


def _known_write(session: Session, write_id: str | None) -> str | None:
    """Return the id of a write in its stored form. Raises UnknownNameError if the log has no such write."""
    if write_id is None:
        return None
    wanted_id = sanitize_query(write_id.strip().lower())
    if session.execute(select(AuditEvent.seq).where(AuditEvent.write_id == wanted_id).limit(1)).first() is None:
        raise UnknownNameError(
            tr("no write with the id '{write_id}' was recorded", write_id=write_id),
            where="write",
            do=tr("You can safely repeat the command that gave this id"),
        )
    return wanted_id


def _item_ids(reading: Reading, code: str) -> list[int]:
    """Return the id of the item with this code. If the plan has none, return the ids of those removed with the code."""
    session, plan_id = reading.session, reading.plan.id
    found = list(session.execute(select(Item.id).where(has_code(plan_id, code))).scalars())
    found = found or removed_items(session, plan_id, code)
    if not found:
        raise unknown_item(code, now=code_now(session, plan_id, code))
    return found


def _between(session: Session, filters: LogFilters) -> list[ColumnElement[bool]]:
    """Return the conditions that limit events to the filters' span of time, as ranges of sequence numbers.

    Instants never go back from one event to the next, so these conditions can use the index on sequence numbers.
    """
    wanted = []
    if filters.since is not None:
        earliest = select(func.min(AuditEvent.recorded_at)).where(AuditEvent.recorded_at >= filters.since)
        first = _number(session, func.min(AuditEvent.seq), earliest)
        wanted.append(false() if first is None else AuditEvent.seq >= first)
    if filters.until is not None:
        latest = select(func.max(AuditEvent.recorded_at)).where(AuditEvent.recorded_at <= filters.until)
        last = _number(session, func.max(AuditEvent.seq), latest)
        wanted.append(false() if last is None else AuditEvent.seq <= last)
    return wanted


def _number(session: Session, number: Any, instant: Any) -> int | None:
    found: int | None = session.execute(
        select(number).where(AuditEvent.recorded_at == instant.scalar_subquery())
    ).scalar()
    return found


def _events(reading: Reading, rows: Sequence[AuditEvent]) -> tuple[Event, ...]:
    session = reading.session
    bodies = [json.loads(row.body) for row in rows]
    names = names_of_references(session, bodies)
    subjects = subjects_of_rows(session, [(row.table_name, row.row_id) for row in rows])
    redactions = redactions_of_events(session, [row.seq for row in rows])

    def event(row: AuditEvent, body: dict[str, Any]) -> Event:
        subject = subjects.get((row.table_name, row.row_id))
        return Event(
            seq=row.seq,
            recorded_at=row.recorded_at,
            actor=row.actor,
            on_behalf_of=body["on_behalf_of"],
            action=row.action,
            table=row.table_name,
            label=row.label,
            reason=body["reason"],
            plan=subject.plan if subject else None,
            item=subject.item if subject else None,
            added=body["before"] is None,
            fields=field_changes(row.table_name, body["before"], body["after"], names.at(row.recorded_at)),
            redactions=redactions.get(row.seq, ()),
            of_other_plan=subject is not None and subject.plan != reading.plan.key,
            of_theme=_is_of_theme(row.table_name, body),
        )

    return tuple(map(event, rows, bodies))


def _is_of_theme(table: str, body: dict[str, Any]) -> bool:
    if table == Theme.__tablename__:
        return True
    values = body["after"] or body["before"] or {}
    return table == PlanChange.__tablename__ and values.get("theme_id") is not None
