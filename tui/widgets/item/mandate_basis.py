"""The mandate of an item: its measure and the linked clauses, each with its restatement and the cited text."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from textual.content import Content

from planner.base.language import later, tr, tr_later
from planner.base.visible_text import right_to_left
from planner.domain.no_mandate import no_mandate_yet
from planner.domain.symbols import words
from planner.domain.vocabulary import LinkState, SpanMatch
from tui.marks import HEADING, MUTED, STRONG, TROUBLE, mark, one_line
from tui.widgets.blocks import Block

if TYPE_CHECKING:
    from planner.queries.mandates.citations import CitationView
    from planner.queries.mandates.clause_views import ClauseTextView, ClauseView, TextFindingView
    from planner.queries.mandates.trace import ItemTrace, LinkView, MandateTrace, MeasureView

_LANGUAGES = {"ar": later("Arabic"), "en": later("English"), "ko": later("Korean"), "zh": later("Chinese")}

_MATCHES = {
    SpanMatch.EXACT: later("verified"),
    SpanMatch.NORMAL: later("verified except for white space"),
    SpanMatch.DIFFERS: later("differs from the citation; the attached copy says"),
    SpanMatch.MISSING: later("not found in the attached copy"),
}


def mandate_blocks(trace: "ItemTrace", waiting: str | None) -> Iterator[Block]:
    """Yield the measure, each version of the mandate with its clauses, and the findings on the measure.

    `waiting` is the key of an open proposal of the first mandate version of a plan that has none.
    """
    if trace.measure is not None:
        yield from _measure(trace.measure)
    if not trace.mandates:
        yield Block(Content.styled(no_mandate_yet(waiting), MUTED), "-heading")
    for mandate in trace.mandates:
        yield from _mandate(mandate)
    yield from _findings(trace.findings)


def _measure(measure: "MeasureView") -> Iterator[Block]:
    yield Block(
        Content.assemble(
            (tr("Measure {code} {title}", code=measure.code, title=one_line(measure.title)), HEADING),
            (f"  {measure.basis.value}", MUTED),
        )
    )
    yield Block(Content(measure.restatement))
    if measure.citation is not None:
        yield from _cited(measure.citation, "")


def _mandate(mandate: "MandateTrace") -> Iterator[Block]:
    force = tr("in force for the plan") if mandate.in_force else tr("another version")
    name = tr("Mandate {key}", key=mandate.mandate)
    yield Block(Content.assemble((name, HEADING), (f"  {one_line(mandate.title)}; {force}", MUTED)), "-heading")
    for link in mandate.links:
        yield from _link(link)
    for name in mandate.suggested:
        yield Block(Content.assemble((name, STRONG), "  ", mark(LinkState.SUGGESTED)), "-heading")
    if mandate.without:
        yield Block(Content.assemble((f"! {tr('No clause of this version is linked:')} ", TROUBLE), mandate.without))


def _link(link: "LinkView") -> Iterator[Block]:
    yield Block(
        Content.assemble(
            (link.clause.key, STRONG),
            "  ",
            mark(link.state),
            (f"  {words(link.type.value)}, {tr('coverage {word}', word=link.coverage.value)}: ", MUTED),
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
        ends = f"{row.from_clause or tr('no clause')} → {row.to_clause or tr('no clause')}"
        yield Block(
            Content.assemble((ends, STRONG), (f"  {row.lineage.value}, {row.relation.value}: ", MUTED), row.rationale),
            "-detail",
        )
    yield from _findings(clause.findings)


def text_blocks(text: "ClauseTextView") -> Iterator[Block]:
    """Yield the text of a clause in one language."""
    yield from _cited(text.citation, f"{language_name(text.language)} {text.number}  ")


def language_name(code: str) -> str:
    """Return the name of a language, or its code if it has no name here."""
    return tr_later(_LANGUAGES[code]) if code in _LANGUAGES else code


def citation_state(citation: "CitationView") -> str:
    """Return the place of a citation, with a note: whether the attached copy has the text, or how to attach a copy."""
    place = f"{citation.document}, {citation.start}–{citation.end}"
    if citation.match is not None:
        return f"{place}: {tr_later(_MATCHES[citation.match])}"
    if citation.address:
        return tr(
            "{place}: not attached. Get it from {address}, then run: planner sources attach FILE",
            place=place,
            address=citation.address,
        )
    return tr("{place}: not attached. Get a copy, then run: planner sources attach FILE", place=place)


def _cited(citation: "CitationView", label: str) -> Iterator[Block]:
    """Yield the state of a citation, and the cited text if a copy is attached."""
    yield Block(Content.assemble(label, (citation_state(citation), MUTED)), "-detail")
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
