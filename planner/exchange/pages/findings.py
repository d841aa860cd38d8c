"""The findings as one self-contained HTML page. It loads nothing from the network and runs no scripts."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from planner.domain.symbols import FINDING_SIGNS
from planner.domain.vocabulary import NO_MANDATE_MESSAGE, FindingRank, FindingState, SpanMatch
from planner.exchange.pages.variables import direction, shared_variables
from planner.pages.templates import rendered, templates_of
from planner.queries.findings import FindingView, Kind, SideView
from planner.queries.findings.in_words import decision_in_words, side_in_words
from planner.queries.findings.ranking import AlikeFindings, FindingGroup, Row, in_rows
from planner.queries.findings.summary import MEANINGS, counted_in_words, tallies
from planner.register.plan_view import PlanView
from planner.weekly.reading import Instance

# The most findings of a kind on the page, because browsers become slow with more. The other formats have all of them.
MOST_OF_A_KIND = 1_000

_MATCHES = {
    SpanMatch.DIFFERS: "the attached copy differs from what was cited",
    SpanMatch.MISSING: "the attached copy does not have what was cited",
}


@dataclass(frozen=True)
class PageSide:
    """A passage that a finding compares: a description, its words in the attached copy, and a note if these differ."""

    line: str
    note: str | None
    quote: SideView | None


@dataclass(frozen=True)
class PageFinding:
    """A finding as the page shows it: the passages that it compares, and a sentence about whether it was accepted."""

    finding: FindingView
    sides: tuple[PageSide, ...]
    decision: str | None


@dataclass(frozen=True)
class PageGroup:
    """Findings that are listed together. `subject` is the heading of similar findings, or None for a single finding.

    `state` is OPEN if one of the findings is open.
    """

    state: FindingState
    subject: str | None
    entries: tuple[PageFinding, ...]


@dataclass(frozen=True)
class PageSection:
    """The findings of a kind and rank. Only the first section of a kind has an anchor; for others, `anchor` is None."""

    anchor: str | None
    kind: Kind
    rank: FindingRank
    number: int
    groups: Iterator[PageGroup]

    @property
    def left_out(self) -> int:
        """The number of findings that the page does not list."""
        return max(self.number - MOST_OF_A_KIND, 0)


def findings_page(instance: Instance, found: Sequence[FindingGroup], shown: Sequence[FindingGroup]) -> Iterator[bytes]:
    """Yield the page in pieces. The summary counts the findings in `found`, and the page lists those in `shown`."""
    variables = {
        **shared_variables(instance, "Findings", "findings.css"),
        "no_mandate": None if instance.plan.has_mandate else NO_MANDATE_MESSAGE,
        "counts": counted_in_words(found),
        "tallies": tallies(found),
        "kinds": {group.kind for group in shown},
        "sections": _sections(instance.plan, shown),
        "meanings": MEANINGS,
        "signs": {state: symbol for state, (symbol, _) in FINDING_SIGNS.items()},
    }
    environment = templates_of("planner.exchange.pages", direction=direction, sentence=_sentence)
    return rendered(environment, "findings.html", variables)


def _sentence(text: str) -> str:
    """Return a text with its first letter as a capital. The other letters are kept."""
    return f"{text[:1].upper()}{text[1:]}"


def _sections(plan: PlanView, shown: Iterable[FindingGroup]) -> Iterator[PageSection]:
    """Yield a section for each rank and kind. The summary links to the first section of a kind."""
    begun: set[Kind] = set()
    for group in shown:
        kind = group.kind
        anchor = None if kind in begun else kind.value
        begun.add(kind)
        groups = (_group(plan, row) for row in in_rows(group.first(MOST_OF_A_KIND)))
        yield PageSection(anchor, kind, group.rank, len(group), groups)


def _group(plan: PlanView, row: Row) -> PageGroup:
    if isinstance(row, AlikeFindings):
        return PageGroup(row.state, row.subject, tuple(_entry(plan, finding) for finding in row.findings))
    return PageGroup(row.state, None, (_entry(plan, row),))


def _entry(plan: PlanView, finding: FindingView) -> PageFinding:
    return PageFinding(finding, tuple(map(_side, finding.sides)), decision_in_words(plan, finding))


def _side(side: SideView) -> PageSide:
    citation = side.citation
    note = _MATCHES.get(citation.match) if citation and citation.match else None
    return PageSide(side_in_words(side), note, side if citation and citation.text is not None else None)
