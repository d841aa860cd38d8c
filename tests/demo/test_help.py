"""Officers of a demonstration say of whom they ask for help and by when, and the manager answers some of them."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from planner.demo.answers import with_answers
from planner.demo.entries import HelpGiven, SimulatedEntry
from planner.demo.help import with_help
from planner.demo.people import MANAGER
from planner.demo.stories import story_of
from planner.demo.subjects import Subject
from planner.domain.rules.settings import Settings
from planner.writes.reports.status import Report
from tests.demo.subjects import SPAN, a_subject, subjects


def helped(subject: Subject, seed: int) -> tuple[list[SimulatedEntry], list[SimulatedEntry]]:
    """An item's story, and the same with help."""
    story = with_answers(story_of(subject, SPAN, Settings(), seed), SPAN, seed)
    return story, with_help(story, SPAN, seed)


def without_help(entry: SimulatedEntry) -> SimulatedEntry:
    fact = entry.fact
    return replace(entry, fact=replace(fact, help_from=None, help_by=None)) if isinstance(fact, Report) else entry


@given(subjects(), st.integers(0, 10_000))
def test_an_answer_is_to_the_last_report_and_all_else_stays(subject: Subject, seed: int) -> None:
    story, told = helped(subject, seed)
    assert [without_help(entry) for entry in told if not isinstance(entry.fact, HelpGiven)] == story
    last: SimulatedEntry | None = None
    for entry in told:
        if isinstance(entry.fact, Report):
            last = entry
        elif isinstance(entry.fact, HelpGiven):
            assert last is not None
            assert isinstance(last.fact, Report)
            assert last.fact.help_needed
            assert (entry.by, entry.fact.report_as_of) == (MANAGER, last.as_of)
            assert last.written_on < entry.written_on <= SPAN.last


def test_some_requests_are_answered_and_some_pass_their_day_without() -> None:
    answered = overdue = 0
    for number in range(200):
        _, told = helped(a_subject(code=f"T-{number:03d}"), 1)
        facts = [entry.fact for entry in told]
        answered += sum(isinstance(fact, HelpGiven) for fact in facts)
        overdue += sum(
            isinstance(entry.fact, Report) and entry.fact.help_by is not None and entry.fact.help_by < entry.as_of
            for entry in told
        )
    assert answered > 10
    assert overdue > 0
