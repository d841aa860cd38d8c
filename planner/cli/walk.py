"""Questions of commands that go through a list one by one. The person can end the list at any question."""

from planner.base.errors import InputEndedError
from planner.cli.questions import confirm, prompt

# The answer that ends the list.
END = "q"


class EndedError(Exception):
    """The person ended the list. Earlier answers are kept."""


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


def agree(question: str, *, default: bool = False) -> bool:
    """Ask a yes-or-no question and return whether the answer is yes. Raises EndedError if the input ends."""
    try:
        return confirm(question, default=default)
    except InputEndedError as error:
        raise EndedError from error
