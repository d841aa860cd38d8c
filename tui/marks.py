"""States and figures as the app draws them. Data becomes plain Content here, never markup."""

import unicodedata
from collections.abc import Mapping, Sequence
from enum import StrEnum

from rich.cells import cell_len
from textual.content import Content

from planner.marks import SYMBOLS, TIMELINE_SIGNS, shares, words
from planner.visible_text import one_line as visible_line
from planner.vocabulary import State

# The shared table's colours in the variables of the app's themes.
COLOURS = {
    "dim": "$text-muted",
    "cyan": "$text-accent",
    "magenta": "$text-secondary",
    "green": "$text-success",
    "yellow": "$text-warning",
    "red": "$text-error",
    "bold red": "bold $text-error",
}

MUTED = "$text-muted"
STRONG = "bold"
HEADING = "bold $text-primary"
TROUBLE = "$text-error"

_SPARKS = "▁▂▃▄▅▆▇█"


def colour(word: StrEnum) -> str:
    """The style of a state."""
    return COLOURS[SYMBOLS[word.value][1]]


def mark(word: StrEnum | None, absent: str = "not rated") -> Content:
    """A state as symbol, word and colour."""
    if word is None:
        return Content.styled(f"· {absent}", MUTED)
    return Content.styled(f"{SYMBOLS[word.value][0]} {words(word.value)}", colour(word))


def symbol(word: StrEnum | None) -> Content:
    """The symbol of a state alone, where its word stands in a legend beside it."""
    return Content.styled("·", MUTED) if word is None else Content.styled(SYMBOLS[word.value][0], colour(word))


def count(word: StrEnum, number: int) -> Content:
    """How many are in a state; none at all recedes."""
    text = f"{SYMBOLS[word.value][0]} {words(word.value)} {number}"
    return Content.styled(text, colour(word) if number else MUTED)


def sign(word: StrEnum) -> tuple[str, str]:
    """What stands in a cell of a timeline: its symbol and style."""
    symbol, style = TIMELINE_SIGNS[word.value]
    return symbol, COLOURS.get(style, "")


def points(value: float | None) -> Content:
    """A change in points of percent since last week; a dot where there is none."""
    if not value:
        return Content.styled("·", MUTED)
    return Content.styled(f"{value:+.1f}", "$text-success" if value > 0 else TROUBLE)


def bar(actual: float | None, expected: float | None, width: int, style: str = "$text-accent") -> Content:
    """A bar of what is done (percent), with a mark where it should be by now."""
    done = round(min(100.0, max(0.0, actual or 0.0)) / 100 * width)
    drawn = [("━", style)] * done + [("─", MUTED)] * (width - done)
    if expected is not None and width:
        drawn[min(width - 1, round(expected / 100 * width))] = ("┃", "bold $foreground")
    return Content.assemble(*drawn)


def stacked(counts: Mapping[State, int], width: int) -> Content:
    """A bar of how many are in which state: each state's symbol as often as its share, and at least once."""
    shared = shares({state: counts.get(state, 0) for state in State}, width)
    return Content.assemble(*((SYMBOLS[state.value][0] * cells, colour(state)) for state, cells in shared.items()))


def spark(values: Sequence[float]) -> str:
    """A line of observed values, lowest to highest."""
    low, high = min(values), max(values)
    if low == high:
        return _SPARKS[0] * len(values)
    return "".join(_SPARKS[round((value - low) / (high - low) * (len(_SPARKS) - 1))] for value in values)


def one_line(text: str) -> str:
    """Data as it fits on one line: line ends and tabs become spaces, and nothing in it acts unseen."""
    return visible_line(text)


def fitting_name(name: str, short: str, width: int) -> str:
    """A name on one line where it has room in a width, else its short form."""
    whole = one_line(name)
    return whole if cell_len(whole) <= width else one_line(short)


def right_to_left(text: str) -> bool:
    """Whether a text begins in a script that is written from right to left."""
    for character in text:
        direction = unicodedata.bidirectional(character)
        if direction in ("R", "AL"):
            return True
        if direction == "L":
            return False
    return False
