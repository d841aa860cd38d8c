"""The problems that verification finds, each with its kind, its place and a sentence."""

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum

from planner.base.language import later

# The most problems of a kind that are listed. Further problems are only counted.
MOST_LISTED = 20


class ProblemKind(StrEnum):
    """The kinds of problem. Their values are part of the JSON of `planner verify`."""

    GAP = "gap"
    ORDER = "order"
    LEAF = "leaf"
    LINK = "link"
    COPY = "copy"
    FORM = "form"
    INSTANT = "instant"
    GUARD = "guard"
    CHECKPOINT = "checkpoint"
    UNUSABLE = "unusable"
    CHANGED = "changed"
    MISSING = "missing"
    ADDED = "added"
    HISTORY = "history"
    CONTENT = "content"
    SCHEMA = "schema"
    DAMAGE = "damage"
    VALUE = "value"
    REDACTION = "redaction"
    FINGERPRINT = "fingerprint"


# The meaning of each kind, for people.
MEANINGS: dict[ProblemKind, str] = {
    ProblemKind.GAP: later("events are missing from the log"),
    ProblemKind.ORDER: later("an event has the wrong number"),
    ProblemKind.LEAF: later("an event's bytes do not match the hash stored with them"),
    ProblemKind.LINK: later("an event does not refer to the event before it"),
    ProblemKind.COPY: later("a column differs from the event's bytes"),
    ProblemKind.FORM: later("an event's bytes do not have the form that planner writes"),
    ProblemKind.INSTANT: later("an event has an earlier time than the event before it"),
    ProblemKind.GUARD: later("a trigger that protects the history is missing or was changed"),
    ProblemKind.CHECKPOINT: later("the log does not match a checkpoint"),
    ProblemKind.UNUSABLE: later("a checkpoint was not used, because its signature is not one of the public key"),
    ProblemKind.CHANGED: later("a row differs from the log"),
    ProblemKind.MISSING: later("a row that is in the log is missing from its table"),
    ProblemKind.ADDED: later("a row in a table is not in the log"),
    ProblemKind.HISTORY: later("the old values of an edit differ from the log"),
    ProblemKind.CONTENT: later("the stored bytes of an issued file differ from those that were issued"),
    ProblemKind.SCHEMA: later("the database's schema differs from the one that planner created"),
    ProblemKind.DAMAGE: later("the database is damaged, or a part of it cannot be read"),
    ProblemKind.VALUE: later("a value is not stored in the form that planner writes"),
    ProblemKind.REDACTION: later(
        "a redaction was not recorded by an administrator, or its text was changed afterwards"
    ),
    ProblemKind.FINGERPRINT: later("a fingerprint is not that of the words of its row"),
}


@dataclass(frozen=True)
class Problem:
    """A problem. `where` is an event (`event 12`), a row (`item 3`), a trigger or a file."""

    kind: ProblemKind
    where: str
    what: str


@dataclass
class Problems:
    """The problems found so far.

    All problems are counted, but only the first of each kind are stored, so that memory use stays small
    for a badly damaged log.
    """

    kept: list[Problem] = field(default_factory=list)
    counts: Counter[ProblemKind] = field(default_factory=Counter)

    @property
    def of_history(self) -> bool:
        """Whether the history itself has a problem. A checkpoint that cannot be used says nothing about the history."""
        return any(kind is not ProblemKind.UNUSABLE for kind in self.counts)

    def add(self, kind: ProblemKind, where: str, what: str) -> None:
        """Add a problem."""
        self.counts[kind] += 1
        if self.counts[kind] <= MOST_LISTED:
            self.kept.append(Problem(kind, where, what))

    def take(self, others: "Problems") -> None:
        """Add all problems of another collection."""
        for problem in others.kept:
            if self.counts[problem.kind] < MOST_LISTED:
                self.kept.append(problem)
            self.counts[problem.kind] += 1
        listed = Counter(problem.kind for problem in others.kept)
        self.counts.update(others.counts - listed)
