"""Draws states and numbers for the app. Data becomes plain Content here, never markup."""

from collections.abc import Mapping, Sequence
from enum import StrEnum

from rich.cells import cell_len
from textual.content import Content

from planner.base.language import tr
from planner.base.visible_text import one_line as one_line
from planner.domain.symbols import SYMBOLS, TIMELINE_SIGNS, shares, words
from planner.domain.vocabulary import State

# Maps the colours of planner.domain.symbols to variables of the app's themes.
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
    """Return the colour style of a state."""
    return COLOURS[SYMBOLS[word.value][1]]


def mark(word: StrEnum | None, absent: str | None = None) -> Content:
    """Return a state as its symbol and word, in its colour. Without a state, return `absent` or "not rated"."""
    if word is None:
        return Content.styled(f"· {tr('not rated') if absent is None else absent}", MUTED)
    return Content.styled(f"{SYMBOLS[word.value][0]} {words(word.value)}", colour(word))


def symbol(word: StrEnum | None) -> Content:
    """Return only the symbol of a state, for places where a legend explains it."""
    return Content.styled("·", MUTED) if word is None else Content.styled(SYMBOLS[word.value][0], colour(word))


def count(word: StrEnum, number: int) -> Content:
    """Return the number of records in a state, with the symbol and word of the state.

    A count of zero is shown in a muted colour.
    """
    text = f"{SYMBOLS[word.value][0]} {words(word.value)} {number}"
    return Content.styled(text, colour(word) if number else MUTED)


def timeline_mark(word: StrEnum) -> tuple[str, str]:
    """Return the symbol and the style of a timeline cell."""
    symbol, style = TIMELINE_SIGNS[word.value]
    return symbol, COLOURS.get(style, "")


def points(value: float | None) -> Content:
    """Return a change since the last period in percentage points, or a dot if nothing changed."""
    if not value:
        return Content.styled("·", MUTED)
    return Content.styled(f"{value:+.1f}", "$text-success" if value > 0 else TROUBLE)


def bar(actual: float | None, expected: float | None, width: int, style: str = "$text-accent") -> Content:
    """Return a progress bar of the actual percentage, with a mark at the expected percentage."""
    done = round(min(100.0, max(0.0, actual or 0.0)) / 100 * width)
    drawn = [("━", style)] * done + [("─", MUTED)] * (width - done)
    if expected is not None and width:
        drawn[min(width - 1, round(expected / 100 * width))] = ("┃", "bold $foreground")
    return Content.assemble(*drawn)


def stacked(counts: Mapping[State, int], width: int) -> Content:
    """Return a bar in which each state has a share in proportion to its count, and at least one cell if it occurs."""
    shared = shares({state: counts.get(state, 0) for state in State}, width)
    return Content.assemble(*((SYMBOLS[state.value][0] * cells, colour(state)) for state, cells in shared.items()))


def spark(values: Sequence[float]) -> str:
    """Return a sparkline of observed values, scaled from the lowest to the highest."""
    low, high = min(values), max(values)
    if low == high:
        return _SPARKS[0] * len(values)
    return "".join(_SPARKS[round((value - low) / (high - low) * (len(_SPARKS) - 1))] for value in values)


def fitting_name(name: str, short: str, width: int) -> str:
    """Return a name on one line if it fits into the width, otherwise its short form."""
    whole = one_line(name)
    return whole if cell_len(whole) <= width else one_line(short)
