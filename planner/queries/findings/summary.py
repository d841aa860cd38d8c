"""Counts of findings by kind and state, and the meaning of each kind."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from planner.domain.vocabulary import ComputedFinding, FindingKind, FindingRank, FindingState
from planner.queries.findings.views import FindingView, Kind

# The meaning of each kind of finding, as in docs/findings.md.
MEANINGS: Mapping[Kind, str] = {
    FindingKind.EXPRESSIONS_DIFFER: "the language texts of one mandate version differ in substance",
    FindingKind.PHRASE_IN_ONE_LANGUAGE: "a phrase stands in one language of a text only",
    FindingKind.DUTY_DROPPED: "a duty, or a part of one, is not in the later version",
    FindingKind.DUTY_ADDED: "a duty, or a part of one, was not in the earlier version",
    FindingKind.THEME_UNCOVERED: "what a theme of the plan is about is in no duty",
    FindingKind.DATE_MISSING: "a text does not give a date that is needed",
    FindingKind.IDENTITY_UNCLEAR: "the texts leave open which body or thing is meant",
    FindingKind.CONTENT_MISSING: "a text lacks what it would be expected to hold",
    FindingKind.TERMS_DIFFER: "one thing is called by different terms",
    ComputedFinding.MEASURE_WITHOUT_CLAUSE: "no clause of a mandate version covers a measure",
    ComputedFinding.ITEM_WITHOUT_CLAUSE: "no clause of the version in force covers an item or its measure",
    ComputedFinding.CLAUSE_WITHOUT_MEASURE: "nothing of the plan is linked to a clause",
    ComputedFinding.MEASURE_WITHOUT_ITEMS: "no item carries a measure out",
    ComputedFinding.LINK_SUSPECT: "an end of a link changed since it was reviewed or drawn",
    ComputedFinding.LINK_UNREVIEWED: "nobody has reviewed a link",
    ComputedFinding.WITHDRAWN_DUTY_RELIED_ON: "something relies on a clause that a later version no longer has",
    ComputedFinding.NEW_DUTY_RELIED_ON: "something relies on a clause that the earlier version did not have",
    ComputedFinding.CLAUSE_WITHOUT_CROSSWALK: "the crosswalk between two versions says nothing of a clause",
    ComputedFinding.COPY_DIFFERS: "an attached copy differs from what is cited, or does not have it",
    ComputedFinding.DRAFT_UNREVIEWED: "a drafted mandate version holds what nobody but the program has looked at",
    ComputedFinding.TOTAL_DIFFERS: "the register does not hold as many items as the plan states",
    ComputedFinding.FACTS_WORKING: "facts of an item or a measure were drafted, as no public text gives them",
    ComputedFinding.CONFIDENCE_CONTRADICTED: "an item is rated green, and is overdue or off track",
}


@dataclass(frozen=True)
class Tally:
    """The number of open and accepted findings of a kind."""

    kind: Kind
    open: int
    accepted: int

    @property
    def all(self) -> int:
        """The number of findings, open and accepted."""
        return self.open + self.accepted


def tallies(findings: Iterable[FindingView]) -> tuple[Tally, ...]:
    """Return a tally for each kind that occurs, in the order of the given findings."""
    states: dict[Kind, Counter[FindingState]] = defaultdict(Counter)
    for finding in findings:
        states[finding.kind][finding.state] += 1
    return tuple(
        Tally(kind, counts[FindingState.OPEN], counts[FindingState.ACCEPTED]) for kind, counts in states.items()
    )


def counted_in_words(findings: Sequence[FindingView]) -> str:
    """Return a phrase with the numbers of open and accepted findings, and of open ones by rank."""
    open_ = Counter(finding.rank for finding in findings if finding.state is FindingState.OPEN)
    accepted = sum(finding.state is FindingState.ACCEPTED for finding in findings)
    ranks = ", ".join(f"{open_[rank]:,} {rank.value}" for rank in FindingRank)
    by_rank = f" ({ranks})" if open_ else ""
    return f"{open_.total():,} open{by_rank}, {accepted:,} accepted"
