"""The options of the main command mean the same before and after a command."""

from pathlib import Path

import pytest

from planner.cli.main import COMMANDS
from planner.store import location
from tests.command import run_command


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder of the person's own, in which there is no register."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.delenv("PLANNER_DB", raising=False)


@pytest.mark.parametrize("command", ["items", "show T-001", "links list", "weekly issues", "my-week"])
def test_a_command_takes_the_database_before_and_after_it(loaded_file: Path, command: str) -> None:
    before = run_command("--db", str(loaded_file), *command.split())
    after = run_command(*command.split(), "--db", str(loaded_file))
    assert before.exit_code == 0, before.err
    assert (after.exit_code, after.out, after.err) == (before.exit_code, before.out, before.err)


def test_an_option_between_a_group_and_its_command(loaded_file: Path) -> None:
    assert run_command("weekly", "--db", str(loaded_file), "issues").exit_code == 0
    assert run_command("weekly", "--bom", "issues", "--db", str(loaded_file)).exit_code == 2


def test_the_last_of_two_counts(loaded_file: Path) -> None:
    assert run_command("--db", "nowhere.sqlite", "items", "--db", str(loaded_file)).exit_code == 0
    assert run_command("--db", str(loaded_file), "items", "--db", "nowhere.sqlite").exit_code == 6


def test_as_is_only_for_demonstrations_after_the_command_too(loaded_file: Path) -> None:
    before = run_command("--db", str(loaded_file), "--as", "manager", "items")
    after = run_command("items", "--db", str(loaded_file), "--as", "manager")
    assert before.exit_code != 0
    assert (after.exit_code, after.err) == (before.exit_code, before.err)


def test_the_demonstration_is_made_at_the_address_after_the_command(tmp_path: Path) -> None:
    file = tmp_path / "demo.sqlite"
    file.write_text("not a register")
    done = run_command("demo", "--db", str(file))
    assert done.exit_code != 0
    assert str(file) in done.err
    assert not (location.data_folder() / location.DEMONSTRATION_FILE_NAME).exists()


@pytest.mark.parametrize("name", COMMANDS)
def test_the_help_of_a_command_does_not_repeat_them(name: str) -> None:
    shown = run_command(name, "--help").out
    assert not [option for option in ("--db URL", "--plan KEY", "--debug") if option in shown]
