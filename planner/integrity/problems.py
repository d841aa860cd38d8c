"""The problems that verification finds, each with its kind, its place and a sentence."""

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum

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
    CHANGED = "changed"
    MISSING = "missing"
    ADDED = "added"
    HISTORY = "history"
    CONTENT = "content"
    SCHEMA = "schema"
    DAMAGE = "damage"
    VALUE = "value"
    REDACTION = "redaction"


# The meaning of each kind, for people.
MEANINGS: dict[ProblemKind, str] = {
    ProblemKind.GAP: "events are missing from the log",
    ProblemKind.ORDER: "an event does not stand at its number",
    ProblemKind.LEAF: "an event's bytes do not have the hash stored beside them",
    ProblemKind.LINK: "an event does not name the one before it",
    ProblemKind.COPY: "a column says something else than the event's bytes",
    ProblemKind.FORM: "an event's bytes are not in the one form the program writes",
    ProblemKind.INSTANT: "an event bears an earlier instant than the one before it",
    ProblemKind.GUARD: "a trigger that guards the history does not stand as the program set it",
    ProblemKind.CHECKPOINT: "the log does not go with a checkpoint",
    ProblemKind.CHANGED: "a row says something else than the log",
    ProblemKind.MISSING: "a row that the log has is not in its table",
    ProblemKind.ADDED: "a row stands in its table and the log knows nothing of it",
    ProblemKind.HISTORY: "an edit begins with other values than the log had",
    ProblemKind.CONTENT: "the kept bytes of an issued file are not those that were issued",
    ProblemKind.SCHEMA: "the database's schema is not the one that the program made",
    ProblemKind.DAMAGE: "the database is damaged, or a part of it cannot be read",
    ProblemKind.VALUE: "a value is not stored in the form that the program writes",
    ProblemKind.REDACTION: "a redaction is not one that an administrator recorded, or its text is not as it left it",
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

    All problems are counted, but only the first of each kind are stored, so that a ruined log does not need more
    memory.
    """

    kept: list[Problem] = field(default_factory=list)
    counts: Counter[ProblemKind] = field(default_factory=Counter)

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
