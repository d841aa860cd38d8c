"""Files that the program itself wrote for another purpose than an import, such as a status sheet or a weekly file."""

import shlex
from collections.abc import Iterable, Iterator, Sequence

from planner.base.errors import ImportFileError
from planner.base.fingerprints import fingerprint
from planner.base.language import tr
from planner.base.listing import listed
from planner.base.visible_text import shortened
from planner.intake.files.input_file import InputFile
from planner.intake.proposed import Problem, Severity
from planner.intake.sheets import Row, Sheet
from planner.tables.frame import FRAME_COLUMNS

# The text in the first cell of the hidden sheet of a status sheet, with the version of its form.
STATUS_SHEET_MARK = "planner-status-sheet/1"

# The text in the last row of the first sheet of an exported register, which only tells people what the file is.
GUIDE_MARK = "planner-register-guide/1"
# That sheet is short.
_ROWS_OF_GUIDE = 60
_COLUMNS_OF_GUIDE = 2

# What the program's pages say in their heads. A browser that saves a page keeps it.
_PAGE_MARK = b'<meta name="generator" content="planner">'

# The last headings of every table of a weekly file. The workbook has their titles, and the CSV their names.
_LAST_HEADINGS = tuple(column.words for column in FRAME_COLUMNS)
# Above the headings of a table in the workbook are at most a title and a few lines.
_ROWS_OF_HEADINGS = 6


def require_no_own_page(source: InputFile, beginning: bytes) -> None:
    """Raise ImportFileError if a page was written by this program, because its pages are only for reading."""
    if _PAGE_MARK in beginning:
        raise source.error(tr("this is a page that planner wrote, and it is only for reading"), _what_to_import())


def require_to_import(sheets: Iterable[Sheet]) -> None:
    """Raise ImportFileError if sheets are of status sheets or weekly files that this program wrote.

    The error names all of them, and which of the files an import takes.
    """
    files: dict[str, str] = {}
    for sheet in sheets:
        files[sheet.file] = files.get(sheet.file) or _written_as(sheet)
    status, weekly = ([name for name, kind in files.items() if kind == wanted] for wanted in (_STATUS, _WEEKLY))
    others = [name for name, kind in files.items() if not kind]
    if len(status) + len(weekly) == 1:
        raise _not_to_import((status or weekly)[0], others, is_status=bool(status))
    if status or weekly:
        raise ImportFileError(
            tr("an import takes none of these files: {files}", files=listed([*status, *weekly], 10)),
            do=" ".join(_what_to_do_with(status, weekly, others)),
        )


_STATUS, _WEEKLY = "status sheet", "weekly file"


def _written_as(sheet: Sheet) -> str:
    """Return what the program wrote a sheet as, or nothing if an import can take it."""
    if any(row.values[:1] == (STATUS_SHEET_MARK,) for row in sheet.rows[:1]):
        return _STATUS
    if any(headings[-len(_LAST_HEADINGS) :] == _LAST_HEADINGS for headings in _headings(sheet.rows)):
        return _WEEKLY
    return ""


def _not_to_import(name: str, others: Sequence[str], *, is_status: bool) -> ImportFileError:
    if is_status:
        what = tr("this is a status sheet, whose reports are not recorded by an import")
        do = tr("Record it with 'planner sheets in'")
    else:
        what = tr("this is a weekly file that planner wrote, and it is only for reading")
        do = _what_to_import()
    if others:
        do = f"{do}. {_import_others(others)}"
    return ImportFileError(what, where=name, do=do)


def _what_to_do_with(status: Sequence[str], weekly: Sequence[str], others: Sequence[str]) -> Iterator[str]:
    """Yield a sentence for each kind of files, with the command that takes them. The last one gets its full stop."""
    sentences = []
    if status:
        sentences.append(
            tr("Record the status sheets: {command}", command=shlex.join(["planner", "sheets", "in", *status]))
        )
    if weekly:
        sentences.append(tr("Weekly files are only for reading: {files}", files=listed(weekly, 10)))
    if others:
        sentences.append(_import_others(others))
    yield from (f"{sentence}." for sentence in sentences[:-1])
    yield sentences[-1]


def _import_others(others: Sequence[str]) -> str:
    command = shlex.join(["planner", "import", *others])
    return tr("Import the other files by themselves: {command}", command=command)


def guide_end(lines: Iterable[tuple[str, ...]]) -> tuple[str, str]:
    """Return the last row of the sheet that tells people what an exported register is: a mark, and a digest."""
    return GUIDE_MARK, fingerprint("register-guide", {"rows": [_words(line) for line in lines if any(line)]})[:16]


def without_guides(sheets: Iterable[Sheet]) -> tuple[list[Sheet], list[Problem]]:
    """Return sheets without those that only tell people what an exported register is.

    If somebody changed one or wrote something into it, a remark says that it is not read, and names the words beside
    and below those of the program.
    """
    kept: list[Sheet] = []
    remarks: list[Problem] = []
    for sheet in sheets:
        rows = [row for row in sheet.rows[: _ROWS_OF_GUIDE + 1] if any(row.values)]
        end = next((row for row in rows if row.values[0] == GUIDE_MARK), None)
        if end is None:
            kept.append(sheet)
        elif rows[-1] is not end or _texts(end)[:2] != guide_end(map(_texts, rows[:-1])):
            remarks.append(_changed_guide(sheet, rows, end.number))
    return kept, remarks


def _changed_guide(sheet: Sheet, rows: Iterable[Row], end: int) -> Problem:
    """Return the remark about a sheet that only tells people what the file is, and that somebody changed."""
    written = [
        (sheet.place(row.number, column), str(value))
        for row in rows
        for column, value in enumerate(row.values, 1)
        if value and (column > _COLUMNS_OF_GUIDE or row.number > end)
    ]
    what = tr("somebody wrote on this sheet, which only says what the file is; nothing of it is read")
    if not written:
        what = tr("somebody changed this sheet, which only says what the file is; nothing of it is read")
    place, text = written[0] if written else (sheet.place(), "")
    if len(written) > 1:
        what = f"{what} ({listed([str(place) for place, _ in written])})"
    do = tr("Write what should be imported into the other sheets")
    return Problem(Severity.REMARK, place, None, shortened(text, 60), what, do)


def _texts(row: Row) -> tuple[str, ...]:
    return tuple(str(value) for value in row.values if value)


def _words(line: Iterable[str]) -> list[str]:
    """Return the texts of a row. Programs change blanks and empty cells."""
    return [" ".join(text.split()) for text in line if text.strip()]


def _headings(rows: list[Row]) -> Iterator[tuple[str, ...]]:
    """Yield the texts of the first rows, which may be headings, in the form that names and titles share."""
    for row in rows[:_ROWS_OF_HEADINGS]:
        yield tuple(str(value or "").strip().lower().replace("_", " ") for value in row.values)


def _what_to_import() -> str:
    return tr(
        "To change items in a spreadsheet, edit and import the file of 'planner export register'; "
        "to collect reports, use 'planner sheets out' and 'planner sheets in'"
    )
