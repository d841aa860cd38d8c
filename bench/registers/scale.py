"""Make a large register for tests: copies of the bundled plan's items with milestones, supporters and reports.

python -m bench.registers.scale PATH [ITEMS] [REPORTS]

The rows are written without the audit log, so `verify` would rightly reject the database. It is marked as simulated.
Above 10,000 items, the number must be a multiple of 10,000: the first 10,000 items are made, and then copied in SQL.
"""

import argparse
import random
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import insert, select, text
from sqlalchemy.orm import Session

from bench.registers.batches import batches
from bench.registers.copies import multiply
from planner.base.resources import bundled
from planner.bundle.loader import load_into
from planner.bundle.reader import read_bundle
from planner.demo.people import MANAGER
from planner.domain.codes import code_key
from planner.domain.vocabulary import Role
from planner.store import making
from planner.store.database import Database
from planner.store.journal import Actor, writing
from planner.store.location import parse
from planner.store.models import Base, DateChange, Item, Milestone, MilestoneReport, Responsibility, StatusUpdate
from planner.store.models.base import row_values
from planner.writes.installation import mark_demonstration
from planner.writes.people.person_rows import put_person

# A Wednesday, because half of the items should have reported in the current week.
DAY = date(2020, 9, 16)
AT = datetime(2020, 1, 2, tzinfo=UTC)
MILESTONES = 3
# The number of an item's latest reports that are made in Python. Earlier reports are derived from the oldest of them in
# SQL, because fifty million rows made in Python would take an hour.
RECENT = 4
# The number of items that are made one by one.
MADE = 10_000
# The tables with rows for each item, in the order of their references.
MODELS = (Item, Milestone, Responsibility, StatusUpdate, MilestoneReport, DateChange)
Row = dict[str, Any]


