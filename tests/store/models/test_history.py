"""History is only ever added to: the database itself refuses the rest, whoever asks and however."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest
from sqlalchemy import UniqueConstraint, func, select, text
from sqlalchemy.exc import DBAPIError

from planner.store.journal import leaf_of
from planner.store.models import HISTORY_TABLES, Base, all_tables
from planner.store.models.base import Recorded
from tests.store.models.rows import copy_statement, key_of, run

REFUSED = r"{table} is history: "


def rows_of(connection: Any, table: str) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in connection.execute(text(f"SELECT * FROM {table} ORDER BY {key_of(table)}"))]


def unique_keys(table: str) -> list[list[str]]:
    """The columns by which a row can be hit: its key, and each unique key."""
    model = all_tables().tables[table]
    unique = [
        [column.name for column in constraint.columns]
        for constraint in model.constraints
        if isinstance(constraint, UniqueConstraint) and key_of(table) not in constraint.columns
    ]
    return [[key_of(table)], *unique]


def replacing(table: str) -> Iterator[str]:
    """Every way in which SQLite replaces a row: by its key or by a unique key."""
    key = key_of(table)
    for verb in ("INSERT OR REPLACE", "REPLACE"):
        for hit in unique_keys(table):
            apart = {} if key not in hit else {key: key}
            yield copy_statement(table, apart, verb=verb)
    for hit in unique_keys(table):
        same = copy_statement(table, {} if key not in hit else {key: key}, verb="INSERT")
        target = ", ".join(hit)
        yield f"{same} ON CONFLICT ({target}) DO UPDATE SET {hit[0]} = excluded.{hit[0]}"


def changing(table: str) -> Iterator[str]:
    key = key_of(table)
    columns = [column.name for column in all_tables().tables[table].columns]
    yield f"UPDATE {table} SET {columns[-1]} = {columns[-1]}"
    yield f"UPDATE {table} SET {key} = {key} + 1000"
    yield f"DELETE FROM {table}"
    yield f"DELETE FROM {table} WHERE {key} = (SELECT max({key}) FROM {table})"


def test_what_is_recorded_over_time_is_history():
    """A new table of this sort is either listed, and so guarded and tested here, or no history."""
    all_tables()
    recorded = {model.__tablename__ for model in Base.__subclasses__() if issubclass(model, Recorded)}

    assert recorded <= set(HISTORY_TABLES)


@pytest.mark.parametrize("table", HISTORY_TABLES)
class TestBoth:
    def test_there_is_a_row_to_be_changed(self, connection, table):
        model = all_tables().tables[table]

        assert connection.execute(select(func.count()).select_from(model)).scalar_one() > 0

    def test_row_is_neither_changed_nor_deleted(self, connection, table):
        before = rows_of(connection, table)
        for statement in changing(table):
            point = connection.begin_nested()
            with pytest.raises(DBAPIError, match=REFUSED.format(table=table)):
                run(connection, statement)
            point.rollback()

        assert rows_of(connection, table) == before

    def test_upsert_is_refused(self, connection, table):
        key = key_of(table)
        upsert = f"{copy_statement(table, {key: key})} ON CONFLICT ({key}) DO UPDATE SET {key} = excluded.{key}"

        with pytest.raises(DBAPIError, match=REFUSED.format(table=table)):
            run(connection, upsert)


class TestRedaction:
    """What a redaction names may lose its text, and nothing else; what none names, nothing at all."""

    TEXT = "UPDATE status_update SET done = '[redacted]' WHERE id = {row}"

    def test_the_text_of_a_named_row_may_become_the_marker(self, connection):
        run(connection, self.TEXT.format(row=2))

        (done,) = connection.execute(text("SELECT done FROM status_update WHERE id = 2")).one()
        assert done == "[redacted]"

    @pytest.mark.parametrize(
        "statement",
        [
            TEXT.format(row=1),
            "UPDATE status_update SET done = 'another text' WHERE id = 2",
            "UPDATE status_update SET percent = 99, done = '[redacted]' WHERE id = 2",
            "UPDATE status_update SET actor = '[redacted]' WHERE id = 2",
            "DELETE FROM status_update WHERE id = 2",
            "UPDATE audit_event SET body = body WHERE seq = 2",
            "UPDATE audit_event SET actor = 'brook', body = body WHERE seq = 1",
            "UPDATE audit_event SET leaf = body WHERE seq = 1",
            "UPDATE issued_content SET deflated = substr(deflated, 1, 0)",
        ],
    )
    def test_nothing_else_may_change(self, connection, statement):
        with pytest.raises(DBAPIError, match=r"is history: no (update|delete)"):
            run(connection, statement)

    def test_the_bytes_of_a_named_event_may_be_replaced(self, connection):
        assert run(connection, "UPDATE audit_event SET body = substr(body, 1, 10) WHERE seq = 1") == 1

    def test_the_kept_bytes_of_a_named_file_may_go(self, connection):
        row = "'issued_content', 1, 'deflated', 'It names a private person.', 'brook', recorded_at FROM redaction"
        run(
            connection,
            "INSERT INTO redaction (id, table_name, row_id, fields, reason, actor, recorded_at)"
            f" SELECT 2, {row} WHERE id = 1",
        )

        assert run(connection, "UPDATE issued_content SET deflated = substr(deflated, 1, 0) WHERE id = 1") == 1


@pytest.fixture(params=[False, True], ids=["recursive-triggers-off", "recursive-triggers-on"])
def plain(filled, request) -> Iterator[sqlite3.Connection]:
    """The register's file as any other program would open it."""
    with closing(sqlite3.connect(str(filled.url.database), isolation_level=None)) as connection:
        connection.execute(f"PRAGMA recursive_triggers = {request.param}")
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("BEGIN IMMEDIATE")
        yield connection
        connection.execute("ROLLBACK")


