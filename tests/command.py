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
    out, err = _stream(), _stream()
    with redirect_stdout(out), redirect_stderr(err):
        code = run(list(arguments))
    return CommandResult(code, _printed(out).decode(), _printed(err).decode(), _printed(out))


def _stream() -> io.TextIOWrapper:
    """A stream that takes text and, as standard output does, bytes underneath."""
    return io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="")


def _printed(stream: io.TextIOWrapper) -> bytes:
    stream.flush()
    content: bytes = stream.buffer.getvalue()  # type: ignore[attr-defined]
    return content