def make(address: str, items: int, reports: int = 4) -> None:
    """Make a database with at least this many items, including those of the bundled plan."""
    database = make_seeded(address)
    fill(database, min(items, MADE), reports)
    multiply(database, MODELS, items // MADE)
    database.close()


def make_seeded(address: str) -> Database:
    """Make a simulated register with the bundled plan and a manager."""
    database = making.make(parse(address, "bench"))
    with database.writing() as session, writing(session, Actor("bench"), AT) as journal:
        mark_demonstration(journal, DAY)
        load_into(journal, read_bundle(bundled("seeds")))
        put_person(journal, MANAGER, "The manager", Role.MANAGER, None)
    return database


def fill(database: Database, items: int, reports: int) -> None:
    """Copy the plan's items repeatedly until there are enough, and add reports to each."""
    with database.writing() as session:
        seeded = list(session.execute(select(Item).order_by(Item.id)).scalars())
        copies = [(seeded[n % len(seeded)], n) for n in range(max(0, items - len(seeded)))]
        first = seeded[-1].id + 1
        owners = [item.id for item in seeded] + [first + n for _, n in copies]
        _add(session, Item, (_copy(item, first + n, n) for item, n in copies))
        _add(session, Milestone, _of_copies(session, Milestone, copies, first))
        _add(session, Responsibility, _of_copies(session, Responsibility, copies, first))
        _add(session, StatusUpdate, (row for owner in owners for row in _reports(owner, min(reports, RECENT))))
        steps = session.execute(select(Milestone.id, Milestone.item_id, Milestone.baseline_date)).all()
        _add(session, MilestoneReport, _met(steps))
        _add(session, DateChange, _moved(steps))
        session.commit()
    with database.connecting() as connection:
        connection.execute(_FURTHER_BACK, {"weeks": reports - RECENT})
        connection.commit()


def _add(session: Session, model: type[Base], rows: Iterator[Row]) -> None:
    for batch in batches(rows):
        session.execute(insert(model), batch)


def _copy(item: Item, new_id: int, number: int) -> Row:
    """Return a copy of an item.

    Its code keeps the letter of the kind. Its title includes the number, so titles differ.
    """
    code = f"{item.code[:2]}{number + 1000:06d}"
    own = {"code": code, "code_key": code_key(code), "position": new_id}
    return row_values(item) | own | {"id": new_id, "title": f"{item.title}, no. {number}"}


def _of_copies(session: Session, model: type[Base], copies: list[tuple[Item, int]], first: int) -> Iterator[Row]:
    """Yield the rows that belong to the copied items: for each copy of an item, copies of the original item's rows."""
    rows: dict[int, list[Row]] = defaultdict(list)
    for row in session.execute(select(model).order_by(model.id)).scalars():  # type: ignore[attr-defined]
        values = row_values(row)
        del values["id"]
        rows[values["item_id"]].append(values)
    for item, number in copies:
        for values in rows[item.id][:MILESTONES]:
            yield values | {"item_id": first + number}


def _reports(owner: int, reports: int) -> Iterator[Row]:
    """Yield weekly reports on an item.

    The last one is just before `DAY`, or some weeks earlier. Some items have none.
    """
    chance = random.Random(owner)
    silent = chance.choice((0, 0, 0, 1, 1, 2, 6))
    if chance.random() < 0.1:
        return
    percent = chance.randrange(60)
    for week in range(reports):
        percent = min(100, percent + chance.randrange(12))
        as_of = DAY - timedelta(weeks=silent + reports - 1 - week, days=1)
        yield _recorded(as_of) | {
            "item_id": owner,
            "phase": chance.choice(("in_progress",) * 8 + ("not_started", "suspended")),
            "confidence": chance.choice(("green", "green", "amber", "red")),
            "percent": percent,
            "done": f"What was done by week {week}.",
            "next": "What comes next.",
        }


# Adds a copy of each item's oldest report for every earlier week, with the percent in proportion. Uses SQLite's date
# functions.
_FURTHER_BACK = text("""
    WITH RECURSIVE back(week) AS (SELECT 1 WHERE :weeks > 0 UNION ALL SELECT week + 1 FROM back WHERE week < :weeks),
    oldest AS (SELECT min(id) AS id FROM status_update GROUP BY item_id)
    INSERT INTO status_update (item_id, as_of, phase, confidence, percent, done, next, basis, actor, recorded_at)
    SELECT item_id, date(as_of, (-7 * week) || ' days'), phase, confidence, percent * (:weeks - week) / :weeks,
        done, next, basis, actor, datetime(recorded_at, (-7 * week) || ' days') || '.000000'
    FROM oldest JOIN status_update USING (id) CROSS JOIN back
    ORDER BY item_id, week DESC
""")


def _met(steps: Any) -> Iterator[Row]:
    """Yield reports that two thirds of the milestones due by `DAY` are met."""
    for milestone, _, baseline in steps:
        if baseline <= DAY and milestone % 3:
            yield _recorded(baseline) | {"milestone_id": milestone, "met_on": baseline}


def _moved(steps: Any) -> Iterator[Row]:
    """Yield changes that move one milestone in fifty by a month."""
    for milestone, item, baseline in steps:
        if milestone % 50 == 0:
            new = baseline + timedelta(days=30)
            dates = {"old_date": baseline, "new_date": new, "reason": "A reason."}
            yield _recorded(date(2020, 3, 2)) | dates | {"item_id": item, "milestone_id": milestone}


def _recorded(as_of: date) -> Row:
    at = datetime(as_of.year, as_of.month, as_of.day, 3, tzinfo=UTC)
    return {"as_of": as_of, "recorded_at": at, "actor": "bench", "basis": "simulated"}


def main() -> None:
    """Make the database at the given path, unless the path exists."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("path", type=Path)
    parser.add_argument("items", nargs="?", type=int, default=100_000)
    parser.add_argument("reports", nargs="?", type=int, default=4)
    given = parser.parse_args()
    if given.path.exists():
        print(f"{given.path} is there already.")
        return
    make(str(given.path), given.items, given.reports)
    print(f"{given.path}: {given.items:,} items, {given.reports} reports each, as of {DAY}")


if __name__ == "__main__":
    main()
