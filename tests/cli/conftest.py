"""A database with the small plan at the address the commands use."""

import io
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from planner.store.database import Database
from planner.store.location import parse
from tests.conftest import opened_copy
from tests.writes.refusals import counts, gained


@pytest.fixture
def filled(planner, tmp_path: Path, loaded_file: Path) -> Iterator[Database]:
    """The small plan, where `planner` looks for its database."""
    file = tmp_path / "command.sqlite"
    shutil.copy(loaded_file, file)
    database = opened_copy(parse(str(file), "test"))
    yield database
    database.close()


@pytest.fixture(scope="module")
def shared(loaded_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Database]]:
    """A copy of the small plan for all refused commands of a module."""
    file = Path(shutil.copy(loaded_file, tmp_path_factory.mktemp("shared") / "command.sqlite"))
    database = opened_copy(parse(str(file), "test"))
    yield file, database
    database.close()


@pytest.fixture
def unchanged(planner, shared: tuple[Path, Database], monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The small plan, where `planner` looks for its database, for commands that are refused: they must add no row.

    A copy for each of them would take as long as the commands.
    """
    file, database = shared
    monkeypatch.setenv("PLANNER_DB", str(file))
    before = counts(database)
    yield
    assert gained(database, before) == {}


@pytest.fixture
def answered(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Answer what a command asks, line after line; after the last the input ends."""

    def lines(*texts: str) -> None:
        monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{text}\n" for text in texts)))

    return lines
