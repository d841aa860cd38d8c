"""Taking back one's own last write, and what stands in the way of it."""

import json
from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import select

from planner.base.errors import NotAllowedError
from planner.domain.vocabulary import Phase, Role
from planner.store.database import Database
from planner.store.journal import Actor
from planner.store.models import AuditEvent, Withdrawal
from planner.writes.people.adding import NewPerson, add_person
from planner.writes.people.changing import PersonEdit, change_person
from planner.writes.reports.bulk import BulkChange, record_bulk
from planner.writes.reports.entries import Entry, MilestoneEntry, ObservationEntry, record_entry
from planner.writes.reports.status import Report
from planner.writes.undo import last_own_write, undo
from tests.answers import confirm, give_back, take_back
from tests.factories import (
    ACTOR,
    AUDITOR,
    COLLEAGUE,
    OFFICER,
    meet,
    move,
    noon,
    observed,
    person,
    reading_of,
    report,
    writing_by,
)
from tests.queries.reads import APRIL, detail_at, instant, item_at
from tests.writes.refusals import counts, gained, refused

MARCH = date(2020, 3, 11)


def forecast(database: Database) -> None:
    with database.writing() as session:
        entry = Entry(milestones=(MilestoneEntry(1, forecast=date(2020, 5, 4)),))
        record_entry(writing_by(session, ACTOR, noon(MARCH)), "T-001", entry)


WRITES: dict[str, tuple[Callable[[Database], object], str, str]] = {
    "report": (lambda database: report(database, percent=40), "the report on T-001", "status_update_id"),
    "met": (
        lambda database: meet(database, "T-001", 1, MARCH),
        "the report on T-001 milestone 1",
        "milestone_report_id",
    ),
    "forecast": (forecast, "the report on T-001 milestone 1", "milestone_report_id"),
    "moved": (
        lambda database: move(database, "T-001", 1, date(2020, 5, 4)),
        "the new date of T-001 milestone 1",
        "date_change_id",
    ),
    "due": (
        lambda database: move(database, "T-001", None, date(2021, 5, 4)),
        "the new date of T-001 due date",
        "date_change_id",
    ),
    "observed": (
        lambda database: observed(database, "T-001", 1, 4),
        "the value of T-001 indicator 1",
        "observation_id",
    ),
}


@pytest.mark.parametrize(("write", "told", "column"), WRITES.values(), ids=WRITES.keys())
def test_the_last_write_is_taken_back_by_one_that_says_so(
    register: Database, write: Callable[[Database], object], told: str, column: str
):
    stood = detail_at(register, "T-001").item
    write(register)
    before = counts(register)
    done = take_back(register)
    assert done.records == (told,)
    assert gained(register, before) == {"withdrawal": 1, "audit_event": 1}
    assert detail_at(register, "T-001").item == stood
    with register.reading() as session:
        row = session.execute(select(Withdrawal)).scalar_one()
        event = session.execute(select(AuditEvent).order_by(AuditEvent.seq.desc()).limit(1)).scalar_one()
    assert (row.actor, row.reason, row.recorded_at) == (ACTOR.name, None, noon(APRIL))
    assert (event.action, event.table_name, event.row_id) == ("take-back", "withdrawal", row.id)
    assert json.loads(event.body)["after"][column] == getattr(row, column) is not None


def test_a_save_of_several_parts_is_taken_back_as_a_whole(register: Database):
    stood = detail_at(register, "T-001")
    entry = Entry(
        Report(percent=40),
        (MilestoneEntry(1, met_on=MARCH, moved_to=date(2020, 4, 3), reason="Ice.", forecast=date(2020, 4, 4)),),
        (ObservationEntry(1, 4),),
    )
    with register.writing() as session:
        record_entry(writing_by(session, OFFICER, noon(MARCH)), "T-001", entry)
    done = take_back(register, actor=OFFICER)
    assert done.recorded_at == noon(MARCH)
    assert done.records == (
        "the new date of T-001 milestone 1",
        "the report on T-001 milestone 1",
        "the report on T-001 milestone 1",
        "the value of T-001 indicator 1",
        "the report on T-001",
    )
    now = detail_at(register, "T-001")
    assert (now.item, now.indicators) == (stood.item, stood.indicators)


