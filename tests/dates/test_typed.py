"""Dates, weeks and instants as people type them. The tables here are those of docs/dates.md."""

import subprocess
import sys
from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.base.errors import BadValueError
from planner.base.texts import as_typed
from planner.dates.span import Span
from planner.dates.typed import Lean, read_as_of, read_day, read_deadline, read_instant, read_week
from planner.domain.rules.weeks import Week

# A Wednesday, week 2020-W38.
TODAY = date(2020, 9, 16)
DAYS = st.dates(date(1901, 1, 1), date(2198, 12, 1))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2020-04-01", "2020-04-01"),
        (" 2020-04-01 ", "2020-04-01"),
        ("2020-4-1", "2020-04-01"),
        ("2020/4/1", "2020-04-01"),
        ("2020.4.1", "2020-04-01"),
        ("2020. 4. 1.", "2020-04-01"),
        ("２０２０－０４－０１", "2020-04-01"),
        ("２０２０／４／１", "2020-04-01"),
        ("٢٠٢٠-٠٤-٠١", "2020-04-01"),
        ("2020\u201104\u201101", "2020-04-01"),
        ("2020–04–01", "2020-04-01"),
        ("2020-04-01\u200b", "2020-04-01"),
        ("2020年4月1日", "2020-04-01"),
        ("２０２０年４月１日", "2020-04-01"),
        ("2020年四月1号", "2020-04-01"),
        ("2020년 4월 1일", "2020-04-01"),
        ("4月1日", "2020-04-01"),
        ("4월 1일", "2020-04-01"),
        ("1 April", "2020-04-01"),
        ("1st of April", "2020-04-01"),
        ("1 APR 2019", "2019-04-01"),
        ("1-Apr-2019", "2019-04-01"),
        ("Apr 1", "2020-04-01"),
        ("April 1, 2019", "2019-04-01"),
        ("Sept. 16", "2020-09-16"),
        ("today", "2020-09-16"),
        ("Today", "2020-09-16"),
        ("yesterday", "2020-09-15"),
        ("tomorrow", "2020-09-17"),
        ("今天", "2020-09-16"),
        ("昨天", "2020-09-15"),
        ("오늘", "2020-09-16"),
        ("내일", "2020-09-17"),
        ("wednesday", "2020-09-16"),
        ("last wednesday", "2020-09-09"),
        ("next wednesday", "2020-09-23"),
        ("last friday", "2020-09-11"),
        ("this friday", "2020-09-18"),
        ("this mon", "2020-09-14"),
        ("next friday", "2020-09-18"),
        ("next tue", "2020-09-22"),
        ("-1w", "2020-09-09"),
        ("+3d", "2020-09-19"),
        ("+3D", "2020-09-19"),
        ("－１ｗ", "2020-09-09"),
        ("\u22121w", "2020-09-09"),
        ("+1m", "2020-10-16"),
        ("-1y", "2019-09-16"),
        ("+2 weeks", "2020-09-30"),
        ("3 weeks ago", "2020-08-26"),
        ("in 5 days", "2020-09-21"),
        ("in a month", "2020-10-16"),
        ("2020-W14", "2020-04-05"),
        ("2020-w14", "2020-04-05"),
        ("W14", "2020-04-05"),
        ("last week", "2020-09-13"),
        ("上周", "2020-09-13"),
        ("지난주", "2020-09-13"),
        ("13/7", "2020-07-13"),
        ("7/13", "2020-07-13"),
        ("7/7", "2020-07-07"),
        ("13/7/2019", "2019-07-13"),
    ],
)
def test_a_day(text, day):
    assert str(read_day(text, TODAY, "--as-of")) == day
    assert read_deadline(day, TODAY, "--move") == date.fromisoformat(day)


