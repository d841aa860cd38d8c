"""A database with the small plan at the address the commands use."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from planner.db import making
from planner.db.database import Database
from planner.db.location import parse
from tests.factories import load_small_bundle


@pytest.fixture
def filled(planner, tmp_path: Path) -> Iterator[Database]:
    """The small plan, where `planner` looks for its database."""
    database = making.make(parse(str(tmp_path / "command.sqlite"), "test"))
    load_small_bundle(database)
    yield database
    database.close()
