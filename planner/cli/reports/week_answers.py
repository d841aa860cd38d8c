"""Answers to the questions of an item as the fields of a draft, which are those of the app's form, and back again.

So that what was begun here can be gone on with there, and the other way round.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING

from planner.base.errors import PlannerError
from planner.cli.reports.week_form import ENDING, TEXTS, Form, phase_of, questions_of, step_of
from planner.dates.typed import read_day, read_deadline

if TYPE_CHECKING:
    from planner.queries.items.views import MilestoneView

REPORT = ("phase", "confidence", "percent", *TEXTS, *ENDING)

# The field of a milestone that an answer's verb fills with its date.
_FIELDS = {"met": "met", "move": "date", "expect": "forecast"}


def fields_of(form: Form, answers: Mapping[str, str]) -> dict[str, str]:
    """The fields that hold some answers, which were checked when they were given."""
    fields: dict[str, str] = {}
    for name, text in answers.items():
        kind, _, number = name.partition(" ")
        if kind == "milestone":
            verb, day = step_of(text, form.today, _agreed(form, int(number)))
            fields |= {f"milestone_{number}_{_FIELDS[verb]}": f"{day}"} if verb else {}
        elif kind == "reason":
            fields[f"milestone_{number}_reason"] = text
        elif kind == "indicator":
            fields[f"indicator_{number}"] = text
        else:
            fields[name] = phase_of(text).value if name == "phase" else text
    return fields


def stood_in(form: Form) -> dict[str, str]:
    """The fields of the report as they stand when nothing is answered."""
    standing = {question.name: question.standing for question in questions_of(form) if question.name in REPORT}
    return fields_of(form, standing)


def answers_of(form: Form, fields: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """The answers that some fields amount to, and the fields for which no question is asked."""
    answers = {name: text for name, text in fields.items() if name in REPORT}
    answers |= {f"indicator {number}": text for number, text in _indicators(form, fields)}
    for milestone in form.item.milestones:
        answers |= _milestone(milestone, fields, form.today)
    answers = _answerable(form, answers)
    held = fields_of(form, answers)
    return answers, {name: text for name, text in fields.items() if text and name not in held}


def _indicators(form: Form, fields: Mapping[str, str]) -> Iterator[tuple[int, str]]:
    for indicator in form.detail.indicators:
        text = fields.get(f"indicator_{indicator.number}")
        if text:
            yield indicator.number, text


def _milestone(milestone: "MilestoneView", fields: Mapping[str, str], today: date) -> dict[str, str]:
    """The one answer that a milestone's fields amount to: of several, that it is met, then that it moves."""
    number = milestone.number
    for verb, name in _FIELDS.items():
        text = fields.get(f"milestone_{number}_{name}", "").strip()
        if text:
            try:
                day = (
                    read_day(text, today, name)
                    if verb == "met"
                    else read_deadline(text, today, name, start=max(milestone.current, today))
                )
                answer = f"{verb} {day}"
            except PlannerError:
                return {}
            reason = fields.get(f"milestone_{number}_reason", "") if verb == "move" else ""
            return {f"milestone {number}": answer} | ({f"reason {number}": reason} if reason else {})
    return {}


def _agreed(form: Form, number: int) -> date:
    """The date that stands for a milestone."""
    return next(milestone.current for milestone in form.item.milestones if milestone.number == number)


def _answerable(form: Form, answers: Mapping[str, str]) -> dict[str, str]:
    """Those answers that are asked for, and are ones."""
    kept = {}
    for question in questions_of(form):
        text = answers.get(question.name)
        if text is not None:
            try:
                question.check(text)
            except PlannerError:
                continue
            kept[question.name] = text
    return kept
