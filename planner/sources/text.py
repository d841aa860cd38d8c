"""Decoding a copy to its NFC text, and finding the places in the text from which its normalised form comes."""

import codecs
import hashlib
import unicodedata
from bisect import bisect_left
from collections.abc import Container, Iterable, Iterator

from planner.base.errors import SourceError
from planner.base.language import tr
from planner.base.texts import invisible
from planner.sources import page

# A document has some tens of pages. Even a web page saved with its scripts is far smaller than this.
LARGEST_FILE = 8 * 1024 * 1024
LONGEST_TEXT = 1_000_000

# UTF-16 is accepted only with a byte-order mark, which gives the byte order.
_PDF = b"%PDF-"
_ARCHIVE = b"PK\x03\x04"
_BYTE_ORDER_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def text_of(content: bytes, where: str) -> str:
    """Return the NFC text of a file's bytes. For a saved web page, this is the visible text.

    The bytes must be UTF-8 with or without a byte-order mark, or UTF-16 with one. Raises SourceError for other bytes,
    for a file without text, and for a text that is too long to be a document.
    """
    text = unicodedata.normalize("NFC", _decoded(content, where))
    if page.is_page(text):
        text = unicodedata.normalize("NFC", page.text_of_page(text))
    if all(invisible(character) for character in text):
        raise SourceError(
            tr("the file contains no text"), where=where, do=tr("Save the document again and attach that copy")
        )
    if len(text) > LONGEST_TEXT:
        raise SourceError(
            tr("a text of {number:,} characters is too long for a document", number=len(text)),
            where=where,
            do=tr("Attach a single document"),
        )
    return text


def _decoded(content: bytes, where: str) -> str:
    if content.startswith(_PDF):
        raise SourceError(
            tr("this is a PDF, whose text cannot be read reliably"),
            where=where,
            do=tr("Save the document as plain text in UTF-8"),
        )
    if content.startswith(_ARCHIVE):
        raise SourceError(
            tr("this is a Word file, a workbook or another packed file, not text"),
            where=where,
            do=tr("Save the document as plain text in UTF-8 and attach that copy"),
        )
    encoding = next((name for mark, name in _BYTE_ORDER_MARKS if content.startswith(mark)), "utf-8")
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        raise SourceError(
            tr("this is not text in UTF-8 or UTF-16 (byte {number:,})", number=error.start + 1),
            where=where,
            do=tr("Save the document as plain text in UTF-8 and attach that copy"),
        ) from error
    if "\0" in text:
        raise SourceError(
            tr("this is a binary file, not text"), where=where, do=tr("Save the document as plain text in UTF-8")
        )
    return text


class NormalText:
    """A text and its normalised form.

    Points count code points of the text; indexes count those of the normalised form.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self._points = [point for point, character in enumerate(text) if not invisible(character)]
        self._letters = [text[point].encode("utf-8") for point in self._points]

    @property
    def form(self) -> str:
        """The normalised form of the text."""
        return "".join(self.text[point] for point in self._points)

    def __len__(self) -> int:
        return len(self._points)

    def index(self, point: int) -> int:
        """Return the index of the first visible character at or after a point."""
        return bisect_left(self._points, point)

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Return the start and end points of a range of the normalised form.

        `first` and `last` (exclusive) are the indexes of the range.
        """
        return self._points[first], self._points[last - 1] + 1

    def boundaries(self, first: int, last: int) -> Iterator[int]:
        """Yield the indexes from `first` to `last` (exclusive) at which a passage can begin.

        A passage cannot begin directly after a letter.
        """
        for index in range(first, last):
            point = self._points[index]
            if point == 0 or not self.text[point - 1].isalpha():
                yield index

    def windows(
        self, starts: Iterable[int], stop: int, lengths: range, wanted: Container[bytes]
    ) -> Iterator[tuple[bytes, int, int]]:
        """Yield the passages of the normalised form that have one of the wanted SHA-256 digests.

        Each passage is given as its digest, its first index and its end (exclusive). The length of the normalised form
        of a citation is not known, so every length in `lengths` is tried from each start. One incremental hash is used
        for all lengths. Nothing after the index `stop` is read.
        """
        for first in starts:
            shortest = first + lengths.start
            grown = hashlib.sha256(b"".join(self._letters[first : shortest - 1]))
            for last in range(shortest, min(first + lengths.stop, stop + 1)):
                grown.update(self._letters[last - 1])
                digest = grown.digest()
                if digest in wanted:
                    yield digest, first, last
