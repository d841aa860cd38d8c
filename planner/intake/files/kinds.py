"""Which kind of file something is: by what it contains, because names are often wrong."""

import codecs
import re
from enum import StrEnum, auto

from planner.base.errors import ImportFileError
from planner.base.language import later, tr, tr_later


class FileKind(StrEnum):
    """A kind of file that can be read."""

    # A workbook or a Word file is a ZIP archive, and an old workbook a compound file. Both can hold other things.
    ARCHIVE = auto()
    COMPOUND = auto()
    PAGE = auto()
    SAVED_PAGE = auto()
    REGISTER = auto()
    TEXT = auto()


# How many bytes from the beginning decide.
BEGINNING = 4096

_PAGE = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,3000}?-->\s*)?"
    rb"<(?:!doctype\s+html|html|head|body|meta|title|style|script|table|thead|tbody|tr|div|p|center|font|span|h[1-6]|br)"
    rb"[\s>/]",
    re.IGNORECASE | re.DOTALL,
)
_SAVED_PAGE = re.compile(
    rb"(?:From: .{0,500}\n)?(?:[\w-]+: .{0,500}\n(?:[ \t].{0,500}\n)*){0,20}?MIME-Version:", re.IGNORECASE
)
# The beginning of a JSON object with a field, or of a list of such. A text can begin with a brace alone.
_OBJECT = re.compile(rb'\s*(?:\[\s*)?\{\s*"')
_WORKBOOK_2003 = re.compile(rb"\s*<\?xml.*?urn:schemas-microsoft-com:office:spreadsheet", re.DOTALL)

_SAVE_AS = later("Open it in the program that made it, save the table as XLSX, ODS, DOCX or CSV, and import that file")
# The beginnings of files that people may give although they cannot be read.
_OTHERS = (
    (re.compile(rb"%PDF-"), later("this is a PDF, whose tables cannot be read reliably")),
    (re.compile(rb"\{\\rtf"), later("this is a file in Rich Text Format, which cannot be read")),
    (_WORKBOOK_2003, later("this is an XML spreadsheet of 2003, which cannot be read")),
    (
        re.compile(rb"\x89PNG|\xff\xd8\xff|GIF8|II\*\x00|MM\x00\*|BM.{8}\x00"),
        later("this is a picture, which cannot be read"),
    ),
    (
        re.compile(rb"\x1f\x8b|7z\xbc\xaf|Rar!|BZh|\xfd7zXZ"),
        later("this is a packed file; only its contents can be read"),
    ),
    (re.compile(rb"SQLite format 3\x00"), later("this is a database, which cannot be read")),
)


def kind_of(beginning: bytes, where: str) -> FileKind:
    """Return the kind of a file by its first bytes. Raises ImportFileError for an empty file and for other kinds."""
    if not beginning.strip(b"\0 \t\r\n"):
        raise ImportFileError(tr("the file is empty"), where=where, do=tr("Give a file with a table or a list"))
    if beginning.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return FileKind.ARCHIVE
    if beginning.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return FileKind.COMPOUND
    plain = _in_ascii(beginning)
    for pattern, what in _OTHERS:
        if pattern.match(plain):
            raise ImportFileError(tr_later(what), where=where, do=tr_later(_SAVE_AS))
    if _OBJECT.match(plain):
        return FileKind.REGISTER
    if _PAGE.match(plain):
        return FileKind.PAGE
    return FileKind.SAVED_PAGE if _SAVED_PAGE.match(plain.replace(b"\r\n", b"\n")) else FileKind.TEXT


def _in_ascii(beginning: bytes) -> bytes:
    """Return the beginning of a file without its byte-order mark, and with one byte per character."""
    if beginning.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return beginning[: len(beginning) // 2 * 2].decode("utf-16", "replace").encode("ascii", "replace")
    return beginning.removeprefix(codecs.BOM_UTF8)