@pytest.mark.parametrize(
    ("text", "back", "ahead", "nearest"),
    [
        ("friday", "2020-09-11", "2020-09-18", "2020-09-18"),
        ("monday", "2020-09-14", "2020-09-21", "2020-09-14"),
        ("1 December", "2019-12-01", "2020-12-01", "2020-12-01"),
        ("1 April", "2020-04-01", "2021-04-01", "2020-04-01"),
        ("16 September", "2020-09-16", "2020-09-16", "2020-09-16"),
        ("W38", "2020-09-16", "2020-09-20", "2020-09-20"),
        ("W37", "2020-09-13", "2021-09-19", "2020-09-13"),
        ("W39", "2019-09-29", "2020-09-27", "2020-09-27"),
        ("this week", "2020-09-16", "2020-09-20", "2020-09-20"),
    ],
)
def test_what_leaves_out_its_year_or_week_is_the_last_or_the_next_one_or_the_nearest(text, back, ahead, nearest):
    assert str(read_day(text, TODAY, "met")) == back
    assert str(read_deadline(text, TODAY, "--move")) == ahead
    assert str(read_deadline(text, TODAY, "--to", lean=Lean.NEAREST)) == nearest


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2020-04", "2020-04-30"),
        ("2020/4", "2020-04-30"),
        ("２０２０－０４", "2020-04-30"),
        ("2020-02", "2020-02-29"),
        ("April 2020", "2020-04-30"),
        ("October", "2020-10-31"),
        ("end of June", "2021-06-30"),
        ("by the end of June 2020", "2020-06-30"),
        ("end of September", "2020-09-30"),
        ("Q2", "2021-06-30"),
        ("Q3", "2020-09-30"),
        ("q2 2020", "2020-06-30"),
        ("2020-Q2", "2020-06-30"),
        ("2020Q4", "2020-12-31"),
        ("end of Q4", "2020-12-31"),
        ("H1 2020", "2020-06-30"),
        ("2020 H2", "2020-12-31"),
        ("first half of 2021", "2021-06-30"),
        ("second half", "2020-12-31"),
        ("end of 2020", "2020-12-31"),
        ("end of the week", "2020-09-20"),
        ("end of month", "2020-09-30"),
        ("end of this quarter", "2020-09-30"),
        ("end of the year", "2020-12-31"),
        ("上半年", "2021-06-30"),
        ("2020年上半年", "2020-06-30"),
        ("下半年", "2020-12-31"),
        ("2020年6月底前", "2020-06-30"),
        ("２０２０年６月底前", "2020-06-30"),
        ("2020年6月", "2020-06-30"),
        ("十二月底", "2020-12-31"),
        ("6月底前", "2021-06-30"),
        ("2020年第二季度", "2020-06-30"),
        ("第四季度末", "2020-12-31"),
        ("2020年底前", "2020-12-31"),
        ("年底", "2020-12-31"),
        ("月底", "2020-09-30"),
        ("6월 말", "2021-06-30"),
        ("2020년 6월 말", "2020-06-30"),
        ("2020년 6월 말까지", "2020-06-30"),
        ("2분기", "2021-06-30"),
        ("2020년 4분기 말", "2020-12-31"),
        ("상반기", "2021-06-30"),
        ("2020년 하반기", "2020-12-31"),
        ("2020년 말", "2020-12-31"),
        ("연말", "2020-12-31"),
        ("2020-W40", "2020-10-04"),
    ],
)
def test_a_deadline_is_the_last_day_of_a_period(text, day):
    assert str(read_deadline(text, TODAY, "--move")) == day


@pytest.mark.parametrize("text", ["2020-04", "April 2020", "Q2", "end of June", "上半年", "2020年6月底前", "6월 말"])
def test_a_period_is_no_day_where_no_deadline_is_meant(text):
    with pytest.raises(BadValueError, match="is not a date"):
        read_day(text, TODAY, "--as-of")


@pytest.mark.parametrize("text", ["6/7", "06/07", "6.7.", "6-7", "６／７"])
def test_what_can_be_two_dates_is_refused_with_both(text):
    with pytest.raises(BadValueError) as caught:
        read_deadline(text, date(2020, 5, 1), "--by")
    assert f"'{as_typed(text)}' can mean 7 June (2020-06-07) or 6 July (2020-07-06)" in caught.value.message
    with pytest.raises(BadValueError, match=r"7 June \(2019-06-07\) or 6 July \(2019-07-06\)"):
        read_day("6/7/2019", TODAY, "--as-of")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "soon",
        "1w",
        "2021-02-29",
        "2020-13-01",
        "2020-04-31",
        "31 June",
        "20200401",
        "2020-04-01T00:00",
        "2020-100",
        "2020",
        "13/13",
        "0/7",
        "1/4/20",
        "10:00",
        "P1D",
        "2020-04-06/2020-05-01",
        "6月前",
        "0001-01-01",
        "9999-12-31",
        "last",
        "next",
        "+9999999d",
    ],
)
def test_what_is_no_date_is_refused_by_the_name_of_its_option(text):
    for read in (read_day, read_deadline):
        with pytest.raises(BadValueError) as caught:
            read(text, TODAY, "--by")
        assert caught.value.where == "--by"
        assert "Give a date" in caught.value.do or "Write the year in full" in caught.value.do


