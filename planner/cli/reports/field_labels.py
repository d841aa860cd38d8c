"""The labels of the fields of a report form, for drafts and for the questions about an item."""

import re

from planner.base.language import later, tr_later

TEXTS = {
    "done": later("Done"),
    "next": later("Next"),
    "blocker": later("Blocker"),
    "help_needed": later("Help needed"),
    "evidence": later("Evidence"),
}

_LABELS = {
    **TEXTS,
    "phase": later("Phase"),
    "confidence": later("Confidence"),
    "percent": later("Percent"),
    "ending_reason": later("Ending reason"),
    "merged_into": later("Merged into"),
}

# The fields of milestones and indicators, without the number.
_NUMBERED_LABELS = {
    "milestone": later("Milestone {number}"),
    "milestone met": later("Milestone {number} met"),
    "milestone date": later("Milestone {number} date"),
    "milestone reason": later("Milestone {number} reason"),
    "milestone forecast": later("Milestone {number} forecast"),
    "milestone evidence": later("Milestone {number} evidence"),
    "reason": later("Reason {number}"),
    "indicator": later("Indicator {number}"),
}

_NUMBER = re.compile(r"[ _](\d+)")


def field_label(name: str) -> str:
    """Return the label of a field, such as `help_needed` or `milestone_1_met`.

    A field that this version does not know gets a label made of its name.
    """
    if name in _LABELS:
        return tr_later(_LABELS[name])
    numbered, number = _NUMBER.sub("", name, count=1).replace("_", " "), _NUMBER.search(name)
    if number and numbered in _NUMBERED_LABELS:
        return tr_later(_NUMBERED_LABELS[numbered]).format(number=number[1])
    return name.replace("_", " ").capitalize()
