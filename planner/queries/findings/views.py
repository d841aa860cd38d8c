"""What a finding says: what it is about, the places that show it, and what somebody decided about it."""

from dataclasses import dataclass
from datetime import date, datetime

from planner.fingerprints import fingerprint
from planner.queries.citations import CitationView
from planner.vocabulary import ComputedFinding, FindingKind, FindingRank, FindingState, FindingSubject, OpenAgain

Kind = FindingKind | ComputedFinding


@dataclass(frozen=True, slots=True)
class About:
    """What a finding is about, so that it can be opened.

    `key` is a code, mandate:clause, a theme's number, or the key of a document or a plan; `title` is what it says.
    """

    kind: FindingSubject
    key: str
    title: str


@dataclass(frozen=True, slots=True)
class SideView:
    """One side of a finding: the place that shows it, or (`lacks`) the place that does not have it.

    `clause` is mandate:key, `theme` a number, `measure` a code; each is None where the side is about something else.
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
        """Where it is, in words: the clause, theme or measure, then the document."""
        theme, measure = (
            f"theme {self.theme}" if self.theme else None,
            f"measure {self.measure}" if self.measure else None,
        )
        return tuple(place for place in (self.clause, theme, measure, self.document) if place)


@dataclass(frozen=True, slots=True)
class Decision:
    """What somebody decided about a finding, and what it said then; `until` is None where they reopened it."""

    actor: str
    recorded_at: datetime
    until: date | None
    reason: str
    statement: str


@dataclass(frozen=True, slots=True)
class Lapse:
    """Why a finding that was accepted is open again, and the newest decision about it."""

    why: OpenAgain
    decision: Decision


@dataclass(frozen=True, slots=True)
class FindingView:
    """A finding. `subject` tells it from the others of its kind: a code, a clause, a key, also with where it lacks.

    `covers` is what an acceptance of it covers besides kind and subject; where nothing is named, its statement.
    `acceptance` is None while it is open; `lapse` then says if it was accepted once.
    """

    kind: Kind
    subject: str
    statement: str
    about: About
    sides: tuple[SideView, ...] = ()
    covers: tuple[str, ...] = ()
    rank: FindingRank = FindingRank.MIDDLE
    acceptance: Decision | None = None
    lapse: Lapse | None = None

    @property
    def state(self) -> FindingState:
        """Whether it is open or accepted."""
        return FindingState.ACCEPTED if self.acceptance else FindingState.OPEN

    @property
    def title(self) -> str | None:
        """What the thing that it is about says, where the statement does not say it already."""
        return None if self.about.title in self.statement else self.about.title

    @property
    def substance(self) -> str:
        """The digest of what an acceptance covers: with another substance it is another finding, and open."""
        covers = list(self.covers) or [self.statement]
        return fingerprint("finding", {"kind": self.kind.value, "subject": self.subject, "covers": covers})
