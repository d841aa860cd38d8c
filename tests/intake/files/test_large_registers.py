"""An exported register of many items can be read by the program that wrote it, and needs little memory."""

import json
from pathlib import Path

import pytest

from planner.base.errors import ImportFileError
from planner.intake.files import reading
from planner.intake.files.register_file import FORMAT
from tests.intake.files.makers import read

ORIGIN = "a-year, register 0eea7b3c796475bb, event 250272 eed2ddb3c813b869"


@pytest.fixture
def register(tmp_path: Path) -> Path:
    items = [{"code": f"W-{number}", "title": f"Task {number}", "exported_from": ORIGIN} for number in (1, 2)]
    path = tmp_path / "register.json"
    path.write_text(json.dumps({"format": FORMAT, "plan": {"key": "a-year"}, "items": items}))
    return path


def test_a_register_may_be_larger_than_other_files(
    register: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "LARGEST_FILE", 20)
    assert len(read(register).sheets[0].rows) == 3
    table = tmp_path / "register.csv"
    table.write_text("code,title\nW-1,Build the first road\n")
    with pytest.raises(ImportFileError, match="at most 20 bytes"):
        read(table)


def test_a_register_has_a_limit_too(register: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    size = register.stat().st_size
    monkeypatch.setattr(reading, "LARGEST_FILE", 20)
    monkeypatch.setattr(reading, "LARGEST_REGISTER", size)
    assert read(register).sheets
    monkeypatch.setattr(reading, "LARGEST_REGISTER", size - 1)
    with pytest.raises(ImportFileError, match="too large"):
        read(register)


def test_what_all_rows_say_of_their_origin_is_in_memory_once(register: Path) -> None:
    _, *rows = read(register).sheets[0].rows
    first, second = (row.values[2] for row in rows)
    assert first == ORIGIN
    assert first is second
