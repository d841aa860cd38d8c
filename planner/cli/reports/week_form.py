"""The questions about one item, and the report that their answers make."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from planner.base.errors import BadValueError
from planner.base.language import later, tr, tr_later
from planner.base.numbers import read_number, read_percent
from planner.base.texts import clean, required, unredacted
from planner.cli.output import words
from planner.cli.reports.field_labels import TEXTS
from planner.dates.typed import read_day, read_deadline
from planner.domain.typed_words import listed_words, read_word
from planner.domain.vocabulary import Confidence, MeasuredBy, Phase

if TYPE_CHECKING:
    from planner.queries.history.expected_state import ExpectedState
    from planner.queries.items.item import ItemDetail
    from planner.queries.items.views import IndicatorView, ItemView, MilestoneView
    from planner.writes.reports.entries import Entry, MilestoneEntry
    from planner.writes.reports.status import Report

# The questions about an item that is cancelled or merged.
ENDING = {
    "ending_reason": later("Why it is cancelled or merged"),
    "merged_into": later("The item into which it was merged (code)"),
}


@dataclass(frozen=True)
class Form:
    """An item and its state when the questions began, the key of its plan, and the day of the report."""

    plan: str
    detail: "ItemDetail"
    expected: "ExpectedState"
    today: date

    @property
    def item(self) -> "ItemView":
        """The item."""
        return self.detail.item


@dataclass(frozen=True)
class After:
    """A condition for asking a question: the first word of the answer to another question must be one of some words."""

    name: str
    answers: tuple[str, ...]

    def holds(self, answers: Mapping[str, str]) -> bool:
        """Return whether the answer to the other question meets the condition."""
        first = answers.get(self.name, "").strip().casefold().split(" ")[0]
        return first in self.answers


@dataclass(frozen=True)
class Question:
    """A question with its current answer. `check` raises BadValueError for an answer that is not valid.

    If `after` is set, the question is asked only if that condition is met, and then it must be answered.
    """

    name: str
    label: str
    current: str
    check: Callable[[str], object]
    after: "After | None" = None


def questions_of(form: Form) -> Iterator[Question]:
    """Yield all questions about an item, in order: the report, the open milestones, the indicators."""
    item, last = form.item, form.item.last
    phases = tr("Phase: {words}", words=listed_words(Phase))
    yield Question("phase", phases, words(item.phase.value), phase_of)
    if not item.phase.terminal:
        for name, message in ENDING.items():
            label = tr_later(message)
            yield Question(name, label, "", partial(required, field=label), after=_ENDING_OF[name])
    rated = item.confidence.value if item.confidence else ""
    ratings = tr("Confidence: {words}", words=listed_words(Confidence))
    yield Question("confidence", ratings, rated, partial(read_word, Confidence))
    if item.measured_by is MeasuredBy.REPORTS:
        percent = "" if last is None or last.percent is None else str(last.percent)
        yield Question("percent", tr("Percent done"), percent, _percent)
    for name, message in TEXTS.items():
        label = tr_later(message)
        current = (unredacted(getattr(last, name)) or "") if last else ""
        yield Question(name, label, current, partial(clean, field=label))
    for milestone in item.milestones:
        if milestone.met_on is None:
            yield from _milestone(milestone, form.today)
    for indicator in form.detail.indicators:
        label = _indicator_label(indicator)
        yield Question(f"indicator {indicator.number}", label, "", lambda text: text and _number(text))


_ENDING_OF = {
    "ending_reason": After("phase", (Phase.CANCELLED.value, Phase.MERGED.value)),
    "merged_into": After("phase", (Phase.MERGED.value,)),
}


def entry_of(form: Form, typed: Mapping[str, str]) -> "Entry":
    """Return the entry that the answers make. A question without an answer keeps its current value.

    Without any answers, the entry is empty.
    """
    from planner.writes.reports.entries import Entry, ObservationEntry
    from planner.writes.reports.status import Report

    numbers = [indicator.number for indicator in form.detail.indicators]
    values = {number: typed[f"indicator {number}"] for number in numbers if typed.get(f"indicator {number}")}
    return Entry(
        _report(form, typed) if typed else Report(),
        tuple(_milestone_entries(form, typed)),
        tuple(ObservationEntry(number, _number(text)) for number, text in values.items()),
    )


def _report(form: Form, typed: Mapping[str, str]) -> "Report":
    from planner.writes.reports.status import Report

    answers = {question.name: typed.get(question.name, question.current) for question in questions_of(form)}
    phase = phase_of(answers["phase"])
    texts: dict[str, Any] = {name: answers[name] or None for name in TEXTS}
    texts |= {name: typed.get(name) for name, after in _ENDING_OF.items() if after.holds({"phase": phase.value})}
    return Report(
        # If the phase was not answered, the first report of work puts the item in progress.
        phase=phase if "phase" in typed else None,
        confidence=read_word(Confidence, answers["confidence"]) if answers["confidence"] else None,
        percent=_percent(answers["percent"]) if answers.get("percent") and phase is not Phase.COMPLETED else None,
        **texts,
    )


def _milestone(milestone: "MilestoneView", today: date) -> Iterator[Question]:
    name = f"milestone {milestone.number}"
    label = _milestone_label(milestone)
    yield Question(name, label, "", lambda text: milestone_change(text, today, milestone.current))
    why = tr("Why milestone {number} is moved", number=milestone.number)
    yield Question(f"reason {milestone.number}", why, "", partial(required, field=why), after=After(name, ("move",)))


def _milestone_label(milestone: "MilestoneView") -> str:
    if milestone.forecast:
        return tr(
            "Milestone {number}, {title}, due {current}, expected {forecast}: met, move or expect DATE",
            number=milestone.number,
            title=milestone.title,
            current=milestone.current,
            forecast=milestone.forecast,
        )
    return tr(
        "Milestone {number}, {title}, due {current}: met, move or expect DATE",
        number=milestone.number,
        title=milestone.title,
        current=milestone.current,
    )


def _milestone_entries(form: Form, typed: Mapping[str, str]) -> "Iterator[MilestoneEntry]":
    from planner.writes.reports.entries import MilestoneEntry

    for milestone in form.item.milestones:
        number = milestone.number
        verb, day = milestone_change(typed.get(f"milestone {number}", ""), form.today, milestone.current)
        if verb == "met":
            yield MilestoneEntry(number, met_on=day)
        elif verb == "move":
            yield MilestoneEntry(number, moved_to=day, reason=typed.get(f"reason {number}"))
        elif verb == "expect":
            yield MilestoneEntry(number, forecast=day)


def milestone_change(text: str, today: date, current: date) -> tuple[str, date | None]:
    """Read an answer such as `met`, `met yesterday`, `move 2020-05-04` or `expect +2w`, and return its word and date.

    A step such as +2w counts from the milestone's current date, or from today if that is later. An empty text gives an
    empty word. Raises BadValueError for any other text.
    """
    verb, _, day = text.partition(" ")
    if not text or (verb == "met" and not day):
        return verb, today
    if verb not in ("met", "move", "expect"):
        raise BadValueError(
            tr("'{text}' is not an answer about a milestone", text=text),
            do=tr("Write met, met DATE, move DATE or expect DATE"),
        )
    if verb == "met":
        return verb, read_day(day, today, verb)
    return verb, read_deadline(day, today, verb, start=max(current, today))


def _indicator_label(indicator: "IndicatorView") -> str:
    if indicator.observed is None:
        return tr(
            "Indicator {number}, {name}, {unit}, no value yet: new value",
            number=indicator.number,
            name=indicator.name,
            unit=indicator.unit,
        )
    return tr(
        "Indicator {number}, {name}, {unit}, {value} on {day}: new value",
        number=indicator.number,
        name=indicator.name,
        unit=indicator.unit,
        value=f"{indicator.observed:.15g}",
        day=indicator.observed_on,
    )


def phase_of(text: str) -> Phase:
    """Return the phase that a text names in full or by its beginning. An ending must be written in full.

    Raises BadValueError for any other text.
    """
    phase = read_word(Phase, text)
    if phase.terminal and text.strip().casefold() != phase.value:
        raise BadValueError(
            tr("'{text}' would end the item", text=text),
            do=tr("Write {phase} in full if you want to end it", phase=phase.value),
        )
    return phase


def _percent(text: str) -> int:
    return read_percent(text, "")


def _number(text: str) -> float:
    return read_number(text, "")
