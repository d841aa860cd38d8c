"""Counting the text that the cells of an XLS workbook have together, as `shared_texts` does for an XLSX workbook."""

import struct
from collections.abc import Iterator, Sequence
from contextlib import suppress

from planner.intake.files.input_file import InputFile
from planner.intake.files.limits import LARGEST_UNPACKED
from planner.intake.files.workbooks.shared_texts import too_much_text

# The bits of a text that say that its letters have two bytes, and that formats or a reading aid follow.
_WIDE, _FORMATTED, _EXTENDED = 0x01, 0x08, 0x04
# How many texts there are, and where they begin.
_COUNT_AT = 4
_FIRST = 8
# Where a cell has the number of its text.
_NUMBER_AT = 6


class OldTexts:
    """The texts of an XLS workbook, which it has once, and how much of them its cells have so far."""

    def __init__(self, source: InputFile, records: Sequence[memoryview]) -> None:
        """Take the record of the texts and those that continue it."""
        self._source = source
        self._total = 0
        self._lengths = list(_Lengths(records).read()) if records else []

    def take(self, cell: memoryview) -> None:
        """Take a cell that refers to a text. Raises ImportFileError if all cells have too much text together."""
        (number,) = struct.unpack_from("<L", cell, _NUMBER_AT) if len(cell) >= _NUMBER_AT + 4 else (0,)
        self._total += self._lengths[number] if number < len(self._lengths) else 0
        if self._total > LARGEST_UNPACKED:
            raise too_much_text(self._source)


class _Lengths:
    """Reads how many bytes each text takes. A text can go on in the next record."""

    def __init__(self, records: Sequence[memoryview]) -> None:
        self._records = records
        self._record = 0
        self._at = _FIRST

    def read(self) -> Iterator[int]:
        """Yield the lengths of the texts, in their order, up to one that is damaged, which the reader will refuse."""
        with suppress(struct.error, IndexError):
            (number,) = struct.unpack_from("<L", self._records[0], _COUNT_AT)
            for _ in range(number):
                while self._at >= len(self._records[self._record]):
                    self._record, self._at = self._record + 1, 0
                yield self._text()

    def _text(self) -> int:
        letters, flags = struct.unpack_from("<HB", self._records[self._record], self._at)
        self._at += 3
        formats = self._number("<H", 2) if flags & _FORMATTED else 0
        extension = self._number("<L", 4) if flags & _EXTENDED else 0
        length = self._letters(letters, 2 if flags & _WIDE else 1)
        self._skip(4 * formats + extension)
        return length

    def _number(self, form: str, size: int) -> int:
        found: int = struct.unpack_from(form, self._records[self._record], self._at)[0]
        self._at += size
        return found

    def _letters(self, letters: int, width: int) -> int:
        """Skip the letters of a text, and return how many bytes they take. Each record says their width anew."""
        length = 0
        while True:
            here = min(letters, (len(self._records[self._record]) - self._at) // width)
            self._at += here * width
            letters, length = letters - here, length + here * width
            if not letters:
                return length
            self._record += 1
            width, self._at = (2 if self._records[self._record][0] & _WIDE else 1), 1

    def _skip(self, size: int) -> None:
        while size > (here := len(self._records[self._record]) - self._at):
            self._record, self._at, size = self._record + 1, 0, size - here
        self._at += size
