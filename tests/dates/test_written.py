"""Dates as documents and registers write them, in a plan of one calendar year and in one from April to March."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.dates.span import Span
from planner.dates.within import dates_within
from planner.dates.written import WrittenDate, order_of_numbers, read_written

YEAR = Span(date(2027, 1, 1), date(2027, 12, 31))
BUSINESS_YEAR = Span(date(2027, 4, 1), date(2028, 3, 31))
FIVE_YEARS = Span(date(2026, 1, 1), date(2030, 12, 31))

DAYS = {
    "2027-06-30": [
        "2027年6月底前",
        "２０２７年６月３０日",
        "二〇二七年六月三十日",
        "2027年6月30日（周三）前完成",
        "2027.6",
        "2027/6/30",
        "2027-06-30 00:00:00",
        "20270630",
        "202706",
        "'27.6",
        "'27.6.30.",
        "2027. 6월",
        "2027. 6. 30.",
        "'27. 6.",
        "令和9年6月",
        "R9.6.30",
        "end of June 2027",
        "no later than 30 June 2027",
        "Q2 2027",
        "2027年上半年",
        "2027年度上半年",
        "27.6.30.까지",
        "27. 6. 30까지",
        "30 يونيو 2027",
        "٣٠ حزيران ٢٠٢٧م",
        "نهاية يونيو 2027",
        "شهر جوان 2027",
        "الربع الثاني من عام 2027",
        "النصف الأول من 2027",
        "من يناير إلى يونيو 2027",
    ],
    "2027-01-31": ["يناير 2027", "كانون الثاني ٢٠٢٧", "جانفي 2027", "كَانُون الثَّانِي 2027"],
    "2027-10-31": ["أكتوبر 2027", "تشرين الأول 2027"],
    "2027-06-13": ["13/6/2027"],
    "2027-12-31": ["2027", "2027年度", "by the end of 2027", "至2027年底"],
}


@pytest.mark.parametrize(("text", "day"), [(text, day) for day, texts in DAYS.items() for text in texts])
def test_a_date_with_its_year(text, day):
    read = read_written(text, FIVE_YEARS)
    assert read is not None
    assert (str(read.day), read.choices) == (day, ())


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("6月30日前", "2027-06-30"),
        ("6月底前全部完成", "2027-06-30"),
        ("end of June", "2027-06-30"),
        ("3Q", "2027-09-30"),
        ("third quarter", "2027-09-30"),
        ("第3四半期", "2027-09-30"),
        ("6월 말까지", "2027-06-30"),
        ("상반기", "2027-06-30"),
        ("上期", "2027-06-30"),
        ("12月上旬", "2027-12-10"),
        ("2月下旬", "2027-02-28"),
        ("年底", "2027-12-31"),
        ("年度末", "2027-12-31"),
        ("全年", "2027-12-31"),
        ("长期坚持", "2027-12-31"),
        ("연중 추진", "2027-12-31"),
        ("通年", "2027-12-31"),
        ("ongoing", "2027-12-31"),
    ],
)
def test_what_leaves_out_its_year_or_date_says_what_was_assumed(text, day):
    read = read_written(text, YEAR)
    assert read is not None
    assert str(read.day) == day
    assert read.assumed


@pytest.mark.parametrize(
    ("text", "start", "day"),
    [
        ("3月-6月", "2027-03-01", "2027-06-30"),
        ("3-6月", "2027-03-01", "2027-06-30"),
        ("2027年3—6月", "2027-03-01", "2027-06-30"),
        ("2026.11-2027.2", "2026-11-01", "2027-02-28"),
        ("3월부터 6월까지", "2027-03-01", "2027-06-30"),
        ("from 1 April to 30 June 2027", "2027-04-01", "2027-06-30"),
        ("March–June", "2027-03-01", "2027-06-30"),
        ("2027年3月1日至6月30日", "2027-03-01", "2027-06-30"),
        ("3月1日-15日", "2027-03-01", "2027-03-15"),
        ("一至二季度", "2027-01-01", "2027-06-30"),
    ],
)
def test_a_range_has_a_start(text, start, day):
    read = read_written(text, YEAR)
    assert read is not None
    assert (str(read.start), str(read.day)) == (start, day)


@pytest.mark.parametrize(
    ("text", "span", "choices"),
    [
        ("03/04/2027", YEAR, ["2027-04-03", "2027-03-04"]),
        ("6月前", YEAR, ["2027-05-31", "2027-06-30"]),
        ("before June", YEAR, ["2027-05-31", "2027-06-30"]),
        ("第一季度", BUSINESS_YEAR, ["2027-06-30", "2028-03-31"]),
        ("6月底", FIVE_YEARS, [f"{year}-06-30" for year in range(2026, 2031)]),
    ],
)
def test_a_date_that_can_mean_several_days_gives_all_of_them(text, span, choices):
    read = read_written(text, span)
    assert read is not None
    assert read.day is None
    assert [str(day) for day in read.choices] == choices


def test_the_order_of_two_numbers_decides_where_it_is_known():
    assert [order_of_numbers(text) for text in ("13/7/2027", "7/13", "6/7", "July")] == [True, False, None, None]
    for day_first, day in ((True, date(2027, 4, 3)), (False, date(2027, 3, 4))):
        read = read_written("03/04/2027", YEAR, day_first=day_first)
        assert read is not None
        assert read.day == day


def test_months_of_a_business_year_are_in_the_right_calendar_year():
    for text, day in (("6月", date(2027, 6, 30)), ("2月", date(2028, 2, 29)), ("上期", date(2027, 9, 30))):
        read = read_written(text, BUSINESS_YEAR)
        assert read is not None
        assert read.day == day


@pytest.mark.parametrize(
    "text", ["", "待定", "friday", "+2w", "today", "last week", "31/31", "2月30日", "2999年6月", "前"]
)
def test_what_depends_on_today_or_is_no_date_is_not_read(text):
    assert read_written(text, YEAR) is None


@given(st.text(max_size=12) | st.text("0123456789年月日底前-/.季上半~至 QJune", max_size=14))
def test_no_text_ends_in_a_traceback(text):
    read = read_written(text, YEAR)
    assert read is None or isinstance(read, WrittenDate)
    # The words of each date are read alone as they are within the text.
    assert all(read_written(words, YEAR) == found for words, found in dates_within(text, YEAR))


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("6月底前完成初稿", ["2027-06-30"]),
        ("3月底前启动，2027年12月竣工", ["2027-03-31", "2027-12-31"]),
        ("Draft by end of June, final by 15 October 2027", ["2027-06-30", "2027-10-15"]),
        ("상반기 착수, 12월 완료", ["2027-06-30", "2027-12-31"]),
        ("完成3个项目", []),
    ],
)
def test_dates_are_found_within_a_text(text, days):
    assert [str(found.day) for _, found in dates_within(text, YEAR)] == days


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("early May", "2027-05-01", "2027-05-10"),
        ("by the start of May", "2027-05-01", "2027-05-10"),
        ("beginning of May 2027", "2027-05-01", "2027-05-10"),
        ("5月初", "2027-05-01", "2027-05-10"),
        ("5월 초", "2027-05-01", "2027-05-10"),
        ("5월 초순까지", "2027-05-01", "2027-05-10"),
        ("mid-May", "2027-05-11", "2027-05-20"),
        ("the middle of May", "2027-05-11", "2027-05-20"),
        ("late May", "2027-05-21", "2027-05-31"),
    ],
)
def test_a_third_of_a_month(text: str, first: str, last: str) -> None:
    read = read_written(text, YEAR)
    assert read is not None
    assert (str(read.first), str(read.day)) == (first, last)
    assert [str(one.day) for _, one in dates_within(f"draft {text.removeprefix('by ')}: all", YEAR)] == [last]


@pytest.mark.parametrize("text", ["30.6.27", "30/6/27", "27.6.30", "27.06.30.까지"])
def test_a_year_of_two_digits_is_that_of_the_plan(text: str) -> None:
    read = read_written(text, YEAR)
    assert read is not None
    assert (str(read.day), read.assumed) == ("2027-06-30", "the year 2027 is that of the plan")


def test_three_short_numbers_that_can_be_several_days_are_a_choice() -> None:
    read = read_written("5.6.27", YEAR)
    assert read is not None
    assert [str(day) for day in read.choices] == ["2027-05-06", "2027-06-05"]
    settled = read_written("5.6.27", YEAR, day_first=True)
    assert settled is not None
    assert str(settled.day) == "2027-06-05"
    assert read_written("30.6.19", YEAR) is None


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("令和9年度上期", date(2027, 9, 30)),
        ("令和9年度下期末まで", date(2028, 3, 31)),
        ("2027年度第1四半期", date(2027, 6, 30)),
        ("令和9年度末", date(2028, 3, 31)),
        ("2027年度", date(2028, 3, 31)),
    ],
)
def test_a_part_of_a_business_year_with_its_year_begins_as_the_plan_does(text, last):
    read = read_written(text, BUSINESS_YEAR)
    assert read is not None
    assert (read.day, bool(read.assumed)) == (last, True)


def test_a_half_of_a_business_year_says_when_that_year_is_taken_to_begin():
    half, whole = read_written("令和9年度上期", YEAR), read_written("2027年度", YEAR)
    assert half is not None
    assert whole is not None
    assert (half.day, half.assumed) == (
        date(2027, 6, 30),
        "the business year begins in the month in which the plan begins",
    )
    assert (whole.day, whole.assumed) == (date(2027, 12, 31), None)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("30-Sep-27", "2027-09-30"),
        ("30 Sept 27", "2027-09-30"),
        ("30th September 27", "2027-09-30"),
        ("Sept 30, 27", "2027-09-30"),
        ("30 sept '27", "2027-09-30"),
        # A slip is shown as it is, and is outside the plan.
        ("30-Sep-19", "2019-09-30"),
        ("end Dec 27", "2027-12-31"),
        ("by the end of December 27", "2027-12-31"),
        ("Ende Dez. 27", "2027-12-31"),
        ("early Dec 27", "2027-12-10"),
    ],
)
def test_a_year_of_two_digits_behind_a_month(text: str, day: str) -> None:
    read = read_written(text, YEAR)
    assert read is not None
    assert (str(read.day), read.choices) == (day, ())


def test_a_day_and_a_year_of_two_digits_that_can_change_places_are_a_choice() -> None:
    read = read_written("27 Sept 28", FIVE_YEARS)
    assert read is not None
    assert (read.day, [str(day) for day in read.choices]) == (None, ["2027-09-28", "2028-09-27"])


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Done by 30 June 40 chargers", ["2027-06-30"]),
        ("Opened 30-Jun-27, closed 1-Jul-27", ["2027-06-30", "2027-07-01"]),
        ("30 June, 31 December", ["2027-06-30", "2027-12-31"]),
        ("Opened on 30 June 27; then closed", ["2027-06-30"]),
    ],
)
def test_a_year_of_two_digits_within_a_text(text: str, days: list[str]) -> None:
    assert [str(found.day) for _, found in dates_within(text, YEAR)] == days
