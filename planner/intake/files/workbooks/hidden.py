"""Telling people what a workbook hides: it is read like the rest, and they may not know of it."""

from collections.abc import Iterable

from planner.base.language import tr
from planner.intake.files.input_file import InputFile
from planner.intake.sheets import Sheet, letters_of

# So many hidden rows and columns are named.
MOST_SHOWN = 20


def tell_of_hidden_sheet(source: InputFile, name: str) -> None:
    """Remark a sheet that is hidden."""
    source.remark(
        tr("this sheet is hidden and was read like the others"), tr("Delete it if it is not needed"), sheet=name
    )


def tell_of_hidden(source: InputFile, sheet: Sheet, rows: Iterable[int], columns: Iterable[int]) -> None:
    """Remark the rows and columns that a sheet hides, also by a filter, if they have values."""
    used = {row.number for row in sheet.rows}
    width = max((len(row.values) for row in sheet.rows), default=0)
    hidden_rows = [str(row) for row in rows if row in used]
    hidden_columns = [letters_of(column) for column in columns if column <= width]
    do = tr("Delete what should not be imported")
    if hidden_rows:
        value = ", ".join(hidden_rows[:MOST_SHOWN])
        source.remark(tr("hidden rows were read like the others"), do, sheet=sheet.name, value=value)
    if hidden_columns:
        value = ", ".join(hidden_columns[:MOST_SHOWN])
        source.remark(tr("hidden columns were read like the others"), do, sheet=sheet.name, value=value)
