"""What reading a cell gives: its value, what was inferred, and what a person should know or decide."""

from collections.abc import Callable, Mapping
from typing import TypeAlias

from planner.base.views import view
from planner.intake.proposed import FactValue, Field, Severity
from planner.intake.sheets import Value


@view
class Doubt:
    """A problem of a cell, whichever cell has it. `choices` are the possible answers to a question."""

    severity: Severity
    what: str
    do: str
    choices: tuple[str, ...] = ()


# An entry of a list in one cell: the facts of a milestone or indicator.
Entry: TypeAlias = Mapping[Field, FactValue]


@view
class Reading:
    """The value of a cell. `inferred` says how it follows from the cell if the cell does not say it directly.

    `also` are values that the cell gives for other fields, each with the reason. `entries` are those of a list.
    `stays` are the values for other fields that also stay if a person answers the question about the cell.
    """

    value: FactValue
    inferred: str | None = None
    doubt: Doubt | None = None
    also: tuple[tuple[Field, FactValue, str], ...] = ()
    entries: tuple[Entry, ...] = ()
    stays: tuple[tuple[Field, FactValue, str], ...] = ()


NOTHING = Reading(None)

# A function that reads the cells of one column. The second argument says that the text is a person's answer.
Reader: TypeAlias = Callable[[Value, bool], Reading]


def error(what: str, do: str) -> Reading:
    """Return the reading of a cell that cannot be imported."""
    return Reading(None, doubt=Doubt(Severity.ERROR, what, do))


def question(what: str, do: str, choices: tuple[str, ...] = (), value: FactValue = None) -> Reading:
    """Return the reading of a cell whose meaning a person must decide."""
    return Reading(value, doubt=Doubt(Severity.QUESTION, what, do, choices))


def remark(value: FactValue, inferred: str, what: str, do: str) -> Reading:
    """Return the reading of a cell that was understood, with something that a person should know."""
    return Reading(value, inferred, Doubt(Severity.REMARK, what, do))