def test_all_reports_of_one_bulk_write_are_taken_back(register: Database):
    with register.writing() as session:
        codes = ["T-001", "P-002"]
        record_bulk(writing_by(session, ACTOR, noon(MARCH)), codes, BulkChange(note="Storm."))
    assert take_back(register).records == ("the report on T-001", "the report on P-002")
    assert item_at(register, "P-002").last is None


def test_again_takes_back_the_write_before_and_so_on(register: Database):
    for percent, day in ((10, 4), (20, 5), (30, 6)):
        report(register, percent=percent, as_of=date(2020, 3, day))
    left = []
    for _ in range(3):
        take_back(register)
        left.append(item_at(register, "T-001").actual)
    assert left == [20, 10, None]
    # What the loading of the plan wrote under this login is not taken back so.
    with refused(register, NotAllowedError, "cannot be undone", ""):
        take_back(register)


def test_a_taking_back_is_not_itself_taken_back(register: Database):
    report(register, percent=10, as_of=date(2020, 3, 4), actor=OFFICER)
    report(register, percent=20, as_of=date(2020, 3, 5), actor=OFFICER)
    take_back(register, actor=OFFICER, at=instant(3, 5, 13))
    report(register, percent=30, as_of=date(2020, 3, 6), actor=OFFICER)
    assert [take_back(register, actor=OFFICER).recorded_at.day for _ in range(2)] == [6, 4]
    with refused(register, NotAllowedError, "you have nothing to undo", ""):
        take_back(register, actor=OFFICER)


def test_only_one_s_own_writes_are_taken_back(register: Database):
    report(register, percent=10, as_of=date(2020, 3, 4), actor=OFFICER)
    report(register, percent=20, as_of=date(2020, 3, 5), actor=COLLEAGUE)
    take_back(register, actor=OFFICER)
    assert item_at(register, "T-001").actual == 20
    with refused(register, NotAllowedError, "you have nothing to undo", ""):
        take_back(register, actor=AUDITOR)


def test_a_date_that_somebody_moved_on_stays_where_they_moved_it(register: Database):
    move(register, "T-001", None, date(2021, 1, 31), as_of=date(2020, 3, 4))
    move(register, "T-001", None, date(2021, 2, 28), as_of=date(2020, 3, 11), actor=COLLEAGUE)
    assert take_back(register).records == ("the new date of T-001 due date (a later record is still valid)",)
    assert item_at(register, "T-001").current_due == date(2021, 2, 28)
    # Between the two it is again where it stood before the first.
    assert item_at(register, "T-001", date(2020, 3, 5)).current_due == date(2020, 12, 31)


@pytest.mark.parametrize(
    ("write", "later", "told"),
    [
        (
            lambda database: report(database, percent=10, as_of=date(2020, 3, 4)),
            lambda database: report(database, done="More.", as_of=date(2020, 3, 5), actor=COLLEAGUE),
            "the report on T-001 (a later record is still valid)",
        ),
        (
            lambda database: observed(database, "T-001", 1, 4),
            lambda database: observed(database, "T-001", 1, 5, actor=COLLEAGUE),
            "the value of T-001 indicator 1 (a later record is still valid)",
        ),
        (
            lambda database: observed(database, "T-001", 1, 4),
            lambda database: observed(database, "T-001", 1, 5, as_of=MARCH, actor=COLLEAGUE),
            "the value of T-001 indicator 1",
        ),
        (
            lambda database: move(database, "T-001", 1, date(2020, 5, 4)),
            lambda database: move(database, "T-001", None, date(2021, 5, 4), actor=COLLEAGUE),
            "the new date of T-001 milestone 1",
        ),
    ],
    ids=["report", "revised value", "value of another day", "another date"],
)
def test_it_says_where_a_later_record_holds_anyway(
    sqlite_register: Database,
    write: Callable[[Database], object],
    later: Callable[[Database], object],
    told: str,
):
    write(sqlite_register)
    later(sqlite_register)
    stood = detail_at(sqlite_register, "T-001")
    assert take_back(sqlite_register).records == (told,)
    now = detail_at(sqlite_register, "T-001")
    unchanged = (now.item, now.indicators) == (stood.item, stood.indicators)
    assert unchanged == told.endswith("(a later record is still valid)")


