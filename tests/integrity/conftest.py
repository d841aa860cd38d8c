"""A register with some history, made once per module and database; each test leaves it as it was."""

import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import URL, Connection, make_url, select
from sqlalchemy.orm import Session

from planner.base.fingerprints import item_fingerprint
from planner.integrity.checkpoints import KeptCheckpoint
from planner.integrity.keys import PrivateKey
from planner.integrity.notes import sign
from planner.integrity.verifying import Verification, make_checkpoint, verify
from planner.store.database import Database, open_database
from planner.store.journal import writing
from planner.store.models import Item, Measure
from planner.writes.issues import NewFile, issue_week
from tests.conftest import new_postgresql_database
from tests.factories import ACTOR, COLLEAGUE, meet, move, new_issue, noon, report, writing_by


def no_step(name: str, by: int = 1) -> None:
    """Nobody is told how far it is."""


@dataclass(frozen=True)
class History:
    """A register, a key, and a checkpoint of its log from before the last few writes."""

    database: Database
    key: PrivateKey
    kept: KeptCheckpoint


def checkpoint_of(session: Session, key: PrivateKey) -> KeptCheckpoint:
    """The checkpoint of a log as it stands, signed."""
    made = make_checkpoint(session, no_step)
    return KeptCheckpoint("kept.txt", made, sign(made.text, key))


def verified(connection: Connection, *kept: KeptCheckpoint, key: PrivateKey | None = None) -> Verification:
    """What verification finds, all that the connection did and did not commit included."""
    with Session(bind=connection) as session:
        return verify(session, no_step, kept, key.public if key else None)


def edit_title(database: Database, title: str, *, day: date) -> None:
    """Edit an item through the journal, which notes what its row said before."""
    with database.writing() as session, writing(session, ACTOR, noon(day)) as journal:
        row = session.execute(select(Item).where(Item.code == "T-002")).scalar_one()
        measure = session.execute(select(Measure.code).where(Measure.id == row.measure_id)).scalar()
        values = {"title": title, "fingerprint": item_fingerprint(title, measure)}
        journal.change(row, values, action="edit", label=row.code, reason="A better title.")


def fill(database: Database, key: PrivateKey) -> KeptCheckpoint:
    """Write some history on the small plan; the checkpoint is made before the last of it."""
    report(database, "T-001", percent=40, done='Lamps "lit"; 등대, مرفأ \\ and a tab\t.')
    edit_title(database, "Paint the harbour lights", day=date(2020, 3, 5))
    with database.reading() as session:
        kept = checkpoint_of(session, key)
    meet(database, "P-001", 1, date(2020, 3, 31))
    move(database, "P-001", 2, date(2020, 8, 1), at=noon(date(2020, 4, 2)))
    edit_title(database, "Paint all the harbour lights", day=date(2020, 4, 3))
    report(database, "T-001", percent=60, as_of=date(2020, 4, 8))
    with database.writing() as session:
        issue = new_issue(session, "2020-W14", NewFile("week.csv", "csv", b"code\r\nT-001\r\n"))
        issue_week(writing_by(session, COLLEAGUE, noon(date(2020, 4, 20))), issue, reason=None)
    report(database, "T-001", percent=70, as_of=date(2020, 4, 22))
    return kept


@dataclass(frozen=True)
class _Made:
    """A register with the history that all modules copy: the name of its file or database, and what was kept of it."""

    name: str
    key: PrivateKey
    kept: KeptCheckpoint


def _made(url: URL) -> _Made:
    database, key = open_database(url), PrivateKey.new("planner/test")
    kept = fill(database, key)
    database.close()
    return _Made(str(url.database), key, kept)


@pytest.fixture(scope="session")
def made_file(loaded_file: Path, tmp_path_factory: pytest.TempPathFactory) -> _Made:
    """The history in a SQLite file."""
    file = shutil.copy(loaded_file, tmp_path_factory.mktemp("made") / "history.sqlite")
    return _made(make_url(f"sqlite:///{file}"))


@pytest.fixture(scope="session")
def made_database(postgresql_server: str, loaded_database: str) -> Iterator[_Made]:
    """The history in a PostgreSQL database."""
    with new_postgresql_database(postgresql_server, template=loaded_database) as url:
        yield _made(url)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def history(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[History]:
    """The history. Only read it, or write through `connection`."""
    with ExitStack() as stack:
        if request.param == "sqlite":
            made: _Made = request.getfixturevalue("made_file")
            file = shutil.copy(made.name, tmp_path_factory.mktemp("history") / "history.sqlite")
            url = make_url(f"sqlite:///{file}")
        else:
            made = request.getfixturevalue("made_database")
            server = request.getfixturevalue("postgresql_server")
            url = stack.enter_context(new_postgresql_database(server, template=made.name))
        database = open_database(url)
        yield History(database, made.key, made.kept)
        database.close()


@pytest.fixture
def connection(history: History) -> Iterator[Connection]:
    """A connection as somebody has who may do everything; what it does is taken back after the test."""
    with history.database.engine.connect() as connection:
        yield connection
        connection.rollback()
