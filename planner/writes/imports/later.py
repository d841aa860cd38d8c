"""What was recorded since an import and forbids taking it back: reports on its items, and changes of its values."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from planner.base.errors import NotAllowedError
from planner.base.language import tr
from planner.base.listing import listed
from planner.store.event_actions import IMPORT, UNDO_IMPORT
from planner.store.models import AuditEvent, ImportBatch
from planner.writes.imports.written import Written

# How many later records a refusal names.
MOST_NAMED = 5

# For each table, the columns that name a row that the import may have added, with the table of that row.
_REFERENCES: Mapping[str, Mapping[str, str]] = {
    "item": {"theme_id": "theme", "accountable_id": "person", "continues_id": "item"},
    "theme": {"parent_id": "theme"},
    "responsibility": {"item_id": "item"},
    "milestone": {"item_id": "item"},
    "indicator": {"item_id": "item"},
    "target": {"indicator_id": "indicator"},
    "status_update": {"item_id": "item", "merged_into_id": "item"},
    "date_change": {"item_id": "item", "milestone_id": "milestone"},
    "milestone_report": {"milestone_id": "milestone"},
    "observation": {"indicator_id": "indicator"},
    "completion_confirmation": {"status_update_id": "status_update"},
    "help_answer": {"status_update_id": "status_update"},
    "item_change": {"item_id": "item"},
    "target_change": {"target_id": "target"},
    "link": {"item_id": "item"},
}


def require_untouched(session: Session, written: Written) -> None:
    """Raise NotAllowedError if anybody recorded something since the import that depends on it. The error names it."""
    found = list(dict.fromkeys(_later(session, written)))
    if found:
        named = found[:MOST_NAMED]
        more = [tr("{count} more", count=len(found) - MOST_NAMED)] if len(found) > MOST_NAMED else []
        raise NotAllowedError(
            tr(
                "this import cannot be undone, because of what was recorded since: {records}",
                records=listed(named + more),
            ),
            do=tr("Undo these records first. If one cannot be undone, such as a link, import a corrected file"),
        )


def _later(session: Session, written: Written) -> Iterator[str]:
    """Yield what each later record is called that depends on the import. Later imports that were undone do not count.

    What an undo wrote back depends on nothing: the values are those of before the later import.
    """
    rows = (
        select(AuditEvent.table_name, AuditEvent.row_id, AuditEvent.action, AuditEvent.label, AuditEvent.body)
        .where(AuditEvent.seq > written.last_seq, AuditEvent.action != UNDO_IMPORT)
        # Events of old registers belong to no write.
        .where(func.coalesce(AuditEvent.write_id, "").not_in(_undone_imports(session, written.last_seq)))
        .order_by(AuditEvent.seq)
    )
    withdrawn = _withdrawn(session, written.last_seq)
    for table, row_id, action, label, body in session.execute(rows, execution_options={"yield_per": 1_000}):
        event = json.loads(body)
        if (table, row_id) not in withdrawn and (
            _changes_again(written, table, row_id, event) or _refers(written, table, event)
        ):
            yield f"{action} {label}"


def _undone_imports(session: Session, last_seq: int) -> list[str]:
    """Return the writes of the imports that were made and undone after an event."""
    batches = AuditEvent.table_name == ImportBatch.__tablename__, AuditEvent.seq > last_seq
    undone = select(AuditEvent.row_id).where(*batches, AuditEvent.action == UNDO_IMPORT)
    writes = select(AuditEvent.write_id).where(*batches, AuditEvent.action == IMPORT, AuditEvent.row_id.in_(undone))
    return [write for write in session.execute(writes).scalars() if write is not None]


def _withdrawn(session: Session, last_seq: int) -> set[tuple[str, int]]:
    """Return the records that were taken back since the import. They forbid nothing."""
    own = AuditEvent.table_name == "withdrawal", AuditEvent.seq > last_seq
    found = set()
    for body in session.execute(select(AuditEvent.body).where(*own)).scalars():
        for name, value in json.loads(body)["after"].items():
            if name.endswith("_id") and value is not None:
                found.add((name.removesuffix("_id"), value))
    return found


def _changes_again(written: Written, table: str, row_id: int, event: Mapping[str, Any]) -> bool:
    """Return whether an event changes a value that the import wrote."""
    before, after = event["before"], event["after"]
    if before is None:
        return False
    if row_id in written.added[table]:
        return True
    change = written.changed[table].get(row_id)
    return change is not None and any(before.get(name) != after[name] for name in change.after if name in after)


def _refers(written: Written, table: str, event: Mapping[str, Any]) -> bool:
    """Return whether an event lets a row refer to a row that the import added."""
    before, after = event["before"] or {}, event["after"]
    return any(
        after.get(name) is not None and after[name] != before.get(name) and after[name] in written.added[other]
        for name, other in _REFERENCES.get(table, {}).items()
    )
