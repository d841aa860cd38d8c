"""The milestones of an item: the state of each, and how far its date has slipped."""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from textual.content import Content

from planner.base.formats import percent
from planner.base.language import tr, tr_count
from planner.dates.assumed import with_word
from planner.dates.relative import with_words
from tui.marks import MUTED, STRONG, one_line
from tui.widgets.blocks import Block

if TYPE_CHECKING:
    from planner.queries.items.views import ItemView, MilestoneView


def milestone_blocks(item: "ItemView", as_of: date) -> Iterator[Block]:
    """Yield for each milestone its title, and then its state, dates, weight, basis, completion test and evidence."""
    total = sum(milestone.weight for milestone in item.milestones)
    for milestone in item.milestones:
        yield Block(Content.assemble((f"{milestone.number} ", MUTED), (one_line(milestone.title), STRONG)))
        yield Block(
            Content.assemble(_state(milestone, as_of), ", ", _dates(milestone), (_facts(milestone, total), MUTED)),
            "-detail",
        )
    if not item.milestones:
        yield Block(Content.styled(tr("This item has no milestones."), MUTED))


def _state(milestone: "MilestoneView", as_of: date) -> Content:
    if milestone.met_on is not None:
        return Content.styled(f"✓ {tr('met {day}', day=milestone.met_on)}", "$text-success")
    if milestone.current < as_of:
        late = tr_count("{count} day overdue", "{count} days overdue", (as_of - milestone.current).days)
        return Content.styled(f"‼ {late}", "bold $text-error")
    day = with_words(milestone.current, as_of)
    return Content.styled(f"○ {tr('due {day}', day=day)}", "$text-accent")


def _dates(milestone: "MilestoneView") -> Content:
    # An assumed date was never moved, so it is the baseline. When the milestone was met is more important.
    assumed = milestone.assumed and milestone.met_on is None
    parts = [Content(tr("baseline {day}", day=with_word(milestone.baseline, assumed=assumed)))]
    if milestone.slip_days:
        style = "$text-warning" if milestone.slip_days > 0 else "$text-success"
        slip = tr_count(
            "now {day} ({slip} day)",
            "now {day} ({slip} days)",
            abs(milestone.slip_days),
            day=milestone.current,
            slip=f"{milestone.slip_days:+d}",
        )
        parts.append(Content.styled(slip, style))
    if milestone.forecast is not None:
        parts.append(Content(tr("forecast {day}", day=milestone.forecast)))
    if milestone.met_on is not None:
        parts.append(Content(_met((milestone.met_on - milestone.baseline).days)))
    return Content(", ").join(parts)


def _met(days: int) -> str:
    """Return in words how many days after its baseline a milestone was met. Negative `days` are before the baseline."""
    if days > 0:
        return tr_count("met {count} day after the baseline", "met {count} days after the baseline", days)
    if days < 0:
        return tr_count("met {count} day before the baseline", "met {count} days before the baseline", -days)
    return tr("met on the baseline date")


def _facts(milestone: "MilestoneView", total: float) -> str:
    share = percent(100 * milestone.weight / total)
    facts = ["", tr("weight {percent}", percent=share), milestone.basis.value]
    if milestone.date_basis is not None:
        facts.append(tr("basis of the date: {basis}", basis=milestone.date_basis.value))
    if milestone.completion_test:
        facts.append(tr("completion test: {text}", text=one_line(milestone.completion_test)))
    if milestone.evidence:
        facts.append(tr("evidence: {text}", text=one_line(milestone.evidence)))
    return "; ".join(facts)
