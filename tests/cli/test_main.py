"""The command line as a whole: help, version, errors, what is imported, what a closed pipe does."""

import os
import subprocess
import sys
from datetime import UTC, date, datetime
from importlib.metadata import version
from typing import Any

import pytest
from sqlalchemy import Engine, event

from planner import __version__
from planner.cli.context import Context
from planner.cli.main import COMMANDS, COMMANDS_BY_PERSON
from tests.cli.test_plan_days import SHOWN
from tests.effort import only_in_more
from tests.factories import noon, report


def python(code: str) -> str:
    """What a new Python process prints."""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return done.stdout


def test_help_lists_every_command(planner):
    out = planner("--help").out
    assert [name for name in COMMANDS if f"\n  {name} " not in out] == []


def test_help_lists_the_commands_by_person_and_first_the_five_to_begin_with(planner):
    lines = planner("--help").out.splitlines()
    headings = [line[:-1] for line in lines if line.endswith(":") and not line.startswith(" ")]
    people = ["Everybody", "Program officers", "Managers", "Auditors", "Administrators"]
    assert headings == ["Options", "Begin with these", *people]
    assert list(COMMANDS_BY_PERSON["Begin with these"]) == ["demo", "init", "my-week", "overview", "findings"]
    assert sum(map(len, COMMANDS_BY_PERSON.values())) == len(COMMANDS)
    assert " ".join(" ".join(lines).split()).endswith(
        "These options can also follow the command. 'planner COMMAND --help' explains a command and ends with an "
        "example."
    )


def test_version(planner):
    assert planner("--version").out == f"planner {__version__}\n"


def test_a_command_that_is_not_there_is_told(planner):
    done = planner("frobnicate")
    assert done.exit_code == 2
    assert "No such command 'frobnicate'" in done.err


def test_a_group_without_a_command_names_its_commands(planner):
    done = planner("sources")
    assert (done.exit_code, done.out) == (2, "")
    assert done.err.splitlines()[-1] == "planner: Give a command: attach, cite, list, verify."


