"""What becomes of answers: a wrong one is asked for again, and those of an import that wrote nothing are offered."""

from pathlib import Path
from typing import Any

import pytest

from planner.store.database import Database
from tests.cli.imports.terminal import typed, written

LIKE = "Code,Task,Due\nKP-7,Ask all schools for old charts,6月前\n"
TAKE = "You gave {count} when you last tried to import these files."
KEPT = "Your answers are kept: the next import of these files offers them."


@pytest.fixture
def run(filled: Database, planner: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Return a function that imports a file while a person types lines."""

    def imported(*lines: str, text: str = LIKE, name: str = "office.csv") -> Any:
        file = written(tmp_path, text, name)
        with monkeypatch.context() as terminal:
            typed(terminal, *lines)
            return planner("import", str(file))

    return imported


def test_a_slip_among_choices_is_asked_for_again_at_once(run: Any) -> None:
    result = run("2020-06-30", "3", "New", "y")

    assert "'3' is not one of the answers. Type a number from 1 to 2" in result.err
    assert "Imported: 1 new item" in result.out


def test_an_answer_that_cannot_be_read_leaves_the_question_with_the_text_of_the_cell(run: Any) -> None:
    result = run("sooner", "2020-06-30", "y", text="Code,Task,Due\nKP-8,Sow a meadow,later\n")

    again = "office.csv!C2 (due) 'later': the answer does not fit: 'sooner' is not a date."
    assert f"(1 of 1) Question: {again}" in result.err
    assert "Imported: 1 new item" in result.out


def test_answers_are_offered_again_if_nothing_was_imported(run: Any) -> None:
    # The second question is left open.
    first = run("1", "")
    assert (first.exit_code, KEPT in first.err) == (3, True)

    second = run("y", "new", "n")
    assert TAKE.format(count="1 answer") in second.err
    assert ("(1 of 1)" in second.err, "6月前" in second.err) == (True, False)

    third = run("", "y")
    assert TAKE.format(count="2 answers") in third.err
    assert ("Imported: 1 new item" in third.out, KEPT in third.err) == (True, False)
    assert "You gave" not in run(text=LIKE).err


def test_answers_that_are_not_wanted_again_are_asked_for(run: Any) -> None:
    assert run("1", "").exit_code == 3
    assert "(2 of 2)" in run("n", "2", "new", "n").err
    # Another file has other answers.
    assert "You gave" not in run("", "", name="other.csv").err


def test_answers_count_again_where_a_corrected_file_asks_the_same(run: Any) -> None:
    run("1", "")

    result = run("y", "new", "y", text=LIKE.replace("Due\n", "Due\nKP-8,Mow,\n"))

    assert TAKE.format(count="1 answer") in result.err
    assert ("6月前" in result.err, "Imported: 2 new items" in result.out) == (False, True)


def test_columns_that_were_named_are_offered_again_too(run: Any) -> None:
    foo = "Foo,Bar\nSow a meadow,x\nMow,y\n"
    run("y", "title", "note", "n", text=foo)
    result = run("y", "y", text=foo)

    assert TAKE.format(count="2 answers") in result.err
    assert "Imported: 2 new items" in result.out


MONTHLY = "Code,Task,Due\nX-1,Sow a meadow,6月前\n"
COUNTS = "1 answer from an earlier import counts, because a file of the same form had the same question"


def test_an_answer_about_a_text_counts_in_the_next_file_until_it_is_undone(
    run: Any, planner: Any, tmp_path: Path
) -> None:
    run("2020-05-31", "y", text=MONTHLY)
    july = written(tmp_path, MONTHLY + "X-2,Mow it,6月前\nX-3,Sell it,7月前\n", "july.csv")
    answers = tmp_path / "answers.yaml"

    shown = planner("import", str(july), "--preview").out
    assert ("1 question" in shown, COUNTS in shown, "due 2020-05-31" in shown) == (True, True, True)
    planner("import", str(july), "--write-answers", str(answers))
    lines = answers.read_text(encoding="utf-8")
    assert '"july.csv!C2 due": "2020-05-31"' in lines
    # The question is opened again, or gets another answer.
    answers.write_text('"july.csv!C2 due": "ANSWER"\n')
    assert "2 questions" in planner("import", str(july), "--preview", "--answers", str(answers)).out
    answers.write_text('"july.csv!C2 due": "2020-06-30"\n"july.csv!C4 due": "2020-06-30"\n')
    assert planner("import", str(july), "--yes", "--answers", str(answers)).exit_code == 0
    august = written(tmp_path, "Code,Task,Due\nX-4,Dig it,6月前\n", "august.csv")
    assert "due 2020-06-30" in planner("import", str(august), "--preview").out
    # Other headings are another table.
    other = written(tmp_path, "Code,Task,Lead,Due\nX-4,Dig it,,6月前\n", "other.csv")
    assert "1 question" in planner("import", str(other), "--preview").out
    assert planner("undo", "--yes").exit_code == 0
    assert "due 2020-05-31" in planner("import", str(august), "--preview").out


def test_an_answer_about_a_whole_column_counts_in_the_next_file_until_it_is_opened_again(
    run: Any, planner: Any, tmp_path: Path
) -> None:
    monthly = "编号,任务名称,牵头单位,落实情况\nX-1,修路,甲局,完成四成\n"
    assert "Imported: 1 new item" in run("progress", "2020-11-30", "y", text=monthly).out
    second = written(tmp_path, monthly.replace("四成", "六成"), "second.csv")

    shown = planner("import", str(second), "--preview", "--as-of", "2020-12-31").out

    assert ("question," in shown, COUNTS in shown, "percent: 40 → 60" in shown) == (False, True, True)
    answers = tmp_path / "answers.yaml"
    answers.write_text('"second.csv!D1 percent": "ANSWER"\n')
    again = planner("import", str(second), "--preview", "--as-of", "2020-12-31", "--answers", str(answers)).out
    assert "1 question" in again


def test_the_sign_of_a_percentage_can_be_left_out(run: Any) -> None:
    result = run("67", "2020-12-31", "y", text="Code,Task,Percent\nKP-8,Sow a meadow,0.67\nKP-9,Mow,50\n")

    assert "Imported: 2 new items" in result.out
    assert "in progress 67%" in result.out


def test_columns_are_asked_about_before_errors_that_the_answers_remove(run: Any) -> None:
    """The errors of rows without a title in the column that is assumed to have the titles."""
    text = "Code,Project,Task,Due\nKP-7,Meadows,Sow,6月前\nKP-8,Lakes,Mow,\nKP-9,Parks,Dig,\nKP-10,,Rake,\n"

    result = run("title", "2020-05-31", "y", text=text)

    assert "(1 of 1) Question: office.csv!C1 'Task'" in result.err
    assert "(2 of 2) Question: office.csv!D2 (due) '6月前'" in result.err
    assert "Imported: 4 new items" in result.out


def test_a_question_that_an_answer_removes_is_not_asked(run: Any) -> None:
    text = "编号,任务名称,任务内容,任务\nX-1,甲,修路,东\nX-2,乙,架桥,西\n"

    result = run("title", "y", text=text)

    assert ("(1 of 2) Question: office.csv!C1" in result.err, result.err.count("Question:")) == (True, 1)
