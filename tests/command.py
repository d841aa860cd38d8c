"""Runs the command line in this process and keeps what it printed."""

import io
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass

from planner.cli.main import run


@dataclass(frozen=True)
class CommandResult:
    """What a command did: its exit code and what it printed where."""

    exit_code: int
    out: str
    err: str


def run_command(*arguments: str) -> CommandResult:
    """Run `planner ARGUMENTS…` as a person would type it."""
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        code = run(list(arguments))
    return CommandResult(code, out.getvalue(), err.getvalue())
