"""The rank and order of findings, and the kinds whose findings are shown in one row."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from planner.base.language import tr
from planner.domain.vocabulary import FINDING_KINDS, ComputedFinding, FindingRank, FindingState
from planner.queries.findings.views import FindingView, Kind

# The rank of each computed kind of finding. Text findings have a rank of their own.
# docs/decisions/0028: a rank is advice on what to read first.
RANKS: Mapping[Kind, FindingRank] = {
    ComputedFinding.MEASURE_WITHOUT_CLAUSE: FindingRank.HIGH,
    ComputedFinding.ITEM_WITHOUT_CLAUSE: FindingRank.MIDDLE,
    ComputedFinding.CLAUSE_WITHOUT_MEASURE: FindingRank.HIGH,
    ComputedFinding.MEASURE_WITHOUT_ITEMS: FindingRank.HIGH,
    ComputedFinding.LINK_SUSPECT: FindingRank.HIGH,
    ComputedFinding.LINK_UNREVIEWED: FindingRank.LOW,
    ComputedFinding.WITHDRAWN_DUTY_RELIED_ON: FindingRank.HIGH,
    ComputedFinding.NEW_DUTY_RELIED_ON: FindingRank.MIDDLE,
    ComputedFinding.CLAUSE_WITHOUT_CROSSWALK: FindingRank.MIDDLE,
    ComputedFinding.COPY_DIFFERS: FindingRank.HIGH,
    ComputedFinding.DRAFT_UNREVIEWED: FindingRank.MIDDLE,
    ComputedFinding.TOTAL_DIFFERS: FindingRank.HIGH,
    ComputedFinding.FACTS_WORKING: FindingRank.LOW,
    ComputedFinding.CONFIDENCE_CONTRADICTED: FindingRank.HIGH,
}

# The kinds whose findings often have the same statement about different subjects. An item without a clause repeats the
# finding about its measure.
ALIKE: frozenset[Kind] = frozenset(
    {ComputedFinding.ITEM_WITHOUT_CLAUSE, ComputedFinding.LINK_UNREVIEWED, ComputedFinding.FACTS_WORKING}
)

_RANK_ORDER = {rank: place for place, rank in enumerate(FindingRank)}
_KIND_ORDER = {kind: place for place, kind in enumerate(FINDING_KINDS.values())}


@dataclass(frozen=True, slots=True)
class AlikeFindings:
    """All findings of one kind with the same statement, shown as one row."""

    findings: tuple[FindingView, ...]

    @property
    def kind(self) -> Kind:
        """The kind of the findings."""
        return self.findings[0].kind

    @property
    def rank(self) -> FindingRank:
        """The rank of the findings."""
        return self.findings[0].rank

    @property
    def state(self) -> FindingState:
        """OPEN if at least one finding is open, else ACCEPTED."""
        return FindingState.OPEN if self.open else FindingState.ACCEPTED

    @property
    def open(self) -> int:
        """The number of open findings."""
        return sum(finding.state is FindingState.OPEN for finding in self.findings)

    @property
    def subject(self) -> str:
        """The number of findings, and the number of accepted ones, as text."""
        total, accepted = len(self.findings), len(self.findings) - self.open
        if accepted:
            return tr("{total:,} findings, {accepted:,} accepted", total=total, accepted=accepted)
        return tr("{total:,} findings", total=total)


Row = FindingView | AlikeFindings


def ranked(findings: Iterable[FindingView]) -> list[FindingView]:
    """Return findings in the usual order: by rank, then by kind, and the open ones of a kind first."""
    return sorted(findings, key=_sort_key)


def in_rows(findings: Iterable[FindingView]) -> Iterator[Row]:
    """Yield the rows of a list of findings. Several findings of one kind with the same statement become one row."""
    for kind, group in groupby(findings, key=lambda finding: finding.kind):
        same_kind = tuple(group)
        if kind in ALIKE and len(same_kind) > 1:
            yield AlikeFindings(same_kind)
        else:
            yield from same_kind


def single(row: Row | None) -> FindingView | None:
    """Return the finding of a row. None if the row has several findings, or if there is no row."""
    return row if isinstance(row, FindingView) else None


def _sort_key(finding: FindingView) -> tuple[int, int, bool]:
    return _RANK_ORDER[finding.rank], _KIND_ORDER[finding.kind], finding.state is FindingState.ACCEPTED
