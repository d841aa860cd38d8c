"""Findings: their kinds with how many are open, as lines of a table, and one in full."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.content import Content

from planner.domain.symbols import FINDING_SIGNS, words
from planner.domain.vocabulary import FindingRank, FindingState
from tui.marks import COLOURS, HEADING, MUTED, STRONG, one_line
from tui.widgets.blocks import Block
from tui.widgets.mandates.clause import side_blocks
from tui.widgets.table import Column

if TYPE_CHECKING:
    from planner.queries.findings import FindingView, Kind
    from planner.queries.findings.ranking import AlikeFindings, Row
    from planner.queries.findings.summary import Tally
    from planner.queries.plans import PlanView


@dataclass(frozen=True)
class KindRow:
    """A kind of finding with its counts; `kind` is None for all of them together."""

    kind: "Kind | None"
    open: int
    accepted: int


def kind_rows(tallies: "tuple[Tally, ...]") -> list[KindRow]:
    """All of them, then each kind that there is."""
    whole = KindRow(None, sum(tally.open for tally in tallies), sum(tally.accepted for tally in tallies))
    return [whole, *(KindRow(tally.kind, tally.open, tally.accepted) for tally in tallies)]


def kind_label(kind: "Kind | None") -> str:
    """A kind as people read it."""
    return "all kinds" if kind is None else kind.value.replace("-", " ")


def state_mark(state: FindingState) -> Content:
    """Open or accepted, as symbol, word and colour."""
    symbol, style = FINDING_SIGNS[state.value]
    return Content.styled(f"{symbol} {words(state.value)}", COLOURS[style])


def _open(row: KindRow) -> Content:
    return Content.styled(f"{row.open:,}", STRONG if row.open else MUTED)


# How the word of a rank is drawn.
RANK_STYLES = {FindingRank.HIGH: STRONG, FindingRank.MIDDLE: "", FindingRank.LOW: MUTED}

KIND_COLUMNS: list[Column[KindRow]] = [
    Column(
        "kind", "Kind", lambda row, _: Content.styled(kind_label(row.kind), "" if row.kind else STRONG), 24, comfort=24
    ),
    Column("open", "! Open", lambda row, _: _open(row), 7, right=True),
    Column("accepted", "✓ Accepted", lambda row, _: Content.styled(f"{row.accepted:,}", MUTED), 10, right=True),
]


def _told(row: "Row") -> str:
    """What a finding says; of findings that are all alike, what their kind says."""
    from planner.queries.findings.ranking import single
    from planner.queries.findings.summary import MEANINGS

    finding = single(row)
    return finding.statement if finding else MEANINGS[row.kind]


FINDING_COLUMNS: "list[Column[Row]]" = [
    Column("state", "State", lambda finding, _: state_mark(finding.state), 10),
    Column("subject", "Subject", lambda finding, _: Content.styled(one_line(finding.subject), STRONG), 22, narrow=18),
    Column("rank", "Rank", lambda finding, _: Content.styled(finding.rank.value, RANK_STYLES[finding.rank]), 6),
    Column("statement", "What", lambda finding, _: Content(one_line(_told(finding))), 20, comfort=20),
]


def finding_summary(finding: "FindingView") -> Content:
    """What it says, under its kind and subject."""
    return Content.assemble(
        (f"{kind_label(finding.kind)} ", HEADING), (one_line(finding.subject), STRONG), f"\n{finding.statement}"
    )


def finding_in_full(plan: "PlanView", finding: "FindingView") -> Iterator[Block]:
    """What it is, what was decided about it, what it is about, and its sides, in their own words where attached."""
    from planner.queries.findings.in_words import decision_in_words
    from planner.queries.findings.summary import MEANINGS

    yield Block(Content.assemble((one_line(finding.subject), HEADING), "  ", state_mark(finding.state)))
    rank = f"rank {finding.rank.value}"
    yield Block(Content.styled(f"{kind_label(finding.kind)}: {MEANINGS[finding.kind]}; {rank}", MUTED))
    yield Block(Content(finding.statement), "-heading")
    decision = decision_in_words(plan, finding)
    if decision:
        yield Block(Content.styled(decision, "$text-success" if finding.acceptance else "$text-warning"), "-heading")
    if finding.title:
        yield Block(
            Content.assemble((f"About {finding.about.kind.value} {finding.about.key}: ", MUTED), finding.title),
            "-heading",
        )
    for side in finding.sides:
        yield from side_blocks(side)


def row_in_full(plan: "PlanView", row: "Row") -> Iterator[Block]:
    """All about a finding, or about findings that are alike."""
    from planner.queries.findings import FindingView

    return finding_in_full(plan, row) if isinstance(row, FindingView) else alike_in_full(row)


def alike_in_full(alike: "AlikeFindings") -> Iterator[Block]:
    """What findings that are all alike say, and what they are about."""
    from planner.queries.findings.summary import MEANINGS

    yield Block(Content.assemble((alike.subject, HEADING), "  ", state_mark(alike.state)))
    yield Block(Content.styled(f"{kind_label(alike.kind)}: {MEANINGS[alike.kind]}; rank {alike.rank.value}", MUTED))
    yield Block(Content("Opening this row lists them."), "-heading")
    yield Block(Content(", ".join(one_line(finding.subject) for finding in alike.findings)), "-heading")
