"""The items of other plans that an item continues or that continue it. What is carried over: tests/writes."""

import sqlite3
from contextlib import closing
from typing import Any

from sqlalchemy import Connection, event

from planner.queries.plans.lineage import Lineage, read_lineage
from planner.store.database import Database
from tests.factories import reading_of
from tests.queries.reads import APRIL


def test_a_large_register_is_not_read_for_what_continues_an_item(sqlite_register: Database):
    """Also if the database has statistics, which take one value to be in nearly all rows."""
    explained: list[str] = []

    def explain(connection: Connection, _cursor: object, statement: str, values: Any, *_: object) -> None:
        if "continues_id" in statement and statement.startswith("SELECT"):
            explained.extend(row[-1] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values))

    with closing(sqlite3.connect(str(sqlite_register.url.database))) as file:
        file.execute("ANALYZE")
        file.execute("DELETE FROM sqlite_stat1")
        file.execute("INSERT INTO sqlite_stat1 VALUES ('item', 'ix_item_continues_id', '100000 100000')")
        file.commit()
    with sqlite_register.reading() as session:
        event.listen(session.connection(), "before_cursor_execute", explain)
        assert read_lineage(reading_of(session, APRIL), 1) == Lineage()
    assert [step for step in explained if step.startswith(("SEARCH item", "SCAN item"))] == [
        "SEARCH item USING INTEGER PRIMARY KEY (rowid=?)",
        "SEARCH item_1 USING INTEGER PRIMARY KEY (rowid=?)",
        "SEARCH item_1 USING INDEX ix_item_continues_id (continues_id>? AND continues_id<?)",
    ]
