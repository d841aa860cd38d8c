"""The texts of a clause on the page: its languages side by side, verbatim if a copy of the document is attached."""

from collections.abc import Iterator, Sequence
from html import escape

from planner.domain.vocabulary import SpanMatch
from planner.pages.clauses.reading import ShownClauses
from planner.pages.frame import as_text, quoted
from planner.queries.mandates.citations import CitationView
from planner.queries.mandates.clause_views import ClauseTextView, ClauseView

# The names of common languages. Other languages are named by their tag.
_NAMES = {"ar": "Arabic", "en": "English", "ko": "Korean", "zh": "Chinese"}

_AGREES = {
    SpanMatch.EXACT: "verbatim",
    SpanMatch.NORMAL: "verbatim from a re-saved copy",
    SpanMatch.DIFFERS: "the attached copy differs from what was cited",
    SpanMatch.MISSING: "the attached copy does not have what was cited",
}


def numbers(found: Sequence[ClauseTextView]) -> str:
    """Return the printed numbers of a clause, by language."""
    each = (f"{escape(text.language)} <bdi>{as_text(text.number)}</bdi>" for text in found)
    return " · ".join(each)


def texts(found: ShownClauses, clause: ClauseView) -> Iterator[str]:
    """Yield the texts of a clause, its languages side by side."""
    shown = found.texts(clause)
    available = {text.language for text in shown}
    for language in found.languages:
        if language not in available:
            yield f'<p class="caption">This version has no text in {_named(language)}.</p>'
    if shown:
        yield '<div class="texts">'
        for text in shown:
            yield from _text(text)
        yield "</div>"


def _text(text: ClauseTextView) -> Iterator[str]:
    yield '<div class="text">'
    yield f"<h4>{_named(text.language)}, printed <bdi>{as_text(text.number)}</bdi></h4>"
    if text.citation.text is not None:
        yield quoted(text.citation.language, text.citation.text)
    yield f'<p class="source">{_source(text.citation)}</p>'
    yield "</div>"


def _source(citation: CitationView) -> str:
    """Say how well the attached copy matches the cited text, or where the text can be obtained if there is no copy."""
    place = f"<bdi>{as_text(citation.document)}</bdi>, code points {citation.start}–{citation.end}"
    agrees = _AGREES.get(citation.match) if citation.match else None
    if agrees and citation.text is not None:
        return f"{agrees[:1].upper()}{agrees[1:]}: {place}"
    why = f"{agrees}; " if agrees else ""
    address = f"<bdi>{as_text(citation.address)}</bdi>" if citation.address else "its publisher"
    return f"Not attached: {why}the text can be had at {address} ({place}). What stands above is a restatement."


def _named(language: str) -> str:
    return _NAMES.get(language) or escape(language)
