"""Which items. The whole register, narrowed by facets and by what is typed, in any order; several can be selected."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.reactive import reactive
from textual.widgets import Input

from planner.queries.items import Facet, Filters
from planner.queries.ordering import ORDERS
from tui import keys
from tui.copying import Copied
from tui.data.standing import is_large
from tui.marks import one_line
from tui.screens.page import Page
from tui.screens.pick import Pick, PickDialog, SeveralDialog
from tui.screens.register_views import open_views, save_view
from tui.widgets.chips import Chip, Chips, following
from tui.widgets.facet_pane import FacetPane, Labels, facet_rows, labels_of
from tui.widgets.item_columns import COLUMNS, TITLES, USUAL, chosen_columns
from tui.widgets.options import Options
from tui.widgets.peek import Peek
from tui.widgets.table import Table

if TYPE_CHECKING:
    from planner.queries.narrowing import Narrowed
    from planner.queries.overview import Overview
    from planner.queries.views import ItemView

Order = tuple[str, bool]
BY_CODE: Order = ("code", False)

# The group of the threads that narrow: a newer one takes the place of an older one.
NARROWING = "narrow"

COPIED = ("code", "theme", "title", "basis", "lead", "phase", "confidence", "schedule", "freshness", "percent", "due")


class RegisterScreen(Page):
    """`filters` narrow what is listed, `order` sorts it (turned round or not); `selected` are codes, listed or not."""

    BINDINGS: ClassVar[list[BindingType]] = [*keys.REGISTER, *keys.BACK]
    name_shown = "Register"
    help_text = (
        "Which items? All of them, narrowed by words and by facets, in any order. Several values of a facet widen it, "
        "several facets narrow further. Selected items stay selected while they are out of sight."
    )

    filters: reactive[Filters] = reactive(Filters(), init=False)
    order: reactive[Order] = reactive(BY_CODE, init=False)
    selected: reactive[frozenset[str]] = reactive(frozenset(), init=False)
    columns: reactive[tuple[str, ...]] = reactive((), init=False)

    def __init__(self) -> None:
        super().__init__()
        # Whether the search is to have the focus once the screen is there.
        self._filtering = False
        # Chosen values in the order in which they were chosen.
        self._chosen: list[tuple[Facet, Any]] = []
        # The saved view that was shown or saved last.
        self.view_name = ""
        # Whether a narrowing is under way in a thread, and what a key asked for meanwhile.
        self._under_way = False
        self._asked: tuple[Filters, tuple[str, bool]] | None = None
        self._deferred: Callable[[], None] | None = None
        # The codes of the items listed.
        self._codes: Sequence[str] = ()

    def content(self) -> ComposeResult:
        """The themes, the search, what is listed, the facets and the list, and the line under the cursor in full."""
        yield Options(id="theme-strip")
        yield Input(placeholder="Search code, title, organisation…", compact=True, select_on_focus=False)
        yield Chips(id="listed")
        with Horizontal(id="register"):
            yield FacetPane()
            yield Table(
                chosen_columns((), ()),
                lambda item: item.id,
                empty="Reading the register…",
                id="items",
                keeps_lines=True,
            )
        yield Peek()

    def on_mount(self) -> None:
        """Draw what is loaded and set the focus."""
        super().on_mount()
        self.watch(self.app, "draft_codes", self._use_columns, init=False)
        self.query_one(Input).display = self._filtering
        if self._filtering:
            self.query_one(Input).focus()
        else:
            self.table.focus()

    @property
    def table(self) -> "Table[ItemView]":
        """The list."""
        return self.query_one("#items", Table)

    @property
    def own(self) -> str | None:
        """The key of the person's organisation."""
        me = self.planner.me
        return me.organisation.key if me and me.organisation else None

    def show(self, standing: "Overview") -> None:
        """List the items as they were read."""
        self._list()

    def narrow(self, filters: Filters) -> None:
        """List what passes these, and nothing else narrows it."""
        self.filters = filters

    def take_theme(self, theme: int | None) -> bool:
        """List another theme; what else narrows the list stays."""
        self.filters = self.filters.choosing(Facet.THEME, () if theme is None else (theme,))
        return True

    def watch_filters(self, filters: Filters) -> None:
        """List what passes other filters; the search says what is searched for."""
        self._chosen = following(self._chosen, filters)
        if self.is_mounted:
            search = self.query_one(Input)
            with search.prevent(Input.Changed):
                search.value = filters.search
            search.display = bool(filters.search) or (search.display and search.has_focus)
        self._list()

    def watch_order(self) -> None:
        """List in another order."""
        self._list()

    def watch_selected(self) -> None:
        """Mark what is selected."""
        self._use_columns()
        self._tell()

    def watch_columns(self) -> None:
        """Draw other columns."""
        self._use_columns()

    def _use_columns(self) -> None:
        if self.is_mounted:
            self.table.use(chosen_columns(self.columns, self.selected, self.planner.draft_codes))

    def _list(self) -> None:
        """Narrow and sort what is loaded; a large register in a thread where that takes time."""
        standing = self.planner.standing
        if standing is None or not self.query(Table):
            return
        filters, (column, reverse) = self.filters, self.order

        def question() -> "Narrowed":
            return self.planner.narrowings.of(standing).narrow(filters, column, reverse=reverse)

        made = self.planner.narrowings.made(standing)
        if not is_large(standing) or (made and made.is_quick(filters, column, reverse=reverse)):
            self.workers.cancel_group(self, NARROWING)
            self._asked = None
            self._listed(question())
            return
        if not self.table.rows and filters == Filters() and self.order == BY_CODE:
            # Nothing is to be found out before the first of them can be seen.
            self.table.show(standing.items)
        self._under_way = True
        self._asked = asked = (filters, self.order)

        def answered(narrowed: "Narrowed") -> None:
            # The answer to an earlier question may be on its way when a newer one is asked.
            if asked == self._asked:
                self._listed(narrowed)

        self.planner.ask(self, question, answered, group=NARROWING)

    def _listed(self, narrowed: "Narrowed") -> None:
        standing = self.planner.standing
        if standing is None:
            return
        self._under_way = False
        self._codes = narrowed.codes
        self.table.sorted_by = self.order
        searching = bool(narrowed.filters.search.strip())
        self.table.show(
            narrowed.items,
            empty=f"No item has these words. {self.planner.key_for('screen.back')} takes the search away."
            if searching
            else "No items.",
            find=lambda item: narrowed.place_of(item.code),
        )
        labels = labels_of(standing, self.own)
        self.query_one(FacetPane).show(facet_rows(narrowed.counts, narrowed.filters, labels))
        self._show_themes(standing, narrowed)
        self._tell(labels)
        self.query_one(Peek).item = self.table.row
        deferred, self._deferred = self._deferred, None
        if deferred is not None:
            deferred()

    def _when_listed(self, action: Callable[[], None]) -> None:
        """Do something with the list that a key was meant for, which may still be on its way."""
        if self._under_way:
            self._deferred = action
        else:
            action()

    def _show_themes(self, standing: "Overview", narrowed: "Narrowed") -> None:
        numbers = [theme.number for theme in standing.plan.themes]
        counts = narrowed.counts[Facet.THEME]
        strip = self.query_one("#theme-strip", Options)
        strip.labels = (
            Content(f"All {sum(counts.values())}"),
            *(Content(f"{number} ({counts.get(number, 0)})") for number in numbers),
        )
        chosen = narrowed.filters.chosen(Facet.THEME)
        strip.chosen = numbers.index(*chosen) + 1 if len(chosen) == 1 and chosen <= set(numbers) else 0

    def _tell(self, labels: Labels | None = None) -> None:
        """Say how many items are listed, how they are sorted, and what narrows the list."""
        standing = self.planner.standing
        if standing is None or not self.query(Chips):
            return
        called = labels or labels_of(standing, self.own)
        column, reverse = self.order
        told = f"{len(self.table.rows):,} of {standing.total:,} items  by {sorted_title(column)}"
        told += ", turned round" if reverse else ""
        told += f", {len(self.selected):,} selected" if self.selected else ""
        chips = [Chip(facet, value, called.of(facet, value)) for facet, value in self._chosen]
        words = one_line(self.filters.search)
        chips += [Chip(None, words, f"“{words}”")] if words else []
        line = self.query_one(Chips)
        line.told, line.chips = told, tuple(chips)

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
            self.take_theme(standing.plan.themes[place - 1].number if place else None)

    def action_filter(self) -> None:
        """Type what to search for."""
        if not self.query(Input):
            self._filtering = True
            return
        search = self.query_one(Input)
        search.display = True
        search.focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Narrow while it is typed."""
        self.filters = self.filters.searching(event.value)

    def on_input_submitted(self) -> None:
        """Go to the list that is left."""
        self.table.focus()

    def on_key(self, event: events.Key) -> None:
        """From the search, the down key leads into the list."""
        if event.key == "down" and self.query_one(Input).has_focus:
            event.stop()
            self.table.focus()

    def action_facets(self) -> None:
        """To the facets, and from them back to the list."""
        pane = self.query_one(FacetPane)
        leaving = pane.has_focus
        # Classes of these two, not of the screen: that would have everything on it styled anew.
        pane.set_class(not leaving, "-open")
        self.table.set_class(not leaving, "-covered")
        (self.table if leaving else pane).focus()

    def on_facet_pane_toggled(self, event: FacetPane.Toggled) -> None:
        """Choose a value, or let it go."""
        self.filters = self.filters.toggled(event.facet, event.value)

    def action_mine(self) -> None:
        """Only the items that the person's organisation shares in, or all again."""
        if self.own is None:
            self.notify("You have no organisation here, so no item is yours.", markup=False)
        else:
            self.filters = self.filters.toggled(Facet.MINE, self.own)

    def on_chips_removed(self, event: Chips.Removed) -> None:
        """Take the chip's filter away."""
        self.filters = event.chip.without(self.filters)

    def action_drop_chip(self) -> None:
        """Take away what was chosen last; the search goes first."""
        chips = self.query_one(Chips).chips
        if chips:
            self.filters = chips[-1].without(self.filters)

    def action_clear(self) -> None:
        """Take all filters away."""
        self.filters = Filters()

    def action_back(self) -> None:
        """Leave the facets; else take the search away, then the selection, then the filters, then go back."""
        search = self.query_one(Input)
        if self.query_one(FacetPane).has_focus:
            self.action_facets()
        elif search.display:
            self.filters = self.filters.searching("")
            search.display = False
            self.table.focus()
        elif self.selected:
            self.selected = frozenset()
        elif self.filters != Filters():
            self.filters = Filters()
        else:
            super().action_back()

    def action_sort(self) -> None:
        """Sort by the next of the columns that are seen."""
        seen = [key for key in self.table.keys_seen if key in ORDERS]
        place = seen.index(self.order[0]) if self.order[0] in seen else -1
        self.order = (seen[(place + 1) % len(seen)], False)

    def action_reverse(self) -> None:
        """Turn the order round."""
        self.order = (self.order[0], not self.order[1])

    def on_table_titled(self, event: Table.Titled) -> None:
        """Sort by the column whose title was clicked; again, turn it round."""
        if event.key in ORDERS:
            self.order = (event.key, event.key == self.order[0] and not self.order[1])

    def action_sort_by(self) -> None:
        """Choose what to sort by."""
        picks = [Pick(key, TITLES.get(key, key.capitalize())) for key in ORDERS]

        def sort(key: str | None) -> None:
            if key is not None:
                self.order = (key, False)

        self.app.push_screen(PickDialog("Sort by", picks, at=self.order[0]), sort)

    def action_columns(self) -> None:
        """Choose the columns; none chosen are the usual ones."""
        shown = self.columns or USUAL
        picks = [Pick(column.key, column.title, chosen=column.key in shown) for column in COLUMNS]

        def use(keys_chosen: tuple[str, ...] | None) -> None:
            if keys_chosen is not None:
                self.columns = () if keys_chosen == USUAL else keys_chosen

        self.app.push_screen(SeveralDialog("Columns", picks), use)

    def action_views(self) -> None:
        """Choose a saved view, or delete one."""
        open_views(self)

    def action_save_view(self) -> None:
        """Save filters, order and columns under a name."""
        save_view(self)

    def action_select(self) -> None:
        """Select the item under the cursor or let it go, and go on to the next."""
        item = self.table.row
        if item is not None:
            self.selected ^= {item.code}
            self.table.action_down()

    def action_select_all(self) -> None:
        """Select all items shown."""
        self._when_listed(self._select_all)

    def _select_all(self) -> None:
        self.selected = self.selected.union(self._codes)

    def action_select_none(self) -> None:
        """Let all selected items go."""
        self.selected = frozenset()

    def action_bulk(self) -> None:
        """Set the same on all selected items."""
        standing = self.planner.standing
        items = standing.items if standing is not None else ()
        self.planner.open_bulk([item.code for item in items if item.code in self.selected])

    def on_table_pointed(self, event: Table.Pointed) -> None:
        """Show the line under the cursor in full."""
        if event.table.id == "items":
            self.query_one(Peek).item = event.row

    def on_table_opened(self, event: Table.Opened) -> None:
        """Open the item."""
        self._when_listed(self._open)

    def _open(self) -> None:
        item = self.table.row
        if item is not None:
            self.planner.open_item(item.code, self._codes)

    def action_report(self) -> None:
        """Report on the item under the cursor."""
        self._when_listed(self._report)

    def _report(self) -> None:
        item = self.table.row
        if item is not None:
            self.planner.open_report(item.code)

    def to_copy(self) -> Copied | None:
        """What is selected of the list; all of it where nothing is."""
        standing = self.planner.standing
        if standing is None:
            return None
        rows = self.table.rows
        items = [item for item in rows if item.code in self.selected] if self.selected else rows
        return Copied(f"{len(items)} items as of {standing.as_of}", COPIED, tuple(_copied(item) for item in items))


def sorted_title(column: str) -> str:
    """What the list is sorted by, in words."""
    return TITLES.get(column, column).lower()


def _copied(item: "ItemView") -> tuple[object, ...]:
    actual = None if item.actual is None else round(item.actual, 1)
    states = (item.phase, item.confidence, item.schedule, item.freshness)
    return (item.code, item.theme, item.title, item.basis, item.lead.short_name, *states, actual, item.current_due)
