"""Asking in a terminal what the columns of a table are, if none of its headings is known."""

from pathlib import Path
from typing import Any

import pytest

from planner.store.database import Database
from tests.cli.imports.terminal import typed, written

pytestmark = pytest.mark.usefixtures("filled")


@pytest.fixture
def asked(planner: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Return a function that imports a text while a person types lines."""

    def imported(text: str, *lines: str) -> Any:
        typed(monkeypatch, *lines)
        return planner("import", str(written(tmp_path, text)))

    return imported


FOO = "Foo,Bar,Baz\nSow a meadow,Parks Office,red\nMow,Parks Office,blue\n"


def test_each_column_is_asked_for_and_the_answers_are_kept(asked: Any, planner: Any, tmp_path: Path) -> None:
    result = asked(FOO, "y", "title", "colour", "title", "lead", "", "y")

    assert "office.csv!1: Foo | Bar | Baz" in result.err
    assert "office.csv!1: 'Foo': Sow a meadow | Mow" in result.err
    assert "'colour' is not a field. The fields are code, title" in result.err
    assert "the column 'Foo' is 'title' already" in result.err
    assert "Foo = title, Bar = lead, not imported: Baz" in result.out
    assert "Imported: 2 new items" in result.out
    # The columns are kept for the next file of this form.
    assert "2 unchanged" in planner("import", str(tmp_path / "office.csv"), "--preview").out


def test_a_table_without_headings_is_read_from_its_first_row(asked: Any) -> None:
    result = asked("Sow a meadow,Parks Office\nMow a lawn,Harbour Office\n", "n", "title", "lead", "y")

    assert "office.csv!1: 'column A': Sow a meadow | Mow a lawn" in result.err
    assert "Imported: 2 new items" in result.out


def test_a_heading_above_two_columns_is_asked_for_with_each_of_the_two_below_it(asked: Any) -> None:
    text = "Werk,Büro,,Schluss\n,erstes,weiteres,\nKai bauen,Harbour Office,Parks Office,x\nWiese,Parks Office,,y\n"
    result = asked(text, "y", "title", "lead", "supporting", "", "y")

    assert "'Büro / erstes': Harbour Office | Parks Office" in result.err
    assert "Werk = title, Büro / erstes = lead, Büro / weiteres = supporting, not imported: Schluss" in result.out
    assert "Imported: 2 new items" in result.out


def test_sheets_with_the_same_headings_are_asked_about_once(
    planner: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = [written(tmp_path, FOO, "one.csv"), written(tmp_path, FOO.replace("ow", "ew"), "two.csv")]
    typed(monkeypatch, "y", "title", "lead", "", "n")
    result = planner("import", *map(str, files))

    assert result.err.count("'Foo'") == 1
    assert "4 new items" in result.out


def test_the_title_is_asked_for_if_no_column_was_named_as_it(asked: Any, filled: Database) -> None:
    result = asked(FOO, "y", "", "lead", "", "1", "y")

    assert "Say for one of the columns that it is 'title'" in result.err
    assert "Imported: 2 new items" in result.out


def test_columns_are_asked_for_if_the_lead_or_the_due_date_would_be_assumed(
    asked: Any, planner: Any, tmp_path: Path
) -> None:
    """Two of the headings are known, and without an answer the office that runs the plan would lead every item."""
    text = "Code,Task,Foo,Budget\nX-1,Sow a meadow,Sky,5\nX-2,Mow,Sea,6\n"
    result = asked(text, "title", "lead", "y")

    assert "No column gives the lead or the due date" in result.err
    assert "office.csv!1: 'Foo': Sky | Sea" in result.err
    assert "the column 'Task' is 'title' already" in result.err
    assert "Budget'" not in result.err
    assert "Foo = lead" in result.out
    assert "Imported: 2 new items" in result.out
    # The columns are kept for the next file of this form, so that it asks nothing.
    assert "No column gives" not in planner("import", str(tmp_path / "office.csv"), "--preview").err


def test_the_file_of_the_next_month_has_the_columns_and_the_answers_of_the_last_one(
    planner: Any, tmp_path: Path
) -> None:
    april = "编号,任务,截至4月进展,完成率,Farbe\nX-1,Sow,Begun,60,Red\nX-2,Mow,Begun,0.4,Red\n"
    may = april.replace("4月", "5月").replace("Begun", "Grown").replace("0.4", "0.67").replace("60", "70")
    mapping, answers = tmp_path / "mapping.yaml", tmp_path / "answers.yaml"
    mapping.write_text("Farbe: note\n", encoding="utf-8")
    answers.write_text("april.csv!D3 percent: 40%\n", encoding="utf-8")
    said = ("--mapping", str(mapping), "--answers", str(answers), "--as-of", "2020-04-30")
    first = planner("import", str(written(tmp_path, april, "april.csv")), "--yes", *said)
    assert (first.exit_code, first.err) == (0, "")

    second = planner("import", str(written(tmp_path, may, "may.csv")), "--preview", "--as-of", "2020-05-31")

    assert second.exit_code == 0
    assert "截至5月进展 = done, 完成率 = percent, Farbe = note" in second.out
    assert "percent: 40 → 67" in second.out
