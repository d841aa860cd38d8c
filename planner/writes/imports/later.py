"""What was recorded since an import and forbids taking it back: reports on its items, and changes of its values."""

import json
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import Any

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from planner.base.errors import NotAllowedError
from planner.base.language import tr
from planner.base.listing import listed
from planner.domain.vocabulary import LinkOrigin, ReviewDecision
from planner.store.event_actions import IMPORT, UNDO_CONFIRM_DATE, UNDO_IMPORT
from planner.store.many_rows import in_portions
from planner.store.models import AuditEvent, ImportBatch, Item, Link, LinkReview
from planner.writes.imports.gone import needed_and_gone
from planner.writes.imports.written import Written
from planner.writes.reports.confirmed_dates import undone_confirmations

# How many later records a refusal names.
MOST_NAMED = 5

# How the names of later links begin.
_LINK = "link "

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
    "extension_request": {"item_id": "item", "milestone_id": "milestone"},
    "assessment": {"item_id": "item"},
    "item_change": {"item_id": "item"},
    "target_change": {"target_id": "target"},
    "link": {"item_id": "item"},
}


def require_untouched(session: Session, written: Written) -> None:
    """Raise NotAllowedError if anybody recorded something since the import that forbids to take it back.

    It depends on the import, or a theme, a kind or an organisation is gone that an item would get back. The error says.
    """
    # What is gone forbids the undo for good, so it is named first.
    why = needed_and_gone(session, written), _later(session, written), _codes_given_again(session, written)
    found = list(dict.fromkeys(chain(*why)))
    if found:
        named = found[:MOST_NAMED]
        more = [tr("{count} more", count=len(found) - MOST_NAMED)] if len(found) > MOST_NAMED else []
        raise NotAllowedError(
            tr(
                "this import cannot be undone, because of what was recorded since: {records}",
                records=listed(named + more),
            ),
            do=_what_to_do(found),
        )


def _what_to_do(found: Iterable[str]) -> str:
    """Return what to do about later records, of which a link is rejected and any other one is undone."""
    links = [name.startswith(_LINK) for name in found]
    if not any(links):
        return tr("Undo these records first. If one cannot be undone, import a corrected file")
    reject = tr("Reject each link with 'planner links review LINK'")
    return reject if all(links) else tr("{reject}, and undo the other records first", reject=reject)


def _later(session: Session, written: Written) -> Iterator[str]:
    """Yield what each later record is called that depends on the import. What was undone does not count.

    What an undo wrote back depends on nothing: the values are those of before the later import.
    """
    undone = [*_undone_imports(session, written.last_seq), *undone_confirmations(session, written.last_seq)]
    rows = (
        select(AuditEvent.table_name, AuditEvent.row_id, AuditEvent.action, AuditEvent.label, AuditEvent.body)
        .where(AuditEvent.seq > written.last_seq, AuditEvent.action.not_in((UNDO_IMPORT, UNDO_CONFIRM_DATE)))
        # Events of old registers belong to no write.
        .where(func.coalesce(AuditEvent.write_id, "").not_in(undone))
        .order_by(AuditEvent.seq)
    )
    free = _withdrawn(session, written.last_seq) | _links_that_do_not_count(session)
    for table, row_id, action, label, body in session.execute(rows, execution_options={"yield_per": 1_000}):
        event = json.loads(body)
        if (table, row_id) not in free and (
            _changes_again(written, table, row_id, event) or _refers(written, table, event)
        ):
            yield f"{action} {label}"


def _codes_given_again(session: Session, written: Written) -> Iterator[str]:
    """Yield the codes that items had before the import, and that other items have now."""
    changed, own = written.changed[Item.__tablename__], written.added[Item.__tablename__]
    before = [one.before["code_key"] for one in changed.values() if "code_key" in one.before]
    for keys in in_portions(before):
        rows = select(Item.id, Item.code).where(Item.plan_id == written.plan_id, Item.code_key.in_(keys))
        for item_id, code in session.execute(rows):
            if item_id not in changed and item_id not in own:
                yield tr("another item with the code {code}", code=code)


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


def _links_that_do_not_count(session: Session) -> set[tuple[str, int]]:
    """Return the links that the program suggested and nobody reviewed, and those that are rejected.

    They forbid nothing: an item that leaves the register takes them with it.
    """
    last = select(func.max(LinkReview.id)).where(LinkReview.link_id == Link.id).correlate(Link).scalar_subquery()
    decision = select(LinkReview.decision).where(LinkReview.id == last).correlate(Link).scalar_subquery()
    suggested = and_(Link.origin == LinkOrigin.MACHINE, decision.is_(None))
    found = session.execute(select(Link.id).where(or_(suggested, decision == ReviewDecision.REJECTED))).scalars()
    return {(Link.__tablename__, link_id) for link_id in found}


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
