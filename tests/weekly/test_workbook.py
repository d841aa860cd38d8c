"""The weekly file as a workbook, read back with another library."""

import io
import shutil
import sys
import zipfile
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from xml.etree import ElementTree

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.utils.cell import range_boundaries
from openpyxl.utils.escape import unescape
from sqlalchemy import make_url

from planner.base.errors import BadValueError, MissingLibraryError
from planner.base.visible_text import visible
from planner.domain.definitions import DEFINITIONS
from planner.domain.symbols import SYMBOLS, words
from planner.store.database import open_database
from planner.tables import columns
from planner.tables.columns import Column
from planner.tables.frame import Frame
from planner.tables.table import Filled
from planner.weekly.contents import WeeklyFile, fill_all
from planner.weekly.reading import Instance, open_week
from planner.weekly.reading_order import reading_order, spoken
from planner.weekly.sections.items import ITEMS
from planner.weekly.workbook.book import workbook_bytes
from planner.weekly.workbook.chart_tables import chart_tables
from planner.weekly.workbook.charts import page_breaks
from planner.weekly.workbook.looks import LINE_HEIGHT
from planner.weekly.workbook.sheet import MOST_ROWS, NOT_PRINTED, for_paper, sheet_name, title_lines
from planner.weekly.workbook.texts import LONGEST_CELL, cell_text, lines_needed, units, width
from tests.effort import EFFORT
from tests.factories import ODD_TITLE, reading_of, report
from tests.weekly.factories import THREE_THEMES, items_of, row_of_texts
from tests.weekly.week import LATER, W14

INSTANCE = Instance(THREE_THEMES, W14, date(2020, 4, 5), LATER)
HEADER = 3
OVERRIDE = "\u202e"


@pytest.fixture(scope="module")
def found(tmp_path_factory, loaded_file) -> WeeklyFile:
    """Week 14 of the small plan with a report in it, and what its pictures show."""
    file = tmp_path_factory.mktemp("workbook") / "register.sqlite"
    shutil.copy(loaded_file, file)
    database = open_database(make_url(f"sqlite:///{file}"))
    report(database, as_of=date(2020, 4, 2), percent=20.5, done="=1+1", blocker="مرفأ")
    with database.reading() as session:
        read = fill_all(open_week(reading_of(session), now=LATER, week=W14), pictures=True)
    database.close()
    return read


@pytest.fixture(scope="module")
def book(found) -> openpyxl.Workbook:
    """Its workbook."""
    return opened(found)


def made(found: WeeklyFile) -> bytes:
    return b"".join(workbook_bytes(found))


def opened(found: WeeklyFile) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(made(found)))


def with_texts(*texts: str) -> openpyxl.Workbook:
    """A workbook whose items have these titles."""
    return opened(WeeklyFile(INSTANCE, (items_of(*map(row_of_texts, texts)),)))


def titles(book: openpyxl.Workbook) -> list[Any]:
    column = [cell.value for cell in book["Items"][HEADER]].index("Title")
    return [row[column] for row in book["Items"].iter_rows(min_row=HEADER + 1)]


def columns_of(filled: Filled[Any]) -> list[Column[Any]]:
    """The columns of a section in the order of its sheet."""
    order = reading_order(filled)
    own = len(filled.table.columns)
    return [*order.first, *order.others, *order.same, *filled.columns[own:]]


def with_rows(found: WeeklyFile) -> list[Filled[Any]]:
    return [filled for filled in found.sections if filled.rows]


def expected(value: Any, column: Column[Any]) -> Any:
    """What a cell is read back as."""
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day)  # noqa: DTZ001  (a spreadsheet's dates have no zone)
    if isinstance(value, tuple):
        return "; ".join(words(part) if part in SYMBOLS else part for part in value) or None
    return spoken(column, value) if isinstance(value, str) and value else value


def test_every_section_is_a_sheet_whose_cells_are_what_they_are(found, book):
    names = [sheet_name(filled.table.name) for filled in with_rows(found)]
    assert book.sheetnames == ["Brief", "Cover", *names, "Charts"]
    assert "Corrections" not in names
    for filled in with_rows(found):
        sheet, columns = book[sheet_name(filled.table.name)], columns_of(filled)
        header = next(sheet.iter_rows(min_row=HEADER, max_row=HEADER))
        assert [cell.value for cell in header] == [column.title for column in columns]
        for cell, column in zip(header, columns, strict=True):
            assert cell.comment.text.startswith(f"{column.name}\n")
        for row, cells in zip(filled.rows, sheet.iter_rows(min_row=HEADER + 1), strict=False):
            for value, column, cell in zip([column.read(row) for column in columns], columns, cells, strict=True):
                assert cell.value == expected(value, column)
                assert (cell.data_type == "d") == isinstance(value, date)
                assert cell.hyperlink is None
        assert sheet.max_row == HEADER + len(filled.rows)


