"""A connection that breaks around COMMIT: what the program says of the write is what the database holds."""

import socket
import threading
from collections.abc import Iterator
from contextlib import closing, suppress
from enum import Enum

import pytest
from sqlalchemy import URL, func, select

from planner.base.errors import DatabaseUnusableError, UncertainWriteError
from planner.store import commits
from planner.store.database import Database, open_database
from planner.store.models import AuditEvent, StatusUpdate
from tests.command import run_command
from tests.factories import report

# The simple query by which the driver commits, as PostgreSQL's protocol has it.
COMMIT = b"Q\x00\x00\x00\x0bCOMMIT\x00"


class Cut(Enum):
    """When a proxy breaks the connection."""

    NEVER = "never"
    BEFORE_COMMIT = "before COMMIT reaches the server"
    AFTER_COMMIT = "after the server committed, before its answer reaches the client"
    FOR_GOOD = "the same, and no new connection is taken"


class Proxy:
    """A server that passes bytes on between a client and PostgreSQL, and breaks one connection at COMMIT."""

    def __init__(self, address: str, planned: Cut) -> None:
        self._address = address
        self.planned = planned
        self.cut = Cut.NEVER
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._sockets: list[socket.socket] = []
        threading.Thread(target=self._accept, daemon=True).start()

    def refuse(self) -> None:
        """Take no new connection. Shutting the listener down wakes the thread that waits for one."""
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def close(self) -> None:
        """Break all connections."""
        self.refuse()
        for each in self._sockets:
            each.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                server = socket.socket(socket.AF_UNIX)
                self._sockets += [client, server]
                server.connect(self._address)
                threading.Thread(target=self._forward, args=(client, server), daemon=True).start()
                threading.Thread(target=self._back, args=(server, client), daemon=True).start()

    def _forward(self, client: socket.socket, server: socket.socket) -> None:
        with suppress(OSError):
            while data := client.recv(65_536):
                if COMMIT in data and self.cut is not Cut.NEVER:
                    self._break(client, server, data)
                    return
                server.sendall(data)
        with suppress(OSError):
            server.shutdown(socket.SHUT_RDWR)

    def _break(self, client: socket.socket, server: socket.socket, data: bytes) -> None:
        cut, self.cut = self.cut, Cut.NEVER
        if cut is Cut.FOR_GOOD:
            self.refuse()
        if cut is Cut.BEFORE_COMMIT:
            server.shutdown(socket.SHUT_RDWR)
        client.shutdown(socket.SHUT_RDWR)
        if cut is not Cut.BEFORE_COMMIT:
            server.sendall(data)

    def _back(self, server: socket.socket, client: socket.socket) -> None:
        with suppress(OSError):
            while data := server.recv(65_536):
                client.sendall(data)
        with suppress(OSError):
            client.shutdown(socket.SHUT_RDWR)


@pytest.fixture(params=list(Cut), ids=lambda cut: cut.name.lower())
def proxy(request: pytest.FixtureRequest, postgresql_register: Database) -> Iterator[Proxy]:
    """A proxy before the register's server."""
    url = postgresql_register.url
    with closing(Proxy(f"{url.query['host']}/.s.PGSQL.{url.port or 5432}", request.param)) as found:
        yield found


def through(proxy: Proxy, database: Database) -> URL:
    """The register's address by way of a proxy."""
    return database.url.set(host="127.0.0.1", port=proxy.port, query={"sslmode": "disable", "gssencmode": "disable"})


def reports(database: Database) -> int:
    with database.reading() as session:
        return session.execute(select(func.count()).select_from(StatusUpdate)).scalar_one()


def write_ids(database: Database) -> set[str | None]:
    with database.reading() as session:
        return set(session.execute(select(AuditEvent.write_id)).scalars())


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(commits, "PAUSE_SECONDS", 0.01)


@pytest.mark.usefixtures("impatient")
def test_what_is_said_of_a_write_is_what_the_database_holds(proxy, postgresql_register):
    before = reports(postgresql_register)
    with closing(open_database(through(proxy, postgresql_register))) as database:
        proxy.cut = proxy.planned
        said = outcome(database)

    recorded = reports(postgresql_register) - before
    expected = {
        Cut.NEVER: ("recorded", 1),
        Cut.BEFORE_COMMIT: ("nothing was written", 0),
        Cut.AFTER_COMMIT: ("recorded", 1),
        Cut.FOR_GOOD: ("not known", 1),
    }
    assert (said, recorded) == expected[proxy.planned]


def outcome(database: Database) -> str:
    """Record a report and say what the program says of it."""
    try:
        report(database, "T-001", done="The quay was mended.")
    except UncertainWriteError as error:
        named = error.message.partition("--write ")[2][:32]
        assert len(named) == 32
        return "not known"
    except DatabaseUnusableError as error:
        return "nothing was written" if "nothing was written" in error.message else error.message
    return "recorded"


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("proxy", [Cut.FOR_GOOD], indirect=True)
def test_an_uncertain_write_can_be_looked_up(proxy, postgresql_register):
    known = write_ids(postgresql_register)
    proxy.cut = Cut.FOR_GOOD
    address = through(proxy, postgresql_register).render_as_string(hide_password=False)

    done = run_command("--db", address, "update", "T-001", "--percent", "40", "--done", "Mended.")

    assert done.exit_code == 21
    (named,) = write_ids(postgresql_register) - known
    assert f"planner log --write {named}" in done.err
    direct = postgresql_register.url.render_as_string(hide_password=False)
    found = run_command("--db", direct, "log", "--write", str(named))
    assert (found.exit_code, "report T-001" in found.out or "T-001" in found.out) == (0, True)
    absent = run_command("--db", direct, "log", "--write", "0" * 32)
    assert absent.exit_code == 4
    assert "safely repeat" in absent.err
