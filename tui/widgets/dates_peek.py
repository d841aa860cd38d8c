"""The details of the timeline row under the cursor: its dates, their slips, and which of the dates are met."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from planner.base.language import tr, tr_count
from planner.base.visible_text import right_to_left
from planner.dates.assumed import with_word
from planner.dates.relative import with_words
from planner.queries.weeks.deadlines import Deadline, DeadlineState, deadlines_of
from tui.marks import MUTED, STRONG, mark, one_line, timeline_mark

if TYPE_CHECKING:
    from planner.queries.items.views import ItemView
    from planner.queries.weeks.timeline import GroupTimeline

# The number of lines above the milestones: the title, and the item's own dates.
_ABOVE = 2


class DatesPeek(Vertical):
    """A title on its own line, with lines of dates below."""

    def compose(self) -> ComposeResult:
        """Create the title, which can be right to left, and the dates, which are always left to right."""
        yield Static(markup=False, id="peek-title")
        yield Static(markup=False, id="peek-dates")

    def show_item(self, item: "ItemView", as_of: date) -> None:
        """Show an item's own dates and as many milestones as fit. Unmet milestones come before met ones."""
        *milestones, own = deadlines_of(item, as_of)
        room = max(1, self.size.height - _ABOVE)
        shown = _most_wanted(milestones, room)
        lines = [_own_dates(own, as_of), *(dates_line(deadline) for deadline in shown)]
        if len(shown) < len(milestones):
            more = tr_count("and {count} more", "and {count} more", len(milestones) - len(shown))
            lines[-1] = Content.assemble(lines[-1], (f"  {more}", MUTED))
        self._show(one_line(item.title), lines)

    def show_group(self, timeline: "GroupTimeline") -> None:
        """Show how many dates a group of items has in each state, how many have moved, and the next date."""
        tally = timeline.total
        counts = [Content.styled(f"{tally.states[state]} {state.value}", _style(state)) for state in DeadlineState]
        items = tr_count("{count:,} item", "{count:,} items", timeline.items)
        dates = tr_count("{count:,} date", "{count:,} dates", tally.total)
        moved = tr_count(
            "{count:,} date has moved from its baseline",
            "{count:,} dates have moved from their baselines",
            timeline.moved,
        )
        lines = [Content.assemble(f"{items}, {dates}: ", Content(", ").join(counts)), Content(moved)]
        if timeline.coming is not None:
            coming = timeline.coming
            lines.append(Content.assemble(tr("Next:"), (f" {coming.item.code} ", STRONG), dates_line(coming)))
        self._show(one_line(timeline.name), lines)

    def clear(self) -> None:
        """Clear the details, because no row is under the cursor."""
        self._show("", [])

    def _show(self, title: str, lines: Sequence[Content]) -> None:
        shown = self.query_one("#peek-title", Static)
        shown.set_class(right_to_left(title), "-right-to-left")
        shown.update(Content.styled(title, STRONG), layout=False)
        self.query_one("#peek-dates", Static).update(Content("\n").join(lines), layout=False)


def _most_wanted(milestones: Sequence[Deadline], room: int) -> list[Deadline]:
    """Return as many milestones as fit, in their original order.

    Unmet milestones are preferred to met ones, and newer met ones to older ones.
    """
    ranked = sorted(milestones, key=lambda one: (one.state is DeadlineState.MET, -one.current.toordinal()))
    open_ones = [one for one in milestones if one.state is not DeadlineState.MET]
    kept = open_ones[:room] if len(open_ones) >= room else ranked[:room]
    return [one for one in milestones if one in kept]


def _own_dates(own: Deadline, as_of: date) -> Content:
    item = own.item
    # The line has no room for both the slip and the distance from today.
    ends = str(own.current) if own.slip_days else with_words(own.current, as_of)
    lead = one_line(item.lead.name)
    span = tr("{start} to {end}", start=item.starts, end=with_word(ends, assumed=own.assumed))
    return Content.assemble(span, _slip(own), "  ", mark(item.state), f"  {lead}")


def dates_line(deadline: Deadline) -> Content:
    """Return a line about a deadline: its symbol, its date, the day on which it was met, its slip, and its title."""
    symbol, style = timeline_mark(deadline.state)
    day = with_word(deadline.current, assumed=deadline.assumed)
    if deadline.met_on and deadline.met_on != deadline.current:
        day = tr("{day}, met on {met_on}", day=deadline.current, met_on=deadline.met_on)
    title = one_line(deadline.title)
    return Content.assemble((f"{symbol} ", style), day, _slip(deadline), (f"  {title}", MUTED))


def _slip(deadline: Deadline) -> Content:
    """Return how far a date has moved from its baseline, or an empty text if it has not moved."""
    days = deadline.slip_days
    if days > 0:
        late = tr_count(
            "({count} day after baseline {baseline})",
            "({count} days after baseline {baseline})",
            days,
            baseline=deadline.baseline,
        )
        return Content.styled(f" {late}", "$text-warning")
    if days < 0:
        early = tr_count(
            "({count} day before baseline {baseline})",
            "({count} days before baseline {baseline})",
            -days,
            baseline=deadline.baseline,
        )
        return Content.styled(f" {early}", "$text-success")
    return Content("")


def _style(state: DeadlineState) -> str:
    return timeline_mark(state)[1]
