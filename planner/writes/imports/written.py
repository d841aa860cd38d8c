"""What one import wrote, read from the audit log."""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from planner.base.views import value_class
from planner.domain.first_kinds import FIRST_KINDS
from planner.store.event_actions import IMPORT, UNDO_IMPORT
from planner.store.models import AuditEvent, ImportBatch

# The number of events that are read at a time.
PORTION = 1_000


@value_class
class ImportWrite:
    """An import: the id of its record, its plan, its instant, its write, and the names of its files."""

    id: int
    plan_id: int
    recorded_at: datetime
    write_id: str
    files: tuple[str, ...]
    counts: Mapping[str, int]


@dataclass
class Change:
    """A change of a row that the import made: the columns that changed, with their values before and after."""

    label: str
    before: dict[str, Any]
    after: dict[str, Any]


@dataclass
class Written:
    """The rows that an import into a plan added and changed, by table and row id, and its last event.

    `added` has the values of each added row that a later step needs: all of a small table, the owner of the others.
    `labels` has what the log calls the added rows that are taken back one by one.
    """

    added: dict[str, dict[int, dict[str, Any]]] = field(default_factory=lambda: defaultdict(dict))
    changed: dict[str, dict[int, Change]] = field(default_factory=lambda: defaultdict(dict))
    labels: dict[str, dict[int, str]] = field(default_factory=lambda: defaultdict(dict))
    last_seq: int = 0
    plan_id: int = 0


def import_of_write(session: Session, write_id: str | None) -> ImportWrite | None:
    """Return the import that a write is, or None if it is none."""
    found = session.execute(
        select(ImportBatch)
        .join(AuditEvent, AuditEvent.row_id == ImportBatch.id)
        .where(AuditEvent.table_name == ImportBatch.__tablename__, AuditEvent.write_id == write_id)
    ).scalar_one_or_none()
    if found is None or write_id is None:
        return None
    names = tuple(str(file.get("name", "")) for file in found.files)
    return ImportWrite(found.id, found.plan_id, found.recorded_at, write_id, names, found.counts)


def is_undone(session: Session, found: ImportWrite) -> bool:
    """Return whether an import was taken back."""
    own = AuditEvent.table_name == ImportBatch.__tablename__, AuditEvent.row_id == found.id
    return session.execute(select(exists().where(*own, AuditEvent.action == UNDO_IMPORT))).scalar_one()


def first_seq(session: Session, write_id: str | None) -> int:
    """Return the number of the first event of a write."""
    return session.execute(select(func.min(AuditEvent.seq)).where(AuditEvent.write_id == write_id)).scalar_one()


def added_organisations(session: Session, found: ImportWrite) -> list[str]:
    """Return the names of the organisations that an import added, in their order."""
    return _added(session, found, "organisation", "name") if found.counts.get("organisations") else []


def added_kinds(session: Session, found: ImportWrite) -> list[str]:
    """Return the titles of the kinds of items that an import added, in their order.

    Those that the plan had before it listed any are left out.
    """
    first = {kind.title for kind in FIRST_KINDS}
    return [title for title in _added(session, found, "item_kind", "title") if title not in first]


def _added(session: Session, found: ImportWrite, table: str, name: str) -> list[str]:
    of_import = AuditEvent.write_id == found.write_id, AuditEvent.action == IMPORT
    rows = select(AuditEvent.body).where(*of_import, AuditEvent.table_name == table).order_by(AuditEvent.seq)
    events = map(json.loads, session.execute(rows).scalars())
    return [str(event["after"][name]) for event in events if event["before"] is None]


# What is kept of an added row, for tables that an import may fill with very many rows.
_OWNERS = ("item_id", "indicator_id", "organisation_id", "status_update_id")


def read_written(session: Session, found: ImportWrite) -> Written:
    """Return the rows that an import added and changed."""
    written = Written(plan_id=found.plan_id)
    for seq, table, row_id, label, event in _events(session, found.write_id):
        written.last_seq = seq
        before, after = event["before"], event["after"]
        if before is None:
            owner = {name: after[name] for name in _OWNERS if name in after}
            written.added[table][row_id] = after if table in _WHOLE else owner
            if table not in _PARTS or owner.get("item_id") not in written.added["item"]:
                written.labels[table][row_id] = label
            continue
        names = [name for name in after if before.get(name) != after[name]]
        change = written.changed[table].setdefault(row_id, Change(label, {}, {}))
        for name in names:
            change.before.setdefault(name, before.get(name))
            change.after[name] = after[name]
    return written


# The tables whose rows stay with an item that is taken back, as its milestones do.
_PARTS = frozenset({"milestone", "indicator", "responsibility"})
# The tables of history whose rows are taken back by another row with the values exchanged.
_WHOLE = frozenset({"item_change", "target_change", "organisation_change", "plan_change"})


def _events(session: Session, write_id: str) -> Iterator[tuple[int, str, int, str, dict[str, Any]]]:
    rows = (
        select(AuditEvent.seq, AuditEvent.table_name, AuditEvent.row_id, AuditEvent.label, AuditEvent.body)
        # The same write may have made the plan, and its administrator. They stay when the import is undone.
        .where(AuditEvent.write_id == write_id, AuditEvent.action == IMPORT)
        .order_by(AuditEvent.seq)
    )
    for seq, table, row_id, label, body in session.execute(rows, execution_options={"yield_per": PORTION}):
        yield seq, table, row_id, label, json.loads(body)
