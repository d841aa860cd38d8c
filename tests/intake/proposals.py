"""Proposed registers for the tests, as they would come from a file of one table."""

from typing import Any

from planner.intake.proposed import Field, Given, ProposedItem, ProposedRegister, ProposedRow
from planner.intake.sheets import Place

FILE = "plan.csv"


def given(value: Any, row: int = 1, column: int = 1, inferred: str | None = None) -> Given:
    """A value in a cell of the file."""
    return Given(value, Place(FILE, "", row, column), inferred)


def facts(values: dict[str, Any], row: int) -> dict[Field, Given]:
    """The facts of a row, a column each. A value may be a Given already."""
    return {
        Field(name): value if isinstance(value, Given) else given(value, row, column)
        for column, (name, value) in enumerate(values.items(), 1)
    }


def part(row: int = 1, **values: Any) -> ProposedRow:
    """A milestone, an indicator, a theme, an organisation or a person."""
    return ProposedRow(Place(FILE, "", row), facts(values, row))


def item(row: int, *, milestones: Any = None, indicators: Any = None, **values: Any) -> ProposedItem:
    """An item in a row of the file."""
    return ProposedItem(Place(FILE, "", row), facts(values, row), milestones, indicators)


def register(*items: ProposedItem, **more: Any) -> ProposedRegister:
    """A proposed register with these items."""
    return ProposedRegister(items=list(items), **more)
