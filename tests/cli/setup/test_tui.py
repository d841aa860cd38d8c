"""planner and planner tui without a terminal; in one, see tests/tui/process/test_terminal.py."""

import pytest


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize("arguments", [[], ["tui"]])
def test_without_a_terminal_it_says_so_and_names_the_commands(planner, arguments):
    done = planner(*arguments)
    assert done.exit_code == 2
    assert done.out == ""
    assert done.err == (
        "planner: the app needs an interactive terminal. Use a command instead, such as 'planner overview'.\n"
    )


@pytest.mark.parametrize("arguments", [[], ["tui"]])
def test_without_a_terminal_and_a_register_it_names_the_ways_to_begin(planner, arguments, tmp_path):
    done = planner(*arguments)
    assert (done.exit_code, done.out) == (6, "")
    assert done.err.startswith(f"planner: {tmp_path / 'command.sqlite'}: there is no register yet. ")
    for command in ("'planner demo'", "'planner plan new'", "'planner init'"):
        assert command in done.err
    assert list(tmp_path.iterdir()) == []
