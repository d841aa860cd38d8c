"""The entries of an item's story. Each is a fact as of a day, recorded by a person on that day or later."""

from dataclasses import dataclass
from datetime import date

from planner.domain.vocabulary import Confidence, Confirmation, ExtensionOutcome
from planner.writes.reports.status import Report


@dataclass(frozen=True)
class StepMet:
    """A milestone that was met."""

    number: int
    met_on: date
    evidence: str


@dataclass(frozen=True)
class StepForecast:
    """The day on which the officer now expects a milestone to be met."""

    number: int
    forecast: date


@dataclass(frozen=True)
class SimulatedDateChange:
    """A change of a milestone's date, or of the item's due date if `number` is None."""

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


@dataclass(frozen=True)
class LaterDateAsked:
    """A request for a later date of a milestone, or of the item if `number` is None."""

    number: int | None
    new: date
    reason: str


@dataclass(frozen=True)
class LaterDateAnswer:
    """The manager's answer to the last request for a later date of a milestone, or of the item."""

    number: int | None
    outcome: ExtensionOutcome
    reason: str | None


@dataclass(frozen=True)
class HelpGiven:
    """The manager's answer to the help that the report as of a day asks for."""

    report_as_of: date
    answer: str


@dataclass(frozen=True)
class Assessed:
    """A rating of the item by somebody who does not report on it."""

    rating: Confidence
    reason: str
    evidence: str


Fact = (
    Report
    | StepMet
    | StepForecast
    | SimulatedDateChange
    | Counted
    | Answer
    | LaterDateAsked
    | LaterDateAnswer
    | HelpGiven
    | Assessed
)


@dataclass(frozen=True)
class SimulatedEntry:
    """A fact as of the day `as_of`, recorded by the person `by` on the day `written_on`."""

    code: str
    by: str
    written_on: date
    as_of: date
    fact: Fact
