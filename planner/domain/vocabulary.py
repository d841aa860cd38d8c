"""The closed vocabularies of the register. Tables, screens and documents use the same words."""

from enum import StrEnum
from functools import cache
from typing import Any, NoReturn

from planner.base.language import later


class UnknownWordError(ValueError):
    """A text was looked up in a vocabulary that does not contain it."""


class Words(StrEnum):
    """A closed vocabulary. Looking up a text that it does not contain raises UnknownWordError."""

    @classmethod
    def _missing_(cls, value: object) -> NoReturn:
        raise UnknownWordError(f"{value!r} is not a valid {cls.__name__}")


class _WordsByText(dict[str | None, Words | None]):
    """A dict from text to the words of a vocabulary. It maps None to None."""

    def __init__(self, vocabulary: type[Words]) -> None:
        super().__init__({word.value: word for word in vocabulary})
        self[None] = None
        self._vocabulary = vocabulary

    def __missing__(self, text: Any) -> Words:
        """Raise the vocabulary's own error for an unknown word."""
        return self._vocabulary(text)


@cache
def words_by_text(vocabulary: type[Words]) -> dict[str | None, Words | None]:
    """Return a dict from text to the words of a vocabulary. It maps None to None. Unknown text raises UnknownWordError.

    Looking up a word here is several times as fast as calling the vocabulary.
    """
    return _WordsByText(vocabulary)


class Basis(Words):
    """The basis of a fact: a cited document, a rule, working text, an entry by the office, or simulation."""

    STATED = "stated"
    DERIVED = "derived"
    WORKING = "working"
    REGISTERED = "registered"
    SIMULATED = "simulated"


# Facts on these bases were agreed by the office or published. Nobody at the office gave the others.
AGREED = frozenset({Basis.REGISTERED, Basis.STATED})
ASSUMED = frozenset(Basis) - AGREED


class Cadence(Words):
    """How often the officers report on the items of a plan."""

    WEEKLY = "weekly"
    FORTNIGHTLY = "fortnightly"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"


class MeasuredBy(Words):
    """Where an item's actual percent comes from: the milestones that were met, or the officers' reports."""

    MILESTONES = "milestones"
    REPORTS = "reports"


class Phase(Words):
    """The phase of an item, as reported."""

    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    SUSPENDED = "suspended"
    COMPLETED = "completed"
    CANCELLED = "cancelled"
    MERGED = "merged"

    # Whether this phase reports that the item has ended. The ending must still be confirmed (`rules.endings`).
    terminal: bool
    # Whether this phase reports that the item has ended without being done.
    dropped: bool

    def __init__(self, text: str) -> None:
        """Set the attributes once. Properties would be slower, and the rules read them several times per item."""
        self.dropped = text in ("cancelled", "merged")
        self.terminal = self.dropped or text == "completed"


DROPPED_PHASES = frozenset(phase for phase in Phase if phase.dropped)
TERMINAL_PHASES = frozenset(phase for phase in Phase if phase.terminal)
OPEN_PHASES = tuple(phase for phase in Phase if not phase.terminal)


class Confidence(Words):
    """The officer's own rating of delivery, with the three tiers of delivery confidence used for UK major projects."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"


class Schedule(Words):
    """Whether an item is on track, behind, off track or overdue, measured by its dates. Computed, never entered."""

    ON_TRACK = "on_track"
    BEHIND = "behind"
    OFF_TRACK = "off_track"
    OVERDUE = "overdue"
    NONE = "none"


class Freshness(Words):
    """How recent the last officer's report on an item is. Computed, never entered."""

    REPORTED = "reported"
    DUE = "due"
    STALE = "stale"
    NEVER = "never"
    NOT_OWED = "not_owed"


class State(Words):
    """The single state of an item, as counted in a stacked bar. Computed, never entered."""

    COMPLETED = "completed"
    ON_TRACK = "on_track"
    BEHIND = "behind"
    OFF_TRACK = "off_track"
    OVERDUE = "overdue"
    SUSPENDED = "suspended"
    DROPPED = "dropped"


class Concern(Words):
    """A reason why somebody should look at an item. Computed, never entered."""

    UNREPORTED = "unreported"
    SILENT = "silent"
    CONTRADICTION = "contradiction"
    AWAITING = "awaiting"


# The columns of an overview, from left to right: all states in the bar, then the concerns.
COUNTED_STATES = (
    State.ON_TRACK,
    State.BEHIND,
    State.OFF_TRACK,
    State.OVERDUE,
    State.SUSPENDED,
    State.COMPLETED,
    State.DROPPED,
)
COUNTED_CONCERNS = (Concern.SILENT, Concern.CONTRADICTION, Concern.AWAITING)


