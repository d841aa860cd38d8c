"""A small plan with some reports on it, and one that is simulated."""

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import URL, make_url

from planner.bundle.loader import load_into
from planner.bundle.reader import read_bundle
from planner.domain.vocabulary import Confidence, Phase
from planner.store import making
from planner.store.database import Database, open_database
from planner.store.journal import writing
from planner.writes.installation import mark_demonstration
from tests.conftest import opened_copy
from tests.factories import ACTOR, AT, meet, move, observed, report, small_bundle
from tests.tui.desk import TODAY, close_doors, door_to
from tui.data import Door


@pytest.fixture(autouse=True)
def doors_are_closed() -> Iterator[None]:
    """Close what a test opened, also where it failed half-way."""
    yield
    close_doors()


@pytest.fixture(scope="package", autouse=True)
def garbage_is_left_to_python() -> Iterator[None]:
    """Leave the search for garbage to Python, which searches less often than an app does in the pauses between keys."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("tui.services.garbage.MANY_NEW", 1_000_000)
        yield


@pytest.fixture(scope="session")
def told_file(loaded_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small plan in September in a SQLite file, made once: tests copy it."""
    file = tmp_path_factory.mktemp("told") / "register.sqlite"
    shutil.copy(loaded_file, file)
    database = open_database(make_url(f"sqlite:///{file}"))
    tell(database)
    database.close()
    return file


def tell(register: Database) -> None:
    """Some reports, a milestone met, a moved date, a few values."""
    working: dict[str, Any] = {"phase": Phase.IN_PROGRESS, "confidence": Confidence.GREEN}
    report(register, "T-001", as_of=date(2020, 9, 9), percent=20, done="Stones ordered.", **working)
    report(register, "T-001", as_of=date(2020, 9, 16), percent=35, done="Stones laid.", next="Mortar.", **working)
    report(register, "T-002", as_of=date(2020, 8, 5), phase=Phase.IN_PROGRESS, confidence=Confidence.AMBER)
    meet(register, "T-002", 1, date(2020, 5, 10))
    move(register, "T-002", 3, date(2020, 11, 27))
    observed(register, "T-001", 1, 4, as_of=date(2020, 8, 1))
    observed(register, "T-001", 1, 6, as_of=date(2020, 9, 1))
    observed(register, "T-003", 1, 3, as_of=date(2020, 7, 1))
    observed(register, "T-003", 1, 11, as_of=date(2020, 9, 1))


@pytest.fixture
def told(told_file: Path, sqlite_url: URL) -> Iterator[Database]:
    """The small plan in September."""
    shutil.copy(told_file, str(sqlite_url.database))
    database = opened_copy(sqlite_url)
    yield database
    database.close()


@pytest.fixture
def door(told: Database) -> Door:
    """The way to the small plan."""
    return door_to(told.url)


@pytest.fixture
def simulated_door(sqlite_url: URL, tmp_path: Path) -> Iterator[Door]:
    """The way to the small plan as a demonstration."""
    database = making.make(sqlite_url)
    with database.writing() as session, writing(session, ACTOR, AT) as journal:
        mark_demonstration(journal, TODAY)
        load_into(journal, read_bundle(small_bundle(tmp_path / "seeds")))
    yield door_to(sqlite_url)
    database.close()
