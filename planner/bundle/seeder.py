"""Writes rows of data files to the register. It never overwrites what a person entered."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from sqlalchemy import func, select

from planner.domain.vocabulary import RowSource
from planner.store.event_actions import SEED
from planner.store.journal import Journal, encoded
from planner.store.models import Base, SeededRow, row_values

_Row = TypeVar("_Row", bound=Base)


@dataclass
class Counts:
    """The result of loading. `added` and `changed` count rows by table. `kept` names fields that keep a person's value.

    `taken_out` names the entries that an earlier loading added and that the data files no longer have. Their rows stay,
    with everything reported about them.
    """

    added: dict[str, int] = field(default_factory=dict)
    changed: dict[str, int] = field(default_factory=dict)
    kept: list[str] = field(default_factory=list)
    taken_out: list[str] = field(default_factory=list)

    @property
    def anything(self) -> bool:
        """Whether the loading added or changed any row."""
        return bool(self.added or self.changed)


@dataclass(frozen=True)
class UnstoredValue:
    """A value in the data files for which the row has no column.

    It is stored in the loader's notes, and recorded as the reason of the event that writes the row. The default value
    is stored only if it replaces another value.
    """

    name: str
    value: str
    default: str

    @property
    def kept(self) -> dict[str, str]:
        """A dict of the field name and the value, for the note on a new row. Empty if the value is the default."""
        return {} if self.value == self.default else {self.name: self.value}

    @property
    def reason(self) -> str:
        """The reason to record with the event, such as `rank: low`."""
        return f"{self.name}: {self.value}"


class Seeder:
    """Compares each field of an entry with its value at the last loading and with its current value.

    A field that nobody changed since the last loading is updated. A field that a person changed is kept and reported.
    """

    def __init__(self, journal: Journal) -> None:
        self.journal = journal
        self.counts = Counts()
        marks = select(SeededRow).where(SeededRow.source == RowSource.SEEDS)
        self._marks = {(mark.table_name, mark.seed_key): mark for mark in journal.session.execute(marks).scalars()}
        self._found: set[tuple[str, str]] = set()
        self._numbers: dict[type[Base], dict[int, int]] = {}
        self._rows: dict[type[Base], dict[int, Base]] = {}
        self._new: list[tuple[str, Base, dict[str, Any]]] = []

    def put(
        self,
        model: type[_Row],
        seed_key: str,
        values: Mapping[str, Any],
        *,
        once: Mapping[str, Any] | None = None,
        derived: Callable[[_Row], Mapping[str, Any]] | None = None,
        note: UnstoredValue | None = None,
    ) -> _Row:
        """Add or update one row. `once` is set only when the row is added; `derived` is computed from the row.

        `note` is a value in the data files for which the row has no column.
        """
        place = (model.__tablename__, seed_key)
        self._found.add(place)
        mark = self._marks.get(place)
        if mark is None:
            # docs/decisions/0028: a rank has no column, so the event's reason records it.
            kept = note.kept if note else {}
            reason = note.reason if note and kept else None
            row = self._add(model, seed_key, {**values, **(once or {})}, derived, reason)
            self._new.append((seed_key, row, _encoded(values) | kept))
            return row
        row = self._row(model, mark.row_id)
        followed = self._update(row, mark, values, derived)
        if note and note.value != mark.said.get(note.name, note.default):
            self.journal.note(row, action=SEED, label=mark.seed_key, reason=note.reason)
            mark.said, followed = {**mark.said, note.name: note.value}, True
        if followed:
            self.counts.changed[mark.table_name] = self.counts.changed.get(mark.table_name, 0) + 1
        return row

    def keep(self, model: type[Base], seed_key: str, name: str) -> None:
        """Report a field that keeps the value of a person, and not that of an entry of the data files."""
        # docs/decisions/0016: what a person entered is never overwritten.
        self.counts.kept.append(f"{model.__tablename__} {seed_key}: {name}")

    def knows(self, model: type[Base], seed_key: str) -> bool:
        """Return whether an entry was loaded before."""
        return (model.__tablename__, seed_key) in self._marks

    def find_row(self, model: type[_Row], seed_key: str) -> _Row | None:
        """Return the current row of an entry that was loaded before, or None if it was not."""
        mark = self._marks.get((model.__tablename__, seed_key))
        return self._row(model, mark.row_id) if mark else None

    def adopt(self, model: type[Base], owner: str, name: str, text: str, key: str) -> str | None:
        """Add a key to a row that was loaded by its number.

        The row belongs to the owner, and has this text in the column `name`. Return its number, or None if there is no
        such row.
        """
        table, prefix = model.__tablename__, f"{owner}:"
        for (marked, seed_key), mark in self._marks.items():
            number = seed_key.removeprefix(prefix)
            if marked == table and seed_key.startswith(prefix) and number.isdigit() and mark.said.get(name) == text:
                self.rename(model, seed_key, f"{prefix}{key}")
                values = {"key": key}
                self.journal.change(self._row(model, mark.row_id), values, action=SEED, label=mark.seed_key)
                mark.said = {**mark.said, **values}
                return number
        return None

    def rename(self, model: type[Base], seed_key: str, new_key: str) -> None:
        """Change the key of a loaded entry. Nothing happens if the entry was never loaded."""
        mark = self._marks.pop((model.__tablename__, seed_key), None)
        if mark is not None:
            mark.seed_key = new_key
            self._marks[model.__tablename__, new_key] = mark

    def highest_number(self, model: type[Base], item_id: int) -> int:
        """Return the highest number of the item's milestones or indicators, or 0 if it has none."""
        if model not in self._numbers:
            columns: Any = model
            highest = select(columns.item_id, func.max(columns.number)).group_by(columns.item_id)
            self._numbers[model] = {row[0]: row[1] for row in self.journal.session.execute(highest)}
        return self._numbers[model].get(item_id, 0)

    def note_taken_out(self, prefix: str) -> None:
        """Record the entries with a key prefix that were loaded earlier and are no longer in the data files."""
        for table, seed_key in sorted(self._marks.keys() - self._found):
            if seed_key.startswith(prefix):
                self.counts.taken_out.append(f"{table} {seed_key}")

    def flush(self) -> None:
        """Write the new rows to the database, so that their ids can be referred to."""
        session = self.journal.session
        session.flush()
        for seed_key, row, said in self._new:
            mark = SeededRow(table_name=row.__tablename__, seed_key=seed_key, row_id=row.id, said=said)  # type: ignore[attr-defined]
            session.add(mark)
        self._new.clear()

    def _add(
        self,
        model: type[_Row],
        seed_key: str,
        values: Mapping[str, Any],
        derived: Callable[[_Row], Mapping[str, Any]] | None,
        reason: str | None,
    ) -> _Row:
        row = model(**values)
        for name, value in (derived(row) if derived else {}).items():
            setattr(row, name, value)
        self.counts.added[model.__tablename__] = self.counts.added.get(model.__tablename__, 0) + 1
        return self.journal.add(row, action=SEED, label=seed_key, reason=reason)

    def _update(
        self,
        row: _Row,
        mark: SeededRow,
        values: Mapping[str, Any],
        derived: Callable[[_Row], Mapping[str, Any]] | None,
    ) -> bool:
        """Write the values that changed in the data files since the last loading. Return whether the row changed."""
        changes = {}
        for name, value in values.items():
            now, before = encoded(getattr(row, name)), mark.said.get(name)
            if encoded(value) in (now, before):
                continue
            if now == before:
                changes[name] = value
            else:
                self.keep(type(row), mark.seed_key, name)
        # Derived values also change if only their source elsewhere has changed, such as a cited text.
        followed = derived(_with_changes(row, changes)) if derived else {}
        changes |= {name: value for name, value in followed.items() if value != getattr(row, name)}
        if changes:
            self.journal.change(row, changes, action=SEED, label=mark.seed_key)
            mark.said = {**mark.said, **_encoded(changes)}
        return bool(changes)

    def _row(self, model: type[_Row], row_id: int) -> _Row:
        """Return the current row. At the first call for a table, all its rows are read at once."""
        if model not in self._rows:
            found = self.journal.session.execute(select(model)).scalars()
            self._rows[model] = {row.id: row for row in found}  # type: ignore[attr-defined]
        return self._rows[model][row_id]  # type: ignore[return-value]


def _encoded(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: encoded(value) for name, value in values.items()}


def _with_changes(row: _Row, changes: Mapping[str, Any]) -> _Row:
    """Return a copy of the row with the changes applied. The row itself is not changed."""
    values = row_values(row)
    return type(row)(**{**values, **changes})