def test_headers_and_keys_stay_and_every_column_filters(found, book):
    panes = {name: book[name].freeze_panes for name in ("Items", "Totals")}
    assert panes == {"Items": "B4", "Totals": "B4"}
    for filled in with_rows(found):
        sheet, columns = book[sheet_name(filled.table.name)], len(filled.columns)
        last = HEADER + max(1, len(filled.rows))
        assert range_boundaries(sheet.auto_filter.ref) == (1, HEADER, columns, last)
        assert sheet.print_title_rows == f"${HEADER}:${HEADER}"
        assert sheet.freeze_panes[1:] == str(HEADER + 1)


def test_a_sheet_prints_one_page_wide_what_is_read_first(found, book):
    for filled in with_rows(found):
        sheet = book[sheet_name(filled.table.name)]
        assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
        first_column, first_row, last_column, last_row = range_boundaries(sheet.print_area.split("!")[1])
        if filled.table.name in NOT_PRINTED:
            # Only an empty cell below the table would be printed, so programs leave out the sheet.
            assert (first_column, first_row, last_column) == (1, last_row, 1)
            assert sheet.cell(last_row, 1).value is None
            assert (last_row or 0) > HEADER + len(filled.rows)
            continue
        assert (last_column, last_row) == (len(reading_order(filled).first), HEADER + len(filled.rows))


def test_the_height_of_a_row_is_that_of_the_printed_texts_and_of_a_head_that_of_its_title():
    book = opened(
        WeeklyFile(INSTANCE, (items_of(row_of_texts("港" * 200), row_of_texts("short", done="long " * 200)),))
    )
    tall, low = (book["Items"].row_dimensions[row].height for row in (HEADER + 1, HEADER + 2))
    assert low == LINE_HEIGHT < tall
    weeks = columns.text("weeks", str, "", "Weeks without report")
    assert (title_lines(weeks, 10), title_lines(weeks, 18), title_lines(weeks, 40)) == (3, 2, 1)


def test_the_texts_share_what_the_other_columns_leave_of_a_page():
    number, text = columns.whole_number("n", len), columns.text("t", str)
    long, longer = ["a " * 50], ["a " * 150]
    assert for_paper((number, text, text), (["1"], long, longer), (20, 36, 36)) == [20, 32, 97]
    assert for_paper((number, text), (["1"], ["a few words"]), (20, 18)) == [20, 14]
    assert for_paper((text, text), (["antidisestablishmentarian"], longer), (36, 36)) == [24, 126]


def test_numbers_show_as_what_they_are(found, book):
    sheet = book["Items"]
    formats = {
        column.name: cell.number_format
        for column, cell in zip(
            columns_of(found.section("items")), next(sheet.iter_rows(min_row=HEADER + 1)), strict=True
        )
    }
    assert (formats["percent"], formats["expected_percent"]) == ('0.0"%"', '0.0"%"')
    assert (formats["change_since_last_week"], formats["days_late"]) == ("+0.0;-0.0;0.0", "0")
    assert (formats["baseline_due"], formats["as_of"]) == ("yyyy-mm-dd", "yyyy-mm-dd")


def test_states_are_coloured_by_what_stands_in_the_cell(found, book):
    sheet = book["Items"]
    rules = {
        (str(span.sqref).split(":")[0], rule.formula[0]): rule.dxf
        for span in sheet.conditional_formatting
        for rule in span.rules
    }
    for column, cell in zip(columns_of(found.section("items")), sheet[HEADER + 1], strict=True):
        for word in set(column.one_of) & SYMBOLS.keys():
            look = rules.pop((cell.coordinate, f'"{words(word)}"'))
            assert look.numFmt.formatCode == f'"{SYMBOLS[word][0]} "@'
            assert look.fill.bgColor.rgb != look.font.color.rgb
    assert not rules


def test_what_a_spreadsheet_would_run_is_text_and_stays_so():
    texts = ['=HYPERLINK("http://a.example")', "+cmd|' /C calc'!A0", "@SUM(1)", "-1", "\t=1", " =1", "＝1"]
    cells = titles(with_texts(*texts))
    assert [cell.value for cell in cells] == texts
    assert {(cell.data_type, cell.quotePrefix, cell.hyperlink) for cell in cells} == {("s", True, None)}


