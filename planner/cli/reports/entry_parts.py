"""Reading options that name a milestone or indicator by number, such as `--met 1=2020-04-01` or `--observe 1=4`."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

from planner.base.errors import BadValueError
from planner.base.language import tr
from planner.base.numbers import read_number, read_whole, without_percent_sign
from planner.base.texts import as_typed

if TYPE_CHECKING:
    from planner.cli.typed_dates import TypedDates
    from planner.queries.history.expected_state import ExpectedReport
    from planner.register.writing import Writing

_Value = TypeVar("_Value")


def form_texts(
    fields: dict[str, Any], day: date, typed: "TypedDates", step_start: Callable[[int], date]
) -> dict[str, str]:
    """Return the texts for the fields of a report form, by field, from the options of `planner update`.

    A milestone met without a date was met on `day`. `step_start` takes the number of a milestone, and returns the day
    from which a step such as +2w counts. Raises BadValueError if a text cannot be read or a number is given twice.
    """
    from planner.reporting.fields import REPORT, indicator_field, milestone_field

    texts = {name: str(fields[name]) for name in REPORT if fields[name] is not None}
    parts = {
        "met": _by_number(fields["met"], "--met", lambda _, text: typed.day(text, "--met") if text else day),
        "date": _deadlines(fields["move"], "--move", typed, step_start),
        "forecast": _deadlines(fields["forecast"], "--forecast", typed, step_start),
    }
    for part, days in parts.items():
        texts |= {milestone_field(number, part): str(given) for number, given in days.items()}
    texts |= {milestone_field(number, "reason"): fields["reason"] or "" for number in parts["date"]}
    values = _by_number(fields["observe"], "--observe", lambda _, text: _number(text, "--observe"))
    return texts | {indicator_field(number): text for number, text in values.items()}


def _number(text: str, where: str) -> str:
    # Whether the unit is the percent is looked up later.
    read_number(without_percent_sign(text, "%"), where)
    return text


def _deadlines(
    given: Sequence[str], where: str, typed: "TypedDates", step_start: Callable[[int], date]
) -> dict[int, date]:
    return _by_number(given, where, lambda number, text: typed.deadline(text, where, start=step_start(number)))


def expected_report(if_last: str | None) -> "ExpectedReport | None":
    """Return the report that --if-last names by its id. The word `none` means that the item has no report yet.

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
            do=tr("Give the id of the last report, which 'planner show --format json' prints under 'last', or 'none'"),
        )
    return ExpectedReport(int(if_last))


def step_start(writing: "Writing", code: str, number: int) -> date:
    """Return the day from which a step such as +2w counts.

    This is the planned date of the milestone, or today if today is later.
    """
    from planner.queries.items.register import read_item

    milestones = read_item(writing.reading(), code).milestones
    return max([writing.today, *(milestone.current for milestone in milestones if milestone.number == number)])


def _by_number(given: Sequence[str], where: str, read: Callable[[int, str], _Value]) -> dict[int, _Value]:
    """Return the values of an option by number, such as `1=4`.

    Raises BadValueError if a number is missing or is given twice.
    """
    found: dict[int, _Value] = {}
    for text in given:
        before, _, value = as_typed(text).partition("=")
        try:
            number = read_whole(before, where)
        except BadValueError as error:
            raise BadValueError(
                tr("'{text}' does not begin with a number", text=text),
                where=where,
                do=tr("Begin with a number: {option} 1=…", option=where),
            ) from error
        if number in found:
            raise BadValueError(
                tr("number {number} is given twice", number=number), where=where, do=tr("Give each number only once")
            )
        found[number] = read(number, value)
    return found
