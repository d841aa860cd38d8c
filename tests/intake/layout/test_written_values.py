"""Percents, days and lists in all the ways in which they are written: whatever the way, the value is the same."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from planner.dates.span import Span
from planner.intake.layout.cells.days import DayReader
from planner.intake.layout.cells.lists import entries_of
from planner.intake.layout.cells.numbers import PercentReader
from planner.intake.layout.cells.themes import LevelReader
from planner.intake.proposed import Field
from tests.intake.layout.written import proposed, values

SPAN = Span(date(2027, 1, 1), date(2027, 12, 31))
READ = DayReader(SPAN, day_first=True)
DIGITS = "零一二三四五六七八九"
WIDE = str.maketrans("0123456789%./-", "０１２３４５６７８９％．／－")
WORDS = st.text("修建路桥学校医院公园河道", min_size=2, max_size=8)
CIRCLED = "①②③④⑤⑥⑦⑧"


def numerals(number: int) -> str:
    """Return a number up to 100 in Chinese numerals: 85 is 八十五."""
    if number == 100:
        return "一百"
    tens, ones = divmod(number, 10)
    before = ("" if tens == 1 else DIGITS[tens]) + "十" if tens else ""
    return before + (DIGITS[ones] if ones or not tens else "")


@given(st.integers(0, 100))
def test_a_percent_is_the_same_in_all_its_forms(percent):
    written = [f"{percent}%", f"{percent} %", f"{percent}.0%", percent, float(percent), f"百分之{numerals(percent)}"]
    for form in [*written, f"{percent}%".translate(WIDE), f"约{percent}%"]:
        assert PercentReader(1)(form).value == percent, form
    assert PercentReader(100)(percent / 100).value == percent


@given(st.dates(SPAN.starts, SPAN.ends))
def test_a_day_is_the_same_in_all_its_forms(day):
    year, month, number = day.year, day.month, day.day
    written = [
        day, str(day), f"{year}/{month}/{number}", f"{year}.{month}.{number}", f"{year}{month:02}{number:02}",
        f"{year}年{month}月{number}日", f"{month}月{number}日前", f"{year}年{month}月{number}日".translate(WIDE),
        f"{year}년 {month}월 {number}일", f"{month}월 {number}일까지", f"令和{year - 2018}年{month}月{number}日",
        f"民國{year - 1911}年{month}月{number}日", f"{year - 1911}年{month}月{number}日",
        f"{year - 1911}/{month}/{number}",
        f"{day:%d %B %Y}", f"{day:%B %d, %Y}", f"by {day:%d %b}", f"{number:02}/{month:02}/{year}",
        (day - date(1899, 12, 30)).days, float((day - date(1899, 12, 30)).days),
    ]  # fmt: skip
    for form in written:
        reading = READ(form)
        assert (reading.value, reading.doubt) == (day, None), form


@given(st.lists(WORDS, min_size=2, max_size=8))
def test_a_list_has_the_same_entries_in_all_its_forms(entries):
    numbered = list(enumerate(entries, 1))
    written = [
        "\n".join(f"{number}. {entry}" for number, entry in numbered),
        "；".join(f"{number}、{entry}" for number, entry in numbered),
        "".join(f"{CIRCLED[number - 1]}{entry}" for number, entry in numbered),
        "；".join(f"（{number}）{entry}" for number, entry in numbered),
        "".join(f"（{number}）{entry}" for number, entry in numbered),
        "".join(f"{number}、{entry}" for number, entry in numbered),
        "".join(f"（{'一二三四五六七八'[number - 1]}）{entry}" for number, entry in numbered),
        "".join(f"{'一二三四五六七八'[number - 1]}、{entry}" for number, entry in numbered),
        "。".join(f"{'一二三四五六七八'[number - 1]}是{entry}" for number, entry in numbered),
        "\n".join(entries),
    ]
    for form in written:
        assert [entry.rstrip("。") for entry in entries_of(form)] == entries, form


@given(st.lists(WORDS, min_size=1, max_size=6, unique=True), st.sampled_from(["{}、{}", "（{}）{}", "{}. {}"]))
def test_numbers_of_themes_are_divided_from_their_titles(titles, form):
    cells = [form.format("一二三四五六"[at], title) for at, title in enumerate(titles)]
    labels: dict[tuple[str, ...], str] = {}
    read = LevelReader(cells, labels)
    assert [read(cell).value for cell in cells] == [(title,) for title in titles]
    assert list(labels) == [(title,) for title in titles]


def test_a_full_width_running_number_is_a_plain_code_and_a_code_of_the_office_stays_as_written():
    assert values(proposed("序号|任务\n１|修路\n２|修桥"), Field.CODE) == [("1",), ("2",)]
    assert values(proposed("编号|任务\nＡ１|修路\nＡ２|修桥"), Field.CODE) == [("Ａ１",), ("Ａ２",)]


def test_a_number_in_a_cell_without_the_format_of_a_date_says_that_it_was_counted():
    span = Span(date(2027, 1, 1), date(2027, 12, 31))
    typed, number, text = (DayReader(span)(value) for value in (date(2027, 8, 1), 46600, "46600"))
    assert typed.value == number.value == text.value == date(2027, 8, 1)
    assert typed.inferred is None
    assert number.inferred == text.inferred == "46600 is the number by which spreadsheet programs count this day"
