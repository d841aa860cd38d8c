"""planner and planner tui without a terminal; in one, see tests/tui/process/test_terminal.py."""

import pytest


@pytest.mark.parametrize("arguments", [[], ["tui"]])
def test_without_a_terminal_it_says_so_and_names_the_commands(planner, arguments):
    done = planner(*arguments)
    assert done.exit_code == 2
    assert done.out == ""
    assert done.err == (
        "planner: the app needs an interactive terminal. Use a command instead, such as 'planner overview'.\n"
    )
