"""Breaking text into lines of a fixed-width font, in which a Chinese character takes two columns."""

from collections.abc import Iterator

from planner.weekly.brief.shortening import fitted
from planner.weekly.workbook.texts import width


def wrapped(text: str, columns: int) -> list[str]:
    """Return the lines of a text, none of them wider than `columns`. Lines are broken at blanks if possible."""
    lines: list[str] = []
    line = ""
    for word in text.split(" "):
        for piece in _pieces(word, columns):
            if line and width(line) + 1 + width(piece) > columns:
                lines.append(line)
                line = piece
            else:
                line = f"{line} {piece}" if line else piece
    return [*lines, line]


def _pieces(word: str, columns: int) -> Iterator[str]:
    """Yield a word in pieces that fit into a line. Most words are one piece; a Chinese sentence is several."""
    piece = ""
    for character in word:
        if piece and width(piece + character) > columns:
            yield piece
            piece = ""
        piece += character
    yield piece


def padded(text: str, columns: int) -> str:
    """Return a text cut to a width, and filled with blanks to it."""
    shown = fitted(text, columns)
    return shown + " " * (columns - width(shown))
