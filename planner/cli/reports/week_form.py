"""The questions that are asked of one item, and what their answers say."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from planner.base.errors import BadValueError
from planner.base.numbers import read_number, read_percent
from planner.base.texts import clean, required, unredacted
from planner.cli.output import words
from planner.dates.typed import read_day, read_deadline
from planner.domain.vocabulary import Confidence, MeasuredBy, Phase

if TYPE_CHECKING:
    from planner.queries.history.expected_state import ExpectedState
    from planner.queries.items.item import ItemDetail
    from planner.queries.items.views import IndicatorView, ItemView, MilestoneView
    from planner.writes.reports.entries import Entry, MilestoneEntry
    from planner.writes.reports.status import Report

TEXTS = {
    "done": "Done",
    "next": "Next",
    "blocker": "Blocker",
    "help_needed": "Help needed",
    "evidence": "Evidence",
}

# What is asked of an item that is cancelled or merged.
ENDING = {"ending_reason": "Why it is cancelled or merged", "merged_into": "The item in which it goes on (code)"}

_Word = TypeVar("_Word", bound=StrEnum)


@dataclass(frozen=True)
class Form:
    """An item as it stood when the questions began, the key of its plan, and the day that is reported."""

    plan: str
    detail: "ItemDetail"
    seen: "ExpectedState"
    today: date

    @property
    def item(self) -> "ItemView":
        """The item."""
        return self.detail.item


@dataclass(frozen=True)
class After:
    """Where a question is asked: where the answer to another begins with one of some words, in full."""

    name: str
    answers: tuple[str, ...]

    def holds(self, answers: Mapping[str, str]) -> bool:
        """Whether the other question was answered so."""
        first = answers.get(self.name, "").strip().casefold().split(" ")[0]
        return first in self.answers


@dataclass(frozen=True)
class Question:
    """A question with what stands as its answer. `check` raises BadValueError for what is none.

    One that comes `after` another is asked only where that one has one of some answers; then it needs one itself.
    """

    name: str
    label: str
    standing: str
    check: Callable[[str], object]
    after: "After | None" = None


def questions_of(form: Form) -> Iterator[Question]:
    """All questions of an item, in order: the report, the milestones that are open, the indicators."""
    item, last = form.item, form.item.last
    yield Question("phase", f"Phase: {_listed(Phase)}", words(item.phase.value), phase_of)
    if not item.phase.terminal:
        for name, label in ENDING.items():
            yield Question(name, label, "", partial(required, field=label), after=_ENDING_OF[name])
    rated = item.confidence.value if item.confidence else ""
    yield Question("confidence", f"Confidence: {_listed(Confidence)}", rated, lambda text: _word(Confidence, text))
    if item.measured_by is MeasuredBy.REPORTS:
        percent = "" if last is None or last.percent is None else str(last.percent)
        yield Question("percent", "Percent done", percent, _percent)
    for name, label in TEXTS.items():
        standing = (unredacted(getattr(last, name)) or "") if last else ""
        yield Question(name, label, standing, partial(clean, field=label))
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
    """What the answers say; a question without one is answered with what stands. Nothing answered says nothing."""
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

    said = {question.name: typed.get(question.name, question.standing) for question in questions_of(form)}
    phase = phase_of(said["phase"])
    texts: dict[str, Any] = {name: said[name] or None for name in TEXTS}
    texts |= {name: typed.get(name) for name, after in _ENDING_OF.items() if after.holds({"phase": phase.value})}
    return Report(
        # A phase that is not touched is left to the rule that work which is first reported starts an item.
        phase=phase if "phase" in typed else None,
        confidence=_word(Confidence, said["confidence"]) if said["confidence"] else None,
        percent=_percent(said["percent"]) if said.get("percent") and phase is not Phase.COMPLETED else None,
        **texts,
    )


def _milestone(milestone: "MilestoneView", today: date) -> Iterator[Question]:
    name = f"milestone {milestone.number}"
    expected = f", expected {milestone.forecast}" if milestone.forecast else ""
    label = f"Milestone {milestone.number}, {milestone.title}, {milestone.current}{expected}: met, move or expect DATE"
    yield Question(name, label, "", lambda text: step_of(text, today, milestone.current))
    why = f"Why milestone {milestone.number} is moved"
    yield Question(f"reason {milestone.number}", why, "", partial(required, field=why), after=After(name, ("move",)))


def _milestone_entries(form: Form, typed: Mapping[str, str]) -> "Iterator[MilestoneEntry]":
    from planner.writes.reports.entries import MilestoneEntry

    for milestone in form.item.milestones:
        number = milestone.number
        verb, day = step_of(typed.get(f"milestone {number}", ""), form.today, milestone.current)
        if verb == "met":
            yield MilestoneEntry(number, met_on=day)
        elif verb == "move":
            yield MilestoneEntry(number, moved_to=day, reason=typed.get(f"reason {number}"))
        elif verb == "expect":
            yield MilestoneEntry(number, forecast=day)


def step_of(text: str, today: date, agreed: date) -> tuple[str, date | None]:
    """Read `met`, `met yesterday`, `move 2020-05-04`, `expect +2w`; nothing says nothing.

    A step such as +2w counts from the agreed date, or from today where that has passed.

    Raises BadValueError for anything else.
    """
    verb, _, day = text.partition(" ")
    if not text or (verb == "met" and not day):
        return verb, today
    if verb not in ("met", "move", "expect"):
        raise BadValueError(f"'{text}' says nothing of a milestone", do="Write met, met DATE, move DATE or expect DATE")
    if verb == "met":
        return verb, read_day(day, today, verb)
    return verb, read_deadline(day, today, verb, start=max(agreed, today))


def _indicator_label(indicator: "IndicatorView") -> str:
    last = f"{indicator.observed:.15g} on {indicator.observed_on}" if indicator.observed is not None else "no value yet"
    return f"Indicator {indicator.number}, {indicator.name}, {indicator.unit}, {last}: new value"


def _listed(vocabulary: type[StrEnum]) -> str:
    return ", ".join(words(word.value) for word in vocabulary)


def phase_of(text: str) -> Phase:
    """The phase that a text names, or begins to name; an ending is written in full. Raises BadValueError for others."""
    phase = _word(Phase, text)
    if phase.terminal and text.strip().casefold() != phase.value:
        raise BadValueError(f"'{text}' would end the item", do=f"Write {phase.value} in full if that is meant")
    return phase


def _word(vocabulary: type[_Word], text: str) -> _Word:
    """The word of a vocabulary that a text is, or is the beginning of."""
    asked = text.strip().casefold().replace(" ", "_")
    found = [word for word in vocabulary if word.value.startswith(asked)] if asked else []
    if len(found) != 1:
        raise BadValueError(f"'{text}' is none of the words", do=f"Write {_listed(vocabulary)}")
    return found[0]


def _percent(text: str) -> int:
    return read_percent(text, "")


def _number(text: str) -> float:
    return read_number(text, "")
