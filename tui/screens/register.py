"""Which items. The whole register, narrowed by theme and by what is typed, sorted by any column."""

from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.reactive import reactive
from textual.widgets import Input, Static

from planner.vocabulary import Confidence, Freshness, ItemKind, Phase, Schedule
from tui import keys
from tui.data.items import narrowed
from tui.marks import MUTED, STRONG, bar, colour, mark, one_line, percent
from tui.screens.page import Page
from tui.widgets.options import Options
from tui.widgets.peek import Peek
from tui.widgets.table import Column, Table

if TYPE_CHECKING:
    from planner.queries.overview import Overview
    from planner.queries.views import ItemView

# In what order states stand when the register is sorted by them: what needs a look comes first.
_SCHEDULES = (Schedule.OVERDUE, Schedule.OFF_TRACK, Schedule.BEHIND, Schedule.ON_TRACK, Schedule.NONE)
_CONFIDENCES = (Confidence.RED, Confidence.AMBER, Confidence.GREEN, None)
_FRESHNESSES = (Freshness.NEVER, Freshness.STALE, Freshness.DUE, Freshness.REPORTED, Freshness.NOT_OWED)
_PHASES = tuple(Phase)


def _code_order(item: "ItemView") -> tuple[bool, str]:
    return item.kind is not ItemKind.TASK, item.code


def _next(item: "ItemView") -> Content:
    milestone = item.next_milestone
    if milestone is None:
        return Content.styled("–", MUTED)
    return Content(f"{milestone.current} {one_line(milestone.title)}")


def _due(item: "ItemView") -> Content:
    style = colour(Schedule.OVERDUE) if item.schedule is Schedule.OVERDUE else ""
    return Content.styled(item.current_due.isoformat(), style)


COLUMNS: "list[Column[ItemView]]" = [
    Column("code", "Code", lambda item, _: Content.styled(item.code, STRONG), 6, _code_order),
    Column("theme", "Th", lambda item, _: Content(str(item.theme)), 2, lambda item: item.theme, rank=5, right=True),
    Column("title", "Title", lambda item, _: Content(one_line(item.title)), 28, lambda item: item.title.casefold(),
           comfort=48),
    Column("phase", "Phase", lambda item, _: mark(item.phase), 13, lambda item: _PHASES.index(item.phase), rank=1),
    Column("bar", "Done ┃ expected", lambda item, width: bar(item.actual, item.expected, width), 16, rank=6),
    Column("actual", "Done", lambda item, _: Content(percent(item.actual)), 5,
           lambda item: -1.0 if item.actual is None else item.actual, right=True),
    Column("schedule", "Schedule", lambda item, _: mark(item.schedule), 11,
           lambda item: _SCHEDULES.index(item.schedule)),
    Column("confidence", "Officer", lambda item, _: mark(item.confidence, "–"), 7,
           lambda item: _CONFIDENCES.index(item.confidence), rank=2),
    Column("freshness", "Reports", lambda item, _: mark(item.freshness), 10,
           lambda item: _FRESHNESSES.index(item.freshness), rank=3),
    Column("due", "Due", lambda item, _: _due(item), 10, lambda item: item.current_due, rank=4),
    Column("lead", "Lead", lambda item, _: Content(one_line(item.lead.short_name)), 18,
           lambda item: item.lead.short_name.casefold(), rank=7),
    Column("next", "Next milestone", lambda item, _: _next(item), 34, lambda item: _next(item).plain, rank=8),
    Column("basis", "Title is", lambda item, _: Content.styled(item.basis.value, MUTED), 10,
           lambda item: item.basis.value, rank=5),
]  # fmt: skip


