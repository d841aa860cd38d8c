"""Looking through the parts of an XLSX workbook before it is read: whether that is possible, and what to tell people.

The reader of the cells makes a rectangle around all cells of a sheet, and says nothing about errors, missing values and
percents. The parts are looked through in pieces, so that this takes little memory whatever they contain.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape

from planner.base.language import tr
from planner.intake.files.archives import Archive, Relation, damaged, relations, require_plain
from planner.intake.files.input_file import InputFile
from planner.intake.files.limits import (
    LARGEST_TREE,
    LARGEST_UNPACKED,
    MOST_CELLS,
    MOST_COLUMNS,
    MOST_MERGED,
    MOST_ROWS,
    require_possible,
)
from planner.intake.files.workbooks.cell_formats import CellFormats, read_formats

# An attribute that looks like the name of a cell, which is quick to find, and one that looks like the number of a row.
_NAMED = re.compile(rb"""=\s*["']([A-Za-z]+)([0-9]+)["']""")
_NUMBERED = re.compile(rb"""=\s*["']([0-9]+)["']""")
_ROW = re.compile(rb"<(?:\w+:)?row[\s/>]")
# An empty cell, as the usual programs write it.
_EMPTY = re.compile(rb"""<c r="[A-Z]+[0-9]+"(?: s="[0-9]+")?\s*/>""")
_BLANKS = bytes.maketrans(b"\t\r\n", b"   ")

_FORMULA = re.compile(
    rb"""<(?:\w+:)?c\b([^>]*)>\s*<(?:\w+:)?f\b[^>]*?(?:/>|>([^<]*)</(?:\w+:)?f>)\s*(<(?:\w+:)?v>[^<]|<(?:\w+:)?is>)?"""
)
_ERROR = re.compile(
    rb"""<(?:\w+:)?c\b([^>]*\bt\s*=\s*["']e["'][^>]*)>(?:(?!</(?:\w+:)?c>).)*?<(?:\w+:)?v>([^<]*)""", re.DOTALL
)
_OF_TEXT = re.compile(rb"""\bt\s*=\s*["']str["']""")
_REFERENCE = re.compile(rb"""\br\s*=\s*["']([A-Za-z]+)([0-9]+)["']""")
# A formula that refers to another file. A number stands for its address, but some programs write its name.
_OUTSIDE = re.compile(rb"\[[0-9]+\]|\[[^\[\]]+\.(?i:xls[xmb]?|ods|csv)\][^\[\]!]*!")
_FROM_1904 = re.compile(rb"""<(?:\w+:)?workbookPr\b[^>]*\bdate1904\s*=\s*["'](?:1|true|on)["']""")
_SHEET = re.compile(rb"<(?:\w+:)?sheet\s([^>]*)>")
_NAME = re.compile(rb"""\bname\s*=\s*"([^"]*)\"""")
_ID = re.compile(rb"""\bid\s*=\s*["']([^"']*)["']""")

_COMMENTS = ("comments", "threadedComment")
_COMMENT = re.compile(rb"""<(?:\w+:)?(?:comment|threadedComment)\b[^>]*\bref\s*=\s*["']([A-Z]+[0-9]+)["']""")
_IN_FIRST_ROW = re.compile(r"[A-Z]+1")
_IS_HIDDEN = rb"""\bhidden\s*=\s*["'](?:1|true)["']"""
_HIDDEN_ROW = re.compile(rb"<(?:\w+:)?row\b([^>]*" + _IS_HIDDEN + rb"[^>]*)>")
_HIDDEN_COLUMN = re.compile(rb"<(?:\w+:)?col\b([^>]*" + _IS_HIDDEN + rb"[^>]*)>")
_ROW_NUMBER = re.compile(rb"""\br\s*=\s*["']([0-9]+)["']""")
_FIRST = re.compile(rb"""\bmin\s*=\s*["']([0-9]+)["']""")
_LAST = re.compile(rb"""\bmax\s*=\s*["']([0-9]+)["']""")

# Macros, settings of printers and the like, which are not read.
_BINARY = ".bin"

# How many faulty cells of each kind are named for a sheet.
MOST_NAMED = 100
MOST_STRUCK = 100_000

Cell = tuple[int, int]


@dataclass
class SheetScan:
    """What was found in a sheet: its size, and cells to tell people about, by row and column from 1."""

    rows: int = 0
    columns: int = 0
    # The name of its part, if the workbook has parts.
    part: str = ""
    # Whether it surely has no cell with a value, so that its many empty cells need not be read.
    is_empty: bool = False
    # The rows of cells without names so far.
    unnamed_rows: int = 0
    last_row: int = 0
    errors: dict[Cell, str] = field(default_factory=dict)
    without_value: list[Cell] = field(default_factory=list)
    from_outside: list[Cell] = field(default_factory=list)
    percents: set[Cell] = field(default_factory=set)
    # Cells whose text is struck through.
    struck: set[Cell] = field(default_factory=set)
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)
    commented: list[str] = field(default_factory=list)


