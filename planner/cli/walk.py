"""What going through things by questions and answers has in common: asking, and having had enough."""

from planner.base.errors import InputEndedError
from planner.cli.questions import confirm, prompt

# The answer that ends it.
END = "q"


class EndedError(Exception):
    """The person has had enough; what was decided stays."""


def ask(question: str, standing: str = "") -> str:
    """The answer to a question; `standing`, shown in brackets, where nothing is typed.

    Raises EndedError for the answer that ends, and where the input ends.
    """
    try:
        answer = prompt(f"{question} [{standing}]" if standing else question, standing)
    except InputEndedError as error:
        raise EndedError from error
    if answer == END:
        raise EndedError
    return answer


def agree(question: str, *, default: bool = False) -> bool:
    """Whether the answer is yes; the default where nothing is typed. Raises EndedError where the input ends."""
    try:
        return confirm(question, default=default)
    except InputEndedError as error:
        raise EndedError from error
