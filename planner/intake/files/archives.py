"""Packed files: workbooks and Word files, which are ZIP archives of parts. No part is unpacked beyond its limit."""

import posixpath
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from html import unescape

from planner.base.errors import ImportFileError
from planner.base.language import tr
from planner.base.views import value_class
from planner.intake.files.input_file import InputFile
from planner.intake.files.limits import LARGE_PART, LARGEST_PACKED, MOST_PARTS, MOST_TIMES

_CHUNK = 1 << 20
_END = b"PK\x05\x06"
_END_SIZE = 22
_LONGEST_COMMENT = 0xFFFF
_LOCATOR = b"PK\x06\x07"
_LOCATOR_SIZE = 20
_END_64_SIZE = 56
_LOCAL_HEADER = struct.Struct("<4s5H3L2H")
# Of the table of contents, per part: 46 bytes and a name.
_LARGEST_CONTENTS = MOST_PARTS * 300
_ENCRYPTED = 0x1

# A declaration by which a part could contain itself many times, or other files. Office files never have one.
_DECLARED = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\s([^>]*)>")
_ATTRIBUTE = re.compile(rb"""\b(Id|Type|Target)\s*=\s*["']([^"']*)["']""")


def _is_bomb(part: zipfile.ZipInfo) -> bool:
    return part.file_size > LARGE_PART and part.file_size > MOST_TIMES * part.compress_size


class Archive:
    """The parts of a packed file by their names."""

    def __init__(self, source: InputFile) -> None:
        """Read the table of contents. Raises ImportFileError if it is damaged, protected or impossible."""
        self._source = source
        self._require_small_contents()
        try:
            with zipfile.ZipFile(source.file) as archive:
                parts = archive.infolist()
        except (zipfile.BadZipFile, NotImplementedError, ValueError, struct.error, OverflowError) as error:
            raise self._damaged() from error
        self._parts = {part.filename: part for part in parts}
        if len({name.casefold() for name in self._parts}) < len(parts) or len(parts) > MOST_PARTS:
            raise self._damaged()
        if any(part.header_offset < 0 for part in parts):
            raise self._damaged()
        if any(part.flag_bits & _ENCRYPTED for part in parts):
            raise protected(source)
        if sum(part.file_size for part in parts) > LARGEST_PACKED:
            raise source.error(
                tr("the file would have more than {most:,} bytes when unpacked", most=LARGEST_PACKED),
                tr("Do not open it if you do not know where it comes from"),
            )
        if any(map(_is_bomb, parts)):
            raise source.error(
                tr("a part of the file would be more than {times} times as large when unpacked", times=MOST_TIMES),
                tr("Do not open it if you do not know where it comes from"),
            )

    def __contains__(self, name: object) -> bool:
        return name in self._parts

    @property
    def names(self) -> list[str]:
        """The names of all parts."""
        return list(self._parts)

    def size(self, name: str) -> int:
        """Return the unpacked size that a part says it has."""
        return self._parts[name].file_size

    def read(self, name: str, largest: int) -> bytes:
        """Return a part that has at most `largest` bytes. Raises ImportFileError if it has more or is damaged."""
        if self.size(name) > largest:
            raise self._source.too_large(largest)
        return b"".join(self.chunks(name))

    def chunks(self, name: str) -> Iterator[bytes]:
        """Yield the unpacked bytes of a part in pieces.

        Raises ImportFileError if the part is damaged or does not have the size that it says it has.
        """
        part = self._parts[name]
        size = 0
        for chunk in self._unpacked(part):
            size += len(chunk)
            if size > part.file_size:
                raise self._damaged()
            yield chunk
        if size != part.file_size:
            raise self._damaged()

    def _unpacked(self, part: zipfile.ZipInfo) -> Iterator[bytes]:
        file = self._source.file
        file.seek(part.header_offset)
        header = file.read(_LOCAL_HEADER.size)
        if len(header) < _LOCAL_HEADER.size or header[:4] != b"PK\x03\x04":
            raise self._damaged()
        *_, name_length, extra_length = _LOCAL_HEADER.unpack(header)
        place = part.header_offset + _LOCAL_HEADER.size + name_length + extra_length
        if part.compress_type == zipfile.ZIP_STORED:
            return self._packed(place, part.compress_size)
        if part.compress_type == zipfile.ZIP_DEFLATED:
            return self._inflated(self._packed(place, part.compress_size))
        raise self._damaged()

    def _packed(self, place: int, size: int) -> Iterator[bytes]:
        while size:
            # Another part may have been read in between.
            self._source.file.seek(place)
            chunk = self._source.file.read(min(size, _CHUNK))
            if not chunk:
                raise self._damaged()
            place += len(chunk)
            size -= len(chunk)
            yield chunk

    def _inflated(self, packed: Iterator[bytes]) -> Iterator[bytes]:
        unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
        try:
            for chunk in packed:
                while chunk and not unpacker.eof:
                    yield unpacker.decompress(chunk, _CHUNK)
                    chunk = unpacker.unconsumed_tail
            while not unpacker.eof and (rest := unpacker.decompress(b"", _CHUNK)):
                yield rest
        except zlib.error as error:
            raise self._damaged() from error
        if not unpacker.eof:
            raise self._damaged()

    def _require_small_contents(self) -> None:
        """Raise ImportFileError if the table of contents is not at the end of the file, or too large to be read."""
        file = self._source.file
        size = file.seek(0, 2)
        start = max(0, size - _END_SIZE - _LONGEST_COMMENT)
        file.seek(start)
        tail = file.read()
        at = tail.rfind(_END)
        if at < 0 or len(tail) - at < _END_SIZE:
            raise self._damaged()
        contents, comment = struct.unpack_from("<L4xH", tail, at + 12)
        if at + _END_SIZE + comment != len(tail):
            raise self._damaged()
        before = start + at - _LOCATOR_SIZE - _END_64_SIZE
        if before >= 0:
            file.seek(before)
            record = file.read(_END_64_SIZE + _LOCATOR_SIZE)
            if record[_END_64_SIZE:].startswith(_LOCATOR):
                contents = struct.unpack_from("<Q", record, 40)[0]
        if contents > _LARGEST_CONTENTS:
            raise self._source.error(
                tr("the file has too many parts to be a workbook or a Word file"),
                tr("Open it in the program that made it, and save it again"),
            )

    def _damaged(self) -> ImportFileError:
        return damaged(self._source)


