"""Telling which milestones, indicators and targets of the register an exported file has no longer."""

from collections import defaultdict
from collections.abc import Sequence

from planner.base.language import tr, tr_count
from planner.base.listing import listed
from planner.intake.comparing.asking import Asking
from planner.intake.comparing.differences.items import ChangedItem
from planner.intake.proposed import Field, Given


def tell_missing_parts(items: Sequence[ChangedItem], asking: Asking) -> None:
    """Say once of each kind which parts of items stay although somebody deleted their rows."""
    names: dict[Field, list[str]] = defaultdict(list)
    first: dict[Field, ChangedItem] = {}
    for item in items:
        for part in item.missing_parts:
            names[part.field].append(f"{item.code} {part.number}. {part.title}")
            first.setdefault(part.field, item)
    for kind, item in first.items():
        what = _what(kind, len(names[kind]), listed(names[kind]))
        asking.remark(Given(item.code, item.place), None, what, tr("An import never removes one"))


def _what(kind: Field, number: int, names: str) -> str:
    if kind is Field.MILESTONES:
        return tr_count(
            "{count:,} milestone of the register is not in the file, and stays: {names}",
            "{count:,} milestones of the register are not in the file, and stay: {names}",
            number,
            names=names,
        )
    if kind is Field.INDICATORS:
        return tr_count(
            "{count:,} indicator of the register is not in the file, and stays: {names}",
            "{count:,} indicators of the register are not in the file, and stay: {names}",
            number,
            names=names,
        )
    return tr_count(
        "{count:,} target of the register is not in the file, and stays: {names}",
        "{count:,} targets of the register are not in the file, and stay: {names}",
        number,
        names=names,
    )