class Direction(Words):
    """The direction in which an indicator should move."""

    INCREASE = "increase"
    DECREASE = "decrease"
    REACH = "reach"


class LinkType(Words):
    """The relation of a measure or item to the clause that it is linked to."""

    IMPLEMENTS = "implements"
    SUPPORTS = "supports"
    DERIVED_FROM = "derived-from"


class Coverage(Words):
    """Whether a clause covers all of the measure that is linked to it."""

    FULL = "full"
    PARTIAL = "partial"


class ReviewDecision(Words):
    """A reviewer's decision about a link."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"
    CHANGED = "changed"


class LinkState(Words):
    """The state of a link, from its reviews and from later changes to what it links. Computed, never entered."""

    SUGGESTED = "suggested"
    UNREVIEWED = "unreviewed"
    ACCEPTED = "accepted"
    CHANGED = "changed"
    REJECTED = "rejected"
    SUSPECT = "suspect"


class FindingDecision(Words):
    """A decision about a finding: it is accepted until a day, or reopened."""

    ACCEPTED = "accepted"
    REOPENED = "reopened"


class ProposalState(Words):
    """The state of a proposed mandate version."""

    OPEN = "open"
    ADOPTED = "adopted"
    DROPPED = "dropped"


class ReviewState(Words):
    """The state of a proposed clause or crosswalk row: made by the program, or decided by a person."""

    MACHINE_MADE = "machine-made"
    ACCEPTED = "accepted"
    CHANGED = "changed"
    REJECTED = "rejected"


class Lineage(Words):
    """How the wording of a clause continues in the next mandate version."""

    MOVED_TO = "moved-to"
    SPLIT_INTO = "split-into"
    MERGED_INTO = "merged-into"
    WITHDRAWN = "withdrawn"
    NEW = "new"


class SetRelation(Words):
    """The relation of one clause's substance to another's, in the mapping terms of NIST IR 8477 and OSCAL."""

    EQUAL_TO = "equal-to"
    EQUIVALENT_TO = "equivalent-to"
    SUBSET_OF = "subset-of"
    SUPERSET_OF = "superset-of"
    INTERSECTS_WITH = "intersects-with"
    NO_RELATIONSHIP = "no-relationship"


class FindingKind(Words):
    """The kinds of findings that readers made in the official texts."""

    EXPRESSIONS_DIFFER = "expressions-differ"
    PHRASE_IN_ONE_LANGUAGE = "phrase-in-one-language"
    DUTY_DROPPED = "duty-dropped"
    DUTY_ADDED = "duty-added"
    THEME_UNCOVERED = "theme-uncovered"
    DATE_MISSING = "date-missing"
    IDENTITY_UNCLEAR = "identity-unclear"
    CONTENT_MISSING = "content-missing"
    TERMS_DIFFER = "terms-differ"


class ComputedFinding(Words):
    """The kinds of findings that the program computes. They are never stored."""

    MEASURE_WITHOUT_CLAUSE = "measure-without-clause"
    ITEM_WITHOUT_CLAUSE = "item-without-clause"
    CLAUSE_WITHOUT_MEASURE = "clause-without-measure"
    MEASURE_WITHOUT_ITEMS = "measure-without-items"
    LINK_SUSPECT = "link-suspect"
    LINK_UNREVIEWED = "link-unreviewed"
    WITHDRAWN_DUTY_RELIED_ON = "withdrawn-duty-relied-on"
    NEW_DUTY_RELIED_ON = "new-duty-relied-on"
    CLAUSE_WITHOUT_CROSSWALK = "clause-without-crosswalk"
    COPY_DIFFERS = "copy-differs"
    DRAFT_UNREVIEWED = "draft-unreviewed"
    TOTAL_DIFFERS = "total-differs"
    FACTS_WORKING = "facts-working"
    CONFIDENCE_CONTRADICTED = "confidence-contradicted"


# Every kind of finding by its word: first those made by readers, then those computed.
FINDING_KINDS: dict[str, FindingKind | ComputedFinding] = {
    kind.value: kind for kind in (*FindingKind, *ComputedFinding)
}


# The key of the mandate that a plan refers to if it has none. No mandate version can have this key.
NO_MANDATE = "none"
NO_MANDATE_MESSAGE = later("This plan has no mandate.")


class Grouping(Words):
    """What the items of a summary line have in common: their theme, organisation, measure or lead rule.

    With `rule`, the items share the rule that determines their lead.
    """

    THEME = "theme"
    ORGANISATION = "organisation"
    MEASURE = "measure"
    RULE = "rule"


class FindingRank(Words):
    """How important a finding is to an auditor, the most important first. Findings are listed in this order."""

    HIGH = "high"
    MIDDLE = "middle"
    LOW = "low"


class FindingState(Words):
    """Whether a finding is open or accepted. Computed, never entered."""

    OPEN = "open"
    ACCEPTED = "accepted"


class OpenAgain(Words):
    """Why a finding that was accepted is open again. Computed, never entered."""

    UNTIL_PASSED = "until_passed"
    SUBSTANCE_CHANGED = "substance_changed"
    REOPENED = "reopened"


class FindingSubject(Words):
    """The kind of thing that a finding is about, which determines the screen or page to open."""

    ITEM = "item"
    MEASURE = "measure"
    CLAUSE = "clause"
    LINK = "link"
    THEME = "theme"
    DOCUMENT = "document"
    PLAN = "plan"


class OrganisationKind(Words):
    """The kind of an organisation, such as an office or a publisher."""

    BODY = "body"
    OTHER_NAME = "other-name"
    OFFICE = "office"
    AUTHORITY = "authority"
    TO_BE_FOUNDED = "to-be-founded"
    PUBLISHER = "publisher"


class Role(Words):
    """The role of a person. `planner.domain.rules.permissions` lists what each role may do."""

    OFFICER = "officer"
    MANAGER = "manager"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"


class LinkOrigin(Words):
    """Who made a link: a person, or the program from the likeness of the texts. The second kind needs a review."""

    PERSON = "person"
    MACHINE = "machine"


class RowSource(Words):
    """Where the loaded values of a row come from: the bundled data files, or the office's own files."""

    SEEDS = "seeds"
    REGISTER = "register"


