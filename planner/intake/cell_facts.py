"""The facts of one row of a table, kept as the values of its cells.

A register of 100,000 items has millions of facts. An object for each, with the place of its cell, would take several
hundred megabytes, so it is made when somebody asks for the fact.
"""

from collections.abc import Iterable, Iterator, Mapping, MutableMapping, Sequence
from dataclasses import replace
from typing import Any

from planner.base.views import view
from planner.intake.proposed import FactValue, Field, Given, ProposedItem
from planner.intake.sheets import Place


@view
class FactColumns:
    """What the rows of a table have in common: the file, the sheet, and the number of each field's first column.

    `places` says where a row has the value of a field.
    """

    file: str
    sheet: str
    numbers: tuple[int, ...]
    places: Mapping[Field, int]


class CellFacts(MutableMapping[Field, Given]):
    """The facts of a row: a value and a note for each column, and facts that do not come from a cell of their own."""

    __slots__ = ("_columns", "_notes", "_others", "_row", "_values")

    def __init__(
        self,
        columns: FactColumns,
        row: int,
        values: Sequence[FactValue],
        notes: Sequence[str | None] | None,
    ) -> None:
        self._columns = columns
        self._row = row
        self._values = tuple(values)
        self._notes = notes and tuple(notes)
        # None stands for a fact that was removed.
        self._others: dict[Field, Given | None] | None = None

    def get(self, fact: Field, default: Any = None) -> Any:
        """Return a fact, or the default if the row does not have it."""
        others = self._others
        if others is not None and fact in others:
            given = others[fact]
            return default if given is None else given
        columns = self._columns
        at = columns.places.get(fact)
        if at is None:
            return default
        place = Place(columns.file, columns.sheet, self._row, columns.numbers[at])
        return Given(self._values[at], place, None if self._notes is None else self._notes[at])

    def texts(self, facts: Iterable[Field]) -> Iterator[str]:
        """Yield the texts in the cells of some facts, without making the facts."""
        places, values = self._columns.places, self._values
        found = (values[places[fact]] for fact in facts if fact in places)
        return (value for value in found if isinstance(value, str))

    def as_dict(self) -> dict[Field, Given]:
        """Return all facts at once, for a reader who asks for most of them several times."""
        columns, row, values, notes = self._columns, self._row, self._values, self._notes
        file, sheet, numbers = columns.file, columns.sheet, columns.numbers
        found = {
            fact: Given(values[at], Place(file, sheet, row, numbers[at]), None if notes is None else notes[at])
            for fact, at in columns.places.items()
        }
        for fact, given in (self._others or {}).items():
            if given is None:
                found.pop(fact, None)
            else:
                found[fact] = given
        return found

    def __getitem__(self, fact: Field) -> Given:
        given: Given | None = self.get(fact)
        if given is None:
            raise KeyError(fact)
        return given

    def __setitem__(self, fact: Field, given: Given) -> None:
        self._set(fact, given)

    def __delitem__(self, fact: Field) -> None:
        if fact not in self:
            raise KeyError(fact)
        self._set(fact, None)

    def _set(self, fact: Field, given: Given | None) -> None:
        if self._others is None:
            self._others = {}
        self._others[fact] = given

    def __contains__(self, fact: object) -> bool:
        others = self._others
        if others is not None and fact in others:
            return others[fact] is not None  # type: ignore[index]
        return fact in self._columns.places

    def __iter__(self) -> Iterator[Field]:
        others = self._others or {}
        yield from (fact for fact in self._columns.places if others.get(fact, fact) is not None)
        yield from (fact for fact in others if fact not in self._columns.places and others[fact] is not None)

    def __len__(self) -> int:
        return sum(1 for _ in self) if self._others else len(self._columns.places)

    def __repr__(self) -> str:
        """Show the facts as the dictionary that they stand for."""
        return repr(dict(self))


def gathered(item: ProposedItem) -> ProposedItem:
    """Return an item whose facts were all made, to be compared and then dropped."""
    facts = item.facts
    return replace(item, facts=facts.as_dict()) if isinstance(facts, CellFacts) else item
