"""What only reads cannot write; an auditor's database is never open for anything else."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import URL, event, select, text
from sqlalchemy.orm import Session

from planner.base.errors import DatabaseUnusableError, NotAllowedError
from planner.register.acting import open_as
from planner.store.database import Database, open_database
from planner.store.location import file_of
from planner.store.models import Plan
from tests.factories import ACTOR, AUDITOR, COLLEAGUE, report

WRITES = (
    "INSERT INTO person (login, name) VALUES ('cleo', 'Cleo')",
    "UPDATE item SET weight = 2",
    "DELETE FROM person",
    "DROP TABLE person",
)

Opened = Callable[[str], Database]


@pytest.fixture
def opened(register: Database) -> Iterator[Opened]:
    """Open the small plan as somebody."""
    databases: list[Database] = []

    def run(login: str) -> Database:
        database, acting = open_as(register.url, login)
        assert acting == login
        databases.append(database)
        return database

    yield run
    for database in databases:
        database.close()


@pytest.mark.parametrize("login", [ACTOR.name, AUDITOR.name, "nemo"])
@pytest.mark.parametrize("statement", WRITES)
def test_nobody_writes_through_what_reads(opened: Opened, login: str, statement: str) -> None:
    database = opened(login)
    with pytest.raises(DatabaseUnusableError, match="the database is read-only"), database.reading() as session:
        session.connection().execute(text(statement))
    with (
        pytest.raises(DatabaseUnusableError, match="the database is read-only"),
        database.read_connection() as connection,
    ):
        connection.exec_driver_sql(statement)


def test_what_is_changed_of_a_row_that_was_read_is_not_kept(opened: Opened) -> None:
    database = opened(ACTOR.name)
    with pytest.raises(DatabaseUnusableError, match="the database is read-only"), database.reading() as session:
        rename(session)
    with database.reading() as session:
        assert session.execute(select(Plan.title)).scalar_one() == "Harbour Town work plan 2020"


def rename(session: Session) -> None:
    """Change a row as the mapper would, and commit it."""
    session.execute(select(Plan)).scalars().one().title = "Another"
    session.commit()


def test_an_auditor_s_database_is_never_open_for_writing(opened: Opened) -> None:
    database = opened(AUDITOR.name)
    made: list[object] = []
    event.listen(database.engine, "connect", lambda connection, _record: made.append(connection))
    with pytest.raises(NotAllowedError, match="an auditor can only read"), database.writing():
        pass
    with pytest.raises(NotAllowedError, match="an auditor can only read"), database.connecting():
        pass
    database.settle()
    with database.reading() as session:
        assert session.execute(select(Plan.key)).scalar_one() == "harbour-2020"
    if database.engine.dialect.name == "sqlite":
        # On a server the one connection is lent to read-only transactions; of a file there is another to read with.
        assert made == []
        assert database.engine.pool.checkedin() == 0  # type: ignore[attr-defined]


@pytest.mark.parametrize("login", [ACTOR.name, COLLEAGUE.name, "nemo"])
def test_everybody_else_s_may_be(opened: Opened, login: str) -> None:
    database = opened(login)
    assert not database.read_only
    report(database, actor=ACTOR)


def test_a_file_that_an_auditor_read_has_the_same_bytes(sqlite_register: Database) -> None:
    report(sqlite_register)
    sqlite_register.close()
    file = Path(str(sqlite_register.url.database))
    before = file.read_bytes()
    database, _ = open_as(sqlite_register.url, AUDITOR.name)
    with database.reading() as session:
        assert len(session.execute(select(Plan)).scalars().all()) == 1
    database.settle()
    database.close()
    assert file.read_bytes() == before


def test_an_auditor_sees_what_is_written_meanwhile(sqlite_register: Database, opened: Opened) -> None:
    count = text("SELECT count(*) FROM status_update")
    database, _ = open_as(sqlite_register.url, AUDITOR.name)
    with database.reading() as session:
        assert session.execute(count).scalar_one() == 0
        report(sqlite_register)
        assert session.execute(count).scalar_one() == 0
    with database.reading() as session:
        assert session.execute(count).scalar_one() == 1
    database.close()


@pytest.mark.parametrize(
    "name", ["a b.sqlite", "what? #1 50%.sqlite", "mode=rw&x.sqlite", "file:here.sqlite", "港口.db"]
)
def test_a_file_of_any_name_is_opened_for_reading(loaded_file: Path, tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(loaded_file.read_bytes())
    database = open_database(URL.create("sqlite", database=str(tmp_path / name)), read_only=True)
    with pytest.raises(DatabaseUnusableError, match="the database is read-only"), database.reading() as session:
        session.execute(text(WRITES[0]))
    database.close()
    assert {entry.name.removesuffix("-wal").removesuffix("-shm") for entry in tmp_path.iterdir()} == {name}


def test_one_given_by_a_relative_path_too(loaded_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "plan.sqlite").write_bytes(loaded_file.read_bytes())
    monkeypatch.chdir(tmp_path)
    database = open_database(URL.create("sqlite", database="plan.sqlite"))
    with database.reading() as session:
        assert session.execute(select(Plan.key)).scalar_one() == "harbour-2020"
    database.close()
    assert [entry.name for entry in tmp_path.iterdir()] == ["plan.sqlite"]


def test_a_write_ahead_log_that_a_reader_leaves_is_folded_in_by_the_next(sqlite_register: Database) -> None:
    file = file_of(sqlite_register.url)
    assert file is not None
    auditor, _ = open_as(sqlite_register.url, AUDITOR.name)
    with auditor.reading() as session:
        session.execute(select(Plan.key))
        report(sqlite_register)
        sqlite_register.close()
    auditor.close()
    assert file.with_name(f"{file.name}-wal").stat().st_size > 0
    open_database(sqlite_register.url).close()
    assert [entry.name for entry in file.parent.iterdir()] == [file.name]


def test_in_a_register_nobody_acts_as_somebody_else(sqlite_register: Database) -> None:
    for wanted in (AUDITOR.name, "manager", "nemo"):
        with pytest.raises(NotAllowedError, match="you can act only under your own login"):
            open_as(sqlite_register.url, ACTOR.name, wanted)
