"""Reading what changed in the register since a file was exported, to compare the file with the register of then."""

import json
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from planner.intake.comparing.exported.for_reading import shown_of
from planner.intake.comparing.exported.shown_records import row_of_part, rows_of_parts, shown_of_part
from planner.intake.comparing.exported.since import UNCHANGED, Since, Then, changed_facts
from planner.intake.comparing.item_facts import ITEM_FACTS
from planner.intake.comparing.parts.indicators import Indicators
from planner.intake.comparing.parts.milestones import Milestones
from planner.intake.comparing.reading.items import due_moves, items_with
from planner.intake.comparing.reading.parts import milestones_with, newest_dates, read_indicators, statuses_of
from planner.intake.comparing.reading.plan_rows import PlanRows
from planner.intake.comparing.reading.recorded import read_recorded
from planner.intake.comparing.reading.referred import read_organisations, read_people, read_themes
from planner.intake.comparing.recorded import NOTHING_RECORDED, Recorded
from planner.intake.comparing.stored import (
    NO_STATUS,
    REPORT_FACTS,
    StoredIndicator,
    StoredItem,
    StoredRegister,
    theme_paths,
)
from planner.intake.exported_rows import Moment
from planner.intake.layout.names import Subject
from planner.intake.proposed import Field
from planner.queries.chosen import items_of_plan_among
from planner.queries.history.log_subjects import item_by_row
from planner.queries.id_in import id_in
from planner.register.known import Rollback
from planner.register.reading import Reading
from planner.store.many_rows import in_portions
from planner.store.models import (
    AuditEvent,
    Base,
    Indicator,
    Item,
    Milestone,
    Organisation,
    Person,
    Responsibility,
    Target,
    Theme,
)

# The editable tables with the facts of items.
_EDITABLE: tuple[type[Base], ...] = (Item, Responsibility, Milestone, Indicator, Target)


def read_since(reading: Reading, stored: StoredRegister, moment: Moment) -> Since:
    """Return what changed since a file was exported, in what is stored of the plan of a reading.

    The items that changed are read as they were then, in portions, because an import can have changed all of them. If
    the file shows the plan of a day, each item can have changed, also before the event.
    """
    since, event, day = Since(moment), moment.event, moment.day
    instant = reading.session.execute(select(AuditEvent.recorded_at).where(AuditEvent.seq == event)).scalar_one()
    then = reading.at(day or reading.as_of, instant)
    changed = _items_changed(reading.session, event) if day is None else _items_of(reading)
    # A second look at all items takes memory, and mostly nothing changed.
    now = {item.id: item for item in stored.items} if changed else {}
    for ids in in_portions(changed):
        known = then.recalling(_rollback(reading.session, event, ids)) if day is None else then
        chosen = items_of_plan_among(then.session, then.plan.id, ids)
        _Portion(PlanRows(known, then=day is not None, chosen=chosen), ids, stored, now, since).compare()
    referred = then.recalling(_rollback_of_names(then.session, event)) if day is None else then
    _compare_referred(PlanRows(referred, then=day is not None), stored, since)
    return since


class _Portion:
    """Compares some of the items as they were then with those of now."""

    def __init__(
        self,
        rows: PlanRows,
        ids: Sequence[int],
        stored: StoredRegister,
        now: Mapping[int, StoredItem],
        since: Since,
    ) -> None:
        self._rows = rows
        self._ids = ids
        self._stored = stored
        self._now = now
        self._since = since

    def compare(self) -> None:
        """Note the differences."""
        self._compare_items()
        stored, since = self._stored, self._since
        if stored.wanted.reports:
            self._compare_reports()
        if stored.wanted.milestones:
            milestones = milestones_with(self._rows, newest_dates(self._rows))
            self._compare_parts(Field.MILESTONES, Milestones.all_facts, milestones, stored.milestones, since.milestones)
            self._compare_shown_parts(Subject.MILESTONES, milestones, stored.milestones)
        if stored.wanted.indicators:
            then = read_indicators(self._rows)
            self._compare_parts(Field.INDICATORS, Indicators.own_facts, then, stored.indicators, since.indicators)
            self._compare_shown_parts(Subject.INDICATORS, then, stored.indicators)
            self._compare_targets(then)

    def _compare_items(self) -> None:
        then = {item.id: item for item in items_with(self._rows, due_moves(self._rows))}
        for item_id in self._ids:
            was, now = then.get(item_id), self._now.get(item_id)
            if was is not None and (now is None or now.code_key != was.code_key):
                self._note_code(was, now)
            if now is not None and (facts := changed_facts(ITEM_FACTS, was, now)):
                self._since.items[item_id] = facts
            if was is not None and now is not None:
                self._compare_shown(was, now)

    def _compare_shown(self, was: StoredItem, now: StoredItem) -> None:
        shown = shown_of(was, self._recorded)
        if shown != shown_of(now, self._stored.recorded):
            self._since.shown[now.id] = shown

    @cached_property
    def _recorded(self) -> Recorded:
        return read_recorded(self._rows) if self._stored.wanted.recorded else NOTHING_RECORDED

    def _note_code(self, was: StoredItem, now: StoredItem | None) -> None:
        if now is None:
            self._since.gone[was.code_key] = was.title
        else:
            self._since.codes[was.code_key] = now.id

    def _compare_reports(self) -> None:
        then, now = statuses_of(self._rows), self._stored.statuses
        for item_id in self._ids:
            was, is_now = then.get(item_id, NO_STATUS), now.get(item_id, NO_STATUS)
            if facts := changed_facts(REPORT_FACTS, was, is_now):
                self._since.reports[item_id] = facts

    def _compare_parts(
        self,
        kind: Field,
        facts: Iterable[Field],
        then: Mapping[int, Sequence[Any]],
        now: Mapping[int, Sequence[Any]],
        found: dict[int, Then],
    ) -> None:
        for item_id in self._ids:
            before = {part.id: part for part in then.get(item_id, ())}
            for part in now.get(item_id, ()):
                changed = changed_facts(facts, before.pop(part.id, None), part)
                if changed is not UNCHANGED:
                    found[part.id] = changed
            self._since.gone_parts |= {(kind, item_id, part.key) for part in before.values()}

    def _compare_shown_parts(
        self, subject: Subject, then: Mapping[int, Sequence[Any]], now: Mapping[int, Sequence[Any]]
    ) -> None:
        """Note what the columns for reading showed of the parts that are there then and now."""
        for item_id in self._ids:
            before = {row_of_part(part): part for part in rows_of_parts(then.get(item_id, ()))}
            for part in rows_of_parts(now.get(item_id, ())):
                row = row_of_part(part)
                shown = shown_of_part(before.get(row, part), self._recorded)
                if shown != shown_of_part(part, self._stored.recorded):
                    self._since.shown_parts[subject, row] = shown

    def _compare_targets(self, then: Mapping[int, Sequence[StoredIndicator]]) -> None:
        for item_id in self._ids:
            before = {one.id: (part.id, one) for part in then.get(item_id, ()) for one in part.targets}
            for now in (one for part in self._stored.indicators.get(item_id, ()) for one in part.targets):
                _, was = before.pop(now.id, (None, None))
                changed = changed_facts(Indicators.target_facts, was, now)
                if changed is not UNCHANGED:
                    self._since.targets[now.id] = changed
            self._since.gone_targets |= {(part_id, one.due) for part_id, one in before.values()}


