"""The closed vocabularies of the register. The same words stand in the tables, on the screens and in the docs."""

from enum import StrEnum
from typing import NoReturn, TypeVar


class UnknownWordError(ValueError):
    """A text was looked up in a vocabulary, and is none of its words."""


class Words(StrEnum):
    """A closed vocabulary. Looking up a text that is none of its words raises UnknownWordError."""

    @classmethod
    def _missing_(cls, value: object) -> NoReturn:
        raise UnknownWordError(f"{value!r} is not a valid {cls.__name__}")


_Word = TypeVar("_Word", bound=Words)


class ByText(dict[str, _Word]):
    """The words of a vocabulary by their text: quicker than looking up a vocabulary, with the same error."""

    def __init__(self, vocabulary: type[_Word]) -> None:
        super().__init__({word.value: word for word in vocabulary})
        self._vocabulary = vocabulary

    def __missing__(self, text: str) -> _Word:
        """Raise the vocabulary's own error."""
        return self._vocabulary(text)


class Basis(Words):
    """On what a fact stands."""

    STATED = "stated"
    DERIVED = "derived"
    WORKING = "working"
    REGISTERED = "registered"
    SIMULATED = "simulated"


class ItemKind(Words):
    """What an item is; its code begins with T- or P- accordingly."""

    TASK = "task"
    KEY_PROJECT = "key_project"


class MeasuredBy(Words):
    """Where an item's actual percent comes from: its milestones met, or its officers' reports."""

    MILESTONES = "milestones"
    REPORTS = "reports"


class Phase(Words):
    """Where an item stands in its life, as reported."""

    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    SUSPENDED = "suspended"
    COMPLETED = "completed"
    CANCELLED = "cancelled"
    MERGED = "merged"

    @property
    def terminal(self) -> bool:
        """Whether an item in this phase is reported as ended. It has ended once that is confirmed (`rules.endings`)."""
        return self in TERMINAL_PHASES

    @property
    def dropped(self) -> bool:
        """Whether an item in this phase is reported as ended without being done."""
        return self in DROPPED_PHASES


DROPPED_PHASES = frozenset({Phase.CANCELLED, Phase.MERGED})
TERMINAL_PHASES = frozenset({Phase.COMPLETED, *DROPPED_PHASES})
OPEN_PHASES = tuple(phase for phase in Phase if phase not in TERMINAL_PHASES)


class Confidence(Words):
    """The officer's own rating of delivery, after the three-tier delivery confidence used for UK major projects."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"


class Schedule(Words):
    """How an item stands against its dates. Computed, never typed."""

    ON_TRACK = "on_track"
    BEHIND = "behind"
    OFF_TRACK = "off_track"
    OVERDUE = "overdue"
    NONE = "none"


class Freshness(Words):
    """How recent the last officer's report on an item is. Computed, never typed."""

    REPORTED = "reported"
    DUE = "due"
    STALE = "stale"
    NEVER = "never"
    NOT_OWED = "not_owed"


class State(Words):
    """Where an item stands in one word: what a stacked bar is made of. Computed, never typed."""

    COMPLETED = "completed"
    ON_TRACK = "on_track"
    BEHIND = "behind"
    OFF_TRACK = "off_track"
    OVERDUE = "overdue"
    SUSPENDED = "suspended"
    DROPPED = "dropped"


class Concern(Words):
    """What somebody should look at an item for. Computed, never typed."""

    UNREPORTED = "unreported"
    SILENT = "silent"
    CONTRADICTION = "contradiction"
    AWAITING = "awaiting"


# What an overview counts, from left to right: all that a bar is made of, then what somebody should look at.
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
    """Which way an indicator is meant to move."""

    INCREASE = "increase"
    DECREASE = "decrease"
    REACH = "reach"


class LinkType(Words):
    """What a measure or an item is to the clause it is linked to."""

    IMPLEMENTS = "implements"
    SUPPORTS = "supports"
    DERIVED_FROM = "derived-from"


class Coverage(Words):
    """Whether a clause covers all of the measure linked to it."""

    FULL = "full"
    PARTIAL = "partial"


class ReviewDecision(Words):
    """What a reviewer decided about a link."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"
    CHANGED = "changed"


class LinkState(Words):
    """Where a link stands between those who review it and what became of its ends since. Computed, never typed."""

    UNREVIEWED = "unreviewed"
    ACCEPTED = "accepted"
    CHANGED = "changed"
    REJECTED = "rejected"
    SUSPECT = "suspect"


class FindingDecision(Words):
    """What somebody decided about a finding: to live with it until a day, or that it is open after all."""

    ACCEPTED = "accepted"
    REOPENED = "reopened"


class DraftState(Words):
    """Where a drafted mandate version stands."""

    OPEN = "open"
    ADOPTED = "adopted"
    DROPPED = "dropped"


class Proposal(Words):
    """Where one clause or crosswalk row of a draft stands: made by the program, or decided by a person."""

    MACHINE_MADE = "machine-made"
    ACCEPTED = "accepted"
    CHANGED = "changed"
    REJECTED = "rejected"


class Lineage(Words):
    """What became of a clause's wording from one mandate version to the next."""

    MOVED_TO = "moved-to"
    SPLIT_INTO = "split-into"
    MERGED_INTO = "merged-into"
    WITHDRAWN = "withdrawn"
    NEW = "new"


