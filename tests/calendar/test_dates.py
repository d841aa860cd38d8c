"""Which dates a calendar has, what is said of them, and that they are known again."""

from dataclasses import replace
from datetime import date

import pytest

from planner.calendar.dates import SIMULATED, CalendarDate, DueCalendar, calendar_of
from planner.domain.vocabulary import Phase
from planner.queries.history.revisions import read_revisions
from planner.queries.items.register import read_register
from planner.queries.weeks.deadlines import DeadlineState
from planner.register.point import Point
from planner.register.reading import Reading
from planner.store.database import Database
from tests.answers import take_back
from tests.factories import ODD_TITLE, ended, meet, move, plan_of, report
from tests.queries.reads import instant

AUGUST = date(2020, 8, 3)


def calendar(database: Database, as_of: date = AUGUST, *, simulated: bool = False) -> DueCalendar:
    """The whole plan's dates; as if it were a demonstration's where that is asked for."""
    with database.reading() as session:
        plan, point = plan_of(session), Point(as_of)
        items, revisions = read_register(Reading(session, plan, point)), read_revisions(Reading(session, plan, point))
        return calendar_of(
            replace(plan, simulated_today=as_of if simulated else None), items, as_of, revisions, "of us\nall"
        )


def date_of(found: DueCalendar, part: str) -> CalendarDate:
    """The entry whose uid begins so."""
    (entry,) = (entry for entry in found.dates if entry.uid.startswith(f"harbour-2020.{part}@"))
    return entry


def test_every_milestone_and_due_date_is_there_once_in_order(register: Database):
    found = calendar(register)
    assert found.title == "Harbour Town work plan 2020: of us all"
    assert len(found.dates) == len({entry.uid for entry in found.dates}) == 5 + 13
    assert [entry.day for entry in found.dates] == sorted(entry.day for entry in found.dates)
    assert date_of(found, "P-002.due").summary == f"P-002 due: {ODD_TITLE}"
    assert date_of(found, "P-002.due").of_milestone is False
    assert date_of(found, "P-002.milestone-2").summary == "‼ overdue P-002 milestone 2: Room open"


def test_a_date_that_moved_is_the_same_date_newer(register: Database):
    before = date_of(calendar(register), "T-002.milestone-3")
    move(register, "T-002", 3, date(2020, 11, 27), at=instant(3, 4))
    moved = date_of(calendar(register), "T-002.milestone-3")
    take_back(register, at=instant(3, 5))
    back = date_of(calendar(register), "T-002.milestone-3")
    assert before.uid == moved.uid == back.uid
    assert [entry.day for entry in (before, moved, back)] == [
        date(2020, 10, 30),
        date(2020, 11, 27),
        date(2020, 10, 30),
    ]
    assert [entry.sequence for entry in (before, moved, back)] == [0, 1, 2]
    assert before.recorded_at < moved.recorded_at < back.recorded_at == instant(3, 5)
    assert date_of(calendar(register), "T-002.milestone-2").sequence == 0


def test_what_is_said_of_a_date(sqlite_register: Database):
    move(sqlite_register, "T-002", 2, date(2020, 7, 30))
    report(sqlite_register, "T-002")
    assert date_of(calendar(sqlite_register), "T-002.milestone-2").description.splitlines() == [
        "T-002 [working] Train the lighthouse keepers",
        "Milestone 2 [working] Half of the keepers trained",
        "Met when: A note that says: half of the keepers trained",
        "Lead: Harbour Office",
        "Date: 2020-07-30 [registered]; first agreed: 2020-07-31; moved 1 day earlier",
        "As of 2020-08-03: overdue by 4 days; the item is in progress, off track, not rated",
    ]
    due = date_of(calendar(sqlite_register), "T-002.due").description.splitlines()
    assert due[2] == "Date: 2020-12-31; first agreed: 2020-12-31 [derived]; not moved"


def test_what_is_met_or_lapsed_stays_and_says_so(sqlite_register: Database):
    meet(sqlite_register, "P-001", 1, date(2020, 4, 2))
    ended(sqlite_register, "P-001", Phase.CANCELLED, as_of=date(2020, 7, 1))
    found = calendar(sqlite_register)
    met, lapsed = date_of(found, "P-001.milestone-1"), date_of(found, "P-001.milestone-2")
    assert (met.state, lapsed.state) == (DeadlineState.MET, DeadlineState.LAPSED)
    assert met.summary.startswith("✓ met P-001 milestone 1: ")
    assert lapsed.summary.startswith("× lapsed P-001 milestone 2: ")
    assert "As of 2020-08-03: met on 2020-04-02; the item is cancelled, not rated" in met.description


@pytest.mark.parametrize("part", ["T-001.due", "T-001.milestone-1"])
def test_a_demonstration_is_told_in_every_date_and_never_taken_for_the_register(sqlite_register: Database, part: str):
    found = calendar(sqlite_register, simulated=True)
    assert found.title.startswith("SIMULATED ")
    (entry,) = (entry for entry in found.dates if entry.uid == f"simulated-harbour-2020.{part}@planner.invalid")
    assert entry.summary.startswith("SIMULATED ")
    assert entry.description.startswith(SIMULATED)
