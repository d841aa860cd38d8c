"""What the register has now in the fields of a report form, to tell what a sheet would change."""

from contextlib import suppress

from planner.base.errors import BadValueError
from planner.base.numbers import read_number
from planner.base.texts import clean, unredacted
from planner.queries.items.item import ItemDetail
from planner.queries.items.views import MilestoneView
from planner.reporting.fields import TEXTS, indicator_field, milestone_field, numbered_parts


def current_texts(detail: ItemDetail) -> dict[str, str]:
    """Return the text of each field as it was last recorded. A report that was returned does not count."""
    item, last = detail.item, detail.item.last
    texts = {
        "phase": item.phase.value,
        "confidence": item.confidence.value if item.confidence else "",
        "percent": "" if last is None or last.percent is None else str(last.percent),
        **{name: (unredacted(getattr(last, name)) or "") if last else "" for name in TEXTS},
    }
    for step in item.milestones:
        texts |= _of_milestone(step)
    return texts | {
        indicator_field(one.number): "" if one.observed is None else f"{one.observed!r}" for one in detail.indicators
    }


def repeatable_texts(detail: ItemDetail) -> dict[str, str]:
    """Return the current texts of the fields that a sheet may only repeat.

    After a report was returned, all that is filled in about the item is meant as the next report, even if it says what
    counts already.
    """
    texts = current_texts(detail)
    if detail.item.returned is None:
        return texts
    return {name: text for name, text in texts.items() if numbered_parts(name) is not None}


def _of_milestone(step: MilestoneView) -> dict[str, str]:
    return {
        milestone_field(step.number, "met"): str(step.met_on or ""),
        milestone_field(step.number, "date"): str(step.current),
        milestone_field(step.number, "forecast"): str(step.forecast or ""),
        milestone_field(step.number, "evidence"): step.evidence or "",
        milestone_field(step.number, "reason"): "",
    }


def same_value(name: str, text: str, now: str) -> bool:
    """Return whether a text in a field means what the register has now."""
    with suppress(BadValueError):
        if (numbered_parts(name) or ("",))[0] == "indicator":
            return bool(now) and read_number(text, name) == float(now)
        return (clean(text, name) or "") == now
    return False


# What belongs to another field of a milestone, and means nothing without it.
_BELONGS = {"evidence": "met", "reason": "date"}


def without_repeated(texts: dict[str, str], now: dict[str, str]) -> dict[str, str]:
    """Return the fields that a sheet would change.

    All filled fields of the report count if one of them changes it. The evidence of a milestone that is already met,
    and the reason for a date that is already agreed, change nothing.
    """
    report = {name: text for name, text in texts.items() if numbered_parts(name) is None}
    if all(same_value(name, text, now.get(name, "\0")) for name, text in report.items()):
        report = {}
    parts = {name: text for name, text in texts.items() if numbered_parts(name) is not None}
    kept = {name: text for name, text in parts.items() if not same_value(name, text, now.get(name, "\0"))}
    return report | {name: text for name, text in kept.items() if not _is_idle(name, parts, kept)}


def _is_idle(name: str, filled: dict[str, str], kept: dict[str, str]) -> bool:
    kind, number, part = numbered_parts(name) or ("", 0, "")
    if kind != "milestone" or part not in _BELONGS:
        return False
    other = milestone_field(number, _BELONGS[part])
    return other in filled and other not in kept
