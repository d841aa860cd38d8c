"""Workbooks: XLSX, XLS and ODS."""

import ctypes
import struct
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from datetime import date, datetime, time
from pathlib import Path

import openpyxl
import pytest
from openpyxl.chartsheet import Chartsheet
from openpyxl.comments import Comment
from openpyxl.styles import Font
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from planner.intake.files import archives
from planner.intake.files.archives import Archive
from planner.intake.files.input_file import InputFile, MacrosError, ReadOptions
from planner.intake.files.reading import read_files
from planner.intake.files.workbooks import portions, workbook
from planner.intake.garbage import give_back_memory
from planner.intake.proposed import Severity
from planner.intake.sheets import Merged, Value
from tests.intake import messy
from tests.intake.files.makers import read, record, sheet_xml, values, write_ods, write_xls, write_xlsx

# A workbook has no time zones.
MOMENT = datetime.combine(date(2027, 6, 30), time(9, 30))
TYPED: tuple[Value, ...] = (None, 39, 2.5, "85%", True, date(2027, 6, 30), MOMENT, "a\nb")


def test_cells_of_a_workbook_keep_their_types(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for column, value in enumerate((None, 39, 2.5, 0.85, True, date(2027, 6, 30), MOMENT, " a\r\nb "), 1):
        sheet.cell(3, column, value)
    sheet["D3"].number_format = "0.0%"
    sheet["A6"] = "merged"
    sheet.merge_cells("A6:B7")
    book.save(tmp_path / "plan.xlsx")
    (found,) = read(tmp_path / "plan.xlsx").sheets
    assert [(row.number, row.values) for row in found.rows] == [(3, TYPED), (6, ("merged",))]
    assert found.merged == (Merged(6, 1, 7, 2),)
    assert not found.from_1904


def test_all_sheets_are_read_and_hidden_ones_are_told(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.worksheets[0].title = "Plan"
    book.worksheets[0]["A1"] = "a"
    hidden = book.create_sheet("Lists")
    hidden["B2"] = "b"
    hidden.sheet_state = "hidden"
    chart = book.create_chartsheet("Chart")
    assert isinstance(chart, Chartsheet)
    book.epoch = CALENDAR_MAC_1904
    book.save(tmp_path / "plan.xlsx")
    found = read(tmp_path / "plan.xlsx")
    assert [(sheet.name, sheet.rows[0].values, sheet.from_1904) for sheet in found.sheets] == [
        ("Plan", ("a",), True),
        ("Lists", (None, "b"), True),
    ]
    assert [(str(one.place), one.severity) for one in found.problems] == [("plan.xlsx: Lists", Severity.REMARK)]


def test_cells_without_a_value_of_their_own_are_told_with_their_places(tmp_path: Path) -> None:
    rows = (
        '<row r="1"><c r="A1" t="e"><f>B9</f><v>#REF!</v></c><c r="B1"><f>1+1</f><v></v></c>'
        '<c r="C1"><f>[1]Other!A1</f><v>5</v></c><c r="D1"><f>1+1</f><v>2</v></c>'
        '<c r="E1" t="str"><f>T(D1)</f><v></v></c></row>'
    )
    found = read(write_xlsx(tmp_path / "plan.xlsx", sheet_xml(rows)))
    assert [(str(one.place), one.severity, one.value, one.what) for one in found.problems] == [
        ("plan.xlsx: Plan!A1", Severity.ERROR, "#REF!", "the formula of this cell ended with an error"),
        ("plan.xlsx: Plan!B1", Severity.ERROR, "", "this cell has a formula without a stored value"),
        (
            "plan.xlsx: Plan!C1",
            Severity.ERROR,
            "",
            "this cell takes its value from another file, which is not followed",
        ),
    ]
    assert found.sheets[0].rows[0].values == (None, None, 5, 2)


def test_a_link_to_another_file_may_have_its_name_instead_of_a_number(tmp_path: Path) -> None:
    formulas = (
        "'[other.xlsx]S'!A1", "'C:\\plans\\[计划 2026.XLS]表'!A1", "[o.xlsm]S!A1+1",
        "SUM(Sums[Plan.xlsx])", "Sums[[#Totals],[a.b]]", "S!A1",
    )  # fmt: skip
    cells = "".join(f'<c r="{"ABCDEF"[at]}1"><f>{formula}</f><v>5</v></c>' for at, formula in enumerate(formulas))
    found = read(write_xlsx(tmp_path / "plan.xlsx", sheet_xml(f'<row r="1">{cells}</row>')))
    what = "this cell takes its value from another file, which is not followed"
    places = ("plan.xlsx: Plan!A1", "plan.xlsx: Plan!B1", "plan.xlsx: Plan!C1")
    assert [(str(one.place), one.severity, one.what) for one in found.problems] == [
        (place, Severity.ERROR, what) for place in places
    ]


ONE_CELL = '<row r="1"><c r="A1"><v>1</v></c></row>'


def test_links_are_remarked_on(tmp_path: Path) -> None:
    parts: dict[str, str | bytes] = {"xl/externalLinks/externalLink1.xml": "<externalLink/>"}
    found = read(write_xlsx(tmp_path / "plan.xlsx", sheet_xml(ONE_CELL), **parts))
    assert [(one.severity, one.what) for one in found.problems] == [
        (Severity.REMARK, "the workbook has links to other files, which were not followed"),
    ]


@pytest.mark.parametrize("part", ["xl/vbaProject.bin", "xl/macrosheets/macro1.xml", "word/VBAPROJECT.BIN"])
def test_macros_are_refused_unless_they_are_to_be_ignored(tmp_path: Path, part: str) -> None:
    parts: dict[str, str | bytes] = {part: b"\0\1"}
    path = write_xlsx(tmp_path / "plan.xlsm", sheet_xml(ONE_CELL), **parts)

    with pytest.raises(MacrosError, match="this file has macros") as refused:
        read(path)
    found = read_files([path], ReadOptions(ignore_macros=True))

    assert refused.value.by_field == "ignore_macros"
    assert found.sheets[0].rows[0].values == (1,)
    assert [(one.severity, one.what) for one in found.problems] == [
        (Severity.REMARK, "the macros of this file were ignored; only its cells were read"),
    ]


@pytest.mark.parametrize(
    ("part", "refused"),
    [("Basic/Standard/Module1.xml", True), ("Scripts/python/a.py", True), ("Basic/Standard/script-lb.xml", False)],
)
def test_macros_of_open_documents_are_refused_and_empty_libraries_are_not(
    tmp_path: Path, part: str, refused: bool
) -> None:
    path = write_ods(tmp_path / "plan.ods", ods_row("<table:table-cell><text:p>A</text:p></table:table-cell>"))
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(part, "Sub Main")

    with pytest.raises(MacrosError) if refused else nullcontext():
        assert read(path).sheets


def test_value_from_another_file_is_a_fault_in_open_documents_too(tmp_path: Path) -> None:
    formula = "of:=['file:///C:/plan%202026.ods'#$Tasks.B7]"
    cells = (
        f'<table:table-cell table:formula="{formula}" office:value-type="float" office:value="7"/>'
        '<table:table-cell table:formula="of:=[.A1]" office:value-type="float" office:value="8"/>'
    )
    found = read(write_ods(tmp_path / "plan.ods", ods_row(cells)))
    assert [(str(one.place), one.severity, one.what) for one in found.problems] == [
        ("plan.ods: Plan!A1", Severity.ERROR, "this cell takes its value from another file, which is not followed")
    ]
    assert found.sheets[0].rows[0].values == (None, 8)


def test_macros_of_old_workbooks_are_refused(tmp_path: Path) -> None:
    path = write_xls(tmp_path / "plan.xls", [["A"]])
    content = path.read_bytes()
    name = "Workbook".encode("utf-16-le")
    # The name of the folder takes the place of the name of the stream.
    folder = "_VBA_PROJECT".encode("utf-16-le")
    assert content.count(name) == 1
    at = content.index(name)
    changed = bytearray(content)
    changed[at : at + len(folder)] = folder
    changed[at + 64 : at + 66] = (len(folder) + 2).to_bytes(2, "little")
    path.write_bytes(bytes(changed))

    with pytest.raises(MacrosError):
        read(path)


def test_an_old_workbook_is_read(tmp_path: Path) -> None:
    error = record(0x205, struct.pack("<3H2B", 2, 1, 0, 0x2A, 1))
    merged = record(0xE5, struct.pack("<5H", 1, 0, 0, 0, 1))
    path = write_xls(
        tmp_path / "plan.xls", [["任务", None], ["修路", 39.0]], error, merged, first=record(0x22, b"\1\0")
    )
    found = read(path)
    (sheet,) = found.sheets
    assert [row.values for row in sheet.rows] == [("任务",), ("修路", 39)]
    assert (sheet.name, sheet.merged, sheet.from_1904) == ("Plan", (Merged(1, 1, 1, 2),), True)
    assert [(str(one.place), one.value) for one in found.problems] == [("plan.xls: Plan!B3", "#N/A")]


def test_an_old_workbook_of_many_rows_is_read(tmp_path: Path) -> None:
    """Its tables of sectors are themselves listed outside the header."""
    path = write_xls(tmp_path / "plan.xls", [[f"{row:_<4000}"] for row in range(900)])
    assert path.stat().st_size > 7_000_000
    assert len(values(path)) == 900


def ods_row(cells: str, repeated: int = 1) -> str:
    return f'<table:table-row table:number-rows-repeated="{repeated}">{cells}</table:table-row>'


def ods_cell(attributes: str, content: str = "") -> str:
    return f"<table:table-cell {attributes}>{content}</table:table-cell>"


def test_an_open_document_spreadsheet_is_read(tmp_path: Path) -> None:
    nothing = ods_cell('table:number-columns-repeated="16384"')
    words = "<office:annotation><text:p>no</text:p></office:annotation><text:p>a<text:s/>b</text:p><text:p>c</text:p>"
    typed = (
        ods_cell("")
        + ods_cell('office:value-type="float" office:value="39"')
        + ods_cell('office:value-type="percentage" office:value="0.85"', "<text:p>85%</text:p>")
        + ods_cell('office:value-type="date" office:date-value="2027-06-30"', "<text:p>30.6.</text:p>")
        + ods_cell('office:value-type="string" table:number-columns-repeated="2"', words)
        + ods_cell('office:value-type="boolean" office:boolean-value="true"')
    )
    other = (
        ods_cell('table:number-columns-spanned="2" office:value-type="string"', "<text:p>m</text:p>")
        + "<table:covered-table-cell/>"
        + ods_cell('table:formula="of:=1/0"', "<text:p>#DIV/0!</text:p>")
    )
    rows = ods_row(nothing, 2) + ods_row(typed) + ods_row(other) + ods_row(nothing, 1048570)
    found = read(write_ods(tmp_path / "plan.ods", rows))
    (sheet,) = found.sheets
    assert [(row.number, row.values) for row in sheet.rows] == [
        (3, (None, 39, "85%", date(2027, 6, 30), "a b\nc", "a b\nc", True)),
        (4, ("m",)),
    ]
    assert sheet.merged == (Merged(4, 1, 4, 2),)
    problems = [(str(one.place), one.value) for one in found.problems]
    assert problems == [("plan.ods: Plan!C4", "#DIV/0!"), ("plan.ods: Plan", "E3")]


@pytest.mark.parametrize("name", ["plan.xls", "plan.csv", "plan"])
def test_the_content_decides_about_the_kind(tmp_path: Path, name: str) -> None:
    messy.write_workbook(tmp_path / "plan.xlsx").rename(tmp_path / name)
    assert [sheet.name for sheet in read(tmp_path / name).sheets] == ["任务表", "填表说明"]


def test_what_a_sheet_hides_strikes_through_or_comments_is_told(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Plan"
    for row in range(1, 5):
        sheet.append((f"a{row}", f"b{row}", f"c{row}"))
    sheet["A2"].font = Font(strike=True)
    sheet["B3"].font = Font(bold=True)
    sheet.row_dimensions[3].hidden = True
    sheet.row_dimensions[900].hidden = True
    sheet.column_dimensions["C"].hidden = True
    sheet["A1"].comment = Comment("what this column is for", "somebody")
    sheet["A2"].comment = Comment("agreed by telephone", "somebody")
    book.save(tmp_path / "plan.xlsx")
    found = read(tmp_path / "plan.xlsx")
    assert found.sheets[0].struck == {(2, 1)}
    assert [(str(one.place), one.value, one.what) for one in found.problems] == [
        ("plan.xlsx: Plan", "3", "hidden rows were read like the others"),
        ("plan.xlsx: Plan", "C", "hidden columns were read like the others"),
        ("plan.xlsx: Plan", "A2", "the comments on cells of this sheet are not imported"),
    ]


@pytest.mark.parametrize("suffix", ["ods", "xls"])
def test_comments_in_other_workbooks_are_told(tmp_path: Path, suffix: str) -> None:
    if suffix == "ods":
        note = "<office:annotation><text:p>agreed by telephone</text:p></office:annotation>"
        cell = f'<table:table-cell office:value-type="string">{note}<text:p>a</text:p></table:table-cell>'
        write_ods(tmp_path / "plan.ods", f"<table:table-row>{cell}</table:table-row>" * 2)
    else:
        notes = [record(0x1C, struct.pack("<4H", row, 0, 0, 1)) for row in (0, 1)]
        write_xls(tmp_path / "plan.xls", [["a"], ["a"]], *notes)

    found = read(tmp_path / f"plan.{suffix}")

    assert [row.values for row in found.sheets[0].rows] == [("a",), ("a",)]
    assert [(one.place, one.value, one.what) for one in found.problems] == [
        (found.sheets[0].place(), "A2", "the comments on cells of this sheet are not imported")
    ]


@contextmanager
def archive_of(path: Path) -> Iterator[tuple[InputFile, Archive]]:
    """An open workbook and its parts."""
    with path.open("rb") as file:
        source = InputFile(path, path.name, file, ReadOptions(), lambda number: None)
        yield source, Archive(source)


def test_what_an_open_document_hides_and_strikes_through_is_told(tmp_path: Path) -> None:
    styles = (
        '<style:style style:name="ta1"><style:table-properties table:display="false"/></style:style>'
        '<style:style style:name="ce1"><style:text-properties style:text-line-through-style="solid"/></style:style>'
        '<style:style style:name="ce2"><style:text-properties style:text-line-through-style="none"/></style:style>'
    )
    columns = '<table:table-column table:number-columns-repeated="2"/><table:table-column table:visibility="collapse"/>'
    row = (
        '<table:table-row {more}><table:table-cell table:style-name="{style}" office:value-type="string">'
        '<text:p>a</text:p></table:table-cell><table:table-cell table:number-columns-repeated="2" '
        'office:value-type="string"><text:p>b</text:p></table:table-cell></table:table-row>'
    )
    rows = (("", "ce2"), ("", "ce1"), ('table:visibility="filter" table:number-rows-repeated="2"', "ce2"))
    made = columns + "".join(row.format(more=more, style=style) for more, style in rows)
    found = read(write_ods(tmp_path / "plan.ods", made, styles=styles, style="ta1"))
    assert found.sheets[0].struck == {(2, 1)}
    assert [(str(one.place), one.value, one.what) for one in found.problems] == [
        ("plan.ods: Plan", "", "this sheet is hidden and was read like the others"),
        ("plan.ods: Plan", "3, 4", "hidden rows were read like the others"),
        ("plan.ods: Plan", "C", "hidden columns were read like the others"),
    ]


def test_what_an_old_workbook_hides_and_strikes_through_is_told(tmp_path: Path) -> None:
    row = record(0x208, struct.pack("<6HL", 1, 0, 2, 255, 0, 0, 0x20))
    column = record(0x7D, struct.pack("<6H", 1, 1, 0, 0, 1, 0))
    # The first format has the first font, which is struck through.
    looks = record(0x31, struct.pack("<2H10x", 200, 0x08)) + record(0xE0, struct.pack("<2H16x", 0, 0))
    found = read(write_xls(tmp_path / "plan.xls", [["a", "b"], ["c", "d"]], row, column, first=looks))
    assert found.sheets[0].struck == {(1, 1), (1, 2), (2, 1), (2, 2)}
    assert [(str(one.place), one.value, one.what) for one in found.problems] == [
        ("plan.xls: Plan", "2", "hidden rows were read like the others"),
        ("plan.xls: Plan", "B", "hidden columns were read like the others"),
    ]


def test_a_large_sheet_is_read_in_portions_as_it_is_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in range(3, 60):
        sheet.cell(row, 2, f"task {row}").font = Font(strike=row == 40)
        sheet.cell(row, 4, row / 100).number_format = "0%"
        sheet.cell(row, 5, date(2027, 6, 1))
    sheet.delete_rows(20, 5)
    sheet.merge_cells("B30:B32")
    book.create_sheet("People").append(("name", "login"))
    book.save(tmp_path / "plan.xlsx")
    at_once = read(tmp_path / "plan.xlsx").sheets
    monkeypatch.setattr(archives, "_CHUNK", 100)
    monkeypatch.setattr(portions, "_PORTION", 1000)
    with archive_of(tmp_path / "plan.xlsx") as (source, archive):
        made = list(portions.portions(source, archive, "xl/worksheets/sheet1.xml", 59) or ())
        fewer = list(portions.portions(source, archive, "xl/worksheets/sheet1.xml", 30) or ())
    assert len(made) > 1
    assert sum(map(len, fewer)) < sum(map(len, made))
    assert read(tmp_path / "plan.xlsx").sheets == at_once


@pytest.mark.parametrize(("portion", "times"), [(1 << 20, 0), (100, 1)])
def test_memory_is_given_back_after_a_large_sheet_and_not_after_each_small_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, portion: int, times: int
) -> None:
    book = openpyxl.Workbook()
    book.worksheets[0].append(("Code", "Task"))
    book.save(tmp_path / "plan.xlsx")
    given_back: list[int] = []
    monkeypatch.setattr(portions, "_PORTION", portion)
    monkeypatch.setattr(workbook, "give_back_memory", lambda: given_back.append(1))

    read(tmp_path / "plan.xlsx")

    assert len(given_back) == times


@pytest.mark.parametrize("error", [OSError, TypeError, AttributeError])
def test_a_system_that_cannot_give_memory_back_reads_as_well(
    monkeypatch: pytest.MonkeyPatch, error: type[Exception]
) -> None:
    asked: list[object] = []

    class NoTrim:
        def __init__(self, name: object) -> None:
            asked.append(name)
            if error is not AttributeError:
                raise error

    monkeypatch.setattr(ctypes, "CDLL", NoTrim)
    give_back_memory()
    assert asked == [None]
