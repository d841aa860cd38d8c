"""An open database: how it reads, how it writes, and what it says when it cannot."""

import os
import shutil
import socket
import sqlite3
import tempfile
import threading
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest
from sqlalchemy import URL, create_engine, event, func, make_url, select, text

from planner.base.errors import DatabaseUnusableError, NoDatabaseError
from planner.domain.vocabulary import RuleKind
from planner.store import database as database_module
from planner.store import dialects, making
from planner.store.database import Database, open_database
from planner.store.models import DerivationRule
from tests.command import run_command
from tests.factories import load_small_bundle, report, small_bundle

COUNT_REPORTS = text("SELECT count(*) FROM status_update")


def setting(connection, name: str) -> object:
    return connection.execute(text(f"PRAGMA {name}")).scalar()


class TestSqlite:
    def test_each_connection_is_set_up(self, sqlite_register):
        with sqlite_register.connecting() as connection:
            found = {
                name: setting(connection, name)
                for name in ("foreign_keys", "recursive_triggers", "journal_mode", "synchronous", "busy_timeout")
            }

        assert found == {
            "foreign_keys": 1,
            "recursive_triggers": 1,
            "journal_mode": "wal",
            "synchronous": 2,
            "busy_timeout": dialects.BUSY_MILLISECONDS,
        }

    def test_a_writer_asks_for_the_lock_often_and_for_all_else_as_every_connection(self, sqlite_register):
        asked: list[str] = []
        event.listen(sqlite_register.engine, "before_cursor_execute", lambda *call: asked.append(call[2]))
        with sqlite_register.writing() as session:
            timeout = session.execute(text("PRAGMA busy_timeout")).scalar_one()

        assert asked[:2] == [f"PRAGMA busy_timeout = {dialects.LOCK_MILLISECONDS}", "BEGIN IMMEDIATE"]
        assert timeout == dialects.BUSY_MILLISECONDS

    def test_a_statement_of_columns_sees_what_was_written_before_it(self, sqlite_register):
        count = select(func.count()).select_from(DerivationRule.__table__)
        with sqlite_register.writing() as session:
            before = session.execute(count).scalar_one()
            session.add(DerivationRule(key="by-law", kind=RuleKind.DATE, statement="By law."))
            with session.no_autoflush:
                assert session.execute(count).scalar_one() == before
            assert session.execute(count).scalar_one() == before + 1

    def test_writing_holds_the_file_from_its_beginning(self, sqlite_register):
        file = str(sqlite_register.url.database)
        with closing(sqlite3.connect(file, timeout=0, isolation_level=None)) as other:
            with sqlite_register.writing(), pytest.raises(sqlite3.OperationalError, match="locked"):
                other.execute("BEGIN IMMEDIATE")
            other.execute("BEGIN IMMEDIATE")

    def test_reading_keeps_nobody_from_writing(self, sqlite_register):
        file = str(sqlite_register.url.database)
        other = sqlite3.connect(file, timeout=0, isolation_level=None)
        with closing(other), sqlite_register.reading() as session:
            session.execute(COUNT_REPORTS)
            other.execute("BEGIN IMMEDIATE")
            other.execute("INSERT INTO person (login, name) VALUES ('cleo', 'Cleo')")
            other.execute("COMMIT")
            assert session.execute(text("SELECT count(*) FROM person WHERE login = 'cleo'")).scalar_one() == 0

    def test_reading_goes_on_while_another_writes(self, sqlite_register):
        with sqlite_register.writing() as writer, sqlite_register.reading() as reader:
            writer.execute(text("INSERT INTO person (login, name) VALUES ('cleo', 'Cleo')"))

            assert reader.execute(text("SELECT count(*) FROM person WHERE login = 'cleo'")).scalar_one() == 0

    def test_writer_that_never_gets_its_turn_is_told(self, sqlite_register, monkeypatch):
        monkeypatch.setattr(dialects, "LOCK_MILLISECONDS", 10)
        monkeypatch.setattr(database_module, "LOCK_ATTEMPTS", 2)
        impatient = open_database(sqlite_register.url)
        told: list[str] = []
        impatient.on_wait = lambda: told.append("waits")

        try:
            with sqlite_register.writing(), pytest.raises(DatabaseUnusableError) as raised:
                report(impatient)
        finally:
            impatient.close()

        assert raised.value.message == (
            f"{sqlite_register.address}: another program is writing to the database; nothing was written. "
            "Wait a moment and try again."
        )
        assert told == []


