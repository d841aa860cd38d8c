"""What a question says about an answer that does not fit."""

from planner.base.language import tr


def refused_answer(why: str) -> str:
    """Return a problem with an answer that cannot be read."""
    return tr("the answer does not fit: {why}", why=why)


def refused_words(answer: str, question: str) -> str:
    """Return a question, after the words of the answer that does not fit."""
    return tr("the answer '{answer}' does not fit: {why}", answer=answer, why=question)
