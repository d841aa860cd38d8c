"""Attached copies whose text differs from the citation of an end of a link."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import field
from datetime import datetime
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Select, and_, func, select

from planner.base.language import later, tr_later
from planner.base.views import value_class
from planner.domain.vocabulary import SpanMatch
from planner.register.instants import PastInstant, known_at_parameter
from planner.register.point import known_at_values
from planner.register.reading import Reading
from planner.store.models import AttachedSpan, Attachment, AuditEvent, ClauseExpression, Document

_Spans = TypeVar("_Spans", bound="Select[*tuple[Any, ...]]")

DIFFERING = (SpanMatch.DIFFERS.value, SpanMatch.MISSING.value)


@value_class
class DifferingCopy:
    """An attached copy of a document that differs from a citation or lacks the cited passage.

    `span` is the id of the recorded comparison, and `recorded_at` is the instant when it was recorded.
    """

    span: int
    language: str
    document: str
    file_name: str
    match: SpanMatch
    recorded_at: datetime

    @property
    def statement(self) -> str:
        """A phrase that names the copy and how it differs."""
        message = (
            later("the attached copy '{file}' of {document} ({language}) differs from the cited text")
            if self.match is SpanMatch.DIFFERS
            else later("the attached copy '{file}' of {document} ({language}) lacks the cited text")
        )
        return tr_later(message).format(file=self.file_name, document=self.document, language=self.language)


@value_class
class CopiesOfEnds:
    """The differing copies by citation id, and the citation ids of each clause."""

    copies: dict[int, list[DifferingCopy]] = field(default_factory=dict)
    citations: dict[int, list[int]] = field(default_factory=dict)

    def of_citation(self, citation: int | None, since: datetime | None) -> tuple[DifferingCopy, ...]:
        """Return the differing copies of one citation that were recorded after `since`, or all if it is None."""
        return self._found([] if citation is None else [citation], since)

    def of_clause(self, clause: int, since: datetime | None) -> tuple[DifferingCopy, ...]:
        """Return the differing copies of a clause, in any language, recorded after `since`, or all if it is None."""
        return self._found(self.citations.get(clause, ()), since)

    def _found(self, citations: Iterable[int], since: datetime | None) -> tuple[DifferingCopy, ...]:
        found = (copy for citation in citations for copy in self.copies.get(citation, ()))
        return tuple(copy for copy in found if since is None or copy.recorded_at > since)


def read_copies(reading: Reading) -> CopiesOfEnds:
    """Return all copies known at an instant that differ from a citation."""
    found: dict[int, list[DifferingCopy]] = defaultdict(list)
    rows = reading.session.execute(_select_copies(reading.known_at is not None), known_at_values(reading.known_at))
    for citation, span, language, document, name, match, at in rows:
        found[citation].append(DifferingCopy(span, language, document, name, SpanMatch(match), at))
    return CopiesOfEnds(dict(found), _citations(reading)) if found else CopiesOfEnds()


@cache
def _select_copies(in_past: bool) -> Select[*tuple[Any, ...]]:
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
    return differing_spans(wanted, known_at_parameter(in_past))


def differing_spans(spans: _Spans, known_at: PastInstant | None) -> _Spans:
    """Limit a statement over spans and attachments to copies that differ from a citation, as known at an instant."""
    return spans_known(spans.where(AttachedSpan.match.in_(DIFFERING)), known_at)


def spans_known(spans: _Spans, known_at: PastInstant | None) -> _Spans:
    """Join a statement over spans to the events that recorded them, and leave out spans not known at an instant."""
    recorded = and_(AuditEvent.table_name == AttachedSpan.__tablename__, AuditEvent.row_id == AttachedSpan.id)
    joined = spans.outerjoin(AuditEvent, recorded)
    return joined if known_at is None else joined.where(instant_of_span() <= known_at)


def instant_of_span() -> ColumnElement[datetime]:
    """Return the instant when a span (the comparison of a copy with a citation) was recorded.

    It is the instant of the span's event or, if no event recorded the span, the instant of its copy.
    """
    return func.coalesce(AuditEvent.recorded_at, Attachment.recorded_at)


def _citations(reading: Reading) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    for row in reading.known_rows(ClauseExpression):
        found[row.clause_id].append(row.citation_id)
    return dict(found)
