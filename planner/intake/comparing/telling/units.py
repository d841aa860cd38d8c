"""Saying that new indicators have numbers without a unit. The program asks for a unit; a file need not have one."""

from collections.abc import Iterable

from planner.base.language import tr, tr_count
from planner.intake.comparing.asking import Asking
from planner.intake.comparing.differences.items import ChangedItem, NewItem
from planner.intake.proposed import Field, Given


def tell_without_unit(new: Iterable[NewItem], changed: Iterable[ChangedItem], asking: Asking) -> None:
    """Remark once how many new indicators have a target or a baseline without a unit."""
    parts = [part for item in new for part in item.indicators]
    parts += [part for item in changed for part in item.new_parts if part.field is Field.INDICATORS]
    bare = [
        part
        for part in parts
        if not part.facts.get(Field.UNIT) and {part.facts.get(Field.TARGET), part.facts.get(Field.BASELINE)} - {None}
    ]
    if bare:
        what = tr_count(
            "{count:,} new indicator has numbers without a unit",
            "{count:,} new indicators have numbers without a unit",
            len(bare),
        )
        do = tr("Write the unit into the file, unless the number is an index")
        asking.remark(Given(str(bare[0].facts[Field.NAME]), bare[0].place), Field.UNIT, what, do)
