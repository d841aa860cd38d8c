"""Findings as table rows and in full, and a table with the number of open and accepted findings of each kind."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.content import Content

from planner.base.language import later, tr, tr_later
from planner.domain.symbols import FINDING_SIGNS, words
from planner.domain.vocabulary import FindingRank, FindingState
from tui.marks import COLOURS, HEADING, MUTED, STRONG, one_line
from tui.widgets.blocks import Block
from tui.widgets.mandates.clause import side_blocks
from tui.widgets.table import Column

if TYPE_CHECKING:
    from planner.queries.findings import FindingView, Kind
    from planner.queries.findings.ranking import AlikeFindings, Row
    from planner.queries.findings.summary import FindingCount
    from planner.register.plan_view import PlanView


@dataclass(frozen=True)
class KindRow:
    """A kind of finding with its counts. `kind` is None for all kinds together."""

    kind: "Kind | None"
    open: int
    accepted: int


def kind_rows(tallies: "tuple[FindingCount, ...]") -> list[KindRow]:
    """Return a row for all kinds together, and then a row for each kind."""
    whole = KindRow(None, sum(tally.open for tally in tallies), sum(tally.accepted for tally in tallies))
    return [whole, *(KindRow(tally.kind, tally.open, tally.accepted) for tally in tallies)]


def kind_label(kind: "Kind | None") -> str:
    """Return the label of a kind, or of all kinds together if it is None."""
    return tr("all kinds") if kind is None else kind.value.replace("-", " ")


def state_mark(state: FindingState) -> Content:
    """Return the state of a finding as a symbol and a word in its colour."""
    symbol, style = FINDING_SIGNS[state.value]
    return Content.styled(f"{symbol} {words(state.value)}", COLOURS[style])


def _open(row: KindRow) -> Content:
    return Content.styled(f"{row.open:,}", STRONG if row.open else MUTED)


# The style of each rank.
RANK_STYLES = {FindingRank.HIGH: STRONG, FindingRank.MIDDLE: "", FindingRank.LOW: MUTED}

KIND_COLUMNS: list[Column[KindRow]] = [
    Column(
        "kind",
        later("Kind"),
        lambda row, _: Content.styled(kind_label(row.kind), "" if row.kind else STRONG),
        24,
        comfort=24,
    ),
    Column("open", later("! Open"), lambda row, _: _open(row), 7, right=True),
    Column("accepted", later("✓ Accepted"), lambda row, _: Content.styled(f"{row.accepted:,}", MUTED), 10, right=True),
]


def _statement(row: "Row") -> str:
    """Return the statement of a finding. For a group of similar findings, return the meaning of their kind."""
    from planner.queries.findings.ranking import single
    from planner.queries.findings.summary import MEANINGS

    finding = single(row)
    return finding.statement if finding else tr_later(MEANINGS[row.kind])


FINDING_COLUMNS: "list[Column[Row]]" = [
    Column("state", later("State"), lambda finding, _: state_mark(finding.state), 10),
    Column(
        "subject", later("Subject"), lambda finding, _: Content.styled(one_line(finding.subject), STRONG), 22, narrow=18
    ),
    Column("rank", later("Rank"), lambda finding, _: Content.styled(finding.rank.value, RANK_STYLES[finding.rank]), 6),
    Column("statement", later("Finding"), lambda finding, _: Content(one_line(_statement(finding))), 20, comfort=20),
]


def finding_summary(finding: "FindingView") -> Content:
    """Return the kind and the subject of a finding, with its statement on the next line."""
    return Content.assemble(
        (f"{kind_label(finding.kind)} ", HEADING), (one_line(finding.subject), STRONG), f"\n{finding.statement}"
    )


def finding_in_full(plan: "PlanView", finding: "FindingView") -> Iterator[Block]:
    """Yield a finding in full: subject, state, kind, statement, decision, record, and cited texts."""
    from planner.queries.findings.in_words import decision_in_words
    from planner.queries.findings.summary import MEANINGS

    yield Block(Content.assemble((one_line(finding.subject), HEADING), "  ", state_mark(finding.state)))
    rank = tr("rank {rank}", rank=finding.rank.value)
    yield Block(Content.styled(f"{kind_label(finding.kind)}: {tr_later(MEANINGS[finding.kind])}; {rank}", MUTED))
    yield Block(Content(finding.statement), "-heading")
    decision = decision_in_words(plan, finding)
    if decision:
        yield Block(Content.styled(decision, "$text-success" if finding.acceptance else "$text-warning"), "-heading")
    if finding.title:
        about = tr("About {kind} {key}:", kind=finding.about.kind.value, key=finding.about.key)
        yield Block(Content.assemble((f"{about} ", MUTED), finding.title), "-heading")
    for side in finding.sides:
        yield from side_blocks(side)


def row_in_full(plan: "PlanView", row: "Row") -> Iterator[Block]:
    """Return the details of a finding, or of a group of similar findings."""
    from planner.queries.findings import FindingView

    return finding_in_full(plan, row) if isinstance(row, FindingView) else alike_in_full(row)


def alike_in_full(alike: "AlikeFindings") -> Iterator[Block]:
    """Yield the common meaning of a group of similar findings, and the subject of each finding."""
    from planner.queries.findings.summary import MEANINGS

    yield Block(Content.assemble((alike.subject, HEADING), "  ", state_mark(alike.state)))
    rank = tr("rank {rank}", rank=alike.rank.value)
    yield Block(Content.styled(f"{kind_label(alike.kind)}: {tr_later(MEANINGS[alike.kind])}; {rank}", MUTED))
    yield Block(Content(tr("Open this row to list the findings.")), "-heading")
    yield Block(Content(", ".join(one_line(finding.subject) for finding in alike.findings)), "-heading")