@dataclass
class WorkbookScan:
    """What was found in a workbook, and in each of its sheets by its name."""

    from_1904: bool
    sheets: dict[str, SheetScan]


def scan_workbook(source: InputFile, archive: Archive, part: str) -> WorkbookScan:
    """Look through the parts of a workbook that are read. `part` is the one that names the sheets.

    Raises ImportFileError if they cannot be read safely.
    """
    book = _small(source, archive, part)
    found = _relations(source, archive, part)
    # The reader might find a part that is not exactly where its relation says.
    bases = {_base(one.part) for one in found if not one.part.lower().endswith(_BINARY)}
    parts = [name for name in archive.names if _base(name) in bases]
    if sum(archive.size(name) for name in parts) > LARGEST_UNPACKED:
        raise source.too_large(LARGEST_UNPACKED)
    formats = read_formats(b"".join(_small(source, archive, one.part) for one in found if one.kind == "styles"))
    scans = {name.lower(): _scan_part(source, archive, name, formats) for name in parts}
    targets = {one.id: one.part.lower() for one in found}
    sheets = {}
    for sheet in _SHEET.finditer(book):
        target = targets.get(_attribute(sheet[1], _ID), "")
        if target.endswith(_BINARY):
            raise damaged(source)
        sheets[unescape(_attribute(sheet[1], _NAME))] = scans.get(target, SheetScan())
    return WorkbookScan(_FROM_1904.search(book) is not None, sheets)


def _commented_cells(source: InputFile, archive: Archive, part: str) -> list[str]:
    """Return the names of cells of a sheet with comments, some of them if there are many.

    Comments on headings explain these.
    """
    cells: set[str] = set()
    for one in _relations(source, archive, part):
        if one.kind in _COMMENTS and one.part in archive:
            for chunk in archive.chunks(one.part):
                named = (found[1].decode() for found in _COMMENT.finditer(chunk))
                cells.update(cell for cell in named if not _IN_FIRST_ROW.fullmatch(cell))
                if len(cells) >= MOST_NAMED:
                    break
    return sorted(cells, key=lambda cell: (len(cell), cell))


def _relations(source: InputFile, archive: Archive, part: str) -> list[Relation]:
    """Return what a part refers to."""
    folder, _, base = part.rpartition("/")
    return relations(_small(source, archive, f"{folder}/_rels/{base}.rels"), f"{folder}/")


def _scan_part(source: InputFile, archive: Archive, name: str, formats: CellFormats) -> SheetScan:
    try:
        scan = _scan(source, archive, name, formats, exact=False)
    except _TooLargeError:
        scan = _scan(source, archive, name, formats, exact=True)
    scan.commented = _commented_cells(source, archive, name)
    return scan


def _attribute(attributes: bytes, pattern: re.Pattern[bytes]) -> str:
    found = pattern.search(attributes)
    return found[1].decode("utf-8", "replace") if found else ""


class _TooLargeError(Exception):
    """The quick count of a sheet's rows and columns, which includes empty cells, is too large."""


def _base(name: str) -> str:
    return re.split(r"[/\\]", name)[-1].lower()