class SetRelation(Words):
    """How the substance of one clause relates to another's (the mapping words of NIST IR 8477 and OSCAL)."""

    EQUAL_TO = "equal-to"
    EQUIVALENT_TO = "equivalent-to"
    SUBSET_OF = "subset-of"
    SUPERSET_OF = "superset-of"
    INTERSECTS_WITH = "intersects-with"
    NO_RELATIONSHIP = "no-relationship"


class FindingKind(Words):
    """What sort of thing a finding raised by the texts themselves is."""

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
    """What sort of thing a finding that the program computes is; never stored."""

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


# Every kind of finding by its word: first what the texts raise, then what is computed.
FINDING_KINDS: dict[str, FindingKind | ComputedFinding] = {
    kind.value: kind for kind in (*FindingKind, *ComputedFinding)
}


class Grouping(Words):
    """What a line that stands for several items is for; `rule` is the rule by which their lead is known."""

    THEME = "theme"
    ORGANISATION = "organisation"
    MEASURE = "measure"
    RULE = "rule"


class FindingRank(Words):
    """How much a finding matters to who audits the plan, the most first; findings are listed in this order."""

    HIGH = "high"
    MIDDLE = "middle"
    LOW = "low"


class FindingState(Words):
    """Whether a finding is open, or somebody accepted it and that holds. Computed, never typed."""

    OPEN = "open"
    ACCEPTED = "accepted"


class OpenAgain(Words):
    """Why a finding that was accepted is open again. Computed, never typed."""

    UNTIL_PASSED = "until_passed"
    SUBSTANCE_CHANGED = "substance_changed"
    REOPENED = "reopened"


class FindingSubject(Words):
    """What sort of thing a finding is about: what a screen or a page opens."""

    ITEM = "item"
    MEASURE = "measure"
    CLAUSE = "clause"
    LINK = "link"
    THEME = "theme"
    DOCUMENT = "document"
    PLAN = "plan"


class OrganisationKind(Words):
    """What sort of body an organisation is."""

    BODY = "body"
    OTHER_NAME = "other-name"
    OFFICE = "office"
    AUTHORITY = "authority"
    TO_BE_FOUNDED = "to-be-founded"
    PUBLISHER = "publisher"


class Role(Words):
    """What a person is to the register; what each may do is in planner.rules.permissions."""

    OFFICER = "officer"
    MANAGER = "manager"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"


class RuleKind(Words):
    """What a derivation rule decides."""

    LEAD = "lead"
    DATE = "date"
    INDICATOR = "indicator"


class Numbering(Words):
    """How a document prints the numbers of its clauses; the second form, where there is one, is the sub-clauses'."""

    ARABIC_DOT = "arabic-dot"
    ROMAN_DOT = "roman-dot"
    ARABIC_DOT_PAREN = "arabic-dot-paren"
    PAREN_DOT = "paren-dot"
    CIRCLED_THEMES = "circled-themes"


class InstallationKind(Words):
    """Whether a database is an office's register or a demonstration whose reports are simulated."""

    REGISTER = "register"
    DEMONSTRATION = "demonstration"


class Confirmation(Words):
    """What somebody other than the reporter answered: an ending is confirmed, a report is returned."""

    CONFIRMED = "confirmed"
    RETURNED = "returned"


class Completion(Words):
    """Whether the reported ending of an item (completed, cancelled or merged) is confirmed. Computed, never typed."""

    NONE = "none"
    AWAITING = "awaiting"
    CONFIRMED = "confirmed"


class SpanMatch(Words):
    """How a citation was found in an attached copy of its document."""

    EXACT = "exact"
    NORMAL = "normal"
    DIFFERS = "differs"
    MISSING = "missing"


class Verdict(Words):
    """What the pace so far says of a due date. Estimated, never reported; `missed` alone is no estimate."""

    MISSED = "missed"
    LIKELY_LATE = "likely_late"
    MAY_BE_LATE = "may_be_late"
    LIKELY_IN_TIME = "likely_in_time"
    NO_OUTLOOK = "no_outlook"
    DONE = "done"


class NoOutlook(Words):
    """Why there is no outlook."""

    NEVER_REPORTED = "never_reported"
    NOT_STARTED = "not_started"
    SUSPENDED = "suspended"
    TOO_FEW_WEEKS = "too_few_weeks"
    NO_PACE = "no_pace"
    FALLING = "falling"
    TOO_SLOW = "too_slow"
