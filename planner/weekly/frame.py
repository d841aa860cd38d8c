"""The values that are the same in every row of a weekly file."""

from dataclasses import dataclass
from datetime import date

from planner.domain.rules.weeks import Week


@dataclass(frozen=True)
class Frame:
    """The values that are the same in every row of a file: week, as-of date, and whether the data is simulated."""

    week: Week
    as_of: date
    simulated: bool
