"""Read a status sheet that came back: what it is, and what each of its sheets has.

Rows may be sorted, filtered or moved, and so may columns. A row is known by its hidden mark and its code, a column by
its heading.
"""

from collections.abc import Iterator, Mapping, Sequence

from planner.base.errors import BadValueError
from planner.base.language import in_language, tr, tr_later
from planner.base.listing import listed
from planner.intake.files.own_files import STATUS_SHEET_MARK
from planner.intake.files.workbooks.comments import COMMENTS_LEFT
from planner.intake.proposed import EXPORTED_FROM, Problem, Severity
from planner.intake.sheets import Place, Row, Sheet, Value
from planner.sheets.areas import AREAS, REPORTS, Area
from planner.sheets.identity import Identity, read_identity
from planner.sheets.reading.around import note_around
from planner.sheets.reading.cell_values import plain_text
from planner.sheets.reading.filled import FilledSheet
from planner.sheets.reading.rows_changed import note_copies, note_removed
from planner.sheets.reading.table import Table
from planner.sheets.words import same_text

# The headings are among the first rows of a sheet.
_ROWS_OF_HEADS = 40


def read_filled(file: str, digest: str, sheets: Sequence[Sheet], faults: Sequence[Problem] = ()) -> FilledSheet:
    """Return what was filled in. `faults` are the cells of the file whose values could not be read.

    Raises BadValueError if the file is not a status sheet that planner wrote, or lost what identifies it.
    """
    hidden = [sheet for sheet in sheets if _first_text(sheet) == STATUS_SHEET_MARK]
    if not hidden:
        raise _not_sent_out(file, sheets)
    identity = read_identity([_texts(row) for row in hidden[0].rows], file)
    for other in hidden[1:]:
        _require_same(identity, read_identity([_texts(row) for row in other.rows], file), file)
    found = FilledSheet(file, digest, identity, pages=tuple(sheet.name for sheet in sheets))
    unread = {fault.place: fault for fault in faults if fault.severity is Severity.ERROR}
    _note_comments(found, faults)
    tables = [table for sheet in sheets if sheet not in hidden for table in _read_sheet(found, sheet, unread)]
    for area in AREAS:
        own = [table for table in tables if table.area is area]
        if own:
            note_removed(found, own[0].sheet, area, own[0].seen.union(*(table.seen for table in own[1:])))
            note_copies(found, [table.sheet for table in own])
        else:
            _note_missing(found, area)
    return found


def _not_sent_out(file: str, sheets: Sequence[Sheet]) -> BadValueError:
    """Return the error for a file without the hidden sheet. Only workbooks have sheets with names."""
    headings = {value for sheet in sheets for row in sheet.rows[:1] for value in row.values}
    if EXPORTED_FROM in headings:
        return BadValueError(
            tr("this is an exported register, and no status sheet"), where=file, do=tr("Give it to 'planner import'")
        )
    if not any(sheet.name for sheet in sheets):
        return BadValueError(
            tr("this file has one table only, so it does not say which status sheet it is"),
            where=file,
            do=tr("Open the status sheet again, and save it as a workbook (.xlsx or .ods), not as CSV or text"),
        )
    return BadValueError(
        tr("this is not a status sheet that planner wrote, or its hidden sheet was removed"),
        where=file,
        do=tr("Give the workbook that 'planner sheets out' wrote, saved with all of its sheets"),
    )


def _require_same(one: Identity, other: Identity, file: str) -> None:
    """Raise BadValueError if a workbook has two status sheets in it."""
    if (one.organisation, one.week, one.known_at) == (other.organisation, other.week, other.known_at):
        return
    names = listed(dict.fromkeys(f"{sheet.organisation} {sheet.week}" for sheet in (one, other)))
    raise BadValueError(
        tr("somebody copied several status sheets into this workbook: {names}", names=names),
        where=file,
        do=tr("Give each of them in the workbook in which it was sent out"),
    )


def _note_comments(found: FilledSheet, faults: Sequence[Problem]) -> None:
    """Note the cells with comments, which are not read."""
    for fault in faults:
        if fault.what == tr_later(COMMENTS_LEFT):
            what = tr("comments on cells are not read")
            found.remark(fault.place, fault.value, what, tr("Write what should be reported in a yellow cell"))


def _note_missing(found: FilledSheet, area: Area) -> None:
    """Note that a table is missing. Raises BadValueError if it is the table of the reports."""
    with in_language(found.identity.language):
        name = area.name
    if area is REPORTS:
        raise BadValueError(
            tr("no sheet has the headings of the table '{name}'", name=name),
            where=found.file,
            do=tr("Write the status sheet again, and copy the entries into it"),
        )
    if found.identity.marks(area.key):
        what = tr("the table '{name}' is missing, so nothing of it is read", name=name)
        found.remark(Place(found.file), "", what)


def _first_text(sheet: Sheet) -> Value:
    return sheet.rows[0].values[0] if sheet.rows and sheet.rows[0].values else None


def _texts(row: Row) -> list[str]:
    texts = [plain_text(value) for value in row.values]
    while texts and not texts[-1]:
        texts.pop()
    return texts


def _read_sheet(found: FilledSheet, sheet: Sheet, faults: Mapping[Place, Problem]) -> Iterator[Table]:
    """Add what a sheet has, and yield its table, if it has one."""
    for number, row in enumerate(sheet.rows[:_ROWS_OF_HEADS]):
        for area in AREAS:
            columns = _columns(area, row, found.identity)
            if len(columns.keys() & {column.name for column in area.entries}) * 2 > len(area.entries):
                note_around(found, sheet, sheet.rows[:number])
                table = Table(found, sheet, area, columns, faults)
                table.read(row, sheet.rows[number + 1 :])
                yield table
                return
    note_around(found, sheet, sheet.rows)


def _columns(area: Area, row: Row, identity: Identity) -> dict[str, int]:
    """Return the numbers of the columns of a table that a row of headings has, counted from 0."""
    texts = [plain_text(value) for value in row.values]
    found = {}
    for column in area.columns:
        heading = identity.heading(area.key, column)
        numbers = [number for number, text in enumerate(texts) if text and same_text(text, heading)]
        if numbers:
            found[column.name] = numbers[0]
    return found
