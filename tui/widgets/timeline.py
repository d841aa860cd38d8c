"""The tables of the timeline: rows of symbols below a time scale. Only the visible part is drawn."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING

from textual.content import Content
from textual.widget import Widget

from planner.base.language import later, tr, tr_later
from planner.domain.symbols import SYMBOLS, TIMELINE_LEGEND, TIMELINE_SIGNS
from planner.domain.vocabulary import Grouping
from planner.queries.items.grouping import TITLES
from planner.queries.weeks.timeline import Sign, group_legend, item_line, ruled
from tui.marks import HEADING, MUTED, STRONG, colour, fitting_name, one_line, timeline_mark
from tui.widgets.table import GAP, Column, Fitted, Row, Table, code_column

if TYPE_CHECKING:
    from planner.domain.rules.scale import Scale
    from planner.queries.items.views import ItemView
    from planner.queries.weeks.timeline import GroupTimeline

_TIME = "time"
_NOW = "on $panel"


class TimelineTable(Table[Row]):
    """A table whose last column is a timeline.

    `scale` maps the cells of that column to days. It is None until the width of the column is known.
    """

    scale: "Scale | None" = None
    as_of: date | None = None

    # The columns with the widths that they have before the titles get the room that the timeline does not need.
    _first_columns: "Sequence[Column[Row]]" = ()

    @property
    def room(self) -> tuple[int, int]:
        """Return the first cell of the timeline column, and its number of cells."""
        columns = self._fitted_now()
        before = sum(width + GAP for column, _, width in columns if column.key != _TIME) + GAP
        return before, next(width for column, _, width in columns if column.key == _TIME)

    def narrow_time(self, cells: int) -> None:
        """Give the timeline column as many cells, and the rest of a wide table to the titles."""
        self.use(self._first_columns)
        _, room = self.room
        if room > cells:
            wider = {_TIME: cells - room, "title": room - cells}
            self.use([replace(one, width=width + wider.get(one.key, 0)) for one, _, width in self._fitted_now()])

    def _fitted_now(self) -> "list[Fitted[Row]]":
        return self._fit_columns(self.scrollable_content_region.width)

    def line(self, drawn: "Callable[[Scale, date], Content]", width: int) -> Content:
        """Return the text for a row in the timeline column, with the cell of the as-of date highlighted."""
        if self.scale is None or self.as_of is None:
            return Content(" " * width)
        scale = replace(self.scale, cells=width)
        line, today = drawn(scale, self.as_of), scale.place(self.as_of)
        return line.stylize(_NOW, today, today + 1) if scale.sees(self.as_of) else line

    def _header(self) -> Content:
        header = super()._header()
        if self.scale is None:
            return header
        begins, cells = self.room
        return header[:begins] + Content(ruled(replace(self.scale, cells=cells).ticks(), cells))


class Ruler(Widget):
    """The upper line of a table's ruler, above its timeline column."""

    def __init__(self, table: "Callable[[], TimelineTable[ItemView] | TimelineTable[GroupTimeline]]") -> None:
        super().__init__()
        self._table = table

    def render(self) -> Content:
        """Draw each label above the cell at which its period begins."""
        table = self._table()
        if table.scale is None:
            return Content("")
        begins, cells = table.room
        return Content.styled(" " * begins + ruled(replace(table.scale, cells=cells).heads(), cells), HEADING)


class ItemTimeline(TimelineTable["ItemView"]):
    """The timeline with a row for each item."""

    def __init__(self) -> None:
        columns: list[Column[ItemView]] = [
            code_column(lambda item: item.code, later("Code")),
            Column("state", "", lambda item, _: Content.styled(SYMBOLS[item.state.value][0], colour(item.state)), 1),
            Column("title", later("Title"), lambda item, _: Content(one_line(item.title)), 32, narrow=14),
            Column(_TIME, "", self._drawn, 70, comfort=70, narrow=20),
        ]
        super().__init__(columns, lambda item: item.id, empty=tr("Loading the timeline…"), id="by-item")
        self._first_columns = columns

    def _drawn(self, item: "ItemView", width: int) -> Content:
        return self.line(lambda scale, as_of: drawn_item(item, scale, as_of), width)


class GroupTimelines(TimelineTable["GroupTimeline"]):
    """The timeline with a row for each group of items, and one for the whole plan."""

    def __init__(self) -> None:
        self._first_columns = self._columns_of(Grouping.THEME)
        super().__init__(self._first_columns, lambda row: row.name, empty=tr("Loading the timeline…"), id="by-group")

    def group_by(self, by: Grouping) -> None:
        """Change the heading of the first column to the name of a grouping."""
        self._first_columns = self._columns_of(by)
        self.use(self._first_columns)

    def _columns_of(self, by: Grouping) -> "list[Column[GroupTimeline]]":
        return [
            Column("title", TITLES[by], _group_name, 40, narrow=22),
            Column(_TIME, "", self._drawn, 70, comfort=70, narrow=20),
        ]

    def _drawn(self, row: "GroupTimeline", width: int) -> Content:
        return self.line(lambda scale, as_of: drawn_group(row, scale, as_of), width)


def _group_name(row: "GroupTimeline", width: int) -> Content:
    """Return the name of a group, or its short name if the full name does not fit."""
    name = fitting_name(row.name, row.short_name, width)
    return Content(name) if row.group else Content.styled(name, STRONG)


def drawn_item(item: "ItemView", scale: "Scale", as_of: date) -> Content:
    """Return the timeline of an item as signs."""
    parts = []
    # Equal neighbouring signs become one part, because each part costs time.
    for word, cells in groupby(item_line(item, scale, as_of)):
        symbol, style = timeline_mark(word)
        parts.append((symbol * len(list(cells)), style))
    return Content.assemble(*parts)


def drawn_group(row: "GroupTimeline", scale: "Scale", as_of: date) -> Content:
    """Return the timeline of a group: the number of dates due in each period of the scale, by state."""
    line = Content("")
    for tick, tally in row.tallies(scale):
        parts = [(text, timeline_mark(state)[1]) for state, text in tally.parts(tick.width)]
        line = Content.assemble(line.pad_right(tick.cell - line.cell_length), *parts)
    line = line.pad_right(scale.cells - line.cell_length)
    today = scale.place(as_of)
    if scale.sees(as_of) and line.plain[today] == " ":
        return Content.assemble(line[:today], timeline_mark(Sign.TODAY), line[today + 1 :])
    return line


def legend(*, of_groups: bool) -> Content:
    """Return the meanings of the signs, on one line."""
    if of_groups:
        return Content.styled(group_legend(tr("today")), MUTED)
    parts = [
        Content.assemble((TIMELINE_SIGNS[word][0], timeline_mark(Sign(word))[1]), (f" {tr_later(meaning)}", MUTED))
        for word, meaning in TIMELINE_LEGEND.items()
    ]
    return Content("  ").join(parts)
