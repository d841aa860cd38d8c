"""Reading the items of a plan with their supporting organisations and current due dates."""

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple, TypeVar

from planner.domain.vocabulary import AGREED, Basis, MeasuredBy
from planner.intake.comparing.entered import imported_rows
from planner.intake.comparing.reading.plan_rows import MoveRow, PlanRows
from planner.intake.comparing.stored import Entered, StoredItem
from planner.intake.proposed import Field
from planner.queries.items.reported import DUE, read_newest
from planner.store.models import DateChange, Item, Measure, Organisation, Person, Responsibility, Theme

_DUE = DUE.of_columns(MoveRow)

_Value = TypeVar("_Value")


class _ItemRow(NamedTuple):
    id: int
    code: str
    code_key: str
    title: str
    kind: str
    theme_id: int
    measure_id: int | None
    lead_id: int
    accountable_id: int | None
    starts: date
    baseline_due: date
    weight: float
    measured_by: MeasuredBy
    source: str | None
    note: str | None
    basis: Basis
    allocation_basis: Basis
    lead_basis: Basis
    starts_basis: Basis
    due_basis: Basis
    added_on: date | None


class _ShareRow(NamedTuple):
    id: int
    item_id: int
    organisation_id: int
    supporting_basis: Basis


def read_items(rows: PlanRows, entered: Entered, *, by_files: bool = False) -> list[StoredItem]:
    """Return the items of the plan. The due dates that people moved are noted in `entered`, or all moved ones."""
    moves = due_moves(rows)
    imported = imported_rows(rows.session, DateChange) if moves and not by_files else frozenset()
    for item_id, move in moves.items():
        if move.id not in imported:
            entered.setdefault(item_id, set()).add(Field.DUE)
    return items_with(rows, moves)


def due_moves(rows: PlanRows) -> Mapping[int, MoveRow]:
    """Return the moves of due dates that count, by the id of the item."""
    return read_newest(rows.latest, _DUE, rows.chosen)


def items_with(rows: PlanRows, moves: Mapping[int, MoveRow]) -> list[StoredItem]:
    """Return the items, given the moves of their due dates."""
    return _Items(rows, moves).read()


class _Items:
    """Reads the items, given the moves of their due dates."""

    def __init__(self, rows: PlanRows, moves: Mapping[int, MoveRow]) -> None:
        self._rows = rows
        self._moves = moves
        self._themes, self._measures = rows.keys(Theme, "number"), rows.keys(Measure, "code")
        self._organisations, self._logins = rows.keys(Organisation, "key"), rows.keys(Person, "login")
        self._supporting, self._supporting_bases = self._read_shares()
        self._kept: dict[Any, Any] = {}

    def read(self) -> list[StoredItem]:
        """Return the items in their order."""
        return [self._item(row) for row in self._rows.of_items(Item, _ItemRow, "position")]

    def _read_shares(self) -> tuple[dict[int, tuple[str, ...]], dict[int, Basis]]:
        """Return the supporting organisations of items, and a basis that is the office's only if all are."""
        supporting: dict[int, tuple[str, ...]] = {}
        bases: dict[int, Basis] = {}
        for share in self._rows.of_items(Responsibility, _ShareRow, "id"):
            key = self._organisations[share.organisation_id]
            supporting[share.item_id] = (*supporting.get(share.item_id, ()), key)
            if bases.get(share.item_id, Basis.REGISTERED) is Basis.REGISTERED:
                bases[share.item_id] = share.supporting_basis
        return supporting, bases

    def _item(self, row: _ItemRow) -> StoredItem:
        move = self._moves.get(row.id)
        code = self._rows.held(row.code)
        return StoredItem(
            id=row.id,
            code=code,
            # Mostly equal, and kept twice otherwise.
            code_key=code if row.code_key == code else row.code_key,
            title=self._rows.held(row.title),
            kind=self._one(row.kind),
            theme=self._themes[row.theme_id],
            measure=self._measures[row.measure_id] if row.measure_id else None,
            lead=self._organisations[row.lead_id],
            supporting=self._one(self._supporting.get(row.id, ())),
            accountable=self._logins[row.accountable_id] if row.accountable_id else None,
            start=self._one(row.starts),
            due=self._one(row.baseline_due if move is None else move.new_date),
            weight=self._one(row.weight),
            measured_by=row.measured_by.value,
            source=self._one(row.source),
            note=self._rows.held(row.note),
            baseline_due=self._one(row.baseline_due),
            agreed_due=move is not None or row.due_basis in AGREED,
            bases=self._one(self._bases(row)),
            added_on=self._one(row.added_on),
        )

    def _bases(self, row: _ItemRow) -> tuple[str, str, str, str, str, str]:
        supporting = self._supporting_bases.get(row.id, Basis.REGISTERED)
        return (row.basis, row.allocation_basis, row.lead_basis, row.starts_basis, row.due_basis, supporting)

    def _one(self, value: _Value) -> _Value:
        """Return one of all equal values: a large register has few different days, bases and organisations."""
        return self._kept.setdefault(value, value)  # type: ignore[no-any-return]
