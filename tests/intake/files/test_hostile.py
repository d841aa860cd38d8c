"""Files that are damaged, protected or made to do harm are refused with one clear message."""

import csv
import json
import os
import struct
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from planner.base.errors import FileTroubleError, ImportFileError, MissingLibraryError
from planner.intake.files import input_file
from planner.intake.files.register_file import FORMAT
from planner.intake.files.workbooks import workbook_parts
from planner.intake.files.workbooks.one_stream import with_one_stream
from tests.intake import messy
from tests.intake.files.makers import (
    read,
    record,
    sheet_xml,
    values,
    write_docx,
    write_ods,
    write_xls,
    write_xlsx,
)

ONE = "<c><v>1</v></c>"
A1 = '<row r="1"><c r="A1"><v>1</v></c></row>'


def cell(name: str) -> str:
    return f'<c r="{name}"><v>1</v></c>'


def row(number: int, cells: str) -> str:
    return f'<row r="{number}">{cells}</row>'


def with_long_text(number: int) -> str:
    """A row with the first of the workbook's texts."""
    return row(number, f'<c r="A{number}" t="s"><v>0</v></c>')


def long_texts(wide: str = "a", narrow: str = "a") -> bytes:
    """The texts of an old workbook: a short one, and a long one that goes on in a second record."""
    begin = struct.pack("<2L", 2, 2) + struct.pack("<HB", 4, 0) + b"Task"
    first, rest = wide.encode("utf-16-le") * 2000, narrow.encode() * 6000
    return record(0xFC, begin + struct.pack("<HB", 8000, 1) + first) + record(0x3C, b"\0" + rest)


def text_cell(row: int) -> bytes:
    """A cell of an old workbook with the second of its texts."""
    return record(0xFD, struct.pack("<3HL", row, 0, 0, 1))


def with_size(path: Path, size: int) -> Path:
    """A workbook of which the table of contents gives this size for its sheet."""
    content = bytearray(write_xlsx(path, sheet_xml(A1)).read_bytes())
    place = content.rfind(b"xl/worksheets/sheet1.xml") - 46
    struct.pack_into("<L", content, place + 24, size)
    path.write_bytes(content)
    return path


def cut(path: Path, size: int) -> Path:
    path.write_bytes(path.read_bytes()[:size])
    return path


