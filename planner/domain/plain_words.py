"""Output in plain words: without boxes, bars, symbols and colours, so that a screen reader can follow it.

What makes a table, a bar or a symbol asks `plain()` and writes words instead. The signs that are left in a text, such
as an arrow, are replaced by `in_plain_words` when the text is printed.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache

from planner.base.language import later, tr_later

# docs/decisions/0158: no command has to know about it.
_plain: ContextVar[bool] = ContextVar("_plain", default=False)

# A dash in the place of a value: alone, beside an arrow or before a comma. Between words, a dash separates them.
_NO_VALUE = re.compile(r"(?<=→ )–(?!\S)|(?<!\S)–(?= →)|(?<!\S)–(?=[,.;)]|$)", re.MULTILINE)
_NOTHING = later("none")

# Signs and what is said instead. A sign that stands alone is replaced by words.
_ALONE = {"→": later("to"), "←": later("from"), "×": later("by")}
_ARROWS = {
    "→": later("right arrow"),
    "←": later("left arrow"),
    "↑": later("up arrow"),
    "↓": later("down arrow"),
}
_SIGNS = {
    " · ": "; ",
    "│ ": "> ",
    "…": "...",
    "×": "x",
    "±": "+/-",
    "−": "-",
}


def plain() -> bool:
    """Return whether output is in plain words."""
    return _plain.get()


def choose_plain() -> None:
    """Print plain words until the end of the present `plain_if` block."""
    _plain.set(True)


@contextmanager
def plain_if(*, wanted: bool) -> Iterator[None]:
    """Print in this block in plain words or, if these are not wanted, with symbols."""
    token = _plain.set(wanted)
    try:
        yield
    finally:
        _plain.reset(token)


def mark(symbol: str) -> str:
    """Return a symbol as it stands before a word that says the same, or nothing if output is in plain words."""
    return "" if _plain.get() else f"{symbol} "


def in_plain_words(text: str) -> str:
    """Return a text with words or plain signs instead of symbols, arrows and lines.

    A symbol that somebody typed is replaced by its name, so that nothing is lost.
    """
    if text.isascii():
        return text
    text = _NO_VALUE.sub(lambda _: tr_later(_NOTHING), text)
    for sign, word in _ALONE.items():
        if sign in text:
            text = text.replace(f" {sign} ", f" {tr_later(word)} ")
    for sign, instead in _SIGNS.items():
        text = text.replace(sign, instead)
    return _symbols().sub(_named, text)


def has_symbols(text: str) -> bool:
    """Return whether a text has symbols, arrows, boxes or blocks that `in_plain_words` replaces."""
    return _symbols().search(text) is not None


@cache
def _symbols() -> re.Pattern[str]:
    """Return the pattern of arrows, mathematical and technical signs, boxes, blocks, shapes and ornaments."""
    return re.compile("[‖‼\u2190-\u23ff\u2500-\u2775\u2794-\u27ff\u2900-\u2bff]")


def _named(found: re.Match[str]) -> str:
    import unicodedata

    if (arrow := _ARROWS.get(found[0])) is not None:
        return tr_later(arrow)
    return f"({unicodedata.name(found[0], 'sign').lower()})"
