"""Reads the phrases of simulated reports from seeds/demonstration/phrases.yaml."""

import string
from collections.abc import Iterator
from enum import Enum
from functools import cache
from typing import Annotated, Any

from pydantic import AfterValidator, Field, model_validator

from planner.base.resources import bundled
from planner.bundle.forms import FileEntry, Text
from planner.bundle.reader import read_file

# The names that a phrase may have in braces. docs/demonstration.md, "The phrases", says what fills them in.
FIELDS = {"number", "title", "test", "day", "note", "sibling", "name", "value", "before"}


class Topic(Enum):
    """The kind of work in a step of an item, such as a survey or the drafting of a text."""

    SURVEY = "survey"
    TEXT = "text"
    AGREEMENT = "agreement"
    SELECTION = "selection"
    TRIAL = "trial"
    START = "start"
    REVIEW = "review"
    EVENT = "event"
    # All other work.
    OTHER = "other"


class Stage(Enum):
    """How much of the work towards a step is done."""

    EARLY = "early"
    MIDDLE = "middle"
    LATE = "late"


def _with_known_fields(phrase: str) -> str:
    unknown = {name for _, name, _, _ in string.Formatter().parse(phrase) if name is not None} - FIELDS
    if unknown:
        raise ValueError(f"nothing fills in {{{min(unknown)}}}")
    return phrase


Phrase = Annotated[Text, AfterValidator(_with_known_fields)]
Choice = Annotated[tuple[Phrase, ...], Field(min_length=1)]


class Notes(FileEntry):
    """Notes about work done, and about what comes next."""

    done: Choice
    next: Choice


class CauseOfDelay(FileEntry):
    """Something that delays an item: phrases for the blocker, the help needed, and the reason for a new date.

    If `topics` is empty, it can delay any kind of work.
    """

    blockers: Choice
    helps: Choice
    reasons: Choice
    topics: frozenset[Topic] = frozenset()


class Phrases(FileEntry):
    """All phrases. The comments in the file say what each list is for."""

    stems: dict[Topic, Annotated[tuple[Text, ...], Field(min_length=1)]]
    notes: dict[Topic, dict[Stage, Notes]]
    brief: Choice
    waiting: Choice
    waiting_next: Choice
    stuck_done: Choice
    reached: Choice
    reached_early: Choice
    reached_late: Choice
    reached_too: Choice
    coming: Choice
    late_coming: Choice
    standing: dict[Stage, Choice]
    counted: Choice
    counted_again: Choice
    completed: Choice
    completed_next: Choice
    suspended: Choice
    still_suspended: Choice
    suspended_next: Choice
    resumed: Choice
    cancelled: Choice
    merged: Choice
    cancelled_instead: Phrase
    ended: Choice
    ended_next: Choice
    returned: Choice
    cleared: Choice
    troubles: tuple[CauseOfDelay, ...]
    follows: Choice
    due_follows: Choice
    forward: Choice
    evidence: Choice
    sent_back: Choice
    completion_sent_back: Choice
    completed_again: Choice
    due_asked: Choice
    help_from: Choice
    helped: Choice
    granted: Choice
    refused: Choice
    assessed_alike: Choice
    assessed_worse: Choice
    assessed_better: Choice
    evidence_seen: Choice

    @model_validator(mode="after")
    def _complete(self) -> "Phrases":
        missing = list(self._missing())
        if missing:
            raise ValueError(f"{missing[0]} is missing")
        return self

    def _missing(self) -> Iterator[str]:
        """Yield the names of the parts without which a report could not be written."""
        yield from (f"standing.{stage.value}" for stage in Stage if stage not in self.standing)
        for topic in Topic:
            given: dict[Stage, Any] = self.notes.get(topic, {})
            yield from (f"notes.{topic.value}.{stage.value}" for stage in Stage if stage not in given)
        if all(trouble.topics for trouble in self.troubles):
            yield "a trouble without topics"


@cache
def phrases() -> Phrases:
    """Return the phrases, read once per process. Raises SeedError if the file has an error."""
    return read_file(bundled("seeds") / "demonstration" / "phrases.yaml", Phrases)
