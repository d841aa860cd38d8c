"""Finding the character that separates the cells of a text file."""

import csv
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress

from planner.base.errors import BadValueError, ImportFileError
from planner.base.language import tr
from planner.base.listing import listed

_CANDIDATES = ("\t", ",", ";", "|", "\x1f", "^", "~")
_WORDS = {"tab": "\t", "\\t": "\t", "comma": ",", "semicolon": ";", "pipe": "|"}

# The share of rows with the usual number of cells above which a delimiter surely separates cells.
_REGULAR = 0.5
# Two delimiters whose shares are closer than this are equally plausible.
_MARGIN = 0.1


def named_delimiter(given: str) -> str:
    """Return the delimiter that a person gave as a character or by its name. Raises BadValueError for other texts."""
    delimiter = _WORDS.get(given.lower(), given)
    if len(delimiter) != 1 or delimiter in "\r\n\"'" or delimiter.isalnum():
        raise BadValueError(
            tr("'{given}' cannot separate cells", given=given),
            where="delimiter",
            do=tr("Give one character such as ; or the word tab"),
            by_field="delimiter",
        )
    return delimiter


def shown_delimiter(delimiter: str) -> str:
    """Return a delimiter as a person gives it."""
    return "tab" if delimiter == "\t" else delimiter


def find_delimiter(lines: Sequence[str], where: str, likely: str = "") -> str | None:
    """Return the character that separates the cells of these first lines of a file, or None if there is none.

    `likely` wins if another one is equally plausible. Raises ImportFileError if two are and none is likely.
    """
    found = {one: shares for one in _CANDIDATES if (shares := _regularity(lines, one))}
    if not found:
        return None
    best = max(found, key=lambda one: found[one])
    equal = [one for one in found if found[one][0] >= found[best][0] - _MARGIN]
    if likely in equal:
        return likely
    widest = max(found[one][1] for one in equal)
    equal = [one for one in equal if found[one][1] == widest]
    if len(equal) > 1:
        raise ImportFileError(
            tr(
                "it is unclear what separates the cells: {names}", names=listed([shown_delimiter(one) for one in equal])
            ),
            where=where,
            do=tr("Name the delimiter"),
            by_field="delimiter",
        )
    return equal[0]


def _regularity(lines: Sequence[str], delimiter: str) -> tuple[float, int] | None:
    """Return the share of rows that have the usual number of cells, and this number. None if there is no such number.

    Rows with one cell are titles, notes and sections. They count less, because they are regular with any delimiter.
    """
    if not any(delimiter in line for line in lines):
        return None
    widths: Counter[int] = Counter()
    # A very long cell ends the reading. The rows before it decide.
    with suppress(csv.Error):
        for row in csv.reader(lines, delimiter=delimiter):
            widths[len(row)] += any(map(str.strip, row))
    widths = +widths
    single = widths.pop(1, 0)
    if not widths:
        return None
    width, number = max(widths.items(), key=lambda one: (one[1], one[0]))
    share = number / (widths.total() + single / 2)
    return (share, width) if share >= _REGULAR else None
