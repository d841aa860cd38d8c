"""Writing the changes of items that exist: their rows, the history of their facts, and what belongs to them."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import select

from planner.domain.codes import code_key
from planner.domain.vocabulary import Basis, Direction, MeasuredBy
from planner.intake.applying.new_items import Owned, add_parts, share_row
from planner.intake.applying.part_reports import ReportedPart, add_part_reports
from planner.intake.applying.references import References
from planner.intake.comparing.differences.changes import FieldChange, Stored, as_history
from planner.intake.comparing.differences.items import ChangedItem
from planner.intake.comparing.differences.parts import ChangedPart
from planner.intake.comparing.stored import REPORT_FACTS
from planner.intake.proposed import Field
from planner.queries.id_in import id_in
from planner.store.event_actions import IMPORT
from planner.store.journal import Journal, NewRow
from planner.store.many_rows import in_portions
from planner.store.models import (
    DateChange,
    Indicator,
    Item,
    ItemChange,
    Milestone,
    Responsibility,
    Target,
)
from planner.writes.items import with_fingerprint
from planner.writes.plan_changes.targets import Revision, record_revision
from planner.writes.registered import REGISTERED_VALUES

# The columns for the basis of a fact: the basis itself, and what belongs only to another basis.
_BASES: Mapping[Field, Mapping[str, Any]] = {
    Field.TITLE: REGISTERED_VALUES,
    Field.THEME: {"allocation_basis": Basis.REGISTERED},
    Field.LEAD: {"lead_basis": Basis.REGISTERED, "lead_rule_id": None, "lead_note": None},
    Field.START: {"starts_basis": Basis.REGISTERED, "starts_rule_id": None},
    Field.DUE: {"due_basis": Basis.REGISTERED, "due_rule_id": None},
}


class ChangedItems:
    """Writes changed items, in portions, so that a large register does not fill the memory."""

    def __init__(self, journal: Journal, known: References, today: date) -> None:
        self._journal = journal
        self._session = journal.session
        self._known = known
        self._today = today
        self._measures = {row_id: code for code, row_id in known.measures.items()}

    def write(self, items: Sequence[ChangedItem]) -> None:
        """Write everything that the files change about the items."""
        for portion in in_portions(in_order_of_codes([item for item in items if item.anything])):
            self._write(portion)
            # The rows of this portion are not needed any more.
            self._journal.close()
            self._session.expunge_all()

    def _write(self, items: Sequence[ChangedItem]) -> None:
        rows = self._rows(Item, [item.id for item in items])
        for item in items:
            self._change_row(rows[item.id], item)
            if _has_new_code(item):
                # The next item can get the code that is free now.
                self._session.flush()
        self._journal.add_many(ItemChange, self._history(items), action=IMPORT)
        self._journal.add_many(DateChange, self._moves(items), action=IMPORT)
        self._change_shares(items)
        self._change_parts(items)
        owned = [
            Owned(item.id, _code_after(item), item.new_parts, item.report)
            for item in items
            if item.new_parts or item.report
        ]
        add_parts(self._journal, owned, self._known.reasons)
        add_part_reports(self._journal, self._part_reports(items))

    def _part_reports(self, items: Sequence[ChangedItem]) -> list[ReportedPart]:
        return [
            ReportedPart(
                part.field, part.id, _code_after(item), part.number, part.report, self._known.reasons.of(item.place)
            )
            for item in items
            for part in item.changed_parts
            if part.report is not None
        ]

    def _rows(self, model: Any, ids: Sequence[int]) -> dict[int, Any]:
        found = self._session.execute(select(model).where(id_in(self._session, model.id, ids))).scalars()
        return {row.id: row for row in found}

    def _change_row(self, row: Item, item: ChangedItem) -> None:
        values: dict[str, Any] = {}
        for fact in item.confirmed:
            values |= _BASES.get(fact, {})
        for change in item.written:
            values |= self._columns(change)
        values = with_fingerprint(row, values, lambda measure_id: self._measures[measure_id] if measure_id else None)
        inferred = {change.field: change.inferred for change in item.written if change.inferred}
        reason = self._known.reasons.of(item.place, inferred)
        self._journal.change(row, values, action=IMPORT, label=item.code, reason=reason)

    def _columns(self, change: FieldChange) -> dict[str, Any]:
        """Return the values of an item's columns after a change of a field."""
        fact, value, basis = change.field, change.new, dict(_BASES.get(change.field, {}))
        if fact is Field.DUE:
            return {} if change.moves else {"baseline_due": value, **basis}
        if fact is Field.CODE:
            return {"code": value, "code_key": code_key(str(value))}
        if fact is Field.MEASURED_BY:
            return {"measured_by": MeasuredBy(str(value))}
        if fact in _PLAIN:
            return {_PLAIN[fact]: value, **basis}
        known: Mapping[Field, tuple[str, Mapping[Any, int]]] = {
            Field.THEME: ("theme_id", self._known.themes),
            Field.MEASURE: ("measure_id", self._known.measures),
            Field.LEAD: ("lead_id", self._known.organisations),
            Field.ACCOUNTABLE: ("accountable_id", self._known.people),
        }
        if fact not in known:
            return {}
        column, ids = known[fact]
        return {column: None if value is None else ids[value], **basis}

    def _history(self, items: Sequence[ChangedItem]) -> Iterator[NewRow]:
        for item in items:
            for change in item.written:
                if change.moves or change.field in REPORT_FACTS:
                    continue
                values = {
                    "item_id": item.id,
                    "as_of": self._today,
                    "field": change.field.value,
                    "old_value": as_history(change.old),
                    "new_value": as_history(change.new),
                    "reason": self._known.reasons.of(change.place),
                    "basis": Basis.REGISTERED,
                }
                yield NewRow(values, f"{item.code} {change.field}", self._reason(change))

    def _moves(self, items: Sequence[ChangedItem]) -> Iterator[NewRow]:
        """Yield the rows for agreed dates that the files move."""
        for item in items:
            for change in item.written:
                if change.moves:
                    yield self._move(item, None, f"{item.code} due date", change)
            for part in item.changed_parts:
                for change in part.written:
                    if change.moves:
                        yield self._move(item, part.id, f"{item.code} milestone {part.number}", change)

    def _move(self, item: ChangedItem, milestone_id: int | None, label: str, change: FieldChange) -> NewRow:
        values = {
            "item_id": item.id,
            "milestone_id": milestone_id,
            "as_of": self._today,
            "old_date": change.old,
            "new_date": change.new,
            "reason": self._known.reasons.of(change.place),
            "basis": Basis.REGISTERED,
        }
        return NewRow(values, label, self._reason(change))

    def _reason(self, change: FieldChange) -> str:
        inferred = {change.field: change.inferred} if change.inferred else None
        return self._known.reasons.of(change.place, inferred)

    def _change_shares(self, items: Sequence[ChangedItem]) -> None:
        """Let the organisations support the items that the files name."""
        wanted = {item.id: (item, change) for item in items for change in _of_field(item, Field.SUPPORTING)}
        confirmed = {item.id: item for item in items if Field.SUPPORTING in item.confirmed}
        ids = [*wanted, *confirmed]
        found = select(Responsibility).where(id_in(self._session, Responsibility.item_id, ids))
        rows = (
            {(row.item_id, row.organisation_id): row for row in self._session.execute(found).scalars()} if ids else {}
        )
        keys = {row_id: key for key, row_id in self._known.organisations.items()}
        for (item_id, organisation_id), row in rows.items():
            key = keys[organisation_id]
            if item_id in confirmed:
                if not row.taken_out:
                    self._change_share(row, confirmed[item_id], key, supports=True)
            else:
                item, change = wanted[item_id]
                self._change_share(row, item, key, supports=key in _keys(change.new))
        new = (
            share_row(item_id, item.code, key, self._known, self._known.reasons.of(change.place))
            for item_id, (item, change) in wanted.items()
            for key in _keys(change.new)
            if (item_id, self._known.organisations[key]) not in rows
        )
        self._journal.add_many(Responsibility, new, action=IMPORT)

    def _change_share(self, row: Responsibility, item: ChangedItem, key: str, *, supports: bool) -> None:
        values: dict[str, Any] = {"taken_out": not supports}
        if supports:
            values |= {"supporting_basis": Basis.REGISTERED, "supporting_rule_id": None}
        self._journal.change(
            row, values, action=IMPORT, label=f"{item.code} {key}", reason=self._known.reasons.of(item.place)
        )

    def _change_parts(self, items: Sequence[ChangedItem]) -> None:
        parts = [(item, part) for item in items for part in item.changed_parts if part.anything]
        for kind, model in ((Field.MILESTONES, Milestone), (Field.INDICATORS, Indicator)):
            of_kind = [(item, part) for item, part in parts if part.field is kind]
            rows = self._rows(model, [part.id for _, part in of_kind]) if of_kind else {}
            for item, part in of_kind:
                noun = "milestone" if kind is Field.MILESTONES else "indicator"
                place = part.written[0].place if part.written else item.place
                reason = self._known.reasons.of(place)
                self._change_part(rows[part.id], f"{item.code} {noun} {part.number}", part, reason)

    def _change_part(self, row: Milestone | Indicator, label: str, part: ChangedPart, reason: str) -> None:
        values: dict[str, Any] = {
            _PART_COLUMNS[change.field]: Direction(str(change.new)) if change.field is Field.DIRECTION else change.new
            for change in part.written
            if change.field in _PART_COLUMNS and not change.moves
        }
        if values:
            values |= REGISTERED_VALUES
        if "baseline_date" in values or Field.DATE in part.confirmed:
            values["date_basis"] = None
        if values:
            self._journal.change(row, values, action=IMPORT, label=label, reason=reason)
        if isinstance(row, Indicator):
            self._change_target(row, label, part, reason)

    def _change_target(self, row: Indicator, label: str, part: ChangedPart, reason: str) -> None:
        new: dict[Field, FieldChange] = {
            change.field: change for change in part.written if change.field in (Field.TARGET, Field.DUE)
        }
        if part.target_id is None:
            self._add_target(row, label, new, reason, is_assumed=Field.DUE in part.assumed)
            return
        if not new and not part.confirmed:
            return
        target = self._session.get_one(Target, part.target_id)
        if part.confirmed:
            self._journal.change(target, {"due_basis": None}, action=IMPORT, label=label, reason=reason)
        if not new:
            return
        value: Any = new[Field.TARGET].new if Field.TARGET in new else target.value
        due: Any = new[Field.DUE].new if Field.DUE in new else target.due
        revision = Revision(value, due, self._today, reason)
        record_revision(self._journal, target, revision, action=IMPORT, label=label)

    def _add_target(
        self, row: Indicator, label: str, new: Mapping[Field, FieldChange], reason: str, *, is_assumed: bool
    ) -> None:
        if Field.TARGET not in new or Field.DUE not in new:
            return
        due_basis = Basis.WORKING if is_assumed else None
        values: dict[str, Any] = {
            "value": new[Field.TARGET].new,
            "due_basis": due_basis,
            "taken_out": False,
            **REGISTERED_VALUES,
        }
        day = new[Field.DUE].new
        same = select(Target).where(Target.indicator_id == row.id, Target.due == day)
        # One that came with an import that was undone keeps its day, and is the same row again.
        undone = self._session.execute(same).scalar_one_or_none()
        if undone is not None:
            self._journal.change(undone, values, action=IMPORT, label=label, reason=reason)
        else:
            target = Target(indicator_id=row.id, due=day, **values)
            self._journal.add(target, action=IMPORT, label=label, reason=reason)


