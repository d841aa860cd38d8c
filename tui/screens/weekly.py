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
from tui.screens.pick import Pick, PickDialog
from tui.widgets.blocks import BlockPane
from tui.widgets.fold import Fold
from tui.widgets.sheet import pages, place_told, row_blocks, table_columns, told, totals
from tui.widgets.table import Table
from tui.widgets.trouble import sentence

if TYPE_CHECKING:
    from planner.errors import PlannerError
    from planner.queries.overview import Overview
    from planner.rules.weeks import Week
    from planner.weekly.table import Filled
    from tui.data.weekly import Sheet

# The section that is shown first.
FIRST = "totals"


class WeeklyScreen(Page):
    """A section at a time. What names a line stays while the other columns are paged; the line in full stands beside.

    Each section comes back at the page of columns where it was left.
    """

    BINDINGS: ClassVar[list[BindingType]] = [*keys.WEEKLY, *keys.BACK]
    name_shown = "Weekly file"
    help_text = (
        "The weekly progress file as it would be written now, section by section, beside the week before. Choose the "
        "week and the section, page through the columns, and write it: the bytes are those of 'planner weekly'."
    )

    def __init__(self) -> None:
        super().__init__()
        self._sheet: Sheet | None = None
        self._week: Week | None = None
        self._followed: Week | None = None
        self._section = FIRST
        self._pages: dict[str, int] = {}
        self._table: Table[Any] = Table([], self._identity, empty="Reading the week…", id="rows")
        self._pane = BlockPane(id="row")

    def content(self) -> ComposeResult:
        """The week, the totals, the section, which columns are seen, and the rows."""
        yield Static(markup=False, id="week")
        yield Static(markup=False, id="totals")
        yield Static(markup=False, id="section")
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
        door, name = self.planner.door, self._section
        self.planner.ask(self, lambda: read_sheet(door, week, name), self._arrived, self._refused)

    def _arrived(self, sheet: "Sheet") -> None:
        if self._sheet is None or self._sheet.name != sheet.name:
            # Rows of one section mean nothing to the columns of another.
            self._table.show([])
            self._table.use([])
            self._table.action_top()
        self._sheet = sheet
        self._week, self._section = sheet.instance.week, sheet.name
        self.query_one("#week", Static).update(told(sheet))
        self.query_one("#totals", Static).update(totals(sheet))
        self.query_one("#section", Static).update(place_told(sheet))
        self._table.show(sheet.filled.rows, empty="Nothing this week.")
        # The rows may bring a scrollbar, which takes room from the columns.
        self._fit_later()

    def _identity(self, row: Any) -> str:
        return self._sheet.filled.identity(row) if self._sheet else ""

    def _refused(self, error: "PlannerError") -> None:
        """A week that cannot be had is told in its place; the one that is shown stays."""
        if self._sheet is not None:
            self._week, self._section = self._sheet.instance.week, self._sheet.name
        self.query_one("#week", Static).update(Content.styled(f"! {sentence(error.what)}", TROUBLE))

    @property
    def _filled(self) -> "Filled[Any] | None":
        return self._sheet.filled if self._sheet else None

    def on_resize(self) -> None:
        """Part the columns anew for another width."""
        self._fit_later()

    def _fit_later(self) -> None:
        self.call_after_refresh(self._fit)

    def _fit(self) -> None:
        """Show the columns of the page, and say which they are."""
        filled, width = self._filled, self._table.scrollable_content_region.width
        if filled is None or not width:
            return  # nothing is read yet, or the line in full stands in the table's place
        parted = pages(filled.section.all_columns, width)
        page = max(0, min(self._pages.get(self._section, 0), len(parted) - 1))
        self._pages[self._section] = page
        self._table.use(table_columns(filled, parted[page]))
        seen = ", ".join(column.words for column in parted[page])
        place = f"Columns {page + 1} of {len(parted)}  " if len(parted) > 1 else "Columns  "
        self.query_one("#columns", Static).update(Content.styled(f"{place}{seen}", MUTED))

    def action_columns(self, by: int) -> None:
        """The next columns, or those before; not beyond the ends."""
        self._pages[self._section] = self._pages.get(self._section, 0) + by
        self._fit()

    def action_section(self, by: int) -> None:
        """The next section, or the one before; round from the last to the first."""
        if self._sheet is not None:
            self._turn_to(self._sheet.beside(by))

    def action_sections(self) -> None:
        """Choose a section from the list of all."""
        if self._sheet is not None:
            picks = [Pick(name, title) for name, title in self._sheet.titles.items()]
            self.app.push_screen(PickDialog("Section", picks, at=self._section), self._turn_to)

    def _turn_to(self, name: str | None) -> None:
        if name is not None and self._week is not None:
            self._section = name
            self._read(self._week)

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
        if self._filled is not None:
            self._pane.fill(row_blocks(self._filled, event.row))
            self._pane.scroll_home(animate=False)

    def on_table_opened(self, event: "Table.Opened") -> None:
        """Open the item that the line is about, if it is about one."""
        codes = [code for code in map(self._code, event.table.rows) if code is not None]
        code = self._code(event.row)
        if code is not None:
            self.planner.open_item(code, list(dict.fromkeys(codes)))

    def _code(self, row: Any) -> str | None:
        filled = self._filled
        if filled is None or not any(column.name == "code" for column in filled.section.columns):
            return None
        code = filled.cell("code", row)
        return str(code) if code else None

    def action_export(self) -> None:
        """Ask where to write the file, and write it."""
        from tui.screens.export import ExportDialog

        if self._sheet is not None:
            self.app.push_screen(ExportDialog(self._sheet), self._written)

    def _written(self, path: Path | None) -> None:
        if path is not None and self._sheet is not None:
            self.notify(
                f"Written to {path}. The same again: planner weekly {self._sheet.instance.options}",
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
        """The rows of the section with all their columns."""
        filled = self._filled
        if self._sheet is None or filled is None:
            return None
        rows = tuple(tuple(_plain(value) for value in line) for line in filled.lines())
        names = tuple(column.words for column in filled.section.all_columns)
        return Copied(f"Weekly file, {self._sheet.instance.week}: {filled.section.title}", names, rows)


def _plain(value: Any) -> Any:
    return "; ".join(value) if isinstance(value, tuple) else value
