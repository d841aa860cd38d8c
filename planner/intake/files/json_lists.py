"""Reading a JSON document of long lists entry by entry, so that no more than a piece of its text is in memory."""

import codecs
import json
import re
from collections.abc import Iterator
from json import JSONDecodeError, JSONDecoder
from typing import Any, BinaryIO

_PIECE = 1 << 20
_BLANKS = re.compile(r"[ \t\r\n]*")
# What can stand at the end of a text that was cut off: nothing, or a part of a word, a number or a sign.
_CUT_PART = re.compile(r"\s*|[a-z]{1,4}|-|[.eE][-+]?|\\?u?[0-9a-fA-F]{0,4}")
_LONGEST_PART = 6
# A text in quotation marks that has no end.
_OPEN_TEXT = re.compile(r'"(?:[^"\\]|\\.)*\\?', re.DOTALL)


class BrokenJsonError(ValueError):
    """A text is no JSON. `line` is where that shows, and `is_cut` says that the text only ends too early."""

    def __init__(self, what: str, line: int, *, is_cut: bool) -> None:
        super().__init__(what)
        self.line = line
        self.is_cut = is_cut


class JsonLists:
    """A document that is one object. Its lists are read entry by entry, and its other values as a whole.

    `line` is the line in which the last value begins that was read.
    """

    def __init__(self, file: BinaryIO) -> None:
        file.seek(0)
        self._file = file
        beginning = file.read(_PIECE)
        # As `json.loads` does: UTF-8, UTF-16 or UTF-32, with halves of surrogate pairs as they are.
        self._decoder = codecs.getincrementaldecoder(json.detect_encoding(beginning))("surrogatepass")
        self._values = JSONDecoder()
        self._ended = not beginning
        # The text that is read and not yet used begins at this place.
        self._text = ""
        self._at = 0
        self.line = 1
        self._counted = 0
        self._decode(beginning)

    def fields(self) -> Iterator[tuple[str, Any]]:
        """Yield the name and the value of each field. The entries of a list are yielded by an iterator.

        A list must be used up before the next field. Raises BrokenJsonError or RecursionError if this is no such
        document.
        """
        self._take("{")
        if self._next() == "}":
            self._take("}")
        else:
            yield from self._separated("}", self._field)
        if self._next():
            raise self._broken("something follows the document", self._at)

    def _field(self) -> tuple[str, Any]:
        name = self._value()
        self._take(":")
        if self._next() != "[":
            return name, self._value()
        self._count_lines()
        return name, self._list()

    def _list(self) -> Iterator[Any]:
        self._take("[")
        if self._next() == "]":
            self._take("]")
        else:
            yield from self._separated("]", self._value)

    def _separated(self, end: str, read: Any) -> Iterator[Any]:
        """Yield what stands between commas, up to a sign that ends it."""
        while True:
            yield read()
            if self._next() == end:
                self._take(end)
                return
            self._take(",")

    def _next(self) -> str:
        """Return the next character that is no blank, or nothing at the end of the document."""
        while True:
            found = _BLANKS.match(self._text, self._at)
            self._at = found.end() if found else self._at
            if self._at < len(self._text) or self._ended:
                return self._text[self._at : self._at + 1]
            self._more()

    def _take(self, sign: str) -> None:
        if self._next() != sign:
            raise self._broken(f"{sign} is missing", self._at)
        self._at += 1

    def _value(self) -> Any:
        self._next()
        self._count_lines()
        while True:
            try:
                value, end = self._values.raw_decode(self._text, self._at)
            except JSONDecodeError as error:
                if self._ended:
                    raise self._broken(error.msg, error.pos) from error
            else:
                # A number at the end of the text may go on.
                if end < len(self._text) or self._ended:
                    self._at = end
                    return value
            self._more()

    def _more(self) -> None:
        """Read more text: as much as there is already, so that a long value is not searched too often."""
        self._count_lines()
        self._text = self._text[self._at :]
        self._at = self._counted = 0
        piece = self._file.read(max(_PIECE, len(self._text)))
        self._ended = not piece
        self._decode(piece)

    def _decode(self, piece: bytes) -> None:
        try:
            self._text += self._decoder.decode(piece, final=self._ended)
        except UnicodeDecodeError as error:
            # At the end of the file, the bytes of a character are incomplete.
            raise BrokenJsonError(error.reason, self._line_of(len(self._text)), is_cut=self._ended) from error

    def _count_lines(self) -> None:
        self.line = self._line_of(self._at)
        self._counted = self._at

    def _line_of(self, place: int) -> int:
        return self.line + self._text.count("\n", self._counted, place)

    def _broken(self, what: str, place: int) -> BrokenJsonError:
        rest = self._text[place : place + _LONGEST_PART]
        is_cut = _CUT_PART.fullmatch(rest) is not None or _OPEN_TEXT.fullmatch(self._text, place) is not None
        return BrokenJsonError(what, self._line_of(place), is_cut=is_cut)