# The fields whose value is that of one column.
_PLAIN: Mapping[Field, str] = {
    Field.TITLE: "title",
    Field.KIND: "kind",
    Field.START: "starts",
    Field.WEIGHT: "weight",
    Field.SOURCE: "source",
    Field.NOTE: "note",
}
_PART_COLUMNS: Mapping[Field, str] = {
    Field.TITLE: "title",
    Field.DATE: "baseline_date",
    Field.WEIGHT: "weight",
    Field.TEST: "completion_test",
    Field.NAME: "name",
    Field.UNIT: "unit",
    Field.DIRECTION: "direction",
    Field.BASELINE: "baseline_value",
}


def _of_field(item: ChangedItem, fact: Field) -> Iterator[FieldChange]:
    return (change for change in item.written if change.field is fact)


def in_order_of_codes(items: Sequence[ChangedItem]) -> Sequence[ChangedItem]:
    """Return items in an order in which none gets a code that a later one still has."""
    holders = {code_key(item.code): item for item in items if _has_new_code(item)}
    if not holders:
        return items
    first: dict[int, ChangedItem] = {}
    for item in holders.values():
        chain: list[ChangedItem] = []
        one: ChangedItem | None = item
        while one is not None and one.id not in first and one not in chain:
            chain.append(one)
            one = holders.get(code_key(_code_after(one)))
        first |= {one.id: one for one in reversed(chain)}
    return [*first.values(), *(item for item in items if item.id not in first)]


def _has_new_code(item: ChangedItem) -> bool:
    return any(True for _ in _of_field(item, Field.CODE))


def _code_after(item: ChangedItem) -> str:
    return next((str(change.new) for change in _of_field(item, Field.CODE)), item.code)


def _keys(value: Stored) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else ()
