"""Collecting the problems of an import. The same text in the same column is one problem, however many cells have it."""

from dataclasses import dataclass, field

from planner.base.language import tr_count
from planner.intake.layout.cells.reading import Doubt
from planner.intake.proposed import Field, Problem
from planner.intake.sheets import Place


@dataclass
class _Found:
    """A problem, and in how many cells it is."""

    problem: Problem
    cells: int = 1


@dataclass
class Findings:
    """The problems found so far, in their order."""

    _found: list[_Found] = field(default_factory=list)
    _places: set[Place] = field(default_factory=set)

    def add(self, doubt: Doubt, place: Place, meaning: Field | None, value: str) -> int:
        """Add a problem of a cell, and return the number by which `again` refers to it."""
        problem = Problem(doubt.severity, place, meaning, value, doubt.what, doubt.do, doubt.choices)
        self._found.append(_Found(problem))
        self._places.add(place)
        return len(self._found) - 1

    def again(self, number: int) -> None:
        """Count a further cell that has the problem."""
        self._found[number].cells += 1

    def concern(self, place: Place) -> bool:
        """Return whether a cell has a problem."""
        return place in self._places

    def problems(self) -> list[Problem]:
        """Return all problems. One that several cells have says so."""
        return [_with_count(found.problem, found.cells - 1) for found in self._found]


def _with_count(one: Problem, others: int) -> Problem:
    if not others:
        return one
    what = tr_count(
        "{what} (and in {count} other cell of this column)",
        "{what} (and in {count} other cells of this column)",
        others,
        what=one.what,
    )
    return Problem(one.severity, one.place, one.field, one.value, what, one.do, one.choices)
