"""What an item stands on: the measure, and the clauses of every mandate version, restated and in their own words."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from textual.content import Content

from planner.domain.symbols import words
from planner.domain.vocabulary import NO_MANDATE_MESSAGE, SpanMatch
from tui.marks import HEADING, MUTED, STRONG, TROUBLE, mark, one_line, right_to_left
from tui.widgets.blocks import Block

if TYPE_CHECKING:
    from planner.queries.mandates.citations import CitationView
    from planner.queries.mandates.clause_views import ClauseTextView, ClauseView, TextFindingView
    from planner.queries.mandates.trace import ItemTrace, LinkView, MandateTrace, MeasureView

LANGUAGES = {"ar": "Arabic", "en": "English", "ko": "Korean", "zh": "Chinese"}

MATCHES = {
    SpanMatch.EXACT: "verified",
    SpanMatch.NORMAL: "verified but for white space",
    SpanMatch.DIFFERS: "differs from what was cited; the copy says",
    SpanMatch.MISSING: "not found in the attached copy",
}


def mandate_blocks(trace: "ItemTrace") -> Iterator[Block]:
    """The measure, then each version of the mandate with its clauses, then the findings on the measure."""
    yield from _measure(trace.measure)
    if not trace.mandates:
        yield Block(Content.styled(NO_MANDATE_MESSAGE, MUTED), "-heading")
    for mandate in trace.mandates:
        yield from _mandate(mandate)
    yield from _findings(trace.findings)


def _measure(measure: "MeasureView") -> Iterator[Block]:
    yield Block(
        Content.assemble(
            (f"Measure {measure.code} {one_line(measure.title)}", HEADING), (f"  {measure.basis.value}", MUTED)
        )
    )
    yield Block(Content(measure.restatement))
    if measure.citation is not None:
        yield from _cited(measure.citation, "")


def _mandate(mandate: "MandateTrace") -> Iterator[Block]:
    force = "in force for the plan" if mandate.in_force else "another version"
    yield Block(
        Content.assemble((f"Mandate {mandate.mandate}", HEADING), (f"  {one_line(mandate.title)}; {force}", MUTED)),
        "-heading",
    )
    for link in mandate.links:
        yield from _link(link)
    if mandate.without:
        yield Block(Content.assemble(("! no clause of this version: ", TROUBLE), mandate.without))


def _link(link: "LinkView") -> Iterator[Block]:
    yield Block(
        Content.assemble(
            (link.clause.key, STRONG),
            "  ",
            mark(link.state),
            (f"  {words(link.type.value)}, coverage {link.coverage.value}: ", MUTED),
            (link.rationale, MUTED),
        ),
        "-heading",
    )
    yield from (Block(Content.styled(f"≠ {why}", TROUBLE), "-detail") for why in link.suspect)
    yield from _clause(link.clause)


def _clause(clause: "ClauseView") -> Iterator[Block]:
    yield Block(Content(clause.restatement), "-detail")
    for text in clause.texts:
        yield from text_blocks(text)
    for row in clause.crosswalk:
        ends = f"{row.from_clause or 'nothing'} → {row.to_clause or 'nothing'}"
        yield Block(
            Content.assemble((ends, STRONG), (f"  {row.lineage.value}, {row.relation.value}: ", MUTED), row.rationale),
            "-detail",
        )
    yield from _findings(clause.findings)


def text_blocks(text: "ClauseTextView") -> Iterator[Block]:
    """A clause in one language."""
    language = LANGUAGES.get(text.language, text.language)
    yield from _cited(text.citation, f"{language} {text.number}  ")


def _cited(citation: "CitationView", label: str) -> Iterator[Block]:
    """Where it stands; its own words on lines of their own where a copy is attached, else where to have it."""
    place = f"{citation.document}, {citation.start}–{citation.end}"
    if citation.match is None:
        had = f", to be had at {citation.address}" if citation.address else ""
        attach = f"not attached{had}; then: planner sources attach FILE"
        yield Block(Content.assemble(label, (f"{place}: {attach}", MUTED)), "-detail")
        return
    yield Block(Content.assemble(label, (f"{place}: {MATCHES[citation.match]}", MUTED)), "-detail")
    if citation.text is not None:
        kind = "-right-to-left" if right_to_left(citation.text) else "-verbatim"
        yield Block(Content(citation.text), kind)


def _findings(findings: "tuple[TextFindingView, ...]") -> Iterator[Block]:
    for finding in findings:
        yield Block(
            Content.assemble(
                (f"! {words(finding.kind.value.replace('-', ' '))}: ", "$text-warning"), finding.statement
            ),
            "-detail",
        )