@pytest.mark.parametrize("filled", ["sqlite"], indirect=True)
@pytest.mark.parametrize("table", HISTORY_TABLES)
class TestSqliteFromAnotherProgram:
    def test_row_is_neither_changed_nor_deleted(self, plain, table):
        for statement in changing(table):
            with pytest.raises(sqlite3.IntegrityError, match=REFUSED.format(table=table)):
                plain.execute(statement)

    def test_row_is_not_replaced(self, plain, table):
        before = plain.execute(f"SELECT * FROM {table}").fetchall()
        for statement in replacing(table):
            with pytest.raises(sqlite3.IntegrityError, match=REFUSED.format(table=table)):
                plain.execute(statement)

        assert plain.execute(f"SELECT * FROM {table}").fetchall() == before

    def test_row_is_not_replaced_by_an_update_of_another(self, plain, table):
        key = key_of(table)
        with pytest.raises(sqlite3.IntegrityError, match=REFUSED.format(table=table)):
            plain.execute(f"UPDATE OR REPLACE {table} SET {key} = (SELECT max({key}) FROM {table})")


@pytest.mark.parametrize("filled", ["postgresql"], indirect=True)
class TestPostgresql:
    @pytest.mark.parametrize("table", HISTORY_TABLES)
    @pytest.mark.parametrize("role", ["origin", "replica", "local"])
    def test_nothing_helps_to_change_it(self, connection, table, role):
        run(connection, f"SET LOCAL session_replication_role = {role}")
        before = rows_of(connection, table)
        for statement in (*changing(table), f"TRUNCATE {table} CASCADE"):
            point = connection.begin_nested()
            with pytest.raises(DBAPIError, match=REFUSED.format(table=table)):
                run(connection, statement)
            point.rollback()

        assert rows_of(connection, table) == before

    def test_truncating_what_history_refers_to_is_refused(self, connection):
        with pytest.raises(DBAPIError, match="is history: no truncate"):
            run(connection, "TRUNCATE organisation CASCADE")


NEXT = "(SELECT max(seq) FROM audit_event) + {step}"
NEWEST_LEAF = "(SELECT leaf FROM audit_event ORDER BY seq DESC LIMIT 1)"


def event(step: int, previous: str) -> str:
    """A statement that adds an event so many places after the newest, with a previous leaf."""
    return copy_statement("audit_event", {"seq": NEXT.format(step=step), "previous_leaf": previous})


class TestAuditLog:
    @pytest.mark.parametrize(
        ("step", "previous"),
        [
            (2, NEWEST_LEAF),
            (0, NEWEST_LEAF),
            (-1, NEWEST_LEAF),
            (1, "leaf"),
            (1, "(SELECT leaf FROM audit_event ORDER BY seq DESC LIMIT 1 OFFSET 1)"),
            (1, "NULL"),
        ],
        ids=["gap", "taken-number", "earlier-number", "first-leaf", "leaf-before-the-newest", "no-leaf"],
    )
    def test_event_that_does_not_follow_is_refused(self, connection, step, previous):
        with pytest.raises(DBAPIError, match="audit_event is history: an event follows the one before it"):
            run(connection, event(step, previous))

    def test_event_that_follows_is_taken(self, connection):
        assert run(connection, event(1, NEWEST_LEAF)) == 1

    @pytest.mark.parametrize(("seq", "previous"), [(2, None), (0, None), (1, leaf_of(b"x"))])
    def test_first_event_is_number_one_and_has_nothing_before_it(self, empty, seq, previous):
        values = {
            "seq": seq,
            "recorded_at": "2020-01-03 02:00:00",
            "actor": "ada",
            "action": "add",
            "table_name": "person",
            "row_id": 1,
            "label": "ada",
            "body": b"{}",
            "leaf": leaf_of(b"{}"),
            "previous_leaf": previous,
        }
        statement = text(
            f"INSERT INTO audit_event ({', '.join(values)}) VALUES ({', '.join(f':{name}' for name in values)})"
        )
        with empty.engine.connect() as connection:
            with pytest.raises(DBAPIError, match="an event follows the one before it"):
                connection.execute(statement, values)
            connection.rollback()
            connection.execute(statement, {**values, "seq": 1, "previous_leaf": None})
