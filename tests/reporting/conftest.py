"""The small plan with reports of this week and of earlier weeks."""

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import URL, make_url

from planner.domain.vocabulary import Confidence, Phase
from planner.store.database import Database, open_database
from tests.conftest import opened_copy
from tests.factories import meet, move, report


@pytest.fixture(scope="session")
def reported_file(loaded_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small plan with its reports in a SQLite file, made once. Tests copy it."""
    file = tmp_path_factory.mktemp("reported") / "register.sqlite"
    shutil.copy(loaded_file, file)
    database = open_database(make_url(f"sqlite:///{file}"))
    working, green, amber = Phase.IN_PROGRESS, Confidence.GREEN, Confidence.AMBER
    report(
        database,
        as_of=date(2020, 9, 16),
        phase=working,
        confidence=green,
        percent=35,
        done="Stones laid.",
        next="Mortar.",
    )
    report(database, "T-002", as_of=date(2020, 8, 5), phase=working, confidence=amber)
    meet(database, "T-002", 1, date(2020, 5, 10))
    move(database, "T-002", 3, date(2020, 11, 27))
    database.close()
    return file


@pytest.fixture
def reported(reported_file: Path, sqlite_url: URL) -> Iterator[Database]:
    """The small plan with its reports."""
    shutil.copy(reported_file, str(sqlite_url.database))
    database = opened_copy(sqlite_url)
    yield database
    database.close()
