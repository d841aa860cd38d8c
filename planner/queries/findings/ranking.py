"""Which findings matter first, in which order they are listed, and which kinds are shown as one row."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from planner.queries.findings.views import FindingView, Kind
from planner.vocabulary import FINDING_KINDS, ComputedFinding, FindingRank, FindingState

# How much the findings of a computed kind matter. A finding of the texts has a rank of its own.
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

# The kinds whose findings all say the same, each of another thing. An item without a clause says what the finding about
# its measure says.
ALIKE: frozenset[Kind] = frozenset(
    {ComputedFinding.ITEM_WITHOUT_CLAUSE, ComputedFinding.LINK_UNREVIEWED, ComputedFinding.FACTS_WORKING}
)

_RANK_PLACES = {rank: place for place, rank in enumerate(FindingRank)}
_KIND_PLACES = {kind: place for place, kind in enumerate(FINDING_KINDS.values())}


@dataclass(frozen=True, slots=True)
class AlikeFindings:
    """The findings of a kind that all say the same, as one row."""

    findings: tuple[FindingView, ...]

    @property
    def kind(self) -> Kind:
        """The kind of them all."""
        return self.findings[0].kind

    @property
    def rank(self) -> FindingRank:
        """The rank of them all."""
        return self.findings[0].rank

    @property
    def state(self) -> FindingState:
        """Open while one of them is open."""
        return FindingState.OPEN if self.open else FindingState.ACCEPTED

    @property
    def open(self) -> int:
        """How many of them are open."""
        return sum(finding.state is FindingState.OPEN for finding in self.findings)

    @property
    def subject(self) -> str:
        """How many they are, and how many of them are accepted."""
        accepted = len(self.findings) - self.open
        return f"{len(self.findings):,} alike{f', {accepted:,} accepted' if accepted else ''}"


Row = FindingView | AlikeFindings


def listed(findings: Iterable[FindingView]) -> list[FindingView]:
    """Findings in the order in which they are listed everywhere: by rank, by kind, the open ones of a kind first."""
    return sorted(findings, key=_place)


def in_rows(findings: Iterable[FindingView]) -> Iterator[Row]:
    """Listed findings as rows; the findings of a kind that are all alike are one row."""
    for kind, group in groupby(findings, key=lambda finding: finding.kind):
        of_kind = tuple(group)
        if kind in ALIKE and len(of_kind) > 1:
            yield AlikeFindings(of_kind)
        else:
            yield from of_kind


def single(row: Row | None) -> FindingView | None:
    """The finding that a row is; None where the row stands for several, or there is no row."""
    return row if isinstance(row, FindingView) else None


def _place(finding: FindingView) -> tuple[int, int, bool]:
    return _RANK_PLACES[finding.rank], _KIND_PLACES[finding.kind], finding.state is FindingState.ACCEPTED
