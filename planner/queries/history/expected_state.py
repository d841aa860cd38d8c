"""The state of an item when a person begins to edit it, to detect changes that others make before the person saves."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from planner.base.views import value_class
from planner.queries.items.indicators import read_indicators
from planner.queries.items.register import read_item
from planner.queries.items.views import IndicatorView, ItemView
from planner.register.reading import Reading


@value_class
class ExpectedState:
    """The last report of an item, and the state of each milestone and indicator by number.

    `report` is the id of the last effective report, or None if there is none. `milestones` has the number, the current
    date, the forecast and the day met of each milestone. `indicators` has the number of each indicator, and the day and
    value of its latest observation.
    """

    report: int | None
    milestones: tuple[tuple[int, date, date | None, date | None], ...]
    indicators: tuple[tuple[int, date | None, float | None], ...]

    def as_json(self) -> dict[str, Any]:
        """Return the state as JSON values, to store it in the file of a report that is still being written."""
        return {
            "report": self.report,
            "milestones": [[number, *(_text(day) for day in days)] for number, *days in self.milestones],
            "indicators": [[number, _text(day), value] for number, day, value in self.indicators],
        }

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> "ExpectedState":
        """Return the state from the values of `as_json`. Raises KeyError, TypeError or ValueError for other values."""
        return cls(
            values["report"],
            tuple(
                (number, date.fromisoformat(current), _day(forecast), _day(met_on))
                for number, current, forecast, met_on in values["milestones"]
            ),
            tuple((number, _day(day), value) for number, day, value in values["indicators"]),
        )


@value_class
class ExpectedReport:
    """The id of an item's last report, or None. It is the expected state for writes that depend only on this report."""

    report: int | None


def read_expected_state(reading: Reading, code: str) -> ExpectedState:
    """Return the state of an item without reading a whole `ItemDetail`.

    Raises UnknownNameError if the item does not exist.
    """
    item = read_item(reading, code)
    return expected_state_of(item, read_indicators(reading, item.id))


def expected_state_of(item: ItemView, indicators: Sequence[IndicatorView]) -> ExpectedState:
    """Return the state of an item with these indicators."""
    return ExpectedState(
        item.last.id if item.last else None,
        tuple((step.number, step.current, step.forecast, step.met_on) for step in item.milestones),
        tuple((value.number, value.observed_on, value.observed) for value in indicators),
    )


def _text(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