def _items_of(reading: Reading) -> list[int]:
    """Return the ids of all items of the plan, also of those that were removed."""
    of_plan = select(Item.id).where(Item.plan_id == reading.plan.id)
    return list(reading.session.execute(of_plan.order_by(Item.id)).scalars())


def _items_changed(session: Session, event: int) -> list[int]:
    """Return the ids of the items about which something was recorded after an event, each once."""
    later = AuditEvent.seq > event
    tables = session.execute(select(AuditEvent.table_name).where(later).distinct()).scalars().all()
    found: set[int] = set()
    for table in tables:
        pair = item_by_row().get(table)
        if pair is not None:
            about = and_(AuditEvent.table_name == table, AuditEvent.row_id == pair.c.row)
            found.update(session.execute(select(pair.c.item).join(AuditEvent, about).where(later).distinct()).scalars())
    return sorted(found)


def _rollback(session: Session, event: int, ids: Sequence[int]) -> Rollback:
    """Return the values that the rows of some items had at an event, if they were edited later."""
    before: dict[tuple[str, int], Mapping[str, Any] | None] = {}
    for model in _EDITABLE:
        pair = item_by_row()[model.__tablename__]
        of_items = select(AuditEvent.row_id, AuditEvent.body).join(pair, pair.c.row == AuditEvent.row_id)
        _note_first(session, before, model, of_items.where(id_in(session, pair.c.item, ids)), event)
    return Rollback(before)


def _note_first(
    session: Session, before: dict[tuple[str, int], Mapping[str, Any] | None], model: type[Base], rows: Any, event: int
) -> None:
    """Note the values before the first edit of each row after an event."""
    table = model.__tablename__
    later = rows.where(AuditEvent.table_name == table, AuditEvent.seq > event).order_by(AuditEvent.seq)
    for row_id, body in session.execute(later):
        if (table, row_id) not in before:
            before[table, row_id] = json.loads(body)["before"]


# What files say of organisations and people.
_OF_ORGANISATIONS = (Field.NAME, Field.SHORT_NAME, Field.LANGUAGE, Field.MAIL_ADDRESS)
_OF_PEOPLE = (Field.NAME, Field.ORGANISATION, Field.ROLE, Field.MAIL_ADDRESS)


def _rollback_of_names(session: Session, event: int) -> Rollback:
    """Return the values that organisations, people and themes had at an event, if they were edited later."""
    before: dict[tuple[str, int], Mapping[str, Any] | None] = {}
    for model in (Organisation, Person, Theme):
        _note_first(session, before, model, select(AuditEvent.row_id, AuditEvent.body), event)
    return Rollback(before)


def _compare_referred(rows: PlanRows, stored: StoredRegister, since: Since) -> None:
    """Note which organisations and people changed. There are few, and their rows have the names that files give."""
    bodies = {body.key: body for body in read_organisations(rows)}
    people = {person.login: person for person in read_people(rows)}
    paths, present = theme_paths(read_themes(rows)), theme_paths(stored.themes)
    since.themes.update((path, number) for number, path in paths.items() if present.get(number) != path)
    for body in stored.organisations:
        if facts := changed_facts(_OF_ORGANISATIONS, bodies.get(body.key), body):
            since.organisations[body.key] = facts
    for person in stored.people:
        if facts := changed_facts(_OF_PEOPLE, people.get(person.login), person):
            since.people[person.login] = facts
