"""Reading the themes of a column: nested ones, and those with numbers before their titles."""

from collections.abc import Iterator, Sequence

from planner.base.language import tr
from planner.intake.layout.cells.numbering import Numbered, numbered
from planner.intake.layout.cells.reading import Reading
from planner.intake.layout.cells.texts import one_line_title, read_titles, shown, text_of
from planner.intake.sheets import Value

# The share of a column's themes that must have numbers before it is sure that these are no part of the titles.
_MOST = 0.8


class LevelReader:
    """Reads the titles of nested themes, the outermost first: Health > Hospitals.

    If nearly all themes of the column have numbers, such as 一、经济 or 1. Economy, these are their labels. `labels`
    collects them by the titles from the outermost theme.
    """

    def __init__(self, values: Sequence[Value], labels: dict[tuple[str, ...], str]) -> None:
        self._labels = labels
        texts = {part for value in values for part in _parts(value)}
        self._have_numbers = sum(_numbered(text) is not None for text in texts) >= max(1, _MOST * len(texts))

    def __call__(self, value: Value, _answered: bool = False) -> Reading:
        """Read the themes of a cell."""
        parts = list(_parts(value))
        found = [_numbered(part) if self._have_numbers else None for part in parts]
        titles = [one.rest if one else part for one, part in zip(found, parts, strict=True)]
        reading = read_titles(titles, value)
        if reading.doubt is not None or not any(found):
            return reading
        for level, one in enumerate(found, 1):
            if one:
                self._labels.setdefault(tuple(titles[:level]), one.label)
        return Reading(reading.value, tr("'{value}' without its number", value=shown(value)))


def _parts(value: Value) -> Iterator[str]:
    """Yield the titles in a cell."""
    text = text_of(value)
    for part in text.split(" > ") if text else ():
        if part.strip():
            yield one_line_title(part.strip())


def _numbered(text: str) -> Numbered | None:
    """Return a title divided into its number and the rest, or None if no number is before it.

    A number needs a mark or a word behind it: 2027 budget and 5 new schools are titles.
    """
    found = numbered(text)
    if found is None or not found.rest:
        return None
    behind = text[len(found.label) :][:1]
    return found if behind and not (found.style == "digits 1" and behind.isspace()) else None
