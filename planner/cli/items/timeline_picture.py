"""The timeline as lines of text: a scale, a line for each item or group, and a legend."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from rich.text import Text

from planner.base.language import tr, tr_later
from planner.cli.output import words
from planner.domain.rules.scale import Scale, fitting_zoom
from planner.domain.symbols import SYMBOLS, TIMELINE_LEGEND, TIMELINE_SIGNS
from planner.queries.weeks.timeline import GroupTimeline, group_legend, group_timelines, item_line, ruled

if TYPE_CHECKING:
    from planner.cli.items.timeline_view import TimelineView
    from planner.queries.items.views import ItemView

_WIDEST_TITLE = 40


def picture(view: "TimelineView", width: int) -> Iterator[Text]:
    """Yield the lines of the timeline except the legend. No line is wider than `width`."""
    label = min(_WIDEST_TITLE, width // 3) + 10
    scale = _scale(view, max(1, width - label))
    yield Text(
        tr(
            "{plan}, as of {day}, {first} to {last}",
            plan=view.plan.title,
            day=view.as_of,
            first=scale.monday,
            last=scale.last,
        ),
        style="bold",
    )
    yield Text(" " * label + ruled(scale.heads(), scale.cells), style="bold")
    yield Text(" " * label + ruled(scale.ticks(), scale.cells), style="dim")
    if view.by:
        for timeline in group_timelines(view.items, view.as_of, view.by):
            yield _group(timeline, scale, view, label)
    else:
        for item in view.items:
            yield _item(item, scale, view, label)


def legend(view: "TimelineView") -> Text:
    """Return the meanings of the signs, as one paragraph that may be wrapped."""
    # Which day is today depends on when somebody reads the print.
    day = tr("as of {day}", day=view.as_of)
    return Text(group_legend(day) if view.by else _legend(day), style="dim")


def _scale(view: "TimelineView", room: int) -> Scale:
    """Return the scale of the timeline, which begins at the first day.

    If no first day was given and the whole plan does not fit, the scale begins shortly before the as-of date.
    """
    first, last = view.ends
    zoom = view.zoom or fitting_zoom(first, last, room)
    scale = Scale.from_day(zoom, first, room)
    if view.first is None and not scale.sees(last):
        scale = scale.around(view.as_of)
    return scale.until(last) if scale.sees(last) else scale


def _item(item: "ItemView", scale: Scale, view: "TimelineView", label: int) -> Text:
    symbol, style = SYMBOLS[item.state.value]
    line = _label(Text.assemble(f"{item.code:<6} ", (symbol, style), f" {' '.join(item.title.split())}"), label)
    for sign in item_line(item, scale, view.as_of):
        line.append(*TIMELINE_SIGNS[sign.value])
    return line


def _group(timeline: GroupTimeline, scale: Scale, view: "TimelineView", label: int) -> Text:
    line = _label(Text(" ".join(timeline.short_name.split())), label)
    drawn = Text()
    for tick, tally in timeline.tallies(scale):
        drawn.pad_right(tick.cell - len(drawn))
        for state, text in tally.parts(tick.width):
            drawn.append(text, TIMELINE_SIGNS[state.value][1])
    drawn.pad_right(scale.cells - len(drawn))
    today = scale.place(view.as_of)
    if scale.sees(view.as_of) and drawn.plain[today] == " ":
        drawn = drawn[:today] + Text(*TIMELINE_SIGNS["today"]) + drawn[today + 1 :]
    return line + drawn


def _label(text: Text, width: int) -> Text:
    """Cut or pad a label to a width, including a gap of two cells. Wide letters take two cells."""
    text.truncate(width - 2, overflow="ellipsis", pad=True)
    return text + Text("  ")


def _legend(day: str) -> str:
    meanings = {sign: tr_later(word) for sign, word in TIMELINE_LEGEND.items()} | {"today": day}
    signs = [f"{TIMELINE_SIGNS[sign][0]} {meaning}" for sign, meaning in meanings.items()]
    states = [
        f"{SYMBOLS[state][0]} {words(state)}" for state in ("on_track", "behind", "off_track", "completed", "dropped")
    ]
    return tr("{signs};  before the title: {states}", signs="  ".join(signs), states="  ".join(states))
