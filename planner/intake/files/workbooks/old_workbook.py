"""Looking through the records of an XLS workbook before it is read, as `workbook_parts` does for an XLSX workbook."""

import re
import struct
from collections.abc import Iterator
from typing import NamedTuple

from planner.intake.files.archives import damaged, protected
from planner.intake.files.input_file import InputFile
from planner.intake.files.limits import MOST_MERGED, require_possible
from planner.intake.files.workbooks.old_texts import OldTexts
from planner.intake.files.workbooks.workbook_parts import MOST_NAMED, MOST_STRUCK, SheetScan, WorkbookScan
from planner.intake.sheets import letters_of

_FILEPASS, _DATE_MODE, _BOUND_SHEET, _FORMAT, _XF, _EOF, _BOF = 0x2F, 0x22, 0x85, 0x41E, 0xE0, 0x0A, 0x809
_TEXTS, _CONTINUED, _TEXT = 0xFC, 0x3C, 0xFD
_DIMENSIONS, _MERGED, _FONT, _ROW, _COLUMNS, _NOTE = 0x200, 0xE5, 0x31, 0x208, 0x7D, 0x1C
# What says that a font is struck through, that a row is hidden, and that columns are.
_STRUCK, _HIDDEN_ROW, _HIDDEN_COLUMNS = 0x08, 0x20, 0x01
# The fifth font is never written.
_NO_FONT = 4
_NUMBER, _RK, _MULTIPLE_RK, _ERROR = 0x203, 0x27E, 0xBD, 0x205
_FORMULAS = (0x06, 0x206, 0x406)
# Records of cells that have a value: each begins with its row, its column and its format.
_CELLS = frozenset({_NUMBER, _RK, _MULTIPLE_RK, _ERROR, 0x204, _TEXT, 0xD6, *_FORMULAS})
_OF_NUMBERS = frozenset({_NUMBER, _RK, _MULTIPLE_RK, *_FORMULAS})
_ERRORS = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A"}
_PERCENTS = (9, 10)
# A percent sign that is only shown, as in 0"%", does not multiply the number by 100. Letters have one or two bytes.
_LITERAL = re.compile(rb'".*?"|\\\x00?%', re.DOTALL)
# A sheet of an old workbook has at most 65,536 rows and 256 columns.
_MOST_ROWS, _MOST_COLUMNS = 65_536, 256

Record = tuple[int, memoryview]


def scan_old_workbook(source: InputFile, stream: bytes) -> WorkbookScan:
    """Look through a workbook. Raises ImportFileError if it is protected or cannot be read safely.

    The sheets are named by their number, because the names are in the encoding of the computer.
    """
    from_1904 = False
    places: list[int] = []
    formats: list[tuple[int, int]] = []
    struck: list[bool] = []
    percents = set(_PERCENTS)
    texts: list[memoryview] = []
    before = 0
    for kind, data in _records(source, stream, 0):
        if kind == _FILEPASS:
            raise protected(source)
        before = _TEXTS if kind == _CONTINUED and before == _TEXTS else kind
        if before == _TEXTS:
            texts.append(data)
        if kind == _DATE_MODE:
            from_1904 = bytes(data[:1]) == b"\1"
        elif kind == _BOUND_SHEET and len(data) >= 4:
            places.append(struct.unpack_from("<L", data)[0])
        elif kind == _FORMAT and b"%" in _LITERAL.sub(b"", bytes(data)):
            percents.add(struct.unpack_from("<H", data)[0])
        elif kind == _XF and len(data) >= 4:
            formats.append(struct.unpack_from("<2H", data))
        elif kind == _FONT and len(data) >= 4:
            struck += [False] * (len(struck) == _NO_FONT)
            struck.append(bool(data[2] & _STRUCK))
    looks = _Looks(
        frozenset(place for place, (_, one) in enumerate(formats) if one in percents),
        frozenset(place for place, (font, _) in enumerate(formats) if font < len(struck) and struck[font]),
    )
    counted = OldTexts(source, texts)
    return WorkbookScan(
        from_1904, {str(number): _scan(source, stream, place, looks, counted) for number, place in enumerate(places)}
    )


