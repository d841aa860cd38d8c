"""A few items of a demonstration are assessed by somebody who does not report on them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.demo.assessments import with_assessments
from planner.demo.entries import Assessed, SimulatedEntry
from planner.demo.people import AUDITOR, MANAGER
from planner.demo.phrases import phrases
from planner.demo.stories import story_of
from planner.demo.subjects import Subject
from planner.domain.rules.settings import Settings
from planner.writes.reports.status import Report
from tests.demo.subjects import SPAN, a_subject, subjects


def assessed(subject: Subject, seed: int) -> tuple[list[SimulatedEntry], list[SimulatedEntry]]:
    """An item's story, and what assessments add to it."""
    story = story_of(subject, SPAN, Settings(), seed)
    with_them = with_assessments(story, subject, SPAN, seed)
    assert [entry for entry in with_them if entry in story] == story
    return story, [entry for entry in with_them if entry not in story]


@given(subjects(), st.integers(0, 10_000))
def test_an_item_is_assessed_once_at_most_after_a_rating(subject: Subject, seed: int) -> None:
    story, added = assessed(subject, seed)
    assert assessed(subject, seed) == (story, added)
    assert len(added) <= 1
    for entry in added:
        assert entry.by in (AUDITOR, MANAGER)
        assert SPAN.first < entry.as_of == entry.written_on <= SPAN.last
        assert any(isinstance(one.fact, Report) and one.written_on < entry.as_of for one in story)


@pytest.mark.more
def test_a_few_items_are_assessed_and_the_reason_fits_the_rating() -> None:
    reasons = []
    for number in range(300):
        _, added = assessed(a_subject(code=f"T-{number:03d}"), 1)
        reasons += [entry.fact.reason for entry in added if isinstance(entry.fact, Assessed)]
    assert 10 < len(reasons) < 60
    alike, worse = (
        sum(one in said for one in reasons) for said in (phrases().assessed_alike, phrases().assessed_worse)
    )
    assert alike > worse > 2
