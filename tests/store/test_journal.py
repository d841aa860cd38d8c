"""The audit log: every write leaves its event, in a chain, in the same transaction."""

import hashlib
import json
import subprocess
import sys
import threading
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.event import listen
from sqlalchemy.orm import Session

from planner.base.errors import BadValueError, DatabaseUnusableError, NotAllowedError
from planner.base.fingerprints import canonical_json
from planner.domain.vocabulary import Basis
from planner.store import journal as journal_module
from planner.store.database import Database, open_database
from planner.store.journal import FORMAT, Actor, encoded, last_event, leaf_of, writing
from planner.store.models import AuditEvent, Item, Organisation, Person, StatusUpdate, all_tables, row_values
from planner.writes.clock import accept_clock
from planner.writes.reports.status import Report, add_status
from tests.effort import EFFORT, only_in_more, only_in_soak
from tests.factories import ACTOR, AT, meet, move, observed, person, report, writing_by

# The log itself, and the loader's own bookkeeping, which is no fact about the plan.
WITHOUT_EVENTS = {"audit_event", "seeded_row"}


@dataclass(frozen=True)
class Event:
    """An event as it stands in the table, and what its bytes say."""

    row: AuditEvent
    said: dict[str, Any]


def events_of(database: Database, after: int = 0) -> list[Event]:
    with database.reading() as session:
        rows = session.execute(select(AuditEvent).where(AuditEvent.seq > after).order_by(AuditEvent.seq)).scalars()
        return [Event(row, json.loads(row.body)) for row in rows]


def count(database: Database, table: str) -> int:
    with database.reading() as session:
        return session.execute(select(func.count()).select_from(all_tables().tables[table])).scalar_one()


def counts(database: Database) -> dict[str, int]:
    return {table: count(database, table) for table in all_tables().tables}


def add_people(database: Database, *names: str, fail_after: int | None = None) -> None:
    """Add people in one transaction, which may fail once so many are in the database."""
    with database.writing() as session:
        add_people_in(session, *names, fail_after=fail_after)


def add_people_in(session: Session, *names: str, fail_after: int | None = None) -> None:
    with writing(session, ACTOR, AT) as journal:
        for number, name in enumerate(names):
            if number == fail_after:
                raise RuntimeError("half way")
            journal.add(Person(login=f"person-{number}", name=name), action="add", label=name)
            session.flush()


def assert_unbroken(events: list[Event]) -> None:
    """Every event follows the one before it, and its columns are what its bytes say."""
    previous = None
    for number, event in enumerate(events, 1):
        row, said = event.row, event.said
        assert (row.seq, said["seq"]) == (number, number)
        assert row.leaf == hashlib.sha256(b"\x00" + row.body).digest()
        assert row.previous_leaf == previous
        assert said["previous"] == (previous.hex() if previous else None)
        assert said["recorded_at"] == encoded(row.recorded_at)
        columns = (row.actor, row.action, row.table_name, row.row_id, row.label)
        assert columns == tuple(said[name] for name in ("actor", "action", "table", "row", "label"))
        assert canonical_json(said) == row.body
        previous = row.leaf


def test_leaf_is_that_of_rfc_6962():
    assert leaf_of(b"").hex() == "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"


