"""Making and upgrading a database, and telling apart what stands at an address."""

import shutil
import sqlite3
import stat
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import URL, Connection, func, inspect, make_url, select, text

from planner.base.errors import DatabaseStateError, DatabaseUnusableError, NoDatabaseError
from planner.base.resources import bundled
from planner.integrity.verifying import verify
from planner.queries.links.standing import read_suspects
from planner.store import making, revision
from planner.store.database import Database, engine_of, open_database
from planner.store.location import file_of
from planner.store.models import HISTORY_TABLES, AuditEvent, LinkReview, all_tables
from tests.command import run_command
from tests.factories import load_small_bundle, meet, reading_of, report
from tests.integrity.conftest import no_step
from tests.linked import LINK, on, review, reword

NOW = datetime(2020, 5, 6, 7, 8, 9, tzinfo=UTC)

# The program's own revision, and the one after it that these tests make up.
THIS, LATER = revision.HEAD, f"{int(revision.HEAD) + 1:04}"

LATER_REVISION = f'''\
"""A revision that only this test knows."""

import sqlalchemy as sa
from alembic import op

revision = "{LATER}"
down_revision = "{THIS}"


def upgrade() -> None:
    op.create_table("later", sa.Column("id", sa.Integer, primary_key=True))


def downgrade() -> None:
    op.drop_table("later")
'''

# Fails after it has already made a table.
BROKEN_REVISION = LATER_REVISION.replace(
    "primary_key=True))\n", 'primary_key=True))\n    op.execute("SELECT no_such_column FROM later")\n'
)


def tables_of(database: Database) -> set[str]:
    with database.connecting() as connection:
        return set(inspect(connection).get_table_names())


def migrate(database: Database, target: str) -> None:
    """Run the program's migrations, up or down, on a database that is open."""
    config = making.configuration()
    with database.connecting() as connection:
        config.attributes["connection"] = connection
        with connection.begin():
            (command.upgrade if target == "head" else command.downgrade)(config, target)


def make_empty_file(url: URL) -> None:
    """Make the file of a SQLite database, with nothing in it. A server's database is there already."""
    file = file_of(url)
    if file is not None:
        file.touch()


def guards_of(connection: Connection) -> set[str]:
    catalogue = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled = 'A'",
    }
    return set(connection.execute(text(catalogue[connection.dialect.name])).scalars())


def program_of_later_revision(monkeypatch: pytest.MonkeyPatch, folder: Path, script: str) -> None:
    """Make this the program of a later revision, for which databases of today's are older."""
    migrations = folder / "migrations"
    shutil.copytree(bundled("migrations"), migrations, ignore=shutil.ignore_patterns("__pycache__"))
    (migrations / "versions" / f"{LATER}_later.py").write_text(script, encoding="utf-8")
    monkeypatch.setattr(making, "bundled", lambda _name: migrations)
    monkeypatch.setattr(revision, "HEAD", LATER)
    monkeypatch.setattr(revision, "KNOWN", (*revision.KNOWN, LATER))


