"""Collect the rows that form an item's evidence: the item with its parts, its criterion, and the cited documents."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, or_, select

from planner.evidence.logged import LoggedRows
from planner.queries.history.log_subjects import item_by_row
from planner.register.reading import Reading
from planner.store.models import (
    AttachedSpan,
    AuditEvent,
    ClauseExpression,
    CrosswalkRow,
    FindingSide,
    Link,
    LinkReview,
    RedactedEvent,
    Redaction,
    Unlinked,
)


def gather(reading: Reading, item_id: int) -> LoggedRows:
    """Return the rows of an item's evidence, with all their events up to the known-at instant.

    All rows that these rows refer to are included, except people.
    """
    rows = LoggedRows(reading.session, reading.known_at)
    _add_first(rows)
    for table, pairs in item_by_row().items():
        rows.add(table, reading.session.execute(select(pairs.c.row).where(pairs.c.item == item_id)).scalars())
    _add_links(rows)
    linked = rows.ids("clause")
    _add_findings(rows, linked)
    _add(rows, CrosswalkRow, or_(CrosswalkRow.from_clause_id.in_(linked), CrosswalkRow.to_clause_id.in_(linked)))
    _add(rows, ClauseExpression, ClauseExpression.clause_id.in_(rows.ids("clause")))
    _add(rows, AttachedSpan, AttachedSpan.citation_id.in_(rows.ids("citation")))
    _add_redactions(rows)
    return rows


def _add_first(rows: LoggedRows) -> None:
    """Add the two rows that identify the log in checkpoints: the kind of database, and the row of the first event."""
    first = select(AuditEvent.table_name, AuditEvent.row_id).order_by(AuditEvent.seq).limit(1)
    for table, number in rows.session.execute(first):
        rows.add(table, [number])
    rows.add("installation", [1])


def _add_links(rows: LoggedRows) -> None:
    """Add the links of all measures that the item ever had, their reviews, and the reasons for missing links."""
    measures = rows.ids("measure")
    _add(rows, Link, Link.measure_id.in_(measures))
    _add(rows, LinkReview, LinkReview.link_id.in_(rows.ids("link")))
    _add(rows, Unlinked, Unlinked.measure_id.in_(measures))


def _add_findings(rows: LoggedRows, clauses: Iterable[int]) -> None:
    """Add the text findings about the item's measures and the clauses."""
    about = or_(FindingSide.clause_id.in_(clauses), FindingSide.measure_id.in_(rows.ids("measure")))
    _add(rows, FindingSide, about)


def _add_redactions(rows: LoggedRows) -> None:
    """Add the redactions that concern these rows, and the records of the redacted events."""
    redactions = select(Redaction.id, Redaction.table_name, Redaction.row_id).where(
        Redaction.table_name.in_(rows.tables)
    )
    of_rows = [number for number, table, row in rows.session.execute(redactions) if (table, row) in rows.events_of]
    rows.add(Redaction.__tablename__, of_rows)
    _add(rows, RedactedEvent, RedactedEvent.redaction_id.in_(of_rows))


def _add(rows: LoggedRows, model: Any, condition: ColumnElement[bool]) -> None:
    rows.add(model.__tablename__, rows.session.execute(select(model.id).where(condition)).scalars())
