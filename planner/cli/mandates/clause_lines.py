"""What several commands say of a clause: its texts in their languages, what became of it, what the texts raise."""

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from planner.base.visible_text import quoted_lines
from planner.domain.vocabulary import SpanMatch

if TYPE_CHECKING:
    from planner.queries.mandates.citations import CitationView
    from planner.queries.mandates.clause_views import ClauseView, CrosswalkView

_AGREES = {
    SpanMatch.EXACT: "verbatim",
    SpanMatch.NORMAL: "verbatim from a re-saved copy",
    SpanMatch.DIFFERS: "DIFFERS from what was cited",
}


def clause_lines(
    clause: "ClauseView", languages: Collection[str], shown: "set[CrosswalkView] | None" = None
) -> Iterator[str]:
    """A clause restated, its texts in some languages (none named: in all), its crosswalk rows and its findings.

    The reason of a row in `shown` is left out, as it stands above; rows are added to it.
    """
    yield f"  {clause.reference}: {clause.restatement}"
    yield from text_lines(clause, languages)
    above = set() if shown is None else shown
    for row in clause.crosswalk:
        yield _crosswalk_line(row, clause.reference, with_reason=row not in above)
        above.add(row)
    if clause.findings:
        yield "  Findings: " + ", ".join(finding.key for finding in clause.findings)


def text_lines(clause: "ClauseView", languages: Collection[str]) -> Iterator[str]:
    """The texts one under the other, each with language and printed number before it; the terminal orders Arabic."""
    shown = [text for text in clause.texts if not languages or text.language in languages]
    for language in languages:
        if language not in {text.language for text in shown}:
            yield f"  This version has no text in '{language}'."
    for text in shown:
        if text.citation.text is not None:
            yield from citation_lines(text.citation, text.number)
    unattached = [text for text in shown if text.citation.text is None]
    if unattached:
        numbers = ", ".join(f"{text.language} {text.number}" for text in unattached)
        yield f"  Printed as {numbers}; not attached: planner sources list says where the texts can be had."


def citation_lines(citation: "CitationView", number: str | None = None) -> Iterator[str]:
    """What is cited, verbatim where a copy is attached, under the number printed there; else where it can be had."""
    place = f"{citation.document}, code points {citation.start}–{citation.end}"
    if citation.text is None:
        yield f"  Cited: {place}. Not attached; the text can be had at {citation.address or 'its publisher'}."
        yield "  Attach it with: planner sources attach FILE"
        return
    agrees = _AGREES.get(citation.match, "") if citation.match else ""
    printed = f"printed number {number}, " if number else ""
    yield f"  {citation.language}, {printed}{agrees} ({place}):"
    yield from quoted_lines(citation.text, "    ")


def _crosswalk_line(row: "CrosswalkView", here: str, *, with_reason: bool) -> str:
    other = row.to_clause if row.from_clause == here else row.from_clause
    arrow = "→" if row.from_clause == here else "←"
    kind = f"{row.lineage.value}; {row.relation.value}"
    reason = f": {row.rationale}" if with_reason else ", as explained above"
    return f"  {arrow} {other or 'nothing in the other version'} ({kind}){reason}"