@pytest.fixture
def later_program(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    program_of_later_revision(monkeypatch, tmp_path, LATER_REVISION)


@pytest.fixture
def older(register: Database, request: pytest.FixtureRequest) -> Database:
    """A database with the small plan, of the revision before the program's."""
    report(register)
    request.getfixturevalue("later_program")
    return register


def _shape(found: Any) -> str:
    """A foreign key as what refers to what: SQLite does not tell the name of one that came with a later column."""
    if "referred_table" not in found:
        return ""
    return f"{found['constrained_columns']} -> {found['referred_table']} {found['referred_columns']}"


def _shape_of(constraint: Any) -> str:
    from sqlalchemy import ForeignKeyConstraint

    if not isinstance(constraint, ForeignKeyConstraint):
        return ""
    referred = [element.column.name for element in constraint.elements]
    return f"{constraint.column_keys} -> {constraint.referred_table.name} {referred}"


class TestMigrations:
    def test_head_and_known_are_those_of_the_scripts(self):
        scripts = ScriptDirectory.from_config(making.configuration())

        assert scripts.get_heads() == [revision.HEAD]
        assert [script.revision for script in scripts.walk_revisions()] == list(reversed(revision.KNOWN))

    def test_models_and_migrations_are_the_same(self, empty):
        with empty.connecting() as connection:
            options = {"compare_type": True, "compare_server_default": True}
            found = compare_metadata(MigrationContext.configure(connection, opts=options), all_tables())

        assert found == []

    @pytest.mark.parametrize("constraint", ["check_constraints", "foreign_keys", "unique_constraints"])
    def test_constraints_are_those_of_the_models(self, empty, constraint):
        """Autogenerate does not compare checks."""
        from sqlalchemy import CheckConstraint, ForeignKeyConstraint, UniqueConstraint

        kind = {
            "check_constraints": CheckConstraint,
            "foreign_keys": ForeignKeyConstraint,
            "unique_constraints": UniqueConstraint,
        }[constraint]
        with empty.connecting() as connection:
            inspector = inspect(connection)
            found = {
                name: {_shape(entry) or entry["name"] for entry in getattr(inspector, f"get_{constraint}")(name)}
                for name in all_tables().tables
            }

        assert found == {
            name: {_shape_of(entry) or str(entry.name) for entry in table.constraints if isinstance(entry, kind)}
            for name, table in all_tables().tables.items()
        }

    def test_reviews_from_before_their_revision_say_whether_they_saw_other_words(self, register):
        review(register, at=on(1))
        reword(register, "M1.01", "Mended piers", on(2))
        review(register, reason="Only the words are others.", at=on(3))
        reword(register, "M1.01", "Mended quays", on(4))

        migrate(register, "0018")
        migrate(register, "head")

        with register.reading() as session:
            reviews = select(LinkReview.reworded).order_by(LinkReview.id)
            assert session.execute(reviews).scalars().all() == [False, True]
            assert LINK in {found.name for found in read_suspects(reading_of(session))}
            assert verify(session, no_step).problems == ()

    def test_down_and_up_again_with_data_in_it_gives_the_same_database_without_rows(self, register):
        report(register)
        meet(register, "P-001", 1, NOW.date())
        before = tables_of(register)
        with register.connecting() as connection:
            guards = guards_of(connection)

        migrate(register, "base")
        assert tables_of(register) == {"alembic_version"}
        with register.connecting() as connection:
            assert guards_of(connection) == set()

        migrate(register, "head")
        assert tables_of(register) == before
        with register.connecting() as connection:
            assert guards_of(connection) == guards
        with register.reading() as session:
            rows = {
                name: session.execute(select(func.count()).select_from(table)).scalar_one()
                for name, table in all_tables().tables.items()
            }
        assert set(rows.values()) == {0}
        assert load_small_bundle(register).added["item"] == 5

    def test_items_of_the_revision_before_get_places_and_keys(self, register):
        def items() -> list[Any]:
            with register.reading() as session:
                columns = text("SELECT code, position, code_key FROM item ORDER BY position")
                return [tuple(row) for row in session.execute(columns)]

        before = items()
        migrate(register, "0006")
        migrate(register, "head")

        assert items() == before
        assert not load_small_bundle(register).anything
        assert before[0] == ("T-001", 1, "t0000000001")
        with register.reading() as session:
            assert verify(session, no_step).problems == ()

    def test_a_register_that_uses_the_new_freedom_does_not_go_back(self, register):
        with register.writing() as session:
            session.execute(text("UPDATE item SET measure_id = NULL WHERE code = 'T-001'"))
            session.commit()

        with pytest.raises(ValueError, match="the table item has rows that revision 0006 cannot hold"):
            migrate(register, "0006")

    @pytest.mark.parametrize("register", ["sqlite"], indirect=True)
    def test_a_table_that_somebody_changed_is_not_loosened(self, register):
        migrate(register, "0006")
        with register.writing() as session:
            session.execute(text("ALTER TABLE item RENAME COLUMN kind TO sort"))
            session.commit()

        with pytest.raises(DatabaseUnusableError, match="the table 'item' is not as planner created it"):
            making.upgrade(register.url, NOW)

    def test_every_history_table_is_guarded(self, empty):
        with empty.connecting() as connection:
            guards = guards_of(connection)

        guarded = {name.removeprefix("guard_").rpartition("_")[0] for name in guards}
        assert guarded == set(HISTORY_TABLES)


class TestMaking:
    def test_made_database_is_opened(self, empty_url):
        making.make(empty_url).close()

        database = open_database(empty_url)
        try:
            assert tables_of(database) == {*all_tables().tables, "alembic_version"}
        finally:
            database.close()

    def test_folders_are_made(self, tmp_path):
        file = tmp_path / "a" / "new" / "plan.sqlite"

        making.make(make_url(f"sqlite:///{file}")).close()

        assert file.is_file()

    def test_making_twice_keeps_what_is_there(self, register):
        again = making.make(register.url)
        try:
            with again.reading() as session:
                assert session.execute(select(func.count()).select_from(AuditEvent)).scalar_one() > 0
        finally:
            again.close()

    def test_failed_migration_leaves_nothing(self, empty_url, monkeypatch, tmp_path):
        program_of_later_revision(monkeypatch, tmp_path, BROKEN_REVISION)

        with pytest.raises(DatabaseUnusableError):
            making.make(empty_url)

        file = file_of(empty_url)
        if file is not None:
            assert not list(file.parent.glob("*.sqlite*"))
            return
        engine = engine_of(empty_url)
        try:
            assert inspect(engine).get_table_names() == []
        finally:
            engine.dispose()


class TestState:
    def test_absent_file(self, sqlite_url):
        with pytest.raises(NoDatabaseError) as raised:
            open_database(sqlite_url)

        assert (
            raised.value.message == f"{file_of(sqlite_url)}: there is no database at this address yet. "
            "Make a plan with 'planner plan new', or load the bundled one with 'planner init'."
        )
        assert not Path(str(sqlite_url.database)).exists()

    def test_empty_database(self, empty_url):
        make_empty_file(empty_url)

        with pytest.raises(NoDatabaseError, match=r"the database is empty\. Make a plan with"):
            open_database(empty_url)

    def test_empty_file(self, sqlite_url):
        Path(str(sqlite_url.database)).touch()

        for look in (open_database, lambda url: making.upgrade(url, NOW)):
            with pytest.raises(NoDatabaseError, match="the database is empty"):
                look(sqlite_url)

    def test_older(self, older):
        with pytest.raises(DatabaseStateError) as raised:
            open_database(older.url)

        assert raised.value.message == (
            f"{older.address}: the database is older than planner (its revision is {THIS}, planner needs {LATER}). "
            "Run 'planner upgrade', which first makes a backup copy of a database file."
        )

    def test_newer(self, register, monkeypatch):
        with register.writing() as session:
            session.execute(text("UPDATE alembic_version SET version_num = '0099'"))
            session.commit()

        with pytest.raises(DatabaseStateError) as raised:
            open_database(register.url)

        assert raised.value.message == (
            f"{register.address}: the database is newer than planner "
            f"(its revision is 0099, planner knows up to {revision.HEAD}). Install a newer version of planner."
        )

    @pytest.mark.parametrize(
        "tables",
        [
            ["CREATE TABLE recipe (id INTEGER)"],
            ["CREATE TABLE alembic_version (version_num VARCHAR(32))", "INSERT INTO alembic_version VALUES ('0001')"],
            ["CREATE TABLE installation (id INTEGER)", "INSERT INTO installation VALUES (1)"],
        ],
    )
    def test_not_ours(self, empty_url, tables):
        make_empty_file(empty_url)
        engine = engine_of(empty_url)
        with engine.begin() as connection:
            for statement in tables:
                connection.execute(text(statement))
        engine.dispose()

        for look in (open_database, making.make, lambda url: making.upgrade(url, NOW)):
            with pytest.raises(DatabaseStateError) as raised:
                look(empty_url)
            assert "this database was not created by planner. " in raised.value.message

    @pytest.mark.parametrize("journal", ["delete", "wal"])
    def test_foreign_file_is_not_changed_by_looking_at_it(self, sqlite_url, journal):
        file = Path(str(sqlite_url.database))
        with closing(sqlite3.connect(file)) as connection:
            connection.execute(f"PRAGMA journal_mode = {journal}")
            connection.execute("CREATE TABLE recipe (id INTEGER)")
            connection.commit()
        before = file.read_bytes()

        for arguments in (["init"], ["items"], ["upgrade"]):
            assert run_command("--db", str(file), *arguments).exit_code == DatabaseStateError.exit_code

        assert file.read_bytes() == before
        assert [entry.name for entry in file.parent.iterdir() if entry.is_file()] == [file.name]

    def test_each_state_has_its_exit_code(self, tmp_path, register, later_program):
        absent = run_command("--db", str(tmp_path / "absent.sqlite"), "items")
        older = run_command("--db", register.url.render_as_string(hide_password=False), "items")

        assert (absent.exit_code, older.exit_code) == (NoDatabaseError.exit_code, DatabaseStateError.exit_code)
        assert len(absent.err.splitlines()) == len(older.err.splitlines()) == 1


class TestUpgrading:
    def test_older_database_is_brought_up_with_its_data(self, older):
        making.upgrade(older.url, NOW)

        database = open_database(older.url)
        try:
            assert "later" in tables_of(database)
            with database.reading() as session:
                assert session.execute(text("SELECT count(*) FROM item")).scalar_one() == 5
        finally:
            database.close()

    def test_copy_of_a_file_is_kept_first(self, sqlite_register, later_program):
        report(sqlite_register)
        file = Path(str(sqlite_register.url.database))

        copy = making.upgrade(sqlite_register.url, NOW)

        file.with_name("register.mine.20200506T070809.sqlite").touch()
        assert copy == file.with_name(f"register.{THIS}.20200506T070809.sqlite")
        assert making.copies_of(file) == [copy]
        with closing(sqlite3.connect(copy)) as connection:
            assert connection.execute("SELECT version_num FROM alembic_version").fetchone() == (THIS,)
            assert connection.execute("SELECT count(*) FROM status_update").fetchone() == (1,)
        assert stat.S_IMODE(copy.stat().st_mode) == 0o600

    def test_server_database_keeps_no_copy(self, postgresql_url, later_program):
        script, revision_now = making.configuration(), THIS
        engine = engine_of(postgresql_url)
        with engine.connect() as connection, connection.begin():
            script.attributes["connection"] = connection
            command.upgrade(script, revision_now)
        engine.dispose()

        assert making.upgrade(postgresql_url, NOW) is None

        open_database(postgresql_url).close()

    def test_current_database_is_left_as_it_is(self, register):
        assert making.upgrade(register.url, NOW) is None

    def test_nothing_to_upgrade(self, sqlite_url):
        with pytest.raises(NoDatabaseError):
            making.upgrade(sqlite_url, NOW)

        assert not Path(str(sqlite_url.database)).exists()

    def test_earlier_copy_is_never_overwritten(self, sqlite_register, later_program):
        file = Path(str(sqlite_register.url.database))
        earlier = file.with_name(f"register.{THIS}.20200506T070809.sqlite")
        with closing(sqlite3.connect(earlier)) as connection:
            connection.execute("CREATE TABLE kept_by_somebody (id INTEGER)")
        before = earlier.read_bytes()

        with pytest.raises(DatabaseUnusableError, match="no backup copy could be made"):
            making.upgrade(sqlite_register.url, NOW)

        assert earlier.read_bytes() == before
        with pytest.raises(DatabaseStateError, match="older"):
            open_database(sqlite_register.url)

    def test_failed_upgrade_leaves_the_older_database(self, register, monkeypatch, tmp_path):
        program_of_later_revision(monkeypatch, tmp_path, BROKEN_REVISION)
        before = tables_of(register)

        with pytest.raises(DatabaseUnusableError):
            making.upgrade(register.url, NOW)

        assert tables_of(register) == before
        with pytest.raises(DatabaseStateError, match="older"):
            open_database(register.url)

    def test_command_says_where_the_copy_is(self, sqlite_register, later_program):
        address = str(file_of(sqlite_register.url))

        first = run_command("--db", address, "upgrade")
        second = run_command("--db", address, "upgrade")

        copies = list(Path(address).parent.glob(f"register.{THIS}.*.sqlite"))
        assert (first.exit_code, second.exit_code, len(copies)) == (0, 0, 1)
        assert str(copies[0]) in first.out.replace("\n", "")


def test_an_empty_file_becomes_its_owner_s_only(sqlite_url):
    file = Path(str(sqlite_url.database))
    file.touch(mode=0o644)
    making.make(sqlite_url).close()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
