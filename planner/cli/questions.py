"""Asking a person something and reading the answer: the one place where a command waits for a line.

ctrl+c ends the command with 130, as everywhere. The end of the input (ctrl+d) is an error of its own. Commands that go
through a list end there, without an error.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import click

from planner.base.errors import InputEndedError
from planner.base.signals import prompt_signals_while_reading
from planner.base.visible_text import one_line
from planner.cli.output import print_line

_ANSWER = "Answer the question"


def confirm(question: str, *, default: bool = False, err: bool = False) -> bool:
    """Whether the answer is yes; nothing means the default. Raises InputEndedError, click.Abort for ctrl+c."""
    with _reading(question, do=f"{_ANSWER}, or give --yes where the command has it", err=err):
        return click.confirm(one_line(question), default=default, err=err)


def prompt(question: str, default: str = "") -> str:
    """The answer without outer spaces; the default where nothing is typed. Raises as `confirm` does."""
    with _reading(question, do=_ANSWER, err=False):
        answer: str = click.prompt(one_line(question), default=default, show_default=False)
        return answer.strip()


@contextmanager
def _reading(question: str, *, do: str, err: bool) -> Iterator[None]:
    try:
        # docs/decisions/0040: Python may handle a signal only after the line was read.
        with prompt_signals_while_reading():
            yield
    except click.Abort as abort:
        # The question stands on the line still.
        print_line(err=err)
        if isinstance(abort.__context__, EOFError):
            raise InputEndedError(
                f"the input ended before there was an answer to '{question}'", do=f"Nothing was recorded. {do}"
            ) from abort
        raise
