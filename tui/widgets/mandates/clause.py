"""The crosswalk of a clause between the versions of a mandate, and the findings about it."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from textual.content import Content

from planner.base.language import tr
from planner.base.visible_text import right_to_left
from planner.domain.symbols import words
from planner.domain.vocabulary import SpanMatch
from tui.marks import MUTED, STRONG, TROUBLE
from tui.widgets.blocks import Block

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.queries.findings import FindingView, SideView
    from planner.queries.mandates.clause_views import ClauseView
    from planner.queries.mandates.matrix import MatrixRow


def crosswalk_blocks(clause: "ClauseView | None") -> Iterator[Block]:
    """Yield each row of the crosswalk that has the clause at one end, or a note if there is no clause or no row."""
    if clause is None:
        yield Block(Content.styled(tr("A measure has no crosswalk."), MUTED))
        return
    for row in clause.crosswalk:
        here = row.from_clause == clause.reference
        other = (row.to_clause if here else row.from_clause) or tr("no clause in the other version")
        yield Block(
            Content.assemble(
                (f"{'→' if here else '←'} {other}", STRONG), f"  {row.lineage.value}, ", f"{row.relation.value}"
            ),
            "-heading" if row is not clause.crosswalk[0] else "",
        )
        yield Block(Content(row.rationale), "-detail")
    if not clause.crosswalk:
        yield Block(Content.styled(f"! {tr('The crosswalk has no row for this clause.')}", TROUBLE))


def finding_blocks(row: "MatrixRow", findings: "Sequence[FindingView]") -> Iterator[Block]:
    """Yield the findings about a clause with their cited texts.

    For a measure without a clause, yield why it has none.
    """
    reason = getattr(row.about, "reason", None)
    if reason is not None:
        yield Block(Content.assemble((f"! {tr('measure that has no clause:')} ", TROUBLE), reason))
    for finding in findings:
        kind = words(finding.kind.value.replace("-", " "))
        if finding.acceptance:
            accepted = tr("{kind}, accepted until {day}:", kind=kind, day=finding.acceptance.until)
            label = (f"✓ {accepted} ", "$text-success")
        else:
            label = (f"! {kind}: ", "$text-warning")
        yield Block(Content.assemble(label, finding.statement))
        for side in finding.sides:
            yield from side_blocks(side)
    if reason is None and not findings:
        yield Block(Content.styled(tr("There are no findings about this clause."), MUTED))


def side_blocks(side: "SideView") -> Iterator[Block]:
    """Yield one of the places that a finding is about, and the cited text if a copy is attached."""
    place = ", ".join(part for part in (side.clause, side.document) if part)
    label = tr("{side} does not contain this passage", side=side.label) if side.lacks else side.label
    yield Block(Content.assemble((label, STRONG), (f"  {place}", MUTED)), "-detail")
    cited = side.citation
    if cited is not None and cited.text is not None:
        if cited.match is SpanMatch.DIFFERS:
            yield Block(Content.styled(tr("The attached copy differs from the citation:"), TROUBLE), "-detail")
        yield Block(Content(cited.text), "-right-to-left" if right_to_left(cited.text) else "-verbatim")
