"""Edits of an item's own rows, read from the audit log: the value of each field before and after."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import Session

from planner.base.language import tr
from planner.base.views import value_class
from planner.queries.history.log_fields import LoggedChange, field_changes, names_of_references
from planner.queries.history.names_then import events_of_rows
from planner.queries.items.views import ItemView
from planner.queries.plans.theme_numbers import TAKEN_OUT
from planner.register.instants import known_by
from planner.register.raw_rows import columns, raw_rows
from planner.register.reading import Reading
from planner.store.event_actions import CONFIRM_DATE, IMPORT, UNDO_CONFIRM_DATE
from planner.store.models import AuditEvent, Base, Indicator, Milestone, Target

# The action of the events of a redaction.
REDACT = "redact"
_OF_DATES = (CONFIRM_DATE, UNDO_CONFIRM_DATE)
# Fields that are computed from other fields.
_DERIVED = ("citation_id", "code_key", "fingerprint")


@value_class
class FieldChange:
    """The value of a field before and after an edit. None stands for an empty field."""

    field: str
    before: str | None
    after: str | None


@value_class
class Edit:
    """One edit of an item's row, or of the row of one of its parts; `what` is a text that names the row.

    `redaction` tells whether text of the row was only removed from the history.
    """

    what: str
    recorded_at: datetime
    actor: str
    reason: str | None
    changes: tuple[FieldChange, ...]
    redaction: bool = False


class IndicatorPart(NamedTuple):
    """The row of an indicator, and the id of one of its targets. `target` is None if the indicator has no target."""

    id: int
    number: int
    target: int | None


def read_indicator_parts(session: Session, item_id: int) -> list[IndicatorPart]:
    """Return each indicator of an item, once per target, or once if it has no target."""
    return [IndicatorPart(*row) for row in session.execute(_select_indicator_parts(), {"item_id": item_id})]


@cache
def _select_indicator_parts() -> Select[Any]:
    indicator, target = columns(Indicator), columns(Target)
    return (
        select(indicator.id, indicator.number, target.id)
        .outerjoin_from(Indicator.__table__, Target.__table__, target.indicator_id == indicator.id)
        .where(indicator.item_id == bindparam("item_id"))
    )


def read_edits(reading: Reading, item: ItemView, indicators: Iterable[IndicatorPart]) -> tuple[Edit, ...]:
    """Return the edits of an item and its milestones, indicators and targets, as known at an instant, oldest first."""
    parts = list(indicators)
    numbers = read_former_numbers(reading.session, Indicator, [part.id for part in parts if part.number >= TAKEN_OUT])
    texts = _texts(item, [part._replace(number=numbers.get(part.id, part.number)) for part in parts])
    own = columns(AuditEvent)
    wanted = (own.recorded_at, own.actor, own.action, own.table_name, own.row_id, own.body)
    statement = select(*wanted).where(events_of_rows(texts)).order_by(own.seq)
    if reading.known_at is not None:
        statement = statement.where(known_by(own.recorded_at, reading.known_at))
    rows: Sequence[Any] = raw_rows(reading.session, statement)
    bodies = ((event, json.loads(event.body)) for event in rows)
    # The event that added a row has no earlier values, and is no edit.
    # The act that took a part out, or confirmed a date, says so itself. What the row has then is of use only to the
    # program.
    events = [
        (event, _changed(body))
        for event, body in bodies
        if body["before"] is not None and event.action not in _OF_DATES and not _takes_out(event.table_name, body)
    ]
    names = names_of_references(reading.session, [body for _, body in events])
    kinds = {kind.key: kind.title for kind in reading.plan.kinds}
    edits = []
    for event, body in events:
        fields = field_changes(body["table"], body["before"], body["after"], names.at(event.recorded_at))
        changes = tuple(_change(field, kinds) for field in fields)
        edited, redaction = texts[event.table_name, event.row_id], event.action == REDACT
        edits.append(Edit(edited, event.recorded_at, event.actor, body["reason"], changes, redaction))
    return tuple(edits)


def _change(field: LoggedChange, kinds: Mapping[str, str]) -> FieldChange:
    """Return the change of a field in people's words. The rows of items have the keys of kinds."""
    values = (field.before, field.after)
    before, after = (kinds.get(one or "", one) if field.name == "kind" else one for one in values)
    return FieldChange(field.word, before, after)


def _takes_out(table: str, body: dict[str, Any]) -> bool:
    out, was_out = (body[side].get("taken_out", False) for side in ("after", "before"))
    return table in (Indicator.__tablename__, Milestone.__tablename__) and bool(out) and not was_out


def read_former_numbers(
    session: Session, model: type[Indicator] | type[Milestone], ids: Sequence[int]
) -> dict[int, int]:
    """Return the numbers that removed milestones or indicators had in their item, by id."""
    if not ids:
        return {}
    of_these = (AuditEvent.table_name == model.__tablename__) & AuditEvent.row_id.in_(ids)
    bodies = session.execute(select(AuditEvent.row_id, AuditEvent.body).where(of_these).order_by(AuditEvent.seq))
    values = ((row_id, json.loads(body)["after"].get("number")) for row_id, body in bodies)
    return {row_id: number for row_id, number in values if number is not None and number < TAKEN_OUT}


def read_import_reasons(session: Session, history: type[Base], ids: Sequence[int]) -> dict[int, str]:
    """Return why imports added rows to a history table: the person's reason, the place in the file, and notes."""
    if not ids:
        return {}
    added = (AuditEvent.table_name == history.__tablename__) & AuditEvent.row_id.in_(ids)
    bodies = session.execute(select(AuditEvent.row_id, AuditEvent.body).where(added, AuditEvent.action == IMPORT))
    return {row_id: reason for row_id, body in bodies if (reason := json.loads(body)["reason"])}


def _texts(item: ItemView, indicators: Iterable[IndicatorPart]) -> dict[tuple[str, int], str]:
    """Return, for each row of an item, a text that describes an edit of the row, by table and row id."""
    texts = {("item", item.id): tr("the item edited")}
    for milestone in item.milestones:
        texts["milestone", milestone.id] = tr("milestone {number} edited", number=milestone.number)
    for indicator, number, target in indicators:
        texts["indicator", indicator] = tr("indicator {number} edited", number=number)
        if target is not None:
            texts["target", target] = tr("target of indicator {number} edited", number=number)
    return texts


def _changed(body: dict[str, Any]) -> dict[str, Any]:
    """Return the body of an edit with the fields alone that it changed and that no other fields make."""
    before, after = body["before"], body["after"]
    names = [name for name, value in after.items() if name not in _DERIVED and before.get(name) != value]
    sides = {side: {name: body[side].get(name) for name in names} for side in ("before", "after")}
    return {"table": body["table"], "reason": body["reason"], **sides}