def test_a_step_out_of_the_calendar_is_refused():
    for text in ("+9999y", "-9999y", "9999 years ago"):
        with pytest.raises(BadValueError, match="is not a date between 1900 and 2199"):
            read_day(text, TODAY, "--as-of")


@pytest.mark.parametrize("text", ["1899-12-31", "2200-01-01", "0202-04-01", "9999-W52", "1 April 2999"])
def test_a_day_that_no_plan_has_is_refused(text):
    for read in (read_day, read_deadline, read_week):
        with pytest.raises(BadValueError, match="between 1900 and 2199"):
            read(text, TODAY, "--as-of")


def test_a_step_counts_from_the_date_that_stands_and_ago_and_in_from_today():
    stands = date(2020, 10, 31)
    assert read_deadline("+1m", TODAY, "--move", start=stands) == date(2020, 11, 30)
    assert read_deadline("-1w", TODAY, "--move", start=stands) == date(2020, 10, 24)
    assert read_deadline("in 2 weeks", TODAY, "--move", start=stands) == date(2020, 9, 30)


# pendulum's own parser reads 2020-W00 as 2019-12-23, and with strict=False what lacks a day as this year's or today's.
@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("2020-W00", "2020 has the weeks W01 to W53"),
        ("2020-W54", "2020 has the weeks W01 to W53"),
        ("2019-W53", "2019 has the weeks W01 to W52"),
        ("W00", "is not a week"),
        ("w99", "is not a week"),
        ("0000-W01", "is not a week"),
    ],
)
def test_a_week_that_is_not_there_is_refused_as_a_week_and_as_a_day(text, what):
    for read in (read_week, read_day, read_deadline):
        with pytest.raises(BadValueError, match="is not a") as caught:
            read(text, TODAY, "--week")
        if read is read_week:
            assert what in caught.value.what


@pytest.mark.parametrize(
    ("text", "week"),
    [
        ("2020-W14", "2020-W14"),
        (" 2020-w14 ", "2020-W14"),
        ("2020W14", "2020-W14"),
        ("２０２０-Ｗ１４", "2020-W14"),
        ("W14", "2020-W14"),
        ("w9", "2020-W09"),
        ("Week 14", "2020-W14"),
        ("week9", "2020-W09"),
        ("W39", "2019-W39"),
        ("last", "2020-W37"),
        ("this", "2020-W38"),
        ("next week", "2020-W39"),
        ("上周", "2020-W37"),
        ("本周", "2020-W38"),
        ("지난 주", "2020-W37"),
        ("-2w", "2020-W36"),
        ("today", "2020-W38"),
        ("yesterday", "2020-W38"),
        ("2020-04-01", "2020-W14"),
        ("friday", "2020-W37"),
    ],
)
def test_a_week(text, week):
    assert str(read_week(text, TODAY, "--week")) == week


@pytest.mark.parametrize("text", ["", "14", "2020-14", "2020-W14-1", "20-W14", "week", "2020-week 14"])
def test_what_is_no_week_is_refused(text):
    with pytest.raises(BadValueError, match="is not a week") as caught:
        read_week(text, TODAY, "--week")
    assert caught.value.where == "--week"


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2020-04-06T09:00+08:00", datetime(2020, 4, 6, 1, 0, tzinfo=UTC)),
        ("2020-04-06 09:00", datetime(2020, 4, 6, 1, 0, tzinfo=UTC)),
        ("2020-04-06T01:00:00Z", datetime(2020, 4, 6, 1, 0, tzinfo=UTC)),
        ("2020-04-06t01:00:00.000123z", datetime(2020, 4, 6, 1, 0, 0, 123, tzinfo=UTC)),
        ("2020-04-06", datetime(2020, 4, 6, 15, 59, 59, 999999, tzinfo=UTC)),
        ("２０２０－０４－０６　０９：００", datetime(2020, 4, 6, 1, 0, tzinfo=UTC)),
        ("yesterday", datetime(2020, 9, 15, 15, 59, 59, 999999, tzinfo=UTC)),
        ("yesterday 17:30", datetime(2020, 9, 15, 9, 30, tzinfo=UTC)),
        ("today 9:00", datetime(2020, 9, 16, 1, 0, tzinfo=UTC)),
        ("6 April 2020 9:00 +00:00", datetime(2020, 4, 6, 9, 0, tzinfo=UTC)),
        ("2020年4月6日 9:00", datetime(2020, 4, 6, 1, 0, tzinfo=UTC)),
    ],
)
def test_an_instant_without_an_offset_is_in_the_plans_zone_and_a_day_is_its_end(text, instant):
    assert read_instant(text, TODAY, "Asia/Shanghai", "--known-at") == instant


