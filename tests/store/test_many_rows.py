"""Adding and changing many rows at once records the same as adding and changing each of them."""

from collections.abc import Sequence
from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from planner.domain.vocabulary import Basis, Phase, Role
from planner.integrity.problems import Problems
from planner.integrity.replay import replay
from planner.store import many_rows
from planner.store.database import Database
from planner.store.journal import ChangedRow, NewRow, appending, writing
from planner.store.models import AuditEvent, Person, StatusUpdate, row_values
from tests.factories import ACTOR, AT

PEOPLE = [NewRow({"login": name, "name": name, "role": Role.OFFICER, "active": True}, name, "why") for name in "xyz"]
REPORTS = [
    NewRow(
        {
            "item_id": item,
            "as_of": date(2020, 3, 4),
            "phase": Phase.IN_PROGRESS,
            "percent": 5,
            "basis": Basis.REGISTERED,
        }
        | {"unchanged": False},
        f"T-00{item}",
    )
    for item in (1, 2)
]


def bodies(database: Database, *, at_once: bool) -> Sequence[bytes]:
    """The bytes of the events of a write that is then taken back."""
    with database.writing() as session:
        with appending(session, ACTOR, AT, "0" * 32) as journal:
            journal.add(Person(login="w", name="w", role=Role.OFFICER, active=True), action="add", label="w")
            for model, rows in ((Person, PEOPLE), (StatusUpdate, REPORTS)):
                if at_once:
                    assert len(journal.add_many(model, rows, action="add")) == len(rows)
                    continue
                for row in rows:
                    journal.add(model(**row.values), action="add", label=row.label, reason=row.reason)
        written = select(AuditEvent.body).where(AuditEvent.write_id == "0" * 32).order_by(AuditEvent.seq)
        found = session.execute(written).scalars().all()
        session.rollback()
    return found


def test_many_rows_have_the_same_events_as_single_rows(
    sqlite_register: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(many_rows, "PORTION", 2)

    at_once = bodies(sqlite_register, at_once=True)

    assert len(at_once) == 1 + len(PEOPLE) + len(REPORTS)
    assert at_once == bodies(sqlite_register, at_once=False)


RENAMED = {"x": "Xenia", "y": "y", "z": "Zoe"}


def bodies_of_changes(database: Database, *, at_once: bool) -> Sequence[bytes]:
    """The bytes of the events of changes, of which one changes nothing. They are then taken back."""
    with database.writing() as session:
        with appending(session, ACTOR, AT, "0" * 32) as journal:
            journal.add_many(Person, PEOPLE, action="add")
            people = (
                session.execute(select(Person).where(Person.login.in_(RENAMED)).order_by(Person.id)).scalars().all()
            )
            if at_once:
                rows = [ChangedRow(row_values(one), {"name": RENAMED[one.login]}, one.login, "why") for one in people]
                journal.change_many(Person, rows, action="rename")
            else:
                for one in people:
                    name = {"name": RENAMED[one.login]}
                    journal.change(one, name, action="rename", label=one.login, reason="why")
            assert [one.name for one in people] == list(RENAMED.values())
        written = select(AuditEvent.body).where(AuditEvent.action == "rename").order_by(AuditEvent.seq)
        found = session.execute(written).scalars().all()
        session.rollback()
    return found


def test_many_changes_have_the_same_events_as_single_changes(sqlite_register: Database) -> None:
    at_once = bodies_of_changes(sqlite_register, at_once=True)

    assert len(at_once) == 2
    assert at_once == bodies_of_changes(sqlite_register, at_once=False)


def test_rows_added_and_changed_at_once_pass_the_replay_and_later_rows_get_further_ids(register: Database) -> None:
    with register.writing() as session, writing(session, ACTOR, AT) as journal:
        ids = journal.add_many(Person, iter(PEOPLE), action="add")
        journal.add_many(StatusUpdate, REPORTS, action="add")
        later = journal.add(Person(login="late", name="late"), action="add", label="late")
        session.flush()
        assert later.id > max(ids)
        people = session.execute(select(Person).where(Person.id.in_(ids))).scalars().all()
        rows = [ChangedRow(row_values(one), {"role": Role.MANAGER, "name": "A"}, one.login) for one in people]
        journal.change_many(Person, rows, action="edit")
        assert {(one.role, one.name) for one in people} == {(Role.MANAGER, "A")}

    with register.reading() as session:
        problems = Problems()
        replay(session, problems, lambda name, by=1: None, counted(session))
        assert problems.kept == []
        last = select(StatusUpdate.as_of).order_by(StatusUpdate.id.desc()).limit(len(REPORTS))
        assert set(session.execute(last).scalars()) == {date(2020, 3, 4)}


def counted(session: Session) -> dict[str, int]:
    tables = session.execute(select(AuditEvent.table_name)).scalars().all()
    return {table: tables.count(table) for table in tables}
