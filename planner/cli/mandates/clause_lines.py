"""Lines about a clause that several commands print: its texts, its crosswalk rows and its findings."""

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from planner.base.language import later, tr, tr_later
from planner.base.visible_text import quoted_lines
from planner.domain.vocabulary import SpanMatch

if TYPE_CHECKING:
    from planner.queries.mandates.citations import CitationView
    from planner.queries.mandates.clause_views import ClauseView, CrosswalkView

_AGREES = {
    SpanMatch.EXACT: later("verbatim"),
    SpanMatch.NORMAL: later("verbatim from a re-saved copy"),
    SpanMatch.DIFFERS: later("DIFFERS from the cited text"),
}


def clause_lines(
    clause: "ClauseView", languages: Collection[str], shown: "set[CrosswalkView] | None" = None
) -> Iterator[str]:
    """Yield the restatement of a clause, its texts, its crosswalk rows and its findings.

    `languages` restricts the texts; if it is empty, all are shown. `shown` contains the crosswalk rows that were
    already printed. Such rows are printed again without their reason, and new rows are added to `shown`.
    """
    yield f"  {clause.reference}: {clause.restatement}"
    yield from text_lines(clause, languages)
    above = set() if shown is None else shown
    for row in clause.crosswalk:
        yield _crosswalk_line(row, clause.reference, with_reason=row not in above)
        above.add(row)
    if clause.findings:
        yield "  " + tr("Findings: {keys}", keys=", ".join(finding.key for finding in clause.findings))


def text_lines(clause: "ClauseView", languages: Collection[str]) -> Iterator[str]:
    """Yield the texts of a clause below each other, each after its language and printed number.

    Text is in logical order; the terminal arranges Arabic.
    """
    shown = [text for text in clause.texts if not languages or text.language in languages]
    for language in languages:
        if language not in {text.language for text in shown}:
            yield "  " + tr("This version has no text in '{language}'.", language=language)
    for text in shown:
        if text.citation.text is not None:
            yield from citation_lines(text.citation, text.number)
    unattached = [text for text in shown if text.citation.text is None]
    if unattached:
        numbers = ", ".join(f"{text.language} {text.number}" for text in unattached)
        yield "  " + tr(
            "No copy of the text is attached (clause number {numbers}). 'planner sources list' says where to get one.",
            numbers=numbers,
        )


def citation_lines(citation: "CitationView", number: str | None = None) -> Iterator[str]:
    """Yield the cited words if a copy is attached. Otherwise, yield lines that say where to get the text.

    `number` is the number that is printed in the text.
    """
    place = tr(
        "{document}, code points {start}–{end}", document=citation.document, start=citation.start, end=citation.end
    )
    if citation.text is None:
        if citation.address:
            yield "  " + tr(
                "Cited: {place}. The text is not attached; get it at {address}.", place=place, address=citation.address
            )
        else:
            yield "  " + tr("Cited: {place}. The text is not attached; get it from its publisher.", place=place)
        yield "  " + tr("Attach the text with: planner sources attach FILE")
        return
    agrees = tr_later(_AGREES.get(citation.match, "")) if citation.match else ""
    if number:
        yield "  " + tr(
            "{language}, printed number {number}, {agrees} ({place}):",
            language=citation.language,
            number=number,
            agrees=agrees,
            place=place,
        )
    else:
        yield f"  {citation.language}, {agrees} ({place}):"
    yield from quoted_lines(citation.text, "    ")


def _crosswalk_line(row: "CrosswalkView", here: str, *, with_reason: bool) -> str:
    other = (row.to_clause if row.from_clause == here else row.from_clause) or tr("no clause in the other version")
    arrow = "→" if row.from_clause == here else "←"
    end = f"  {arrow} {other} ({row.lineage.value}; {row.relation.value})"
    return f"{end}: {row.rationale}" if with_reason else tr("{row}: reason as above", row=end)
