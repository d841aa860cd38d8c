"""Puts seeded rows into the register: loading twice changes nothing, a person's entry is never overwritten."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from sqlalchemy import select

from planner.journal import Journal, encoded
from planner.models import Base, SeededRow

_Row = TypeVar("_Row", bound=Base)


@dataclass
class Counts:
    """What loading did, per table: rows added, changed, and fields left as a person entered them."""

    added: dict[str, int] = field(default_factory=dict)
    changed: dict[str, int] = field(default_factory=dict)
    kept: list[str] = field(default_factory=list)

    @property
    def anything(self) -> bool:
        """Whether anything was written."""
        return bool(self.added or self.changed)


class Seeder:
    """Compares each entry with what the seeds said last time and with what stands now, field by field.

    A field that still stands as seeded follows the seed. One that a person changed since stays, and is told.
    """

    def __init__(self, journal: Journal) -> None:
        self.journal = journal
        self.counts = Counts()
        self._marks = {
            (mark.table_name, mark.seed_key): mark for mark in journal.session.execute(select(SeededRow)).scalars()
        }
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
    ) -> _Row:
        """Add or follow one row. `once` is set only when it is made; `derived` is computed from it as it stands."""
        mark = self._marks.get((model.__tablename__, seed_key))
        if mark is None:
            row = self._add(model, seed_key, {**values, **(once or {})}, derived)
            self._new.append((seed_key, row, _said(values)))
            return row
        row = self._standing(model, mark.row_id)
        self._follow(row, mark, values, derived)
        return row

    def flush(self) -> None:
        """Bring the new rows to the database, so that their ids can be referred to."""
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
    ) -> _Row:
        row = model(**values)
        for name, value in (derived(row) if derived else {}).items():
            setattr(row, name, value)
        self.counts.added[model.__tablename__] = self.counts.added.get(model.__tablename__, 0) + 1
        return self.journal.add(row, action="seed", label=seed_key)

    def _follow(
        self,
        row: _Row,
        mark: SeededRow,
        values: Mapping[str, Any],
        derived: Callable[[_Row], Mapping[str, Any]] | None,
    ) -> None:
        changes = {}
        for name, value in values.items():
            now, before = encoded(getattr(row, name)), mark.said.get(name)
            if encoded(value) in (now, before):
                continue
            if now == before:
                changes[name] = value
            else:
                self.counts.kept.append(f"{mark.table_name} {mark.seed_key}: {name}")
        # What is derived follows also where only what it is derived from elsewhere is another, such as a cited text.
        followed = derived(_as_if(row, changes)) if derived else {}
        changes |= {name: value for name, value in followed.items() if value != getattr(row, name)}
        if changes:
            self.journal.change(row, changes, action="seed", label=mark.seed_key)
            self.counts.changed[mark.table_name] = self.counts.changed.get(mark.table_name, 0) + 1
            mark.said = {**mark.said, **_said(changes)}

    def _standing(self, model: type[_Row], row_id: int) -> _Row:
        """The row as it stands; a table is read once, whole."""
        if model not in self._rows:
            found = self.journal.session.execute(select(model)).scalars()
            self._rows[model] = {row.id: row for row in found}  # type: ignore[attr-defined]
        return self._rows[model][row_id]  # type: ignore[return-value]


def _said(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: encoded(value) for name, value in values.items()}


def _as_if(row: _Row, changes: Mapping[str, Any]) -> _Row:
    """The row as it will be once the changes are made, without making them."""
    values = {attribute.key: getattr(row, attribute.key) for attribute in row.__mapper__.column_attrs}
    return type(row)(**{**values, **changes})
