"""What verification finds wrong: each problem by its kind, where it is, and in a sentence."""

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum

# Of each kind so many are told one by one; the others are counted.
TOLD = 20


class ProblemKind(StrEnum):
    """What can be wrong. The words are part of the JSON of `planner verify`."""

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


# What each means, for people.
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
}


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong. `where` is an event (`event 12`), a row (`item 3`), a trigger or a file."""

    kind: ProblemKind
    where: str
    what: str


@dataclass
class Problems:
    """The problems met so far: all counted, the first of each kind kept, so that a ruined log needs no more memory."""

    kept: list[Problem] = field(default_factory=list)
    counts: Counter[ProblemKind] = field(default_factory=Counter)

    def add(self, kind: ProblemKind, where: str, what: str) -> None:
        """Note a problem."""
        self.counts[kind] += 1
        if self.counts[kind] <= TOLD:
            self.kept.append(Problem(kind, where, what))
