"""Telling people that comments on the cells of a workbook are not read."""

from collections.abc import Sequence

from planner.base.language import later, tr, tr_later
from planner.intake.files.input_file import InputFile
from planner.intake.files.workbooks.hidden import MOST_SHOWN

# What is said of comments on cells.
COMMENTS_LEFT = later("the comments on cells of this sheet are not imported")


def tell_of_comments(source: InputFile, sheet: str, cells: Sequence[str]) -> None:
    """Remark the cells of a sheet that have comments, if any. The comments on headings only explain these."""
    if cells:
        do = tr("Copy what should be imported into a column of notes")
        source.remark(tr_later(COMMENTS_LEFT), do, sheet=sheet, value=", ".join(cells[:MOST_SHOWN]))
