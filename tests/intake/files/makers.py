"""Small files of many kinds, written byte by byte where no library writes them."""

import struct
import zipfile
from collections.abc import Sequence
from pathlib import Path

from planner.intake.files.input_file import ReadOptions
from planner.intake.files.reading import FilesRead, read_files
from planner.intake.files.workbooks.one_stream import with_one_stream
from planner.intake.sheets import Value

CellOf = str | float | None

_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_PARTS_OF_ODS = ("office", "table", "text", "style")
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def read(path: Path, encoding: str | None = None, delimiter: str | None = None) -> FilesRead:
    return read_files([path], ReadOptions(encoding, delimiter))


def values(path: Path) -> list[tuple[Value, ...]]:
    """The rows of the only sheet of a file."""
    (sheet,) = read(path).sheets
    return [row.values for row in sheet.rows]


def write_xlsx(path: Path, sheet: str | bytes, **parts: str | bytes) -> Path:
    """A workbook with this content of its only sheet, and with other parts by their names."""
    content = sheet.encode() if isinstance(sheet, str) else sheet
    book = (
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATIONS}">'
        '<sheets><sheet name="Plan" sheetId="1" r:id="rId1"/></sheets></workbook>'
    )
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
        f'Type="{_RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="rId2" Type="{_RELATIONS}/sharedStrings" Target="sharedStrings.xml"/>'
        f'<Relationship Id="rId3" Type="{_RELATIONS}/styles" Target="styles.xml"/></Relationships>'
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="rId1" Type="{_RELATIONS}/officeDocument" '
            'Target="xl/workbook.xml"/></Relationships>',
        )
        archive.writestr("xl/workbook.xml", book)
        archive.writestr("xl/_rels/workbook.xml.rels", relations)
        archive.writestr("xl/worksheets/sheet1.xml", content)
        for name, part in parts.items():
            archive.writestr(name, part)
    return path


def sheet_xml(rows: str) -> str:
    return f'<worksheet xmlns="{_MAIN}"><sheetData>{rows}</sheetData></worksheet>'


def write_ods(path: Path, rows: str, *, kind: str = "spreadsheet", styles: str = "", style: str = "") -> Path:
    """A spreadsheet with these rows. `styles` come before its sheet, which has the style of this name."""
    spaces = " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in _PARTS_OF_ODS)
    content = (
        f"<office:document-content {spaces}>{styles}<office:body><office:spreadsheet>"
        f'<table:table table:name="Plan" table:style-name="{style}">{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", f"application/vnd.oasis.opendocument.{kind}")
        archive.writestr("content.xml", content)
    return path


def write_xls(path: Path, rows: Sequence[Sequence[CellOf]], *records: bytes, first: bytes = b"") -> Path:
    """An old workbook. `records` are added to its sheet, and `first` to the part before."""
    begin = record(0x809, struct.pack("<4H8x", 0x600, 0x05, 0, 0))
    name = b"\x04\x00Plan"
    parts = [record(0x809, struct.pack("<4H8x", 0x600, 0x10, 0, 0))]
    for row, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            if isinstance(cell, str):
                text = struct.pack("<HB", len(cell), 1) + cell.encode("utf-16-le")
                parts.append(record(0x204, struct.pack("<3H", row, column, 0) + text))
            elif cell is not None:
                parts.append(record(0x203, struct.pack("<3Hd", row, column, 0, cell)))
    sheet = b"".join((*parts, *records, record(0x0A)))
    end = record(0x0A)
    place = len(begin) + len(first) + 4 + 6 + len(name) + len(end)
    bound = record(0x85, struct.pack("<LBB", place, 0, 0) + name)
    path.write_bytes(with_one_stream("Workbook", begin + first + bound + end + sheet))
    return path


def record(kind: int, data: bytes = b"") -> bytes:
    """A record of an old workbook."""
    return struct.pack("<HH", kind, len(data)) + data


def write_docx(path: Path, body: str, numbering: str = "") -> Path:
    """A Word file with this content of its body and of its numbering, of which `w:` is the prefix."""
    words = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="rId1" Type="{_RELATIONS}/officeDocument" '
            'Target="word/document.xml"/></Relationships>',
        )
        archive.writestr("word/document.xml", f'<w:document xmlns:w="{words}"><w:body>{body}</w:body></w:document>')
        archive.writestr("word/numbering.xml", f'<w:numbering xmlns:w="{words}">{numbering}</w:numbering>')
    return path
