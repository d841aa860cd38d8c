"""The timeline in words, for screen readers: a line for each item with its dates, or for each group with its counts."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING

from planner.base.language import tr, tr_later
from planner.base.visible_text import one_line
from planner.cli.output import words
from planner.dates.assumed import with_word
from planner.domain.rules.scale import Zoom, period
from planner.domain.symbols import TIMELINE_LEGEND
from planner.queries.weeks.deadlines import DeadlineState, deadlines_of
from planner.queries.weeks.timeline import GroupTimeline, group_timelines

if TYPE_CHECKING:
    from planner.cli.items.timeline_view import TimelineView
    from planner.queries.items.views import ItemView
    from planner.queries.weeks.deadlines import Deadline


def told(view: "TimelineView") -> Iterator[str]:
    """Yield the lines of the timeline. They say what the picture draws."""
    first, last = view.ends
    yield tr("{plan}, as of {day}, {first} to {last}", plan=view.plan.title, day=view.as_of, first=first, last=last)
    if view.by:
        for timeline in group_timelines(view.items, view.as_of, view.by):
            yield from _group(timeline, view)
    else:
        for item in view.items:
            yield _item(item, view)


def _item(item: "ItemView", view: "TimelineView") -> str:
    begins = tr("starts {day}", day=item.starts)
    dates = [_date(deadline) for deadline in deadlines_of(item, view.as_of)]
    return "; ".join([f"{item.code}: {one_line(item.title)}", words(item.state.value), begins, *dates])


def _date(deadline: "Deadline") -> str:
    """Return the current date of a milestone or of the item, its state and, if it was moved, the date first agreed."""
    state = tr_later(TIMELINE_LEGEND[deadline.state.value])
    about = tr("milestone {number}", number=deadline.milestone.number) if deadline.milestone else tr("due")
    day = with_word(deadline.current, assumed=deadline.assumed)
    if deadline.slip_days:
        return tr(
            "{what} {day}, {state}, baseline {baseline}",
            what=about,
            day=day,
            state=state,
            baseline=deadline.baseline,
        )
    return tr("{what} {day}, {state}", what=about, day=day, state=state)


def _group(timeline: GroupTimeline, view: "TimelineView") -> Iterator[str]:
    """Yield the name of a group, and a line for each period in which dates fall due."""
    yield ""
    yield one_line(timeline.name)
    zoom = view.zoom or Zoom.MONTH
    first, last = view.ends
    periods: dict[str, Counter[DeadlineState]] = defaultdict(Counter)
    for day, states in sorted(timeline.days.items()):
        if first <= day <= last:
            periods[period(zoom, day)].update(states)
    for name, states in periods.items():
        counts = ", ".join(
            f"{states[state]:,} {tr_later(TIMELINE_LEGEND[state.value])}" for state in DeadlineState if states[state]
        )
        yield f"{name}: {counts}"
