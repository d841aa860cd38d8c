"""The filters of the register: the search, facets and themes. Each active filter is a chip that can be removed."""

from typing import TYPE_CHECKING, Any

from textual.reactive import reactive

from planner.base.language import tr
from planner.queries.items.filters import Facet, Filters
from tui.marks import one_line
from tui.screens.page import Page
from tui.screens.register.listing import BY_CODE, Order
from tui.widgets.chips import Chip, Chips, following
from tui.widgets.facet_pane import FacetPane, facet_rows, labels_of
from tui.widgets.overview.theme_strip import ThemeStrip
from tui.widgets.search import SearchField
from tui.widgets.table import Table

if TYPE_CHECKING:
    from textual.widgets import Input

    from planner.queries.items.filter_index import FilteredItems
    from planner.queries.items.views import ItemView
    from planner.queries.weeks.overview import Overview
    from tui.widgets.facet_pane import Labels
    from tui.widgets.options import Options


class FilteredPage(Page):
    """The base of screens with filters. Subclasses define `list_again`, which lists the items that pass `filters`.

    The screen has a search field, a strip of themes, facets, and chips for the active filters. `order` has the sort
    column, and True if the order is reversed. `columns` are the chosen columns; if empty, the default columns are
    shown. `view_name` is the name of the saved view that was opened or saved last.
    """

    filters: reactive[Filters] = reactive(Filters(), init=False)
    order: reactive[Order] = reactive(BY_CODE, init=False)
    columns: reactive[tuple[str, ...]] = reactive((), init=False)

    def __init__(self) -> None:
        super().__init__()
        self.view_name = ""
        # Whether the search field gets the focus when the screen is ready.
        self._filtering = False
        # The chosen values, in the order in which they were chosen.
        self._chosen: list[tuple[Facet, Any]] = []

    @property
    def table(self) -> "Table[ItemView]":
        """Return the table of items."""
        return self.query_one("#items", Table)

    @property
    def own(self) -> str | None:
        """Return the key that identifies the person's organisation."""
        me = self.planner.me
        return me.organisation.key if me and me.organisation else None

    def list_again(self) -> None:
        """List the items that pass the filters."""
        raise NotImplementedError

    def begin(self) -> None:
        """Set the initial focus."""
        if self._filtering:
            self.query_one(SearchField).open()
        else:
            self.table.focus()

    def narrow(self, filters: Filters) -> None:
        """Replace all filters with the given filters."""
        self.filters = filters

    def take_theme(self, theme: int | None) -> bool:
        """Filter by another theme. The other filters stay."""
        self.filters = self.filters.choosing(Facet.THEME, () if theme is None else (theme,))
        return True

    def watch_filters(self, filters: Filters) -> None:
        """List the items that pass the new filters, and show their search text in the search field."""
        self._chosen = following(self._chosen, filters)
        if self.is_mounted:
            search = self.query_one(SearchField)
            with search.prevent(SearchField.Changed):
                search.value = filters.search
            search.display = bool(filters.search) or (search.display and search.has_focus)
        self.list_again()

    def show_counts(self, standing: "Overview", narrowed: "FilteredItems", labels: "Labels") -> None:
        """Show for each theme and each value of a facet how many items it would select."""
        self.query_one(FacetPane).show(
            facet_rows(narrowed.counts, narrowed.filters, labels), empty=tr("No item is listed.")
        )
        themes = narrowed.filters.chosen(Facet.THEME)
        self.query_one(ThemeStrip).show_counts(standing.plan.themes, narrowed.counts[Facet.THEME], themes)

    def show_chips(self, summary: str, labels: "Labels") -> None:
        """Show a summary of the list, and the active filters."""
        chips = [Chip(facet, value, labels.of(facet, value)) for facet, value in self._chosen]
        words = one_line(self.filters.search)
        chips += [Chip(None, words, f"“{words}”")] if words else []
        line = self.query_one(Chips)
        line.summary, line.chips = summary, tuple(chips)

    def labels(self, standing: "Overview") -> "Labels":
        """Return the labels of the filter values."""
        return labels_of(standing, self.own)

    def on_options_chosen(self, event: "Options.Chosen") -> None:
        """Filter by the theme that was clicked."""
        self.take_theme(self.query_one(ThemeStrip).theme_at(event.index))

    def action_step_theme(self, by: int) -> None:
        """Filter by the next or the previous theme. "All themes" comes between the last theme and the first."""
        strip = self.query_one(ThemeStrip)
        if strip.labels:
            self.take_theme(strip.theme_at(strip.chosen + by))

    def action_filter(self) -> None:
        """Open the search field now, or as soon as the screen is ready."""
        if self.is_mounted:
            self.query_one(SearchField).open()
        else:
            self._filtering = True

    def on_input_changed(self, event: "Input.Changed") -> None:
        """Filter the rows while the person types."""
        self.filters = self.filters.searching(event.value)

    def action_facets(self) -> None:
        """Move between the list and the facets."""
        pane = self.query_one(FacetPane)
        leaving = pane.has_focus
        # The classes are set on these two widgets. A class on the screen would make Textual style every widget on it
        # again.
        pane.set_class(not leaving, "-open")
        self.table.set_class(not leaving, "-covered")
        (self.table if leaving else pane).focus()

    def on_facet_pane_toggled(self, event: FacetPane.Toggled) -> None:
        """Filter by a value of a facet, or remove this filter."""
        self.filters = self.filters.toggled(event.facet, event.value)

    def action_mine(self) -> None:
        """Turn the filter "mine" on or off. It selects the items in which the person's organisation takes part."""
        if self.own is None:
            self.notify(tr("You belong to no organisation in this plan, so no items are yours."), markup=False)
        else:
            self.filters = self.filters.toggled(Facet.MINE, self.own)

    def on_chips_removed(self, event: Chips.Removed) -> None:
        """Remove the filter of the chip."""
        self.filters = event.chip.without(self.filters)

    def action_drop_chip(self) -> None:
        """Remove the search if there is one, otherwise the filter that was chosen last."""
        chips = self.query_one(Chips).chips
        if chips:
            self.filters = chips[-1].without(self.filters)

    def action_clear(self) -> None:
        """Remove all filters."""
        self.filters = Filters()
