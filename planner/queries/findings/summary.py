"""Counts of findings by kind and state, and the meaning of each kind."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from planner.base.language import later, tr
from planner.domain.vocabulary import ComputedFinding, FindingKind, FindingRank
from planner.queries.findings.ranking import FindingGroup
from planner.queries.findings.views import Kind

# The meaning of each kind of finding, as in docs/findings.md.
MEANINGS: Mapping[Kind, str] = {
    FindingKind.EXPRESSIONS_DIFFER: later("the language texts of one mandate version differ in substance"),
    FindingKind.PHRASE_IN_ONE_LANGUAGE: later("a phrase is in only one language of a text"),
    FindingKind.DUTY_DROPPED: later("a duty, or a part of one, is not in the later version"),
    FindingKind.DUTY_ADDED: later("a duty, or a part of one, was not in the earlier version"),
    FindingKind.THEME_UNCOVERED: later("no duty covers the subject of a theme of the plan"),
    FindingKind.DATE_MISSING: later("a text lacks a required date"),
    FindingKind.IDENTITY_UNCLEAR: later("the texts do not make clear which body or thing is meant"),
    FindingKind.CONTENT_MISSING: later("a text lacks required content"),
    FindingKind.TERMS_DIFFER: later("different terms are used for the same thing"),
    ComputedFinding.MEASURE_WITHOUT_CLAUSE: later("no clause of a mandate version covers a measure"),
    ComputedFinding.ITEM_WITHOUT_CLAUSE: later("no clause of the version in force covers an item or its measure"),
    ComputedFinding.CLAUSE_WITHOUT_MEASURE: later("nothing in the plan is linked to a clause"),
    ComputedFinding.MEASURE_WITHOUT_ITEMS: later("no item carries out a measure"),
    ComputedFinding.LINK_SUSPECT: later("one end of a link has changed since the link was reviewed or made"),
    ComputedFinding.LINK_UNREVIEWED: later("nobody has reviewed a link"),
    ComputedFinding.WITHDRAWN_DUTY_RELIED_ON: later("something relies on a clause that a later version no longer has"),
    ComputedFinding.NEW_DUTY_RELIED_ON: later("something relies on a clause that the earlier version did not have"),
    ComputedFinding.CLAUSE_WITHOUT_CROSSWALK: later("the crosswalk between two versions does not mention a clause"),
    ComputedFinding.COPY_DIFFERS: later("an attached copy differs from the cited text or lacks it"),
    ComputedFinding.DRAFT_UNREVIEWED: later("a proposed mandate version has machine-made parts that nobody reviewed"),
    ComputedFinding.TOTAL_DIFFERS: later("the register has more or fewer items than the plan states"),
    ComputedFinding.FACTS_WORKING: later("no source gives some facts of an item or measure"),
    ComputedFinding.CONFIDENCE_CONTRADICTED: later("an item is rated green although it is overdue or off track"),
}


@dataclass(frozen=True)
class FindingCount:
    """The numbers of open and of accepted findings of a kind."""

    kind: Kind
    open: int
    accepted: int

    @property
    def all(self) -> int:
        """The number of findings, open and accepted."""
        return self.open + self.accepted


def tallies(groups: Iterable[FindingGroup]) -> tuple[FindingCount, ...]:
    """Return the numbers of findings of each kind that occurs, in the order of the given groups."""
    found: dict[Kind, FindingCount] = {}
    for group in groups:
        before = found.get(group.kind, FindingCount(group.kind, 0, 0))
        found[group.kind] = FindingCount(
            group.kind, before.open + len(group.open), before.accepted + len(group.accepted)
        )
    return tuple(found.values())


def counted_in_words(groups: Sequence[FindingGroup]) -> str:
    """Return a phrase with the numbers of open and accepted findings, and of open ones by rank."""
    open_: Counter[FindingRank] = Counter()
    for group in groups:
        open_[group.rank] += len(group.open)
    accepted = sum(len(group.accepted) for group in groups)
    if not open_.total():
        return tr("0 open, {accepted:,} accepted", accepted=accepted)
    ranks = ", ".join(f"{open_[rank]:,} {rank.value}" for rank in FindingRank)
    total = open_.total()
    return tr("{total:,} open ({ranks}), {accepted:,} accepted", total=total, ranks=ranks, accepted=accepted)
