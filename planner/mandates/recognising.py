"""Recognises how the clauses of a text are numbered."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from planner.base.errors import BadValueError
from planner.base.language import tr
from planner.base.texts import normal_form
from planner.domain.vocabulary import Numbering
from planner.sources import numbering
from planner.sources.numbering import FEWEST, NumberedSpan


@dataclass(frozen=True)
class NumberedText:
    """A text read in one numbering style."""

    numbering: Numbering
    passages: tuple[NumberedSpan, ...]

    @property
    def weight(self) -> int:
        """The number of passages that this reading explains.

        Parts are not counted if only one clause has parts and these outnumber the clauses. The apparent parts are then
        the real clauses, and the apparent clauses are sections of the page.
        """
        parts = Counter(passage.number.partition(".")[0] for passage in self.passages if "." in passage.number)
        clauses = len(self.passages) - parts.total()
        return len(self.passages) if len(parts) > 1 or clauses >= parts.total() else clauses


def readings(text: str) -> tuple[NumberedText, ...]:
    """Return the text as read in each numbering style that finds clauses.

    The style that explains the most passages comes first.
    """
    found: dict[tuple[NumberedSpan, ...], NumberedText] = {}
    for style in Numbering:
        read = NumberedText(style, numbering.parse(text, style))
        if read.weight >= FEWEST:
            # If no clause has parts, a style with parts finds the same passages as the one without.
            found.setdefault(read.passages, read)
    return tuple(sorted(found.values(), key=lambda one: -one.weight))


def ends_at(text: str, passages: Sequence[NumberedSpan], ending: str) -> tuple[NumberedSpan, ...]:
    """Return the passages, with the last one cut before its first line that begins with `ending`.

    Raises BadValueError if no line of the last passage begins with it.
    """
    *others, last = passages
    point = last.start
    for line in text[last.start : last.end].splitlines(keepends=True):
        if point > last.start and normal_form(line).startswith(normal_form(ending)):
            kept = text[last.start : point]
            return (*others, replace(last, end=last.start + len(kept.rstrip())))
        point += len(line)
    raise BadValueError(
        tr("no line of the last clause ({number}) begins with '{ending}'", number=last.number, ending=ending),
        where="ends before",
        do=tr("Give the first words of the line that follows the last clause"),
    )