class TestEvents:
    def test_every_row_that_was_loaded_has_one_event(self, register):
        noted = [(event.row.table_name, event.row.row_id) for event in events_of(register)]

        with register.reading() as session:
            rows = [
                (name, row_id)
                for name, table in all_tables().tables.items()
                if name not in WITHOUT_EVENTS
                for row_id in session.execute(select(table.c.id)).scalars()
            ]
        assert sorted(noted) == sorted(rows)

    def test_log_is_one_chain_and_its_columns_equal_its_bytes(self, register):
        report(register)
        meet(register, "P-001", 1, date(2020, 3, 31))
        move(register, "P-001", 2, date(2020, 8, 1))
        observed(register, "T-001", 1, 4.5)

        assert_unbroken(events_of(register))

    @pytest.mark.parametrize(
        ("write", "table", "action", "label"),
        [
            (lambda database: report(database), "status_update", "report", "T-001"),
            (
                lambda database: meet(database, "P-001", 1, date(2020, 3, 31)),
                "milestone_report",
                "milestone",
                "P-001 milestone 1",
            ),
            (
                lambda database: move(database, "P-001", 2, date(2020, 8, 1)),
                "date_change",
                "move-date",
                "P-001 milestone 2",
            ),
            (
                lambda database: move(database, "P-001", None, date(2021, 2, 1)),
                "date_change",
                "move-date",
                "P-001 due date",
            ),
            (lambda database: observed(database, "T-001", 1, 4.5), "observation", "observe", "T-001 indicator 1"),
        ],
        ids=["report", "milestone", "date-of-milestone", "due-date", "observation"],
    )
    def test_each_writing_by_an_officer_leaves_one_event(self, register, write, table, action, label):
        before, last = counts(register), len(events_of(register))

        write(register)

        (event,) = events_of(register, last)
        said = event.said
        assert (said["format"], said["actor"], said["table"]) == (FORMAT, ACTOR.name, table)
        assert (said["action"], said["label"], said["before"]) == (action, label, None)
        after = counts(register)
        assert {name: after[name] - before[name] for name in after if after[name] != before[name]} == {
            table: 1,
            "audit_event": 1,
        }
        with register.reading() as session:
            model = all_tables().tables[table]
            stored = session.execute(select(model).where(model.c.id == said["row"])).mappings().one()
        assert said["after"] == {name: encoded(value) for name, value in stored.items()}

    def test_change_tells_before_and_after_and_why(self, register):
        with register.writing() as session, writing(session, Actor("brook", on_behalf_of="ada"), AT) as journal:
            item = session.execute(select(Item).where(Item.code == "T-001")).scalar_one()
            before = {name: encoded(value) for name, value in row_values(item).items()}
            assert journal.change(item, {"title": "Mend all quays"}, action="edit", label="T-001", reason="All of them")

        said = events_of(register)[-1].said
        assert (said["actor"], said["on_behalf_of"], said["reason"]) == ("brook", "ada", "All of them")
        assert said["before"] == before
        assert said["after"] == {**before, "title": "Mend all quays"}

    def test_change_to_what_stands_already_is_no_write(self, register):
        last = len(events_of(register))
        with register.writing() as session, writing(session, ACTOR, AT) as journal:
            item = session.execute(select(Item).where(Item.code == "T-001")).scalar_one()
            assert not journal.change(item, {"title": item.title, "weight": 1}, action="edit", label="T-001")

        assert events_of(register, last) == []

    def test_writes_of_one_transaction_share_their_instant(self, register):
        instants = {event.row.recorded_at for event in events_of(register)}

        assert instants == {AT}


class TestAllOrNothing:
    def test_error_in_the_middle_leaves_neither_row_nor_event(self, register):
        before = counts(register)

        with pytest.raises(RuntimeError, match="half way"):
            add_people(register, "Cleo", "Dora", fail_after=1)

        assert counts(register) == before

    def test_refused_write_leaves_neither_row_nor_event(self, register):
        before = counts(register)

        with pytest.raises(NotAllowedError):
            report(register, "P-001", percent=10)
        with pytest.raises(BadValueError):
            report(register, "T-001", percent=101)

        assert counts(register) == before

    def test_row_that_the_database_refuses_leaves_no_event(self, register):
        before = counts(register)

        with pytest.raises(DatabaseUnusableError, match="name_not_blank"):
            add_people(register, "Cleo", " ")

        assert counts(register) == before

    def test_event_that_the_database_refuses_leaves_no_row(self, register, monkeypatch):
        before = counts(register)
        with register.reading() as session:
            recorded = set(session.execute(select(AuditEvent.body)).scalars())
        monkeypatch.setattr(
            journal_module, "leaf_of", lambda body: leaf_of(body) if body in recorded else leaf_of(body)[:31]
        )

        with pytest.raises(DatabaseUnusableError, match="leaf_length"):
            report(register)

        assert counts(register) == before

    def test_session_goes_on_after_a_refused_write_without_what_was_refused(self, register):
        names = select(Person.name).order_by(Person.id)
        with register.reading() as session:
            before = list(session.execute(names).scalars())
        with register.writing() as session:
            with pytest.raises(RuntimeError, match="half way"):
                add_people_in(session, "Cleo", "Dora", fail_after=1)
            add_people_in(session, "Eve")

        with register.reading() as session:
            assert session.execute(names).scalars().all() == [*before, "Eve"]
        assert_unbroken(events_of(register))


