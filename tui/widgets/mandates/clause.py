"""What became of a clause between the versions of a mandate, and what is to be said of it."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from textual.content import Content

from planner.domain.symbols import words
from planner.domain.vocabulary import SpanMatch
from tui.marks import MUTED, STRONG, TROUBLE, right_to_left
from tui.widgets.blocks import Block

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.queries.findings import FindingView, SideView
    from planner.queries.mandates.clause_views import ClauseView
    from planner.queries.mandates.matrix import MatrixRow


def crosswalk_blocks(clause: "ClauseView | None") -> Iterator[Block]:
    """Each row of the crosswalk that the clause is an end of, seen from the clause; a measure has none."""
    if clause is None:
        yield Block(Content.styled("A measure has no crosswalk.", MUTED))
        return
    for row in clause.crosswalk:
        here = row.from_clause == clause.reference
        other = (row.to_clause if here else row.from_clause) or "nothing in the other version"
        yield Block(
            Content.assemble(
                (f"{'→' if here else '←'} {other}", STRONG), f"  {row.lineage.value}, ", f"{row.relation.value}"
            ),
            "-heading" if row is not clause.crosswalk[0] else "",
        )
        yield Block(Content(row.rationale), "-detail")
    if not clause.crosswalk:
        yield Block(Content.styled("! The crosswalk has no row for this clause.", TROUBLE))


def finding_blocks(row: "MatrixRow", findings: "Sequence[FindingView]") -> Iterator[Block]:
    """Each finding with its sides; of a measure that no clause covers, the reason on record."""
    reason = getattr(row.about, "reason", None)
    if reason is not None:
        yield Block(Content.assemble(("! measure without clause: ", TROUBLE), reason))
    for finding in findings:
        kind = words(finding.kind.value.replace("-", " "))
        if finding.acceptance:
            label = (f"✓ {kind}, accepted until {finding.acceptance.until}: ", "$text-success")
        else:
            label = (f"! {kind}: ", "$text-warning")
        yield Block(Content.assemble(label, finding.statement))
        for side in finding.sides:
            yield from side_blocks(side)
    if reason is None and not findings:
        yield Block(Content.styled("Nothing was found about this clause.", MUTED))


def side_blocks(side: "SideView") -> Iterator[Block]:
    """Where the finding shows, or what lacks it; in the text's own words where a copy is attached."""
    place = ", ".join(part for part in (side.clause, side.document) if part)
    lacks = " lacks it" if side.lacks else ""
    yield Block(Content.assemble((f"{side.label}{lacks}", STRONG), (f"  {place}", MUTED)), "-detail")
    cited = side.citation
    if cited is not None and cited.text is not None:
        if cited.match is SpanMatch.DIFFERS:
            yield Block(Content.styled("The attached copy differs from what was cited:", TROUBLE), "-detail")
        yield Block(Content(cited.text), "-right-to-left" if right_to_left(cited.text) else "-verbatim")
