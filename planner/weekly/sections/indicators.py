"""The section `indicators`: each indicator's latest value, last week's value, expected value and target."""

from collections.abc import Iterator
from math import floor, isfinite, log10

from planner.base.views import value_class
from planner.domain.rules.attainment import expected_value
from planner.domain.rules.figures import tenths
from planner.domain.vocabulary import Basis, Direction
from planner.queries.items.columns import WHICH_ITEM
from planner.queries.items.indicators import read_all_indicators
from planner.queries.items.views import IndicatorView
from planner.tables import columns
from planner.tables.columns import Column
from planner.weekly.reading import WeekReading
from planner.weekly.section import ItemFact, Section

# Below this, a float and a spreadsheet represent every whole number exactly.
_WHOLE = 10**15


@value_class
class IndicatorRow(ItemFact):
    """An indicator on the file's as-of date."""

    indicator: IndicatorView

    @property
    def last_period(self) -> float | None:
        """The indicator's value at the end of the week before, or None."""
        ended = self.frame.week.previous.sunday
        values = [value for day, value in self.indicator.values if day <= ended]
        return values[-1] if values else None

    @property
    def expected(self) -> float | None:
        """The value expected on the as-of date, rounded to a thousandth of the distance from baseline to target."""
        one = self.indicator
        expected = expected_value(one.baseline, one.target, self.item.starts, one.due, self.frame.as_of)
        way = abs((one.target or 0.0) - (one.baseline or 0.0))
        if expected is None or way == 0 or not isfinite(way):
            return expected
        return round(expected, max(0, 3 - floor(log10(way))))

    @property
    def variance(self) -> float | None:
        """The latest value minus the rounded expected value, or None if one of them is missing."""
        if self.indicator.observed is None or self.expected is None:
            return None
        return round(self.indicator.observed - self.expected, 12)

    @property
    def attainment(self) -> float | None:
        """The share of the distance from baseline to target that the indicator has covered, in percent, or None."""
        share = self.indicator.attainment
        return None if share is None else _finite(tenths(100 * share))


def _plain(number: float | None) -> float | int | None:
    """Return a number without binary rounding noise, and a whole number as an int. None stays None."""
    finite = _finite(number)
    if finite is None or not finite.is_integer() or abs(finite) >= _WHOLE:
        return None if finite is None else float(f"{finite:.15g}")
    return int(finite)


def _finite(number: float | None) -> float | None:
    """Return the number, or None if it is infinite or not a number. Negative zero becomes zero.

    Calculations with very large values can overflow, and files cannot hold the result.
    """
    return number + 0.0 if number is not None and isfinite(number) else None


COLUMNS: tuple[Column[IndicatorRow], ...] = (
    *WHICH_ITEM,
    columns.whole_number("number", lambda row: row.indicator.number, "The indicator's number within its item.", "No."),
    columns.text("indicator", lambda row: row.indicator.name, "The quantity that is counted or measured."),
    columns.text("unit", lambda row: row.indicator.unit, "The unit of all its values."),
    columns.word(
        "direction",
        lambda row: row.indicator.direction,
        "The intended direction of the value: `increase`, `decrease` or `reach`.",
        one_of=Direction,
    ),
    columns.number(
        "baseline",
        lambda row: _plain(row.indicator.baseline),
        "The value at the start. Empty if it is not known.",
        "Baseline value",
        optional=True,
    ),
    columns.number(
        "last_period",
        lambda row: _plain(row.last_period),
        "The last value as of the end of the week before, however old. Empty if there was no value.",
        "Value last week",
        optional=True,
    ),
    columns.number(
        "latest",
        lambda row: _plain(row.indicator.observed),
        "The last value as of the file's day. Empty if no value was ever recorded.",
        "Latest value",
        optional=True,
    ),
    columns.day("date_of_value", lambda row: row.indicator.observed_on, "The as-of date of `latest`.", optional=True),
    columns.number(
        "expected",
        lambda row: _plain(row.expected),
        "The value on the file's day if it went evenly from `baseline` at the item's start to `target` on "
        "`target_due`, rounded to a thousandth of that distance. It is for comparison only, and neither an agreed "
        "value nor a forecast. Empty without a baseline or a target.",
        "Expected value",
        optional=True,
    ),
    columns.number(
        "target",
        lambda row: _plain(row.indicator.target),
        "The value to be reached by `target_due`. If there are several targets, it is the next one due, or the "
        "last one. Empty if there is no target, which is normal.",
        optional=True,
    ),
    columns.day("target_due", lambda row: row.indicator.due, "The date of the target.", optional=True),
    columns.number(
        "variance",
        lambda row: _plain(row.variance),
        "`latest` minus `expected`, in the indicator's unit. A value below 0 is a shortfall if `direction` is "
        "`increase`, or `reach` from below; a value above 0 is a shortfall if it is `decrease`.",
        optional=True,
    ),
    columns.decimal(
        "attainment_percent",
        lambda row: row.attainment,
        "The share of the distance from `baseline` to `target` that is done, in either direction: 0.0 at the "
        "baseline and 100.0 at the target. It can be below 0 or above 100.",
        "Attainment, %",
        optional=True,
    ),
    columns.word(
        "indicator_basis",
        lambda row: Basis.SIMULATED if row.simulated else row.indicator.basis,
        "The source of the indicator and the value of its target. In a demonstration it is `simulated`.",
        "Indicator's basis",
        one_of=Basis,
    ),
    columns.word(
        "target_due_basis",
        lambda row: Basis.SIMULATED if row.simulated and row.indicator.due else row.indicator.basis_of_day,
        "The source of `target_due`: `working` if nobody gave a date and the item's due date is assumed. Empty without "
        "a target. In a demonstration it is `simulated`.",
        "Target date's basis",
        one_of=Basis,
        optional=True,
    ),
)


def _rows(reading: WeekReading) -> Iterator[IndicatorRow]:
    instance = reading.instance
    of_items = read_all_indicators(reading)
    for item in reading.items:
        for indicator in of_items.get(item.id, ()):
            yield IndicatorRow(item, instance.frame, indicator)


INDICATORS = Section(
    name="indicators",
    title="Indicators",
    answers="What are the values of the indicators, compared with the week before, the expected value and the target?",
    columns=COLUMNS,
    rows=_rows,
    key=("code", "number"),
)