class TestInstants:
    def test_instant_is_the_one_given(self, register):
        instant = AT + timedelta(days=1, microseconds=7)

        assert report(register, at=instant).recorded_at == instant
        assert events_of(register)[-1].row.recorded_at == instant

    @pytest.mark.parametrize("behind", [timedelta(0), timedelta(microseconds=1), timedelta(days=400)])
    def test_instants_never_go_back_when_the_clock_does(self, register, behind):
        latest = AT + timedelta(days=90)
        report(register, at=latest)

        first = report(register, at=latest - behind, done="The first piece.")
        second = report(register, at=latest - behind, done="The second piece.")

        assert first.recorded_at == latest + timedelta(microseconds=1)
        assert second.recorded_at == latest + timedelta(microseconds=2)
        instants = [event.row.recorded_at for event in events_of(register)]
        assert instants == sorted(instants)

    def test_row_bears_the_instant_of_its_event(self, register):
        report(register, at=AT - timedelta(days=1))

        with register.reading() as session:
            row = session.execute(select(StatusUpdate)).scalar_one()
            assert row.recorded_at == session.execute(select(func.max(AuditEvent.recorded_at))).scalar_one()

    def test_instant_of_another_zone_is_kept_in_utc(self, register):
        instant = datetime(2020, 4, 1, 9, 0, tzinfo=timezone(timedelta(hours=9)))

        report(register, at=instant)

        assert events_of(register)[-1].said["recorded_at"] == "2020-04-01T00:00:00.000000Z"

    def test_instant_without_a_zone_is_refused(self, register):
        with pytest.raises((TypeError, ValueError)):
            report(register, at=datetime(2020, 4, 1, 9, 0))  # noqa: DTZ001  (that is what is tested)


