"""Cancels simulated items instead of merging them into an item that has already ended."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from planner.demo.entries import SimulatedEntry
from planner.demo.phrases import phrases
from planner.domain.vocabulary import Phase
from planner.writes.reports.status import Report


def without_dead_ends(stories: Iterable[list[SimulatedEntry]]) -> list[list[SimulatedEntry]]:
    """Return the stories, with each merger into an item already reported as ended replaced by a cancellation."""
    all_stories = list(stories)
    ended = {story[0].code: _end_of(story) for story in all_stories if story}
    return [[_without_dead_end(entry, ended) for entry in story] for story in all_stories]


def _end_of(story: list[SimulatedEntry]) -> date:
    """Return the day on which an item is first reported as ended, or the last possible date if it never is."""
    days = [entry.written_on for entry in story if isinstance(entry.fact, Report) and _terminal(entry.fact)]
    return min(days, default=date.max)


def _terminal(report: Report) -> bool:
    return report.phase is not None and report.phase.terminal


def _without_dead_end(entry: SimulatedEntry, ended: dict[str, date]) -> SimulatedEntry:
    """Return the entry, with a merger into an ended item replaced by a cancellation."""
    fact = entry.fact
    if not isinstance(fact, Report) or fact.merged_into is None or ended[fact.merged_into] > entry.written_on:
        return entry
    cancelled = replace(fact, phase=Phase.CANCELLED, merged_into=None, ending_reason=phrases().cancelled_instead)
    return replace(entry, fact=cancelled)
