"""Measure how many events per second `planner verify` checks, and with how much memory, on a log of a million events.

python -m bench.speed.verify [EVENTS] [ADDRESS]

Without an address, a SQLite file is made and deleted afterwards. With an address, the log is filled up to the number of
events and kept. Every event is written in the normal way, so the log is one that the program would write.
"""

import argparse
import gc
import resource
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from planner.__main__ import GARBAGE_THRESHOLD
from planner.base.resources import bundled
from planner.bundle.loader import load_into
from planner.bundle.reader import read_bundle
from planner.integrity.chain import PORTION, Chain, count_events, read_chain
from planner.integrity.problems import Problems
from planner.integrity.redactions import Redactions
from planner.integrity.replay import replay
from planner.integrity.schema import check_schema
from planner.integrity.storage import check_storage
from planner.store import making
from planner.store.database import Database
from planner.store.journal import Actor, appending, leaf_of
from planner.store.location import parse
from planner.store.models import AuditEvent, Installation, Item, StatusUpdate
from planner.store.schema import restrict_search_path
from planner.writes.installation import mark_demonstration

DAY = datetime(2020, 9, 16, 2, tzinfo=UTC)
ACTOR = Actor("bench")
# The number of reports made in one transaction.
AT_ONCE = 5_000


def main() -> None:
    """Make the log, verify it, and print the figures."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("events", nargs="?", type=int, default=1_000_000)
    parser.add_argument("address", nargs="?")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        address = given.address or str(Path(folder) / "bench.sqlite")
        database = making.make(parse(address, "bench"))
        with database.reading() as session:
            empty = session.get(Installation, 1) is None
        if empty:
            with database.writing() as session, appending(session, ACTOR, DAY) as journal:
                mark_demonstration(journal, DAY.date())
                load_into(journal, read_bundle(bundled("seeds")))
                journal.close()
                session.commit()
        fill(database, given.events)
        measure(database)
        database.close()


def fill(database: Database, events: int) -> None:
    """Add reports on one item after another until the log has this many events."""
    with database.reading() as session:
        existing, items = count_events(session), list(session.execute(select(Item.id).order_by(Item.id)).scalars())
    while existing < events:
        number = min(AT_ONCE, events - existing)
        with database.writing() as session:
            _report(session, items, existing, number)
            session.commit()
        existing += number


def _report(session: Session, items: list[int], existing: int, number: int) -> None:
    at = DAY + timedelta(seconds=existing)
    with appending(session, ACTOR, at) as journal:
        for count in range(existing, existing + number):
            row = StatusUpdate(
                item_id=items[count % len(items)],
                as_of=DAY.date(),
                phase="in_progress",
                confidence="green",
                percent=count % 100,
                done=f"What was done by report {count}: the quay was repaired, and the lamps were lit.",
                next="What comes next, with a date and a name beside it.",
                basis="simulated",
                actor=ACTOR.name,
                recorded_at=journal.at,
            )
            journal.add(row, action="report", label="T-001")


def measure(database: Database) -> None:
    """Read and check the log, then replay it, and print the speed and the memory used.

    The yardstick is the least work that any verifier must do: reading the stored bytes and hashing them. The processor
    time is how long the work would take on an otherwise idle machine.
    """
    gc.set_threshold(GARBAGE_THRESHOLD)
    problems, chains = Problems(), list[Chain]()
    with database.reading() as session:
        events = count_events(session)
        parts: dict[str, Callable[[], object]] = {
            "reading and hashing": lambda: _read_and_hash(session),
            "schema and storage": lambda: _check_database(session, problems),
            "the log": lambda: chains.append(read_chain(session, problems, _ignore_progress, Redactions())),
            "replay": lambda: replay(session, problems, _ignore_progress, chains[-1].about),
        }
        print(f"{events:,} events{'seconds':>25}{'events/s':>12}{'processor s':>14}{'events/s':>12}")
        for name, part in parts.items():
            began, worked = time.perf_counter(), time.process_time()
            part()
            seconds, work = time.perf_counter() - began, time.process_time() - worked
            print(f"{name:<22}{seconds:>17.1f}{events / seconds:>12,.0f}{work:>14.1f}{events / work:>12,.0f}")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{problems.counts.total()} problems, {memory:.0f} MB at most")


def _check_database(session: Session, problems: Problems) -> None:
    restrict_search_path(session.connection())
    check_schema(session, problems)
    check_storage(session, problems)


def _read_and_hash(session: Session) -> None:
    rows = session.connection().execute(
        select(AuditEvent.body).order_by(AuditEvent.seq), execution_options={"yield_per": PORTION}
    )
    for (body,) in rows:
        leaf_of(body)


def _ignore_progress(name: str, by: int = 1) -> None:
    """Ignore the progress that a part reports."""


if __name__ == "__main__":
    main()