storable_text = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), min_size=1, max_size=40)
instants = st.datetimes(min_value=datetime(1900, 1, 1), max_value=datetime(2200, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001  (hypothesis adds the zone)


class TestDecoding:
    @given(instants)
    def test_instant_comes_back_from_its_text(self, instant):
        assert datetime.fromisoformat(encoded(instant)) == instant

    @given(st.lists(instants, min_size=2))
    def test_instants_as_text_are_in_the_order_of_time(self, several):
        assert sorted(encoded(instant) for instant in several) == [encoded(instant) for instant in sorted(several)]

    @given(st.dates())
    def test_date_comes_back_from_its_text(self, day):
        assert date.fromisoformat(encoded(day)) == day

    @given(st.binary())
    def test_bytes_come_back_from_their_text(self, value):
        assert bytes.fromhex(encoded(value)) == value

    @settings(max_examples=15 * EFFORT, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(name=storable_text.filter(lambda text: text.strip(" ")), note=st.none() | storable_text)
    def test_event_says_just_what_stands_in_the_table(self, register, name, note):
        with register.writing() as session, writing(session, ACTOR, AT) as journal:
            body = session.execute(select(Organisation).where(Organisation.key == "town-archive")).scalar_one()
            changed = journal.change(body, {"name": name, "note": note}, action="edit", label="town-archive")

        with register.reading() as session:
            stored = session.execute(select(Organisation).where(Organisation.key == "town-archive")).scalar_one()
            assert (stored.name, stored.note) == (name, note)
        if changed:
            after = events_of(register)[-1].said["after"]
            assert (after["name"], after["note"]) == (name, note)

    @settings(max_examples=15 * EFFORT, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(weight=st.floats(min_value=1e-9, max_value=1e9, allow_nan=False))
    def test_number_in_an_event_is_the_one_in_the_table(self, register, weight):
        with register.writing() as session, writing(session, ACTOR, AT) as journal:
            item = session.execute(select(Item).where(Item.code == "T-001")).scalar_one()
            changed = journal.change(item, {"weight": weight}, action="edit", label="T-001")

        with register.reading() as session:
            stored = session.execute(select(Item.weight).where(Item.code == "T-001")).scalar_one()
        assert stored == weight
        if changed:
            assert events_of(register)[-1].said["after"]["weight"] == stored


class TestConcurrentWriters:
    WRITERS, WRITES, PROCESSES = 5, 8, 3

    def test_threads_leave_one_unbroken_chain(self, register):
        for writer in range(self.WRITERS):
            person(register, f"writer-{writer}")
        before = len(events_of(register))
        start = threading.Barrier(self.WRITERS)
        failures: list[BaseException] = []

        def work(writer: int) -> None:
            database = open_database(register.url)
            try:
                start.wait(30)
                for number in range(self.WRITES):
                    report(database, "T-001", actor=Actor(f"writer-{writer}"), done=f"Piece {number} of {writer}")
            except BaseException as error:
                failures.append(error)
            finally:
                database.close()

        threads = [threading.Thread(target=work, args=(writer,)) for writer in range(self.WRITERS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(120)

        assert failures == []
        events = events_of(register)
        assert_unbroken(events)
        written = [(event.row.actor, event.said["after"]["done"]) for event in events[before:]]
        assert sorted(written) == sorted(
            (f"writer-{writer}", f"Piece {number} of {writer}")
            for writer in range(self.WRITERS)
            for number in range(self.WRITES)
        )
        instants = [event.row.recorded_at for event in events[before:]]
        assert instants == sorted(set(instants))

    # A server does not know threads from processes; SQLite's locks do.
    @pytest.mark.parametrize("register", [only_in_more("sqlite"), only_in_soak("postgresql")], indirect=True)
    @pytest.mark.usefixtures("strict_clock")
    def test_processes_leave_one_unbroken_chain(self, register):
        with register.writing() as session:
            accept_clock(writing_by(session, ACTOR, datetime.now(UTC)), "The plan of the tests is of 2020.")
        before = len(events_of(register))
        address = register.url.render_as_string(hide_password=False)
        command = [sys.executable, "-m", "planner", "--db", address, "update", "T-001", "--as-of", "2020-04-01"]

        processes = [
            subprocess.Popen([*command, "--done", f"Piece {number}"], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
            for number in range(self.PROCESSES)
        ]
        ended = [(process.communicate(timeout=120)[1], process.returncode) for process in processes]

        assert ended == [(b"", 0)] * len(processes)
        events = events_of(register)
        assert_unbroken(events)
        assert sorted(event.said["after"]["done"] for event in events[before:]) == [
            f"Piece {n}" for n in range(self.PROCESSES)
        ]

    def test_second_writer_builds_on_what_the_first_reported(self, register):
        """A report keeps the percent of the last one, which is read only once the right to write is held."""
        trying, percents = threading.Event(), []

        def second() -> None:
            trying.set()
            percents.append(report(register, "T-001", as_of=date(2020, 3, 4), done="More").percent)

        thread = threading.Thread(target=second)
        with register.writing() as session, writing(session, ACTOR, AT) as journal:
            thread.start()
            assert trying.wait(30)
            item = session.execute(select(Item).where(Item.code == "T-001")).scalar_one()
            add_status(journal, item, Report(percent=20), date(2020, 3, 3), Basis.REGISTERED)
        thread.join(60)

        assert percents == [20]


def test_the_last_event_is_read_in_one_statement_that_sorts_nothing(sqlite_register):
    """So a write costs the same however long the log is."""
    asked: list[tuple[str, Any]] = []
    with sqlite_register.writing() as session:
        connection = session.connection()
        listen(connection, "before_cursor_execute", lambda *told: asked.append(told[2:4]))
        head = last_event(session)
        ((statement, values),) = asked
        steps = [row[-1] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)]
        last = session.execute(select(AuditEvent).order_by(AuditEvent.seq.desc()).limit(1)).scalar_one()
    assert head == (last.seq, last.recorded_at, last.leaf)
    assert not [step for step in steps if "TEMP B-TREE" in step]
