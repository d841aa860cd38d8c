"""Answers of an import that was not written, in a person's own files."""

import os
from pathlib import Path

import pytest

from planner.personal.import_answers import FOLDER_NAME, FORMAT, MOST_KEPT, ImportAnswers, KeptImportAnswers
from planner.store import location

SAID = ImportAnswers({"plan \udcff.csv!C2 due": "2020-06-30"}, {"Foo": "title", "Bar": None})
FILES = [("plan \udcff.csv", "ab" * 32), ("more.csv", "cd" * 32)]


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Give the test a data folder of its own."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))


def folder() -> Path:
    return location.data_folder() / FOLDER_NAME


def test_answers_are_those_of_the_same_files_for_one_plan_of_a_register() -> None:
    kept = KeptImportAnswers("a.sqlite", "harbour", FILES)
    assert (kept.read().count, kept.keep(SAID)) == (0, True)
    same = KeptImportAnswers("a.sqlite", "harbour", FILES[::-1]).read()
    assert (same.answers, same.mapping, same.count) == (SAID.answers, SAID.mapping, 3)
    for register, plan, files in (("b", "harbour", FILES), ("a.sqlite", "hills", FILES), ("a.sqlite", "harbour", [])):
        assert KeptImportAnswers(register, plan, files).read().count == 0
    corrected = KeptImportAnswers("a.sqlite", "harbour", [(name, "ef" * 32) for name, _ in FILES]).read()
    assert (same.same_files, corrected.same_files, corrected.answers) == (True, False, SAID.answers)
    kept.drop()
    assert kept.read().count == 0
    assert list(folder().glob("*.json")) == []


KNOWN = f'{{"format": "{FORMAT}", '


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[]",
        '{"format": "other"}',
        KNOWN + '"answers": {"a": 1}, "mapping": {}, "questions": {}}',
        KNOWN + '"answers": {}, "mapping": {"a": 1}, "questions": {}}',
        KNOWN + '"answers": {}, "mapping": {}}',
    ],
)
def test_a_damaged_file_counts_as_none(content: str) -> None:
    kept = KeptImportAnswers("a.sqlite", "harbour", FILES)
    kept.keep(SAID)
    (file,) = folder().glob("*.json")
    file.write_text(content)
    assert kept.read().count == 0


def test_answers_that_cannot_be_kept_are_said_to_be_lost(tmp_path: Path) -> None:
    location.data_folder().mkdir(parents=True)
    folder().write_text("a file is in the place of the folder")
    kept = KeptImportAnswers("a.sqlite", "harbour", FILES)
    assert (kept.keep(SAID), kept.read().count) == (False, 0)


def test_only_the_newest_answers_are_kept() -> None:
    for number in range(MOST_KEPT + 2):
        KeptImportAnswers("a.sqlite", str(number), FILES).keep(SAID)
        for file in folder().glob("*.json"):
            os.utime(file, ns=(0, file.stat().st_mtime_ns - 1_000_000_000))
    assert len(list(folder().glob("*.json"))) == MOST_KEPT
    assert KeptImportAnswers("a.sqlite", "0", FILES).read().count == 0
    assert KeptImportAnswers("a.sqlite", str(MOST_KEPT + 1), FILES).read().count == 3
