"""Make a register with a long audit log. Every event is written by the journal, as the program would write it."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from bench.registers import scale
from planner.integrity.chain import count_events
from planner.store.journal import Actor, appending
from planner.store.models import Item, StatusUpdate

DAY = datetime(2020, 9, 16, 2, tzinfo=UTC)
ACTOR = Actor("bench")
# The number of reports made in one transaction.
AT_ONCE = 5_000


def make_log(address: str, events: int) -> None:
    """Make a register and add reports on one item after another until the log has this many events."""
    database = scale.make_seeded(address)
    with database.reading() as session:
        existing, items = count_events(session), list(session.execute(select(Item.id).order_by(Item.id)).scalars())
    while existing < events:
        number = min(AT_ONCE, events - existing)
        with database.writing() as session:
            _report(session, items, existing, number)
            session.commit()
        existing += number
    database.close()


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
