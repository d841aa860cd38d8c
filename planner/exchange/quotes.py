"""Quotes from attached copies of documents. Each quote includes some text before and after it."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from planner.domain.vocabulary import SpanMatch
from planner.queries.id_in import id_in
from planner.queries.links.copies import spans_known
from planner.register.reading import Reading
from planner.store.models import AttachedSpan, Attachment

# The number of code points before and after a quote, enough to distinguish it from other places with the same words.
AROUND = 32


@dataclass(frozen=True)
class Quote:
    """The words of an attached copy at the passage that a citation refers to.

    `match` is `exact` if the words are exactly the cited ones, and `normal` if only their spacing differs.
    """

    match: SpanMatch
    exact: str
    prefix: str
    suffix: str


def read_quotes(reading: Reading, citations: Iterable[int]) -> dict[int, Quote]:
    """Return the quotes for citations, by id of the citation, from the copies that were attached at the instant.

    If several copies have the passage, the best match is used. A passage that differs in more than spacing is left out.
    """
    spans = (
        select(AttachedSpan)
        .join(Attachment, Attachment.id == AttachedSpan.attachment_id)
        .where(AttachedSpan.match.in_(_AGREEING), id_in(reading.session, AttachedSpan.citation_id, citations))
    )
    known = reading.session.execute(spans_known(spans, reading.known_at)).scalars()
    found = sorted(known, key=lambda span: (_AGREEING.index(span.match), -span.id))
    texts = _texts(reading.session, {span.attachment_id for span in found})
    quotes: dict[int, Quote] = {}
    for span in found:
        if span.citation_id not in quotes:
            quotes[span.citation_id] = _quote(span, texts[span.attachment_id])
    return quotes


# The best match first.
_AGREEING = (SpanMatch.EXACT.value, SpanMatch.NORMAL.value)


def _texts(session: Session, attachments: set[int]) -> dict[int, str]:
    rows = session.execute(select(Attachment.id, Attachment.text).where(Attachment.id.in_(attachments)))
    return {number: text for number, text in rows}  # noqa: C416  (rows are not pairs to the type checker)


def _quote(span: AttachedSpan, text: str) -> Quote:
    start, end = span.start_point or 0, span.end_point or 0
    return Quote(span.match, text[start:end], text[max(0, start - AROUND) : start], text[end : end + AROUND])
