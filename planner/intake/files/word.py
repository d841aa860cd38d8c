"""Reading the tables of a Word file, or its list if it has no tables; or all its text."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from planner.base.errors import MissingLibraryError
from planner.base.language import tr
from planner.intake.files.archives import Archive, damaged, require_plain
from planner.intake.files.input_file import InputFile
from planner.intake.files.limits import LARGEST_TREE, require_text
from planner.intake.files.tables import TableRows, sheets_of
from planner.intake.files.values import whole_number
from planner.intake.files.word_numbering import Numbering
from planner.intake.sheets import Sheet

if TYPE_CHECKING:
    from planner.intake.files.texts.pasted import Line

_WORDS = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# Parts of a text that do not count: what was deleted or moved away, and a second form for old programs.
_LEFT_OUT = frozenset(
    {f"{_WORDS}del", f"{_WORDS}moveFrom", "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"}
)
# A table of 3,000 rows with 15 columns has about two million.
_MOST_TAGS = 4_000_000
_STRIKES = (f"{_WORDS}strike", f"{_WORDS}dstrike")
_LINE_ENDS = frozenset({f"{_WORDS}br", f"{_WORDS}cr"})


def read_word(source: InputFile, archive: Archive, part: str) -> list[Sheet]:
    """Read a Word file. Only its text is unpacked. Raises ImportFileError if it is damaged or too large."""
    document = _tree(source, archive, part)
    numbering = _numbering(source, archive)
    has_struck = any(next(document.iter(name), None) is not None for name in _STRIKES)
    reader = _Reader(source, numbering, has_struck=has_struck)
    for body in document.iterchildren(f"{_WORDS}body"):
        reader.read_blocks(body)
    return sheets_of(source, reader.tables, reader.lines)


def read_word_text(source: InputFile, archive: Archive, part: str) -> str:
    """Return the text of a Word file, a line for each paragraph, with the automatic numbers of paragraphs.

    Raises ImportFileError if the file is damaged or too large.
    """
    document = _tree(source, archive, part)
    numbering = _numbering(source, archive)
    return "\n".join(line for body in document.iterchildren(f"{_WORDS}body") for line in _lines(body, numbering))


def _lines(parent: Any, numbering: Numbering) -> Iterator[str]:
    """Yield the paragraphs in an element, also those in the cells of its tables."""
    for block in _blocks(parent):
        if block.tag == f"{_WORDS}p":
            yield _paragraph(block, numbering)
        else:
            for row in _blocks(block, "tr"):
                for cell in _blocks(row, "tc"):
                    yield from _lines(cell, numbering)


def _numbering(source: InputFile, archive: Archive) -> Numbering:
    if "word/numbering.xml" not in archive:
        return Numbering()
    return Numbering.of(_tree(source, archive, "word/numbering.xml"))


def _tree(source: InputFile, archive: Archive, part: str) -> Any:
    try:
        from docx.oxml.parser import parse_xml
        from lxml.etree import XMLSyntaxError
    except ImportError as error:
        raise MissingLibraryError(
            tr("reading a Word file needs python-docx, which is not installed"),
            where=str(source.path),
            do=tr("Install planner[import]"),
        ) from error
    content = archive.read(part, LARGEST_TREE)
    require_plain(source, content)
    tags = content.count(b"<")
    # Where a tag follows another one immediately, there is no text between them.
    require_text(tags, tags - content.count(b"><"), str(source.path))
    if tags > _MOST_TAGS:
        raise source.error(
            tr("the document is too long for a register"), tr("Copy its tables into a file of their own")
        )
    try:
        return parse_xml(content)
    except (XMLSyntaxError, ValueError) as error:
        raise damaged(source) from error


class _Reader:
    """Collects the tables of a document, and the lines outside them."""

    def __init__(self, source: InputFile, numbering: Numbering, *, has_struck: bool) -> None:
        self._source = source
        self._has_struck = has_struck
        self._numbering = numbering
        self.tables: list[Sheet] = []
        self.lines: list[Line] = []
        self._number = 0
        self._above = 0

    def read_blocks(self, parent: Any) -> None:
        """Read the paragraphs and tables in an element."""
        for block in _blocks(parent):
            if block.tag == f"{_WORDS}tbl":
                self._read_table(block)
                self._above = len(self.lines)
            else:
                self._number += 1
                self.lines.append((self._number, self._paragraph(block)))

    def _read_table(self, table: Any) -> None:
        rows = TableRows(self._source)
        above = [line for line in self.lines[self._above :] if line[1].strip()]
        self._above = len(self.lines)
        place = len(self.tables)
        grid = [_cells(row) for row in _blocks(table, "tr")]
        for number, row in enumerate(grid):
            rows.begin_row()
            for column, (cell, width, merge) in row.items():
                if merge == "continue" and number and column in grid[number - 1]:
                    continue
                text = "" if cell is None else self._cell(cell)
                rows.add(text, width, _height(grid, number, column))
                if self._has_struck and (struck := _struck_in(cell)):
                    rows.strike(text, struck)
        self.tables.insert(place, rows.finish(above))

    def _cell(self, cell: Any) -> str:
        """Return the text of a cell. A table in it becomes a table of its own."""
        texts = []
        for block in _blocks(cell):
            if block.tag == f"{_WORDS}tbl":
                self._read_table(block)
            else:
                texts.append(self._paragraph(block))
        text = "\n".join(texts).strip()
        # A cell that has only an automatic number.
        return text.rstrip(".．、)） ") if text and not any(map(_text, _blocks(cell, "p"))) else text

    def _paragraph(self, paragraph: Any) -> str:
        return _paragraph(paragraph, self._numbering)


def _paragraph(paragraph: Any, numbering: Numbering) -> str:
    """Return the text of a paragraph after its automatic number, if it has one."""
    number = numbering.next_number(paragraph)
    text = _text(paragraph)
    return f"{number} {text}" if number else text


_Cells = dict[int, tuple[Any, int, str]]


def _blocks(parent: Any, *names: str) -> Iterator[Any]:
    """Yield the children of these kinds, also those in fields for content and in tracked insertions."""
    wanted = {f"{_WORDS}{name}" for name in names or ("p", "tbl")}
    waiting = [iter(parent)]
    while waiting:
        for child in waiting[-1]:
            if child.tag in wanted:
                yield child
            elif child.tag in _WRAPPERS:
                waiting.append(iter(child))
                break
        else:
            waiting.pop()


_WRAPPERS = frozenset(f"{_WORDS}{name}" for name in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag"))


def _cells(row: Any) -> _Cells:
    """Return the cells of a row by their columns, from 0: each with its width, and how it is merged downwards."""
    cells: _Cells = {}
    column = 0
    if skipped := _number(row, "trPr", "gridBefore", 0):
        cells[column] = (None, skipped, "")
        column += skipped
    for cell in _blocks(row, "tc"):
        width = _number(cell, "tcPr", "gridSpan", 1)
        merge = cell.find(f"{_WORDS}tcPr/{_WORDS}vMerge")
        cells[column] = (cell, width, "" if merge is None else merge.get(f"{_WORDS}val", "continue"))
        column += width
    return cells


def _number(parent: Any, properties: str, name: str, default: int) -> int:
    """Return a number among the properties of a row or a cell."""
    found = parent.find(f"{_WORDS}{properties}/{_WORDS}{name}")
    return default if found is None else whole_number(found.get(f"{_WORDS}val"), default)


def _height(grid: list[_Cells], number: int, column: int) -> int:
    """Return how many rows a cell covers."""
    if grid[number][column][2] != "restart":
        return 1
    end = number + 1
    while end < len(grid) and column in grid[end] and grid[end][column][2] == "continue":
        end += 1
    return end - number


def _text(paragraph: Any) -> str:
    """Return the text of a paragraph as it is after all tracked changes."""
    parts: list[str] = []
    waiting = [paragraph]
    while waiting:
        element = waiting.pop()
        if element.tag == f"{_WORDS}t":
            parts.append(element.text or "")
        elif element.tag in _LINE_ENDS:
            parts.append("\n")
        elif element.tag == f"{_WORDS}tab":
            parts.append("\t")
        elif element.tag not in _LEFT_OUT:
            waiting += reversed(element)
    return "".join(parts)


def _struck_in(cell: Any) -> int:
    """Return how many characters of a cell are struck through, without blanks."""
    number = 0
    for run in cell.iter(f"{_WORDS}r") if cell is not None else ():
        marks = [run.find(f"{_WORDS}rPr/{name}") for name in _STRIKES]
        if any(mark is not None and mark.get(f"{_WORDS}val", "true") not in ("0", "false", "off") for mark in marks):
            number += len("".join("".join(text.text or "" for text in run.iter(f"{_WORDS}t")).split()))
    return number