def test_a_day_can_also_mean_its_beginning():
    began = read_instant("yesterday", TODAY, "Asia/Shanghai", "--since", of_day=time.min)
    assert began == datetime(2020, 9, 14, 16, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    ["", "soon", "20200406", "2020-04-06_09:00", "2020-04-31", "2020-04-06T25:00", "09:00", "6/7 09:00", "2020-W00",
     "0001-01-01T00:00", "9999-12-31T23:00-05:00", "today 9"],
)  # fmt: skip
def test_what_is_no_instant_is_refused_by_the_name_of_its_option(text):
    with pytest.raises(BadValueError) as caught:
        read_instant(text, TODAY, "Asia/Shanghai", "--known-at")
    assert caught.value.where == "--known-at"


SEEN, FIRST = date(2020, 5, 1), date(2020, 1, 1)


@pytest.mark.parametrize(
    ("text", "day"), [("", TODAY), ("  ", TODAY), ("-1w", date(2020, 4, 24)), ("friday", date(2020, 9, 11))]
)
def test_who_looks_back_counts_from_the_day_seen(text, day):
    assert read_as_of(text, seen=SEEN, today=TODAY, span=Span(FIRST, date(2020, 12, 31))) == day


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("2020-09-19", "2020-09-19 is after today (2020-09-16)"),
        ("+99w", "is after today"),
        ("2019-12-31", "2019-12-31 is before the plan's first day (2020-01-01)"),
        ("1w", "'1w' is not a date"),
    ],
)
def test_what_cannot_be_looked_at_is_refused(text, told):
    with pytest.raises(BadValueError) as caught:
        read_as_of(text, seen=SEEN, today=TODAY, span=Span(FIRST, date(2020, 12, 31)))
    assert told in caught.value.message
    assert caught.value.where == "as of"


FORMATS = ("{0}", "{0:%Y/%m/%d}", "{0.year}.{0.month}.{0.day}", "{0.day} {0:%B} {0.year}", "{0:%b} {0.day}, {0.year}",
           "{0.year}年{0.month}月{0.day}日", "{0.year}년 {0.month}월 {0.day}일")  # fmt: skip
FULL_WIDTH = str.maketrans("0123456789-/.", "０１２３４５６７８９－／．")


@given(DAYS, DAYS, st.sampled_from(FORMATS), st.booleans())
def test_a_date_with_its_year_is_read_as_it_was_written_whatever_day_it_is(day, today, form, wide):
    text = form.format(day)
    assert read_day(text.translate(FULL_WIDTH) if wide else text, today, "date") == day


@given(DAYS, st.integers(0, 99), st.sampled_from("dw"))
def test_a_step_back_and_the_same_step_on_lead_to_where_one_was(start, number, unit):
    back = read_day(f"-{number}{unit}", TODAY, "date", start=start + timedelta(weeks=100))
    assert read_day(f"+{number}{unit}", TODAY, "date", start=back) == start + timedelta(weeks=100)


@given(DAYS, DAYS)
def test_a_week_is_read_as_it_is_written_and_its_last_day_is_a_sunday(day, today):
    week = Week.of(day)
    assert read_week(str(week), today, "week") == week
    assert read_deadline(str(week), today, "date") == week.sunday


@given(DAYS, st.sampled_from(["friday", "W20", "Q2", "end of June", "10 August", "上半年", "6월 말", "end of month"]))
def test_a_deadline_without_a_year_is_never_past(today, text):
    assert read_deadline(text, today, "date") >= today


@given(st.text() | st.text("0123456789-/.wqd月日年말월 aprilmonfri+"))
def test_any_text_is_read_as_a_plain_date_or_refused(text):
    for read in (read_day, read_deadline):
        with suppress(BadValueError):
            assert type(read(text, TODAY, "date")) is date
    with suppress(BadValueError):
        assert type(read_instant(text, TODAY, "Asia/Shanghai", "instant")) is datetime
    with suppress(BadValueError):
        assert type(read_week(text, TODAY, "week")) is Week


@pytest.mark.parametrize("text", ["today", "friday", "+1m", "2020-W14", "Q2", "end of June"])
def test_pendulums_classes_stay_inside(text):
    assert type(read_deadline(text, TODAY, "date")) is date


