"""Many writers at once for a while: every write that was acknowledged is there, in one unbroken chain."""

import multiprocessing
import time
from datetime import date

import pytest
from sqlalchemy import select

from planner.store.database import Database, open_database
from planner.store.journal import Actor, leaf_of
from planner.store.location import parse
from planner.store.models import AuditEvent, StatusUpdate
from tests.factories import person, report

WRITERS = 16
SECONDS = 30


def write_for_a_while(address: str, writer: int, acknowledged: "multiprocessing.Queue[tuple[int, int]]") -> None:
    """Report again and again, counting what was acknowledged; an error ends the process with a code."""
    database = open_database(parse(address, "soak"))
    until = time.monotonic() + SECONDS
    count = 0
    while time.monotonic() < until:
        report(
            database,
            "T-001",
            actor=Actor(f"writer-{writer}"),
            as_of=date(2020, 3, 4),
            done=f"Piece {count} of {writer}",
        )
        count += 1
    database.close()
    acknowledged.put((writer, count))


@pytest.mark.soak
def test_sixteen_writers_lose_nothing(register: Database) -> None:
    start = multiprocessing.get_context("spawn")
    acknowledged = start.Queue()
    address = register.url.render_as_string(hide_password=False)
    for writer in range(WRITERS):
        person(register, f"writer-{writer}")
    processes = [
        start.Process(target=write_for_a_while, args=(address, writer, acknowledged)) for writer in range(WRITERS)
    ]
    for process in processes:
        process.start()
    for process in processes:
        process.join(SECONDS * 4)
    assert [process.exitcode for process in processes] == [0] * WRITERS
    counted = dict(acknowledged.get(timeout=10) for _ in processes)
    with register.reading() as session:
        rows = session.execute(select(StatusUpdate.actor)).scalars().all()
        assert len(rows) == sum(counted.values())
        assert {writer: rows.count(f"writer-{writer}") for writer in counted} == counted
        previous = None
        for event in session.execute(select(AuditEvent).order_by(AuditEvent.seq)).scalars():
            assert event.previous_leaf == previous
            assert leaf_of(event.body) == event.leaf
            previous = event.leaf
    print(f"\n{sum(counted.values())} writes by {WRITERS} writers in {SECONDS} s on {register.engine.dialect.name}")
