"""The questions that are asked about one item. Each answer fills in one or several fields of the report form."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from planner.base.errors import BadValueError, PlannerError
from planner.base.formats import plain_number
from planner.base.language import later, tr, tr_later
from planner.base.numbers import read_percent
from planner.base.texts import required, with_unit
from planner.dates.assumed import with_word
from planner.domain.symbols import words
from planner.domain.typed_words import listed_words, read_word
from planner.domain.vocabulary import Confidence, MeasuredBy, Phase
from planner.reporting.fields import ENDING, HELP, TEXTS, indicator_field, label_of, milestone_field
from planner.reporting.form import ReportForm, asks_for_help

if TYPE_CHECKING:
    from planner.queries.items.views import IndicatorView, MilestoneView

Texts = Mapping[str, str]

# The question for each field of an ending, and the phases that have this field.
_ENDING_QUESTIONS = {
    "ending_reason": (later("Why the item is cancelled or merged"), (Phase.CANCELLED, Phase.MERGED)),
    "merged_into": (later("The code of the item into which this item was merged"), (Phase.MERGED,)),
}

# The field of a milestone that an answer sets, by the answer's first word.
_PARTS = {"met": "met", "move": "date", "expect": "forecast"}


@dataclass(frozen=True)
class Question:
    """A question about one or several fields of a form.

    `read` turns an answer into the texts of these fields, or raises a PlannerError. `answer` does the reverse: it turns
    the texts of the form into an answer. If `applies` is set, the question is asked only if `applies` returns true for
    the texts of the form, and then it must be answered unless it is `optional`.
    """

    fields: tuple[str, ...]
    label: str
    read: Callable[[str], dict[str, str]]
    answer: Callable[[Texts], str]
    applies: Callable[[Texts], bool] | None = None
    optional: bool = False

    @property
    def may_be_empty(self) -> bool:
        """Whether the question may be left without an answer."""
        return self.applies is None or self.optional

    def is_asked(self, texts: Texts) -> bool:
        """Return whether the question is asked about a form with these texts."""
        return self.applies is None or self.applies(texts)


def questions_of(form: ReportForm) -> Iterator[Question]:
    """Yield all questions about an item, in order: the report, the open milestones, the indicators."""
    item = form.item
    phases = tr("{field}: {words}", field=label_of("phase"), words=listed_words(Phase))
    yield Question(("phase",), phases, lambda text: {"phase": _phase(text).value}, lambda texts: words(texts["phase"]))
    if not item.phase.terminal:
        for name in ENDING:
            message, endings = _ENDING_QUESTIONS[name]
            yield _required(name, tr_later(message), partial(_is_one_of, endings))
    ratings = tr("{field}: {words}", field=label_of("confidence"), words=listed_words(Confidence))
    yield Question(("confidence",), ratings, _confidence, lambda texts: texts["confidence"])
    if item.measured_by is MeasuredBy.REPORTS:
        yield Question(("percent",), label_of("percent"), _percent, lambda texts: texts["percent"])
    for name, field in TEXTS.items():
        yield _plain(form, name, field.label)
        if name == "help_needed":
            for about, more in HELP.items():
                yield replace(_plain(form, about, more.label), applies=asks_for_help, optional=True)
    for step in item.milestones:
        if step.met_on is None:
            yield from _about_milestone(form, step)
    for indicator in form.detail.indicators:
        yield _plain(form, indicator_field(indicator.number), _indicator_label(indicator))


def drafted_texts(form: ReportForm, fields: Texts) -> dict[str, str]:
    """Return the texts of a draft for the fields that have a question. Texts that are not valid answers are left out.

    A question about a milestone takes only one answer. If several of its fields have a date, the first one is taken.
    """
    texts: dict[str, str] = {}
    for question in questions_of(form):
        given = {name: fields[name] for name in question.fields if name in fields}
        if given and question.is_asked({**form.initial, **texts}):
            with suppress(PlannerError):
                texts = with_answer(form, texts, question.read(question.answer({**form.initial, **given})))
    return texts


def with_answer(form: ReportForm, texts: Texts, answered: Texts) -> dict[str, str]:
    """Return the typed texts, updated by an answer. An empty text is kept only if it replaces a text of the form."""
    both = {**texts, **answered}
    return {name: text for name, text in both.items() if text or form.initial.get(name)}


def _plain(form: ReportForm, name: str, label: str) -> Question:
    """Return a question about a single field. The answer becomes the text of the field unchanged."""

    def read(text: str) -> dict[str, str]:
        form.reader.read(name, text)
        return {name: text}

    return Question((name,), label, read, lambda texts: texts[name])


def _required(name: str, label: str, applies: Callable[[Texts], bool]) -> Question:
    """Return a question about a single field. If it is asked, it must be answered."""
    return Question((name,), label, lambda text: {name: required(text, name)}, lambda texts: texts[name], applies)


def _is_one_of(phases: tuple[Phase, ...], texts: Texts) -> bool:
    return texts["phase"] in phases


def _phase(text: str) -> Phase:
    """Return the phase that a text names in full or by its beginning. A phase that ends the item must be in full."""
    phase = read_word(Phase, text)
    if phase.terminal and text.strip().casefold() != phase.value:
        raise BadValueError(
            tr("'{text}' would end the item", text=text),
            do=tr("Type {phase} in full if you want to end the item", phase=phase.value),
        )
    return phase


def _confidence(text: str) -> dict[str, str]:
    return {"confidence": read_word(Confidence, text).value}


def _percent(text: str) -> dict[str, str]:
    return {"percent": str(read_percent(text, "percent"))}


def _about_milestone(form: ReportForm, step: "MilestoneView") -> Iterator[Question]:
    names = tuple(milestone_field(step.number, part) for part in _PARTS.values())
    date, why = milestone_field(step.number, "date"), tr("Why milestone {number} is moved", number=step.number)
    yield Question(
        names, _milestone_label(step), partial(_change_of, form, step.number), partial(_change_in, step.number)
    )
    yield _required(milestone_field(step.number, "reason"), why, lambda texts: bool(texts[date]))


def _change_of(form: ReportForm, number: int, answer: str) -> dict[str, str]:
    """Read an answer such as `met`, `met yesterday`, `move 2020-05-04` or `expect +2w` about a milestone."""
    texts = {milestone_field(number, part): "" for part in _PARTS.values()}
    verb, _, day = answer.partition(" ")
    if not answer:
        return texts
    if verb not in _PARTS or not (day or verb == "met"):
        raise BadValueError(
            tr("'{text}' is not an answer about a milestone", text=answer),
            do=tr("Type met, met DATE, move DATE or expect DATE"),
        )
    name = milestone_field(number, _PARTS[verb])
    return texts | {name: str(form.reader.read(name, day or str(form.today)))}


def _change_in(number: int, texts: Texts) -> str:
    """Return the answer about a milestone that would fill in these texts, such as `met 2020-05-04`."""
    given = {verb: texts.get(milestone_field(number, part), "") for verb, part in _PARTS.items()}
    return next((f"{verb} {day}" for verb, day in given.items() if day), "")


def _milestone_label(milestone: "MilestoneView") -> str:
    if milestone.forecast:
        return tr(
            "Milestone {number}, {title}, due {current}, expected {forecast} (answer met, move DATE or expect DATE)",
            number=milestone.number,
            title=milestone.title,
            current=with_word(milestone.current, assumed=milestone.assumed),
            forecast=milestone.forecast,
        )
    return tr(
        "Milestone {number}, {title}, due {current} (answer met, move DATE or expect DATE)",
        number=milestone.number,
        title=milestone.title,
        current=with_word(milestone.current, assumed=milestone.assumed),
    )


def _indicator_label(indicator: "IndicatorView") -> str:
    if indicator.observed is None:
        return tr(
            "New value of indicator {number}, {name} (no value yet)",
            number=indicator.number,
            name=with_unit(indicator.name, indicator.unit),
        )
    return tr(
        "New value of indicator {number}, {name} ({value} on {day})",
        number=indicator.number,
        name=with_unit(indicator.name, indicator.unit),
        value=plain_number(indicator.observed),
        day=indicator.observed_on,
    )