def archive(path: Path, **parts: bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return path


def before_the_beginning(path: Path) -> Path:
    """A workbook of which the table of contents says that it begins later, so that its parts begin before the file."""
    content = bytearray(write_xlsx(path, sheet_xml(A1)).read_bytes())
    (place,) = struct.unpack_from("<L", content, len(content) - 6)
    struct.pack_into("<L", content, len(content) - 6, place + 500)
    path.write_bytes(content)
    return path


def doubled(path: Path) -> Path:
    """A workbook with two sheets of the same name, of which another program might read the other one."""
    write_xlsx(path, sheet_xml(A1))
    with pytest.warns(UserWarning, match="Duplicate name"), zipfile.ZipFile(path, "a") as made:
        made.writestr("xl/worksheets/sheet1.xml", sheet_xml(A1))
    return path


def circle(path: Path) -> Path:
    """An old workbook of which a sector follows itself."""
    content = bytearray(write_xls(path, [["a"]]).read_bytes())
    table = (struct.unpack_from("<L", content, 76)[0] + 1) * 512
    struct.pack_into("<L", content, table + 4 * 3, 1)
    path.write_bytes(content)
    return path


def written(path: Path, content: bytes | str) -> Path:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


CELL_OF_ALL = (
    '<table:table-cell table:number-columns-repeated="16384" office:value-type="string">'
    "<text:p>a</text:p></table:table-cell>"
)
SHORT = '<table:table-cell office:value-type="string"><text:p>a</text:p></table:table-cell>'
DTD = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
FILE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'

HOSTILE: dict[str, tuple[Callable[[Path], Path], str]] = {
    "one long text in many cells": (
        lambda path: write_xlsx(
            path,
            sheet_xml(row(1, '<c r="A1" t="s"><v>1</v></c>') + "".join(map(with_long_text, range(2, 3000)))),
            **{"xl/sharedStrings.xml": f"<sst><si><t>{'x' * 100_000}</t></si><si><t>Task</t></si></sst>"},
        ),
        "more than 268,435,456 bytes of text",
    ),
    "one long text in many cells of an old workbook": (
        lambda path: write_xls(path, [], *(text_cell(row) for row in range(40_000)), first=long_texts()),
        "more than 268,435,456 bytes of text",
    ),
    "far corner": (
        lambda path: write_xlsx(path, sheet_xml(row(1, cell("A1")) + row(1048576, cell("XFD1048576")))),
        "the table has 1,048,576 rows",
    ),
    "wide and high": (
        lambda path: write_xlsx(path, sheet_xml(row(1, cell("BXW1")) + row(200000, cell("A200000")))),
        "covers 200,000 rows and 1,999 columns",
    ),
    "many columns": (lambda path: write_xlsx(path, sheet_xml(row(1, ONE * 30000))), "the table has 30,000 columns"),
    "unnamed in a far row": (
        lambda path: write_xlsx(path, sheet_xml(row(1048576, ONE))),
        "the table has 1,048,578 rows",
    ),
    "unnamed after an empty one": (
        lambda path: write_xlsx(path, sheet_xml(row(9000, f'<c r="XFD9000" s="1"/>{ONE}'))),
        "the table has 16,384 columns",
    ),
    "empty": (lambda path: write_xlsx(path, sheet_xml(row(1, '<c r="A1" s="1"/>') * 5000)), "has no text in it"),
    "only empty cells far away": (
        lambda path: write_xlsx(path, sheet_xml(row(1, '<c r="XFD1" s="1"/>'))),
        "has no text in it",
    ),
    "packed to nearly nothing": (
        lambda path: archive(path, **{"xl/workbook.xml": bytes(17 << 20)}),
        "would be more than 200 times as large when unpacked",
    ),
    "entities": (lambda path: write_xlsx(path, DTD + sheet_xml(A1)), "declarations that no office program writes"),
    "external entity": (lambda path: write_ods(path, FILE), "declarations that no office program writes"),
    "entities in UTF-16": (
        lambda path: write_xlsx(path, (DTD + sheet_xml(A1)).encode("utf-16")),
        "declarations that no office program writes",
    ),
    "entities in Word": (lambda path: write_docx(path, DTD), "declarations that no office program writes"),
    "says 2 GB": (lambda path: with_size(path, 2 << 30), "more than 1,073,741,824 bytes when unpacked"),
    "says 300 MB": (lambda path: with_size(path, 300 << 20), "more than 200 times as large when unpacked"),
    "says less than it has": (lambda path: with_size(path, 10), "damaged or incomplete"),
    "cut": (lambda path: cut(messy.write_workbook(path.with_suffix(".xlsx")), 3000), "damaged or incomplete"),
    "two parts of one name": (doubled, "damaged or incomplete"),
    "parts before the beginning": (before_the_beginning, "damaged or incomplete"),
    "many parts": (
        lambda path: written(path, b"PK\3\4" + struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 60000, 60000, 5_000_000, 0, 0)),
        "too many parts",
    ),
    "archive": (lambda path: archive(path, **{"a.zip": b"PK"}), "but not a workbook or a Word file"),
    "repeated cells": (
        lambda path: write_ods(path, f"<table:table-row>{CELL_OF_ALL}</table:table-row>"),
        "the table has 16,384 columns",
    ),
    "repeated more often than a number of nine digits says": (
        lambda path: write_ods(
            path, f'<table:table-row table:number-rows-repeated="{10**30}">{SHORT}</table:table-row>'
        ),
        "the table has 999,999,999 rows",
    ),
    "very wide Word cell": (
        lambda path: write_docx(
            path,
            f'<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="{10**30}"/></w:tcPr></w:tc>'
            "<w:tc><w:p/></w:tc></w:tr></w:tbl>",
        ),
        "the table has 2,001 columns",
    ),
    "repeated rows": (
        lambda path: write_ods(
            path,
            '<table:table-row table:number-rows-repeated="1048576"><table:table-cell office:value-type="string">'
            "<text:p>a</text:p></table:table-cell></table:table-row>",
        ),
        "the table has 1,048,576 rows",
    ),
    "nested elements": (lambda path: write_ods(path, "<text:p>" * 500 + "</text:p>" * 500), "damaged or incomplete"),
    "OpenDocument text": (lambda path: write_ods(path, "", kind="text"), "is not a spreadsheet"),
    "nested Word tables": (lambda path: write_docx(path, "<w:tbl><w:tr><w:tc>" * 5000), "damaged or incomplete"),
    "wide Word cell": (
        lambda path: write_docx(
            path,
            '<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="99999999"/></w:tcPr></w:tc>'
            "<w:tc><w:p/></w:tc></w:tr></w:tbl>",
        ),
        "the table has 2,001 columns",
    ),
    "old workbook with a far cell": (
        lambda path: write_xls(path, [["a"]], record(0x203, struct.pack("<3Hd", 65535, 65535, 0, 1.0))),
        "damaged or incomplete",
    ),
    "old workbook that says it is large": (
        lambda path: write_xls(path, [["a"]], record(0x200, struct.pack("<2L3H", 0, 2**32 - 1, 0, 65535, 0))),
        "damaged or incomplete",
    ),
    "old workbook with a circle": (circle, "damaged or incomplete"),
    "old workbook, cut": (lambda path: cut(write_xls(path, [["a"]]), 3000), "damaged or incomplete"),
    "old workbook with a password": (
        lambda path: write_xls(path, [["a"]], first=record(0x2F, bytes(52))),
        "protected by a password",
    ),
    "workbook with a password": (
        lambda path: written(path, with_one_stream("EncryptedPackage", b"x")),
        "protected by a password",
    ),
    "old Word file": (lambda path: written(path, with_one_stream("WordDocument", b"x")), "an old Word file"),
    "other JSON": (lambda path: written(path, '{"a": 1}'), "not a register that planner exported"),
    "JSON with many fields": (
        lambda path: written(path, json.dumps({"format": FORMAT, "items": [{str(one): 1} for one in range(2100)]})),
        "the table has 2,001 columns",
    ),
    "nested JSON": (lambda path: written(path, '{"a":' * 100_000), "not a register that planner exported"),
    "deep page": (lambda path: written(path, "<html><body>" + "<div>" * 20_000), "nested too deeply"),
    "nested tables": (lambda path: written(path, "<html>" + "<table><tr><td>" * 200), "nested too deeply"),
    "wide page": (
        lambda path: written(path, f"<table><tr>{'<td colspan=1000>x</td>' * 5}</tr></table>"),
        "the table has 3,000 columns",
    ),
    "many merged cells": (
        lambda path: written(path, f"<table>{'<tr><td colspan=1998>x<td>y' * 2600}</table>"),
        "the table covers 2,502 rows and 1,999 columns",
    ),
    "many repeated rows": (
        lambda path: write_ods(
            path,
            '</table:table><table:table table:name="x"><table:table-row table:number-rows-repeated="290000">'
            f"{SHORT * 17}</table:table-row>" * 2,
        ),
        "the tables of the file have more than 10,000,000 cells",
    ),
    "page of empty cells": (
        lambda path: written(path, "<table><tr><th>No.<th>Task<tr><td>1<td>Road" + ("<tr>" + "<td>\n" * 20) * 11_000),
        "very many empty cells or lines",
    ),
    "Word file of empty cells": (
        lambda path: write_docx(path, "<w:tbl>" + ("<w:tr>" + "<w:tc/>" * 20 + "</w:tr>") * 10_000 + "</w:tbl>"),
        "very many empty cells or lines",
    ),
    "text of empty rows": (
        lambda path: written(path, "No.,Task\n1,Road\n" + "\n" * 1_050_000),
        "more than 1,048,576 rows, most of them empty",
    ),
    "long page without a table": (
        lambda path: written(path, f"<html><p>{'x' * 4_000_001}"),
        "no table and is too long for a list",
    ),
    "wide text": (lambda path: written(path, "a,b\n" + "b," * 3000 + "c\n"), "the table has 3,001 columns"),
    "one line": (lambda path: written(path, "ab" * 150_000), "has no end"),
    "long cell": (
        lambda path: written(path, f'a,b\n"{"x" * 140_000}",c\n'),
        "row 2, which begins at line 2, has no end",
    ),
    "zeros": (lambda path: written(path, bytes(5000)), "the file is empty"),
    "binary": (lambda path: written(path, bytes(range(256)) * 20), "a binary file of an unknown kind"),
    "nothing": (lambda path: written(path, b""), "the file is empty"),
    "blank": (lambda path: written(path, b"\xef\xbb\xbf \n \n"), "has no text in it"),
    "PDF": (lambda path: written(path, b"%PDF-1.7"), "this is a PDF"),
    "RTF": (lambda path: written(path, b"{\\rtf1"), "Rich Text Format"),
}


