"""Clocks that are wrong: what they would spoil is refused, and what they spoiled can be put right on record."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from planner.base.errors import ClockError, NotAllowedError
from planner.domain.rules.clock import LARGEST_STEP_BACK, LONGEST_PAUSE, ClockFault, clock_fault
from planner.integrity.problems import ProblemKind
from planner.integrity.verifying import verify
from planner.integrity.wording import check_lines
from planner.queries.history.clock_faults import read_clock
from planner.queries.items.register import read_register
from planner.register.plans import last_recorded
from planner.store.database import Database
from planner.store.journal import writing
from planner.store.models import AuditEvent
from planner.writes.clock import accept_clock, correct_clock, false_run
from tests.effort import EFFORT
from tests.factories import ACTOR, COLLEAGUE, reading_of, report, writing_by

NOW = datetime(2020, 3, 4, 12, tzinfo=UTC)
AHEAD = NOW + timedelta(days=3650)

pytestmark = pytest.mark.usefixtures("strict_clock")


@pytest.mark.parametrize(
    ("now", "fault"),
    [
        (NOW, None),
        (NOW + LONGEST_PAUSE, None),
        (NOW + LONGEST_PAUSE + timedelta(seconds=1), ClockFault.AHEAD),
        (NOW - LARGEST_STEP_BACK, None),
        (NOW - LARGEST_STEP_BACK - timedelta(seconds=1), ClockFault.BEHIND),
    ],
)
def test_a_clock_may_be_off_by_a_pause_or_by_some_hours(now, fault):
    assert clock_fault(now, NOW) is fault


def percent(database: Database, known_at: datetime | None) -> int | None:
    """What T-001 was reported at, as known at an instant."""
    with database.reading() as session:
        (item,) = read_register(reading_of(session, date(2020, 12, 31), known_at), ["T-001"])
        return item.last.percent if item.last else None


def instants(database: Database) -> list[datetime]:
    with database.reading() as session:
        return list(session.execute(select(AuditEvent.recorded_at).order_by(AuditEvent.seq)).scalars())


def spoil(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """Record a report with a clock ten years ahead, as a program that minds no clock did."""
    with monkeypatch.context() as patch:
        patch.setattr("planner.domain.rules.clock.LONGEST_PAUSE", timedelta(days=36_500))
        report(database, "T-001", percent=50, at=AHEAD)


def test_a_write_with_the_clock_far_ahead_is_refused_and_leaves_nothing(register):
    before = instants(register)

    with pytest.raises(ClockError, match=r"planner clock accept"):
        report(register, "T-001", percent=50, at=AHEAD)

    assert instants(register) == before


def test_a_write_with_the_clock_far_behind_is_refused_and_leaves_nothing(register):
    report(register, "T-001", percent=50, at=NOW)
    before = instants(register)

    with pytest.raises(ClockError, match=r"planner clock correct"):
        report(register, "T-001", percent=60, at=NOW - timedelta(days=2))

    assert instants(register) == before


def test_some_hours_behind_the_write_gets_the_next_instant(register):
    report(register, "T-001", percent=50, at=NOW)
    report(register, "T-001", percent=60, at=NOW - timedelta(hours=3))

    assert instants(register)[-2:] == [NOW, NOW + timedelta(microseconds=1)]


def test_a_long_pause_is_accepted_on_record(register):
    with register.writing() as session:
        accept_clock(writing_by(session, ACTOR, AHEAD), "The office was closed.")

    report(register, "T-001", percent=50, at=AHEAD + timedelta(hours=1))

    with register.reading() as session:
        (one,) = read_clock(session, AHEAD).corrections
    assert (one.first_seq, one.reason, one.actor) == (None, "The office was closed.", ACTOR.name)


def test_a_clock_that_is_right_needs_no_acceptance(register):
    with register.writing() as session, pytest.raises(NotAllowedError, match="is recent"):
        accept_clock(writing_by(session, ACTOR, NOW), "To be sure.")


def test_time_goes_on_from_a_sane_instant_after_a_correction(register, monkeypatch):
    spoil(register, monkeypatch)
    with pytest.raises(ClockError):
        report(register, "T-001", percent=60, at=NOW + timedelta(hours=1))

    with register.writing() as session:
        done = correct_clock(writing_by(session, ACTOR, NOW + timedelta(hours=2)), "Its battery was empty.")
    report(register, "T-001", percent=60, at=NOW + timedelta(hours=3))

    assert instants(register)[-3:] == [AHEAD, NOW + timedelta(hours=2), NOW + timedelta(hours=3)]
    with register.reading() as session:
        assert last_recorded(session) == NOW + timedelta(hours=3)
    assert (done.first_seq, done.last_seq) == (len(instants(register)) - 2,) * 2


def test_corrected_events_count_from_the_correction_and_no_earlier(register, monkeypatch):
    spoil(register, monkeypatch)
    assert percent(register, NOW + timedelta(hours=2)) is None

    with register.writing() as session:
        correct_clock(writing_by(session, ACTOR, NOW + timedelta(hours=2)), "Its battery was empty.")

    assert percent(register, NOW + timedelta(hours=1)) is None
    assert percent(register, NOW + timedelta(hours=2)) == 50
    assert percent(register, None) == 50


def test_only_an_administrator_corrects_and_only_what_is_wrong(register, monkeypatch):
    with register.writing() as session, pytest.raises(NotAllowedError, match="nothing to correct"):
        correct_clock(writing_by(session, ACTOR, NOW), "To be sure.")
    spoil(register, monkeypatch)
    with register.writing() as session, pytest.raises(NotAllowedError, match="is a manager and may not"):
        correct_clock(writing_by(session, COLLEAGUE, NOW), "Wrong.")
    with register.reading() as session:
        run = false_run(session, NOW)
    report(register, "T-001", percent=60, at=AHEAD + timedelta(hours=1))
    with register.writing() as session, pytest.raises(NotAllowedError, match="recorded in the meantime"):
        correct_clock(writing_by(session, ACTOR, NOW), "Wrong.", expected=run)


def test_jumps_are_named(register, monkeypatch):
    spoil(register, monkeypatch)
    with register.writing() as session:
        correct_clock(writing_by(session, ACTOR, NOW), "Its battery was empty.")

    with register.reading() as session:
        found = read_clock(session, NOW)

    assert [(jump.after, jump.days > 3000) for jump in found.jumps] == [(AHEAD, True), (NOW, True)]
    assert found.fault is None


def test_verify_and_the_clock_s_own_page_name_the_same_jumps(register, monkeypatch):
    """Also one within a year: some weeks ahead, and back again."""
    report(register, "T-001", percent=50, at=NOW + timedelta(days=60))
    with register.writing() as session:
        correct_clock(writing_by(session, ACTOR, NOW), "Its battery was empty.")

    with register.reading() as session:
        found, view = verify(session, lambda name, by=1: None), read_clock(session, NOW)

    assert [(jump.after, jump.days) for jump in found.jumps] == [(NOW, 60)]
    assert found.jumps == view.jumps


def test_verify_takes_a_correction_as_the_one_way_back_in_time(register, monkeypatch):
    spoil(register, monkeypatch)
    with register.writing() as session:
        correct_clock(writing_by(session, ACTOR, NOW), "Its battery was empty.")
    report(register, "T-001", percent=60, at=NOW + timedelta(hours=1))

    with register.reading() as session:
        found = verify(session, lambda name, by=1: None)

    assert found.problems == ()
    assert [jump.after for jump in found.jumps] == [AHEAD, NOW]
    assert any("The clock jumped" in line and "days before the previous event" in line for line in check_lines(found))


def test_verify_names_an_instant_that_goes_back_without_a_correction(register, monkeypatch):
    spoil(register, monkeypatch)
    with monkeypatch.context() as patch:
        patch.setattr("planner.store.journal.require_sane_clock", lambda *_: None)
        patch.setattr("planner.store.journal.max", lambda at, _: at, raising=False)
        report(register, "T-001", percent=60, at=NOW)

    with register.reading() as session:
        found = verify(session, lambda name, by=1: None)

    assert [problem.kind for problem in found.problems] == [ProblemKind.INSTANT]


STEP = st.one_of(
    st.tuples(st.just("write"), st.integers(min_value=1, max_value=400)),
    st.tuples(st.just("spoil"), st.integers(min_value=401, max_value=9_000)),
)


@settings(max_examples=5 * EFFORT, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(STEP, min_size=1, max_size=6))
def test_what_was_known_at_an_instant_stays_known(sqlite_register, steps):
    """Writes, spoilt clocks and corrections in any order: each past instant keeps showing what it showed."""
    now, seen = instants(sqlite_register)[-1], {}
    for number, (kind, days) in enumerate(steps):
        seen[now] = percent(sqlite_register, now)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("planner.domain.rules.clock.LONGEST_PAUSE", timedelta(days=36_500))
            ahead = timedelta(days=days)
            at = now + (ahead if kind == "spoil" else timedelta(hours=days))
            report(sqlite_register, "T-001", percent=number, done=f"Seen at {at}.", at=at)
        now += timedelta(hours=days)
        if kind == "spoil":
            with sqlite_register.writing() as session:
                now = correct_clock(writing_by(session, ACTOR, now), "Wrong.").recorded_at
        assert percent(sqlite_register, now) == number
        assert {instant: percent(sqlite_register, instant) for instant in seen} == seen


def test_a_demonstration_may_be_written_any_day(sqlite_register):
    from planner.domain.vocabulary import InstallationKind
    from planner.store.models import Installation

    with sqlite_register.writing() as session, writing(session, ACTOR, NOW) as journal:
        row = session.get_one(Installation, 1)
        values = {"kind": InstallationKind.DEMONSTRATION.value, "simulated_today": date(2020, 3, 4)}
        journal.change(row, values, action="edit", label="installation")

    report(sqlite_register, "T-001", percent=50, at=AHEAD)

    assert instants(sqlite_register)[-1] == AHEAD