def damaged(source: InputFile) -> ImportFileError:
    """Return the error for a packed file that cannot be unpacked."""
    return source.error(
        tr("the file is damaged or incomplete"), tr("Open it in the program that made it, and save it again")
    )


def protected(source: InputFile) -> ImportFileError:
    """Return the error for a file that needs a password."""
    return source.error(
        tr("the file is protected by a password"), tr("Save a copy without a password, and import the copy")
    )


@value_class
class Relation:
    """What a part refers to: its id, its kind such as `worksheet`, and the name of the part that it leads to."""

    id: str
    kind: str
    part: str


def relations(content: bytes, folder: str) -> list[Relation]:
    """Return the relations of a part that is in a folder such as `xl/`."""
    found = []
    for one in _RELATION.finditer(content):
        given = {
            name.decode(): unescape(value.decode("utf-8", "replace")) for name, value in _ATTRIBUTE.findall(one[1])
        }
        target = given.get("Target", "")
        part = target[1:] if target.startswith("/") else posixpath.normpath(folder + target)
        found.append(Relation(given.get("Id", ""), given.get("Type", "").rpartition("/")[2], part))
    return found


def require_plain(source: InputFile, content: bytes) -> None:
    """Raise ImportFileError for a part of a packed file that declares entities or is not in UTF-8."""
    if (b"<!" in content and _DECLARED.search(content)) or content.startswith(_WIDE_MARKS) or b"\0" in content[:100]:
        raise source.error(
            tr("a part of the file has declarations that no office program writes"),
            tr("Open it in the program that made it, and save it again"),
        )
