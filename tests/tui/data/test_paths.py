"""Completing a typed path: only as far as it is sure, in folders of all kinds."""

import pytest

from tui.data.paths import completions


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("plan 2027.xlsx", "plan 2028.xlsx", "Minutes.docx", ".hidden.csv", "年度计划.csv"):
        (tmp_path / name).write_text("")
    (tmp_path / "old files").mkdir()
    (tmp_path / "old files" / "plan.csv").write_text("")
    return tmp_path


@pytest.mark.parametrize(
    ("typed", "completed", "names"),
    [
        ("pl", "plan 202", ["plan 2027.xlsx", "plan 2028.xlsx"]),
        ("plan 2027", "plan 2027.xlsx", ["plan 2027.xlsx"]),
        ("min", "Minutes.docx", ["Minutes.docx"]),
        ("年", "年度计划.csv", ["年度计划.csv"]),
        ("old", "old files/", ["old files/"]),
        ("old files/", "old files/plan.csv", ["plan.csv"]),
        (".h", ".hidden.csv", [".hidden.csv"]),
        ("none", "none", []),
        ("none/such", "none/such", []),
        ("x\0", "x\0", []),
    ],
)
def test_path_is_completed_as_far_as_it_is_sure(folder, typed, completed, names):
    assert completions(typed) == (completed, tuple(names))


def test_nothing_typed_lists_what_can_be_chosen(folder):
    completed, names = completions("")
    assert completed == ""
    assert set(names) == {"plan 2027.xlsx", "plan 2028.xlsx", "Minutes.docx", "年度计划.csv", "old files/"}


def test_home_folder_is_understood(folder, monkeypatch):
    monkeypatch.setenv("HOME", str(folder))
    assert completions("~/Min") == ("~/Minutes.docx", ("Minutes.docx",))
