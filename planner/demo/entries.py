"""What a story consists of: facts as of a day, each written down by somebody on that day or a later one."""

from dataclasses import dataclass
from datetime import date

from planner.vocabulary import Confirmation
from planner.writes.status import Report


@dataclass(frozen=True)
class StepMet:
    """A milestone reported as met."""

    number: int
    met_on: date
    evidence: str


@dataclass(frozen=True)
class StepForecast:
    """A milestone's date as its officer now expects it."""

    number: int
    forecast: date


@dataclass(frozen=True)
class DateMoved:
    """An agreed date that was moved: a milestone's, or the item's due date where there is no number."""

    number: int | None
    new: date
    reason: str


@dataclass(frozen=True)
class Counted:
    """An indicator's value."""

    number: int
    value: float


@dataclass(frozen=True)
class Answer:
    """What the manager says to the report as of a day: its ending is confirmed, or it is returned for a reason."""

    report_as_of: date
    outcome: Confirmation
    reason: str | None


Fact = Report | StepMet | StepForecast | DateMoved | Counted | Answer


@dataclass(frozen=True)
class Entry:
    """A fact as of a day, written down on a day (the same or later) by somebody."""

    code: str
    by: str
    written_on: date
    as_of: date
    fact: Fact
