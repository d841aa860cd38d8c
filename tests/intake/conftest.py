"""Registers that the tests of imports begin with."""

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import make_url

from planner.store.database import Database, open_database
from planner.store.journal import writing
from planner.writes.plans.new_plan import NewPlan, add_plan
from tests.factories import ACTOR, AT, put_people
from tests.intake.generated import ENDS, STARTS


@pytest.fixture
def new_register(empty_file: Path, tmp_path: Path) -> Iterator[Callable[[], Database]]:
    """A way to get a register with a plan without items, the same one each time: opening one takes longest."""
    file = tmp_path / "new.sqlite"
    shutil.copy(empty_file, file)
    database = open_database(make_url(f"sqlite:///{file}"))
    with database.writing() as session, writing(session, ACTOR, AT) as journal:
        put_people(journal)
        add_plan(journal, NewPlan("A plan", "plan-2031", STARTS, ENDS, "Asia/Shanghai", "Office"))
    beginning = sqlite3.connect(":memory:")
    with closing(sqlite3.connect(file)) as written:
        written.backup(beginning)

    def restored() -> Database:
        with closing(sqlite3.connect(file)) as written:
            beginning.backup(written)
        return database

    yield restored
    database.close()
    beginning.close()
