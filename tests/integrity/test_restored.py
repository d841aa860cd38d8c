"""A register restored from a backup made with the database's own tools is the register: it verifies, and goes on."""

import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import URL, make_url, text

from planner.integrity.keys import PrivateKey
from planner.integrity.verifying import Verdict, Verification, verify
from planner.store.database import Database, open_database
from tests.conftest import new_postgresql_database
from tests.factories import report
from tests.integrity.conftest import checkpoint_of, no_step


def run(tool: Path, *arguments: str) -> None:
    done = subprocess.run([tool, *arguments], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")


def tools_of(database: Database) -> Path:
    """The folder of the server's own tools: a dump is made and read by those of its version."""
    with database.read_connection() as connection:
        return Path(connection.execute(text("SELECT setting FROM pg_config WHERE name = 'BINDIR'")).scalar_one())


def address(url: URL) -> str:
    """The address as the server's own tools take it."""
    return url.set(drivername="postgresql").render_as_string(hide_password=False)


@pytest.fixture
def restored_postgresql(postgresql_register: Database, postgresql_server: str, tmp_path: Path) -> Iterator[Database]:
    """The register with a report, dumped and restored into a new database."""
    report(postgresql_register, "T-001", percent=40)
    tools, dump = tools_of(postgresql_register), str(tmp_path / "register.dump")
    run(tools / "pg_dump", "--format=custom", "--file", dump, address(postgresql_register.url))
    with new_postgresql_database(postgresql_server) as url:
        run(tools / "pg_restore", "--exit-on-error", "--dbname", address(url), dump)
        database = open_database(url)
        yield database
        database.close()


@pytest.fixture
def restored_sqlite(sqlite_register: Database, tmp_path: Path) -> Iterator[Database]:
    """The register with a report, copied by SQLite's own backup while it is open."""
    report(sqlite_register, "T-001", percent=40)
    copy = tmp_path / "copy.sqlite"
    with closing(sqlite3.connect(str(sqlite_register.url.database))) as one, closing(sqlite3.connect(copy)) as other:
        one.backup(other)
    database = open_database(make_url(f"sqlite:///{copy}"))
    yield database
    database.close()


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_it_verifies_against_a_checkpoint_from_before_and_goes_on(kind: str, request: pytest.FixtureRequest) -> None:
    restored: Database = request.getfixturevalue(f"restored_{kind}")
    original: Database = request.getfixturevalue(f"{kind}_register")
    key = PrivateKey.new("planner/test")
    with original.reading() as session:
        before = checkpoint_of(session, key)

    def verified() -> Verification:
        with restored.reading() as session:
            return verify(session, no_step, [before], key.public)

    found = verified()
    assert (found.verdict, found.problems, found.anchored) == (Verdict.ANCHORED, (), before.checkpoint.size)
    assert found.guards == found.guards_set
    with restored.reading() as session:
        assert checkpoint_of(session, key).checkpoint == before.checkpoint
    report(restored, "T-001", percent=80)
    found = verified()
    assert (found.problems, found.chained) == ((), 1)
