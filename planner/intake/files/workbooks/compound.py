"""Compound files: the archives of old office programs, with streams instead of parts.

Old workbooks are in them, and so are newer files that are protected by a password. A stream is read here with limits.
"""

import struct

from planner.base.errors import ImportFileError
from planner.intake.files.archives import damaged
from planner.intake.files.input_file import InputFile

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
HEADER = struct.Struct("<8s16x5H6x9L")
IN_HEADER = 109
_ENTRY_SIZE = 128
FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_LAST_SECTOR = 0xFFFFFFFA
# Smaller streams are in the stream of small sectors.
CUTOFF = 4096
SECTOR = 512
_SMALL_SECTOR = 64


class CompoundFile:
    """The streams at the top of a compound file."""

    def __init__(self, source: InputFile, content: bytes) -> None:
        """Read the directory. Raises ImportFileError if it is damaged."""
        self._source = source
        self._content = content
        try:
            (_, _, major, _, shift, _, _, fats, first, _, _, small, _, more, _) = HEADER.unpack_from(content)
        except struct.error as error:
            raise self._damaged() from error
        if shift not in (9, 12) or major not in (3, 4):
            raise self._damaged()
        self._size = 1 << shift
        self._fat = self._sector_table(fats, more)
        self._directory = self._joined(first)
        self._small_fat = self._numbers(self._joined(small)) if small < _LAST_SECTOR else []
        self._streams = self._top()

    def __contains__(self, name: object) -> bool:
        return name in self._streams

    def read(self, name: str) -> bytes:
        """Return the bytes of a stream. Raises ImportFileError if it is damaged."""
        start, size = self._streams[name]
        if size > len(self._content):
            raise self._damaged()
        if size >= CUTOFF:
            return self._joined(start)[:size]
        small = self._joined(self._entry(0)[4])
        return b"".join(
            small[one * _SMALL_SECTOR : (one + 1) * _SMALL_SECTOR] for one in self._chain(start, self._small_fat)
        )[:size]

    def _sector_table(self, fats: int, more: int) -> list[int]:
        """Return the table that has the next sector of each sector."""
        places = [one for one in struct.unpack_from(f"<{IN_HEADER}L", self._content, 76) if one < _LAST_SECTOR]
        most = len(self._content) // self._size
        for _ in range(most):
            if more >= _LAST_SECTOR:
                break
            *found, more = self._numbers(self._sector(more))
            places += [one for one in found if one < _LAST_SECTOR]
        if fats > most or len(places) > most:
            raise self._damaged()
        return [number for place in places[:fats] for number in self._numbers(self._sector(place))]

    def _numbers(self, content: bytes) -> list[int]:
        return list(struct.unpack(f"<{len(content) // 4}L", content[: len(content) // 4 * 4]))

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self._size
        sector = self._content[start : start + self._size]
        if not sector:
            raise self._damaged()
        return sector

    def _chain(self, start: int, table: list[int]) -> list[int]:
        """Return the sectors of a stream. No sector can be in it twice."""
        chain: list[int] = []
        while start < _LAST_SECTOR:
            if start >= len(table) or len(chain) >= len(table):
                raise self._damaged()
            chain.append(start)
            start = table[start]
        return chain

    def _joined(self, start: int) -> bytes:
        return b"".join(map(self._sector, self._chain(start, self._fat)))

    def _entry(self, number: int) -> tuple[str, int, int, int, int, int]:
        """Return an entry of the directory: its name, the entries before, after and in it, its start and its size."""
        entry = self._directory[number * _ENTRY_SIZE : (number + 1) * _ENTRY_SIZE]
        if len(entry) < _ENTRY_SIZE:
            raise self._damaged()
        length = min(64, struct.unpack_from("<H", entry, 64)[0])
        before, after, within = struct.unpack_from("<3L", entry, 68)
        start, size = struct.unpack_from("<2L", entry, 116)
        return entry[: max(0, length - 2)].decode("utf-16-le", "replace"), before, after, within, start, size

    def _top(self) -> dict[str, tuple[int, int]]:
        streams: dict[str, tuple[int, int]] = {}
        waiting, seen = [self._entry(0)[3]], set()
        while waiting:
            number = waiting.pop()
            if number == FREE or number in seen:
                continue
            seen.add(number)
            name, before, after, _, start, size = self._entry(number)
            streams[name] = (start, size)
            waiting += [before, after]
        return streams

    def _damaged(self) -> ImportFileError:
        return damaged(self._source)
