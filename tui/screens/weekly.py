"""Previews the weekly file of any week with all its rows and columns, and writes the file."""

from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Static

from planner.base.language import later, tr, tr_later
from tui.data.weekly import read_section, read_sheet
from tui.dialogs.pick import Pick, PickDialog
from tui.keys import bindings
from tui.marks import MUTED, STRONG, TROUBLE
from tui.screens.page import Page
from tui.services.copying import Copied
from tui.widgets.blocks import BlockPane
from tui.widgets.fold import Fold
from tui.widgets.sheet import column_pages, row_blocks, section_heading, table_columns, totals, week_heading
from tui.widgets.table import Table
from tui.widgets.trouble import sentence

if TYPE_CHECKING:
    from collections.abc import Callable

    from planner.base.errors import PlannerError
    from planner.domain.rules.weeks import Week
    from planner.queries.weeks.overview import Overview
    from planner.tables.table import Filled
    from tui.data.weekly import Sheet

# The name of the section that is shown first.
FIRST = "totals"


class WeeklyScreen(Page):
    """Shows one section of the weekly file at a time.

    The columns are divided into pages. The columns that identify a row are on every page. A pane shows the full row.
    The screen remembers for each section which page of columns was shown.
    """

    BINDINGS: ClassVar[list[BindingType]] = [*bindings.WEEKLY, *bindings.BACK]
    name_shown = later("Weekly file")
    help_text = later(
        "A preview of the weekly file, section by section, with the previous week for comparison. Choose "
        "the week and the section, and page through the columns. The written file is the same as that of "
        "'planner weekly'."
    )

    def __init__(self) -> None:
        super().__init__()
        self._sheet: Sheet | None = None
        self._week: Week | None = None
        self._followed: Week | None = None
        # Whether a week is being read, so that the sheet is not the one that was asked for last.
        self._reads_week = False
        self._section = FIRST
        self._pages: dict[str, int] = {}
        self._table: Table[Any] = Table([], self._identity, empty=tr("Reading the week…"), id="rows")
        self._pane = BlockPane(id="row")

    @property
    def command(self) -> str:
        """The command that gives the same as text."""
        return "planner weekly"

    def content(self) -> ComposeResult:
        """Yield the week, the totals, the section, the range of columns, and the rows."""
        yield Static(markup=False, id="week")
        yield Static(markup=False, id="totals")
        yield Static(markup=False, id="section")
        yield Static(markup=False, id="columns")
        yield Fold({tr("Rows"): self._table, tr("Row in full"): self._pane})

    def on_mount(self) -> None:
        """Show the loaded data, and set the focus."""
        super().on_mount()
        fold = self.query_one(Fold)
        fold.title(self._pane, tr("Row in full ({key})", key=self.planner.key_for("weekly.row")))
        self.watch(fold, "shown", self._fit_later)
        self._table.focus()

    def show(self, standing: "Overview") -> None:
        """Read the chosen week again. If the app's as-of week has changed, show that week instead."""
        if self._week is None or self._followed != standing.week:
            self._week = self._followed = standing.week
        self._read(self._week)

    def _read(self, week: "Week") -> None:
        door, name = self.planner.door, self._section
        self._reads_week = True
        # Reading a week of a large register takes many seconds.
        reading = Content.assemble((f"{week}", "bold"), (f"  {tr('Reading the week…')}", MUTED))
        self.query_one("#week", Static).update(reading, layout=False)
        self.planner.tasks.run(self, lambda: read_sheet(door, week, name), self._arrived, self._refused)

    def _arrived(self, sheet: "Sheet") -> None:
        if self._sheet is None or self._sheet.name != sheet.name:
            # The columns of one section cannot show the rows of another, so both are cleared first.
            self._table.show([])
            self._table.use([])
            self._table.action_top()
        self._sheet = sheet
        self._reads_week = False
        self._week, self._section = sheet.instance.week, sheet.name
        self._show_headings(sheet)
        self.query_one("#totals", Static).update(totals(sheet))
        self._table.show(sheet.filled.rows, empty=tr("Nothing this week."))
        # The new rows may add a scrollbar, which reduces the width for columns.
        self._fit_later()
        self.planner.awaited.arrived(self)

    def _show_headings(self, sheet: "Sheet") -> None:
        for name, heading in (("#week", week_heading), ("#section", section_heading)):
            line = self.query_one(name, Static)
            line.update(heading(sheet, line.content_size.width))

    def _when_read(self, opening: "Callable[[], None]") -> None:
        """Open a dialog about the sheet: now, or when the first one is read."""
        reads = self._reads_week or self.planner.standing is None
        if self._sheet is None and reads and self.planner.trouble is None:
            self.planner.awaited.ask(self, opening)
        else:
            opening()

    def _identity(self, row: Any) -> str:
        return self._sheet.filled.identity(row) if self._sheet else ""

    def _refused(self, error: "PlannerError") -> None:
        """Show an error in place of the week's name. The rows that were shown before stay visible."""
        self._reads_week = False
        if self._sheet is not None:
            self._week, self._section = self._sheet.instance.week, self._sheet.name
        self.query_one("#week", Static).update(Content.styled(f"! {sentence(error.what)}", TROUBLE))
        self.planner.awaited.failed(error)

    @property
    def _filled(self) -> "Filled[Any] | None":
        return self._sheet.filled if self._sheet else None

    def on_resize(self, event: events.Resize) -> None:
        """Divide the columns into pages for the new width."""
        super().on_resize(event)
        self._fit_later()
        if self._sheet is not None and not self._reads_week:
            self.call_after_refresh(self._show_headings, self._sheet)

    def _fit_later(self) -> None:
        self.call_after_refresh(self._fit)

    def _fit(self) -> None:
        """Show the columns of the present page, and their range."""
        filled, width = self._filled, self._table.scrollable_content_region.width
        if filled is None or not width:
            return  # no section is loaded yet, or the full row covers the table
        parted = column_pages(filled.columns, width)
        page = max(0, min(self._pages.get(self._section, 0), len(parted) - 1))
        self._pages[self._section] = page
        self._table.use(table_columns(filled, parted[page]))
        seen = ", ".join(tr_later(column.title) for column in parted[page])
        place = tr("Columns {page} of {pages}", page=page + 1, pages=len(parted)) if len(parted) > 1 else tr("Columns")
        self.query_one("#columns", Static).update(Content.styled(f"{place}  {seen}", MUTED))

    def action_columns(self, by: int) -> None:
        """Move to the next or the previous page of columns, up to the last or the first."""
        self._pages[self._section] = self._pages.get(self._section, 0) + by
        self._fit()

    def action_section(self, by: int) -> None:
        """Move to the next or the previous section. After the last section comes the first."""
        if self._sheet is not None:
            self._turn_to(self._sheet.beside(by))

    def action_sections(self) -> None:
        """Open a list to choose a section."""
        self._when_read(self._ask_section)

    def _ask_section(self) -> None:
        if self._sheet is not None:
            picks = [Pick(name, title) for name, title in self._sheet.titles.items()]
            self.app.push_screen(PickDialog(tr("Section"), picks, at=self._section), self._turn_to)

    def _turn_to(self, name: str | None) -> None:
        sheet = self._sheet
        if name is None or sheet is None or self._week is None:
            return
        self._section = name
        if self._reads_week:
            self._read(self._week)
        else:
            door = self.planner.door
            reading = Content.assemble((tr_later(sheet.titles[name]), STRONG), (f"  {tr('Reading…')}", MUTED))
            self.query_one("#section", Static).update(reading, layout=False)
            self.planner.tasks.run(self, lambda: read_section(door, sheet, name), self._arrived, self._refused)

    def action_week(self, by: int) -> None:
        """Move to the next or the previous week."""
        if self._week is not None:
            self._week = self._week.next if by > 0 else self._week.previous
            self._read(self._week)

    def action_row(self) -> None:
        """Switch between the table and the full row under the cursor."""
        fold = self.query_one(Fold)
        fold.turn_to(fold.shown + 1)

    def on_table_pointed(self, event: "Table.Pointed") -> None:
        """Show the full text of the row under the cursor."""
        if self._filled is not None:
            self._pane.fill(row_blocks(self._filled, event.row))
            self._pane.scroll_home(animate=False)

    def on_table_opened(self, event: "Table.Opened") -> None:
        """Open the item of the row, if the row has one."""
        codes = [code for code in map(self._code, event.table.rows) if code is not None]
        code = self._code(event.row)
        if code is not None:
            self.planner.navigator.open_item(code, list(dict.fromkeys(codes)))

    def _code(self, row: Any) -> str | None:
        filled = self._filled
        if filled is None or not any(column.name == "code" for column in filled.table.columns):
            return None
        code = filled.cell("code", row)
        return str(code) if code else None

    def action_export(self) -> None:
        """Ask for a path, and write the file."""
        self._when_read(self._ask_path)

    def _ask_path(self) -> None:
        from tui.dialogs.export import ExportDialog

        if self._sheet is not None:
            self.app.push_screen(ExportDialog(self._sheet), self._written)

    def _written(self, path: Path | None) -> None:
        if path is not None and self._sheet is not None:
            self.notify(
                tr(
                    "Wrote {path}. To reproduce it, use: planner weekly {options}",
                    path=path,
                    options=self._sheet.instance.options,
                ),
                markup=False,
                timeout=12,
            )

    def action_back(self) -> None:
        """Go back one step: return from the full row to the table, or close the screen."""
        if self._pane.has_focus:
            self.query_one(Fold).turn_to(0)
        else:
            super().action_back()

    def to_copy(self) -> Copied | None:
        """Return the rows of the section with all columns."""
        filled = self._filled
        if self._sheet is None or filled is None:
            return None
        rows = tuple(map(tuple, filled.lines()))
        names = tuple(column.words for column in filled.columns)
        return Copied(
            tr("Weekly file, {week}: {section}", week=self._sheet.instance.week, section=tr_later(filled.table.title)),
            names,
            rows,
        )
