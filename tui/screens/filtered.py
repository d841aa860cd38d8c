"""What narrows the register: words, facets, themes, each as a chip that can be taken away."""

from typing import TYPE_CHECKING, Any

from textual.reactive import reactive

from planner.queries.items import Facet, Filters
from tui.marks import one_line
from tui.screens.page import Page
from tui.widgets.chips import Chip, Chips, following
from tui.widgets.facet_pane import FacetPane, facet_rows, labels_of
from tui.widgets.search import SearchField
from tui.widgets.table import Table
from tui.widgets.theme_strip import ThemeStrip

if TYPE_CHECKING:
    from textual.widgets import Input

    from planner.queries.filter_index import FilteredItems
    from planner.queries.overview import Overview
    from planner.queries.views import ItemView
    from tui.widgets.facet_pane import Labels
    from tui.widgets.options import Options


class FilteredPage(Page):
    """`filters` narrow what a subclass lists in `list_again`; it has a search, a strip of themes, facets and chips."""

    filters: reactive[Filters] = reactive(Filters(), init=False)

    def __init__(self) -> None:
        super().__init__()
        # Whether the search is to have the focus once the screen is there.
        self._filtering = False
        # Chosen values in the order in which they were chosen.
        self._chosen: list[tuple[Facet, Any]] = []

    @property
    def table(self) -> "Table[ItemView]":
        """The list."""
        return self.query_one("#items", Table)

    @property
    def own(self) -> str | None:
        """The key of the person's organisation."""
        me = self.planner.me
        return me.organisation.key if me and me.organisation else None

    def list_again(self) -> None:
        """List what passes the filters."""
        raise NotImplementedError

    def begin(self) -> None:
        """Put the focus where it belongs at first."""
        if self._filtering:
            self.query_one(SearchField).open()
        else:
            self.table.focus()

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
            search = self.query_one(SearchField)
            with search.prevent(SearchField.Changed):
                search.value = filters.search
            search.display = bool(filters.search) or (search.display and search.has_focus)
        self.list_again()

    def show_counts(self, standing: "Overview", narrowed: "FilteredItems", labels: "Labels") -> None:
        """Show how many items each facet and theme would leave."""
        self.query_one(FacetPane).show(facet_rows(narrowed.counts, narrowed.filters, labels))
        themes = narrowed.filters.chosen(Facet.THEME)
        self.query_one(ThemeStrip).tell(standing.plan.themes, narrowed.counts[Facet.THEME], themes)

    def show_chips(self, told: str, labels: "Labels") -> None:
        """Say what is listed, and what narrows it."""
        chips = [Chip(facet, value, labels.of(facet, value)) for facet, value in self._chosen]
        words = one_line(self.filters.search)
        chips += [Chip(None, words, f"“{words}”")] if words else []
        line = self.query_one(Chips)
        line.told, line.chips = told, tuple(chips)

    def labels(self, standing: "Overview") -> "Labels":
        """What the values are called."""
        return labels_of(standing, self.own)

    def on_options_chosen(self, event: "Options.Chosen") -> None:
        """Take the theme that was clicked."""
        self.take_theme(self.query_one(ThemeStrip).theme_at(event.index))

    def action_step_theme(self, by: int) -> None:
        """The next theme, or the one before, and all of them between the last and the first."""
        strip = self.query_one(ThemeStrip)
        if strip.labels:
            self.take_theme(strip.theme_at(strip.chosen + by))

    def action_filter(self) -> None:
        """Type what to search for."""
        if self.query(SearchField):
            self.query_one(SearchField).open()
        else:
            self._filtering = True

    def on_input_changed(self, event: "Input.Changed") -> None:
        """Narrow while it is typed."""
        self.filters = self.filters.searching(event.value)

    def on_input_submitted(self) -> None:
        """Go to the list that is left."""
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
