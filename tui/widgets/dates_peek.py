"""The line of the timeline under the cursor in full: its dates, how far they slipped, and what became of them."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from planner.base.numbers import counted
from planner.dates.relative import with_words
from planner.queries.weeks.deadlines import Deadline, DeadlineState, deadlines_of
from tui.marks import MUTED, STRONG, mark, one_line, right_to_left, sign

if TYPE_CHECKING:
    from planner.queries.items.views import ItemView
    from planner.queries.weeks.timeline import GroupTimeline

# The lines above the milestones: the title, and the item's own dates.
_ABOVE = 2


class DatesPeek(Vertical):
    """A title on a line of its own, and lines of dates under it."""

    def compose(self) -> ComposeResult:
        """The title, which may run from right to left, and the rest, which does not."""
        yield Static(markup=False, id="peek-title")
        yield Static(markup=False, id="peek-dates")

    def show_item(self, item: "ItemView", as_of: date) -> None:
        """Show an item's dates: first those to keep, as many as have room."""
        *milestones, own = deadlines_of(item, as_of)
        room = max(1, self.size.height - _ABOVE)
        shown = _most_wanted(milestones, room)
        lines = [_own_dates(own, as_of), *(dates_line(deadline) for deadline in shown)]
        if len(shown) < len(milestones):
            lines[-1] = Content.assemble(lines[-1], (f"  and {len(milestones) - len(shown)} more", MUTED))
        self._show(one_line(item.title), lines)

    def show_group(self, timeline: "GroupTimeline") -> None:
        """Show what all dates of a group come to."""
        tally = timeline.total
        counts = [Content.styled(f"{tally.states[state]} {state.value}", _style(state)) for state in DeadlineState]
        lines = [
            Content.assemble(
                f"{counted(timeline.items, 'item')}, {counted(tally.total, 'date')}: ", Content(", ").join(counts)
            ),
            Content(f"{timeline.moved} of them were moved from the date agreed first"),
        ]
        if timeline.coming is not None:
            coming = timeline.coming
            lines.append(Content.assemble("Next: ", (f"{coming.item.code} ", STRONG), dates_line(coming)))
        self._show(one_line(timeline.name), lines)

    def clear(self) -> None:
        """Show nothing: no line is under the cursor."""
        self._show("", [])

    def _show(self, title: str, lines: Sequence[Content]) -> None:
        shown = self.query_one("#peek-title", Static)
        shown.set_class(right_to_left(title), "-right-to-left")
        shown.update(Content.styled(title, STRONG), layout=False)
        self.query_one("#peek-dates", Static).update(Content("\n").join(lines), layout=False)


def _most_wanted(milestones: Sequence[Deadline], room: int) -> list[Deadline]:
    """As many as have room: those not met before those met, the newest of these; in their own order."""
    ranked = sorted(milestones, key=lambda one: (one.state is DeadlineState.MET, -one.current.toordinal()))
    open_ones = [one for one in milestones if one.state is not DeadlineState.MET]
    kept = open_ones[:room] if len(open_ones) >= room else ranked[:room]
    return [one for one in milestones if one in kept]


def _own_dates(own: Deadline, as_of: date) -> Content:
    item = own.item
    # A date that was moved says how far; the line has no room for both distances.
    ends = str(own.current) if own.slip_days else with_words(own.current, as_of)
    lead = one_line(item.lead.name)
    return Content.assemble(f"{item.starts} to {ends}", _slip(own), "  ", mark(item.state), f"  {lead}")


def dates_line(deadline: Deadline) -> Content:
    """A date with its sign, how far it slipped, when it was met, and what falls due."""
    symbol, style = sign(deadline.state)
    met = f" met {deadline.met_on}" if deadline.met_on and deadline.met_on != deadline.current else ""
    title = one_line(deadline.title)
    return Content.assemble((f"{symbol} ", style), f"{deadline.current}{met}", _slip(deadline), (f"  {title}", MUTED))


def _slip(deadline: Deadline) -> Content:
    """How far a date was moved; nothing where it stands as first agreed."""
    days = deadline.slip_days
    if not days:
        return Content("")
    return Content.styled(
        f" ({abs(days)} days {'after' if days > 0 else 'before'} the first, {deadline.baseline})",
        "$text-warning" if days > 0 else "$text-success",
    )


def _style(state: DeadlineState) -> str:
    return sign(state)[1]
