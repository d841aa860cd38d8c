"""What is said of milestones and indicators on a command line, by number: `--met 1=2020-04-01`, `--observe 1=4`."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, TypeVar

from planner.base.errors import BadValueError
from planner.base.numbers import read_number, read_whole
from planner.base.texts import as_typed

if TYPE_CHECKING:
    from planner.cli.typed_dates import TypedDates
    from planner.queries.history.expected_state import ExpectedReport
    from planner.writes.reports.entries import MilestoneEntry, ObservationEntry

_Value = TypeVar("_Value")


def milestone_entries(
    met: Sequence[str],
    move: Sequence[str],
    forecast: Sequence[str],
    reason: str | None,
    day: date,
    typed: "TypedDates",
    stands: Callable[[int], date],
) -> "tuple[MilestoneEntry, ...]":
    """What is said of milestones; one that is met without a date was met on `day`.

    `stands` gives the day from which a step such as +2w counts for a milestone. Raises BadValueError.
    """
    from planner.writes.reports.entries import MilestoneEntry

    met_on = _by_number(met, "--met", lambda _, text: typed.day(text, "--met") if text else day)
    moved = _by_number(move, "--move", lambda number, text: typed.deadline(text, "--move", start=stands(number)))
    expected = _by_number(
        forecast, "--forecast", lambda number, text: typed.deadline(text, "--forecast", start=stands(number))
    )
    return tuple(
        MilestoneEntry(
            number=number,
            met_on=met_on.get(number),
            moved_to=moved.get(number),
            reason=reason if number in moved else None,
            forecast=expected.get(number),
        )
        for number in sorted({*met_on, *moved, *expected})
    )


def observation_entries(observe: Sequence[str]) -> "tuple[ObservationEntry, ...]":
    """Values of indicators. Raises BadValueError."""
    from planner.writes.reports.entries import ObservationEntry

    values = _by_number(observe, "--observe", lambda _, text: read_number(text, "--observe"))
    return tuple(ObservationEntry(number, value) for number, value in values.items())


def seen_report(if_last: str | None) -> "ExpectedReport | None":
    """The report that --if-last names: its id, or `none` where there was none. Raises BadValueError."""
    from planner.queries.history.expected_state import ExpectedReport

    if if_last is None:
        return None
    if if_last == "none":
        return ExpectedReport(None)
    if not (if_last.isascii() and if_last.isdigit()):
        raise BadValueError(
            f"'{if_last}' is no report's id",
            where="--if-last",
            do="Give the id that 'planner show --format json' has under last, or 'none'",
        )
    return ExpectedReport(int(if_last))


def _by_number(given: Sequence[str], where: str, read: Callable[[int, str], _Value]) -> dict[int, _Value]:
    """The values by number, each number once."""
    found: dict[int, _Value] = {}
    for text in given:
        before, _, value = as_typed(text).partition("=")
        try:
            number = read_whole(before, where)
        except BadValueError as error:
            raise BadValueError(
                f"'{text}' does not begin with a number", where=where, do=f"Write {where} 1=…"
            ) from error
        if number in found:
            raise BadValueError(f"number {number} is given twice", where=where, do="Give it once")
        found[number] = read(number, value)
    return found
