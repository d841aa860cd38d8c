"""The values of single cells as people write them."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from planner.dates.span import Span
from planner.intake.layout.cells.days import DayReader, is_unordered, orders_in
from planner.intake.layout.cells.lists import ListReader, entries_of
from planner.intake.layout.cells.numbers import (
    BelowOne,
    PercentReader,
    has_mixed_percents,
    percent_factor,
    read_number,
    read_progress,
)
from planner.intake.layout.cells.organisations import OrganisationReader
from planner.intake.layout.cells.persons import read_person
from planner.intake.layout.cells.reading import Reading
from planner.intake.layout.cells.splitting import name_key, names_in, sure_names
from planner.intake.layout.cells.texts import formula_error, read_code, read_text, read_title
from planner.intake.layout.cells.words import KindReader, WordReader
from planner.intake.layout.stated.totals import in_total_row
from planner.intake.proposed import Field, Severity
from planner.intake.sheets import Place
from tests.intake.layout.written import proposed

SPAN = Span(date(2027, 1, 1), date(2027, 12, 31))
KNOWN = {
    name_key(name)
    for name in ("Parks, Roads and Bridges", "Water Office", "Tax Office", "水务局", "财政局", "发展和改革局")
}


@pytest.mark.parametrize(
    ("value", "read"),
    [
        (3.0, "3"),
        (12, "12"),
        (2.1, "2.1"),
        (" 第39项 ", "第39项"),
        ("KP\n7", "KP 7"),
        ("é", "é"),
        ("x" * 65, None),
        (None, None),
    ],
)
def test_a_code_stays_as_it_is_written(value, read):
    assert read_code(value).value == read


def test_a_code_that_a_spreadsheet_program_made_a_date_is_a_question():
    reading = read_code(datetime(2027, 1, 2, tzinfo=UTC))
    assert reading.doubt is not None
    assert reading.doubt.severity is Severity.QUESTION
    assert reading.doubt.choices == ("1.2", "2.1", "1-2", "2-1")


def test_titles_are_put_on_one_line_as_their_script_does_it():
    assert read_title("建成\n北路").value == "建成北路"
    assert read_title("Build the\nroad").value == "Build the road"
    assert read_title("도로\n정비").value == "도로 정비"
    assert read_text("one\ntwo").value == "one\ntwo"


def test_a_formula_that_failed_is_an_error():
    failed = formula_error("#REF!")
    assert failed is not None
    assert failed.doubt is not None
    assert failed.doubt.severity is Severity.ERROR
    assert formula_error("#1 priority") is None


@pytest.mark.parametrize(
    ("value", "day"),
    [
        (date(2027, 6, 30), "2027-06-30"),
        (datetime(2027, 6, 30, 9, 30, tzinfo=UTC), "2027-06-30"),
        (46568, "2027-06-30"),
        (46568.75, "2027-06-30"),
        ("46568", "2027-06-30"),
        (2027.6, "2027-06-30"),
        (202706, "2027-06-30"),
        (20270630.0, "2027-06-30"),
        (2027, "2027-12-31"),
        ("6月底前完成初稿", "2027-06-30"),
        ("-", None),
        ("待定", None),
        (None, None),
    ],
)
def test_a_day(value, day):
    reading = DayReader(SPAN)(value)
    assert (None if reading.value is None else str(reading.value)) == day
    assert reading.doubt is None or reading.doubt.severity is Severity.REMARK


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("Jan 2027", "2027-01-01"),
        ("3月-6月", "2027-03-01"),
        ("第三季度", "2027-07-01"),
        ("全年", "2027-01-01"),
        ("6月5日", "2027-06-05"),
    ],
)
def test_a_period_starts_on_its_first_day(value, day):
    assert str(DayReader(SPAN, starts=True)(value).value) == day


def test_excel_counts_from_1904_where_the_file_says_so():
    assert DayReader(SPAN, from_1904=True)(46568 - 1462).value == date(2027, 6, 30)


@pytest.mark.parametrize(
    ("value", "choices"),
    [
        (2027.1, ("2027-01-31", "2027-10-31")),
        ("6月前", ("2027-05-31", "2027-06-30")),
        ("3月、6月", ("2027-03-31", "2027-06-30")),
        ("03/04/2027", ("2027-03-04", "2027-04-03")),
        ("soon", ()),
        (6, ()),
        (True, ()),
    ],
)
def test_a_day_that_is_not_sure_is_a_question(value, choices):
    reading = DayReader(SPAN)(value)
    assert reading.value is None
    assert reading.doubt is not None
    assert (reading.doubt.severity, reading.doubt.choices) == (Severity.QUESTION, choices)


def test_a_column_of_days_shows_its_order():
    assert orders_in(["13/7/2027", "6/7", "x", None, 5], SPAN) == {True}
    assert orders_in(["13/7", "7/13"], SPAN) == {True, False}
    assert [is_unordered(value, SPAN) for value in ("6/7", "6/6", "13/7", "2027-06-07", 6)] == [
        True,
        False,
        False,
        False,
        False,
    ]


@pytest.mark.parametrize(
    ("value", "factor", "percent"),
    [
        (85, 1, 85),
        ("85%", 100, 85),
        ("８５％", 1, 85),
        (0.85, 100, 85),
        (0.29, 100, 29),
        (1, 100, 100),
        (1, 1, 1),
        ("百分之八十五", 1, 85),
        ("百分之一百", 1, 100),
        ("百分之三十点五", 1, 31),
        ("八成", 1, 80),
        ("八成五", 1, 85),
        ("已完成", 1, 100),
        ("完成85%左右", 1, 85),
        ("٪٥٠", 1, 50),
        ("۸۵٪", 100, 85),
        ("%50", 1, 50),
        ("٠٫٨٥", 100, 85),
        ("-", 1, None),
        ("62,5%", 1, 63),
        ("12,25 %", 1, 12),
        ("%62,5", 1, 63),
        ("٦٢٫٥٪", 1, 63),
        (".5%", 1, 1),
        ("ca. 62,4 % fertig", 1, 62),
        ("正在施工，50%", 1, 50),
        ("60% done; the remaining work is planned", 1, 60),
        ("按计划完成80%", 1, 80),
        ("進度百分之四十", 1, 40),
        ("完成百分之40", 1, 40),
        ("完成四成", 1, 40),
        ("五成群众受益", 1, 50),
        ("已完成约4成", 1, 40),
        ("完成四成五左右", 1, 45),
        ("進捗は4割5分", 1, 45),
        ("공정률 40퍼센트", 1, 40),
        ("약 40프로 진행", 1, 40),
        ("40パーセント完了", 1, 40),
        ("about forty: 40 per cent", 1, 40),
        ("40 Prozent fertig", 1, 40),
        ("投资完成率40%", 1, 40),
        ("進捗率40%", 1, 40),
    ],
)
def test_a_percent(value, factor, percent):
    reading = PercentReader(factor)(value)
    assert (reading.value, reading.doubt) == (percent, None)


@pytest.mark.parametrize(
    ("value", "percent"),
    [
        ("40/100", 40),
        ("0/5", 0),
        ("5分之2", 40),
        ("五分之二", 40),
        ("二分之一", 50),
        ("two fifths", 40),
        ("half", 50),
        ("一半", 50),
        ("八十", 80),
        ("八十%", 80),
        ("四十パーセント", 40),
        ("forty-five per cent", 45),
        ("five percent", 5),
        ("fifteen percent", 15),
        ("one hundred percent", 100),
        ("up to forty percent", 40),
        ("five point five percent", 6),
        ("三分之二", 67),
        ("三分の二", 67),
        ("ثلثان", 67),
        ("dois terços", 67),
    ],
)
def test_fractions_and_numbers_in_words_are_percents(value, percent):
    reading = PercentReader(1)(value)
    assert (reading.value, reading.doubt) == (percent, None)


@pytest.mark.parametrize(("text", "choices"), [("6/7", ("86%",)), ("45/60", ("75%",)), ("1/1", ("100%",))])
def test_two_figures_can_be_a_date_or_a_number_of_things(text, choices):
    reading = PercentReader(1)(text)
    assert reading.value is None
    assert reading.doubt is not None
    assert (reading.doubt.severity, reading.doubt.choices) == (Severity.QUESTION, choices)
    assert PercentReader(1)(text, True).value == float(choices[0].rstrip("%"))


@pytest.mark.parametrize(
    "text",
    [
        "三分之二尚未开工",
        "三分之二的村庄还没有通水",
        "66.7%的村庄没通水",
        "三分之二未实施",
        "三分之二待建",
        "60%的桥梁待验收",
        "五分之二在建",
        "two thirds yet to be built",
        "60% awaiting approval",
        "3/2026",
        "12/2026",
    ],
)
def test_what_is_not_done_and_months_are_no_percents(text):
    reading = PercentReader(1)(text)
    assert reading.value is None
    assert reading.doubt is not None


def test_the_text_around_a_rounded_percentage_is_kept():
    assert [text for _, text, _ in PercentReader(1)("三分之二的村庄已通水").also] == ["三分之二的村庄已通水"]


@pytest.mark.parametrize("text", ["one hundred and five percent", "two hundred percent done"])
def test_a_spelled_percent_above_100_is_an_error_and_not_its_last_word(text):
    doubt = PercentReader(1)(text).doubt
    assert doubt is not None
    assert doubt.severity is Severity.ERROR


def test_a_fraction_in_a_sentence_is_one_only_in_words_that_mean_no_more():
    told = [read_progress(text).also for text in ("已完成五分之二", "2/5 done", "第三分之二", "a third bus line")]
    assert [also[0][1] if also else None for also in told] == [40, None, None, None]


@pytest.mark.parametrize("saying", ["进度一成不变", "三五成群", "九成宫开放", "成千上万"])
def test_tenths_in_sayings_are_no_percent(saying):
    assert PercentReader(1)(saying).value is None


@pytest.mark.parametrize(
    ("value", "severity"),
    [(120, "error"), (-1, "error"), ("most", "question"), ("7/5", "question"), ("1/0", "question"), (True, "question")],
)
def test_what_is_no_percent_is_not_guessed(value, severity):
    reading = PercentReader(1)(value)
    assert reading.doubt is not None
    assert (reading.value, reading.doubt.severity) == (None, severity)


@pytest.mark.parametrize(
    ("values", "factor"),
    [
        ([0.5, 1, None], 100),
        ([50, 1, 100], 1),
        ([0, "0"], 1),
        ([0, 1], None),
        ([0.5, 85], 1),
        (["85%", "x"], 1),
        ([True], 1),
        ([0.5, 0.25, 1.2], None),
        (["1.2", 1], None),
        ([0.5, 1.2, 45], 1),
        (["85", "0.9"], 1),
        ([100, 0.85], 1),
    ],
)
def test_a_column_shows_whether_it_counts_to_1_or_to_100(values, factor):
    assert percent_factor(values) == factor


@pytest.mark.parametrize(
    ("value", "number"),
    [(5, 5), ("1.5", 1.5), ("1,200", 1200), ("1.2万", 12000), ("20%", 20), ("62,5%", 62.5), ("-", None)],
)
def test_a_number(value, number):
    assert read_number(value).value == number


@pytest.mark.parametrize(
    ("text", "choices"),
    [
        ("30% remaining", ("70%", "30%")),
        ("noch 20,5% offen", ("79.5%", "20.5%")),
        ("noch ca. 20 % offen", ("80%", "20%")),
        ("剩余30%", ("70%", "30%")),
        ("尚有30%的工程未完成", ("70%", "30%")),
        ("잔여 30%", ("70%", "30%")),
        ("not yet 50%", ()),
        ("不到50%", ()),
        ("less than 50%", ()),
        ("计划完成80%", ()),
        ("计划完成八成", ()),
        ("尚有三成未完成", ("70%", "30%")),
        ("40퍼센트 미만", ()),
        ("同比增长5%", ()),
        ("一窗通办率达到92%", ()),
        ("群众满意度95%", ()),
        ("1,500 % done", ()),
        ("1 000% done", ()),
        ("1/2% done", ()),
    ],
)
def test_a_percentage_that_can_be_another_than_what_is_done_is_asked_and_its_words_stay(text, choices):
    asked = PercentReader(1)(text)
    assert asked.doubt is not None
    assert (asked.value, asked.doubt.severity, asked.doubt.choices) == (None, Severity.QUESTION, choices)
    (item,) = proposed(f"Task|Percent complete\nRoad|{text}", answers={"plan.csv!B2 percent": "70%"}).items
    assert (item.facts[Field.PERCENT].value, item.facts[Field.DONE].value) == (70, text)
    progress = read_progress(text)
    assert (progress.value, progress.also) == (text, ())
    assert progress.doubt is not None
    assert progress.doubt.severity is Severity.REMARK


def test_more_than_everything_is_no_percent():
    reading = PercentReader(1)("1.000,5%")
    assert reading.doubt is not None
    assert (reading.value, reading.doubt.severity) == (None, Severity.ERROR)


def test_a_share_with_a_comma_can_be_two_percents_and_so_can_the_share_as_an_answer():
    for asked in (PercentReader(1)("0,8"), PercentReader(1)("0.8", True)):
        assert asked.doubt is not None
        assert (asked.value, asked.doubt.choices) == (None, ("80%", "0.8%"))
    assert has_mixed_percents(["100 %", "0.8"])


@pytest.mark.parametrize("factor", [1, 100])
def test_an_answer_is_a_percentage_also_in_a_column_of_shares_and_1_is_asked_there(factor):
    assert [PercentReader(factor)(answer, True).value for answer in ("50", "2", "100", "0")] == [50, 2, 100, 0]
    asked = PercentReader(100)("1", True)
    assert asked.doubt is not None
    assert (asked.value, asked.doubt.choices) == (None, ("100%", "1%"))


@pytest.mark.parametrize(
    ("text", "total"), [("Total: 1,223 items", 1223), ("1,223 items", 1223), ("共1,223项", 1223), ("任务，12项", 12)]
)
def test_a_total_is_a_whole_number(text, total):
    place = Place("plan.csv")
    ((name, given),) = in_total_row([(place, text)], {}, counting=False)
    assert (name, given.value) == ("items", total)


@pytest.mark.parametrize("value", ["many", "1,2", "1e5", "9" * 20, True, float("nan"), 10**400])
def test_what_is_no_number_is_an_error(value):
    reading = read_number(value)
    assert reading.doubt is not None
    assert reading.doubt.severity is Severity.ERROR


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("市教局、市财局；水务局", ["市教局", "市财局", "水务局"]),
        ("甲局,乙局/丙局\n丁局", ["甲局", "乙局", "丙局", "丁局"]),
        ("水务局（河长办、节水办）、甲局", ["水务局（河长办、节水办）", "甲局"]),
        ("Parks, Roads and Bridges", ["Parks, Roads and Bridges"]),
        ("Parks, Roads and Bridges; Tax Office", ["Parks, Roads and Bridges", "Tax Office"]),
        ("Water Office and Tax Office", ["Water Office", "Tax Office"]),
        ("Trade and Industry", ["Trade and Industry"]),
        ("水务局和财政局", ["水务局", "财政局"]),
        ("发展和改革局", ["发展和改革局"]),
        ("1.甲局\n2.乙局", ["甲局", "乙局"]),
        ("甲局、甲局", ["甲局"]),
        ("、；", []),
    ],
)
def test_organisations_are_divided_where_that_is_sure(text, names):
    assert names_in(text, KNOWN) == names


def lead_and_supporting(text, field=Field.LEAD):
    reading = OrganisationReader(field, KNOWN)(text)
    also = {other: value for other, value, _ in reading.also}
    return reading.value, also.get(Field.SUPPORTING if field is Field.LEAD else Field.LEAD)


@pytest.mark.parametrize(
    ("text", "lead", "supporting"),
    [
        ("甲局", "甲局", None),
        ("甲局、乙局", "甲局", ("乙局",)),
        ("牵头单位：甲局；配合单位：乙局、丙局", "甲局", ("乙局", "丙局")),
        ("乙局（配合）、甲局（牵头）", "甲局", ("乙局",)),
        ("乙局、甲局(主办)、丙局", "甲局", ("乙局", "丙局")),
        ("甲局【负责】乙局[协办]", "甲局", ("乙局",)),
        ("（牵头）甲局（配合）乙局", "甲局", ("乙局",)),
        ("丙局（配合）、甲局", "甲局", ("丙局",)),
        ("건설과(협조), 교통과(총괄)", "교통과", ("건설과",)),
        ("道路課、港湾課〔主管〕", "港湾課", ("道路課",)),
        ("Roads (Lead); Parks (supporting)", "Roads", ("Parks",)),
        ("Lead: Water Office; Supporting: Tax Office", "Water Office", ("Tax Office",)),
        ("无", None, None),
    ],
)
def test_a_cell_can_say_who_leads_and_who_supports(text, lead, supporting):
    assert lead_and_supporting(text) == (lead, supporting)


def test_a_mark_of_the_lead_is_no_part_of_a_name_that_is_known_from_the_files():
    assert sure_names("市教局、市财局（牵头）") == ["市教局", "市财局"]
    known = {name_key(name) for name in sure_names("市水务局（牵头）、市教局")}
    reading = OrganisationReader(Field.LEAD, known)("市教局、市水务局（牵头）")
    assert (reading.value, reading.also[0][1]) == ("市水务局", ("市教局",))


def test_what_follows_from_the_order_of_names_is_remarked():
    reading = OrganisationReader(Field.LEAD, ())("甲局、乙局")
    assert reading.inferred
    assert reading.doubt is not None
    assert reading.doubt.severity is Severity.REMARK
    others = OrganisationReader(Field.SUPPORTING, ())("甲局、乙局等部门")
    assert others.value == ("甲局", "乙局")
    assert others.doubt is not None


def test_an_english_list_that_may_be_one_name_is_a_question_and_its_answers_are_understood():
    reader = OrganisationReader(Field.SUPPORTING, KNOWN)
    doubt = reader("Housing, Land and Planning").doubt
    assert doubt is not None
    assert doubt.severity is Severity.QUESTION
    assert [reader(choice, True).value for choice in doubt.choices] == [
        ("Housing, Land and Planning",),
        ("Housing", "Land and Planning"),
    ]


@pytest.mark.parametrize(
    ("text", "choices"),
    [
        ("市园林局、市水利局 市林业局", ("市园林局; 市水利局 市林业局", "市园林局; 市水利局; 市林业局")),
        (
            "牵头单位：甲局；配合单位：市审计局 市发改局",
            ("牵头单位：甲局；配合单位：市审计局 市发改局", "牵头单位：甲局; 配合单位：市审计局; 市发改局"),
        ),
        ("Amt für Umwelt, Klima und Grün", ("Amt für Umwelt, Klima und Grün", "Amt für Umwelt; Klima und Grün")),
        ("市园林局和市水利局", ("市园林局和市水利局", "市园林局; 市水利局")),
        ("건설과 및 교통과", ("건설과 및 교통과", "건설과; 교통과")),
        ("경제과와 교통과", ("경제과와 교통과", "경제과; 교통과")),
        ("환경청과 교통과", ("환경청과 교통과", "환경청; 교통과")),
        ("総務課と建設課", ("総務課と建設課", "総務課; 建設課")),
        ("إدارة المالية وإدارة البيئة", ("إدارة المالية وإدارة البيئة", "إدارة المالية; إدارة البيئة")),
        (
            "Divisão de Obras e Divisão Financeira",
            ("Divisão de Obras e Divisão Financeira", "Divisão de Obras; Divisão Financeira"),
        ),
    ],
)
def test_names_that_can_be_one_beside_others_are_asked_and_both_answers_are_understood(text, choices):
    read = OrganisationReader(Field.SUPPORTING, KNOWN)
    asked = read(text)
    assert asked.doubt is not None
    assert asked.doubt.choices == choices
    one, several = (read(choice, True) for choice in choices)
    assert (one.doubt, several.doubt) == (None, None)
    assert isinstance(one.value, tuple)
    assert isinstance(several.value, tuple)
    assert len(several.value) == len(one.value) + 1
    assert not any(" 市" in name or "; " in name for name in several.value)


@pytest.mark.parametrize("text", ["건설과 도로팀", "Obras e Viação", "إدارة التربية والتعليم", "文化和旅游局"])
def test_a_name_with_and_in_it_stays_one_and_is_not_asked_about(text):
    assert OrganisationReader(Field.SUPPORTING, KNOWN)(text) == Reading((text,))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("건설과 및 교통팀장실", ["건설과", "교통팀장실"]),
        ("경제과와 건설과", ["경제과", "건설과"]),
        ("المالية والبيئة", ["المالية", "البيئة"]),
        ("Educação e Obras", ["Educação", "Obras"]),
        ("総務課及び建設課", ["総務課", "建設課"]),
    ],
)
def test_and_divides_two_known_names_in_each_language(text, names):
    assert names_in(text, {name_key(name) for name in names}) == names


def test_all_departments_are_no_single_organisation_in_arabic_too():
    reading = OrganisationReader(Field.SUPPORTING, KNOWN)("جميع الإدارات")
    assert reading.doubt is not None
    assert "names no single organisation" in reading.doubt.what


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("市教育局，市总工会", ("市教育局", "市总工会")),
        ("복지정책과, 건설과", ("복지정책과", "건설과")),
        ("市教育局、市总工会", ("市教育局", "市总工会")),
        ("Parks, Roads and Bridges", ("Parks, Roads and Bridges",)),
        ("Parks, Roads; Water", ("Parks, Roads", "Water")),
    ],
)
def test_an_answer_is_divided_as_a_cell_is(text, names):
    assert OrganisationReader(Field.SUPPORTING, ())(text, True).value == names


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("市民政局等5部门", "市民政局"),
        ("市民政局等五个部门", "市民政局"),
        ("환경과 외 3", "환경과"),
        ("환경과 외 3개 부서", "환경과"),
        ("환경과 등 3개 부서", "환경과"),
        ("環境課ほか3課", "環境課"),
        ("Housing and 3 others", "Housing"),
        ("Bauamt u. a.", "Bauamt"),
        ("Bauamt und 3 weitere", "Bauamt"),
    ],
)
def test_words_for_further_organisations_are_no_part_of_a_name_and_are_remarked(text, name):
    reading = OrganisationReader(Field.LEAD, ())(text)
    assert reading.doubt is not None
    assert (reading.value, reading.doubt.severity) == (name, Severity.REMARK)
    assert "means further organisations" in reading.doubt.what


def test_the_answers_to_a_question_about_a_bracket_keep_the_lead():
    cell = "여성가족과(복지정책과·건설과)"
    answers = (cell, "여성가족과(복지정책과; 건설과)")
    sheet = f"과제명|주관부서(협조부서)\n시장|{cell}"
    (asked,) = proposed(sheet).problems
    assert (asked.severity, asked.choices) == (Severity.QUESTION, answers)
    found = [proposed(sheet, answers={asked.key: answer}).items[0].facts for answer in answers]
    assert [one[Field.LEAD].value for one in found] == ["여성가족과", "여성가족과"]
    assert [one[Field.SUPPORTING].value for one in found] == [("복지정책과·건설과",), ("복지정책과", "건설과")]


def test_names_with_only_blanks_between_them_are_several_only_if_all_are_known():
    reader = OrganisationReader(Field.SUPPORTING, KNOWN)
    assert reader("水务局 财政局").value == ("水务局", "财政局")
    doubt = reader("水务局 环保局").doubt
    assert doubt is not None
    assert doubt.choices == ("水务局 环保局", "水务局; 环保局")
    assert OrganisationReader(Field.LEAD, ())("甲局 乙局").doubt is not None
    assert reader("财 政 局").value == ("财 政 局",)
    assert reader("교통과 건설과").value == ("교통과 건설과",)
    assert reader("水务局·财政局").value == ("水务局", "财政局")
    dotted = reader("交通課・道路課").doubt
    assert dotted is not None
    assert dotted.choices == ("交通課・道路課", "交通課; 道路課")
    assert reader("문화·체육과").value == ("문화·체육과",)


@pytest.mark.parametrize(
    "text", ["a," * 16_000, "甲 " * 16_000, "合计" + " " * 30_000 + "x", "1-" * 16_000, "by " * 10_000]
)
def test_long_texts_are_no_dates_and_no_names(text):
    """Looking for dates, names or numbers of sections in them would take minutes."""
    for reader in (DayReader(SPAN), OrganisationReader(Field.LEAD, KNOWN), PercentReader(1), read_number, read_person):
        assert reader(text, False).doubt is not None
    for line in (f"编号|任务|单位\n{text}||\n1|修路|甲局", f"任务|单位\n{text}|\n修路|甲局"):
        assert proposed(line).items[-1].facts[Field.TITLE].value == "修路"


def test_one_person_is_accountable():
    assert read_person("张三").value == "张三"
    reading = read_person("张三、李四")
    assert reading.value == "张三"
    assert reading.doubt is not None


@pytest.mark.parametrize(
    ("field", "text", "word"),
    [
        (Field.PHASE, "已完成", "completed"),
        (Field.PHASE, "추진 중", "in_progress"),
        (Field.PHASE, "Not started", "not_started"),
        (Field.PHASE, "是", "completed"),
        (Field.CONFIDENCE, "黄灯", "amber"),
        (Field.CONFIDENCE, "G", "green"),
        (Field.DIRECTION, "减少", "decrease"),
        (Field.BASIS, "registered", "registered"),
    ],
)
def test_words_of_vocabularies(field, text, word):
    reading = WordReader(field)(text)
    assert (reading.value, reading.doubt) == (word, None)


def test_an_unknown_word_is_a_question_with_the_words_that_are_right():
    doubt = WordReader(Field.PHASE)("almost").doubt
    assert doubt is not None
    assert "completed" in doubt.choices
    no = WordReader(Field.PHASE)("否").doubt
    assert no is not None
    assert no.choices == ("not_started", "in_progress")


def test_kinds_whose_titles_differ_only_in_signs_are_told_apart():
    reader = KindReader({"1:1": "1-1", "1、1": "1-1-2"})
    assert [reader(text).value for text in ("1:1", "1、1", "1 1")] == ["1-1", "1-1-2", "1-1-2"]


def test_a_kind_is_known_by_any_of_its_names_and_else_new():
    reader = KindReader({"工程": "project"})
    assert [reader(text).value for text in ("工程", "课题", None)] == ["project", "课题", None]


@pytest.mark.parametrize(
    ("text", "entries"),
    [
        ("1. 立项 2. 开工 3. 竣工", ["立项", "开工", "竣工"]),
        ("①立项（3月）②开工", ["立项（3月）", "开工"]),
        ("（1）立项；（2）开工。", ["立项", "开工。"]),
        ("（1）立项（2）开工", ["立项", "开工"]),
        ("(1)立项，(2)开工(3)竣工", ["立项", "开工", "竣工"]),
        ("（1）完成表（2）", ["（1）完成表（2）"]),
        ("完成（1）立项（2）开工", ["完成（1）立项（2）开工"]),
        ("（2）立项（1）开工", ["（2）立项（1）开工"]),
        ("1.完成（1）号楼 2.完成（2）号楼", ["完成（1）号楼", "完成（2）号楼"]),
        ("1.3月底前立项 2.6月底前开工", ["3月底前立项", "6月底前开工"]),
        ("1.3月底前立项,2.12月底前开工", ["3月底前立项", "12月底前开工"]),
        ("1.2027年3月立项 2.2027年6月开工", ["2027年3月立项", "2027年6月开工"]),
        ("1.3월 착공 2.6월 준공", ["3월 착공", "6월 준공"]),
        ("1.5万吨 2.6万吨", ["1.5万吨 2.6万吨"]),
        ("完成1.5万吨；1.5万吨；2.6万吨", ["完成1.5万吨", "1.5万吨", "2.6万吨"]),
        ("1.5万吨；2.6万吨", ["1.5万吨", "2.6万吨"]),
        ("1.15前立项 2.15前开工", ["1.15前立项 2.15前开工"]),
        ("用1.5个月立项 2.5个月开工", ["用1.5个月立项 2.5个月开工"]),
        ("一是建路；二是修桥", ["建路", "修桥"]),
        ("1.3月立项；2.6月开工", ["3月立项", "6月开工"]),
        ("Draft\nFinal", ["Draft", "Final"]),
        ("2. only the second", ["2. only the second"]),
        ("1、立项2、3月底前开工3、竣工", ["立项", "3月底前开工", "竣工"]),
        ("1.立项2.开工", ["立项", "开工"]),
        ("（一）完成（1）甲（2）乙（二）验收", ["完成（1）甲（2）乙", "验收"]),
        ("一、立项二、开工", ["立项", "开工"]),
        ("一是立项二是开工", ["立项", "开工"]),
        ("(a) draft (b) final", ["draft", "final"]),
        ("가. 설계 나. 착공", ["설계", "착공"]),
        ("一、二期工程", ["一、二期工程"]),
        ("一、建设二、三期工程", ["一、建设二、三期工程"]),
        ("（一）建设（二）期工程", ["（一）建设（二）期工程"]),
        ("①建设②期工程", ["①建设②期工程"]),
        ("（一）号召居民（二）期初检查（三）级别评定", ["号召居民", "期初检查", "级别评定"]),
        ("①期末总结②号召居民", ["期末总结", "号召居民"]),
        ("第一、二、三小学改造", ["第一、二、三小学改造"]),
        ("1、完成12、13号线", ["1、完成12、13号线"]),
        ("1、建成三、四号楼2、验收", ["建成三、四号楼", "验收"]),
        ("完成5.2公里", ["完成5.2公里"]),
    ],
)
def test_the_entries_of_a_list(text, entries):
    assert entries_of(text) == entries


@pytest.mark.parametrize(
    ("text", "milestones"),
    [
        ("3月底前：立项；6月底前：开工", [("立项", "2027-03-31"), ("开工", "2027-06-30")]),
        ("1.3月底前立项 2.6月底前开工", [("立项", "2027-03-31"), ("开工", "2027-06-30")]),
        ("1.3月底前立项,2.6月底前开工", [("立项", "2027-03-31"), ("开工", "2027-06-30")]),
        ("（1）3月底前立项（2）6月底前开工", [("立项", "2027-03-31"), ("开工", "2027-06-30")]),
        ("6月底前完成初稿，年底前完成终稿", [("完成初稿", "2027-06-30"), ("完成终稿", "2027-12-31")]),
        ("By June: draft; October: final", [("draft", "2027-06-30"), ("final", "2027-10-31")]),
        ("开工", [("开工", None)]),
        ("6月或7月开工", [("6月或7月开工", None)]),
    ],
)
def test_milestones_of_a_cell(text, milestones):
    entries = ListReader(Field.MILESTONES, SPAN)(text).entries
    assert [(one[Field.TITLE], str(one[Field.DATE]) if Field.DATE in one else None) for one in entries] == milestones


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("2027年底达到100家", (100, "家", "2027-12-31")),
        ("新增不少于1,200人", (1200, "人", None)),
        ("at least 40 schools by end of 2027", (40, "schools", "2027-12-31")),
        ("at least 500 trees by 31 December 2027", (500, "trees", "2027-12-31")),
        ("≥ 500 Bäume bis 31. Dezember 2027", (500, "Bäume", "2027-12-31")),
        ("≥ 500 arbres avant le 31 décembre 2027", (500, "arbres", "2027-12-31")),
        ("达到100家，其中新增20家", (None, None, None)),
        ("200家", (200, "家", None)),
        ("建成10个", (10, "个", None)),
        ("完成5公里", (5, "公里", None)),
        ("6月底前开工6个", (6, "个", "2027-06-30")),
        ("1.5万元", (15000, "元", None)),
        ("200 Shops", (200, "Shops", None)),
        ("10个示范区全部建成", (None, None, None)),
        ("Length 5 km by 2027-12-01", (5, "km", "2027-12-01")),
        ("Capacity 40 MW by end of 2027", (40, "MW", "2027-12-31")),
        ("Length 5 km", (None, None, None)),
        ("Phase 2 open by 2027-12-01", (None, None, "2027-12-01")),
        ("Bridge 2", (None, None, None)),
        ("2027 report", (None, None, None)),
        ("3年", (None, None, None)),
        ("2号线", (None, None, None)),
        ("200家/建成10个", (None, None, None)),
        ("达到62,5%", (None, None, None)),
        ("at least 1.500,5 ha", (None, None, None)),
    ],
)
def test_a_target_is_read_only_where_it_is_sure(text, target):
    (entry,) = ListReader(Field.INDICATORS, SPAN)(text).entries
    day = entry.get(Field.DUE)
    assert (entry.get(Field.TARGET), entry.get(Field.UNIT), day and str(day)) == target
    assert entry[Field.NAME] == text


@pytest.mark.parametrize(
    ("text", "title", "day"),
    [
        ("30 June draft", "draft", "2027-06-30"),
        ("30. Juni: Entwurf", "Entwurf", "2027-06-30"),
        ("30. Juni Entwurf", "Entwurf", "2027-06-30"),
        ("31. Dezember Abschluss", "Abschluss", "2027-12-31"),
        ("31. Dez. Abschluss", "Abschluss", "2027-12-31"),
        ("30 juin ébauche", "ébauche", "2027-06-30"),
        ("Entwurf am 30. Juni", "Entwurf", "2027-06-30"),
        ("Survey 2027-03-31", "Survey", "2027-03-31"),
        ("Contract (by June)", "Contract", "2027-06-30"),
        ("Quay opened by the end of June.", "Quay opened", "2027-06-30"),
        ("完成验收（12月底前）", "完成验收", "2027-12-31"),
        ("착공 6월까지", "착공", "2027-06-30"),
        ("Within June", "Within", "2027-06-30"),
        ("Open on 3 May to all", "Open on 3 May to all", "2027-05-03"),
        ("In June", "In June", "2027-06-30"),
    ],
)
def test_a_milestone_has_the_words_beside_its_date_in_each_language(text, title, day):
    (entry,) = ListReader(Field.MILESTONES, SPAN)(text).entries
    assert (entry[Field.TITLE], str(entry[Field.DATE])) == (title, day)


@pytest.mark.parametrize("value", [12, 12.5, "1,200", "85%", "≥ 3"])
def test_a_number_alone_is_no_indicator(value):
    reading = ListReader(Field.INDICATORS, SPAN)(value)
    assert reading.doubt is not None
    assert (reading.entries, reading.doubt.severity) == ((), Severity.QUESTION)


VALUES = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.dates(), st.datetimes(), st.text(max_size=20),
    st.text("0123456789年月底前%.,、；:：()（）-/牵头一二①② and#", max_size=20),
)  # fmt: skip


@example(float("nan"), Field.DUE)
@example(float("inf"), Field.DUE)
@example(10**400, Field.DUE)
@given(VALUES, st.sampled_from(Field))
def test_no_value_ends_in_a_traceback(value, field):
    readers: list[Callable[[Any, bool], object]] = [
        DayReader(SPAN), PercentReader(1), read_number, read_code, read_title, read_text, read_person,
        OrganisationReader(Field.LEAD, KNOWN), OrganisationReader(Field.SUPPORTING, KNOWN), KindReader({}),
        ListReader(Field.MILESTONES, SPAN), ListReader(Field.INDICATORS, SPAN), WordReader(field),
    ]  # fmt: skip
    for reader in readers:
        assert isinstance(reader(value, False), Reading)


def test_a_share_among_larger_percents_is_asked_by_itself():
    assert has_mixed_percents(["100%", 0.6, "45"])
    # A number among percents with their sign can be a share or a percent, whether it was typed as text or not.
    assert has_mixed_percents(["85%", 0.4])
    assert not has_mixed_percents(["85%", "40%", 1])
    assert not has_mixed_percents([0.85, 0.4, 1])
    read = PercentReader(1, below_one=BelowOne.ASKED_CELL_BY_CELL)
    asked = read(0.6)
    assert asked.doubt is not None
    assert (asked.value, asked.doubt.what, asked.doubt.choices) == (None, "'0.6' can be 60% or 0.6%", ("60%", "0.6%"))
    assert [read(text).value for text in ("100%", "45", "60%", "0")] == [100, 45, 60, 0]


def test_a_number_just_above_1_can_be_more_than_all():
    read = PercentReader(1, below_one=BelowOne.ASKED_CELL_BY_CELL)
    asked = read(1.2)
    assert asked.doubt is not None
    assert (asked.value, asked.doubt.what) == (None, "'1.2' can be 120%, which is more than all, or 1.2%")
    assert asked.doubt.choices == ("100%", "1.2%")
    assert not has_mixed_percents([0.5, 0.25, 1.2])
    # The column says what it is.
    assert [PercentReader(factor)(1.2).value for factor in (1, 100)] == [1, None]


@pytest.mark.parametrize(
    "text",
    [
        "形成一成果",
        "建成四成套设备",
        "提高四个百分点",
        "rose by 4 percentage points",
        "40퍼센트포인트",
        "统一成立专班",
        "3割引",
        "40 프로젝트",
    ],
)
def test_words_that_look_like_a_percentage_are_none(text):
    assert read_progress(text).also == ()


def test_a_share_in_an_own_file_is_asked_whatever_the_column_has():
    read = PercentReader(1, below_one=BelowOne.ASKED_CELL_BY_CELL, has_own_ones=True)
    assert [read(value).doubt is None for value in (0.25, "0.25", 1, "1", 45, 0)] == [
        False,
        False,
        True,
        True,
        True,
        True,
    ]


@pytest.mark.parametrize(
    "text",
    [
        "10-20%",
        "10%-20%",
        "10%~20%",
        "10至20%",
        "百分之十至二十",
        "一到二成",
        "完成一二成",
        "10에서 20퍼센트",
        "ten to twenty percent",
        "between ten and twenty per cent",
        "ten or twenty %",
    ],
)
def test_a_range_of_percents_is_asked(text):
    asked = PercentReader(1)(text)
    assert asked.doubt is not None
    assert (asked.value, asked.doubt.severity, asked.doubt.choices) == (None, Severity.QUESTION, ("10%", "20%"))
    assert read_progress(text).also == ()


@pytest.mark.parametrize("text", ["HR", "HR + ICT", "Director of Housing", "Housing team"])
def test_a_post_or_an_office_as_a_person_is_remarked(text):
    reading = read_person(text)
    assert reading.doubt is not None
    assert (reading.value, reading.doubt.severity) == (text, Severity.REMARK)
    assert "may be a post or an office" in reading.doubt.what


@pytest.mark.parametrize("text", ["Maria Sousa", "LI Hua", "李华", "王主任", "김철수"])
def test_a_name_is_not_remarked(text):
    assert read_person(text).doubt is None
