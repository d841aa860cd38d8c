"""Asking a question and reading the answer. Every command that reads a line from a person uses this module.

ctrl+c ends the command with exit code 130. The end of the input (ctrl+d) raises InputEndedError. Commands that go
through a list handle this error and end normally.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import click

from planner.base.errors import BadValueError, InputEndedError
from planner.base.language import tr
from planner.base.signals import prompt_signals_while_reading
from planner.base.visible_text import one_line
from planner.cli.output import print_line, print_which_plan
from planner.cli.streams import stream_behind

# A shorter question fits into the line of any terminal, and so much of a line is left for the answer.
_SHORT, _ANSWER = 50, 20


def confirm(question: str, *, default: bool = False, err: bool = False, of_plan: bool = True) -> bool:
    """Ask a yes-or-no question and return whether the answer is yes. An empty answer means the default.

    `of_plan` is False if the question names its plan, or is about no single plan. Otherwise the plan is named above
    the question if the register has several. Raises InputEndedError if the input ends, and click.Abort on ctrl+c.
    """
    hint = tr("Nothing was recorded. Answer the question, or give --yes if the command has this option")
    if of_plan:
        print_which_plan(err=err)
    with _reading(question, hint, err=err):
        return _confirmed(_last_line(one_line(question), err=err), default=default, err=err)


def prompt(question: str, default: str = "") -> str:
    """Ask for a line and return it without outer spaces, or the default if it is empty.

    Raises InputEndedError if the input ends, and click.Abort on ctrl+c.
    """
    with _reading(question, tr("Nothing was recorded. Answer the question"), err=False):
        last_line = _last_line(one_line(question), err=False)
        answer: str = click.prompt(last_line, default=default, show_default=False)
        return answer.strip()


def yes_or_no(question: str, *, default: bool) -> str:
    """Return a question followed by the two answers. The default is in capitals."""
    return f"{question} [{'Y/n' if default else 'y/N'}]"


def read_yes_or_no(typed: str, *, default: bool) -> bool:
    """Return whether an answer is yes. Raises BadValueError if it is none of the words for yes and no."""
    answers = {"": default, "y": True, "yes": True, "n": False, "no": False}
    answer = answers.get(typed.strip().lower())
    if answer is None:
        raise BadValueError(tr("Answer y for yes or n for no"))
    return answer


def _last_line(question: str, *, err: bool) -> str:
    """Print a question that is wider than a terminal up to its last line, and return this line for the prompt."""
    stream = stream_behind(err=err)
    if len(question) < _SHORT or not stream.isatty():
        return question
    from rich.text import Text

    from planner.cli.visible_console import VisibleConsole

    console = VisibleConsole(file=stream)
    *lines, last = Text(question).wrap(console, max(console.width - _ANSWER, _SHORT))
    for line in lines:
        print_line(line.plain.rstrip(), err=err)
    return last.plain


def _confirmed(question: str, *, default: bool, err: bool) -> bool:
    """Ask until the answer is one of the words for yes and no. click's own prompt would not list these words."""
    while True:
        typed: str = click.prompt(yes_or_no(question, default=default), default="", show_default=False, err=err)
        try:
            return read_yes_or_no(typed, default=default)
        except BadValueError as error:
            print_line(error.message, err=err)


@contextmanager
def _reading(question: str, hint: str, *, err: bool) -> Iterator[None]:
    try:
        # docs/decisions/0040: Python may handle a signal only after the line was read.
        with prompt_signals_while_reading():
            yield
    except click.Abort as abort:
        # The cursor is still on the line of the question.
        print_line(err=err)
        if isinstance(abort.__context__, EOFError):
            raise InputEndedError(
                tr("the input ended before this question was answered: '{question}'", question=question), do=hint
            ) from abort
        raise
