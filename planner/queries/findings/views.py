"""A finding: its subject, the passages that show it, and the decision about it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from planner.base.fingerprints import fingerprint
from planner.base.language import tr
from planner.domain.vocabulary import ComputedFinding, FindingKind, FindingRank, FindingState, FindingSubject, OpenAgain
from planner.queries.mandates.citations import CitationView

Kind = FindingKind | ComputedFinding

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


@dataclass(frozen=True, slots=True)
class About:
    """What a finding is about. A reader can open it.

    `key` is a code, mandate:clause, the number of a theme, or the key of a document or a plan. `title` is the name or
    wording of the subject.
    """

    kind: FindingSubject
    key: str
    title: str


@dataclass(frozen=True, slots=True)
class SideView:
    """One side of a finding: a place that shows the finding or, if `lacks` is set, a place that lacks the passage.

    `clause` is mandate:clause, `theme` is a number, and `measure` is a code. What the side does not name is None.
    """

    label: str
    lacks: bool
    document: str | None
    clause: str | None
    theme: int | None
    measure: str | None
    citation: CitationView | None

    @property
    def places(self) -> tuple[str, ...]:
        """The names of the clause, theme, measure and document of this side."""
        theme, measure = (
            tr("theme {number}", number=self.theme) if self.theme else None,
            tr("measure {key}", key=self.measure) if self.measure else None,
        )
        return tuple(place for place in (self.clause, theme, measure, self.document) if place)


@dataclass(frozen=True, slots=True)
class PastDecision:
    """A decision about a finding, and the statement of the finding at that time.

    `until` is the last day of an acceptance, or None if the finding was reopened.
    """

    actor: str
    recorded_at: datetime
    until: date | None
    reason: str
    statement: str


@dataclass(frozen=True, slots=True)
class Lapse:
    """The reason why an accepted finding is open again, and the latest decision about it."""

    why: OpenAgain
    decision: PastDecision


@dataclass(frozen=True, slots=True)
class FindingView:
    """A finding. `subject` identifies it among the findings of its kind: a code, clause or key, and often a version.

    `covers` is the content that an acceptance applies to, besides kind and subject. If `covers` is empty, the
    acceptance applies to the statement. `acceptance` is None while the finding is open. `lapse` is set if the finding
    was accepted and is open again.
    """

    kind: Kind
    subject: str
    # docs/decisions/0059: always in English, because an acceptance can depend on these words.
    statement: str
    about: About
    sides: tuple[SideView, ...] = ()
    covers: tuple[str, ...] = ()
    rank: FindingRank = FindingRank.MIDDLE
    acceptance: PastDecision | None = None
    lapse: Lapse | None = None

    @property
    def state(self) -> FindingState:
        """Whether the finding is open or accepted."""
        return FindingState.ACCEPTED if self.acceptance else FindingState.OPEN

    @property
    def title(self) -> str | None:
        """The title of the subject, or None if the statement already contains it."""
        return None if self.about.title in self.statement else self.about.title

    @property
    def substance(self) -> str:
        """The digest of the content that an acceptance applies to. If it changes, the finding is open again."""
        covers = list(self.covers) or [self.statement]
        return fingerprint("finding", {"kind": self.kind.value, "subject": self.subject, "covers": covers})


def computed(
    kind: ComputedFinding,
    subject: str,
    statement: str,
    about: About,
    sides: tuple[SideView, ...] = (),
    covers: tuple[str, ...] = (),
) -> FindingView:
    """Return a finding of a computed kind, with the rank of this kind."""
    return FindingView(kind, subject, statement, about, sides, covers, RANKS[kind])
