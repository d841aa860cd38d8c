"""A pipe to which nobody writes is named where a command takes a file: no command waits for it."""

import os
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path
from types import FrameType

import pytest

from planner.base.errors import BadValueError, DatabaseUnusableError, FileTroubleError, SeedError
from planner.base.user_folders import settings_file
from planner.personal.saved_views import views_file
from planner.personal.state import StateFolder
from tests.factories import small_bundle

# Seconds after which a command is taken to wait for ever.
PATIENCE = 30


@pytest.fixture(autouse=True)
def no_waiting() -> Iterator[None]:
    """End a test that waits, rather than all tests."""

    def waited(_signal: int, _frame: FrameType | None) -> None:
        raise AssertionError("the command waited for the pipe")

    before = signal.signal(signal.SIGALRM, waited)
    signal.alarm(PATIENCE)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


@pytest.fixture
def pipe(tmp_path: Path) -> Path:
    """A pipe that nobody else has open."""
    os.mkfifo(tmp_path / "pipe")
    return tmp_path / "pipe"


FILES_OF_COMMANDS = [
    ("verify", "--checkpoint", "{pipe}"),
    ("verify", "--checkpoint", "{pipe}", "--public-key", "{pipe}"),
    ("checkpoint", "--key", "{pipe}"),
    ("weekly", "issue", "--key", "{pipe}"),
    ("weekly", "reissue", "--check", "{pipe}"),
    ("evidence", "T-001", "-o", "{new}", "--checkpoint", "{pipe}"),
    ("evidence", "T-001", "-o", "{new}", "--key", "{pipe}"),
    ("mandate", "add", "{pipe}", "--key", "later"),
    ("sources", "attach", "{pipe}"),
    ("import", "{pipe}", "--preview"),
    ("import", "{pipe}", "--mapping", "{pipe}"),
    ("import", "{pipe}", "--answers", "{pipe}"),
    ("sheets", "in", "{pipe}"),
]


@pytest.mark.parametrize("command", FILES_OF_COMMANDS, ids=" ".join)
def test_of_a_command_s_own_options(planner, filled, pipe, command):
    done = planner(*(word.format(pipe=pipe, new=pipe.with_name("new.zip")) for word in command))

    assert (done.exit_code, done.out) == (FileTroubleError.exit_code, ""), done
    assert f"{pipe}: this is not a regular file" in done.err


@pytest.mark.parametrize("command", [["init"], ["items"], ["update", "T-001", "--done", "x"], ["upgrade"], ["demo"]])
def test_as_the_database(planner, pipe, command):
    done = planner("--db", str(pipe), *command)

    assert (done.exit_code, done.out) == (DatabaseUnusableError.exit_code, "")
    assert f"{pipe}: this is not a regular file" in done.err


@pytest.mark.parametrize("name", ["plan.yaml", "items/more.yaml"])
def test_as_a_data_file(planner, tmp_path, name):
    seeds = small_bundle(tmp_path / "seeds")
    (seeds / name).unlink(missing_ok=True)
    os.mkfifo(seeds / name)

    done = planner("init", "--seeds", str(seeds))

    assert done.exit_code == SeedError.exit_code
    assert f"{name}: the file cannot be read (this is not a regular file)" in done.err


def test_as_the_settings_file(planner):
    settings_file().parent.mkdir(parents=True, exist_ok=True)
    os.mkfifo(settings_file())
    try:
        done = planner("keys", "--check")
    finally:
        settings_file().unlink()

    assert done.exit_code == BadValueError.exit_code
    assert "the file cannot be read (this is not a regular file)" in done.err


def test_as_the_saved_views(planner, filled, monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    views_file().parent.mkdir()
    os.mkfifo(views_file())

    done = planner("views")

    assert done.exit_code == FileTroubleError.exit_code
    assert "this is not a regular file" in done.err


def test_as_what_is_remembered_of_a_person(tmp_path):
    os.mkfifo(tmp_path / "theme")

    assert StateFolder(tmp_path).theme is None


def test_in_a_folder_of_documents_it_is_skipped(planner, filled, pipe):
    folder = pipe.parent / "texts"
    folder.mkdir()
    shutil.move(pipe, folder)

    done = planner("sources", "attach", str(folder))

    assert "pipe: this is not a regular file" in done.err


def test_a_device_without_end_is_not_read(planner, filled):
    done = planner("verify", "--checkpoint", "/dev/zero")

    assert done.exit_code == FileTroubleError.exit_code
    assert "/dev/zero: this is not a regular file" in done.err
