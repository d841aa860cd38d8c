"""A database with the small plan at the address the commands use."""

import io
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from planner.store.database import Database
from planner.store.location import parse
from tests.conftest import opened_copy


@pytest.fixture
def filled(planner, tmp_path: Path, loaded_file: Path) -> Iterator[Database]:
    """The small plan, where `planner` looks for its database."""
    file = tmp_path / "command.sqlite"
    shutil.copy(loaded_file, file)
    database = opened_copy(parse(str(file), "test"))
    yield database
    database.close()


@pytest.fixture
def answered(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Answer what a command asks, line after line; after the last the input ends."""

    def lines(*texts: str) -> None:
        monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{text}\n" for text in texts)))

    return lines
