"""The indicators of an item, with a bar from baseline to target, or the series of values if there is no target."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from textual.content import Content

from planner.base.formats import percent, plain_number
from planner.base.language import tr
from tui.marks import MUTED, STRONG, bar, one_line, spark
from tui.widgets.blocks import Block

if TYPE_CHECKING:
    from planner.queries.items.views import IndicatorView

_BAR = 24


def indicator_blocks(indicators: "Sequence[IndicatorView]") -> Iterator[Block]:
    """Yield for each indicator its name and unit, its bar or series of values, and its baseline and target."""
    for indicator in indicators:
        yield Block(
            Content.assemble(
                (f"{indicator.number} ", MUTED),
                (one_line(indicator.name), STRONG),
                (f"  {one_line(indicator.unit)}", MUTED),
            )
        )
        yield Block(_drawn(indicator), "-detail")
        yield Block(Content.styled(_facts(indicator), MUTED), "-detail")
    if not indicators:
        yield Block(Content.styled(tr("This item has no indicators."), MUTED))


def _drawn(indicator: "IndicatorView") -> Content:
    values = [value for _, value in indicator.values]
    line = f"  {spark(values)}" if len(values) > 1 else ""
    if indicator.observed is None:
        return Content.styled(tr("no value yet"), MUTED)
    now = tr("{value} on {day}", value=plain_number(indicator.observed), day=indicator.observed_on) + line
    if indicator.attainment is None:
        return Content(now)
    share = indicator.attainment * 100
    return Content.assemble(bar(share, None, _BAR, "$text-success"), f" {percent(share)}  ", now)


def _facts(indicator: "IndicatorView") -> str:
    start, target = tr("no baseline"), tr("no target")
    if indicator.baseline is not None:
        start = tr("from {value}", value=plain_number(indicator.baseline))
    if indicator.target is not None:
        target = tr("to {value} by {day}", value=plain_number(indicator.target), day=indicator.due)
    facts = f"{indicator.direction.value}, {start}, {target}; {indicator.basis.value}"
    if indicator.due_basis is not None:
        return f"{facts}; {tr('basis of the date: {basis}', basis=indicator.due_basis.value)}"
    return facts