class TestBoth:
    def test_a_writer_that_waits_long_is_told_once_and_then_gets_its_turn(self, register, monkeypatch):
        monkeypatch.setattr(dialects, "LOCK_MILLISECONDS", 1)
        monkeypatch.setattr(database_module, "TOLD_ATTEMPTS", 2)
        told: list[str] = []

        with ExitStack() as other, closing(open_database(register.url)) as patient:
            other.enter_context(register.writing())

            def give_way() -> None:
                told.append("waits")
                other.close()

            patient.on_wait = give_way
            report(patient)

        assert told == ["waits"]
        with register.reading() as session:
            assert session.execute(COUNT_REPORTS).scalar_one() == 1

    def test_reading_is_of_one_moment(self, register):
        with register.reading() as session:
            before = session.execute(COUNT_REPORTS).scalar_one()
            report(register)
            after = session.execute(COUNT_REPORTS).scalar_one()

        assert (before, after) == (0, 0)
        with register.reading() as session:
            assert session.execute(COUNT_REPORTS).scalar_one() == 1

    def test_what_is_not_committed_is_not_there(self, register):
        with register.writing() as session:
            session.execute(text("INSERT INTO person (login, name) VALUES ('cleo', 'Cleo')"))

        with register.reading() as session:
            assert session.execute(text("SELECT count(*) FROM person WHERE login = 'cleo'")).scalar_one() == 0

    def test_second_writer_waits_for_the_first(self, register):
        trying = threading.Event()
        done: list[str] = []

        def second() -> None:
            trying.set()
            report(register, "T-002", done="second")
            done.append("second")

        with register.writing() as session:
            dialects.take_log_lock(session)
            thread = threading.Thread(target=second)
            thread.start()
            assert trying.wait(30)
            done.append("first")
            session.rollback()
        thread.join(60)

        assert done == ["first", "second"]

    def test_opening_makes_and_changes_nothing(self, register):
        with register.reading() as session:
            before = session.execute(text("SELECT count(*) FROM audit_event")).scalar_one()

        open_database(register.url).close()

        with register.reading() as session:
            assert session.execute(text("SELECT count(*) FROM audit_event")).scalar_one() == before

    def test_broken_rule_of_the_database_is_told_in_one_message(self, register):
        with pytest.raises(DatabaseUnusableError) as raised, register.writing() as session:
            session.execute(text("UPDATE item SET weight = -1"))

        assert "ck_item_weight_positive" in raised.value.message
        assert raised.value.message.endswith("Nothing was written.")
        assert "\n" not in raised.value.message


def refused(*arguments: str) -> str:
    """What a command says that ends with DatabaseUnusableError's exit code, without the program's name."""
    result = run_command(*arguments)
    assert (result.exit_code, result.out) == (DatabaseUnusableError.exit_code, ""), result
    assert len(result.err.splitlines()) == 1
    return result.err.strip().removeprefix("planner: ")


COMMANDS = (["init"], ["items"], ["update", "T-001", "--done", "x"], ["upgrade"])


