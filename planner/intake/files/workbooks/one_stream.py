"""Making a compound file with only one stream, so that the reader of workbooks gets a sound one.

The file has a header, the sectors of the stream, one sector for the directory, the tables that have the next sector of
each sector, and, if the header cannot list all tables, sectors that list the others.
"""

import struct

from planner.intake.files.workbooks.compound import CUTOFF, END, FAT, FREE, HEADER, IN_HEADER, MAGIC, SECTOR

_LIST = FAT - 1
# How many numbers a sector has. The last one of a sector that lists tables is the number of the next such sector.
_NUMBERS = SECTOR // 4
_LISTED = _NUMBERS - 1


def with_one_stream(name: str, content: bytes) -> bytes:
    """Return a compound file that has only this stream."""
    stream = content.ljust(CUTOFF, b"\0")
    sectors = -(-len(stream) // SECTOR)
    tables, lists = _numbers_of_tables(sectors)
    first_table = sectors + 1
    places = list(range(first_table, first_table + tables))
    following = [*range(1, sectors), END, END, *[FAT] * tables, *[_LIST] * lists]
    directory = _entry("Root Entry", 5, 1, END, 0) + _entry(name, 2, FREE, 0, len(stream))
    return b"".join(
        (
            _header(sectors, first_table, tables, lists),
            _numbers(places[:IN_HEADER], IN_HEADER),
            stream.ljust(sectors * SECTOR, b"\0"),
            directory.ljust(SECTOR, b"\0"),
            _numbers(following, tables * _NUMBERS),
            *_lists(places[IN_HEADER:], lists, first_table + tables),
        )
    )


def _numbers_of_tables(sectors: int) -> tuple[int, int]:
    """Return how many tables there are, and how many sectors list those that the header cannot.

    The tables have all these sectors too.
    """
    tables = lists = 0
    while tables * _NUMBERS < sectors + 1 + tables + lists:
        tables += 1
        lists = -(-max(0, tables - IN_HEADER) // _LISTED)
    return tables, lists


def _header(directory: int, first_table: int, tables: int, lists: int) -> bytes:
    first_list = first_table + tables if lists else END
    return HEADER.pack(MAGIC, 0x3E, 3, 0xFFFE, 9, 6, 0, tables, directory, 0, CUTOFF, END, 0, first_list, lists)


def _numbers(numbers: list[int], room: int) -> bytes:
    """Return numbers of sectors, and then free ones for the rest of the room."""
    return struct.pack(f"<{room}L", *numbers, *[FREE] * (room - len(numbers)))


def _lists(places: list[int], lists: int, first: int) -> list[bytes]:
    """Return the sectors that list tables, each with the number of the next one."""
    return [
        _numbers(places[one * _LISTED : (one + 1) * _LISTED], _LISTED)
        + struct.pack("<L", first + one + 1 if one + 1 < lists else END)
        for one in range(lists)
    ]


def _entry(name: str, kind: int, within: int, start: int, size: int) -> bytes:
    """Return an entry of the directory. `kind` is 5 for the root and 2 for a stream."""
    text = f"{name}\0".encode("utf-16-le")
    return (
        text.ljust(64, b"\0")
        + struct.pack("<HBB3L", len(text), kind, 1, FREE, FREE, within)
        + bytes(36)
        + struct.pack("<2LL", start, size, 0)
    )
