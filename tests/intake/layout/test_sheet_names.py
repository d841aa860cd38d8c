"""What the names of sheets say of their items. All names are invented."""

import pytest

from planner.intake.layout.plan_facts import PlanFacts
from planner.intake.proposed import Field, ProposedRegister
from tests.intake.layout.written import PLAN, problems, proposed, sheet_of, values

T, L, TH = Field.TITLE, Field.LEAD, Field.THEME
FILE = "plan.xlsx"


def book(sheets: dict[str, str], **given) -> ProposedRegister:
    """Propose a register from the sheets of a workbook."""
    return proposed(*(sheet_of(text, name, file=FILE) for name, text in sheets.items()), **given)


def tasks(*titles: str, headings: str = "序号|任务|牵头单位", lead: str = "甲局") -> str:
    return "\n".join([headings, *(f"{number}|{title}|{lead}" for number, title in enumerate(titles, 1))])


def test_numbered_names_of_sheets_are_themes_with_labels():
    register = book({"一、经济": tasks("建厂房", "招商"), "二、民生": "一、学校\n" + tasks("建小学")})
    assert values(register, TH) == [(("经济",),), (("经济",),), (("民生",),)]
    labels = [(one.facts[Field.LABEL].value, one.facts[T].value) for one in register.themes]
    assert labels == [("一", "经济"), ("二", "民生")]
    assert register.items[0].facts[TH].inferred == "the name of the sheet"
    assert ("remark", f"{FILE}: 一、经济") in problems(register)


def test_sections_are_within_the_theme_of_their_sheet():
    register = book(
        {
            "1. Economy": "Ref|Task|Lead\nPart 1: Ports\n1|Dredge|Trade",
            "2. Health": "Ref|Task|Lead\nPart 1: Clinics\n2|Build|Health",
        }
    )
    assert values(register, TH) == [(("Economy", "Ports"),), (("Health", "Clinics"),)]
    parents = [one.facts[Field.PARENT].value for one in register.themes if Field.PARENT in one.facts]
    assert parents == [("Economy",), ("Health",)]


@pytest.mark.parametrize("names", [("东城区", "西岭区"), ("市教育局", "市交通局"), ("Trade Office", "Health Office")])
def test_names_of_organisations_lead_where_no_column_says_it(names):
    texts = [tasks("修路", headings="序号|任务|备注"), tasks("架桥", headings="序号|任务|备注")]
    register = book(dict(zip(names, texts, strict=True)))
    assert values(register, L) == [(names[0],), (names[1],)]
    assert register.items[0].facts[L].inferred == "the name of the sheet"
    assert problems(register)[0] == ("remark", f"{FILE}: {names[0]}")
    refused = book(dict(zip(names, texts, strict=True)), answers={f"{FILE}: {names[0]}": "not imported"})
    assert values(refused, L) == [(None,), (None,)]


def test_other_names_are_asked_about():
    sheets = {"经济": tasks("建厂房"), "民生": tasks("建小学")}
    register = book(sheets)
    assert problems(register)[0] == ("question", f"{FILE}: 经济")
    assert register.problems[0].choices == ("theme", "not imported")
    assert values(book(sheets, answers={f"{FILE}: 经济": "theme"}), TH) == [(("经济",),), (("民生",),)]
    refused = book(sheets, answers={f"{FILE}: 经济": "not imported"})
    assert values(refused, TH) == [(None,), (None,)]
    assert "question" not in [severity for severity, _ in problems(refused)]


@pytest.mark.parametrize("names", [("Sheet1", "Sheet2"), ("任务清单", "项目清单"), ("1月", "2月"), ("2027", "2028年")])
def test_names_that_say_nothing_are_not_asked_about(names):
    register = book({names[0]: tasks("修路"), names[1]: tasks("架桥")})
    assert values(register, TH) == [(None,), (None,)]
    assert "question" not in [severity for severity, _ in problems(register)]


def test_one_sheet_and_sheets_with_a_column_of_themes_are_not_asked_about():
    assert problems(book({"经济": tasks("修路")})) == []
    themed = {name: tasks("修路" + name, headings="序号|任务|领域", lead="交通") for name in ("经济", "民生")}
    assert "question" not in [severity for severity, _ in problems(book(themed))]


def test_names_of_kinds_and_of_states_give_these():
    plan = PlanFacts(PLAN.starts, PLAN.ends, kinds={"重点项目": "project", "常规任务": "task"})
    kinds = book({"常规任务": tasks("修路"), "重点项目": tasks("架桥")}, plan=plan)
    assert values(kinds, Field.KIND) == [("task",), ("project",)]
    states = book({"已完成": tasks("修路"), "未开始": tasks("架桥")})
    assert values(states, Field.PHASE) == [("completed",), ("not_started",)]


def test_of_sheets_with_the_same_items_one_is_chosen():
    sheets = {"1月": tasks("修路", "架桥"), "2月": tasks("修路", "架桥", "清淤"), "其他": tasks("植树")}
    register = book(sheets)
    assert problems(register)[0] == ("question", FILE)
    assert register.problems[0].choices == ("1月", "2月", "all")
    assert values(book(sheets, answers={FILE: "2月"}), T) == [("修路",), ("架桥",), ("清淤",), ("植树",)]
    left = [reason for place, reason in book(sheets, answers={FILE: "2月"}).ignored if place.sheet == "1月"]
    assert left == ["the headings of the table", *["another sheet has the same items"] * 2]
    assert len(book(sheets, answers={FILE: "all"}).items) == 6


def test_sheets_of_organisations_can_have_the_same_tasks():
    text = tasks("修路", "架桥", headings="序号|任务|备注")
    register = book({"东城区": text, "西岭区": text})
    assert values(register, T, L) == [("修路", "东城区"), ("架桥", "东城区"), ("修路", "西岭区"), ("架桥", "西岭区")]


@pytest.mark.parametrize("name", ["Departments", "人员", "people"])
def test_a_sheet_of_tasks_may_have_the_name_of_another_list(name):
    register = proposed(sheet_of("部门|姓名|任务|完成时限\n甲局|张三|修路|6月底", name))
    assert values(register, T) == [("修路",)]
    assert (register.people, register.organisations) == ([], [])
    people = proposed(sheet_of("姓名|部门|电话\n张三|甲局|1", "人员"), sheet_of("编号|任务\n1|修路", "任务"))
    assert [one.facts[Field.NAME].value for one in people.people] == ["张三"]
