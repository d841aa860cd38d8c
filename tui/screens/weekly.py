"""The weekly file before it is written: the same rows and columns, for any week; and writing it."""

from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Static

from tui import keys
from tui.copying import Copied
from tui.data.weekly import read_sheet
from tui.marks import MUTED, TROUBLE
from tui.screens.page import Page
from tui.widgets.blocks import BlockPane
from tui.widgets.fold import Fold
from tui.widgets.sheet import pages, row_blocks, table_columns, told, totals
from tui.widgets.table import Table
from tui.widgets.trouble import sentence

if TYPE_CHECKING:
    from planner.errors import PlannerError
    from planner.queries.overview import Overview
    from planner.rules.weeks import Week
    from planner.weekly.table import Filled
    from tui.data.weekly import Sheet


class WeeklyScreen(Page):
    """Code and title stay while the other columns are paged; the line under the cursor stands beside in full."""

    BINDINGS: ClassVar[list[BindingType]] = [*keys.WEEKLY, *keys.BACK]
    name_shown = "Weekly file"
    help_text = (
        "The weekly progress file as it would be written now: a line per item, beside the week before. "
        "Choose the week, page through the columns, and write it: the bytes are those of 'planner weekly'."
    )

    def __init__(self) -> None:
        super().__init__()
        self._sheet: Sheet | None = None
        self._week: Week | None = None
        self._followed: Week | None = None
        self._page = 0
        self._table: Table[Any] = Table([], lambda row: row.item.code, empty="Reading the week…", id="rows")
        self._pane = BlockPane(id="row")

    def content(self) -> ComposeResult:
        """The week, the totals, which columns are seen, and the rows."""
        yield Static(markup=False, id="week")
        yield Static(markup=False, id="totals")
        yield Static(markup=False, id="columns")
        yield Fold({"Rows": self._table, "Row in full": self._pane})

    def on_mount(self) -> None:
        """Draw what is loaded and set the focus."""
        super().on_mount()
        fold = self.query_one(Fold)
        fold.title(self._pane, f"Row in full ({self.planner.key_for('weekly.row')})")
        self.watch(fold, "shown", self._fit_later)
        self._table.focus()

    def show(self, standing: "Overview") -> None:
        """Read the chosen week again; where the app looks from another week than before, that one."""
        if self._week is None or self._followed != standing.week:
            self._week = self._followed = standing.week
        self._read(self._week)

    def _read(self, week: "Week") -> None:
        door = self.planner.door
        self.planner.ask(self, lambda: read_sheet(door, week), self._arrived, self._refused)

    def _arrived(self, sheet: "Sheet") -> None:
        self._sheet, self._week = sheet, sheet.instance.week
        self.query_one("#week", Static).update(told(sheet))
        self.query_one("#totals", Static).update(totals(sheet))
        self._table.show(sheet.sections[0].rows, empty="No items.")
        # The rows may bring a scrollbar, which takes room from the columns.
        self._fit_later()

    def _refused(self, error: "PlannerError") -> None:
        """A week that cannot be had is told in its place; the one that is shown stays."""
        if self._sheet is not None:
            self._week = self._sheet.instance.week
        self.query_one("#week", Static).update(Content.styled(f"! {sentence(error.what)}", TROUBLE))

    @property
    def _section(self) -> "Filled[Any] | None":
        return self._sheet.sections[0] if self._sheet else None

    def on_resize(self) -> None:
        """Part the columns anew for another width."""
        self._fit_later()

    def _fit_later(self) -> None:
        self.call_after_refresh(self._fit)

    def _fit(self) -> None:
        """Show the columns of the page, and say which they are."""
        section, width = self._section, self._table.scrollable_content_region.width
        if section is None or not width:
            return  # nothing is read yet, or the line in full stands in the table's place
        parted = pages(section.section.all_columns, width)
        self._page = max(0, min(self._page, len(parted) - 1))
        self._table.use(table_columns(section, parted[self._page]))
        seen = ", ".join(column.words for column in parted[self._page])
        place = f"Columns {self._page + 1} of {len(parted)}  " if len(parted) > 1 else "Columns  "
        self.query_one("#columns", Static).update(Content.styled(f"{place}{seen}", MUTED))

    def action_columns(self, by: int) -> None:
        """The next columns, or those before; not beyond the ends."""
        self._page += by
        self._fit()

    def action_week(self, by: int) -> None:
        """The week after, or the one before."""
        if self._week is not None:
            self._week = self._week.next if by > 0 else self._week.previous
            self._read(self._week)

    def action_row(self) -> None:
        """The line under the cursor in full, or the table again."""
        fold = self.query_one(Fold)
        fold.turn_to(fold.shown + 1)

    def on_table_pointed(self, event: "Table.Pointed") -> None:
        """Show the line under the cursor in full."""
        if self._section is not None:
            self._pane.fill(row_blocks(self._section, event.row))
            self._pane.scroll_home(animate=False)

    def on_table_opened(self, event: "Table.Opened") -> None:
        """Open the item."""
        self.planner.open_item(event.row.item.code, [row.item.code for row in event.table.rows])

    def action_export(self) -> None:
        """Ask where to write the file, and write it."""
        from tui.screens.export import ExportDialog

        if self._sheet is not None:
            self.app.push_screen(ExportDialog(self._sheet), self._written)

    def _written(self, path: Path | None) -> None:
        if path is not None and self._sheet is not None:
            found, rows = self._sheet.instance, len(self._sheet.file.section("items").rows)
            self.notify(
                f"{rows} rows written to {path}\nThe same again: planner weekly {found.options}",
                markup=False,
                timeout=12,
            )

    def action_back(self) -> None:
        """From the line in full to the table, then to the screen before."""
        if self._pane.has_focus:
            self.query_one(Fold).turn_to(0)
        else:
            super().action_back()

    def to_copy(self) -> Copied | None:
        """The rows with all columns of the file."""
        section = self._section
        if self._sheet is None or section is None:
            return None
        rows = tuple(tuple(_plain(value) for value in line) for line in section.lines())
        names = tuple(column.words for column in section.section.all_columns)
        return Copied(f"Weekly file, {self._sheet.instance.week}", names, rows)


def _plain(value: Any) -> Any:
    return "; ".join(value) if isinstance(value, tuple) else value
