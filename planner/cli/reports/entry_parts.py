"""Reading options that name a milestone or indicator by number, such as `--met 1=2020-04-01` or `--observe 1=4`."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, TypeVar

from planner.base.errors import BadValueError
from planner.base.language import tr
from planner.base.numbers import read_number, read_whole
from planner.base.texts import as_typed

if TYPE_CHECKING:
    from planner.cli.typed_dates import TypedDates
    from planner.queries.history.expected_state import ExpectedReport
    from planner.register.writing import Writing
    from planner.writes.reports.entries import MilestoneEntry, ObservationEntry

_Value = TypeVar("_Value")


def milestone_entries(
    met: Sequence[str],
    move: Sequence[str],
    forecast: Sequence[str],
    reason: str | None,
    day: date,
    typed: "TypedDates",
    step_start: Callable[[int], date],
) -> "tuple[MilestoneEntry, ...]":
    """Return the entries for milestones, in order of their numbers. A milestone met without a date was met on `day`.

    `step_start` returns the day from which a step such as +2w counts for a milestone. Raises BadValueError for a text
    that cannot be read, or a number that is given twice.
    """
    from planner.writes.reports.entries import MilestoneEntry

    met_on = _by_number(met, "--met", lambda _, text: typed.day(text, "--met") if text else day)
    moved = _by_number(move, "--move", lambda number, text: typed.deadline(text, "--move", start=step_start(number)))
    expected = _by_number(
        forecast, "--forecast", lambda number, text: typed.deadline(text, "--forecast", start=step_start(number))
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
    """Return the entries for values of indicators. Raises BadValueError for a text that cannot be read."""
    from planner.writes.reports.entries import ObservationEntry

    values = _by_number(observe, "--observe", lambda _, text: read_number(text, "--observe"))
    return tuple(ObservationEntry(number, value) for number, value in values.items())


def expected_report(if_last: str | None) -> "ExpectedReport | None":
    """Return the report that --if-last names by its id, or by `none` if the item has no report.

    Return None if the option was not given. Raises BadValueError for any other text.
    """
    from planner.queries.history.expected_state import ExpectedReport

    if if_last is None:
        return None
    if if_last == "none":
        return ExpectedReport(None)
    if not (if_last.isascii() and if_last.isdigit()):
        raise BadValueError(
            tr("'{text}' is not the id of a report", text=if_last),
            where="--if-last",
            do=tr("Give the id that 'planner show --format json' has under last, or 'none'"),
        )
    return ExpectedReport(int(if_last))


def step_start(writing: "Writing", code: str, number: int) -> date:
    """Return the day from which a step such as +2w counts: a milestone's date, or today if that is later."""
    from planner.queries.items.register import read_item

    milestones = read_item(writing.reading(), code).milestones
    return max([writing.today, *(milestone.current for milestone in milestones if milestone.number == number)])


def _by_number(given: Sequence[str], where: str, read: Callable[[int, str], _Value]) -> dict[int, _Value]:
    """Return the values by number. Raises BadValueError if a number is missing or is given twice."""
    found: dict[int, _Value] = {}
    for text in given:
        before, _, value = as_typed(text).partition("=")
        try:
            number = read_whole(before, where)
        except BadValueError as error:
            raise BadValueError(
                tr("'{text}' does not begin with a number", text=text),
                where=where,
                do=tr("Write {option} 1=…", option=where),
            ) from error
        if number in found:
            raise BadValueError(tr("number {number} is given twice", number=number), where=where, do=tr("Give it once"))
        found[number] = read(number, value)
    return found
