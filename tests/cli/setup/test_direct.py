"""Opening the app without click."""

import subprocess
import sys

import pytest

from planner.base.errors import FileTroubleError, NoDatabaseError
from planner.base.signals import EndedBySignal
from planner.cli.context import Context
from planner.cli.groups import _GLOBAL_OPTIONS
from planner.cli.setup.direct import OPTIONS, open_directly


@pytest.fixture
def opened(monkeypatch) -> list[Context]:
    """The contexts with which the app was run, as if there were a terminal."""
    found: list[Context] = []
    monkeypatch.setattr("planner.cli.setup.app.why_no_app", lambda: None)
    monkeypatch.setattr("planner.cli.setup.app.run_app", found.append)
    return found


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize(
    ("words", "given"),
    [
        ([], (None, None, None)),
        (["tui"], (None, None, None)),
        (["--as", "manager", "tui", "--plan=harbour-2020"], (None, "manager", "harbour-2020")),
        (["tui", "--plan", "a", "--plan", "b"], (None, None, "b")),
        (["--db", "postgresql://host/name"], ("postgresql://host/name", None, None)),
    ],
)
def test_the_app_is_opened_with_the_options(opened, words, given):
    assert open_directly(words) == 0
    assert [(context.db, context.acting_as, context.plan) for context in opened] == [given]


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize(
    "words",
    [
        ["--help"],
        ["tui", "--help"],
        ["--version"],
        ["tui", "tui"],
        ["--db"],
        ["--db="],
        ["--db", ""],
        ["--db", "tui"],
        ["--as", "--plan", "x"],
        ["--plain"],
        ["--debug", "tui"],
        ["items"],
        ["--db", "nowhere.sqlite"],
        ["--db", "."],
    ],
)
def test_click_reads_everything_else(opened, words):
    assert open_directly(words) is None
    assert opened == []


@pytest.mark.usefixtures("filled")
def test_click_gives_the_message_without_a_terminal_and_in_plain_words(opened, monkeypatch):
    with monkeypatch.context() as patched:
        patched.setattr("planner.cli.setup.app.why_no_app", lambda: "no terminal")
        assert open_directly([]) is None
    monkeypatch.setenv("PLANNER_PLAIN", "1")
    assert open_directly([]) is None
    assert opened == []


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize(
    ("error", "code", "message"),
    [
        (EndedBySignal(15), 143, "Stopped by the signal SIGTERM."),
        (NoDatabaseError("no register"), NoDatabaseError.exit_code, "no register"),
        (KeyboardInterrupt(), 130, "The command was interrupted"),
        (OSError(28, "No space left on device", "/full"), FileTroubleError.exit_code, "no space left on device"),
    ],
)
def test_what_ends_the_app_is_told_as_for_every_command(monkeypatch, capsys, error, code, message):
    def fails(_: Context) -> None:
        raise error

    monkeypatch.setattr("planner.cli.setup.app.why_no_app", lambda: None)
    monkeypatch.setattr("planner.cli.setup.app.run_app", fails)
    assert open_directly([]) == code
    assert message in capsys.readouterr().err


def test_it_knows_the_options_of_every_command_that_take_a_value():
    assert OPTIONS == _GLOBAL_OPTIONS


def test_click_is_not_imported(filled):
    code = (
        "import sys\nfrom planner import __main__ as entry\nfrom planner.cli.setup import app\n"
        "app.why_no_app = lambda: None\n"
        "app.run_app = lambda context: print(context.db, 'click' in sys.modules, flush=True)\n"
        f"sys.argv = ['planner', '--db', {str(filled.url.database)!r}]\nentry.main()"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == f"{filled.url.database} False\n"
