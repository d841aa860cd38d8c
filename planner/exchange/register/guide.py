"""The first sheet of an exported workbook: what the file is, what may be changed in it, and where to send it."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from planner.base.language import in_language, nearest_language, tr, tr_later
from planner.base.visible_text import right_to_left
from planner.domain.symbols import SIMULATED
from planner.exchange.register.tables import RegisterTable
from planner.intake.files.own_files import guide_end
from planner.register.plan_view import PlanView
from planner.weekly.workbook import looks
from planner.weekly.workbook.cells import put_text
from planner.weekly.workbook.looks import CellFormats, Properties
from planner.weekly.workbook.pages import lay_out
from planner.weekly.workbook.sheet import set_height
from planner.weekly.workbook.texts import cell_text, lines_needed, tab_text

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

_LABEL_WIDTH, _TEXT_WIDTH = 26, 92

# A line of the sheet: a label and a text.
_Line = tuple[str, str]


def add_guide(
    book: "Workbook", formats: CellFormats, plan: PlanView, tables: Sequence[RegisterTable], until: date | None
) -> None:
    """Add the sheet, in the plan's language if the program has messages in it, and else in English.

    `until` is the last day whose facts are in the file. The sheet's
    last row says that the program wrote it, so that an import leaves it out while nobody changes it.
    """
    with in_language(nearest_language(plan.language or "") or "en"):
        page = book.add_worksheet(tab_text(tr("About this file")))
        from_right = right_to_left(page.get_name())
        if from_right:
            page.right_to_left()
        page.set_column(0, 0, _LABEL_WIDTH)
        page.set_column(1, 1, _TEXT_WIDTH)
        page.hide_gridlines(2)
        lay_out(page, landscape=False)
        lines = [(cell_text(label), cell_text(text)) for label, text in _lines(plan, tables, until)]
        for row, line in enumerate(lines):
            _write(page, formats, row, line, _look_of(row, plan), from_right=from_right)
        for place, text in enumerate(guide_end(lines)):
            put_text(page, len(lines), place, text, formats.of(looks.QUIET))


def _look_of(row: int, plan: PlanView) -> Properties:
    """Return the look of the first cell of a row."""
    if row == 0:
        return looks.TITLE
    return looks.SIMULATED if row == 1 and plan.simulated else looks.LABEL


def _write(
    page: "Worksheet", formats: CellFormats, row: int, line: _Line, look: Properties, *, from_right: bool
) -> None:
    label, text = line
    # Programs judge the direction of a cell by its first letter, which may be that of a name in another script.
    direction: Properties = {"align": "right", "reading_order": 2} if from_right else {}
    if text:
        set_height(page, row, lines_needed(text, _TEXT_WIDTH))
    if label:
        put_text(page, row, 0, label, formats.of({**look, **direction}))
    if text:
        put_text(page, row, 1, text, formats.of({**looks.TEXT, **direction}))


def _lines(plan: PlanView, tables: Sequence[RegisterTable], until: date | None) -> Iterator[_Line]:
    yield tr("Register of the plan {plan}", plan=plan.title), ""
    yield tr_later(SIMULATED) if plan.simulated else "", ""
    yield tr("What it is"), tr("What the plan wants done, by whom and by when, as the office has recorded it.")
    if until is not None:
        yield "", tr("It has what was recorded until {day}.", day=until)
    yield "", tr("The office keeps it in a program. This file shows it, and brings corrections back.")
    yield "", ""
    yield from _instructions()
    yield "", ""
    for number, table in enumerate(tables):
        count = f"{len(table.rows):,}"
        what = tr("{rows}: {count}", rows=tr_later(table.what), count=count)
        yield tr("The sheets") if number == 0 else "", f"{table.name}  –  {what}"
    yield "", ""


def _instructions() -> Iterator[_Line]:
    yield (
        tr("What you may change"),
        tr("Every cell below a blue heading. Hold the pointer over a heading to see what the column means."),
    )
    yield "", tr("Write days as year, month and day, such as {day}.", day="2020-03-31")
    yield "", tr("Write several names or titles of one cell on a line each (alt+enter in the cell).")
    yield "", tr("To add an item, write it in the first empty row of the sheet items, with a code of its own.")
    yield (
        tr("What to leave as it is"),
        tr("Columns with a grey heading are only for reading: changes in them are not taken."),
    )
    yield (
        "",
        tr("The columns code, key, login and number say which row a row is. Do not change them."),
    )
    yield "", tr("A row that is removed deletes nothing in the register. Tell the office what should be removed.")
    yield (
        tr("Where it goes"),
        tr("Save it as an Excel workbook (.xlsx), under any name, and send it back to the office that sent it."),
    )
    yield "", tr("The office sees each change beside what the register has, before it takes it (planner import).")
