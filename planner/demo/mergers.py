"""Items that go on in another one, where that one has ended by then: they are cancelled instead."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from planner.demo import phrases
from planner.demo.entries import Entry
from planner.vocabulary import Phase
from planner.writes.status import Report


def without_dead_ends(stories: Iterable[list[Entry]]) -> list[list[Entry]]:
    """The stories, in which no item is merged into one that is reported as ended, or is merged itself."""
    told = list(stories)
    ended = {story[0].code: _ends(story) for story in told if story}
    return [[_in_the_open(entry, ended) for entry in story] for story in told]


def _ends(story: list[Entry]) -> date:
    """The day on which an item is first reported as ended."""
    days = [entry.written_on for entry in story if isinstance(entry.fact, Report) and _terminal(entry.fact)]
    return min(days, default=date.max)


def _terminal(report: Report) -> bool:
    return report.phase is not None and report.phase.terminal


def _in_the_open(entry: Entry, ended: dict[str, date]) -> Entry:
    fact = entry.fact
    if not isinstance(fact, Report) or fact.merged_into is None or ended[fact.merged_into] > entry.written_on:
        return entry
    cancelled = replace(fact, phase=Phase.CANCELLED, merged_into=None, ending_reason=phrases.CANCELLED_INSTEAD)
    return replace(entry, fact=cancelled)
