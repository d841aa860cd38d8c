"""Runs the command line in this process and keeps what it printed."""

import io
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass

from planner.cli.main import run


@dataclass(frozen=True)
class CommandResult:
    """What a command did: its exit code and what it printed where, as text and as the very bytes."""

    exit_code: int
    out: str
    err: str
    out_bytes: bytes


def run_command(*arguments: str) -> CommandResult:
    """Run `planner ARGUMENTS…` as a person would type it."""
    out, err = io.BytesIO(), io.BytesIO()
    # Text streams over bytes, as the real ones are: a command may write either.
    out_text, err_text = (io.TextIOWrapper(raw, encoding="utf-8", newline="", write_through=True) for raw in (out, err))
    with redirect_stdout(out_text), redirect_stderr(err_text):
        code = run(list(arguments))
    return CommandResult(code, out.getvalue().decode(), err.getvalue().decode(), out.getvalue())
