"""Text files with cells: CSV, TSV and others."""

from pathlib import Path

import pytest

from planner.base.errors import BadValueError, ImportFileError
from tests.intake.files.makers import read, values

TABLE = [("No.", "Task", "Lead"), ("1", "Build the bridge, then open it", "Roads"), ("2", "Mend the dam", "Water")]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|", "^", "~"])
def test_the_delimiter_is_found(tmp_path: Path, delimiter: str) -> None:
    file = tmp_path / "plan.csv"
    lines = (delimiter.join(f'"{cell}"' if delimiter in cell else cell for cell in row) for row in TABLE)
    file.write_text("Work plan\n\n" + "\n".join(lines))
    assert values(file) == [("Work plan",), *TABLE]


def test_rows_have_their_numbers_in_the_file(tmp_path: Path) -> None:
    file = tmp_path / "plan.csv"
    file.write_text('Task,Lead\n\n"Build\nthe bridge",Roads\n,\nMend,Water\n')
    (sheet,) = read(file).sheets
    assert [(row.number, row.values) for row in sheet.rows] == [
        (1, ("Task", "Lead")),
        (3, ("Build\nthe bridge", "Roads")),
        (5, ("Mend", "Water")),
    ]


def test_cells_are_cleaned(tmp_path: Path) -> None:
    file = tmp_path / "plan.csv"
    file.write_bytes(
        'a\u00a0,\u3000e\u0301\u200b,"b\r\nc",="007",\x07x\x00, \ufeff,１\n'.replace('="007"', '"=""007"""').encode()
    )
    assert values(file) == [("a", "é", "b\nc", "007", "x", None, "１")]


def test_a_first_line_can_name_the_delimiter(tmp_path: Path) -> None:
    file = tmp_path / "plan.csv"
    file.write_text("sep=^\nTask^Lead\na, b^c, d\n")
    assert values(file) == [("Task", "Lead"), ("a, b", "c, d")]


def test_equally_plausible_delimiters_are_asked_about(tmp_path: Path) -> None:
    file = tmp_path / "plan.txt"
    file.write_text("a;b|c\nd;e|f\n")
    with pytest.raises(ImportFileError, match="unclear what separates the cells"):
        read(file)
    (sheet,) = read(file, delimiter="pipe").sheets
    assert sheet.rows[0].values == ("a;b", "c")
    with pytest.raises(BadValueError, match="cannot separate cells"):
        read(file, delimiter="ab")


def test_a_quotation_that_is_not_closed_is_refused_with_its_row(tmp_path: Path) -> None:
    file = tmp_path / "plan.csv"
    file.write_text('Task,Lead\n1,"x\n2,y\n3,z\n')
    with pytest.raises(ImportFileError, match="row 2, which begins at line 2, has no end"):
        read(file)


def test_a_table_in_markdown_is_read_without_its_frame(tmp_path: Path) -> None:
    file = tmp_path / "plan.md"
    file.write_text("| Task | Lead |\n|---|:-:|\n| a, b | Roads |\n| c | Water |\n")
    assert values(file) == [("Task", "Lead"), ("a, b", "Roads"), ("c", "Water")]


def test_a_file_of_one_column_is_read_line_by_line(tmp_path: Path) -> None:
    file = tmp_path / "plan.csv"
    file.write_text("Task\nBuild\nMend\n")
    assert values(file) == [("Task",), ("Build",), ("Mend",)]


def test_empty_columns_without_end_are_named_as_what_is_too_much(tmp_path: Path) -> None:
    file = tmp_path / "plan.csv"
    file.write_text(f"Task,Lead\nMend,Roads\nBuild,Water{',' * 1_000_000}\n")
    with pytest.raises(ImportFileError, match="row 3, at line 3, has more than 2,000 columns") as caught:
        read(file)
    assert caught.value.do == "Delete the columns to the right of the register"


def test_a_text_that_begins_with_a_brace_is_no_exported_register(tmp_path):
    path = tmp_path / "plan.csv"
    path.write_text("{,Task\n1,Build a road\n", encoding="utf-8")
    assert values(path) == [("{", "Task"), ("1", "Build a road")]
