"""Indicators, targets and units in columns beside each other of a table of items."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.dates.span import Span
from planner.intake.layout.cells.lists import ListReader
from planner.intake.layout.cells.targets import target_in
from planner.intake.proposed import Field, ProposedRegister
from tests.intake.layout.written import problems, proposed, values

SPAN = Span(date(2027, 1, 1), date(2027, 12, 31))
SHOWN = (Field.NAME, Field.TARGET, Field.UNIT, Field.DIRECTION)


def indicators(register: ProposedRegister) -> list[list[tuple[Any, ...]]]:
    return [
        [tuple(one.facts[fact].value if fact in one.facts else None for fact in SHOWN) for one in item.indicators or []]
        for item in register.items
    ]


@pytest.mark.parametrize(
    "headings",
    [
        "Task|Lead|Indicator|Target|Unit",
        "任务|牵头单位|指标名称|目标值|单位",
        "任務|主辦單位|指標|目標|單位",
        "과제명|주관부서|지표|목표|단위",
        "取組|担当課|指標|目標値|単位",
    ],
)
def test_columns_of_targets_and_units_belong_to_the_indicators_beside_them(headings: str) -> None:
    register = proposed(f"{headings}\nMend|Roads|Quays|12|km\nTrain|Roads|Pilots|≥20|")

    assert indicators(register) == [[("Quays", 12, "km", None)], [("Pilots", 20, None, None)]]
    # Both are told, and nothing is asked.
    assert problems(register) == [("remark", "plan.csv!D1"), ("remark", "plan.csv!E1")]


def test_a_unit_below_the_heading_of_the_indicators_is_no_indicator() -> None:
    """The heading of the group names each of its columns as well."""
    heads = "과제명|주관부서|성과지표|성과지표|성과지표\n과제명|주관부서|지표명|단위|목표"
    rows = "하천|치수과|정비|개소|3\n도로|건설과|보수|km|12"

    assert indicators(proposed(f"{heads}\n{rows}")) == [[("정비", 3, "개소", None)], [("보수", 12, "km", None)]]


def test_each_indicator_of_a_cell_has_its_target() -> None:
    rows = (
        "Task|Lead|Indicator|Target\nMend|Roads|1. Quays 2. Piers|1. 12 km 2. 3以下\n"
        "Train|Roads|1. Pilots 2. Clerks|20\nCount|Roads|Boats|all of them\nSail|Roads|Sails|85%"
    )

    register = proposed(rows)

    assert indicators(register) == [
        [("Quays", 12, "km", None), ("Piers", 3, None, "decrease")],
        [("Pilots", None, None, None), ("Clerks", None, None, None)],
        [("Boats: all of them", None, None, None)],
        [("Sails", 85, "%", None)],
    ]
    assert ("remark", "plan.csv!D3 target") in [(one.severity, one.key) for one in register.problems]


def test_rows_of_one_item_each_have_a_target() -> None:
    register = proposed("Task|Lead|Indicator|Target\nMend|Roads|Quays|12\n||Piers|3")

    assert indicators(register) == [[("Quays", 12, None, None), ("Piers", 3, None, None)]]


def test_a_column_of_offices_beside_targets_has_no_units() -> None:
    register = proposed("任务|指标|目标|单位\n修路|公路里程|12|交通局\n架桥|桥梁|3|建设局")

    assert values(register, Field.LEAD) == [("交通局",), ("建设局",)]


MOST = ["≤ {}", "<{}", "不超过{}", "不高于 {}", "控制在{}", "控制在{}以内", "下降到{}", "at most {}", "no more than {}"]
MOST += [
    "not exceeding {}",
    "up to {}",
    "{}以下",
    "{}以内",
    "{} 이하",
    "{} 미만",
    "{}未満",
    "{} or fewer",
    "{} at most",
]
LEAST = [
    "≥{}",
    "> {}",
    "不低于{}",
    "至少{}",
    "达到{}",
    "at least {}",
    "reach {}",
    "{}以上",
    "{}及以上",
    "{} 이상",
    "{} or more",
]


@given(
    st.integers(0, 10**6), st.sampled_from(["", "家", "件", "公里", "건", "people", "%"]), st.sampled_from(MOST + LEAST)
)
def test_a_target_is_read_in_all_its_forms_in_a_cell_of_its_own_and_in_a_sentence(
    number: int, unit: str, form: str
) -> None:
    words = form.format(f"{number:,}{' ' if unit.isascii() else ''}{unit}".strip())

    found = target_in(words)
    (entry,) = ListReader(Field.INDICATORS, SPAN)(f"Cases: {words}").entries

    assert found is not None
    assert (found.value, found.unit or "", found.is_most) == (number, unit, form in MOST)
    shown = {Field.TARGET: number} | ({Field.UNIT: unit} if unit else {})
    shown |= {Field.DIRECTION: "decrease"} if form in MOST else {}
    assert {fact: entry[fact] for fact in SHOWN if fact in entry and fact is not Field.NAME} == shown


@pytest.mark.parametrize("text", ["12", "12 km", "5万元"])
def test_a_number_without_words_is_a_target_in_a_cell_of_its_own_alone(text: str) -> None:
    (entry,) = ListReader(Field.INDICATORS, SPAN)(f"Cases: {text}").entries

    assert target_in(text) is not None
    assert Field.TARGET not in entry


@pytest.mark.parametrize(
    "text",
    [
        "服务100人以上企业",
        "服务60岁以上",
        "Children under 5 vaccinated",
        "help firms with more than 50 people",
        "至少5件以下",
    ],
)
def test_words_that_say_which_ones_are_meant_or_the_opposite_of_each_other_give_no_target(text: str) -> None:
    (entry,) = ListReader(Field.INDICATORS, SPAN)(text).entries

    assert (Field.TARGET in entry, Field.DIRECTION in entry) == (False, False)
