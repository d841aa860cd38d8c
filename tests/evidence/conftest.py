"""A register with some history and a pack made of it, once for all tests that only read them."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from sqlalchemy import make_url

from planner.db import making
from tests.conftest import new_postgresql_database
from tests.evidence.packs import Files, History, files_in, fill, pack, unpacked


@pytest.fixture(scope="package")
def history(tmp_path_factory: pytest.TempPathFactory) -> Iterator[History]:
    """The history in a SQLite file. Only read it."""
    folder = tmp_path_factory.mktemp("evidence")
    database = making.make(make_url(f"sqlite:///{folder / 'register.sqlite'}"))
    yield fill(database, folder)
    database.close()


@pytest.fixture(scope="package")
def postgresql_history(postgresql_server: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[History]:
    """The same in a PostgreSQL database."""
    with ExitStack() as stack:
        database = making.make(stack.enter_context(new_postgresql_database(postgresql_server)))
        yield fill(database, tmp_path_factory.mktemp("evidence"))
        database.close()


@pytest.fixture(scope="package")
def files(history: History) -> Files:
    """The files of a pack on P-002, proven against a checkpoint that was signed with it."""
    return files_in(pack(history))


@pytest.fixture(scope="package")
def packed_folder(files: Files, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same, unpacked. Only read it."""
    return unpacked(files, tmp_path_factory.mktemp("packed") / "pack")
