"""--debug: a log of the run in a file that only its owner can read, without the values of statements."""

import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from planner import __main__ as entry
from planner.base import debug_log
from planner.cli.debugging import debug_file, start_log
from tests.cli.test_plan_days import SHOWN


@pytest.fixture(autouse=True)
def ended(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """An own state folder, and no log after the test."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    yield
    debug_log.stop()


@pytest.mark.parametrize(
    "line", [("--debug", "show", "T-001"), ("show", "T-001", "--debug"), ("--debug", "clock", "show")]
)
def test_the_log_has_the_statements_and_neither_values_nor_arguments(filled, planner, line):
    done = planner(*line)
    log = debug_file().read_text(encoding="utf-8")
    assert (done.exit_code, done.err.removesuffix(SHOWN)) == (0, f"A log of this run is written to {debug_file()}\n")
    assert "planner: planner 0." in log
    assert "FROM person" in log
    assert "T-001" not in log
    assert stat.S_IMODE(debug_file().stat().st_mode) == 0o600


def test_without_the_option_there_is_no_log(filled, planner):
    assert planner("show", "T-001").err == SHOWN
    assert not debug_file().exists()


def test_the_log_says_where_an_error_came_from(filled, planner):
    done = planner("--debug", "show", "T-999")
    log = debug_file().read_text(encoding="utf-8")
    assert done.exit_code == 4
    assert "Traceback (most recent call last):" in log
    assert "UnknownNameError" in log


def test_the_log_is_of_the_last_run(filled, planner):
    planner("--debug", "show", "T-999")
    debug_log.stop()
    planner("--debug", "show", "T-001")
    assert "Traceback" not in debug_file().read_text(encoding="utf-8")


@pytest.mark.parametrize("logged", [True, False])
def test_the_message_of_a_fault_names_the_log_or_says_how_to_get_it(monkeypatch, capsys, logged):
    def fault() -> int:
        if logged:
            start_log()
        raise ValueError("secret")

    monkeypatch.setattr("planner.cli.main.run", fault)
    with pytest.raises(SystemExit):
        entry.main()
    message = capsys.readouterr().err.splitlines()[-1]
    if logged:
        assert message.endswith(
            f"The log is in {debug_file()}. Read it before you send it: it can contain text of the register."
        )
        assert "ValueError: secret" in debug_file().read_text(encoding="utf-8")
    else:
        assert message.endswith("To get a log, run the command again: planner COMMAND --debug.")
    assert "secret" not in message
