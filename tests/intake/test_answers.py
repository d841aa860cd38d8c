"""Answers find their questions under each name that people use, and none is ignored silently."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from planner.base.errors import BadValueError
from planner.domain.rules.settings import Settings
from planner.intake.answering.answers import answer_line
from planner.intake.comparing.asking import question_key
from planner.intake.comparing.preview import Preview
from planner.intake.preview_text import preview_lines
from planner.intake.previewing import preview_sheets
from planner.intake.proposed import Field
from planner.intake.wishes import Wishes, read_answers
from planner.store.database import Database
from tests.factories import ACTOR, reading_of, report
from tests.intake.imports import DAY
from tests.intake.layout.written import sheet_of

# The deadline of the second row is no date that the program can understand alone.
TASKS = "Code|Task|Deadline\n40|Sow|6月30日前\n41|Mow|soon"
NAME = "plan.xlsx: Tasks!C3"


def previewed(database: Database, answers: dict[str, str], tasks: str = TASKS) -> Preview:
    with database.reading() as session:
        sheet = sheet_of(tasks, "Tasks", file="plan.xlsx")
        return preview_sheets(reading_of(session, DAY), ACTOR, [sheet], [], Wishes(answers=answers))


def test_each_name_of_a_question_is_understood_and_none_is_needed_twice(sqlite_register: Database) -> None:
    asked = previewed(sqlite_register, {})
    assert [problem.key for problem in asked.blockers] == [f"{NAME} due"]

    for name in (NAME, f"{NAME} due", f"{NAME} (due)"):
        found = previewed(sqlite_register, {name: "2020-06-30"})
        assert (found.problems, len(found.new)) == ((), 2), name


def test_place_of_a_heading_names_the_question_about_its_column(sqlite_register: Database) -> None:
    tasks = "Code|Task|Deadline\n40|Sow|5/6/2020\n41|Mow|6/5/2020"
    (asked,) = previewed(sqlite_register, {}, tasks).blockers
    assert asked.key == "plan.xlsx: Tasks!C1 due"

    for name in ("plan.xlsx: Tasks!C1", asked.key):
        found = previewed(sqlite_register, {name: "day first"}, tasks)
        assert [new.facts[Field.DUE] for new in found.new] == [date(2020, 6, 5), date(2020, 5, 6)], name


@pytest.mark.parametrize(
    "name", ["plan.xlsx:tasks!c3 due", "ＰＬＡＮ.xlsx： Tasks！Ｃ３（DUE）", " plan.xlsx: Tasks!C3  (Due) "]
)
def test_how_the_name_of_a_question_is_written_does_not_matter(sqlite_register: Database, name: str) -> None:
    assert previewed(sqlite_register, {name: "2020-06-30"}).problems == ()


@pytest.mark.parametrize(
    "name", ["T-001 percent", "Ｔ－００１ percent", "t1 Percent", "T-001 (percent)", "T–001  PERCENT"]
)
@pytest.mark.parametrize("answer", ["file", "File", "ＦＩＬＥ"])
def test_how_the_name_of_a_conflict_and_its_answer_are_written_does_not_matter(
    sqlite_register: Database, name: str, answer: str
) -> None:
    report(sqlite_register, "T-001", percent=50, as_of=DAY)

    found = previewed(sqlite_register, {name: answer}, "Code|Task|Percent\nT-001|Mend the quay|60")

    assert [conflict.taken for _, conflict in found.conflicts] == [True]
    assert found.problems == ()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("plan2.csv!D3 due", "plan (2).csv!D3 due"),
        ("my plan.csv!D3", "myplan.csv!D3"),
        ("plan.xlsx: Q 1!D3 due", "plan.xlsx: Q1!D3 due"),
        ("plan2.csv date", "plan (2).csv date"),
        ("plan-1.xlsx: Tasks kind", "plan1.xlsx: Tasks kind"),
        ("1(2) due", "12 due"),
    ],
)
def test_questions_of_different_files_and_items_have_different_names(one: str, other: str) -> None:
    assert question_key(one) != question_key(other)


def test_an_answer_about_a_cell_of_another_file_is_not_taken(sqlite_register: Database) -> None:
    name = "plan (.xlsx: Tasks!C3 due"
    found = previewed(sqlite_register, {name: "2020-06-30"})

    assert [problem.key for problem in found.blockers] == [f"{NAME} due"]
    assert [(one.value, one.what) for one in found.problems[1:]] == [
        (name, "the answer '2020-06-30' belongs to no question of these files")
    ]


@pytest.mark.parametrize("name", ["t2 Milestone 1 (date)", "Ｔ－００２ milestone １ date", "T-002 MILESTONE 01 Date"])
def test_how_the_name_of_a_conflict_about_a_milestone_is_written_does_not_matter(name: str) -> None:
    assert question_key(name) == question_key("T-002 milestone 1 date")


def test_two_words_of_a_field_and_another_form_of_a_choice_are_understood(sqlite_register: Database) -> None:
    report(sqlite_register, "T-001", help_needed="Divers", as_of=DAY)
    tasks = "Code|Task|Help needed\nT-001|Mend the quay|Stones"
    found = previewed(sqlite_register, {"T-001 help needed": "file"}, tasks)
    assert [conflict.taken for _, conflict in found.conflicts] == [True]

    key = "plan.xlsx: Tasks!A2"
    assert previewed(sqlite_register, {key: "t1"}, "Code|Task\n40|Mend the quay").problems == ()
    assert len(previewed(sqlite_register, {key: "NEW"}, "Code|Task\n40|Mend the quay").new) == 1


def test_line_of_the_preview_can_be_pasted(sqlite_register: Database, tmp_path: Path) -> None:
    asked = previewed(sqlite_register, {})
    line = answer_line(asked.blockers[0].key)
    assert any(shown.endswith(line) for shown in preview_lines(asked, "Plan", Settings()))
    file = tmp_path / "answers.yaml"
    file.write_text(line.replace('"ANSWER"', "2020-06-30"), encoding="utf-8")

    assert yaml.safe_load(line) == {f"{NAME} due": "ANSWER"}
    assert read_answers(file) == {f"{NAME} due": "2020-06-30"}


def test_answer_without_effect_is_remarked(sqlite_register: Database) -> None:
    found = previewed(sqlite_register, {"plan.xlsx: Tasks!C9": "new", f"{NAME} due": "2020-06-30"})

    assert [(one.value, one.what) for one in found.problems] == [
        ("plan.xlsx: Tasks!C9", "the answer 'new' belongs to no question of these files")
    ]
    assert not found.blockers


def test_answer_that_is_not_among_the_choices_is_remarked(sqlite_register: Database) -> None:
    key = "plan.xlsx: Tasks!A2"
    found = previewed(sqlite_register, {key: "P-002"}, "Code|Task\n40|Mend the quay")

    question, remark = found.problems
    assert (question.key, question.choices) == (key, ("T-001", "new"))
    assert question.what.startswith("the answer 'P-002' does not fit: ")
    # A line that is pasted as it is decides nothing.
    assert answer_line(question.key) == f'"{key}": "ANSWER"'
    assert (remark.value, remark.what, remark.do) == (
        key,
        "the answer 'P-002' is not one of the choices",
        "Give one of T-001, new",
    )


def test_values_are_read_as_they_are_written(tmp_path: Path) -> None:
    file = tmp_path / "answers.yaml"
    file.write_text("a: 007\nb: 1.10\nc: yes\nd: ~\ne:\n", encoding="utf-8")
    assert read_answers(file) == {"a": "007", "b": "1.10", "c": "yes"}

    file.write_text('# One\n"a due": -\n"b": "x: -"\n"c": - \n', encoding="utf-8")
    assert read_answers(file) == {"a due": "-", "b": "x: -", "c": "-"}
    file.write_text('"a": "x"\n"b": @x\n', encoding="utf-8")
    with pytest.raises(BadValueError, match="in line 2") as refused:
        read_answers(file)
    assert "quotation marks" in str(refused.value.do)

    file.write_text(f"{NAME}: new\n", encoding="utf-8")
    with pytest.raises(BadValueError, match="neither YAML nor JSON"):
        read_answers(file)


STATE = "（截至3月底）||\nCode|Task|Percent\n40|Sow|60"


def on(database: Database, day: date, tasks: str, answers: dict[str, str] | None = None, **more: Any) -> Preview:
    with database.reading() as session:
        sheet = sheet_of(tasks, "Tasks", file="plan.xlsx")
        return preview_sheets(reading_of(session, day), ACTOR, [sheet], [], Wishes(answers=answers or {}, **more))


def test_day_that_a_text_above_the_table_names_is_that_of_the_reports(sqlite_register: Database) -> None:
    found = on(sqlite_register, date(2026, 11, 30), STATE)

    assert (found.as_of, found.blockers) == (date(2020, 3, 31), ())
    assert [(str(one.place), one.what) for one in found.problems] == [
        ("plan.xlsx: Tasks!A1", "the reports are imported as of 2020-03-31, which this text names")
    ]
    assert on(sqlite_register, DAY, STATE, as_of=DAY).as_of == DAY


def test_day_of_reports_is_asked_when_the_plan_is_over(sqlite_register: Database) -> None:
    tasks = STATE.partition("\n")[2]
    for wrong in ({}, {"plan.xlsx date": "soon"}, {"plan.xlsx date": "2019-12-31"}):
        (asked,) = on(sqlite_register, date(2026, 11, 30), tasks, wrong).blockers
        assert asked.key == "plan.xlsx date"

    found = on(sqlite_register, date(2026, 11, 30), tasks, {"plan.xlsx": "2020-04-30"})

    assert (found.as_of, found.blockers) == (date(2020, 4, 30), ())
    assert on(sqlite_register, DAY, tasks).as_of == DAY
    assert on(sqlite_register, date(2026, 11, 30), TASKS, {f"{NAME} due": "2020-06-30"}).blockers == ()


def test_a_day_after_the_plan_that_a_person_gives_is_remarked(sqlite_register: Database) -> None:
    preview = on(sqlite_register, date(2021, 2, 1), STATE, as_of=date(2021, 1, 15))
    what = "the reports are as of 2021-01-15, which is after the plan ended on 2020-12-31"
    assert (preview.as_of, preview.blockers) == (date(2021, 1, 15), ())
    assert what in [problem.what for problem in preview.problems]
    preview = on(sqlite_register, date(2021, 2, 1), STATE, as_of=date(2020, 12, 31))
    assert not [problem for problem in preview.problems if "the plan ended" in problem.what]


def test_no_report_is_imported_before_the_plan_begins(sqlite_register: Database) -> None:
    found = on(sqlite_register, date(2019, 12, 1), STATE)

    assert [item.report for item in found.new] == [None]
    assert [one.what for one in found.problems] == [
        "the plan begins on 2020-01-01, so what the files say of the state of items is not imported"
    ]