@pytest.mark.first_cases(20)
@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_with_one_message(tmp_path: Path, name: str) -> None:
    path, message = hostile_file(tmp_path, name)
    with pytest.raises(ImportFileError, match=message) as raised:
        read(path)
    assert raised.value.where.startswith(str(path))
    assert raised.value.do


def hostile_file(folder: Path, name: str) -> tuple[Path, str]:
    """Write a hostile file. Return where it is, and what the program says of it."""
    make, message = HOSTILE[name]
    return make(folder / "plan.csv"), message


def test_sheets_that_are_too_large_together_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write_xlsx(tmp_path / "plan.xlsx", sheet_xml(A1))
    monkeypatch.setattr(workbook_parts, "LARGEST_UNPACKED", 10)
    with pytest.raises(ImportFileError, match="the file is too large"):
        read(path)


def test_a_long_text_in_few_cells_of_an_old_workbook_is_read(tmp_path: Path) -> None:
    path = write_xls(tmp_path / "plan.xls", [], *(text_cell(row) for row in range(2)), first=long_texts("路", "x"))
    assert values(path) == [("路" * 2000 + "x" * 6000,)] * 2


def test_a_long_cell_is_refused_where_a_library_has_lifted_the_limit_of_csv(tmp_path: Path) -> None:
    path, message = hostile_file(tmp_path, "long cell")
    limit = csv.field_size_limit(sys.maxsize)
    try:
        with pytest.raises(ImportFileError, match=message):
            read(path)
    finally:
        csv.field_size_limit(limit)


