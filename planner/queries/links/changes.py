"""A link in detail: its reviews, and how each changed end differs from its wording at the review.

The audit log has the earlier wording. The reviewed wording is that of the latest event after which the row had the
reviewed fingerprint. The next event is the change. The texts of a clause are separate rows, so the earlier citation of
each language is looked up in the same way.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from planner.base.language import tr
from planner.domain.vocabulary import SpanMatch
from planner.queries.history.log_fields import LoggedChange, field_changes, names_of_references
from planner.queries.links.copies import DifferingCopy
from planner.queries.links.names import read_link
from planner.queries.links.reviews import LinkReviewView, read_reviews
from planner.queries.links.standing import LinkEnd, LinkStanding
from planner.queries.mandates.citations import read_citations
from planner.register.instants import known_by
from planner.register.reading import Reading
from planner.store.models import AttachedSpan, Attachment, AuditEvent, ClauseExpression, Expression

# The columns of each end that its fingerprint covers. The texts of a clause are covered by their digests.
_WORDING = {
    "measure": ("code", "title", "restatement"),
    "item": ("title", "measure_id"),
    "clause": ("key", "restatement"),
}


@dataclass(frozen=True)
class CopyText:
    """The text of an attached copy that differs from a citation. `cited` is the cited text if another copy has it."""

    copy: DifferingCopy
    cited: str | None
    found: str | None


@dataclass(frozen=True)
class EndChange:
    """How an end of a link has changed since it was reviewed: its changed fields, and the copies that differ.

    `actor` and `recorded_at` belong to the first change since the review. `why_unknown` is the reason why the earlier
    wording or the author is unknown, or None if both are known.
    """

    end: LinkEnd
    fields: tuple[LoggedChange, ...]
    actor: str | None
    recorded_at: datetime | None
    why_unknown: str | None
    copies: tuple[CopyText, ...]


@dataclass(frozen=True)
class LinkDetail:
    """A link with all its reviews, oldest first, and the changes of its ends since the last review."""

    link: LinkStanding
    reviews: tuple[LinkReviewView, ...]
    changes: tuple[EndChange, ...]


def read_link_detail(reading: Reading, name: str) -> LinkDetail:
    """Return the link with this name in detail, as known at an instant. Raises UnknownNameError if there is none."""
    link = read_link(reading, name)
    reviews = read_reviews(reading, [link.id]).get(link.id, ())
    ends = (link.near, link.clause)
    return LinkDetail(link, reviews, tuple(_change(reading, end) for end in ends if end.suspect))


@dataclass(frozen=True)
class _RowVersion:
    """The values of a row after an event."""

    recorded_at: datetime
    actor: str
    values: Mapping[str, Any]


def _change(reading: Reading, end: LinkEnd) -> EndChange:
    copies = tuple(_copy_texts(reading.session, end.copies))
    if not end.reworded:
        return EndChange(end, (), None, None, None, copies)
    versions = _row_versions(reading, end.kind, end.id)
    pinned = next(
        (place for place, version in enumerate(versions) if version.values["fingerprint"] == end.pinned), None
    )
    if pinned is None:
        return EndChange(
            end, (), None, None, tr("the audit log has no event with the wording at the time of the review"), copies
        )
    if pinned == 0:
        return EndChange(end, (), None, None, tr("the audit log has no event for the change of wording"), copies)
    then, since, now = versions[pinned], versions[pinned - 1], versions[0]
    changed = [
        *_fields(reading.session, end.kind, then.values, now.values),
        *(_texts(reading, end.id, since.recorded_at) if end.kind == "clause" else ()),
    ]
    why_unknown = None if changed else tr("the wording is the same, but now cites another text")
    return EndChange(end, tuple(changed), since.actor, since.recorded_at, why_unknown, copies)


def _row_versions(reading: Reading, table: str, row: int) -> Sequence[_RowVersion]:
    """Return the values of a row after each of its events, newest first."""
    wanted = select(AuditEvent.recorded_at, AuditEvent.actor, AuditEvent.body).where(
        AuditEvent.table_name == table, AuditEvent.row_id == row
    )
    if reading.known_at is not None:
        wanted = wanted.where(known_by(AuditEvent.recorded_at, reading.known_at))
    rows = reading.session.execute(wanted.order_by(AuditEvent.seq.desc()))
    return [_RowVersion(at, actor, json.loads(body)["after"]) for at, actor, body in rows]


def _fields(session: Session, table: str, then: Mapping[str, Any], now: Mapping[str, Any]) -> tuple[LoggedChange, ...]:
    before, after = ({name: values[name] for name in _WORDING[table]} for values in (then, now))
    names = names_of_references(session, [{"table": table, "before": before, "after": after}])
    return field_changes(table, before, after, names.today)


def _texts(reading: Reading, clause: int, since: datetime) -> Iterator[LoggedChange]:
    """Yield a change for each language in which the citation of a clause has changed since an instant."""
    rows = reading.session.execute(
        select(ClauseExpression.id, Expression.language)
        .join(Expression, Expression.id == ClauseExpression.expression_id)
        .where(ClauseExpression.clause_id == clause)
        .order_by(Expression.id)
    )
    for row, language in rows:
        versions = _row_versions(reading, "clause_expression", row)
        earlier = next((version.values["citation_id"] for version in versions if version.recorded_at < since), None)
        later = versions[0].values["citation_id"] if versions else None
        if earlier != later:
            name = tr("text in {language}", language=language)
            yield LoggedChange(name, name, _passage(reading, earlier), _passage(reading, later))


def _passage(reading: Reading, citation: int | None) -> str | None:
    """Return the text of a cited passage, or its position if no copy is attached."""
    view = read_citations(reading.session, [citation], reading.known_at).get(citation or 0)
    if view is None:
        return None
    return view.text or tr(
        "{document}, code points {start} to {end} (not attached)",
        document=view.document,
        start=view.start,
        end=view.end,
    )


def _copy_texts(session: Session, copies: Sequence[DifferingCopy]) -> Iterator[CopyText]:
    rows = session.execute(
        select(AttachedSpan, Attachment.text)
        .join(Attachment, Attachment.id == AttachedSpan.attachment_id)
        .where(AttachedSpan.id.in_([copy.span for copy in copies]))
    )
    spans = {span.id: (span, text) for span, text in rows}
    citations = read_citations(session, [span.citation_id for span, _ in spans.values()])
    for copy in copies:
        span, text = spans[copy.span]
        view = citations[span.citation_id]
        agrees = view.match in (SpanMatch.EXACT, SpanMatch.NORMAL)
        found = None if span.start_point is None else text[span.start_point : span.end_point]
        yield CopyText(copy, view.text if agrees else None, found)
