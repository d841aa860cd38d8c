"""What going through things by questions and answers has in common: asking, and having had enough."""

from planner.cli.questions import prompt

# The answer that ends it.
END = "q"


class EndedError(Exception):
    """The person has had enough; what was decided stays."""


def ask(question: str, standing: str = "") -> str:
    """The answer to a question; what stands in brackets where nothing is typed.

    Raises EndedError for the answer that ends, InputEndedError where the input ends.
    """
    answer = prompt(f"{question} [{standing}]" if standing else question, standing)
    if answer == END:
        raise EndedError
    return answer
