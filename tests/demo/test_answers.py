"""The simulated manager's answers are ones that the register's own rules would take."""

from datetime import date, timedelta
from functools import cache

from hypothesis import given
from hypothesis import strategies as st

from planner.demo.answers import with_answers
from planner.demo.entries import Answer, SimulatedEntry
from planner.demo.people import MANAGER
from planner.demo.phrases import phrases
from planner.demo.stories import story_of
from planner.demo.subjects import Subject
from planner.domain.rules.settings import Settings
from planner.domain.vocabulary import Confirmation, Phase
from planner.writes.reports.status import Report
from tests.demo.subjects import SPAN, a_subject, subjects

SEEDS = st.integers(0, 10_000)


def told(subject: Subject, seed: int) -> list[SimulatedEntry]:
    return with_answers(story_of(subject, SPAN, Settings(), seed), SPAN, seed)


@cache
def many() -> list[list[SimulatedEntry]]:
    """Stories, told once for all tests that only read them."""
    """The stories of many items, most of which are completed in the year."""
    early = tuple(date(2020, month, 13) for month in (3, 4, 5, 6))
    return [told(a_subject(code=f"T-{number:03d}", dates=early), 1) for number in range(300)]


@given(subjects(), SEEDS)
def test_the_story_stays_and_answers_are_added(subject: Subject, seed: int) -> None:
    story, answered = story_of(subject, SPAN, Settings(), seed), told(subject, seed)
    assert told(subject, seed) == answered
    added = [entry for entry in answered if entry not in story]
    assert [entry for entry in answered if entry not in added] == story
    assert {entry.by for entry in added if isinstance(entry.fact, Answer)} <= {MANAGER}
    assert [entry.written_on for entry in answered] == sorted(entry.written_on for entry in answered)
    assert all(SPAN.first <= entry.as_of <= entry.written_on <= SPAN.last for entry in added)


@given(subjects(), SEEDS)
def test_each_answer_is_to_the_report_that_holds_when_it_is_given(subject: Subject, seed: int) -> None:
    standing: list[SimulatedEntry] = []
    for entry in told(subject, seed):
        if isinstance(entry.fact, Report):
            standing.append(entry)
        elif isinstance(entry.fact, Answer):
            report = max(standing, key=lambda one: one.as_of)
            assert entry.fact.report_as_of == report.as_of
            assert report.written_on < entry.written_on
            ended = isinstance(report.fact, Report) and report.fact.phase is not None and report.fact.phase.terminal
            assert ended or entry.fact.outcome is Confirmation.RETURNED
            if entry.fact.outcome is Confirmation.RETURNED:
                assert entry.fact.reason
                standing.remove(report)


def test_completions_are_confirmed_within_two_weeks_unless_the_year_ends_or_they_are_returned() -> None:
    waited = []
    for story in many():
        for place, entry in enumerate(story):
            if isinstance(entry.fact, Report) and entry.fact.phase is Phase.COMPLETED:
                answer = next((later for later in story[place:] if isinstance(later.fact, Answer)), None)
                waited.append((answer.written_on if answer else SPAN.last) - entry.written_on)
                assert answer or entry.written_on > SPAN.last - timedelta(days=14)
    assert len(waited) > 200
    assert max(waited) <= timedelta(days=12)
    assert len(set(waited)) > 5


def test_a_few_completions_are_returned_completed_again_with_evidence_and_then_confirmed() -> None:
    returned = [
        (story, place)
        for story in many()
        for place, entry in enumerate(story)
        if isinstance(entry.fact, Answer) and entry.fact.reason in phrases().completion_sent_back
    ]
    assert 5 < len(returned) < 40
    for story, back in returned:
        # What was saved with the report fell back, and is told again before the next one.
        again, confirmed = (entry for entry in story[back + 1 :] if isinstance(entry.fact, Report | Answer))
        assert isinstance(again.fact, Report)
        assert (again.fact.phase, bool(again.fact.evidence)) == (Phase.COMPLETED, True)
        assert (again.fact.done or "").startswith(phrases().completed_again)
        assert confirmed.fact == Answer(again.as_of, Confirmation.CONFIRMED, None)


def test_other_reports_are_returned_now_and_then() -> None:
    reasons = [
        entry.fact.reason
        for story in many()
        for entry in story
        if isinstance(entry.fact, Answer) and entry.fact.reason in phrases().sent_back
    ]
    assert 0 < len(reasons) < 15
