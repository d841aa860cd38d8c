"""A SQLite file that is deleted, moved or replaced while it is open: nothing is called recorded that is not there."""

import shutil
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from planner.base.errors import DatabaseUnusableError, NotAllowedError
from planner.store import making
from planner.store.database import Database, open_database
from planner.store.location import parse
from tests.command import run_command
from tests.factories import report

COUNT = text("SELECT count(*) FROM status_update")


def file_of(database: Database) -> Path:
    return Path(str(database.url.database))


def delete(file: Path, _other: Path) -> None:
    file.unlink()


def delete_all(file: Path, _other: Path) -> None:
    for ending in ("", "-wal", "-shm"):
        file.with_name(file.name + ending).unlink(missing_ok=True)


def move(file: Path, _other: Path) -> None:
    file.rename(file.with_name("moved.sqlite"))


def replace(file: Path, other: Path) -> None:
    shutil.copy(other, file.with_name("other.sqlite"))
    file.with_name("other.sqlite").replace(file)


GONE = "the database file was moved or deleted while it was open"
REPLACED = "the database that was open was replaced by another file"
TROUBLES = [(delete, GONE), (delete_all, GONE), (move, GONE), (replace, REPLACED)]


@pytest.fixture(params=TROUBLES, ids=lambda one: one[0].__name__)
def trouble(request, loaded_file: Path) -> tuple[Callable[[Path], None], str]:
    """What happens to the file, and how it is told."""
    happens, said = request.param
    return lambda file: happens(file, loaded_file), said


@pytest.mark.parametrize("used", [False, True])
def test_before_a_write(sqlite_register: Database, trouble, used: bool) -> None:
    happens, said = trouble
    if used:
        report(sqlite_register)
    happens(file_of(sqlite_register))
    before = sorted(file_of(sqlite_register).parent.iterdir())

    with pytest.raises(DatabaseUnusableError, match=f"{said}; nothing was written"):
        report(sqlite_register, "T-002")
    with pytest.raises(DatabaseUnusableError, match=said), sqlite_register.reading() as session:
        session.execute(COUNT)

    assert sorted(file_of(sqlite_register).parent.iterdir()) == before


def add_person(session: Session) -> None:
    session.execute(text("INSERT INTO person (login, name) VALUES ('cleo', 'Cleo')"))


def test_between_the_beginning_of_a_write_and_its_commit(sqlite_register: Database, trouble) -> None:
    happens, said = trouble

    def write() -> None:
        with sqlite_register.writing() as session:
            add_person(session)
            happens(file_of(sqlite_register))
            session.commit()

    with pytest.raises(DatabaseUnusableError, match=f"{said}; nothing was written"):
        write()


def test_right_after_the_commit(sqlite_register: Database, trouble) -> None:
    happens, _ = trouble

    def write() -> None:
        with sqlite_register.writing() as session:
            add_person(session)
            session.commit()
            happens(file_of(sqlite_register))

    told = "moved, deleted or replaced during this write; the file that is there now does not contain the write"
    with pytest.raises(DatabaseUnusableError, match=told):
        write()


def test_while_it_is_read(sqlite_register: Database, trouble) -> None:
    happens, said = trouble

    def read() -> None:
        with sqlite_register.reading() as session:
            session.execute(COUNT)
            happens(file_of(sqlite_register))

    with pytest.raises(DatabaseUnusableError, match=said):
        read()


@pytest.mark.parametrize("ending", ["-wal", "-shm"])
def test_the_log_that_holds_the_newest_entries(sqlite_register: Database, ending: str) -> None:
    """What is committed into a deleted log is lost with the process."""
    report(sqlite_register)
    companion = file_of(sqlite_register).with_name(f"register.sqlite{ending}")
    companion.unlink()

    with pytest.raises(DatabaseUnusableError, match="a SQLite file next to the database"):
        report(sqlite_register, "T-002")

    companion.touch()
    with pytest.raises(DatabaseUnusableError, match="a SQLite file next to the database"):
        report(sqlite_register, "T-002")


@pytest.mark.parametrize("ending", ["-wal", "-shm"])
def test_the_log_before_the_first_commit_into_it(sqlite_register: Database, ending: str) -> None:
    def write() -> None:
        with sqlite_register.writing() as session:
            add_person(session)
            file_of(sqlite_register).with_name(f"register.sqlite{ending}").unlink()
            session.commit()

    with pytest.raises(DatabaseUnusableError, match="a SQLite file next to the database"):
        write()


def test_put_back_it_is_written_again(sqlite_register: Database) -> None:
    report(sqlite_register)
    file = file_of(sqlite_register)
    moved = file.rename(file.with_name("moved.sqlite"))
    with pytest.raises(DatabaseUnusableError, match=GONE):
        report(sqlite_register, "T-002")
    moved.rename(file)

    report(sqlite_register, "T-002")

    again = open_database(sqlite_register.url)
    with again.reading() as session:
        assert session.execute(COUNT).scalar_one() == 2
    again.close()


def test_closing_touches_nothing_of_the_file_that_took_its_place(sqlite_register: Database, loaded_file: Path) -> None:
    report(sqlite_register)
    replace(file_of(sqlite_register), loaded_file)
    before = file_of(sqlite_register).read_bytes()

    sqlite_register.close()

    assert file_of(sqlite_register).read_bytes() == before


# Who may read what is made


def mode_of(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_new_database_and_what_lies_beside_it_is_its_owner_s_only(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    file = tmp_path / "new" / "register.sqlite"
    database = making.make(parse(str(file), "test"))

    with database.writing() as session:
        session.execute(text("INSERT INTO person (login, name) VALUES ('cleo', 'Cleo')"))
        session.commit()
        found = {path.name: mode_of(path) for path in file.parent.iterdir()}

    database.close()
    assert found == {f"register.sqlite{ending}": 0o600 for ending in ("", "-wal", "-shm")}
    assert mode_of(file.parent) == 0o700


# An address that says that nothing is written


def test_mode_ro_reads_and_writes_nothing(loaded_file: Path, tmp_path: Path) -> None:
    file = tmp_path / "register.sqlite"
    shutil.copy(loaded_file, file)
    before = file.read_bytes()
    address = f"sqlite:///{file}?mode=ro"

    for command in (["items"], ["weekly", "--week", "2020-W14"], ["verify"], ["log"]):
        assert run_command("--db", address, *command).exit_code == 0
    for command in (["update", "T-001", "--done", "x"], ["upgrade"], ["init"], ["demo"]):
        done = run_command("--db", address, *command)
        assert done.exit_code == NotAllowedError.exit_code, (command, done)
    assert run_command("--db", f"sqlite:///{tmp_path / 'none'}?mode=ro", "init").exit_code == NotAllowedError.exit_code

    assert file.read_bytes() == before
    assert not (tmp_path / "none").exists()


# Left behind


@pytest.mark.parametrize("command", [["init"], ["demo"]])
def test_a_log_of_a_database_that_is_gone_is_not_taken_for_a_new_one_s(tmp_path: Path, command: list[str]) -> None:
    (tmp_path / "register.sqlite-wal").write_bytes(b"entries of the one that was here")

    done = run_command("--db", str(tmp_path / "register.sqlite"), *command)

    assert done.exit_code == DatabaseUnusableError.exit_code
    assert "register.sqlite-wal exists and may contain its latest entries" in done.err
    assert [path.name for path in tmp_path.iterdir()] == ["register.sqlite-wal"]
