"""The register's past as the outlook tries it: it is what the register itself says of each day and each instant."""

from datetime import UTC, date, datetime, timedelta

import pytest

from planner.domain.rules.track_record import Calibration
from planner.domain.vocabulary import Phase
from planner.queries.items.register import read_register
from planner.queries.weeks.track_record import Past, _tested_days, read_pasts, read_track_record, standings
from planner.register.point import Point
from planner.register.reading import Reading
from planner.store.database import Database
from planner.store.models import ClockCorrection
from tests.answers import confirm, give_back, take_back
from tests.effort import EFFORT
from tests.factories import COLLEAGUE, meet, move, plan_of, reading_of, report
from tests.queries.reads import instant

LAST = date(2020, 5, 31)
DAYS_APART = 15 if EFFORT == 1 else 2
DAYS = [date(2020, 3, 1) + timedelta(days=days) for days in range(0, 93, DAYS_APART)]


def tell(database: Database) -> None:
    """Reports that came late, were returned, taken back, and both; milestones and due dates too."""
    report(database, percent=10, as_of=date(2020, 3, 4))
    report(database, percent=30, as_of=date(2020, 3, 18), at=instant(3, 25))
    report(database, percent=20, as_of=date(2020, 3, 11), at=instant(3, 26))
    report(database, percent=90, as_of=date(2020, 4, 1), at=instant(4, 1))
    give_back(database, at=instant(4, 3))
    take_back(database, at=instant(4, 9), actor=COLLEAGUE)
    report(database, percent=95, as_of=date(2020, 4, 15), at=instant(4, 15))
    take_back(database, at=instant(4, 20))
    move(database, "T-001", None, date(2020, 9, 1), as_of=date(2020, 4, 20), at=instant(4, 22))
    meet(database, "P-001", 1, date(2020, 4, 1), at=instant(4, 8))
    meet(database, "P-001", 2, date(2020, 4, 22), at=instant(4, 22))
    take_back(database, at=instant(4, 27))
    report(database, "T-002", as_of=date(2020, 5, 6), phase=Phase.COMPLETED, at=instant(5, 8))
    report(
        database, "P-002", as_of=date(2020, 5, 6), phase=Phase.CANCELLED, ending_reason="Not wanted", at=instant(5, 9)
    )
    confirm(database, "P-002", at=instant(5, 12))


def pasts_of(database: Database, known_at: datetime | None = None) -> list[Past]:
    with database.reading() as session:
        plan, point = plan_of(session), Point(LAST, known_at)
        return read_pasts(Reading(session, plan_of(session), point), read_register(Reading(session, plan, point)))


def same_as_register(database: Database, pasts: list[Past], known: datetime) -> None:
    with database.reading() as session:
        for day in DAYS:
            items = read_register(reading_of(session, day, known))
            seen = [past.known(known) for past in pasts]
            assert [(past.item.code, *past.on(day), past.due_on(day)) for past in seen] == [
                (item.code, item.phase, item.actual, item.current_due) for item in items
            ], (day, known)
            dropped = [one.given_up for one in standings(pasts, day, known)]
            assert dropped == [item.is_dropped for item in items], (day, known)


def test_each_past_day_is_what_the_register_says_of_it_as_known_at_each_instant(register: Database):
    tell(register)
    pasts = pasts_of(register)
    for known in (
        instant(3, 19),
        instant(4, 2),
        instant(4, 5),
        instant(4, 10),
        instant(4, 18),
        instant(5, 10),
        instant(5, 31),
    ):
        same_as_register(register, pasts, known)


def test_known_at_an_earlier_instant_the_past_is_the_same_as_it_was_then(register: Database):
    tell(register)
    known = instant(4, 5)
    same_as_register(register, pasts_of(register, known), known)
    same_as_register(register, pasts_of(register, known), instant(4, 2))


def test_what_a_wrong_clock_wrote_counts_from_where_it_was_corrected(sqlite_register: Database):
    report(sqlite_register, percent=40, as_of=date(2020, 3, 4), at=datetime(2030, 3, 4, tzinfo=UTC))
    with sqlite_register.writing() as session:
        session.add(
            ClockCorrection(
                first_seq=1,
                last_seq=1,
                false_from=datetime(2030, 1, 1, tzinfo=UTC),
                false_until=datetime(2031, 1, 1, tzinfo=UTC),
                counts_from=instant(3, 5),
                reason="The battery was empty.",
                actor="ada",
                recorded_at=datetime(2030, 3, 5, tzinfo=UTC),
            )
        )
        session.commit()
    same_as_register(sqlite_register, pasts_of(sqlite_register), instant(3, 4))
    same_as_register(sqlite_register, pasts_of(sqlite_register), instant(3, 6))


def test_done_since_the_first_day_of_those_without_a_break(register: Database):
    for day, percent in ((4, 100), (11, 90), (18, 100), (25, 100)):
        report(register, as_of=date(2020, 3, day), percent=percent, done=f"By March {day}.")
    past = next(past for past in pasts_of(register) if past.item.code == "T-001")
    assert [past.done_on(date(2020, 3, day)) for day in (3, 4, 10, 11, 18, 31)] == [
        None, date(2020, 3, 4), date(2020, 3, 4), None, date(2020, 3, 18), date(2020, 3, 18)
    ]  # fmt: skip


def seen(database: Database, as_of: date, known_at: datetime | None = None) -> Calibration:
    with database.reading() as session:
        plan, point = plan_of(session), Point(as_of, known_at)
        return read_track_record(Reading(session, plan, point), read_register(Reading(session, plan, point)))[1]


# On April 29, and as nothing was reported since also on May 27, 2 points a week and less: more than 40 weeks to go.
# Eight and four weeks are left until the due date, of which the wide range begins at the half.
@pytest.mark.parametrize(("done_on", "came_due", "held"), [(date(2020, 5, 20), 1, 0), (date(2020, 6, 24), 2, 2)])
def test_a_forecast_comes_due_when_the_item_is_done(register: Database, done_on: date, came_due: int, held: int):
    for back in range(5):
        day = date(2020, 4, 29) - timedelta(weeks=back)
        report(register, as_of=day, percent=20 - 2 * back, at=instant(day.month, day.day))
    move(register, "T-001", None, date(2020, 6, 24), as_of=date(2020, 4, 29), at=instant(4, 29))
    before = seen(register, date(2020, 6, 24), instant(5, 1))
    report(register, as_of=done_on, phase=Phase.COMPLETED, at=instant(done_on.month, done_on.day))
    assert before == Calibration()
    assert seen(register, date(2020, 6, 24)) == Calibration(came_due, held)
    assert seen(register, date(2020, 6, 24), instant(5, 1)) == before


def test_once_the_plan_is_over_what_came_due_is_not_forgotten():
    starts, ends = date(2020, 1, 1), date(2020, 12, 31)
    within = _tested_days(starts, ends, ends)
    assert within == [ends - 28 * timedelta(days=back) for back in range(13, -1, -1)]
    later = [_tested_days(starts, ends, day) for day in (date(2021, 1, 4), date(2021, 6, 1), date(2031, 6, 1))]
    assert [days[-1] for days in later] == [date(2021, 1, 4), date(2021, 6, 1), date(2031, 6, 1)]
    assert all(set(within) <= set(days) for days in later)
    assert [len(days) for days in later] == [15, 20, 21]
    assert _tested_days(starts, ends, date(2019, 6, 1)) == [date(2019, 6, 1)]