def test_iso_is_read_without_pendulum():
    code = (
        "import sys; from datetime import date; from planner.dates.typed import *; today = date(2020, 9, 16)\n"
        "read_deadline('2020-04-01', today, ''); read_week('2020-W14', today, '')\n"
        "read_instant('2020-04-01T09:00', today, 'Asia/Shanghai', '')\n"
        "assert 'pendulum' not in sys.modules\n"
        "read_deadline('friday', today, ''); assert 'pendulum' in sys.modules"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


# Plans that run, are over and have not begun on the day TODAY.
RUNS, OVER, NEXT = (Span(date(year, 1, 1), date(year, 12, 31)) for year in (2020, 2018, 2021))
BUSINESS_YEAR, FIVE_YEARS = Span(date(2018, 4, 1), date(2019, 3, 31)), Span(date(2014, 1, 1), date(2018, 12, 31))
OVER_LEAP, ENDS_ON_LEAP_DAY = Span(date(2016, 1, 1), date(2016, 12, 31)), Span(date(2015, 3, 1), date(2016, 2, 29))
JUST_OVER = Span(date(2019, 7, 1), date(2020, 6, 30))


@pytest.mark.parametrize(
    ("text", "span", "day"),
    [
        ("30 June", RUNS, "2020-06-30"),
        ("30 October", RUNS, "2019-10-30"),
        ("30 October", OVER, "2018-10-30"),
        ("30/10", OVER, "2018-10-30"),
        ("W14", OVER, "2018-04-08"),
        ("yesterday", OVER, "2020-09-15"),
        ("friday", OVER, "2020-09-11"),
        ("-1w", OVER, "2020-09-09"),
        ("last week", OVER, "2020-09-13"),
        ("30 October 2019", OVER, "2019-10-30"),
        ("30 October", BUSINESS_YEAR, "2018-10-30"),
        ("30 January", BUSINESS_YEAR, "2019-01-30"),
        ("30 October", FIVE_YEARS, "2018-10-30"),
        ("15 August", JUST_OVER, "2020-08-15"),
        ("1 September", NEXT, "2020-09-01"),
    ],
)
def test_who_looks_back_at_a_plan_that_is_over_means_a_day_of_the_plan(text, span, day):
    assert read_day(text, TODAY, "--as-of", span=span) == date.fromisoformat(day)


@pytest.mark.parametrize(
    ("text", "span", "day"),
    [
        ("30 June", RUNS, "2021-06-30"),
        ("30 June", OVER, "2018-06-30"),
        ("31 December", OVER, "2018-12-31"),
        ("1 January", OVER, "2018-01-01"),
        ("1 January", OVER_LEAP, "2016-01-01"),
        ("1 March", ENDS_ON_LEAP_DAY, "2015-03-01"),
        ("H1", OVER, "2018-06-30"),
        ("年底", OVER, "2018-12-31"),
        ("end of month", OVER, "2020-09-30"),
        ("+2w", OVER, "2020-09-30"),
        ("30 November", BUSINESS_YEAR, "2018-11-30"),
        ("30 June", FIVE_YEARS, "2018-06-30"),
        ("30 October", JUST_OVER, "2020-10-30"),
        ("30 October", NEXT, "2021-10-30"),
        ("Q4", NEXT, "2021-12-31"),
        ("end of year", NEXT, "2021-12-31"),
        ("W14", NEXT, "2021-04-11"),
    ],
)
def test_a_deadline_without_a_year_is_in_the_time_of_the_plan(text, span, day):
    assert read_deadline(text, TODAY, "--due", span=span) == date.fromisoformat(day)


@pytest.mark.parametrize(
    ("text", "span", "day"),
    [
        ("1 February", RUNS, "2020-02-01"),
        ("31 December", RUNS, "2020-12-31"),
        ("1 February", OVER, "2018-02-01"),
        ("1 December", NEXT, "2021-12-01"),
        ("1 February", FIVE_YEARS, "2018-02-01"),
        ("W2", OVER, "2018-01-14"),
        ("W50", NEXT, "2021-12-19"),
        ("Q2", OVER, "2018-06-30"),
    ],
)
def test_a_first_day_without_a_year_is_a_day_of_the_plan(text, span, day):
    assert read_deadline(text, TODAY, "--starts", lean=Lean.NEAREST, span=span) == date.fromisoformat(day)


def test_a_week_without_a_year_is_one_of_the_plan():
    assert read_week("W50", TODAY, "--week", span=OVER) == Week(2018, 50)
    assert read_week("last", TODAY, "--week", span=OVER) == Week(2020, 37)
