"""Refusing two exports of one register in one import, because nobody can say which of their rows counts."""

from collections.abc import Iterable

from planner.base.errors import ImportFileError
from planner.base.language import tr
from planner.domain.codes import code_key
from planner.intake.exported_rows import ReadingTable
from planner.intake.layout.cells.texts import text_of
from planner.intake.proposed import DATA_BASIS

# One item that two files have can be a slip, and is an error of its row.
_FEWEST = 2


def require_one_export(tables: Iterable[ReadingTable]) -> None:
    """Raise ImportFileError if the items of two files that were exported from a register are the same."""
    earlier: dict[str, set[str]] = {}
    for table in tables:
        if table.subject != "items" or DATA_BASIS not in table.columns:
            continue
        codes = {code_key(text_of(table.value(row, "code")) or "") for row in table.rows} - {""}
        for file, others in earlier.items():
            if file != table.place.file and len(codes & others) >= _FEWEST:
                raise ImportFileError(
                    tr("this file and {other} are exports of a register with the same items", other=file),
                    where=table.place.file,
                    do=tr("Import one after the other: the second preview shows where the two differ"),
                )
        earlier.setdefault(table.place.file, set()).update(codes)
