"""How the clauses of a text are numbered, found from the text alone."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from planner.errors import BadValueError
from planner.sources import numbering
from planner.sources.numbering import FEWEST, NumberedSpan
from planner.texts import normal_form
from planner.vocabulary import Numbering


@dataclass(frozen=True)
class NumberedText:
    """A text read in one way of numbering."""

    numbering: Numbering
    passages: tuple[NumberedSpan, ...]

    @property
    def weight(self) -> int:
        """How many passages this way of reading accounts for.

        Parts count where more than one clause has some, or where the clauses are as many: else what looks like parts of
        one clause are the clauses, and what looks like clauses numbers the sections of the page.
        """
        parts = Counter(passage.number.partition(".")[0] for passage in self.passages if "." in passage.number)
        clauses = len(self.passages) - parts.total()
        return len(self.passages) if len(parts) > 1 or clauses >= parts.total() else clauses


def readings(text: str) -> tuple[NumberedText, ...]:
    """The ways of numbering in which a text has clauses, the one that accounts for most of them first."""
    found: dict[tuple[NumberedSpan, ...], NumberedText] = {}
    for style in Numbering:
        read = NumberedText(style, numbering.parse(text, style))
        if read.weight >= FEWEST:
            # A style with parts finds what the one without finds, where there are none.
            found.setdefault(read.passages, read)
    return tuple(sorted(found.values(), key=lambda one: -one.weight))


def ends_at(text: str, passages: Sequence[NumberedSpan], ending: str) -> tuple[NumberedSpan, ...]:
    """The passages with the last one ending before the first of its lines that begins with some words.

    Raises BadValueError where none of its lines does.
    """
    *others, last = passages
    point = last.start
    for line in text[last.start : last.end].splitlines(keepends=True):
        if point > last.start and normal_form(line).startswith(normal_form(ending)):
            kept = text[last.start : point]
            return (*others, replace(last, end=last.start + len(kept.rstrip())))
        point += len(line)
    raise BadValueError(
        f"no line of the last clause ({last.number}) begins with '{ending}'",
        where="ends before",
        do="Give how the first line after the clauses begins",
    )
