"""What somebody does to the history who may do everything with the database: drop guards, edit, put guards back."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, text

from planner.base.fingerprints import canonical_json
from planner.integrity.guards import guards
from planner.store.journal import FIRST_FORMAT, leaf_of

Fields = dict[str, Any]
Change = Callable[[Fields], Fields]


def is_sqlite(connection: Connection) -> bool:
    return connection.dialect.name == "sqlite"


def run(connection: Connection, *statements: str, **values: object) -> None:
    for statement in statements:
        connection.execute(text(statement), {name: values[name] for name in values if f":{name}" in statement})


@contextmanager
def guards_lifted(connection: Connection) -> Iterator[None]:
    """Without any guard; afterwards each stands exactly as before."""
    standing = guards(connection.dialect.name)
    if is_sqlite(connection):
        run(connection, *(f"DROP TRIGGER {guard.name}" for guard in standing))
        yield
        run(connection, *(guard.definition for guard in standing))
    else:
        run(connection, *(f"ALTER TABLE {guard.table} DISABLE TRIGGER {guard.name}" for guard in standing))
        yield
        run(connection, *(f"ALTER TABLE {guard.table} ENABLE ALWAYS TRIGGER {guard.name}" for guard in standing))


def last(connection: Connection) -> int:
    return int(connection.execute(text("SELECT max(seq) FROM audit_event")).scalar_one())


def event_of(connection: Connection, table: str, nth: int = -1) -> int:
    """The number of an event about a table: its last, or another one."""
    seqs = connection.execute(text("SELECT seq FROM audit_event WHERE table_name = :t ORDER BY seq"), {"t": table})
    return int(seqs.scalars().all()[nth])


def body_of(connection: Connection, seq: int) -> Fields:
    body = connection.execute(text("SELECT body FROM audit_event WHERE seq = :s"), {"s": seq}).scalar_one()
    fields: Fields = json.loads(body)
    return fields


def put_body(connection: Connection, seq: int, body: bytes, *, leaf: bool) -> None:
    leaf_too = ", leaf = :leaf" if leaf else ""
    run(
        connection,
        f"UPDATE audit_event SET body = :body{leaf_too} WHERE seq = :seq",
        body=body,
        leaf=leaf_of(body),
        seq=seq,
    )


def rewrite(connection: Connection, seq: int, change: Change) -> None:
    """Change an event, and give it and all that follow valid hashes again."""
    previous = connection.execute(text("SELECT previous_leaf FROM audit_event WHERE seq = :s"), {"s": seq}).scalar_one()
    for number in range(seq, last(connection) + 1):
        fields = body_of(connection, number)
        fields = change(fields) if number == seq else fields
        body = canonical_json(fields | {"previous": previous.hex() if previous else None})
        put_body(connection, number, body, leaf=True)
        run(connection, "UPDATE audit_event SET previous_leaf = :p WHERE seq = :s", p=previous, s=number)
        previous = leaf_of(body)


def give_first_form(connection: Connection) -> None:
    """Give all events the form that they had before revision 0005, with valid hashes."""
    previous = None
    for number in range(1, last(connection) + 1):
        fields = body_of(connection, number) | {"format": FIRST_FORMAT, "previous": previous and previous.hex()}
        body = canonical_json({name: value for name, value in fields.items() if name != "write"})
        put_body(connection, number, body, leaf=True)
        run(
            connection,
            "UPDATE audit_event SET previous_leaf = :previous, write_id = NULL WHERE seq = :seq",
            previous=previous,
            seq=number,
        )
        previous = leaf_of(body)


def cut_off(connection: Connection, seq: int) -> None:
    """Take away all events after one."""
    run(connection, "DELETE FROM audit_event WHERE seq > :s", s=seq)


def restated(fields: Fields) -> Fields:
    return fields | {"after": fields["after"] | {"percent": 90}}