def test_a_declared_size_of_a_sheet_is_not_believed(tmp_path: Path) -> None:
    content = sheet_xml(A1).replace("<sheetData>", '<dimension ref="A1:XFD1048576"/><sheetData>')
    assert values(write_xlsx(tmp_path / "plan.xlsx", content)) == [(1,)]


def test_empty_cells_far_away_do_no_harm(tmp_path: Path) -> None:
    rows = A1 + "".join(row(number, f'<c r="XFD{number}" s="1"/>') for number in range(2, 1000))
    assert values(write_xlsx(tmp_path / "plan.xlsx", sheet_xml(rows))) == [(1,)]


def test_a_file_that_is_too_large_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "plan.html"
    with path.open("wb") as file:
        file.write(b"<html>")
        file.truncate(500 << 20)
    with pytest.raises(ImportFileError, match="too large: at most 134,217,728 bytes"):
        read(path)


def folder(path: Path) -> None:
    path.mkdir()


def link_to_nothing(path: Path) -> None:
    path.symlink_to(path.with_name("missing"))


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (folder, "there is no file in this folder"),
        (link_to_nothing, "there is no such file"),
        (os.mkfifo, "not a regular file"),
        (lambda path: path.symlink_to("/dev/zero"), "not a regular file"),
    ],
)
def test_what_is_no_file_is_refused(tmp_path: Path, make: Callable[[Path], None], message: str) -> None:
    make(tmp_path / "plan.xlsx")
    with pytest.raises(FileTroubleError, match=message):
        read(tmp_path / "plan.xlsx")


@pytest.mark.parametrize(
    ("make", "library", "message"),
    [
        (messy.write_workbook, "python_calamine", "needs python-calamine"),
        (messy.write_word, "docx.oxml.parser", "needs python-docx"),
        (messy.write_page, "lxml.etree", "needs lxml"),
    ],
)
def test_a_missing_library_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, make: Callable[[Path], Path], library: str, message: str
) -> None:
    path = make(tmp_path / "plan.xlsx")
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(MissingLibraryError, match=f"{message}.*planner\\[import\\]"):
        read(path)


# Linux makes up such files.
@pytest.mark.parametrize("made_up", [path for path in (Path("/proc/self/status"),) if path.exists()])
def test_a_file_that_the_system_makes_up_is_empty(tmp_path: Path, made_up: Path) -> None:
    (tmp_path / "plan.csv").symlink_to(made_up)
    with pytest.raises(ImportFileError, match="the file is empty"):
        read(tmp_path / "plan.csv")


def test_progress_tells_the_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from planner.intake.files.reading import ROWS_READ, read_files

    told: list[int] = []

    def progress(name: str, by: int = 1) -> None:
        assert name == ROWS_READ
        told.append(by)

    path = written(tmp_path / "plan.csv", "a,b\n" * (2 * input_file.STEP + 5))
    read_files([path], progress=progress)
    assert told == [input_file.STEP, input_file.STEP, 5]


def test_files_of_the_same_name_are_told_apart(tmp_path: Path) -> None:
    from planner.intake.files.reading import read_files

    paths = [written(tmp_path / name, f"a,{name}\n") for name in ("one.csv", "two.csv")]
    (tmp_path / "other").mkdir()
    paths.append(written(tmp_path / "other" / "one.csv", "a,b\n"))
    assert [sheet.file for sheet in read_files(paths).sheets] == [str(paths[0]), "two.csv", str(paths[2])]
