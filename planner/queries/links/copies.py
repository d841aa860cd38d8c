"""Attached copies that read otherwise than what is cited for the ends of links."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Select, and_, func, select
from sqlalchemy.orm import Session

from planner.models import AttachedSpan, Attachment, AuditEvent, ClauseExpression, Document
from planner.queries.known import Rollback, rows_known
from planner.vocabulary import SpanMatch

_Spans = TypeVar("_Spans", bound="Select[*tuple[Any, ...]]")

OTHERWISE = (SpanMatch.DIFFERS.value, SpanMatch.MISSING.value)


@dataclass(frozen=True)
class DifferingCopy:
    """An attached copy of a document, in a language, that differs from what is cited, or lacks it.

    `span` is the id of the record that says so, `recorded_at` the instant of that record.
    """

    span: int
    language: str
    document: str
    file_name: str
    match: SpanMatch
    recorded_at: datetime

    @property
    def statement(self) -> str:
        """The copy, and what of it, in words."""
        does = "reads otherwise than" if self.match is SpanMatch.DIFFERS else "does not have"
        return f"the attached copy '{self.file_name}' of {self.document} ({self.language}) {does} what is cited"


@dataclass(frozen=True)
class CopiesOfEnds:
    """The copies that read otherwise, by citation; and the citations of each clause."""

    copies: dict[int, list[DifferingCopy]] = field(default_factory=dict)
    citations: dict[int, list[int]] = field(default_factory=dict)

    def of_citation(self, citation: int | None, since: datetime | None) -> tuple[DifferingCopy, ...]:
        """Those of a measure's or an item's citation that were recorded after an instant, or at all."""
        return self._found([] if citation is None else [citation], since)

    def of_clause(self, clause: int, since: datetime | None) -> tuple[DifferingCopy, ...]:
        """Those of a clause's citations, in whatever language, that were recorded after an instant, or at all."""
        return self._found(self.citations.get(clause, ()), since)

    def _found(self, citations: Iterable[int], since: datetime | None) -> tuple[DifferingCopy, ...]:
        found = (copy for citation in citations for copy in self.copies.get(citation, ()))
        return tuple(copy for copy in found if since is None or copy.recorded_at > since)


def read_copies(session: Session, back: Rollback, known_at: datetime | None) -> CopiesOfEnds:
    """All copies known at an instant that read otherwise than what is cited."""
    wanted = (
        select(
            AttachedSpan.citation_id,
            AttachedSpan.id,
            Document.language,
            Document.key,
            Attachment.file_name,
            AttachedSpan.match,
            instant_of_span(),
        )
        .join_from(AttachedSpan, Attachment, Attachment.id == AttachedSpan.attachment_id)
        .join(Document, Document.id == Attachment.document_id)
        .order_by(AttachedSpan.id)
    )
    found: dict[int, list[DifferingCopy]] = defaultdict(list)
    for citation, span, language, document, name, match, at in session.execute(reading_otherwise(wanted, known_at)):
        found[citation].append(DifferingCopy(span, language, document, name, SpanMatch(match), at))
    return CopiesOfEnds(dict(found), _citations(session, back)) if found else CopiesOfEnds()


def reading_otherwise(spans: _Spans, known_at: datetime | None) -> _Spans:
    """Narrow a statement over spans and their attachments to those that read otherwise, as known at an instant."""
    return spans_known(spans.where(AttachedSpan.match.in_(OTHERWISE)), known_at)


def spans_known(spans: _Spans, known_at: datetime | None) -> _Spans:
    """A statement over spans and their attachments with the events that tell of them, as known at an instant."""
    recorded = and_(AuditEvent.table_name == AttachedSpan.__tablename__, AuditEvent.row_id == AttachedSpan.id)
    told = spans.outerjoin(AuditEvent, recorded)
    return told if known_at is None else told.where(instant_of_span() <= known_at)


def instant_of_span() -> ColumnElement[datetime]:
    """When a span was recorded: with its copy, or when the copy was attached again after more was cited.

    The span has no instant of its own; its event has. Of one that no event tells of the copy's instant is taken.
    """
    return func.coalesce(AuditEvent.recorded_at, Attachment.recorded_at)


def _citations(session: Session, back: Rollback) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    for row in rows_known(session, ClauseExpression, back):
        found[row.clause_id].append(row.citation_id)
    return dict(found)
