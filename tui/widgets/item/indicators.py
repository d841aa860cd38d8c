"""The indicators of an item: how far from baseline to target, or how the value went where there is no target."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from textual.content import Content

from planner.base.formats import percent
from tui.marks import MUTED, STRONG, bar, one_line, spark
from tui.widgets.blocks import Block

if TYPE_CHECKING:
    from planner.queries.items.views import IndicatorView

_BAR = 24


def indicator_blocks(indicators: "Sequence[IndicatorView]") -> Iterator[Block]:
    """Each indicator: name and unit, its bar or line of values, then what it goes from and to."""
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
        yield Block(Content.styled("This item has no indicators.", MUTED))


def _drawn(indicator: "IndicatorView") -> Content:
    values = [value for _, value in indicator.values]
    line = f"  {spark(values)}" if len(values) > 1 else ""
    if indicator.observed is None:
        return Content.styled("no value yet", MUTED)
    now = f"{indicator.observed:g} on {indicator.observed_on}{line}"
    if indicator.attainment is None:
        return Content(now)
    share = indicator.attainment * 100
    return Content.assemble(bar(share, None, _BAR, "$text-success"), f" {percent(share)}  ", now)


def _facts(indicator: "IndicatorView") -> str:
    start = "no baseline" if indicator.baseline is None else f"from {indicator.baseline:g}"
    aim = "no target" if indicator.target is None else f"to {indicator.target:g} by {indicator.due}"
    return f"{indicator.direction.value}, {start}, {aim}; {indicator.basis.value}"
