"""The CSV form: what a reader gets back is what was recorded, and no spreadsheet runs it."""

import csv
import io
from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from planner.queries.items.views import OrganisationView
from planner.tables.csv_form import USUAL, CsvStyle, csv_bytes
from planner.weekly.sections.items import ITEMS
from tests.weekly.factories import ITEM, REPORT, items_of, row_of_texts, weekly_row

BOM = b"\xef\xbb\xbf"

# Anything that UTF-8 holds, and often what a CSV file or a spreadsheet gives a meaning to.
TEXTS = st.text(
    st.one_of(
        st.characters(exclude_categories=["Cs"]),
        st.sampled_from(list(",;'\"\r\n\t =+-@＝مرفأ港口🚢‏\u00a0\ufeff")),
    )
)


def read(content: bytes) -> list[dict[str, str]]:
    """The file as any CSV reader sees it."""
    return list(csv.DictReader(io.StringIO(content.decode(), newline=""), strict=True))


def csv_of(*rows, style=USUAL) -> bytes:
    """The file of the section `items` with these rows."""
    filled = items_of(*rows)
    return b"".join(csv_bytes(filled.columns, filled.rows, style))


def one_cell(text: str) -> str:
    """A title as it comes back from a file."""
    return read(csv_of(row_of_texts(text)))[0]["title"]


@given(st.lists(st.tuples(TEXTS, TEXTS, TEXTS), min_size=1, max_size=4))
@example([('Say "now", then\r\nwait', "مرفأ, ميناء", "🚢\n港口")])
def test_any_text_comes_back_but_for_the_apostrophe(texts):
    rows = read(csv_of(*[row_of_texts(*three) for three in texts]))
    assert len(rows) == len(texts)
    for row, three in zip(rows, texts, strict=True):
        for name, text in zip(("title", "done", "blocker"), three, strict=True):
            assert row[name] in (text, f"'{text}")
            assert not row[name].lstrip().startswith(("=", "+", "-", "@"))
            assert not row[name].startswith(("\t", "\r"))
        assert row["data"] == "register"


@given(TEXTS.filter(lambda text: text[:1].isalnum()))
def test_harmless_text_is_left_alone(text):
    assert one_cell(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1+1",
        "\r=1+1",
        "\tplain",
        "\rplain",
        "  =1+1",
        " \tplain",
        "\n=1+1",
        "\u00a0=1+1",
        '=HYPERLINK("http://example.org","more")',
        "＝1+1",
        "－1",
        # With an apostrophe of its own, the text gets one more, so that the import knows which one to remove.
        "'=1+1",
    ],
)
def test_a_text_that_would_run_gets_an_apostrophe(text):
    assert one_cell(text) == f"'{text}"


@pytest.mark.parametrize("text", ["1+1=2", "a\t=1", "'plain", "…-1", "  plain"])
def test_a_text_that_would_not_run_gets_none(text):
    assert one_cell(text) == text


def test_only_a_text_without_a_letter_at_its_beginning_is_looked_at_closely(monkeypatch):
    looked_at: list[str] = []

    def noted(text):
        looked_at.append(text)
        return text

    monkeypatch.setattr("planner.tables.csv_form.neutralised", noted)
    csv_of(row_of_texts("Mend the quays", "(Done.)", "修复码头"), weekly_row())
    assert looked_at == ["(Done.)", "old:duty-1", "old:duty-1"]


def test_a_list_that_would_run_gets_an_apostrophe():
    row = weekly_row(
        replace(ITEM, supporting=(OrganisationView(1, "a", "+A", "A"), OrganisationView(2, "b", "B", "B")))
    )
    assert read(csv_of(row))[0]["supporting"] == "'+A; B"


def test_numbers_are_no_text_and_have_one_decimal():
    row = weekly_row(replace(ITEM, actual=35.0, expected=100 / 3), replace(ITEM, actual=40.25))
    cells = read(csv_of(row))[0]
    assert cells["percent"] == "35.0"
    assert cells["expected_percent"] == "33.3"
    assert cells["change_since_last_week"] == "-5.2"
    assert cells["days_late"] == "0"


def test_the_form_is_that_of_rfc_4180():
    content = csv_of(row_of_texts('Mend "all", now', "One.\nTwo."))
    header, line, rest = content.decode().split("\r\n")
    assert header == ",".join(column.name for column in ITEMS.all_columns)
    assert line.startswith('T-001,task,1 Quays and lights,"Mend ""all"", now",stated,Harbour Office,,in_progress,none,')
    assert ',"One.\nTwo.",' in line
    assert line.endswith(",2020-04-02,news,,,old:duty-1,,,2020-W14,2020-04-05,register")
    assert rest == ""


def test_the_byte_order_mark_comes_first_and_only_when_asked_for():
    plain, marked = (csv_of(weekly_row(), style=CsvStyle(bom=bom)) for bom in (False, True))
    assert not plain.startswith(BOM)
    assert marked == BOM + plain


def test_with_a_decimal_comma_a_spreadsheet_of_such_a_language_reads_numbers_and_columns():
    rows = row_of_texts("Mend; all, now"), weekly_row(replace(ITEM, actual=12.5, last=REPORT))
    written = csv_of(*rows, style=CsvStyle(decimal_comma=True))
    texts, numbers = csv.DictReader(io.StringIO(written.decode(), newline=""), delimiter=";", strict=True)
    assert (texts["title"], numbers["percent"], numbers["current_due"]) == ("Mend; all, now", "12,5", "2020-12-31")
    usual = read(csv_of(*rows))
    assert [[cell.replace(".", ",") for cell in row.values()] for row in usual] == [
        [cell.replace(".", ",") for cell in row.values()] for row in (texts, numbers)
    ]


def test_rows_are_written_as_they_come():
    asked = []

    def rows():
        for title in ("First", "Second"):
            asked.append(title)
            yield row_of_texts(title)

    pieces = csv_bytes(items_of().columns, rows())
    next(pieces)
    assert asked == []
    assert b"First" in next(pieces)
    assert asked == ["First"]