class _Looks(NamedTuple):
    """The formats of percents, and those of text that is struck through, by their places."""

    percents: frozenset[int]
    struck: frozenset[int]


def _records(source: InputFile, stream: bytes, place: int) -> Iterator[Record]:
    """Yield the records from a place to the end of the part that begins there."""
    view = memoryview(stream)
    size = len(stream)
    depth = 0
    while place + 4 <= size:
        kind, length = struct.unpack_from("<HH", view, place)
        data = view[place + 4 : place + 4 + length]
        if len(data) < length:
            raise damaged(source)
        yield kind, data
        place += 4 + length
        if kind == _BOF:
            depth += 1
        elif kind == _EOF:
            depth -= 1
            if depth <= 0:
                return


def _scan(source: InputFile, stream: bytes, place: int, looks: _Looks, texts: OldTexts) -> SheetScan:
    scan = SheetScan()
    merged = 0
    for kind, data in _records(source, stream, place):
        if kind in _CELLS and len(data) >= 6:
            if kind == _TEXT:
                texts.take(data)
            _note_cell(scan, kind, data, looks)
        elif kind == _DIMENSIONS and len(data) >= 12:
            _, last_row, _, last_column = struct.unpack_from("<2L2H", data)
            if last_row > _MOST_ROWS or last_column > _MOST_COLUMNS:
                raise damaged(source)
        elif kind == _MERGED and len(data) >= 2:
            merged += struct.unpack_from("<H", data)[0]
        else:
            _note_hidden(scan, kind, data)
    if scan.columns > _MOST_COLUMNS or merged > MOST_MERGED:
        raise damaged(source)
    require_possible(scan.rows, scan.columns, str(source.path))
    source.take(scan.rows * scan.columns)
    return scan


def _note_cell(scan: SheetScan, kind: int, data: memoryview, looks: _Looks) -> None:
    """Widen the size of a sheet by a cell, and note what people should know about it."""
    row, column, form = struct.unpack_from("<3H", data)
    last = struct.unpack_from("<H", data, len(data) - 2)[0] if kind == _MULTIPLE_RK else column
    scan.rows, scan.columns = max(scan.rows, row + 1), max(scan.columns, column + 1, last + 1)
    if form in looks.percents and kind in _OF_NUMBERS:
        scan.percents.add((row + 1, column + 1))
    if form in looks.struck and len(scan.struck) < MOST_STRUCK:
        scan.struck.add((row + 1, column + 1))
    if (error := _error(kind, data)) and len(scan.errors) < MOST_NAMED:
        scan.errors[row + 1, column + 1] = error


def _note_hidden(scan: SheetScan, kind: int, data: memoryview) -> None:
    """Note a row or columns that the sheet hides, and a comment on a cell below the headings."""
    if kind == _NOTE and len(data) >= 4 and len(scan.commented) < MOST_NAMED:
        row, column = struct.unpack_from("<2H", data)
        if row:
            scan.commented.append(f"{letters_of(column + 1)}{row + 1}")
    if kind == _ROW and len(data) >= 14 and data[12] & _HIDDEN_ROW and len(scan.hidden_rows) < MOST_NAMED:
        scan.hidden_rows.append(struct.unpack_from("<H", data)[0] + 1)
    elif kind == _COLUMNS and len(data) >= 10 and data[8] & _HIDDEN_COLUMNS:
        first, last = struct.unpack_from("<2H", data)
        if len(scan.hidden_columns) < _MOST_COLUMNS:
            scan.hidden_columns += range(first + 1, min(last + 1, _MOST_COLUMNS) + 1)


def _error(kind: int, data: memoryview) -> str | None:
    """Return the error in a cell, or None if it has a value."""
    if kind == _ERROR and len(data) >= 8 and data[7] == 1:
        return _ERRORS.get(data[6], "#?")
    if kind in _FORMULAS and len(data) >= 14 and bytes(data[12:14]) == b"\xff\xff" and data[6] == 2:
        return _ERRORS.get(data[8], "#?")
    return None
