"""The register: all items, with filters, a search, sorting, and a selection of several items."""

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.reactive import reactive

from planner.base.language import later, tr
from planner.queries.items.filters import Filters
from planner.queries.items.ordering import ORDERS
from tui.data.standing import is_large
from tui.keys import bindings
from tui.screens.register.copy import copied_rows
from tui.screens.register.filtered import FilteredPage
from tui.screens.register.listing import BY_CODE, Listing
from tui.screens.register.order import ask_columns, ask_order, next_order, sorted_title
from tui.screens.register.views import open_views, save_view
from tui.widgets.chips import Chips
from tui.widgets.empty_plan import how_to_fill
from tui.widgets.facet_pane import FacetPane
from tui.widgets.item.columns import chosen_columns
from tui.widgets.item.peek import Peek
from tui.widgets.overview.theme_strip import ThemeStrip
from tui.widgets.search import SearchField, nothing_matches
from tui.widgets.table import Table

if TYPE_CHECKING:
    from planner.queries.items.filter_index import FilteredItems
    from planner.queries.weeks.overview import Overview
    from tui.services.copying import Copied
    from tui.widgets.facet_pane import Labels


class RegisterScreen(FilteredPage):
    """The register. `selected` has the codes of selected items.

    A selected item stays selected even if the filters hide it.
    """

    BINDINGS: ClassVar[list[BindingType]] = [*bindings.REGISTER, *bindings.BACK]
    offers_acts = True
    keys_at_cursor = ("register.report", "register.select", "register.bulk")
    name_shown = later("Register")
    help_text = later(
        "All items of the plan. Filter them by text and by facets, and sort them by any column. An item "
        "is shown if it has one of the values chosen in each facet. Selected items stay selected while "
        "they are hidden."
    )

    selected: reactive[frozenset[str]] = reactive(frozenset(), init=False)

    def __init__(self) -> None:
        super().__init__()
        self._listing = Listing(self, self._listed)

    @property
    def command(self) -> str:
        """The command that gives the same as text."""
        return "planner items"

    def content(self) -> ComposeResult:
        """Yield the search, the themes, the active filters, the facets, the table and the full text of a row."""
        yield ThemeStrip()
        yield SearchField(tr("Search code, title, organisation…"))
        yield Chips(id="listed")
        with Horizontal(id="register"):
            yield FacetPane()
            yield Table(
                chosen_columns((), (), self.planner.draft_codes),
                lambda item: item.id,
                empty=tr("Reading the register…"),
                id="items",
                keeps_lines=True,
            )
        yield Peek()

    def on_mount(self) -> None:
        """Show the loaded data, and set the focus."""
        super().on_mount()
        self.watch(self.app, "draft_codes", self._use_columns, init=False)
        self.begin()

    def show(self, standing: "Overview") -> None:
        """List the items of the loaded plan."""
        self.list_again()

    def watch_order(self) -> None:
        """List the items in the new order."""
        self.list_again()

    def watch_selected(self) -> None:
        """Mark the selected items."""
        self._use_columns()
        self._tell()
        if self.is_mounted:
            self.keys_changed()

    def watch_columns(self) -> None:
        """Show the table with the new columns."""
        self._use_columns()

    def _use_columns(self) -> None:
        if self.is_mounted:
            self.table.use(chosen_columns(self.columns, self.selected, self.planner.draft_codes))

    def list_again(self) -> None:
        """List the items that pass the filters."""
        standing = self.planner.standing
        if standing is None or not self.query(Table):
            return
        if is_large(standing) and not self.table.rows and (self.filters, self.order) == (Filters(), BY_CODE):
            # Without filters, and in the default order, the first rows can be shown immediately.
            self.table.show(standing.items)
        self._listing.ask(standing, self.filters, self.order)

    def _listed(self, narrowed: "FilteredItems") -> None:
        standing = self.planner.standing
        if standing is None:
            return
        self.table.sorted_by = self.order
        searching = bool(narrowed.filters.search.strip())
        self.table.show(
            narrowed.items,
            empty=nothing_matches(self.planner, tr("No item matches the search."), self._listing.without_filters)
            if searching
            else (tr("No items.") if standing.total else how_to_fill(self.planner)),
            find=lambda item: narrowed.place_of(item.code),
        )
        labels = self.labels(standing)
        self.show_counts(standing, narrowed, labels)
        self._tell(labels)
        self.query_one(Peek).item = self.table.row

    def on_input_submitted(self) -> None:
        """Move the focus to the list. If only other filters hide all that the search finds, remove them."""
        self.table.focus()
        self._listing.when_there(self._show_hidden)

    def _show_hidden(self) -> None:
        if self._listing.without_filters:
            self.filters = Filters(search=self.filters.search)

    def _tell(self, labels: "Labels | None" = None) -> None:
        """Show how many items are listed, the sort order, and the active filters."""
        standing = self.planner.standing
        if standing is None or not self.query(Chips):
            return
        column, reverse = self.order
        shown, total, title = len(self.table.rows), standing.total, sorted_title(column)
        if reverse:
            summary = tr("{shown:,} of {total:,} items  by {column}, reversed", shown=shown, total=total, column=title)
        else:
            summary = tr("{shown:,} of {total:,} items  by {column}", shown=shown, total=total, column=title)
        summary += f", {tr('{count:,} selected', count=len(self.selected))}" if self.selected else ""
        self.show_chips(summary, labels or self.labels(standing))

    def action_back(self) -> None:
        """Go back one step: leave the facets, remove the search, the selection or the filters, or close the screen."""
        search = self.query_one(SearchField)
        if self.query_one(FacetPane).has_focus:
            self.action_facets()
        elif search.display:
            search.close()
            self.filters = self.filters.searching("")
            self.table.focus()
        elif self.selected:
            self.selected = frozenset()
        elif self.filters != Filters():
            self.filters = Filters()
        else:
            super().action_back()

    def action_sort(self) -> None:
        """Sort by the next visible column."""
        self.order = next_order(self.order, self.table.keys_seen)

    def action_reverse(self) -> None:
        """Reverse the order."""
        self.order = (self.order[0], not self.order[1])

    def on_table_titled(self, event: Table.Titled) -> None:
        """Sort by the column whose title was clicked. A second click reverses the order."""
        if event.key in ORDERS:
            self.order = (event.key, event.key == self.order[0] and not self.order[1])

    def action_sort_by(self) -> None:
        """Open a list to choose the sort column."""
        ask_order(self)

    def action_columns(self) -> None:
        """Open a list to choose the visible columns."""
        ask_columns(self)

    def action_views(self) -> None:
        """Open the list of saved views, to choose or delete one."""
        open_views(self)

    def action_save_view(self) -> None:
        """Save the filters, the order and the columns under a name."""
        save_view(self)

    def action_select(self) -> None:
        """Select or deselect the item under the cursor, and move to the next item."""
        item = self.table.row
        if item is not None:
            self.selected ^= {item.code}
            self.table.action_down()

    def action_select_all(self) -> None:
        """Select all listed items."""
        self._listing.when_there(self._select_all)

    def _select_all(self) -> None:
        self.selected = self.selected.union(self._listing.codes)

    def action_select_none(self) -> None:
        """Clear the selection."""
        self.selected = frozenset()

    def action_bulk(self) -> None:
        """Open the form that makes the same change to all selected items."""
        standing = self.planner.standing
        items = standing.items if standing is not None else ()
        self.planner.reports.open_bulk([item.code for item in items if item.code in self.selected])

    @property
    def pointed_item(self) -> str | None:
        """The code of the item under the cursor."""
        return self.table.row.code if self.table.row is not None else None

    def on_table_pointed(self, event: Table.Pointed) -> None:
        """Show the full text of the row under the cursor."""
        if event.table.id == "items":
            self.query_one(Peek).item = event.row

    def on_table_opened(self, event: Table.Opened) -> None:
        """Open the item of the row."""
        self._listing.when_there(self._open)

    def _open(self) -> None:
        item = self.table.row
        if item is not None:
            self.planner.navigator.open_item(item.code, self._listing.codes)

    def action_report(self) -> None:
        """Open the report form of the item under the cursor."""
        self.planner.loading.when_loaded(lambda: self._listing.when_there(self._report))

    def _report(self) -> None:
        item = self.table.row
        if item is not None:
            self.planner.reports.open_form(item.code)
        else:
            self.refuse_without_item(tr("Change the filters so that the item is listed"))

    def works(self, key: str) -> bool:
        """Return whether a key can do something at present. The key for several items needs selected ones."""
        return bool(self.selected) if key == "register.bulk" else super().works(key)

    def to_copy(self) -> "Copied | None":
        """Return the selected rows of the list, or all rows if no row is selected."""
        standing = self.planner.standing
        if standing is None:
            return None
        return copied_rows(self.table.rows, self.selected, standing.as_of)
