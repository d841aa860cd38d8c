"""What -o names, the same in every command: the name says the format, only a file that planner wrote is replaced."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from planner.base.errors import BadValueError, FileTroubleError
from planner.base.output_files import is_planner_output
from planner.cli.context import Context
from tests.command import CommandResult
from tests.effort import only_in_more, only_in_soak
from tests.factories import noon

Planner = Callable[..., CommandResult]

WEEK = ("weekly", "--week", "2020-W14")

# A command, and a file that it writes.
WRITES = [
    only_in_more((*WEEK, "--bom", "--section", "totals"), "totals.csv"),
    only_in_soak(WEEK, "week.csv"),
    only_in_soak(WEEK, "week.json"),
    (WEEK, "week.xlsx"),
    only_in_more(WEEK, "week.html"),
    only_in_soak(("findings",), "findings.csv"),
    only_in_more(("findings",), "findings.json"),
    only_in_soak(("findings",), "findings.html"),
    only_in_more(("clauses",), "clauses.html"),
    (("calendar",), "due.ics"),
    (("export", "oscal"), "mapping.json"),
    only_in_soak(("export", "skos"), "clauses.jsonld"),
    only_in_soak(("export", "annotations"), "citations.json"),
]


@pytest.fixture(autouse=True)
def _now(monkeypatch, filled):
    """Noon of 20 April, with the small plan loaded."""
    monkeypatch.setattr(Context, "now", lambda _self: noon(date(2020, 4, 20)))


@pytest.mark.parametrize(("command", "name"), WRITES, ids=lambda value: " ".join(value) if len(value) < 5 else value)
def test_what_was_written_is_written_again_and_a_file_of_somebody_else_s_is_not(
    planner: Planner, tmp_path: Path, command: tuple[str, ...], name: str
) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    file = folder / name
    first = planner(*command, "-o", str(file))
    assert f"to {file}" in first.err
    names = sorted(path.name for path in folder.iterdir())
    assert [is_planner_output(path) for path in folder.iterdir()] == [True] * len(names)
    written = file.read_bytes()

    assert planner(*command, "-o", str(file)).exit_code == first.exit_code

    for path in folder.iterdir():
        path.write_bytes(b"mine")
        done = planner(*command, "-o", str(file))
        assert (done.exit_code, done.out) == (FileTroubleError.exit_code, ""), done
        assert f"{path}: a file with this name exists, and planner did not write it" in done.err
        assert path.read_bytes() == b"mine"
        assert planner(*command, "-o", str(file), "--replace").exit_code == first.exit_code
        assert is_planner_output(path)
    assert len(file.read_bytes()) == len(written)


@pytest.mark.parametrize("command", [only_in_soak((*WEEK, "--format", "all")), ("chase",), (*WEEK, "--section", "all")])
def test_a_folder_s_files_are_written_again_and_none_where_one_is_somebody_else_s(
    planner: Planner, tmp_path: Path, command: tuple[str, ...]
) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    first = planner(*command, "-o", str(folder))
    assert first.exit_code == 0
    assert planner(*command, "-o", str(folder)).exit_code == 0
    files = sorted(folder.iterdir())
    files[-1].write_bytes(b"mine")
    for file in files[:-1]:
        file.unlink()

    done = planner(*command, "-o", str(folder))

    assert done.exit_code == FileTroubleError.exit_code
    assert f"{files[-1]}: a file with this name exists, and planner did not write it" in done.err
    assert list(folder.iterdir()) == files[-1:]
    assert planner(*command, "-o", str(folder), "--replace").exit_code == 0
    assert sorted(folder.iterdir()) == files


def test_an_empty_file_is_nobody_s(planner: Planner, tmp_path: Path) -> None:
    (tmp_path / "week.csv").touch()
    assert planner(*WEEK, "-o", str(tmp_path / "week.csv")).exit_code == 0


@pytest.mark.parametrize(
    ("name", "begins"), [("w.csv", b"code,"), ("w.JSON", b"{"), ("w.xlsx", b"PK"), ("w.html", b"<!")]
)
def test_the_name_says_the_format(planner: Planner, tmp_path: Path, name: str, begins: bytes) -> None:
    planner(*WEEK, "-o", str(tmp_path / name))
    assert (tmp_path / name).read_bytes().startswith(begins)


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ((*WEEK, "-o", "report.xlsx", "--format", "csv"), "the name ends in .xlsx, but --format is csv"),
        ((*WEEK, "-o", "report.html", "--format", "json"), "the name ends in .html, but --format is json"),
        (
            (*WEEK, "-o", "week.odt"),
            "this command does not write .odt files. Use a name that ends in .csv, .json, .xlsx, .html, .txt, .pdf or ",
        ),
        ((*WEEK, "-o", "week.odt", "--format", "xlsx"), "this command does not write .odt files"),
        ((*WEEK, "-o", "report"), "the file name has no ending, so its format is unknown"),
        (
            ("findings", "-o", "list.xlsx"),
            "this command does not write .xlsx files. Use a name that ends in .csv, .json or .html",
        ),
        (("findings", "-o", "list.csv", "--format", "html"), "the name ends in .csv, but --format is html"),
        (("clauses", "-o", "clauses.csv"), "this command does not write .csv files. Use a name that ends in .html"),
        (("calendar", "-o", "due.csv"), "this command does not write .csv files. Use a name that ends in .ics"),
        (
            ("export", "oscal", "-o", "mapping.xml"),
            "this command does not write .xml files. Use a name that ends in .json",
        ),
        (
            ("export", "skos", "-o", "clauses.ttl"),
            "this command does not write .ttl files. Use a name that ends in .jsonld or .json",
        ),
        (
            ("weekly", "issue", "--week", "2020-W14", "-o", "issued.xlsx"),
            "this name ends in .xlsx like the name of a file",
        ),
        (
            ("checkpoint", "-o", "kept.pdf"),
            "this command does not write .pdf files. Use a name that ends in .txt or .note",
        ),
        (
            ("evidence", "T-001", "-o", "pack.pdf"),
            "this command does not write .pdf files. Use a name that ends in .zip",
        ),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_a_name_that_says_another_format_is_refused(
    planner: Planner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...], said: str
) -> None:
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")

    done = planner(*command)

    assert (done.exit_code, done.out) == (BadValueError.exit_code, "")
    assert said in done.err
    assert list((tmp_path / "here").iterdir()) == []


def test_a_name_without_an_ending_takes_the_format_that_is_given(planner: Planner, tmp_path: Path) -> None:
    assert planner(*WEEK, "-o", str(tmp_path / "report"), "--format", "json").exit_code == 0
    assert (tmp_path / "report").read_bytes().startswith(b"{")
    assert planner(*WEEK, "-o", str(tmp_path / "report"), "--format", "json").exit_code == 0
    (tmp_path / "report").write_bytes(b"Subject: mine")
    assert planner(*WEEK, "-o", str(tmp_path / "report"), "--format", "json").exit_code == FileTroubleError.exit_code


@pytest.mark.parametrize("name", ["register.json", "register.xlsx", "csv"])
def test_a_file_to_edit_that_planner_wrote_is_not_called_somebody_else_s(
    planner: Planner, tmp_path: Path, name: str
) -> None:
    """An exported register is there to be edited, so it may have entries that would be lost."""
    out = tmp_path / name
    command = ("export", "register", "-o", str(out), *(("--format", "csv") if name == "csv" else ()))
    assert planner(*command).exit_code == 0
    if out.suffix == ".xlsx":
        book = openpyxl.load_workbook(out)
        book.properties.modified = noon(date(2020, 4, 21)).replace(tzinfo=None)
        book.save(out)
    if out.suffix == ".json":
        out.write_text(out.read_text(encoding="utf-8").replace('"T-001"', '"T-901"', 1), encoding="utf-8")
    if out.is_dir():
        (out / "items.csv").write_bytes((out / "items.csv").read_bytes() + b"T-900,Sow\r\n")

    done = planner(*command)

    assert done.exit_code == FileTroubleError.exit_code
    assert "somebody may have changed this file since planner wrote it. Take its entries back first" in done.err
    assert planner(*command, "--replace").exit_code == 0
    # Nobody has changed what was written now.
    assert planner(*command).exit_code == 0
    assert planner(*command, "--replace").exit_code == 0
