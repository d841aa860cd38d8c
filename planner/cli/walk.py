"""Questions about several things, one after the other.

The person can skip each thing, stop at any question, and go back to the question before it.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Any, TypeVar

from planner.base.errors import BadValueError, InputEndedError, PlannerError
from planner.base.language import tr
from planner.cli.output import print_line
from planner.cli.questions import prompt, read_yes_or_no, yes_or_no

# The answers that skip a thing, end the questions, and go back one question.
SKIP, END, BACK = "s", "q", "<"

_Part = TypeVar("_Part")
_Read = TypeVar("_Read")


class EndedError(Exception):
    """The person ended the questions. Earlier answers are kept."""


class BackError(Exception):
    """The person wants to go back to the question before this one."""


class SkippedError(Exception):
    """The person skipped the thing that the question is about."""


@contextmanager
def until_ended(message: str) -> Iterator[None]:
    """Run a block of questions. Print a message if the person ends them early, and in any case an empty line."""
    try:
        yield
    except EndedError:
        print_line()
        print_line(message)
    print_line()


def one_by_one(parts: Callable[[], Mapping[str, _Part]]) -> Iterator[_Part]:
    """Yield each part once, after printing its position, such as "3 of 12".

    `parts` returns the parts by name. It is called again before each part, because an answer can add parts.
    """
    done: set[str] = set()
    while left := {name: part for name, part in parts().items() if name not in done}:
        name, part = next(iter(left.items()))
        print_line()
        print_line(tr("{number} of {total}", number=len(done) + 1, total=len(done) + len(left)))
        done.add(name)
        yield part


def ask(question: str, default: str = "") -> str:
    """Ask a question and return the answer. If the answer is empty, return the default, which is shown in brackets.

    Raises BackError if the answer is BACK, and EndedError if the answer is END, or if the input ends.
    """
    try:
        answer = prompt(f"{question} [{default}]" if default else question, default)
    except InputEndedError as error:
        raise EndedError from error
    if answer == END:
        raise EndedError
    if answer == BACK:
        raise BackError
    return answer


def ask_first(question: str, default: str = "") -> str:
    """Ask the first question about a thing. The person cannot go back from it."""
    while True:
        try:
            return ask(question, default)
        except BackError:
            print_line(tr("This is the first question here. You cannot go back any further."))


def ask_until(question: str, read: Callable[[str], _Read], default: str = "", *, first: bool = False) -> _Read:
    """Ask a question until its answer can be read, and return what `read` returns.

    If `read` raises a PlannerError, its message is printed and the question is asked again. It is also asked again if
    the person goes back to it from a question that `read` asks.
    """
    while True:
        answer = (ask_first if first else ask)(question, default)
        try:
            return read(answer)
        except BackError:
            continue
        except PlannerError as error:
            print_line(error.message)


def ask_all(questions: Sequence[Callable[[], Any]]) -> list[Any]:
    """Ask questions in order, and return the answers. Raises BackError if the person goes back from the first one."""
    answers: list[Any] = []
    while len(answers) < len(questions):
        try:
            answers.append(questions[len(answers)]())
        except BackError:
            if not answers:
                raise
            answers.pop()
    return answers


def unknown_answer(answer: str, do: str) -> BadValueError:
    """Return the error for an answer that is not allowed. Its advice is `do`, which lists the allowed answers."""
    return BadValueError(tr("'{text}' is not one of the possible answers", text=answer), do=do)


def agree(question: str, *, default: bool = False) -> bool:
    """Ask a yes-or-no question and return whether the answer is yes. Raises BackError and EndedError as `ask` does."""
    return ask_until(yes_or_no(question, default=default), partial(read_yes_or_no, default=default))
