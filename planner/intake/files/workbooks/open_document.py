"""Reading OpenDocument spreadsheets (ODS). Repeated rows and cells are unfolded only if they have a value."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from xml.parsers import expat

from planner.base.language import tr
from planner.intake.files.archives import Archive, damaged, protected, require_plain
from planner.intake.files.input_file import STEP, InputFile, from_outside
from planner.intake.files.limits import LARGEST_UNPACKED, MOST_MERGED, MOST_SHEETS, require_possible
from planner.intake.files.values import whole_number
from planner.intake.files.workbooks.comments import tell_of_comments
from planner.intake.files.workbooks.hidden import tell_of_hidden, tell_of_hidden_sheet
from planner.intake.files.workbooks.open_document_looks import OpenDocumentLooks
from planner.intake.files.workbooks.workbook_parts import MOST_NAMED
from planner.intake.sheets import Merged, Row, Sheet, Value, letters_of

_OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
_TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0"
_TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
_SPREADSHEET = "opendocument.spreadsheet"
_MANIFEST = "META-INF/manifest.xml"

# Elements and attributes by the names that the parser gives.
_SHEET = f"{_TABLE} table"
_ROW = f"{_TABLE} table-row"
_COLUMN = f"{_TABLE} table-column"
_SHEET_NAME = f"{_TABLE} name"
_ROWS_REPEATED = f"{_TABLE} number-rows-repeated"
_COLUMNS_REPEATED = f"{_TABLE} number-columns-repeated"
_COLUMNS_SPANNED = f"{_TABLE} number-columns-spanned"
_ROWS_SPANNED = f"{_TABLE} number-rows-spanned"
_FORMULA = f"{_TABLE} formula"
_KIND = f"{_OFFICE} value-type"
_NUMBER = f"{_OFFICE} value"
_TRUTH = f"{_OFFICE} boolean-value"
_DAY = f"{_OFFICE} date-value"
_BLANKS = f"{_TEXT} s"
_BLANKS_COUNT = f"{_TEXT} c"
_TAB = f"{_TEXT} tab"
_LINE_BREAK = f"{_TEXT} line-break"
_PARAGRAPH = f"{_TEXT} p"

# A formula that refers to another file, by its address between quotation marks.
_FROM_OUTSIDE = re.compile(r"\['[^']*'#")

# What stands in a cell and is not its text: comments and drawings.
_COMMENT = f"{_OFFICE} annotation"
_LEFT_OUT = frozenset({_COMMENT, "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0 frame"})
_CELLS = frozenset({f"{_TABLE} table-cell", f"{_TABLE} covered-table-cell"})
# A table in a spreadsheet has some ten elements around its texts.
_DEEPEST = 200
# A row takes as much memory as so many cells, whose values are shared if they are repeated.
_ROW_COUNTS_AS = 16
_ERRORS = frozenset({"#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#N/A", "#NUM!", "#NULL!"})


def read_open_document(source: InputFile, archive: Archive) -> list[Sheet]:
    """Read a spreadsheet. Raises ImportFileError if it is damaged, protected, too large or no spreadsheet."""
    if "mimetype" in archive and _SPREADSHEET not in archive.read("mimetype", 1000).decode("ascii", "replace"):
        raise source.error(tr("this OpenDocument file is not a spreadsheet"), tr("Save the table as ODS, XLSX or DOCX"))
    if _MANIFEST in archive and b"encryption-data" in archive.read(_MANIFEST, 1_000_000):
        raise protected(source)
    if archive.size("content.xml") > LARGEST_UNPACKED:
        raise source.too_large(LARGEST_UNPACKED)
    reader = _Reader(source)
    parser = expat.ParserCreate("utf-8", " ")
    parser.buffer_text = True
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text
    try:
        for chunk in archive.chunks("content.xml"):
            require_plain(source, chunk)
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise damaged(source) from error
    return reader.sheets


class _Reader:
    """Receives the elements of a spreadsheet and makes its sheets."""

    def __init__(self, source: InputFile) -> None:
        self._source = source
        self.sheets: list[Sheet] = []
        # The cells of the sheet with comments, some of them if there are many.
        self._commented: list[str] = []
        self._merged: list[Merged] = []
        # Of the row that is being read: its number, how often it is repeated, and its values by column.
        self._number = 0
        self._repeated = 1
        self._values: dict[int, Value] = {}
        self._column = 0
        # Of the cell that is being read.
        self._cell: Mapping[str, str] | None = None
        self._parts: list[str] = []
        self._left_out = 0
        self._depth = 0
        self._looks = OpenDocumentLooks()

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take the beginning of an element."""
        self._depth += 1
        if self._depth > _DEEPEST:
            raise damaged(self._source)
        if self._left_out or (self._cell is not None and name in _LEFT_OUT):
            self._left_out += 1
            if name == _COMMENT:
                self._note_comment()
        elif name in _CELLS:
            self._cell, self._parts = attributes, []
        elif name == _SHEET:
            self._begin_sheet(attributes)
        elif name == _ROW:
            self._repeated = _count(attributes.get(_ROWS_REPEATED))
            self._values, self._column = {}, 0
            self._looks.note_row(attributes, self._number + 1, self._repeated)
        elif name == _COLUMN:
            self._looks.note_column(attributes, _count(attributes.get(_COLUMNS_REPEATED)))
        elif not self.sheets:
            self._looks.note_style(name, attributes)
        else:
            self._begin_text(name, attributes)

    def _note_comment(self) -> None:
        """Note that the cell which is being read has a comment. Comments on headings explain these."""
        if self._number and len(self._commented) < MOST_NAMED:
            self._commented.append(f"{letters_of(self._column + 1)}{self._number + 1}")

    def end(self, name: str) -> None:
        """Take the end of an element."""
        self._depth -= 1
        if self._left_out:
            self._left_out -= 1
        elif name in _CELLS:
            self._end_cell()
        elif name == _ROW:
            self._end_row()
        elif name == _SHEET and self.sheets:
            self._end_sheet(self.sheets[-1])

    def text(self, text: str) -> None:
        """Take a piece of text."""
        if self._cell is not None and not self._left_out:
            self._parts.append(text)

    def _begin_text(self, name: str, attributes: Mapping[str, str]) -> None:
        """Take an element that stands for blanks or a line end."""
        if name == _BLANKS:
            self._parts.append(" " * min(_count(attributes.get(_BLANKS_COUNT)), 1000))
        elif name == _TAB:
            self._parts.append("\t")
        elif name == _LINE_BREAK or (name == _PARAGRAPH and self._parts):
            self._parts.append("\n")

    def _begin_sheet(self, attributes: Mapping[str, str]) -> None:
        if len(self.sheets) >= MOST_SHEETS:
            raise self._source.error(
                tr("the workbook has more than {most} sheets", most=MOST_SHEETS), tr("Delete what is not needed")
            )
        self._number, self._merged, self._commented = 0, [], []
        self.sheets.append(Sheet(self._source.name, attributes.get(_SHEET_NAME, ""), []))
        if self._looks.begin_sheet(attributes):
            tell_of_hidden_sheet(self._source, self.sheets[-1].name)

    def _end_sheet(self, sheet: Sheet) -> None:
        sheet.merged = tuple(self._merged)
        sheet.struck = frozenset(self._looks.struck)
        tell_of_hidden(self._source, sheet, self._looks.hidden_rows, self._looks.hidden_columns)
        tell_of_comments(self._source, sheet.name, self._commented)
        self._source.on_rows(len(sheet.rows) % STEP)

    def _end_cell(self) -> None:
        attributes, self._cell = self._cell or {}, None
        repeated = _count(attributes.get(_COLUMNS_REPEATED))
        value = self._value(attributes)
        if value is not None:
            require_possible(1, self._column + repeated, str(self._source.path))
            for column in range(self._column, self._column + repeated):
                self._values[column] = value
            self._looks.note_cell(attributes, self._number + 1, self._column + 1, repeated)
        self._note_merged(attributes)
        self._column += repeated

    def _note_merged(self, attributes: Mapping[str, str]) -> None:
        if _COLUMNS_SPANNED not in attributes and _ROWS_SPANNED not in attributes:
            return
        columns = _count(attributes.get(_COLUMNS_SPANNED))
        rows = _count(attributes.get(_ROWS_SPANNED))
        if (columns > 1 or rows > 1) and len(self._merged) < MOST_MERGED:
            row, column = self._number + 1, self._column + 1
            self._merged.append(Merged(row, column, row + rows - 1, column + columns - 1))

    def _end_row(self) -> None:
        if self._values and self.sheets:
            width = max(self._values) + 1
            values = tuple(map(self._values.get, range(width)))
            rows = self.sheets[-1].rows
            require_possible(len(rows) + self._repeated, width, str(self._source.path))
            self._source.take(self._repeated * (width + _ROW_COUNTS_AS))
            rows += [Row(self._number + one, values) for one in range(1, self._repeated + 1)]
            if len(rows) % STEP == 0:
                self._source.on_rows(STEP)
        self._number += self._repeated
        self._values = {}

    def _value(self, attributes: Mapping[str, str]) -> Value:
        """Return the value of a cell. An error or a missing value is noted."""
        text = self._source.values.text("".join(self._parts))
        self._parts = []
        kind = attributes.get(_KIND, "")
        formula = _FORMULA in attributes
        if _FROM_OUTSIDE.search(attributes.get(_FORMULA, "")):
            self._fault("", *from_outside())
            return None
        if formula and (text in _ERRORS or (text or "").startswith(("Err:", "#"))):
            self._fault(
                text or "",
                tr("the formula of this cell ended with an error"),
                tr("Correct it in the workbook, or type the value"),
            )
            return None
        if formula and not kind:
            self._fault(
                "",
                tr("this cell has a formula without a stored value"),
                tr("Open the file in a spreadsheet program and save it"),
            )
            return None
        return self._typed(kind, attributes, text)

    def _typed(self, kind: str, attributes: Mapping[str, str], text: str | None) -> Value:
        raw: Any = attributes.get(_NUMBER, "")
        try:
            if kind in ("float", "currency"):
                return self._source.values.value(float(raw))
            if kind == "percentage":
                return f"{float(raw) * 100:.12g}%"
            if kind == "boolean":
                return attributes.get(_TRUTH) == "true"
            if kind == "date":
                return _day(attributes.get(_DAY, ""))
        except (ValueError, OverflowError):
            return text
        return text

    def _fault(self, value: str, what: str, do: str) -> None:
        place = self.sheets[-1].place(self._number + 1, self._column + 1)
        self._source.fault(place, value, what, do)


def _day(text: str) -> Value:
    moment = datetime.fromisoformat(text)
    return moment.date() if "T" not in text else moment


def _count(text: str | None) -> int:
    """Return how often something is repeated, or how far it reaches."""
    return max(1, whole_number(text, 1))
