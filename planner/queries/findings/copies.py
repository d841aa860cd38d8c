"""Findings about attached copies that lack a cited passage or differ from the citation."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from sqlalchemy import select

from planner.base.language import tr
from planner.domain.vocabulary import ComputedFinding, FindingSubject, SpanMatch
from planner.queries.findings.known_register import KnownRegister, about_measure
from planner.queries.findings.views import About, FindingView, SideView, computed
from planner.queries.links.copies import differing_spans
from planner.queries.mandates.citations import CitationView
from planner.store.models import AttachedSpan, Attachment, ClauseExpression

# The number of digits of a digest that identify a copy.
_DIGITS = 12


class _Span(NamedTuple):
    """A citation that a copy does not match. `text` is the copy's own wording, or None if the passage is missing."""

    citation_id: int
    match: SpanMatch
    text: str | None
    file_name: str
    sha256: str


def copies_that_differ(register: KnownRegister) -> Iterator[FindingView]:
    """Yield a finding for each copy and citation where the copy lacks the cited passage or has a different text."""
    spans = _spans(register)
    best = register.citations([span.citation_id for span in spans])
    cited = _Cited.read(register)
    for span in spans:
        yield _finding(span, best[span.citation_id], cited)


def _spans(register: KnownRegister) -> list[_Span]:
    copies = select(AttachedSpan, Attachment).join(Attachment, Attachment.id == AttachedSpan.attachment_id)
    statement = differing_spans(copies, register.point.known_at).order_by(Attachment.id, AttachedSpan.citation_id)
    return [
        _Span(span.citation_id, span.match, _text(span, copy), copy.file_name, copy.sha256)
        for span, copy in register.session.execute(statement)
    ]


def _text(span: AttachedSpan, copy: Attachment) -> str | None:
    return None if span.start_point is None else copy.text[span.start_point : span.end_point]


@dataclass(frozen=True)
class _Cited:
    """The clauses, measures and themes that have a citation, by citation id."""

    clauses: dict[int, About]
    measures: dict[int, About]
    themes: dict[int, About]

    @classmethod
    def read(cls, register: KnownRegister) -> "_Cited":
        measures = {row.citation_id: about_measure(row) for row in register.measures.values() if row.citation_id}
        themes = {
            row.citation_id: About(FindingSubject.THEME, str(row.number), row.title)
            for row in register.themes.values()
            if row.citation_id and row.plan_id == register.plan.id
        }
        clauses = {
            row.citation_id: register.about_clause(register.clauses[row.clause_id])
            for row in register.known_rows(ClauseExpression)
            if row.clause_id in register.clauses
        }
        return cls(clauses, measures, themes)

    def about(self, citation_id: int) -> About | None:
        """Return the clause, measure or theme that the citation supports, or None if it supports something else."""
        return next(
            (cited[citation_id] for cited in (self.clauses, self.measures, self.themes) if citation_id in cited), None
        )


def _finding(span: _Span, best: CitationView, cited: _Cited) -> FindingView:
    about = cited.about(span.citation_id)
    place = about.key if about else f"{best.start}-{best.end}"
    how = "differs from" if span.match is SpanMatch.DIFFERS else "lacks"
    other = " Another attached copy has it." if best.match in (SpanMatch.EXACT, SpanMatch.NORMAL) else ""
    theme = int(about.key) if about and about.kind is FindingSubject.THEME else None
    return computed(
        ComputedFinding.COPY_DIFFERS,
        f"{place} in {best.document} copy {span.sha256[:_DIGITS]}",
        f"The copy '{span.file_name}' of {best.document} ({best.language}) {how} the text cited for"
        f" {_named(place, about)}.{other}",
        about or About(FindingSubject.DOCUMENT, best.document, best.document_title),
        (
            SideView(
                label=tr("The attached copy"),
                lacks=span.match is SpanMatch.MISSING,
                document=best.document,
                clause=about.key if about and about.kind is FindingSubject.CLAUSE else None,
                theme=theme,
                measure=about.key if about and about.kind is FindingSubject.MEASURE else None,
                citation=replace(best, match=span.match, text=span.text),
            ),
        ),
        covers=(span.sha256, best.quoted_sha256, span.match.value, span.text or ""),
    )


def _named(place: str, about: About | None) -> str:
    """Return a name for the passage: the clause, measure or theme that it supports, or its character positions."""
    if about is None:
        return f"characters {place}"
    return f"theme {place}" if about.kind is FindingSubject.THEME else place
