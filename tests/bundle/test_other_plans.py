"""A plan of another city: codes, kinds and levels of themes of its own, in another language, reports by the month."""

import json

import pytest

from tests.command import run_command

FILES = {
    "plan.yaml": """
default_basis: registered
plan:
  {key: hanbit-2021, title: 한빛시 2021년 업무 계획, year: 2021, starts: 2021-01-01, ends: 2021-12-31, issuer: office,
   time_zone: Asia/Seoul, cadence: monthly, language: ko}
totals: [{name: items, value: 3}, {name: 사업, value: 2}]
kinds: [{key: 사업, title: 주요 사업}, {key: study, title: Study, prefix: KP-}]
themes:
- {number: 1, label: 제1장, title: 부두}
- {number: 2, label: "1.1", title: 등대, parent: 1}
- {number: 3, label: 제2장, title: 도서관}
""",
    "organisations.yaml": "organisations: [{key: office, name: 한빛시청, kind: body}]",
    "measures.yaml": "measures: []",
    "items/all.yaml": """
items:
- {code: 제2-10호, title: 열람실을 연다, theme: 3, kind: 사업, lead: office}
- {code: 제2-9호, title: 등대를 고친다, theme: 2, kind: 사업, lead: office}
- {code: KP-7, title: 부두를 조사한다, theme: 1, lead: office}
""",
}


@pytest.fixture
def city(tmp_path):
    """Run a command on a register that was made from the files."""
    for name, content in FILES.items():
        file = tmp_path / "plan" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content, "utf-8")

    def run(*arguments):
        done = run_command("--db", str(tmp_path / "city.sqlite"), *arguments)
        assert done.exit_code == 0, done.err
        return done.out

    made = run("init", "--seeds", str(tmp_path / "plan"))
    assert "주요 사업: 2, Study: 1" in made
    assert "Note:" not in made
    return run


def codes(out):
    return [item["code"] for item in json.loads(out)["items"]]


def test_items_keep_the_order_of_the_files_and_are_found_by_theme_and_kind(city):
    assert codes(city("items", "--format", "json")) == ["제2-10호", "제2-9호", "KP-7"]
    assert codes(city("items", "--theme", "1", "--format", "json")) == ["제2-9호", "KP-7"]
    assert codes(city("items", "--theme", "2", "--format", "json")) == ["제2-9호"]
    assert codes(city("items", "--kind", "study", "--format", "json")) == ["KP-7"]
    assert "등대를 고친다" in city("show", "제2-09호")


def test_a_theme_includes_the_items_of_its_parts(city):
    themes = json.loads(city("overview", "--format", "json"))["overview"]["themes"]
    assert [(theme["number"], theme["title"], theme["now"]["items"]) for theme in themes] == [
        (1, "부두", 2),
        (2, "등대", 1),
        (3, "도서관", 1),
    ]
    shown = city("overview")
    assert "1.1 등대" in shown
    assert "Reports received this month: 0 of 3" in shown


def test_loading_the_files_again_changes_nothing(city, tmp_path):
    again = json.loads(city("init", "--seeds", str(tmp_path / "plan"), "--format", "json"))["init"]
    assert (again["loaded"]["added"], again["loaded"]["changed"], again["loaded"]["kept"]) == ({}, {}, [])
    assert [(kind["key"], kind["items"]) for kind in again["inventory"]["kinds"]] == [("사업", 2), ("study", 1)]
    assert city("verify")


ORDINANCE = """한빛시 사무 조례

제1조 시청은 등대를 고치고 밤마다 불을 밝힌다.

제2조 시청은 도서관의 열람실을 열어 시민이 책을 읽게 한다.
"""


def test_an_ordinance_becomes_its_mandate_and_an_item_is_traced_to_it(city, tmp_path):
    file = tmp_path / "ordinance.txt"
    file.write_text(ORDINANCE, encoding="utf-8")
    city("mandate", "add", str(file), "--key", "ordinance", "--title", "한빛시 사무 조례")
    city("mandate", "review", "ordinance", "--as-printed")
    city("mandate", "adopt", "ordinance", "--reason", "시의회에서 정했다.")
    link = ("--clause", "duty-1", "--type", "supports", "--coverage", "partial", "--rationale", "제1조")
    city("links", "add", "제2-9호", *link)
    traced = city("trace", "제2-9호")
    for text in ("한빛시 사무 조례", "시청은 등대를 고치고 밤마다 불을 밝힌다", "제1조"):
        assert text in traced