class TestPathsThatAreNoDatabase:
    @pytest.mark.parametrize("command", COMMANDS)
    def test_directory(self, tmp_path, command):
        said = refused("--db", str(tmp_path), *command)

        assert said.startswith(f"{tmp_path}: this is a folder")
        assert list(tmp_path.iterdir()) == []

    @pytest.mark.parametrize("command", COMMANDS)
    def test_text_file(self, tmp_path, command):
        file = tmp_path / "notes.txt"
        file.write_text("Bread, milk and eggs.\n" * 100, encoding="utf-8")

        said = refused("--db", str(file), *command)

        assert said == (
            f"{file}: the file is not a SQLite database; nothing was written. Give the path of a planner database."
        )
        assert file.read_text(encoding="utf-8") == "Bread, milk and eggs.\n" * 100

    @pytest.mark.parametrize("command", COMMANDS)
    def test_name_that_is_too_long(self, tmp_path, command):
        file = tmp_path / ("long" * 100)

        assert refused("--db", str(file), *command).startswith(f"{file}: ")

    def test_folder_that_cannot_be_made(self, tmp_path):
        (tmp_path / "file").touch()
        file = tmp_path / "file" / "folder" / "plan.sqlite"

        assert refused("--db", str(file), "init") == (
            f"{file}: the folder cannot be created (Not a directory). Give another path (--db)."
        )

    def test_damaged_database(self, sqlite_register):
        file = Path(str(sqlite_register.url.database))
        sqlite_register.close()
        content = bytearray(file.read_bytes())
        content[4096:] = b"\xff" * (len(content) - 4096)
        file.write_bytes(content)

        assert refused("--db", str(file), "items").startswith(f"{file}: ")


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Whatever the commands import is imported while all may be read."""
    folder = tmp_path_factory.mktemp("imported")
    file = str(folder / "other.sqlite")
    assert run_command("--db", file, "init", "--seeds", str(small_bundle(folder / "seeds"))).exit_code == 0
    assert run_command("--db", file, "items").exit_code == 0
    assert run_command("--db", file, "update", "T-001", "--done", "x").exit_code == 0
    assert run_command("--db", file, "show", "T-001").exit_code == 0


@pytest.fixture
def unprivileged(imported: None, loaded_file: Path) -> Iterator[Path]:
    """A folder with the small plan in a file, and a process that may be kept from writing there, also as root."""
    folder = Path(tempfile.mkdtemp(prefix="planner-unprivileged-"))
    folder.chmod(0o777)
    shutil.copy(loaded_file, folder / "plan.sqlite")
    (folder / "plan.sqlite").chmod(0o666)
    loaded = open_database(URL.create("sqlite", database=str(folder / "plan.sqlite")))
    report(loaded)
    loaded.close()
    root = os.geteuid() == 0
    if root:
        os.seteuid(65534)
    try:
        yield folder
    finally:
        if root:
            os.seteuid(0)
        folder.chmod(0o777)
        shutil.rmtree(folder)


class TestPermissions:
    def test_file_that_can_only_be_read(self, unprivileged):
        file = unprivileged / "plan.sqlite"
        self.make_read_only(file, 0o444)

        assert refused("--db", str(file), "update", "T-001", "--done", "x") == (
            f"{file}: the file is read-only; nothing was written. Ask for write access to the file and its folder."
        )

    def test_file_that_cannot_be_read(self, unprivileged):
        file = unprivileged / "plan.sqlite"
        self.make_read_only(file, 0o000)

        for command in COMMANDS:
            assert refused("--db", str(file), *command).startswith(f"{file}: ")

    def test_folder_that_cannot_be_written(self, unprivileged):
        file = unprivileged / "new.sqlite"
        self.make_read_only(unprivileged, 0o555)

        assert refused("--db", str(file), "init") == (
            f"{file}: no file can be created in the folder (Permission denied). Give another path (--db)."
        )

    @pytest.mark.parametrize("mode", [0o444, 0o644])
    def test_file_in_a_folder_that_cannot_be_written(self, unprivileged, mode):
        """SQLite cannot make the files that a write-ahead log needs beside it; to read, none are needed."""
        file = unprivileged / "plan.sqlite"
        self.make_read_only(file, mode)
        self.make_read_only(unprivileged, 0o555)

        for command in (["items"], ["show", "T-001"], ["weekly", "--week", "2020-W14"], ["verify"], ["log"]):
            done = run_command("--db", str(file), *command)
            assert (done.exit_code, done.err.count("cannot")) == (0, 0), done
        for command in (["init"], ["update", "T-001", "--done", "x"], ["upgrade"]):
            assert refused("--db", str(file), *command) == (
                f"{file}: the file is read-only; nothing was written. Ask for write access to the file and its folder."
            )
        assert [entry.name for entry in unprivileged.iterdir()] == ["plan.sqlite"]

    def test_log_in_a_folder_that_cannot_be_written(self, unprivileged):
        """What is in a log without its index cannot be seen, and is not passed over."""
        file = unprivileged / "plan.sqlite"
        writer = open_database(URL.create("sqlite", database=str(file)))
        report(writer, "T-002")
        log = (unprivileged / "plan.sqlite-wal").read_bytes()
        writer.close()
        (unprivileged / "plan.sqlite-wal").write_bytes(log)
        self.make_read_only(unprivileged, 0o555)

        assert refused("--db", str(file), "items") == (
            f"{file}: the latest entries of the database are in plan.sqlite-wal, which cannot be read because "
            "you cannot write to the folder. Copy plan.sqlite and plan.sqlite-wal into a folder of your own, "
            "and open the copy."
        )

    def test_file_that_somebody_writes_while_it_is_read_without_locks(self, unprivileged):
        """Whoever may write there need not know of a reader without locks; the reader finds out."""
        file = unprivileged / "plan.sqlite"
        self.make_read_only(unprivileged, 0o555)
        reader = open_database(URL.create("sqlite", database=str(file)), read_only=True)

        def read_meanwhile() -> None:
            with reader.reading() as session:
                assert session.execute(COUNT_REPORTS).scalar_one() == 1
                self.make_read_only(unprivileged, 0o777)
                writers.append(open_database(URL.create("sqlite", database=str(file))))
                report(writers[0], "T-002")
                self.make_read_only(unprivileged, 0o555)

        writers: list[Database] = []
        with pytest.raises(DatabaseUnusableError, match="somebody wrote to the database while it was being read"):
            read_meanwhile()

        with reader.reading() as session:
            assert session.execute(COUNT_REPORTS).scalar_one() == 2
        self.make_read_only(unprivileged, 0o777)
        writers[0].close()
        reader.close()

    def test_folder_that_cannot_be_entered(self, unprivileged):
        file = unprivileged / "plan.sqlite"
        self.make_read_only(unprivileged, 0o000)

        for command in COMMANDS:
            assert refused("--db", str(file), *command).startswith(f"{file}: ")

    @staticmethod
    def make_read_only(path: Path, mode: int) -> None:
        """Change a path's mode as its owner."""
        acting = os.geteuid()
        if path.stat().st_uid != acting:
            os.seteuid(0)
        path.chmod(mode)
        os.seteuid(acting)


