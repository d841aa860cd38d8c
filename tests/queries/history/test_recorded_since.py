"""What was recorded since an event: nothing, about some items, or about more than items."""

from datetime import date

from planner.queries.history.recorded_since import items_recorded_since, last_event_number
from planner.store.database import Database
from planner.writes.plan_changes.organisations import add_organisation
from tests.factories import ACTOR, meet, move, reading_of, report, writing_by
from tests.queries.reads import instant


def test_the_items_of_newer_events_are_named_unless_all_items_may_have_changed(register: Database):
    with register.reading() as session:
        before = last_event_number(session)
        assert items_recorded_since(reading_of(session), before, 10) == frozenset()
    report(register, "T-001", as_of=date(2020, 9, 16), percent=35)
    meet(register, "T-002", 1, date(2020, 5, 10))
    move(register, "T-002", 3, date(2020, 11, 27))
    with register.reading() as session:
        assert last_event_number(session) > before
        assert items_recorded_since(reading_of(session), before, 10) == frozenset({"T-001", "T-002"})
        assert items_recorded_since(reading_of(session), before, 2) is None
    with register.writing() as session:
        add_organisation(writing_by(session, ACTOR, instant(9, 18)), "tide-board", "Board of Tides")
    with register.reading() as session:
        assert items_recorded_since(reading_of(session), before, 10) is None
