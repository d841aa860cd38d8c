"""What was recorded after an event of the log: whether anything was, and about which items."""

from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from planner.queries.history.log_subjects import subjects_of_rows
from planner.register.raw_rows import columns
from planner.register.reading import Reading
from planner.store.models import AuditEvent, Item, ItemChange

# Tables whose events may add an item to the plan or remove one from it.
_OF_LISTED_ITEMS = (Item.__tablename__, ItemChange.__tablename__)


def last_event_number(session: Session) -> int:
    """Return the number of the last event of the log, which is also the number of events. It is 0 for an empty log."""
    newest: Any = select(func.max(columns(AuditEvent).seq))
    return session.execute(newest).scalar() or 0


def items_recorded_since(reading: Reading, number: int, most: int) -> frozenset[str] | None:
    """Return the codes of the items that events after the one with this number are about.

    Return None if these are more than `most` events, or if one of them may have changed other items of the plan, as a
    new lead organisation does. Events of other plans do not count.
    """
    event = columns(AuditEvent)
    newer: Any = select(event.table_name, event.row_id).where(event.seq > number).limit(most + 1)
    rows = [(row.table_name, row.row_id) for row in reading.session.execute(newer)]
    if len(rows) > most:
        return None
    subjects = subjects_of_rows(reading.session, rows)
    codes = set()
    for row in rows:
        subject = subjects.get(row)
        if subject is not None and subject.plan != reading.plan.key:
            continue
        if subject is None or subject.item is None or row[0] in _OF_LISTED_ITEMS:
            return None
        codes.add(subject.item)
    return frozenset(codes)