def _small(source: InputFile, archive: Archive, name: str) -> bytes:
    """Return a part that is small in any workbook, or nothing if there is no such part."""
    if name not in archive:
        return b""
    content = archive.read(name, LARGEST_TREE // 2)
    require_plain(source, content)
    return content


def pieces(source: InputFile, chunks: Iterator[bytes]) -> Iterator[bytes]:
    """Yield a part in pieces that end with a whole row, or with a whole text."""
    rest = b""
    for chunk in chunks:
        rest += chunk
        cut = (rest.rfind(b"row>") if b"row>" in rest else rest.rfind(b"/si>")) + 4
        if cut < 4:
            if len(rest) > LARGEST_TREE:
                raise source.too_large(LARGEST_TREE)
            continue
        yield rest[:cut]
        rest = rest[cut:]
    yield rest


def _scan(source: InputFile, archive: Archive, name: str, formats: CellFormats, *, exact: bool) -> SheetScan:
    """Look through a part. The usual empty cells are counted too unless `exact`, which takes longer."""
    scan = SheetScan(part=name)
    strings = merged = 0
    for piece in pieces(source, archive.chunks(name)):
        require_plain(source, piece)
        filled = _EMPTY.sub(b"", piece) if exact else piece
        _measure(scan, piece, filled, exact=exact)
        if not exact and _too_large(scan) and not _surely_too_large(scan, piece):
            raise _TooLargeError
        require_possible(scan.rows, scan.columns, f"{source.path}: {name}")
        strings += filled.count(b"si>") + filled.count(b"si/>")
        merged += filled.count(b"mergeCell ")
        if strings > 2 * MOST_CELLS or merged > MOST_MERGED:
            raise source.error(
                tr("the workbook has more texts or merged cells than a register"), tr("Delete what is not needed")
            )
        _note(scan, filled, formats)
    scan.is_empty = exact and not scan.rows
    source.take(scan.rows * scan.columns)
    return scan


def _too_large(scan: SheetScan) -> bool:
    return scan.rows > MOST_ROWS or scan.columns > MOST_COLUMNS or scan.rows * scan.columns > MOST_CELLS


def _surely_too_large(scan: SheetScan, piece: bytes) -> bool:
    """Return whether a sheet is too large because of this piece, in which no cell is empty."""
    return (scan.rows > MOST_ROWS or scan.columns > MOST_COLUMNS) and _EMPTY.search(piece) is None


def _measure(scan: SheetScan, piece: bytes, filled: bytes, *, exact: bool) -> None:
    """Widen the size of a sheet by the cells in a piece of it. `filled` is the piece without its empty cells."""
    cells = _count_cells(filled)
    names = (_REFERENCE if exact else _NAMED).findall(filled) if cells else []
    if cells > len(names):
        names = _REFERENCE.findall(piece)
        _measure_unnamed(scan, piece)
    scan.rows = max(scan.rows, _largest({row for _, row in names}))
    scan.columns = max(scan.columns, *(_column(letters) for letters in {letters for letters, _ in names}), 0)


def _measure_unnamed(scan: SheetScan, piece: bytes) -> None:
    """Widen the size of a sheet by cells without a name, which follow each other."""
    rows = _ROW.split(piece)
    scan.unnamed_rows += len(rows)
    scan.last_row = max(scan.last_row, _largest(set(_NUMBERED.findall(b"".join(row[:200] for row in rows)))))
    scan.rows = max(scan.rows, scan.last_row + scan.unnamed_rows)
    scan.columns += max(map(_count_cells, rows))


def _count_cells(piece: bytes) -> int:
    """Return how many cells begin in a piece, or more."""
    if b"c\n" in piece or b"c\t" in piece or b"c\r" in piece:
        piece = piece.translate(_BLANKS)
    number = piece.count(b"<c ") + piece.count(b"<c>") + piece.count(b"<c/")
    if b":c" in piece:
        number += piece.count(b":c ") + piece.count(b":c>") + piece.count(b":c/")
    return number


def _largest(numbers: set[bytes]) -> int:
    longest = max(numbers, key=lambda digits: (len(digits), digits), default=b"0")
    return int(longest) if len(longest) < 9 else MOST_CELLS


def _row(digits: bytes) -> int:
    return int(digits) if len(digits) < 9 else MOST_CELLS


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper()[:6]:
        number = number * 26 + letter - ord("A") + 1
    return number


def _note(scan: SheetScan, piece: bytes, formats: CellFormats) -> None:
    """Note the cells of a piece that people should know about."""
    if b"<f" in piece or b":f" in piece:
        for found in _FORMULA.finditer(piece):
            attributes, formula, value = found.groups()
            if formula and _OUTSIDE.search(formula):
                _add(scan.from_outside, attributes)
            elif value is None and not _OF_TEXT.search(attributes):
                _add(scan.without_value, attributes)
    if b't="e"' in piece or b"t='e'" in piece:
        for found in _ERROR.finditer(piece):
            cell = _cell(found[1])
            if cell and len(scan.errors) < MOST_NAMED:
                scan.errors[cell] = found[2].decode("utf-8", "replace")
    _note_formats(scan, piece, formats)
    if b"hidden" in piece:
        _note_hidden(scan, piece)


def _note_formats(scan: SheetScan, piece: bytes, formats: CellFormats) -> None:
    """Note the cells of a piece whose format changes what they say."""
    if formats.percents:
        scan.percents.update((_row(row), _column(letters)) for letters, row in formats.percents.findall(piece))
    if formats.struck and len(scan.struck) < MOST_STRUCK:
        scan.struck.update((_row(row), _column(letters)) for letters, row in formats.struck.findall(piece))


def _note_hidden(scan: SheetScan, piece: bytes) -> None:
    """Note the rows and the columns of a piece that the sheet hides."""
    for attributes in _HIDDEN_ROW.findall(piece):
        number = _ROW_NUMBER.search(attributes)
        if number and len(scan.hidden_rows) < MOST_NAMED:
            scan.hidden_rows.append(_row(number[1]))
    for attributes in _HIDDEN_COLUMN.findall(piece):
        first, last = _FIRST.search(attributes), _LAST.search(attributes)
        if first and last and len(scan.hidden_columns) < MOST_COLUMNS:
            scan.hidden_columns += range(_row(first[1]), min(_row(last[1]), MOST_COLUMNS) + 1)


def _add(cells: list[Cell], attributes: bytes) -> None:
    cell = _cell(attributes)
    if cell and len(cells) < MOST_NAMED:
        cells.append(cell)


def _cell(attributes: bytes) -> Cell | None:
    found = _REFERENCE.search(attributes)
    return (_row(found[2]), _column(found[1])) if found else None
