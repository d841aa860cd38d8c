"""The indicators of a whole plan are those of each item, in a fixed number of statements."""

from datetime import date

from sqlalchemy import event

from planner.queries.items.indicators import read_all_indicators, read_indicators
from planner.queries.items.register import read_register
from planner.register.point import Point
from planner.register.reading import Reading
from planner.store.database import Database
from planner.store.journal import writing
from planner.store.models import Indicator, Target
from tests.factories import ACTOR, observed, plan_of, reading_of
from tests.queries.reads import instant


def rename(database: Database, number: int) -> None:
    with database.writing() as session, writing(session, ACTOR, instant(4, 20)) as journal:
        row = session.get_one(Indicator, number)
        journal.change(row, {"name": "Renamed", "baseline_value": 99}, action="edit", label="T-001")


def test_all_at_once_they_are_those_of_each_item(register: Database):
    observed(register, "T-001", 1, 4, as_of=date(2020, 3, 4))
    observed(register, "T-001", 1, 5, as_of=date(2020, 3, 4), at=instant(3, 20))
    observed(register, "P-002", 1, 120, as_of=date(2020, 6, 1))
    rename(register, 1)
    for point in (Point(date(2020, 4, 1)), Point(date(2020, 7, 1)), Point(date(2020, 7, 1), instant(3, 10))):
        with register.reading() as session:
            plan = plan_of(session)
            items = read_register(Reading(session, plan, point))
            found = read_all_indicators(Reading(session, plan, point))
            assert found == {
                item.id: read_indicators(Reading(session, plan_of(session), point), item.id) for item in items
            }
            assert [view.name for views in found.values() for view in views].count("Renamed") == (
                point.known_at is None
            )


def test_of_several_targets_the_next_one_due_counts_and_in_the_end_the_last(sqlite_register: Database):
    with sqlite_register.writing() as session, writing(session, ACTOR, instant(3, 1)) as journal:
        for due, value in ((date(2020, 6, 30), 5), (date(2021, 6, 30), 12)):
            target = Target(indicator_id=1, due=due, value=value, basis="registered")
            journal.add(target, action="add", label="T-001")
    days = (date(2020, 6, 30), date(2020, 7, 1), date(2021, 6, 30), date(2022, 1, 1))
    with sqlite_register.reading() as session:
        counting = [read_indicators(reading_of(session, day), 1)[0].target for day in days]
    assert counting == [5, 10, 12, 12]


def test_a_plan_s_take_as_many_statements_as_an_item_s(sqlite_register: Database):
    statements: list[str] = []
    with sqlite_register.reading() as session:
        reading = reading_of(session, date(2020, 4, 1))
        connection = session.connection()
        # What changed in the plan after the day is read once for all reads.
        assert reading.rollback.before == {}
        event.listen(connection, "before_cursor_execute", lambda *told: statements.append(told[2]))
        read_indicators(reading, 1)
        of_one = len(statements)
        read_all_indicators(reading)
    assert len(statements) == 2 * of_one
    assert of_one == 3
