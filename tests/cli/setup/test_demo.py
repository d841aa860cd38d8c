"""planner demo: a simulated database, told as such, and the overview where there is no terminal."""

import io
import json
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import URL

from planner.base import resources
from planner.bundle.reader import read_bundle
from planner.cli.main import run
from planner.demo.demonstration import provide
from planner.demo.year import usual_day
from planner.domain.vocabulary import Role
from planner.store.database import Database, engine_of
from planner.store.location import DEMONSTRATION_FILE_NAME, parse
from tests.command import CommandResult
from tests.factories import small_bundle
from tests.store.test_revision import migrate

if TYPE_CHECKING:
    from planner.cli.context import Context

Planner = Callable[..., CommandResult]


@pytest.fixture
def demo(planner: Planner, bundle_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Planner:
    """`planner demo` of the small plan, in a data folder of its own."""
    real = resources.bundled
    monkeypatch.setattr(resources, "bundled", lambda name: bundle_folder if name == "seeds" else real(name))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    return planner


@pytest.fixture(scope="session")
def made_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small plan's demonstration, made once: tests copy it."""
    folder = tmp_path_factory.mktemp("made")
    file = folder / DEMONSTRATION_FILE_NAME
    bundle = read_bundle(small_bundle(folder / "seeds"))
    provide(URL.create("sqlite", database=str(file)), bundle, usual_day(bundle.plan.plan), progress=lambda _step: None)
    return file


@pytest.fixture
def made(demo: Planner, made_file: Path, tmp_path: Path) -> Planner:
    """`planner demo` where it was made before."""
    file = place(tmp_path)
    file.parent.mkdir(parents=True)
    shutil.copy(made_file, file)
    return demo


def place(folder: Path) -> Path:
    return folder / "data" / "planner" / DEMONSTRATION_FILE_NAME


def test_without_a_terminal_the_overview_is_printed(demo: Planner, tmp_path: Path) -> None:
    result = demo("demo")
    assert result.exit_code == 0
    assert "SIMULATED" in result.out
    assert "Harbour Town work plan 2020" in result.out
    assert "As of 2020-10-16" in result.out
    assert result.err == (
        f"Created a demonstration as of 2020-10-16, with simulated reports: {place(tmp_path)}\n"
        "The overview is printed instead of opening the app: the app needs an interactive terminal.\n"
    )


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.mark.usefixtures("made")
def test_on_a_terminal_without_a_screen_the_overview_is_printed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out, err = Terminal(), Terminal()
    for name, stream in (("stdin", Terminal()), ("stdout", out), ("stderr", err)):
        monkeypatch.setattr(sys, name, stream)
    monkeypatch.setenv("TERM", "dumb")
    assert run(["demo"]) == 0
    assert (
        "The overview is printed instead of opening the app: the app needs a full-screen terminal, but TERM is 'dumb'."
        in (err.getvalue())
    )
    assert "Harbour Town work plan 2020" in out.getvalue()
    assert run(["--db", str(place(tmp_path))]) == 2
    assert "TERM is 'dumb'. Use a command instead" in err.getvalue()


@pytest.mark.usefixtures("demo")
def test_on_a_terminal_the_app_is_opened_on_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[tuple[Context, bool]] = []
    monkeypatch.setattr("planner.cli.setup.app.open_app", lambda context, tour: opened.append((context, tour)))
    for name in ("stdin", "stdout", "stderr"):
        monkeypatch.setattr(sys, name, Terminal())
    assert run(["demo"]) == 0
    assert run(["demo", "--as", "auditor"]) == 0
    assert run(["--as", "simulated-officer-2", "demo"]) == 0
    assert run(["demo", "--tour"]) == 0
    assert [(context.db, context.acting_as, tour) for context, tour in opened] == [
        (str(place(tmp_path)), "officer", False),
        (str(place(tmp_path)), "auditor", False),
        (str(place(tmp_path)), "simulated-officer-2", False),
        (str(place(tmp_path)), "officer", True),
    ]


def test_the_register_s_address_is_not_touched(demo: Planner, tmp_path: Path) -> None:
    demo("demo")
    assert place(tmp_path).exists()
    assert not (tmp_path / "command.sqlite").exists()


def test_it_is_opened_again_as_it_was_left(made: Planner, tmp_path: Path) -> None:
    left = place(tmp_path).read_bytes()
    result = made("demo")
    assert result.exit_code == 0
    assert result.err.startswith("Opened the existing demonstration as of 2020-10-16: ")
    assert "SIMULATED" in result.out
    assert place(tmp_path).read_bytes() == left


def test_one_that_an_earlier_version_made_is_upgraded_with_what_a_visitor_typed(made: Planner, tmp_path: Path) -> None:
    at_demo = ("--db", str(place(tmp_path)))
    assert made(*at_demo, "--as", "manager", "update", "T-003", "--done", "Typed by a visitor.").exit_code == 0
    to_older_revision(place(tmp_path))
    assert made(*at_demo, "items").exit_code == 7
    result = made("demo")
    assert result.exit_code == 0, result.err
    assert "An earlier version of planner had made it, so it was upgraded." in result.err
    assert "A copy of the earlier file is " in result.err
    assert "SIMULATED" in result.out
    assert "Typed by a visitor." in made(*at_demo, "show", "T-003").out


def to_older_revision(file: Path) -> None:
    """Bring a database to the revision before the last one."""
    database = Database(parse(str(file), "database"), engine_of(parse(str(file), "database")))
    migrate(database, "-1")
    database.close()


def test_what_a_visitor_typed_stays_until_it_is_made_anew(made: Planner, tmp_path: Path) -> None:
    at_demo = ("--db", str(place(tmp_path)))
    assert made(*at_demo, "--as", "manager", "update", "T-003", "--done", "Typed by a visitor.").exit_code == 0
    made("demo")
    assert "Typed by a visitor." in made(*at_demo, "show", "T-003").out
    again = made("demo", "--fresh")
    assert "Rebuilt the demonstration as of 2020-10-16 in " in again.err
    assert "Typed by a visitor." not in made(*at_demo, "show", "T-003").out


def test_another_day_is_said_to_replace_the_one_before(made: Planner) -> None:
    result = made("demo", "--as-of", "2020-04-03")
    assert result.exit_code == 0
    assert "Rebuilt the demonstration as of 2020-04-03 (before: 2020-10-16) in " in result.err
    assert "As of 2020-04-03" in result.out


def test_another_place_can_be_given(demo: Planner, tmp_path: Path) -> None:
    elsewhere = tmp_path / "else where" / "demo.sqlite"
    result = demo("--db", str(elsewhere), "demo")
    assert result.exit_code == 0
    assert elsewhere.exists()
    assert not place(tmp_path).exists()


def test_a_register_is_refused(demo: Planner, tmp_path: Path) -> None:
    register = str(tmp_path / "register.sqlite")
    assert demo("--db", register, "init").exit_code == 0
    result = demo("--db", register, "demo")
    assert result.exit_code == 5
    assert "this database holds a register, and a demonstration never replaces a register" in result.err
    assert result.out == ""


@pytest.mark.parametrize("day", ["2019-12-31", "2020-01-01", "2021-01-01", "Some day"])
def test_a_wrong_day_is_told_and_nothing_is_made(demo: Planner, tmp_path: Path, day: str) -> None:
    result = demo("demo", "--as-of", day)
    assert result.exit_code == 3
    assert result.err.startswith("planner: --as-of: ")
    assert not place(tmp_path).parent.exists()


def whoami(demo: Planner, tmp_path: Path, *acting_as: str) -> dict[str, Any]:
    """What `planner whoami` says in the demonstration."""
    out = demo("--db", str(place(tmp_path)), *acting_as, "whoami", "--format", "json").out
    found: dict[str, Any] = json.loads(out)["whoami"]
    return found


def test_each_role_can_be_seen(made: Planner, tmp_path: Path) -> None:
    for role in Role:
        found = whoami(made, tmp_path, "--as", role.value)
        assert found["person"]["role"] == role
        assert found["login"].startswith(f"simulated-{role.value}")
    # Of the officers, the one whose organisation leads most items.
    officer = whoami(made, tmp_path, "--as", "officer")
    assert (officer["login"], officer["person"]["organisation"]["key"]) == ("simulated-officer-1", "harbour-office")
    assert whoami(made, tmp_path, "--as", "simulated-officer-3")["person"]["organisation"]["key"] == "town-archive"


def test_who_is_nobody_there_reads_and_is_told_how_to_write(made: Planner, tmp_path: Path) -> None:
    at_demo = ("--db", str(place(tmp_path)))
    assert whoami(made, tmp_path)["person"] is None
    assert made(*at_demo, "items").exit_code == 0
    refused = made(*at_demo, "update", "T-003", "--done", "Typed by a visitor.")
    assert refused.exit_code == 5
    assert "such as the officer or the manager (--as)" in refused.err
    unknown = made(*at_demo, "--as", "cleo", "items")
    assert unknown.exit_code == 4
    assert "no person or role is called 'cleo'. The roles and logins are officer, " in unknown.err


def test_roles_hold_in_it(made: Planner, tmp_path: Path) -> None:
    at_demo = ("--db", str(place(tmp_path)), "--as")
    move = ("due", "P-002", "--move", "2020-12-30", "--reason", "The frost.")
    before = place(tmp_path).read_bytes()
    for role, told in (("officer", "may not move a due date"), ("auditor", "an auditor can only read")):
        refused = made(*at_demo, role, *move)
        assert (refused.exit_code, told in refused.err) == (5, True), refused
    assert place(tmp_path).read_bytes() == before
    assert made(*at_demo, "manager", *move).exit_code == 0
    assert "simulated-manager" in made(*at_demo, "manager", "show", "P-002").out
