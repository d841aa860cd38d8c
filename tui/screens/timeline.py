"""The timeline: a row for each item or group, with baseline and current dates, and a line at today."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.reactive import reactive
from textual.widgets import Static

from planner.base.language import later, tr, tr_later
from planner.domain.rules.scale import Scale, Zoom, fitting_zoom
from planner.domain.vocabulary import Grouping
from planner.queries.items.filters import Facet, Filters
from planner.queries.items.grouping import TITLES
from planner.queries.weeks.deadlines import DeadlineState
from planner.queries.weeks.timeline import GroupTimeline, group_timelines
from tui.keys import bindings
from tui.marks import MUTED, one_line
from tui.screens.page import Page
from tui.services.copying import Copied
from tui.widgets.dates_peek import DatesPeek
from tui.widgets.facet_pane import labels_of
from tui.widgets.search import SearchField, nothing_matches
from tui.widgets.table import Table
from tui.widgets.timeline import GroupTimelines, ItemTimeline, Ruler, TimelineTable, legend

if TYPE_CHECKING:
    from planner.queries.items.views import ItemView
    from planner.queries.weeks.overview import Overview

_ZOOMS = tuple(Zoom)

# A wide terminal gives the timeline no more cells than it needs: to the last date and SPARE_CELLS more.
MOST_CELLS, LEAST_CELLS, SPARE_CELLS = 10_000, 40, 4
_SCALES = {
    Zoom.WEEK: later("{first} to {last}, a day per cell"),
    Zoom.MONTH: later("{first} to {last}, half a week per cell"),
    Zoom.QUARTER: later("{first} to {last}, a week per cell"),
}

# The column of a copy for the dates in each state.
_STATES = {
    DeadlineState.MET: later("Met"),
    DeadlineState.OPEN: later("Open"),
    DeadlineState.OVERDUE: later("Overdue"),
    DeadlineState.LAPSED: later("Lapsed"),
}


class TimelineScreen(Page):
    """The timeline.

    `filters` and `search` select the rows, and do not change the zoom or the position. `by` is the grouping: theme,
    organisation, measure or lead rule. If `by` is None, each row is an item.
    """

    BINDINGS: ClassVar[list[BindingType]] = [*bindings.TIMELINE, *bindings.BACK]
    keys_at_cursor = ("timeline.report",)
    name_shown = later("Timeline")
    help_text = later(
        "The deadlines of the plan. Each line runs from the start of an item to its due date, with signs "
        "for its milestones. If a date was moved, a second sign shows the baseline. The column of today "
        "is highlighted. Grouped lines count the dates of their items and open them."
    )

    filters: reactive[Filters] = reactive(Filters(), init=False)
    search: reactive[str] = reactive("", init=False)
    by: reactive[Grouping | None] = reactive(None, init=False)
    scale: reactive[Scale | None] = reactive(None, init=False)

    # If no item passes the search and the other filters: the number of items that match the search alone.
    _without_filters = 0

    # The last day of the plan, or the latest due date of an item if that is later.
    _last_day: date | None = None

    @property
    def command(self) -> str:
        """The command that gives the same as text."""
        return "planner timeline"

    def content(self) -> ComposeResult:
        """Yield the search, the active filters, the ruler, the rows, the legend and the full text of a row."""
        yield SearchField(tr("Search code, title, organisation…"))
        yield Static(markup=False, id="timeline-told")
        yield Ruler(lambda: self.table)
        yield ItemTimeline()
        yield GroupTimelines()
        yield Static(markup=False, id="timeline-legend")
        yield DatesPeek()

    def on_mount(self) -> None:
        """Show the loaded data, and set the focus."""
        self._show_view()
        self.table.focus()
        super().on_mount()

    @property
    def table(self) -> "TimelineTable[ItemView] | TimelineTable[GroupTimeline]":
        """Return the visible table: the rows of items or the rows of groups."""
        return self.query_one(GroupTimelines) if self.by else self.query_one(ItemTimeline)

    def show(self, standing: "Overview") -> None:
        """Filter the loaded items in a thread, because this takes noticeable time for a large register."""
        filters, by = self.filters.searching(self.search), self.by
        filter_index = self.planner.filter_index

        def question() -> "tuple[Sequence[ItemView], Sequence[GroupTimeline], int, date]":
            index = filter_index.of(standing)
            items = index.apply(filters).items
            hidden = filters.search.strip() and filters.active and not items
            found = len(index.apply(Filters(search=filters.search)).codes) if hidden else 0
            last = max((item.current_due for item in standing.items), default=standing.plan.ends)
            groups = group_timelines(items, standing.as_of, by) if by else ()
            return items, groups, found, max(last, standing.plan.ends)

        self.planner.tasks.run(self, question, self._arrived)

    def _arrived(self, lines: "tuple[Sequence[ItemView], Sequence[GroupTimeline], int, date]") -> None:
        items, groups, self._without_filters, self._last_day = lines
        standing = self.planner.standing
        if standing is None:
            return
        empty = (
            nothing_matches(self.planner, tr("No item matches the search."), self._without_filters)
            if self.search
            else tr("No items.")
        )
        by_item, by_group = self.query_one(ItemTimeline), self.query_one(GroupTimelines)
        by_item.as_of = by_group.as_of = standing.as_of
        by_item.show(items, empty=empty)
        by_group.show(groups, empty=empty)
        self._fit()
        self._tell()
        self._point(self.table.row)

    def _again(self) -> None:
        if self.planner.standing is not None:
            self.show(self.planner.standing)

    def watch_filters(self) -> None:
        """Show the items that pass the new filters."""
        self._again()

    def watch_search(self) -> None:
        """Show the rows that contain the words of the search."""
        self._again()

    def watch_by(self, before: Grouping | None, by: Grouping | None) -> None:
        """Show the rows of the new grouping, starting with the first."""
        if by:
            groups = self.query_one(GroupTimelines)
            groups.group_by(by)
            groups.cursor = 0
        self._show_view()
        self.table.focus()
        self._again()
        self.call_after_refresh(self._fit)

    def watch_scale(self, scale: Scale | None) -> None:
        """Show the days of the new scale."""
        for table in (self.query_one(ItemTimeline), self.query_one(GroupTimelines)):
            table.scale = scale
            table.refresh()
        self.query_one(Ruler).refresh()
        self._tell()

    def _show_view(self) -> None:
        of_groups = self.by is not None
        self.query_one(ItemTimeline).display = not of_groups
        self.query_one(GroupTimelines).display = of_groups
        self.query_one("#timeline-legend", Static).update(legend(of_groups=of_groups))

    def on_resize(self, event: events.Resize) -> None:
        """Show as many days as fit into the new width."""
        super().on_resize(event)
        self.call_after_refresh(self._fit)

    def _fit(self) -> None:
        """Fit the scale to the available width. At first, choose the closest zoom that shows the whole plan."""
        # The titles may become wider without a change of the scale, which would draw the ruler again.
        self.query_one(Ruler).refresh()
        standing = self.planner.standing
        if self.scale is not None:
            self.scale = replace(self.scale, cells=max(1, self._cells(self.scale)))
            return
        self.table.narrow_time(MOST_CELLS)
        _, cells = self.table.room
        if standing is not None and self.table.size.width:
            plan = standing.plan
            scale = Scale.from_day(fitting_zoom(plan.starts, plan.ends, cells), plan.starts, cells)
            self.scale = (
                replace(scale, cells=self._cells(scale)) if scale.sees(plan.ends) else scale.around(standing.as_of)
            )

    def _cells(self, scale: Scale) -> int:
        """Return the number of cells of the timeline: no more than the plan and its latest due date need."""
        last = self._last_day
        needed = replace(scale, cells=MOST_CELLS).place(last) + 1 + SPARE_CELLS if last else MOST_CELLS
        self.table.narrow_time(max(LEAST_CELLS, needed))
        return self.table.room[1]

    def _tell(self) -> None:
        """Show the active filters, the search, the number of items and the range of days."""
        standing, scale = self.planner.standing, self.scale
        if standing is None or scale is None:
            return
        labels = labels_of(standing, None)
        chosen = ", ".join(labels.of(facet, value) for facet, value in self.filters.active) or tr("All themes")
        searched = f", {tr('matching “{words}”', words=one_line(self.search))}" if self.search.strip() else ""
        shown = len(self.query_one(ItemTimeline).rows)
        counts = tr("{shown} of {total} items", shown=shown, total=len(standing.items))
        days = tr_later(_SCALES[scale.zoom]).format(first=scale.monday, last=scale.last)
        line = Content.assemble((chosen, "bold"), searched, (f"  {counts}  {days}", MUTED))
        self.query_one("#timeline-told", Static).update(line, layout=False)

    def action_later(self, by: int) -> None:
        """Scroll the time axis to later days, or to earlier days if `by` is negative."""
        if self.scale is not None:
            self.scale = self.scale.moved(by)

    def action_zoom(self, by: int) -> None:
        """Zoom out or in around today, or around the middle of the screen if today is not visible."""
        scale, standing = self.scale, self.planner.standing
        if scale is None or standing is None:
            return
        place = _ZOOMS.index(scale.zoom) + by
        if 0 <= place < len(_ZOOMS):
            middle = scale.first_day_of(scale.cells // 2)
            self.scale = scale.zoomed(_ZOOMS[place], standing.as_of if scale.sees(standing.as_of) else middle)
            self._fit()

    def action_today(self) -> None:
        """Scroll so that the line at today is at one third of the width."""
        if self.scale is not None and self.planner.standing is not None:
            self.scale = self.scale.around(self.planner.standing.as_of)

    def action_view(self) -> None:
        """Switch to the next grouping, or to rows of items."""
        kinds = [None, *Grouping]
        self.by = kinds[(kinds.index(self.by) + 1) % len(kinds)]

    def take_theme(self, theme: int | None) -> bool:
        """Show only items of a theme, or of all themes if `theme` is None. The other filters stay."""
        self.filters = self.filters.choosing(Facet.THEME, () if theme is None else (theme,))
        return True

    def on_input_changed(self, event: SearchField.Changed) -> None:
        """Filter the rows while the person types."""
        self.search = event.value

    def on_input_submitted(self) -> None:
        """Move the focus to the filtered rows. If only other filters hide all that the search finds, remove them."""
        if self._without_filters:
            self.filters = Filters()
        self.table.focus()

    def action_back(self) -> None:
        """Go back one step: close the search, remove the other filters, or close the screen."""
        search = self.query_one(SearchField)
        if search.display:
            search.close()
            self.table.focus()
        elif self.filters.active:
            self.filters = Filters()
        else:
            super().action_back()

    def on_table_pointed(self, event: Table.Pointed) -> None:
        """Show the full text of the row under the cursor."""
        if event.table is self.table:
            self._point(event.row)

    def _point(self, row: "ItemView | GroupTimeline | None") -> None:
        peek, standing = self.query_one(DatesPeek), self.planner.standing
        if row is None or standing is None:
            peek.clear()
        elif isinstance(row, GroupTimeline):
            peek.show_group(row)
        else:
            peek.show_item(row, standing.as_of)

    def on_table_opened(self, event: Table.Opened) -> None:
        """Open the item, or show the items of the group."""
        if self.by is None:
            self.planner.navigator.open_item(event.row.code, [item.code for item in event.table.rows])
            return
        self.by = None
        if event.row.group is not None:
            self.filters = self.filters.overlaid(event.row.group.filters)

    @property
    def pointed_item(self) -> str | None:
        """The code of the item under the cursor. None while the lines are those of groups."""
        row = self.query_one(ItemTimeline).row if self.by is None else None
        return row.code if row is not None else None

    def action_report(self) -> None:
        """Open the report form of the item under the cursor."""
        self.planner.loading.when_loaded(self._report)

    def _report(self) -> None:
        if self.pointed_item is not None:
            self.planner.reports.open_form(self.pointed_item)
        else:
            key = self.planner.key_for("timeline.view")
            self.refuse_without_item(tr("Show the items instead of the groups, with {key}", key=key))

    def to_copy(self) -> Copied | None:
        """Return the dates of the visible items, or the number of due dates of each visible group."""
        groups, items = self.query_one(GroupTimelines).rows, self.query_one(ItemTimeline).rows
        return _group_dates(groups, self.by) if self.by else _item_dates(items)


def _item_dates(items: "Sequence[ItemView]") -> Copied:
    rows = []
    for item in items:
        coming = item.next_milestone
        milestone = (coming.title, coming.current) if coming else (None, None)
        rows.append((item.code, item.title, item.starts, item.current_due, item.baseline_due, *milestone))
    columns = (
        later("Code"),
        later("Title"),
        later("Starts"),
        later("Due"),
        later("Baseline due"),
        later("Next milestone"),
        later("Milestone due"),
    )
    return Copied(tr("When the items fall due"), columns, tuple(rows))


def _group_dates(groups: Sequence[GroupTimeline], by: Grouping) -> Copied:
    columns = (TITLES[by], later("Items"), *_STATES.values(), later("Moved"))
    rows = []
    for timeline in groups:
        counts = (timeline.total.states[state] for state in _STATES)
        rows.append((timeline.name, timeline.items, *counts, timeline.moved))
    return Copied(tr("How many dates fall due"), columns, tuple(rows))