def test_python_dash_m_runs_it():
    done = subprocess.run([sys.executable, "-m", "planner", "--version"], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("planner ")


HEAVY = ("sqlalchemy", "alembic", "pendulum", "pydantic", "textual", "rich", "yaml", "platformdirs", "psycopg")


@pytest.mark.parametrize("arguments", [["--help"], ["--version"]])
def test_help_and_version_import_nothing_heavy(arguments):
    code = (
        f"import sys\nfrom planner.cli.main import run\nrun({arguments!r})\n"
        f"print('loaded:', [name for name in {HEAVY!r} if name in sys.modules])"
    )
    assert python(code).splitlines()[-1] == "loaded: []"


# What prints the names of the mapped classes.
MAPPED = (
    "from planner.store.models import Base\n"
    "print(*(model.__name__ for model in Base.__subclasses__() if '__mapper__' in model.__dict__))"
)

# The modules with tables that a command about one item does not need.
TABLES = {
    *("clauses", "clock", "documents", "finding_reviews", "findings", "issues", "links", "names"),
    *("proposals", "redactions", "register.changes", "register.imports", "register.plan_acts", "seeds"),
}


@pytest.mark.parametrize(
    ("command", "tables", "mapped"),
    [
        ("show T-001", TABLES, 0),
        ("update T-001 --percent 5", TABLES - {"redactions"}, 6),
        only_in_more("trace T-001", {"clock", "finding_reviews", "issues", "names", "proposals", "redactions"}, 18),
        only_in_more(
            "log T-001", {"clauses", "clock", "documents", "findings", "issues", "names", "proposals", "seeds"}, 1
        ),
    ],
)
def test_a_one_item_command_imports_and_maps_no_more_than_it_needs(filled, planner, command, tables, mapped):
    names = ["alembic", "pendulum", "pydantic", "textual", "yaml", "rich", "sqlalchemy.dialects.postgresql"]
    names += [
        "asyncio.events",
        "sqlalchemy.connectors.asyncio",
        "ssl",
        "email",
        "planner.queries.weeks.course",
        *(f"planner.store.models.{name}" for name in sorted(tables)),
    ]
    if command.startswith(("show", "trace")):
        # The log asks whether an event has its own bytes.
        names.append("planner.store.journal")
    code = (
        "import sys\nfrom datetime import UTC, datetime\nfrom planner.cli.context import Context\n"
        # A write is refused if the clock is years ahead of the log.
        f"if {command.startswith('update')}: Context.now = lambda self: datetime(2020, 12, 1, tzinfo=UTC)\n"
        f"from planner.cli.main import run\nassert run({command.split()!r}) == 0\n"
        f"print('loaded:', [name for name in {names!r} if name in sys.modules])\n"
        f"{MAPPED}"
    )
    loaded, with_mapper = python(code).splitlines()[-2:]
    assert loaded == "loaded: []"
    assert len(with_mapper.split()) <= mapped, with_mapper


@pytest.mark.usefixtures("planner")
def test_the_overview_maps_no_class_also_if_something_was_recorded_late(filled):
    report(filled, "T-001", as_of=date(2020, 9, 9), at=noon(date(2020, 9, 16)), help_needed="Pump.")
    arguments = ["overview", "--as-of", "2020-09-18"]
    code = f"from planner.cli.main import run\nassert run({arguments!r}) == 0\n{MAPPED}"
    assert python(code).splitlines()[-1] == ""


def test_the_note_of_a_demonstration_needs_no_rich_in_a_pipe():
    code = (
        "import sys\nfrom types import SimpleNamespace\nfrom planner.cli.output import print_banner\n"
        "print_banner(SimpleNamespace(simulated=True))\nprint('rich' in sys.modules)"
    )
    first, last = python(code).splitlines()
    assert first.startswith(" SIMULATED  Demonstration data")
    assert last == "False"


@pytest.mark.parametrize(
    ("most", "command"),
    [
        (35, ["show", "T-001"]),
        # Of these, three are for the write lock.
        (45, ["update", "T-001", "--percent", "5"]),
        only_in_more(48, ["trace", "T-001"]),
        only_in_more(21, ["log", "T-001"]),
    ],
)
def test_a_one_item_command_sends_no_more_statements_than_it_needs(filled, planner, most, command, monkeypatch):
    sent: list[str] = []
    # In the year of the plan; one more statement finds the last day of a plan that is over.
    monkeypatch.setattr(Context, "now", lambda self: datetime(2020, 12, 1, tzinfo=UTC))

    def note(*told: Any) -> None:
        sent.append(told[2])

    event.listen(Engine, "before_cursor_execute", note)
    try:
        assert planner(*command).exit_code == 0
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    assert len(sent) <= most, sent


def test_a_module_that_is_loaded_on_first_use_is_the_real_one():
    code = (
        "from planner.base.lazy_modules import load_on_first_use\nload_on_first_use()\n"
        "import asyncio, importlib.metadata, sys\n"
        "print('asyncio.events' in sys.modules, 'email' in sys.modules)\n"
        "async def five() -> int:\n    return await asyncio.sleep(0, 5)\n"
        "print(asyncio.iscoroutine(5), asyncio.run(five()), importlib.metadata.version('click'))\n"
        "print(sys.modules['asyncio'].__file__ == asyncio.__file__)"
    )
    assert python(code).split() == ["False", "False", "False", "5", version("click"), "True"]


THREAD = "threading.Thread(target=threading.main_thread().join).start()\n"


@pytest.mark.parametrize(("thread", "cleaned_up"), [("", False), (THREAD, True)])
def test_python_cleans_up_after_a_command_only_if_a_thread_is_running(thread, cleaned_up):
    code = (
        "import atexit, sys, threading\nfrom planner.__main__ import main\nsys.argv = ['planner', '--version']\n"
        f"atexit.register(print, 'cleaned up')\n{thread}main()"
    )
    out = python(code)
    assert out.startswith(f"planner {__version__}\n")
    assert ("cleaned up" in out) is cleaned_up


@pytest.mark.parametrize("arguments", [only_in_more(["items"]), ["items", "--format", "json"], only_in_more(["log"])])
def test_a_reader_that_has_enough_is_no_error(filled, planner, arguments):
    reading, writing = os.pipe()
    os.close(reading)
    try:
        done = subprocess.run(
            [sys.executable, "-m", "planner", *arguments],
            stdout=writing,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    finally:
        os.close(writing)
    assert (done.returncode, done.stderr.removeprefix(SHOWN)) == (0, "")


def test_a_terminal_that_lacks_a_character_gets_a_question_mark(filled, planner):
    done = subprocess.run(
        [sys.executable, "-m", "planner", "show", "P-002"],
        capture_output=True,
        check=False,
        env=os.environ | {"PYTHONIOENCODING": "euc-kr"},
    )
    assert done.returncode == 0
    assert "港口 (????)" in done.stdout.decode("euc-kr")


@pytest.mark.parametrize("closed", [*map(only_in_more, ("<&-", ">&-", "2>&-")), "<&- >&- 2>&-"])
def test_a_closed_standard_stream_is_no_fault_of_the_program(filled, closed):
    command = f'"{sys.executable}" -m planner --db "$FILE" show T-001 {closed}'
    done = subprocess.run(["sh", "-c", command], env=os.environ | {"FILE": filled.url.database}, capture_output=True)
    assert (done.returncode, done.stderr.removeprefix(SHOWN.encode())) == (0, b"")
