"""The timeline as lines of text: a ruler, a line for each item or group of items, and what the signs mean."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from rich.text import Text

from planner.cli.output import words
from planner.domain.rules.scale import Scale, fitting_zoom
from planner.domain.symbols import SYMBOLS, TIMELINE_LEGEND, TIMELINE_SIGNS
from planner.queries.weeks.timeline import GroupTimeline, group_legend, group_timelines, item_line, ruled

if TYPE_CHECKING:
    from planner.cli.items.timeline import Asked
    from planner.queries.items.views import ItemView

_WIDEST_TITLE = 40


def picture(asked: "Asked", width: int) -> Iterator[Text]:
    """The lines, none wider than a width."""
    label = min(_WIDEST_TITLE, width // 3) + 10
    scale = _scale(asked, max(1, width - label))
    yield Text(f"{asked.plan.title}, as of {asked.as_of}, {scale.monday} to {scale.last}", style="bold")
    yield Text(" " * label + ruled(scale.heads(), scale.cells), style="bold")
    yield Text(" " * label + ruled(scale.ticks(), scale.cells), style="dim")
    if asked.by:
        for timeline in group_timelines(asked.items, asked.as_of, asked.by):
            yield _group(timeline, scale, asked, label)
    else:
        for item in asked.items:
            yield _item(item, scale, asked, label)
    yield Text(group_legend() if asked.by else _legend(), style="dim")


def _scale(asked: "Asked", room: int) -> Scale:
    """From the first day asked for; where the plan has no room and no day was given, from before today."""
    first, last = asked.ends
    zoom = asked.zoom or fitting_zoom(first, last, room)
    scale = Scale.from_day(zoom, first, room)
    if asked.first is None and not scale.sees(last):
        scale = scale.around(asked.as_of)
    return scale.until(last) if scale.sees(last) else scale


def _item(item: "ItemView", scale: Scale, asked: "Asked", label: int) -> Text:
    symbol, style = SYMBOLS[item.state.value]
    line = _label(Text.assemble(f"{item.code:<6} ", (symbol, style), f" {' '.join(item.title.split())}"), label)
    for sign in item_line(item, scale, asked.as_of):
        line.append(*TIMELINE_SIGNS[sign.value])
    return line


def _group(timeline: GroupTimeline, scale: Scale, asked: "Asked", label: int) -> Text:
    line = _label(Text(" ".join(timeline.short_name.split())), label)
    drawn = Text()
    for tick, tally in timeline.tallies(scale):
        drawn.pad_right(tick.cell - len(drawn))
        for state, text in tally.parts(tick.width):
            drawn.append(text, TIMELINE_SIGNS[state.value][1])
    drawn.pad_right(scale.cells - len(drawn))
    today = scale.place(asked.as_of)
    if scale.sees(asked.as_of) and drawn.plain[today] == " ":
        drawn = drawn[:today] + Text(*TIMELINE_SIGNS["today"]) + drawn[today + 1 :]
    return line + drawn


def _label(text: Text, width: int) -> Text:
    """What stands before the cells, cut or filled to a width and a gap; wide letters take two cells."""
    text.truncate(width - 2, overflow="ellipsis", pad=True)
    return text + Text("  ")


def _legend() -> str:
    told = [f"{TIMELINE_SIGNS[sign][0]} {word}" for sign, word in TIMELINE_LEGEND.items()]
    states = [
        f"{SYMBOLS[state][0]} {words(state)}" for state in ("on_track", "behind", "off_track", "completed", "dropped")
    ]
    return f"{'  '.join(told)};  before the title: {'  '.join(states)}"
