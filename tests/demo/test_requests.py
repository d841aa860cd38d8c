"""Officers of a demonstration ask for some of the later dates, as the register's own rules allow."""

from collections import Counter
from datetime import date
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.demo.answers import with_answers
from planner.demo.entries import LaterDateAnswer, LaterDateAsked, SimulatedDateChange, SimulatedEntry, StepMet
from planner.demo.people import MANAGER
from planner.demo.requests import with_requests
from planner.demo.stories import story_of
from planner.demo.subjects import Subject
from planner.domain.rules.settings import Settings
from planner.domain.vocabulary import ExtensionOutcome
from planner.writes.reports.status import Report
from tests.demo.subjects import SPAN, a_subject, subjects

SEEDS = st.integers(0, 10_000)


def answered(subject: Subject, seed: int) -> list[SimulatedEntry]:
    return with_answers(story_of(subject, SPAN, Settings(), seed), SPAN, seed)


def told(subject: Subject, seed: int) -> list[SimulatedEntry]:
    return with_requests(answered(subject, seed), subject, SPAN, seed)


@cache
def many() -> list[list[SimulatedEntry]]:
    """Stories, told once for all tests that only read them."""
    return [told(a_subject(code=f"T-{number:03d}"), 1) for number in range(300)]


def moves(story: list[SimulatedEntry]) -> list[tuple[date, int | None, date]]:
    """The dates of a story that move, each with its day and its new date, by hand or on request."""
    asked: dict[int | None, date] = {}
    found = []
    for entry in story:
        fact = entry.fact
        if isinstance(fact, LaterDateAsked):
            asked[fact.number] = fact.new
        elif isinstance(fact, SimulatedDateChange):
            found.append((entry.as_of, fact.number, fact.new))
        elif isinstance(fact, LaterDateAnswer) and fact.outcome is ExtensionOutcome.GRANTED:
            found.append((entry.as_of, fact.number, asked[fact.number]))
    return found


@given(subjects(), SEEDS)
def test_what_is_reported_and_moved_stays(subject: Subject, seed: int) -> None:
    before, after = answered(subject, seed), told(subject, seed)
    assert told(subject, seed) == after
    assert moves(after) == moves(before)
    of_dates = (SimulatedDateChange, LaterDateAsked, LaterDateAnswer)
    kept = [[entry for entry in story if not isinstance(entry.fact, of_dates)] for story in (before, after)]
    assert kept[0] == kept[1]
    assert [entry.written_on for entry in after] == sorted(entry.written_on for entry in after)


@given(subjects(), SEEDS)
def test_each_answer_is_to_an_open_request_of_another_person(subject: Subject, seed: int) -> None:
    current: dict[int | None, date] = {step.number: step.date for step in subject.steps} | {None: subject.due}
    waiting: dict[int | None, SimulatedEntry] = {}
    for entry in told(subject, seed):
        fact = entry.fact
        assert SPAN.first <= entry.as_of <= entry.written_on
        if isinstance(fact, LaterDateAsked):
            assert fact.new > current[fact.number]
            assert entry.written_on <= SPAN.last
            waiting[fact.number] = entry
        elif isinstance(fact, LaterDateAnswer):
            asked = waiting.pop(fact.number)
            assert isinstance(asked.fact, LaterDateAsked)
            assert (entry.by, asked.written_on < entry.as_of) == (MANAGER, True)
            assert fact.reason or fact.outcome is ExtensionOutcome.GRANTED
            if fact.outcome is ExtensionOutcome.GRANTED:
                current[fact.number] = asked.fact.new
        elif isinstance(fact, SimulatedDateChange):
            current[fact.number] = fact.new
            waiting.pop(fact.number, None)
        elif isinstance(fact, StepMet):
            waiting.pop(fact.number, None)
        elif isinstance(fact, Report) and fact.phase is not None and fact.phase.terminal:
            waiting.clear()


@pytest.mark.more
def test_some_are_granted_and_refused_and_some_dates_are_moved_by_hand() -> None:
    asked = answers = 0
    outcomes = Counter[ExtensionOutcome]()
    for story in many():
        asked += sum(isinstance(entry.fact, LaterDateAsked) for entry in story)
        found = [entry.fact for entry in story if isinstance(entry.fact, LaterDateAnswer)]
        answers += len(found)
        outcomes.update(fact.outcome for fact in found)
    assert asked > answers > 0
    assert outcomes[ExtensionOutcome.GRANTED] > outcomes[ExtensionOutcome.REFUSED] > 5


def test_most_are_asked_before_the_date_and_some_after_it() -> None:
    early = late = 0
    for story in many():
        current: dict[int | None, date] = {step.number: step.date for step in a_subject().steps} | {
            None: a_subject().due
        }
        for entry in story:
            if isinstance(entry.fact, LaterDateAsked):
                before = entry.as_of <= current[entry.fact.number]
                early, late = early + before, late + (not before)
            elif isinstance(entry.fact, SimulatedDateChange):
                current[entry.fact.number] = entry.fact.new
    assert early > late > 5
