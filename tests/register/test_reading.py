"""A reading: one value for all reads, with the register as known at its instant."""

import ast
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

import planner
from planner.base.errors import TooSoonError
from planner.queries.items.register import read_register_on
from planner.store.database import Database
from planner.store.journal import writing
from planner.store.models import Item, Measure, Organisation, Plan, Theme
from tests.answers import give_back
from tests.factories import ACTOR, AT, OFFICER, noon, reading_of, report
from tests.queries.reads import APRIL, instant, retitle

BEFORE, EDITED = instant(3, 9), instant(3, 10)
READS = ("queries", "exchange", "evidence", "weekly", "calendar", "chasing")
# A session with any of these is what a reading holds.
PARTS = {"plan", "point", "as_of"}


def parameters() -> Iterator[tuple[str, set[str]]]:
    """The public functions of the packages that read, with the names of their parameters."""
    for package in READS:
        for file in sorted((Path(planner.__file__).parent / package).rglob("*.py")):
            for function in ast.parse(file.read_text(encoding="utf-8")).body:
                if isinstance(function, ast.FunctionDef) and not function.name.startswith("_"):
                    names = {arg.arg for arg in function.args.args + function.args.kwonlyargs}
                    yield f"{package}/{file.name}: {function.name}", names


def test_no_read_takes_the_parts_of_a_reading():
    found = list(parameters())
    assert sum("reading" in names for _, names in found) > 50
    # The counts of a plan that was just loaded: nothing is read of its past.
    allowed = {"queries/inventory.py: read_inventory", "queries/inventory.py: read_item_counts"}
    assert {place for place, names in found if "session" in names and names & PARTS} == allowed


def test_later_edits_are_looked_up_once_for_all_that_is_read(sqlite_register: Database):
    retitle(sqlite_register, "T-001", "Mend the west quay", EDITED)
    sent: list[str] = []
    with sqlite_register.reading() as session:
        reading = reading_of(session, APRIL, BEFORE)
        event.listen(session.connection(), "before_cursor_execute", lambda *told: sent.append(told[2]))
        titles = {item.title for item in reading.known_rows(Item)}
        assert reading.known_rows(Measure)
    assert "Mend the quays" in titles
    assert "Mend the west quay" not in titles
    assert sum("FROM audit_event" in statement for statement in sent) == 1


def test_later_edits_are_looked_up_once_for_several_days(sqlite_register: Database):
    for day in (date(2020, 3, 3), date(2020, 3, 5)):
        report(sqlite_register, "T-002", as_of=day, percent=None, done=f"Dug {day}.", at=noon(day), actor=OFFICER)
    give_back(sqlite_register, "T-002", at=instant(3, 6))
    retitle(sqlite_register, "T-001", "Mend the west quay", EDITED)
    sent: list[str] = []
    with sqlite_register.reading() as session:
        reading = reading_of(session, APRIL, BEFORE)
        event.listen(session.connection(), "before_cursor_execute", lambda *told: sent.append(told[2]))
        for items in read_register_on(reading, [APRIL - timedelta(weeks=week) for week in range(4)]):
            assert {item.code: item.title for item in items}["T-001"] == "Mend the quays"
    assert sum("audit_event.body" in statement.partition("FROM")[0] for statement in sent) == 1


def test_later_edits_are_looked_up_after_the_last_event_that_was_known(sqlite_register: Database):
    """Not in the whole log, which has an event for every report."""
    asked: list[tuple[str, Any]] = []
    with sqlite_register.reading() as session:
        connection = session.connection()
        event.listen(connection, "before_cursor_execute", lambda *told: asked.append(told[2:4]))
        assert reading_of(session, APRIL, instant(3, 9)).rollback.before == {}
        ((statement, values),) = [told for told in asked if "audit_event.body" in told[0]]
        steps = [row[-1] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)]
    assert "SEARCH audit_event USING INTEGER PRIMARY KEY (rowid>?)" in steps
    assert not [step for step in steps if "TEMP B-TREE" in step]


def test_a_reading_at_another_point_shows_what_was_known_then(sqlite_register: Database):
    retitle(sqlite_register, "T-001", "Mend the west quay", EDITED)
    with sqlite_register.reading() as session:
        now = reading_of(session, APRIL)
        assert "Mend the west quay" in {item.title for item in now.known_rows(Item)}
        then = now.at(EDITED.date(), BEFORE)
        assert (then.as_of, then.known_at, then.plan) == (EDITED.date(), BEFORE, now.plan)
        assert "Mend the quays" in {item.title for item in then.known_rows(Item)}


def test_the_plan_can_be_read_as_it_was_known(sqlite_register: Database):
    with sqlite_register.writing() as session, writing(session, ACTOR, EDITED) as journal:
        plan = journal.session.get_one(Plan, 1)
        was = plan.title
        journal.change(plan, {"title": "Another plan"}, action="edit", label="plan")
        for model, name in ((Theme, "title"), (Organisation, "name")):
            journal.change(journal.session.get_one(model, 1), {name: "Another"}, action="edit", label="row")
    with sqlite_register.reading() as session:
        reading = reading_of(session, known_at=BEFORE)
        then = reading.with_known_plan().plan
        assert (reading.plan.title, then.title) == ("Another plan", was)
        assert (reading.plan.themes[0].title, then.themes[0].title) == ("Another", "Quays and lights")
        assert (reading.plan.issuer, then.issuer) == ("Another", "Harbour Office")
        with pytest.raises(TooSoonError):
            reading.at(APRIL, AT.replace(year=2019)).with_known_plan()
