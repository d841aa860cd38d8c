"""The entries of a story: facts as of a day, each recorded by somebody on that day or later."""

from dataclasses import dataclass
from datetime import date

from planner.domain.vocabulary import Confirmation
from planner.writes.reports.status import Report


@dataclass(frozen=True)
class StepMet:
    """A milestone that was met."""

    number: int
    met_on: date
    evidence: str


@dataclass(frozen=True)
class StepForecast:
    """A milestone's date as the officer now expects it."""

    number: int
    forecast: date


@dataclass(frozen=True)
class SimulatedDateChange:
    """A current date that was moved: the date of a milestone, or the item's due date if `number` is None."""

    number: int | None
    new: date
    reason: str


@dataclass(frozen=True)
class Counted:
    """An observed value of an indicator."""

    number: int
    value: float


@dataclass(frozen=True)
class Answer:
    """The manager's answer to the report as of a day: the reported ending is confirmed, or the report is returned."""

    report_as_of: date
    outcome: Confirmation
    reason: str | None


Fact = Report | StepMet | StepForecast | SimulatedDateChange | Counted | Answer


@dataclass(frozen=True)
class SimulatedEntry:
    """A fact as of a day, recorded by somebody on the day `written_on`."""

    code: str
    by: str
    written_on: date
    as_of: date
    fact: Fact
