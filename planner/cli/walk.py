"""What going through things by questions and answers has in common: asking, and having had enough."""

import click

from planner.visible_text import one_line

# The answer that ends it.
END = "q"


class EndedError(Exception):
    """The person has had enough; what was decided stays."""


def ask(question: str, standing: str = "") -> str:
    """The answer to a question; what stands in brackets where nothing is typed. Raises EndedError."""
    shown = one_line(f"{question} [{standing}]" if standing else question)
    answer: str = click.prompt(shown, default=standing, show_default=False).strip()
    if answer == END:
        raise EndedError
    return answer
