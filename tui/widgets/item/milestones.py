"""The milestones of an item: where each stands, and how far its date has slipped."""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from textual.content import Content

from planner.dates.relative import with_words
from tui.marks import MUTED, STRONG, one_line
from tui.widgets.blocks import Block

if TYPE_CHECKING:
    from planner.queries.items.views import ItemView, MilestoneView


def milestone_blocks(item: "ItemView", as_of: date) -> Iterator[Block]:
    """Each milestone: its title, then its state, dates, weight, basis and test."""
    total = sum(milestone.weight for milestone in item.milestones)
    for milestone in item.milestones:
        yield Block(Content.assemble((f"{milestone.number} ", MUTED), (one_line(milestone.title), STRONG)))
        yield Block(
            Content.assemble(_state(milestone, as_of), ", ", _dates(milestone), (_facts(milestone, total), MUTED)),
            "-detail",
        )
    if not item.milestones:
        yield Block(Content.styled("This item has no milestones.", MUTED))


def _state(milestone: "MilestoneView", as_of: date) -> Content:
    if milestone.met_on is not None:
        return Content.styled(f"✓ met {milestone.met_on}", "$text-success")
    if milestone.current < as_of:
        return Content.styled(f"‼ overdue {(as_of - milestone.current).days} days", "bold $text-error")
    return Content.styled(f"○ due {with_words(milestone.current, as_of)}", "$text-accent")


def _dates(milestone: "MilestoneView") -> Content:
    parts = [Content(f"baseline {milestone.baseline}")]
    if milestone.slip_days:
        style = "$text-warning" if milestone.slip_days > 0 else "$text-success"
        parts.append(Content.styled(f"now {milestone.current}, slip {milestone.slip_days:+d} days", style))
    if milestone.forecast is not None:
        parts.append(Content(f"forecast {milestone.forecast}"))
    if milestone.met_on is not None:
        late = (milestone.met_on - milestone.baseline).days
        parts.append(
            Content("met on the day" if not late else f"met {abs(late)} days {'after' if late > 0 else 'before'}")
        )
    return Content(", ").join(parts)


def _facts(milestone: "MilestoneView", total: float) -> str:
    test = f"; test: {one_line(milestone.completion_test)}" if milestone.completion_test else ""
    evidence = f"; evidence: {one_line(milestone.evidence)}" if milestone.evidence else ""
    share = milestone.weight / total
    return f"; {share:.0%} of the item; {milestone.basis.value}{test}{evidence}"
