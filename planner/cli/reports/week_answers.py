"""Converting answers to the questions about an item into the fields of a draft, and back.

The app's report form has the same fields, so a report begun in a terminal can be continued in the app, and vice versa.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING

from planner.base.errors import PlannerError
from planner.cli.reports.field_labels import TEXTS
from planner.cli.reports.week_form import ENDING, Form, milestone_change, phase_of, questions_of
from planner.dates.typed import read_day, read_deadline

if TYPE_CHECKING:
    from planner.queries.items.views import MilestoneView

REPORT = ("phase", "confidence", "percent", *TEXTS, *ENDING)

# The field of a milestone that holds the date of an answer, by the answer's first word.
_FIELDS = {"met": "met", "move": "date", "expect": "forecast"}


def fields_of(form: Form, answers: Mapping[str, str]) -> dict[str, str]:
    """Return the fields of a draft for some answers. The answers must have been checked."""
    fields: dict[str, str] = {}
    for name, text in answers.items():
        kind, _, number = name.partition(" ")
        if kind == "milestone":
            verb, day = milestone_change(text, form.today, _current_date(form, int(number)))
            fields |= {f"milestone_{number}_{_FIELDS[verb]}": f"{day}"} if verb else {}
        elif kind == "reason":
            fields[f"milestone_{number}_reason"] = text
        elif kind == "indicator":
            fields[f"indicator_{number}"] = text
        else:
            fields[name] = phase_of(text).value if name == "phase" else text
    return fields


def current_fields(form: Form) -> dict[str, str]:
    """Return the current values of the report's fields, as they are before any answer."""
    current = {question.name: question.current for question in questions_of(form) if question.name in REPORT}
    return fields_of(form, current)


def answers_of(form: Form, fields: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """Return the answers for the fields of a draft, and the fields that no question asks for."""
    answers = {name: text for name, text in fields.items() if name in REPORT}
    answers |= {f"indicator {number}": text for number, text in _indicators(form, fields)}
    for milestone in form.item.milestones:
        answers |= _milestone(milestone, fields, form.today)
    answers = _valid_answers(form, answers)
    covered = fields_of(form, answers)
    return answers, {name: text for name, text in fields.items() if text and name not in covered}


def _indicators(form: Form, fields: Mapping[str, str]) -> Iterator[tuple[int, str]]:
    for indicator in form.detail.indicators:
        text = fields.get(f"indicator_{indicator.number}")
        if text:
            yield indicator.number, text


def _milestone(milestone: "MilestoneView", fields: Mapping[str, str], today: date) -> dict[str, str]:
    """Return the answer for the fields of a milestone, and its reason. Return none if no field has a valid date.

    A question takes only one answer. If several fields have a date, "met" is taken first, then "move".
    """
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


def _current_date(form: Form, number: int) -> date:
    """Return the current date of a milestone."""
    return next(milestone.current for milestone in form.item.milestones if milestone.number == number)


def _valid_answers(form: Form, answers: Mapping[str, str]) -> dict[str, str]:
    """Return the answers that are valid and belong to a question."""
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
