"""Questions about several things, one after the other. The person can skip each thing, and can stop at any question."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import TypeVar

from planner.base.errors import BadValueError, InputEndedError, PlannerError
from planner.base.language import tr
from planner.cli.output import print_line
from planner.cli.questions import confirm, prompt

# The answers that skip a thing and that end the questions.
SKIP, END = "s", "q"

_Part = TypeVar("_Part")
_Read = TypeVar("_Read")


class EndedError(Exception):
    """The person ended the questions. Earlier answers are kept."""


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
    """Yield each part once, after printing its place, such as "3 of 12".

    `parts` returns the parts by name. It is called again for each part, because an answer can add parts.
    """
    done: set[str] = set()
    while left := {name: part for name, part in parts().items() if name not in done}:
        name, part = next(iter(left.items()))
        print_line()
        print_line(tr("{number} of {total}", number=len(done) + 1, total=len(done) + len(left)))
        done.add(name)
        yield part


def ask(question: str, default: str = "") -> str:
    """Ask a question and return the answer, or the default, which is shown in brackets, if the answer is empty.

    Raises EndedError if the answer is END, or if the input ends.
    """
    try:
        answer = prompt(f"{question} [{default}]" if default else question, default)
    except InputEndedError as error:
        raise EndedError from error
    if answer == END:
        raise EndedError
    return answer


def ask_until(question: str, read: Callable[[str], _Read], default: str = "") -> _Read:
    """Ask a question until its answer can be read, and return what `read` returns.

    If `read` raises a PlannerError, its message is printed and the question is asked again.
    """
    while True:
        try:
            return read(ask(question, default))
        except PlannerError as error:
            print_line(error.message)


def unknown_answer(answer: str, do: str) -> BadValueError:
    """Return the error for an answer that is not allowed. `do` is its advice, which lists the allowed answers."""
    return BadValueError(tr("'{text}' is not one of the possible answers", text=answer), do=do)


def agree(question: str, *, default: bool = False) -> bool:
    """Ask a yes-or-no question and return whether the answer is yes. Raises EndedError if the input ends."""
    try:
        return confirm(question, default=default)
    except InputEndedError as error:
        raise EndedError from error
