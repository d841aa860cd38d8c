"""Headings that are no listed name, but are made of words of such names. All headings are invented."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.intake.layout.columns.recognising import names_of
from planner.intake.layout.headers import Headed
from planner.intake.layout.names import Subject, is_foreign, is_listed, is_name, meanings_of, names_by_field
from planner.intake.proposed import Field
from tests.intake.layout.written import proposed, values


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("责任处室", Field.LEAD),
        ("責任處室", Field.LEAD),
        ("配合科室", Field.SUPPORTING),
        ("拟完成日期", Field.DUE),
        ("截至目前进展情况", Field.DONE),
        ("推进中存在的困难问题", Field.BLOCKER),
        ("完成时限及目标", Field.DUE),
        ("任务及措施", Field.TITLE),
        ("추진 실적 및 계획", Field.DONE),
        ("Expected date of completion", Field.DUE),
        ("Date due (2027)", Field.DUE),
        ("Start/End", Field.DUE),
        ("Responsible party", Field.LEAD),
        ("Note and progress to date", Field.DONE),
    ],
)
def test_a_heading_made_of_known_words_means_their_field(heading, field):
    assert not is_listed(heading)
    assert meanings_of(heading)[0] is field


@pytest.mark.parametrize(
    "heading",
    [
        "交办时间",
        "填报单位",
        "联系电话",
        "总投资（万元）",
        "投资完成情况",
        "Budget and funding",
        "Previous due date",
        "Date completed",
        "Actual completion date",
        "实际完成时间",
        "计划完成率",
        "Planned progress",
        "上月完成情况",
        "예산",
        "情况",
        "",
    ],
)
def test_words_of_other_columns_are_no_names(heading):
    assert not is_name(heading)


def test_cells_of_a_column_that_no_register_has_are_not_looked_at():
    """The days on which work was given out are not those on which it is due."""
    rows = "\n".join(f"{number}|修路{number}|2027-0{number}-01" for number in range(1, 5))
    assert values(proposed(f"编号|任务|交办时间\n{rows}"), Field.DUE) == [(None,)] * 4
    assert (None,) not in values(proposed(f"编号|任务|某某\n{rows}"), Field.DUE)


def test_what_is_planned_is_not_taken_for_what_is_done():
    rows = "\n".join(f"{number}|修路{number}|80%|5{number}%" for number in range(1, 5))
    for planned, actual in (("计划完成率", "实际完成率"), ("Planned progress", "Actual progress")):
        register = proposed(f"编号|任务|{planned}|{actual}\n{rows}")
        assert values(register, Field.PERCENT) == [(51,), (52,), (53,), (54,)]
        assert [problem.value for problem in register.problems] == [planned, actual]
        assert register.problems[0].what == f"the column '{planned}' is not imported"


def test_the_words_of_an_earlier_period_are_no_report():
    register = proposed("编号|任务|上月完成情况|本月完成情况\n1|修路|已招标|已开工")
    assert values(register, Field.DONE) == [("已开工",)]


def test_the_preview_says_that_the_words_of_a_heading_were_read():
    register = proposed("编号|任务|责任处室|拟完成时间\n1|修路|甲局|6月底\n2|修桥|乙局|9月底")
    assert values(register, Field.LEAD) == [("甲局",), ("乙局",)]
    assert [(problem.value, problem.what) for problem in register.problems] == [
        ("责任处室", "the column '责任处室' was taken for 'lead': the words of its heading mean it"),
        ("拟完成时间", "the column '拟完成时间' was taken for 'due': the words of its heading mean it"),
    ]


@pytest.mark.parametrize(
    ("rows", "field"),
    [
        (("工作进展", "拟完成时间"), Field.DUE),
        (("责任分工", "责任处室"), Field.LEAD),
        (("牵头单位", "某某"), Field.LEAD),
        (("任务", "编号"), Field.CODE),
    ],
)
def test_the_lowest_row_of_a_heading_that_is_known_decides(rows, field):
    assert names_of(Headed(1, rows), Subject.ITEMS)[0] is field


@given(st.sampled_from([name for names in names_by_field().values() for listed in names.values() for name in listed]))
def test_every_listed_name_keeps_its_own_meaning(name):
    assert is_listed(name)
    # Of addresses, only tables of organisations and people have columns.
    assert not is_foreign(name) or meanings_of(name) == (Field.MAIL_ADDRESS,)


@given(st.text(max_size=60))
def test_any_text_is_looked_at_without_failing(text):
    assert is_name(text) is bool(meanings_of(text))
