"""The fields of a report form: their names, their labels, and how the text in each of them is read.

The app's form, the questions and options of the commands, the drafts on disk and the errors of the core all use these
names. The name of a milestone's or indicator's field has its number: `milestone_2_reason`, `indicator_1`.
"""

import re
from collections.abc import Callable
from datetime import date
from enum import Enum, auto
from typing import Any

from planner.base.language import later, tr, tr_later
from planner.base.numbers import has_percent_sign, read_number, read_percent, without_percent_sign
from planner.base.texts import clean
from planner.base.views import value_class
from planner.dates.span import Span
from planner.dates.typed import read_day, read_deadline
from planner.domain.typed_words import read_word, says_nothing
from planner.domain.vocabulary import Confidence, Phase


# docs/decisions/0115: names, labels and readers of the fields are in this list only.
class Kind(Enum):
    """The kind of value that the text in a field stands for."""

    TEXT = auto()
    PHASE = auto()
    CONFIDENCE = auto()
    PERCENT = auto()
    NUMBER = auto()
    DAY = auto()
    DEADLINE = auto()


@value_class
class Field:
    """A field of the form. `title` is its label in English."""

    title: str
    kind: Kind = Kind.TEXT

    @property
    def label(self) -> str:
        """The label in the person's language."""
        return tr_later(self.title)


TEXTS = {
    "done": Field(later("Done")),
    "next": Field(later("Next")),
    "blocker": Field(later("Blocker")),
    "help_needed": Field(later("Help needed")),
    "evidence": Field(later("Evidence")),
}

# Of whom the help is asked, and by when. Only a report that asks for help has these fields.
HELP = {"help_from": Field(later("Help from")), "help_by": Field(later("Help by"), Kind.DEADLINE)}

# Texts that belong to one week. The other texts stay valid until somebody changes them.
OF_THE_WEEK = ("done", "evidence")

# The fields of an item that is cancelled or merged.
ENDING = {"ending_reason": Field(later("Ending reason")), "merged_into": Field(later("Merged into"))}

# The fields of the report itself, in the order of the form.
REPORT = {
    "phase": Field(later("Phase"), Kind.PHASE),
    **ENDING,
    "confidence": Field(later("Confidence"), Kind.CONFIDENCE),
    "percent": Field(later("Percent"), Kind.PERCENT),
    **TEXTS,
    **HELP,
}

# The fields of each milestone.
MILESTONE = {
    "met": Field(later("Met on"), Kind.DAY),
    "evidence": Field(later("Evidence")),
    "date": Field(later("New date"), Kind.DEADLINE),
    "reason": Field(later("Reason")),
    "forecast": Field(later("Forecast"), Kind.DEADLINE),
}

# The field of each indicator.
INDICATOR = Field(later("Indicator"), Kind.NUMBER)

_NUMBERED = re.compile(r"(milestone|indicator)_(\d{1,9})(?:_(\w+))?", re.ASCII)


def milestone_field(number: int, part: str) -> str:
    """Return the name of a field of a milestone."""
    return f"milestone_{number}_{part}"


def indicator_field(number: int) -> str:
    """Return the name of an indicator's field."""
    return f"indicator_{number}"


def numbered_parts(name: str) -> tuple[str, int, str] | None:
    """Return the parts of the name of a milestone's or indicator's field. Return None for any other name.

    `milestone_2_reason` gives "milestone", 2 and "reason". The last part can be empty.
    """
    match = _NUMBERED.fullmatch(name)
    return (match[1], int(match[2]), match[3] or "") if match else None


def part_of(name: str) -> str:
    """Return the part of a report that a field belongs to: `milestone_2`, `indicator_1`, or nothing for the report."""
    kind, number, _ = numbered_parts(name) or ("", 0, "")
    return f"{kind}_{number}" if kind else ""


def field_named(name: str) -> Field | None:
    """Return the field with this name, or None."""
    kind, _, part = numbered_parts(name) or ("", 0, "")
    if kind == "milestone":
        return MILESTONE.get(part)
    return (INDICATOR if not part else None) if kind else REPORT.get(name)


def label_of(name: str) -> str:
    """Return the label of a form field, a milestone or an indicator.

    If there is no such field, return an empty string.
    """
    kind, number, part = numbered_parts(name) or ("", 0, "")
    if part in MILESTONE:
        return tr("Milestone {number}, {field}", number=number, field=MILESTONE[part].label.lower())
    if kind == "milestone":
        return tr("Milestone {number}", number=number)
    if kind == "indicator":
        return tr("Indicator {number}", number=number)
    return REPORT[name].label if name in REPORT else ""


def is_removed(name: str, text: str) -> bool:
    """Return whether a text in a field says that there is nothing, such as a hyphen or 无, so that nothing is kept.

    An item can have any code, so the field that names another item is read as it is.
    """
    field = field_named(name)
    return field is not None and field.kind is Kind.TEXT and name != "merged_into" and says_nothing(text)


def _no_unit(_: int) -> str:
    return ""


@value_class
class FieldReader:
    """Reads the texts of form fields, relative to a day.

    A date without a year is one of the plan whose time is `span`. `step_start` takes the number of a milestone, and
    returns the day from which a step such as +2w counts in its fields. `unit_of` gives the unit of an indicator by its
    number.
    """

    today: date
    step_start: Callable[[int], date]
    span: Span
    unit_of: Callable[[int], str] = _no_unit

    def read(self, name: str, text: str) -> Any:
        """Return the value that the text of a field means, or None if it is blank.

        Raises BadValueError about the field if the text cannot be read.
        """
        field = field_named(name)
        if not text.strip() or field is None:
            return None
        if field.kind in (Kind.DAY, Kind.DEADLINE):
            return self._date(field.kind, name, text.strip())
        if field.kind is Kind.TEXT:
            return None if is_removed(name, text) else clean(text, name)
        if field.kind in (Kind.PHASE, Kind.CONFIDENCE):
            return read_word(Phase if field.kind is Kind.PHASE else Confidence, text)
        if field.kind is Kind.PERCENT:
            return read_percent(text, name)
        _, number, _ = numbered_parts(name) or ("", 0, "")
        # Only a sign needs the unit.
        plain = without_percent_sign(text, self.unit_of(number)) if has_percent_sign(text) else text
        return read_number(plain, name)

    def _date(self, kind: Kind, name: str, text: str) -> date:
        if kind is Kind.DAY:
            return read_day(text, self.today, name, span=self.span)
        _, number, _ = numbered_parts(name) or ("", 0, "")
        return read_deadline(text, self.today, name, start=self.step_start(number), span=self.span)
