"""planner weekly in every format, and what does not go together."""

import os
import pty
import subprocess
import sys
import zipfile

import openpyxl
import pytest

from planner.cli.weekly.weekly import DRAWN, FORMATS
from planner.weekly.contents import SECTIONS
from planner.weekly.formats import Format

WEEK = ("weekly", "--week", "2020-W14", "--known-at", "2020-04-10")


def test_every_format_can_be_asked_for():
    assert (*Format, "all") == FORMATS
    assert (*(form for form in Format if form.drawn), "all") == DRAWN


def test_a_workbook_goes_to_a_file_a_folder_or_standard_output(planner, filled, tmp_path):
    file = tmp_path / "week.xlsx"
    done = planner(*WEEK, "--format", "xlsx", "-o", str(file))
    assert (done.exit_code, done.out) == (0, "")
    assert f" rows to {file}: week 2020-W14 as of 2020-04-05" in done.err
    assert openpyxl.load_workbook(file)["Items"]["A4"].value == "T-001"
    assert planner(*WEEK, "--format", "xlsx", "-o", str(tmp_path)).exit_code == 0
    assert (tmp_path / "harbour-2020-2020-W14.xlsx").read_bytes() == file.read_bytes()


def test_a_workbook_is_piped_but_not_shown_in_a_terminal(filled, tmp_path):
    command = [sys.executable, "-m", "planner", *WEEK, "--format", "xlsx"]
    with (tmp_path / "piped.xlsx").open("wb") as piped:
        assert subprocess.run(command, stdout=piped, stderr=subprocess.DEVNULL).returncode == 0
    assert zipfile.is_zipfile(tmp_path / "piped.xlsx")
    screen, terminal = pty.openpty()
    shown = subprocess.run(command, stdout=terminal, stderr=subprocess.PIPE, text=True)
    os.close(terminal)
    os.close(screen)
    assert shown.returncode == 3
    assert shown.stderr == (
        "planner: -o: a terminal cannot show this format. Give a file or a folder, or use a pipe.\n"
    )


@pytest.mark.more
def test_all_formats_go_into_a_folder(planner, filled, tmp_path):
    assert planner(*WEEK, "--format", "all", "--bom", "-o", str(tmp_path)).exit_code == 0
    names = {path.name for path in tmp_path.iterdir()}
    assert {f"harbour-2020-2020-W14.{form}" for form in Format if not form.is_brief} <= names
    assert {f"harbour-2020-2020-W14-brief.{ending}" for ending in ("txt", "md", "html", "pdf", "docx")} <= names
    assert {f"harbour-2020-2020-W14-{one.name}.csv" for one in SECTIONS if one.name != "items"} <= names
    assert (tmp_path / "harbour-2020-2020-W14.csv").read_bytes().startswith(b"\xef\xbb\xbfcode,")
    assert (tmp_path / "harbour-2020-2020-W14.html").read_bytes().startswith(b"<!DOCTYPE html>\n<html")
    alone = tmp_path / "alone.xlsx"
    planner(*WEEK, "--format", "xlsx", "-o", str(alone))
    assert (tmp_path / "harbour-2020-2020-W14.xlsx").read_bytes() == alone.read_bytes()


@pytest.mark.parametrize(
    ("options", "where"),
    [
        (("--format", "xlsx", "--section", "totals"), "--section"),
        (("--format", "all", "--section", "items"), "--section"),
        (("--format", "xlsx", "--bom"), "--bom"),
        (("--format", "html", "--decimal-comma"), "--decimal-comma"),
        (("--format", "all"), "-o"),
        (("--format", "all", "-o", "week.html"), "-o week.html"),
        (("--section", "all"), "-o"),
    ],
)
def test_what_does_not_go_together_is_told_before_anything_is_read(planner, options, where):
    done = planner("weekly", *options)
    assert (done.exit_code, done.out) == (3, "")
    assert done.err.startswith(f"planner: {where}: ")
    assert done.err.count("\n") == 1


def test_a_section_can_be_typed_as_its_title_is_shown(planner, filled):
    shown, typed = planner(*WEEK, "--section", "Plan changes"), planner(*WEEK, "--section", "plan_changes")
    assert (shown.exit_code, shown.out) == (0, typed.out)


def test_all_sections_go_into_a_folder_that_is_made(planner, filled, tmp_path):
    folder = tmp_path / "week"
    assert planner(*WEEK, "--section", "all", "-o", str(folder)).exit_code == 0
    assert {f"harbour-2020-2020-W14-{one.name}.csv" for one in SECTIONS if one.name != "items"} < {
        path.name for path in folder.iterdir()
    }
    (tmp_path / "file").touch()
    taken = planner(*WEEK, "--section", "all", "-o", str(tmp_path / "file"))
    assert (taken.exit_code, "only be written to a folder" in taken.err) == (3, True)
    assert planner(*WEEK, "--section", "all", "-o", str(tmp_path / "no" / "folder")).exit_code == 0
    assert len(list((tmp_path / "no" / "folder").iterdir())) == len(list(folder.iterdir()))


@pytest.mark.parametrize("form", ["xlsx", "all"])
def test_a_missing_library_is_told_and_nothing_is_written(planner, filled, tmp_path, monkeypatch, form):
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    folder = tmp_path / "out"
    folder.mkdir()
    done = planner(*WEEK, "--format", form, "-o", str(folder))
    assert done.exit_code == 14
    assert done.err == (
        "planner: --format: a workbook needs XlsxWriter, which is not installed. Install planner[reports].\n"
    )
    assert list(folder.iterdir()) == []