class OrganisationEvent(Words):
    """What happened to an organisation during the year."""

    RENAMED = "renamed"
    MERGED = "merged"
    DISSOLVED = "dissolved"


class PlanEvent(Words):
    """What was done to a plan as a whole: closed, opened again, or its unfinished items taken into another plan."""

    CLOSED = "closed"
    REOPENED = "reopened"
    CARRIED_OVER = "carried-over"


class RuleKind(Words):
    """What a derivation rule determines: a lead organisation, a date or an indicator."""

    LEAD = "lead"
    DATE = "date"
    INDICATOR = "indicator"


class Numbering(Words):
    """The style in which a document numbers its clauses, and their parts if these have a style of their own."""

    ARABIC_DOT = "arabic-dot"
    ROMAN_DOT = "roman-dot"
    ARABIC_DOT_PAREN = "arabic-dot-paren"
    PAREN_DOT = "paren-dot"
    CIRCLED_THEMES = "circled-themes"


class InstallationKind(Words):
    """Whether a database is an office's register or a demonstration with simulated reports."""

    REGISTER = "register"
    DEMONSTRATION = "demonstration"


class Confirmation(Words):
    """Another person's answer to a report: its ending is confirmed, or the report is returned."""

    CONFIRMED = "confirmed"
    RETURNED = "returned"


class ExtensionOutcome(Words):
    """The answer to a request for a later date."""

    GRANTED = "granted"
    REFUSED = "refused"


class Asked(Words):
    """When a later date was asked for: before the date was over, after it, or not at all. Computed, never entered."""

    BEFORE = "before"
    AFTER = "after"
    NOT = "not_asked"


class Completion(Words):
    """Whether the reported ending of an item (completed, cancelled or merged) is confirmed. Computed, never entered."""

    NONE = "none"
    AWAITING = "awaiting"
    CONFIRMED = "confirmed"


class SpanMatch(Words):
    """The result of searching for a citation in an attached copy of its document."""

    EXACT = "exact"
    NORMAL = "normal"
    DIFFERS = "differs"
    MISSING = "missing"


class Prospect(Words):
    """Whether an item is likely to meet its due date at its pace so far. Computed, never entered.

    `missed` and `done` are facts. The other words are estimates, or say that there is none.
    """

    MISSED = "missed"
    LIKELY_LATE = "likely_late"
    MAY_BE_LATE = "may_be_late"
    LIKELY_IN_TIME = "likely_in_time"
    NO_OUTLOOK = "no_outlook"
    DONE = "done"


class NoOutlook(Words):
    """Why no completion date can be estimated for an item."""

    NEVER_REPORTED = "never_reported"
    NOT_STARTED = "not_started"
    SUSPENDED = "suspended"
    TOO_FEW_WEEKS = "too_few_weeks"
    NO_PACE = "no_pace"
    FALLING = "falling"
    TOO_SLOW = "too_slow"