class TestPostgresql:
    def test_server_that_cannot_be_reached(self):
        said = refused("--db", "postgresql://ada:secret@127.0.0.1:1/plan", "items")

        assert said == (
            "postgresql+psycopg://ada:***@127.0.0.1:1/plan: the server could not be reached (Connection refused). "
            "Check the address, and that the server is running."
        )

    def test_server_that_never_answers(self):
        with socket.create_server(("127.0.0.1", 0)) as silent:
            port = silent.getsockname()[1]
            said = refused("--db", f"postgresql://ada:secret@127.0.0.1:{port}/plan?connect_timeout=1", "items")

        assert f"127.0.0.1:{port} did not answer within 2 s. Check the address and the network" in said
        assert "secret" not in said

    def test_database_that_is_not_there(self, postgresql_url):
        url = postgresql_url.set(database="no_such_database")

        said = refused("--db", url.render_as_string(hide_password=False), "init")

        assert 'the server refused the connection (database "no_such_database" does not exist). Check' in said

    def test_idle_connection_that_is_cut(self, postgresql_register):
        """The server was reached, and may be reached again."""
        other = open_database(postgresql_register.url)
        with postgresql_register.read_connection() as connection:
            connection.execute(
                text(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                    "WHERE datname = current_database() AND pid <> pg_backend_pid()"
                )
            )

        with pytest.raises(DatabaseUnusableError, match="the connection to the server was lost"):
            report(other)

        report(other)
        other.close()

    def test_connection_that_is_cut(self, postgresql_register):
        cut = text(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        other = open_database(postgresql_register.url)

        def read_while_cut() -> None:
            with other.reading() as reading, postgresql_register.reading() as session:
                session.execute(cut)
                reading.execute(COUNT_REPORTS)

        with pytest.raises(DatabaseUnusableError, match="the connection to the server was lost"):
            read_while_cut()

        other.close()

    def test_user_that_may_only_read(self, postgresql_url):
        owner = making.make(postgresql_url)
        load_small_bundle(owner)
        role = f"reader_{postgresql_url.database}"
        with owner.writing() as session:
            session.execute(text(f"CREATE ROLE {role} LOGIN"))
            session.execute(text(f"GRANT SELECT ON ALL TABLES IN SCHEMA public TO {role}"))
            session.commit()
        address = postgresql_url.set(username=role).render_as_string(hide_password=False)

        assert run_command("--db", address, "items").exit_code == 0
        assert "permission denied" in refused("--db", address, "update", "T-001", "--done", "x")

        with owner.writing() as session:
            session.execute(text(f"DROP OWNED BY {role}"))
            session.execute(text(f"DROP ROLE {role}"))
            session.commit()
        owner.close()

    def test_missing_driver_is_told(self, monkeypatch):
        def without_driver(*_arguments: object, **_options: object) -> None:
            raise ModuleNotFoundError("No module named 'psycopg'")

        monkeypatch.setattr(database_module, "create_engine", without_driver)

        assert refused("--db", "postgresql://db.example/plan", "items") == (
            "postgresql+psycopg://db.example/plan: PostgreSQL needs the psycopg driver, which is not installed. "
            "Install planner[postgresql]."
        )


def test_absent_database_is_told_apart_from_one_that_cannot_be_opened(tmp_path):
    with pytest.raises(NoDatabaseError):
        open_database(make_url(f"sqlite:///{tmp_path / 'none.sqlite'}"))

    assert list(tmp_path.iterdir()) == []


def test_closed_database_lets_go_of_its_file(sqlite_url):
    database = making.make(sqlite_url)
    load_small_bundle(database)

    database.close()

    assert [entry.name for entry in Path(str(sqlite_url.database)).parent.iterdir()] == ["register.sqlite"]


def test_address_hides_the_password():
    url = make_url("postgresql+psycopg://ada:secret@db.example/plan")
    database = Database(url, create_engine("sqlite://"))

    assert database.address == "postgresql+psycopg://ada:***@db.example/plan"
    database.close()