def test_a_text_is_held_as_entered_or_as_documented():
    held = {
        'a "quoted" <b>title</b> & more': None,
        "two\nlines": None,
        "two\r\nlines": "two\nlines",
        "NUL \0, bell \a, delete \x7f": "NUL ␀, bell ␇, delete ␡",
        "an emoji 🚀, a family 👩‍👩‍👧": None,
        f"turned {OVERRIDE}round": "turned [U+202E]round",
        "half a pair \ud83d": "half a pair \ufffd",
        "no character \uffff": "no character \ufffd",
        "<r>not markup</r>": None,
        "<r></si></sst></r>": None,
        "http://a.example": None,
        "00123": None,
        ODD_TITLE: None,
        "  blanks round  ": None,
        "長" * LONGEST_CELL + "x": "長" * (LONGEST_CELL - 1) + "…",
        "🚀" * LONGEST_CELL: "🚀" * (LONGEST_CELL // 2) + "…",
    }
    cells = titles(with_texts(*held))
    assert [cell.value for cell in cells] == [text if other is None else other for text, other in held.items()]
    assert {(cell.data_type, bool(cell.quotePrefix), cell.hyperlink) for cell in cells} == {("s", False, None)}


@settings(max_examples=10 * EFFORT)
@given(st.lists(st.text(st.characters(), min_size=1, max_size=40), min_size=1, max_size=20))
def test_any_text_comes_back(texts):
    found = [unescape(cell.value) if cell.value else "" for cell in titles(with_texts(*texts))]
    assert found == [cell_text(text) for text in texts]


def test_no_cell_of_any_sheet_is_a_formula(found):
    hostile = replace(found.instance, plan=replace(THREE_THEMES, title="=1+1", key="=cmd"))
    for sheet in opened(replace(found, instance=hostile)):
        for row in sheet.iter_rows():
            assert all(cell.data_type != "f" for cell in row), sheet.title


def test_arabic_reads_from_the_right_and_the_rest_from_the_left():
    arabic, chinese, mixed = titles(with_texts("مرفأ 2020", "港口", "Open مرفأ"))
    assert (arabic.alignment.readingOrder, arabic.alignment.horizontal) == (2, "right")
    assert (chinese.alignment.readingOrder, mixed.alignment.readingOrder) == (0, 0)
    assert arabic.alignment.wrap_text


def test_wide_letters_get_wide_columns_and_long_texts_high_rows():
    assert (width("港口 ab"), width("a\nlonger"), width("")) == (7, 6, 0)
    assert (lines_needed("港" * 30, 30), lines_needed("two\nlines", 30), lines_needed("", 30)) == (4, 2, 1)
    book = with_texts("港" * 12, "港" * 200)
    sheet, (first, second) = book["Items"], titles(book)
    assert sheet.column_dimensions[first.column_letter].width >= 24
    assert sheet.row_dimensions[first.row].height == LINE_HEIGHT
    assert sheet.row_dimensions[second.row].height > 5 * 15


@given(st.text(max_size=200))
def test_a_cell_never_holds_more_than_it_can(text):
    whole = visible(text * 400)
    held = cell_text(text * 400)
    assert units(held) <= LONGEST_CELL
    if units(whole) <= LONGEST_CELL:
        assert held == whole
    else:
        assert held.endswith("…")
        assert whole.startswith(held[:-1])


def test_the_same_week_gives_the_same_bytes(found):
    content = made(found)
    assert content == made(found)
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        assert {part.date_time for part in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        for name in parts.namelist():
            ElementTree.fromstring(parts.read(name))
    properties = openpyxl.load_workbook(io.BytesIO(content)).properties
    assert properties.created == properties.modified == LATER.replace(tzinfo=None)
    later = replace(found, instance=replace(found.instance, known_at=LATER.replace(year=2021)))
    assert made(later) != content


def test_the_cover_says_which_file_it_is_and_what_the_words_mean(found, book):
    lines = list(book["Cover"].iter_rows(values_only=True))
    words_from = [row[0] for row in lines].index("What the words mean")
    facts = {str(row[0]): row[1] for row in lines[:words_from] if row[0]}
    assert facts["As of"] == datetime(2020, 4, 5)  # noqa: DTZ001  (a spreadsheet's dates have no zone)
    assert facts["Known at"].startswith(found.instance.known_at_shown)
    exact = replace(found.instance, known_at=LATER.replace(microsecond=123456))
    pages = opened(replace(found, instance=exact))
    feet = [sheet.oddFooter for sheet in pages if sheet.oddFooter is not None]
    assert feet
    assert not any(".123456" in str(foot.left.text) for foot in feet)
    assert facts["To reproduce it, use"] == f"planner weekly {found.instance.options} --format xlsx"
    assert [facts[sheet_name(filled.table.name)] for filled in found.sections] == [
        len(filled.rows) for filled in found.sections
    ]
    told = {(row[0], row[1]) for row in lines[words_from:]}
    for definitions in DEFINITIONS:
        assert {(words(word), meaning) for word, meaning in definitions.meanings.items()} <= told
    links = {row[0].value: row[0].hyperlink for row in book["Cover"].iter_rows() if row[0].hyperlink}
    assert {name: link.location for name, link in links.items()} == {
        name: f"'{name}'!A1" for name in [*(sheet_name(filled.table.name) for filled in with_rows(found)), "Charts"]
    }


def test_simulated_data_says_so_on_every_sheet_and_page(found, book):
    simulated = replace(found.instance.plan, simulated_today=date(2020, 4, 5))
    for sheet in opened(replace(found, instance=replace(found.instance, plan=simulated))):
        top = [cell.value for row in sheet.iter_rows(max_row=3) for cell in row if cell.value]
        assert any(str(value).startswith("SIMULATED") for value in top), sheet.title
        header = sheet.oddHeader
        assert header is not None
        assert header.center.text == "&BSIMULATED DATA"
    assert not any("SIMULATED" in str(value) for row in book["Cover"].values for value in row)


def test_charts_are_drawn_from_cells_that_hold_the_facts(found, book):
    tables = chart_tables(found)
    charts, data = book["Charts"]._charts, book["Charts"]
    assert len(charts) == len(tables) == 4
    for chart, table in zip(charts, tables, strict=True):
        labels = [row[0] for row in data[chart.series[0].cat.strRef.f.split("!")[1]]]
        assert [cell.value for cell in labels] == [label for label, _ in table.rows]
        assert [data[one.tx.strRef.f.split("!")[1]].value for one in chart.series] == list(table.series)
        for place, one in enumerate(chart.series):
            drawn = [row[0].value for row in data[one.val.numRef.f.split("!")[1]]]
            assert drawn == [values[place] for _, values in table.rows]


def test_the_numbers_of_the_charts_are_those_of_the_file(found):
    weeks, states, progress, organisations = chart_tables(found)
    totals = [found.section("totals").values(row) for row in found.section("totals").rows]
    (plan,) = (row for row in totals if row["by"] == "plan")
    themes = [row for row in totals if row["by"] == "theme"]
    led = [row for row in totals if row["by"] == "organisation"]
    assert weeks.rows[-1] == ("2020-W14", (plan["percent"], plan["expected_percent"]))
    assert [(name, _sum(*counts)) for name, counts in states.rows] == [(row["name"], row["items"]) for row in themes]
    assert progress.rows == tuple((row["name"], (row["percent"], row["expected_percent"])) for row in themes)
    assert [(name, counts[0]) for name, counts in organisations.rows] == [(row["name"], row["reported"]) for row in led]
    assert _sum(*(counts[0] for _, counts in organisations.rows)) == 1
    assert _sum(*(counts[1] for _, counts in organisations.rows)) == len(found.section("unreported").rows)


def _sum(*numbers: float | None) -> float:
    return sum(number or 0 for number in numbers)


def test_a_file_without_totals_and_pictures_has_no_charts():
    book = opened(WeeklyFile(INSTANCE, (items_of(),)))
    assert book.sheetnames == ["Cover"]
    assert ["Items", 0] in [[row[0], row[1]] for row in book["Cover"].values]


def test_a_page_of_charts_ends_before_a_chart_that_would_be_cut():
    assert page_breaks([3, 20, 40, 60, 120, 220]) == [59, 119]
    assert page_breaks([3, 200]) == []


def test_more_rows_than_a_sheet_holds_are_refused():
    rows: Any = range(MOST_ROWS + 1)
    with pytest.raises(BadValueError, match="1,048,574 rows"):
        made(WeeklyFile(INSTANCE, (Filled(ITEMS, Frame(W14, date(2020, 4, 5), False), rows),)))


def test_without_the_library_it_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    with pytest.raises(MissingLibraryError, match=r"Install planner\[reports\]"):
        workbook_bytes(WeeklyFile(INSTANCE, (items_of(),)))