class RegisterScreen(Page):
    """`theme` (None for all) and `search` narrow what is listed; the sort stays while they change."""

    BINDINGS: ClassVar[list[BindingType]] = [*keys.REGISTER, *keys.BACK]
    name_shown = "Register"

    theme: reactive[int | None] = reactive(None, init=False)
    search: reactive[str] = reactive("", init=False)
    order: reactive[tuple[str, bool]] = reactive(("code", False), init=False)

    def __init__(self, theme: int | None = None, *, filtering: bool = False) -> None:
        super().__init__()
        self.set_reactive(RegisterScreen.theme, theme)
        self._filtering = filtering

    def content(self) -> ComposeResult:
        """The themes, the search, what is listed, the list, and the line under the cursor in full."""
        yield Options(id="theme-strip")
        yield Input(placeholder="Search code, title, organisation…", compact=True, select_on_focus=False)
        yield Static(markup=False, id="listed")
        yield Table(COLUMNS, lambda item: item.id, empty="Reading the register…", id="items")
        yield Peek()

    def on_mount(self) -> None:
        """Draw what is loaded and set the focus."""
        super().on_mount()
        self.query_one(Input).display = self._filtering
        if self._filtering:
            self.query_one(Input).focus()
        else:
            self.query_one(Table).focus()

    def show(self, standing: "Overview") -> None:
        """List the items as they were read."""
        self._list()

    def watch_theme(self) -> None:
        """List another theme."""
        self._list()

    def watch_search(self) -> None:
        """List what has the words."""
        self._list()

    def watch_order(self) -> None:
        """List in another order."""
        self._list()

    def _list(self) -> None:
        standing = self.planner.standing
        if standing is None:
            return
        found = narrowed(standing.items, None, self.search)
        kept = [item for item in found if self.theme in (None, item.theme)]
        table, (key, reverse) = self.query_one(Table), self.order
        column = next(column for column in COLUMNS if column.key == key)
        table.sorted_by = self.order
        table.show(
            sorted(kept, key=column.order, reverse=reverse),
            empty="No item has these words. esc takes the search away." if self.search else "No items.",
        )
        self._show_themes(standing, found)
        self.query_one("#listed", Static).update(self._listed(standing, len(kept), column.title))
        self.query_one(Peek).item = table.row

    def _show_themes(self, standing: "Overview", found: "list[ItemView]") -> None:
        numbers = [theme.number for theme in standing.plan.themes]
        strip = self.query_one("#theme-strip", Options)
        strip.labels = (
            Content(f"All {len(found)}"),
            *(Content(f"{number} ({sum(item.theme == number for item in found)})") for number in numbers),
        )
        strip.chosen = numbers.index(self.theme) + 1 if self.theme in numbers else 0

    def _listed(self, standing: "Overview", kept: int, sorted_by: str) -> Content:
        titles = {theme.number: theme.title for theme in standing.plan.themes}
        theme = f"{self.theme} {one_line(titles.get(self.theme, ''))}" if self.theme else "All themes"
        searched = f", with “{one_line(self.search)}”" if self.search.strip() else ""
        order = f"  by {sorted_by.lower()}{', turned round' if self.order[1] else ''}"
        return Content.assemble((theme, "bold"), searched, (f"  {kept} of {len(standing.items)} items{order}", MUTED))

    def on_options_chosen(self, event: Options.Chosen) -> None:
        """Take the theme that was clicked."""
        self.step_to(event.index)

    def action_step_theme(self, by: int) -> None:
        """The next theme, or the one before, and all of them between the last and the first."""
        strip = self.query_one("#theme-strip", Options)
        if strip.labels:
            self.step_to((strip.chosen + by) % len(strip.labels))

    def step_to(self, place: int) -> None:
        """Take a theme by its place in the strip; 0 is all."""
        standing = self.planner.standing
        if standing is not None:
            self.theme = standing.plan.themes[place - 1].number if place else None

    def action_filter(self) -> None:
        """Type what to search for."""
        search = self.query_one(Input)
        search.display = True
        search.focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Narrow while it is typed."""
        self.search = event.value

    def on_input_submitted(self) -> None:
        """Go to the list that is left."""
        self.query_one(Table).focus()

    def on_key(self, event: events.Key) -> None:
        """From the search, the down key leads into the list."""
        if event.key == "down" and self.query_one(Input).has_focus:
            event.stop()
            self.query_one(Table).focus()

    def action_back(self) -> None:
        """Take the search away, then the theme, then go back."""
        search = self.query_one(Input)
        if search.display:
            search.value = ""
            search.display = False
            self.query_one(Table).focus()
        elif self.theme is not None:
            self.theme = None
        else:
            super().action_back()

    def action_sort(self) -> None:
        """Sort by the next of the columns that are seen."""
        seen = [key for key in self.query_one(Table).keys_seen if _sortable(key)]
        place = seen.index(self.order[0]) if self.order[0] in seen else -1
        self.order = (seen[(place + 1) % len(seen)], False)

    def action_reverse(self) -> None:
        """Turn the order round."""
        self.order = (self.order[0], not self.order[1])

    def on_table_titled(self, event: Table.Titled) -> None:
        """Sort by the column whose title was clicked; again, turn it round."""
        if _sortable(event.key):
            self.order = (event.key, event.key == self.order[0] and not self.order[1])

    def on_table_pointed(self, event: Table.Pointed) -> None:
        """Show the line under the cursor in full."""
        self.query_one(Peek).item = event.row

    def on_table_opened(self, event: Table.Opened) -> None:
        """Open the item."""
        self.planner.open_item(event.row.code, [item.code for item in event.table.rows])

    def action_report(self) -> None:
        """Report on the item under the cursor."""
        item: ItemView | None = self.query_one(Table).row
        if item is not None:
            self.planner.open_report(item.code)

    def action_copy(self) -> None:
        """Copy what is listed, one item a line."""
        items: list[ItemView] = list(self.query_one(Table).rows)
        self.copied("\n".join(f"{item.code}\t{one_line(item.title)}" for item in items), f"{len(items)} items were")


def _sortable(key: str) -> bool:
    return any(column.key == key and column.order is not None for column in COLUMNS)