def test_a_completion_that_was_confirmed_is_not_taken_back(register: Database):
    report(register, phase=Phase.COMPLETED, actor=OFFICER)
    confirm(register)
    with refused(register, NotAllowedError, "brook has confirmed the report in the meantime", "T-001"):
        take_back(register, actor=OFFICER)
    take_back(register, actor=COLLEAGUE)
    assert take_back(register, actor=OFFICER).records == ("the report on T-001",)
    assert item_at(register, "T-001").phase is Phase.NOT_STARTED


def test_a_report_that_was_returned_is_not_taken_back(register: Database):
    report(register, percent=10, actor=OFFICER)
    give_back(register)
    with refused(register, NotAllowedError, "brook has returned the report in the meantime", "T-001"):
        take_back(register, actor=OFFICER)


def test_one_answered_report_keeps_the_whole_write(register: Database):
    with register.writing() as session:
        change = BulkChange(note="Storm.")
        record_bulk(writing_by(session, OFFICER, noon(MARCH)), ["T-001", "P-002"], change)
    give_back(register, "P-002")
    with refused(register, NotAllowedError, "brook has returned the report in the meantime", "P-002"):
        take_back(register, actor=OFFICER)


def test_what_is_shown_beforehand_is_what_is_taken_back(register: Database):
    report(register, percent=10, as_of=date(2020, 3, 4))
    with register.reading() as session:
        shown = last_own_write(reading_of(session), ACTOR)
    assert (shown.recorded_at, shown.records) == (instant(3, 4), ("the report on T-001",))
    report(register, percent=20, as_of=date(2020, 3, 5))
    with refused(register, NotAllowedError, "you have written something else since: the report on T-001", ""):
        take_back(register, expected=shown.recorded_at)
    take_back(register, expected=instant(3, 5))
    # Asked for twice by mistake, it is done once.
    with refused(register, NotAllowedError, "you have written something else since", ""):
        take_back(register, expected=instant(3, 5))


def test_the_reason_is_kept(register: Database):
    report(register, percent=10)
    with register.writing() as session:
        undo(writing_by(session, ACTOR, noon(APRIL)), reason=" Wrong item. ")
    entry = detail_at(register, "T-001").history[0]
    assert (entry.kind, entry.reason) == ("withdrawal", "Wrong item.")


def test_other_kinds_of_writes_are_not_taken_back(register: Database):
    report(register, percent=10)
    with register.writing() as session:
        add_person(writing_by(session, ACTOR, noon(MARCH)), NewPerson("gil", "Gil", Role.MANAGER))
    with refused(register, NotAllowedError, "your last write (add person gil) cannot be undone", ""):
        take_back(register)


def test_who_is_nobody_any_more_takes_nothing_back(register: Database):
    person(register, "fay")
    report(register, percent=10, actor=Actor("fay"))
    with register.writing() as session:
        change_person(writing_by(session, ACTOR, noon(MARCH)), "fay", PersonEdit(active=False), "Agreed.")
    before = counts(register)
    with pytest.raises(NotAllowedError, match="'fay' has left"):
        take_back(register, actor=Actor("fay"))
    assert gained(register, before) == {}
