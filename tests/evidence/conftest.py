"""A register with some history and a pack made of it, once for all tests that only read them."""

from collections.abc import Iterator
from contextlib import ExitStack
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import make_url

from planner.store import making
from planner.store.database import Database
from tests.conftest import new_postgresql_database
from tests.evidence.packs import Files, History, files_in, fill, pack, unpacked


def filled_alike(database: Database, folder: Path) -> History:
    """Fill a database, its writes bearing the same ids as in every other."""
    numbers = count(1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("planner.store.journal.new_write_id", lambda: f"{next(numbers):032x}")
        return fill(database, folder)


@pytest.fixture(scope="package")
def history(tmp_path_factory: pytest.TempPathFactory) -> Iterator[History]:
    """The history in a SQLite file. Only read it."""
    folder = tmp_path_factory.mktemp("evidence")
    database = making.make(make_url(f"sqlite:///{folder / 'register.sqlite'}"))
    yield filled_alike(database, folder)
    database.close()


@pytest.fixture(scope="package")
def postgresql_history(postgresql_server: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[History]:
    """The same in a PostgreSQL database."""
    with ExitStack() as stack:
        database = making.make(stack.enter_context(new_postgresql_database(postgresql_server)))
        yield filled_alike(database, tmp_path_factory.mktemp("evidence"))
        database.close()


@pytest.fixture(scope="package")
def files(history: History) -> Files:
    """The files of a pack on P-002, proven against a checkpoint that was signed with it."""
    return files_in(pack(history))


@pytest.fixture(scope="package")
def packed_folder(files: Files, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same, unpacked. Only read it."""
    return unpacked(files, tmp_path_factory.mktemp("packed") / "pack")
