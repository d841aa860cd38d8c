"""Citations: the cited span of a document, and its verbatim text if a copy of the document is attached."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from planner.base.views import value_class
from planner.domain.vocabulary import SpanMatch
from planner.register.instants import known_by
from planner.store.models import AttachedSpan, Attachment, Citation, Document


@value_class
class CitationView:
    """A cited span. `text` is verbatim from an attached copy, in the document's language, or None if there is no copy.

    `match` tells how well the copy agrees with the citation. Where the copy differs, `text` is the copy's own wording.
    """

    document: str
    language: str
    document_title: str
    address: str | None
    start: int
    end: int
    quoted_sha256: str
    match: SpanMatch | None
    text: str | None


def read_citations(
    session: Session, ids: Iterable[int | None], known_at: datetime | None = None
) -> dict[int, CitationView]:
    """Return the citations with these ids, by id. Of several copies attached by `known_at`, the best match is used."""
    wanted = {number for number in ids if number is not None}
    if not wanted:
        return {}
    rows = session.execute(
        select(Citation, Document).join(Document, Document.id == Citation.document_id).where(Citation.id.in_(wanted))
    )
    found = _attached(session, wanted, known_at)
    views = {}
    for citation, document in rows:
        match, text = found.get(citation.id, (None, None))
        views[citation.id] = CitationView(
            document=document.key,
            language=document.language,
            document_title=document.title,
            address=document.address,
            start=citation.start_point,
            end=citation.end_point,
            quoted_sha256=citation.quoted_sha256,
            match=match,
            text=text,
        )
    return views


# The best match first.
_RANK = {SpanMatch.EXACT: 0, SpanMatch.NORMAL: 1, SpanMatch.DIFFERS: 2, SpanMatch.MISSING: 3}


def _attached(session: Session, wanted: set[int], known_at: datetime | None) -> dict[int, tuple[SpanMatch, str | None]]:
    statement = (
        select(AttachedSpan, Attachment.text)
        .join(Attachment, Attachment.id == AttachedSpan.attachment_id)
        .where(AttachedSpan.citation_id.in_(wanted))
        .order_by(AttachedSpan.id.desc())
    )
    if known_at is not None:
        statement = statement.where(known_by(Attachment.recorded_at, known_at))
    best: dict[int, tuple[SpanMatch, str | None]] = {}
    for span, text in session.execute(statement):
        match = span.match
        quoted = text[span.start_point : span.end_point] if span.start_point is not None else None
        if span.citation_id not in best or _RANK[match] < _RANK[best[span.citation_id][0]]:
            best[span.citation_id] = (match, quoted)
    return best
