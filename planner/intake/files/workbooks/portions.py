"""A large sheet of an XLSX workbook as several small workbooks, each with some of its rows.

The reader of workbooks holds all cells of a sheet at once, and those of 100,000 items take more memory than all else.
"""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator

from planner.intake.files.archives import Archive
from planner.intake.files.input_file import InputFile
from planner.intake.files.limits import LARGEST_TREE
from planner.intake.files.workbooks.workbook_parts import pieces

# A sheet of fewer bytes is read at once. A portion has as many.
_PORTION = 1 << 20
# What the usual programs write. A sheet in any other form is read at once.
_BEGIN, _END = b"<sheetData>", b"</sheetData>"
_NUMBERED_ROW = re.compile(rb"""\s*<row r=["']([0-9]{1,9})["']""")
_TEXTS = "xl/sharedStrings.xml"
_BOOK = ("[Content_Types].xml", "_rels/.rels", "xl/workbook.xml", "xl/_rels/workbook.xml.rels")
_OTHERS = ("xl/styles.xml", _TEXTS)


def is_large(archive: Archive, name: str) -> bool:
    """Return whether a sheet is so large that it is read in portions. `name` is its part in the archive."""
    return archive.size(name) > _PORTION


def portions(source: InputFile, archive: Archive, name: str, last_row: int) -> Iterator[bytes] | None:
    """Return workbooks with the rows of a sheet, in their order, or None for one that is read at once.

    The last one has what follows the rows, such as the merged cells. `name` is the sheet's part in the archive. Rows
    after `last_row` have nothing but empty cells, and are left out.
    """
    others = [one for one in (*_BOOK, *_OTHERS) if one in archive]
    if not is_large(archive, name) or len(others) < len(_BOOK) or _size(archive, others) > LARGEST_TREE:
        return None
    found = _divided(source, archive, name)
    head = next(found, None)
    if head is None:
        return None
    content = {one: b"".join(archive.chunks(one)) for one in others}
    filled = (_until(last_row, piece) for piece in found)
    return (_workbook(content, name, head + rows) for rows in _grouped(filled, max(_PORTION, _size(archive, others))))


def _size(archive: Archive, names: Iterable[str]) -> int:
    return sum(map(archive.size, names))


def _divided(source: InputFile, archive: Archive, name: str) -> Iterator[bytes]:
    """Yield what is before the rows of a sheet, and then its rows in pieces. Yield nothing for an unusual sheet."""
    found = pieces(source, archive.chunks(name))
    first = next(found)
    at = first.find(_BEGIN)
    if at < 0 or not _NUMBERED_ROW.match(first, at + len(_BEGIN)):
        return
    yield first[: at + len(_BEGIN)]
    yield first[at + len(_BEGIN) :]
    yield from found


def _until(last_row: int, piece: bytes) -> bytes:
    """Return a piece without its rows if all of them are after the last one that is filled."""
    first = _NUMBERED_ROW.match(piece)
    if first is None or int(first[1]) <= last_row:
        return piece
    end = piece.find(_END)
    return piece[end:] if end >= 0 else b""


def _grouped(found: Iterator[bytes], size: int) -> Iterator[bytes]:
    """Yield pieces together, until they have a size. All but the last get the end that a sheet needs."""
    group: list[bytes] = []
    for piece in found:
        # A row without a number follows the one before it.
        if sum(map(len, group)) >= size and _NUMBERED_ROW.match(piece):
            yield b"".join((*group, _END, b"</worksheet>"))
            group.clear()
        group.append(piece)
    yield b"".join(group)


def _workbook(others: dict[str, bytes], name: str, sheet: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for one, content in (*others.items(), (name, sheet)):
            archive.writestr(one, content)
    return made.getvalue()
