"""Reading the tables of a saved web page, or its list if it has no tables. Portals also give such pages as XLS."""

import codecs
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from planner.base.errors import BadValueError, MissingLibraryError
from planner.base.language import tr
from planner.intake.files.input_file import InputFile
from planner.intake.files.limits import LARGEST_TREE, MOST_ROWS, require_text
from planner.intake.files.tables import TableRows, sheets_of
from planner.intake.files.texts.encodings import find_encoding, named_encoding, undecodable
from planner.intake.files.texts.pasted import Line
from planner.intake.files.values import whole_number
from planner.intake.sheets import Sheet

_CHUNK = 1 << 18
_META = re.compile(rb"""<meta[^>]+charset\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
_XML = re.compile(rb"""^\s*<\?xml[^>]+encoding\s*=\s*["']([\w.:-]+)""")
_IN_BEGINNING = 8192

_UNSEEN = frozenset({"script", "style", "template", "noscript", "head", "select", "svg", "textarea", "button"})
_BLOCKS = frozenset(
    {"p", "div", "li", "ul", "ol", "dl", "dt", "dd", "h1", "h2", "h3", "h4", "h5", "h6", "section", "article", "header"}
    | {"footer", "nav", "pre", "blockquote", "center", "form", "hr", "body", "main", "figure", "figcaption", "caption"}
)
# Elements without an end. They cannot hide anything either.
_VOID = frozenset(
    {"br", "hr", "img", "input", "meta", "link", "col", "wbr", "area", "base", "embed", "source", "track"}
)
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_STRIKES = frozenset({"s", "strike", "del"})
_LINE_THROUGH = re.compile(r"text-decoration[a-z-]*\s*:[^;]*line-through", re.IGNORECASE)
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_MOST_NESTED = 100
_DEEPEST = 1000


def read_page(source: InputFile) -> list[Sheet]:
    """Read a saved web page. Raises ImportFileError if its encoding is unclear or it is too large."""
    encoding = source.options.encoding or _encoding(source)
    source.file.seek(0)
    return _sheets(source, encoding, iter(lambda: source.file.read(_CHUNK), b""))


def read_saved_page(source: InputFile) -> list[Sheet]:
    """Read a web page that was saved together with its pictures as one file (MHTML)."""
    from email import message_from_bytes
    from io import BytesIO

    message = message_from_bytes(source.content(LARGEST_TREE))
    if any(part.get_content_disposition() == "attachment" for part in message.walk()):
        # A mail has the form of a saved page, but what was sent is in its attachments.
        raise source.error(tr("this is a mail with attachments"), tr("Save the attachment, and give that file"))
    for part in message.walk():
        if part.get_content_type() in ("text/html", "application/xhtml+xml"):
            content = part.get_payload(decode=True)
            if isinstance(content, bytes):
                inner = InputFile(source.path, source.name, BytesIO(content), source.options, source.on_rows)
                sheets = read_page(inner)
                source.problems += inner.problems
                return sheets
    raise source.error(tr("there is no web page in this file"), tr("Save the page again as HTML"))


def _encoding(source: InputFile) -> str:
    """Return the encoding of a page: what its bytes surely are, then what it says, then what is plausible."""
    source.file.seek(0)
    beginning = source.file.read(_IN_BEGINNING)
    said = _XML.search(beginning) or _META.search(beginning)
    if said is None or beginning.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        return find_encoding(source.file, str(source.path))
    try:
        return named_encoding(said[1].decode("ascii"))
    except BadValueError:
        return find_encoding(source.file, str(source.path))


def _sheets(source: InputFile, encoding: str, chunks: Iterator[bytes]) -> list[Sheet]:
    try:
        from lxml.etree import HTMLParser, LxmlError
    except ImportError as error:
        raise MissingLibraryError(
            tr("reading a web page needs lxml, which is not installed"),
            where=str(source.path),
            do=tr("Install planner[import]"),
        ) from error
    page = _Page(source)
    parser = HTMLParser(target=page, encoding="utf-8", no_network=True)
    try:
        for text in _decoded(source, encoding, chunks):
            parser.feed(text.encode("utf-8", "replace"))
            require_text(page.elements, page.texts, str(source.path))
        parser.close()
    except LxmlError as error:
        raise source.error(
            tr("the web page is damaged"), tr("Open it in a browser and save it again as HTML")
        ) from error
    return sheets_of(source, page.tables, page.lines)


def _decoded(source: InputFile, encoding: str, chunks: Iterator[bytes]) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        for chunk in chunks:
            yield decoder.decode(chunk)
        yield decoder.decode(b"", final=True)
    except UnicodeError as error:
        raise undecodable(encoding, error, str(source.path)) from error


@dataclass
class _Table:
    """A table that is being read, and the cell in it."""

    rows: TableRows
    place: int
    above: list[Line]
    cell: list[str] | None = None
    columns: int = 1
    height: int = 1
    in_row: bool = False
    # How many characters of the cell are struck through.
    struck: int = 0


@dataclass
class _Page:
    """Receives the parts of a page from the parser: collects its tables, and the lines outside them."""

    source: InputFile
    tables: list[Sheet] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    # How many there were so far. Blanks between elements are no texts.
    elements: int = 0
    texts: int = 0
    _open: list[_Table] = field(default_factory=list)
    _text: list[str] = field(default_factory=list)
    # The elements within one that is not shown, which is the first of them.
    _unseen: list[str] = field(default_factory=list)
    _above: int = 0
    _depth: int = 0
    # The depth of the element that strikes its text through, or 0.
    _strikes: int = 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Take the beginning of an element."""
        self.elements += 1
        self._depth += tag not in _VOID
        if self._depth > _DEEPEST:
            raise self.source.error(tr("the page is nested too deeply"), tr("Copy the table into a spreadsheet"))
        if self._unseen or tag in _UNSEEN or (attributes and _is_hidden(attributes)):
            if tag not in _VOID:
                self._unseen.append(tag)
            return
        if not self._strikes and (
            tag in _STRIKES or (attributes and _LINE_THROUGH.search(attributes.get("style", "")))
        ):
            self._strikes = self._depth
        if tag == "table":
            self._begin_table()
        elif tag == "tr":
            self._begin_row()
        elif tag in ("td", "th"):
            self._begin_cell(attributes)
        elif tag == "br" or tag in _BLOCKS:
            self._add("\n")

    def end(self, tag: str) -> None:
        """Take the end of an element."""
        if tag in _VOID:
            return
        self._depth -= 1
        if self._depth < self._strikes:
            self._strikes = 0
        if self._unseen:
            self._unseen.pop()
        elif tag == "table":
            self._end_table()
        elif tag in ("td", "th", "tr"):
            self._end_cell()
        elif tag in _BLOCKS:
            self._add("\n")

    def data(self, text: str) -> None:
        """Take a piece of text."""
        self.texts += not text.isspace()
        if not self._unseen:
            self._add(text if text.isprintable() and "  " not in text else _BLANKS.sub(" ", text))

    def close(self) -> None:
        """Take the end of the page."""
        while self._open:
            self._end_table()
        self._end_lines()

    def _add(self, text: str) -> None:
        if not self._open:
            self._text.append(text)
        elif (cell := self._open[-1].cell) is not None:
            cell.append(text)
            if self._strikes:
                self._open[-1].struck += len("".join(text.split()))

    def _end_lines(self) -> None:
        if not self._text:
            return
        for line in "".join(self._text).split("\n"):
            if line.strip() and len(self.lines) < MOST_ROWS:
                self.lines.append((len(self.lines) + 1, line.strip()))
        self._text = []

    def _begin_table(self) -> None:
        if len(self._open) >= _MOST_NESTED:
            raise self.source.error(
                tr("the tables of this page are nested too deeply"), tr("Copy the table into a spreadsheet")
            )
        self._end_lines()
        self._open.append(_Table(TableRows(self.source), len(self.tables), self.lines[self._above :]))
        self._above = len(self.lines)

    def _end_table(self) -> None:
        self._end_cell()
        if self._open:
            table = self._open.pop()
            self.tables.insert(table.place, table.rows.finish(table.above))
            self._above = len(self.lines)

    def _begin_row(self) -> None:
        self._end_cell()
        if self._open:
            self._open[-1].rows.begin_row()
            self._open[-1].in_row = True

    def _begin_cell(self, attributes: Mapping[str, str]) -> None:
        self._end_cell()
        if not self._open:
            return
        table = self._open[-1]
        if not table.in_row:
            self._begin_row()
        table.cell, table.struck = [], 0
        table.columns = _span(attributes.get("colspan")) if attributes else 1
        table.height = _span(attributes.get("rowspan")) if attributes else 1

    def _end_cell(self) -> None:
        table = self._open[-1] if self._open else None
        if table is not None and table.cell is not None:
            text = "".join(table.cell)
            if "\n" in text:
                text = "\n".join(line.strip() for line in text.split("\n") if line.strip())
            table.rows.add(text, table.columns, table.height)
            if table.struck:
                table.rows.strike(text, table.struck)
            table.cell = None


def _is_hidden(attributes: Mapping[str, str]) -> bool:
    """Return whether a browser does not show an element."""
    return "hidden" in attributes or _HIDDEN.search(attributes.get("style", "")) is not None


def _span(text: str | None) -> int:
    """Return how many rows or columns a cell covers. 0 means all to the end of the table."""
    return min(whole_number(text, 1), MOST_ROWS)
