"""The order and the groups of findings, and the kinds of findings that can share one row."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from planner.base.language import tr
from planner.domain.vocabulary import FINDING_KINDS, ComputedFinding, FindingKind, FindingRank, FindingState
from planner.queries.findings.views import FindingView, Kind, SideView

# The kinds whose findings often have the same statement about different subjects. An item without a clause repeats the
# finding about its measure.
ALIKE: frozenset[Kind] = frozenset(
    {ComputedFinding.ITEM_WITHOUT_CLAUSE, ComputedFinding.LINK_UNREVIEWED, ComputedFinding.FACTS_WORKING}
)

# The kinds of computed findings that have sides. All text findings can have them.
_WITH_SIDES: frozenset[Kind] = frozenset(
    {
        *FindingKind,
        ComputedFinding.MEASURE_WITHOUT_CLAUSE,
        ComputedFinding.MEASURE_WITHOUT_ITEMS,
        ComputedFinding.COPY_DIFFERS,
        ComputedFinding.TOTAL_DIFFERS,
    }
)

_RANK_ORDER = {rank: place for place, rank in enumerate(FindingRank)}
_KIND_ORDER = {kind: place for place, kind in enumerate(FINDING_KINDS.values())}


@dataclass(frozen=True, slots=True)
class FindingGroup:
    """The findings of one kind and rank: the open ones, and then the accepted ones."""

    kind: Kind
    rank: FindingRank
    open: Sequence[FindingView]
    accepted: Sequence[FindingView] = ()

    def __len__(self) -> int:
        return len(self.open) + len(self.accepted)

    def __iter__(self) -> Iterator[FindingView]:
        return chain(self.open, self.accepted)

    @property
    def sides(self) -> Iterator[SideView]:
        """The sides of all findings of the group."""
        return (side for view in self for side in view.sides) if self.kind in _WITH_SIDES else iter(())

    def first(self, number: int) -> "FindingGroup":
        """Return a copy of the group with only the first `number` findings."""
        return replace(self, open=self.open[:number], accepted=self.accepted[: max(0, number - len(self.open))])

    def of(self, state: FindingState) -> "FindingGroup":
        """Return a copy of the group with only the open findings, or only the accepted ones."""
        return replace(self, accepted=()) if state is FindingState.OPEN else replace(self, open=())


@dataclass(frozen=True, slots=True)
class AlikeFindings:
    """All findings of a group of a kind in `ALIKE`, shown as one row."""

    findings: FindingGroup

    @property
    def kind(self) -> Kind:
        """The kind of the findings."""
        return self.findings.kind

    @property
    def rank(self) -> FindingRank:
        """The rank of the findings."""
        return self.findings.rank

    @property
    def state(self) -> FindingState:
        """OPEN if at least one finding is open, else ACCEPTED."""
        return FindingState.OPEN if self.findings.open else FindingState.ACCEPTED

    @property
    def subject(self) -> str:
        """The number of findings, and the number of accepted ones, as text."""
        total, accepted = len(self.findings), len(self.findings.accepted)
        if accepted:
            return tr("{total:,} findings, {accepted:,} accepted", total=total, accepted=accepted)
        return tr("{total:,} findings", total=total)


Row = FindingView | AlikeFindings


def ranked(groups: Iterable[FindingGroup]) -> list[FindingGroup]:
    """Return the groups in the usual order: by rank, and then by kind. Groups without findings are left out."""
    return sorted(filter(len, groups), key=lambda group: (_RANK_ORDER[group.rank], _KIND_ORDER[group.kind]))


def grouped(findings: Iterable[FindingView]) -> list[FindingGroup]:
    """Return the findings as groups, one per kind and rank, ordered by rank and then by kind."""
    groups: dict[tuple[Kind, FindingRank], list[FindingView]] = defaultdict(list)
    for finding in findings:
        groups[finding.kind, finding.rank].append(finding)
    return ranked(group_of(kind, rank, found) for (kind, rank), found in groups.items())


def group_of(kind: Kind, rank: FindingRank, findings: Sequence[FindingView]) -> FindingGroup:
    """Return findings of one kind and rank as a group."""
    open_ = [finding for finding in findings if finding.state is FindingState.OPEN]
    return FindingGroup(kind, rank, open_, [finding for finding in findings if finding.state is FindingState.ACCEPTED])


def in_rows(group: FindingGroup) -> "FindingGroup | list[AlikeFindings]":
    """Return the rows that show a group: one row for all findings of a kind in `ALIKE`, else one row per finding."""
    return [AlikeFindings(group)] if group.kind in ALIKE and len(group) > 1 else group


def single(row: Row | None) -> FindingView | None:
    """Return the finding of a row. None if the row has several findings, or if there is no row."""
    return row if isinstance(row, FindingView) else None
