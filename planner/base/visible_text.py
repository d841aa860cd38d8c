"""Making any text safe to show: all of it is visible, and none of it can be mistaken for the program's own output.

Texts come from people, files, the database and the command line, and may contain anything. Every screen, page and
message shows them through this module.
"""

import re
import unicodedata
from functools import cache

# Begins every further line of a text from outside. No line of the program itself begins with this bar.
BAR = "│ "

_JOINERS = "\u200c\u200d"
_DIRECTION_MARKS = "\u200e\u200f\u061c"
_FIRST_PICTURE = 0x2400

# Letters and marks that Python considers printable although they have no visible shape.
_SHAPELESS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0")


@cache
def _unseen() -> re.Pattern[str]:
    """Return a pattern for characters that are invisible or that affect a terminal or how nearby text appears.

    The pattern is compiled only when a text needs it, because compiling takes too long for a short command.
    """
    # The last two code points of each plane are not characters.
    ends = "".join(f"{chr(plane | 0xFFFE)}{chr(plane | 0xFFFF)}" for plane in range(0, 0xF0000, 0x10000))
    return re.compile(
        "["
        "\x00-\x08\x0b-\x1f\x7f-\x9f"  # control characters, except line ends and tabs
        "\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"  # without width, or for layout
        "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e00ff\U000e01f0-\U000e0fff"  # formats, tags
        "\ud800-\udfff\ue000-\uf8ff\U000f0000-\U0010ffff"  # halves of a pair, private use
        f"\ufdd0-\ufdef{ends}{''.join(_SHAPELESS)}]"
    )


@cache
def _right_to_left() -> re.Pattern[str]:
    return re.compile(
        "[\u0590-\u061b\u061d-\u08ff\ufb1d-\ufdcf\ufdf0-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
    )


def visible(text: str) -> str:
    """Return text with every invisible or active character replaced by a visible one.

    A control character becomes its symbol (NUL is ␀), an invalid character becomes U+FFFD, and any other becomes its
    number ([U+202E]). Line ends and tabs stay. Two kinds of invisible character stay, because readers need them:
    joiners between characters outside ASCII, and direction marks in a text with right-to-left letters.
    """
    if _is_plain(text):
        return text
    text = text.replace("\r\n", "\n")
    unseen = _unseen()
    if unseen.search(text) is None:
        return text
    kept = _DIRECTION_MARKS if _right_to_left().search(text) else ""
    return unseen.sub(lambda found: found[0] if found[0] in kept or _joins(found) else _shown(found[0]), text)


def _is_plain(text: str) -> bool:
    """Return whether a text has only printable characters and line ends, like nearly every text."""
    if not text.isprintable() and not text.replace("\n", "").isprintable():
        return False
    return text.isascii() or _SHAPELESS.isdisjoint(text)


def _joins(found: re.Match[str]) -> bool:
    if found[0] not in _JOINERS:
        return False
    before, after = found.string[max(0, found.start() - 1) : found.start()], found.string[found.end() : found.end() + 1]
    return all(
        neighbour and not neighbour.isascii() and not _unseen().match(neighbour) for neighbour in (before, after)
    )


def _shown(character: str) -> str:
    code = ord(character)
    if code < 0x20:
        return chr(_FIRST_PICTURE + code)
    if code == 0x7F:
        return "␡"
    no_character = code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF or 0xD800 <= code <= 0xDFFF
    return "\ufffd" if no_character else f"[U+{code:04X}]"


def one_line(text: str) -> str:
    """Return text on one line and safe to show. Line ends and repeated blanks become one blank."""
    return " ".join(visible(text).split())


def right_to_left(text: str) -> bool:
    """Return whether a text is written from right to left, judged by its first letter that has a direction."""
    if text.isascii():
        return False
    for character in text:
        direction = unicodedata.bidirectional(character)
        if direction in ("L", "R", "AL"):
            return direction != "L"
    return False


def shortened(text: str, longest: int) -> str:
    """Return text on one line of at most `longest` characters. If it had to be cut, it ends with an ellipsis."""
    line = one_line(text)
    return line if len(line) <= longest else f"{line[: longest - 1].rstrip()}…"


def barred(line: str) -> str:
    """Return an output line of the program, made safe to show.

    The program's own lines have no line breaks. If inserted text adds some, each additional line begins with a bar.
    """
    shown = visible(line)
    if "\n" not in shown:
        return shown
    indent = shown[: len(shown) - len(shown.lstrip(" "))]
    return shown.replace("\n", f"\n{indent}{BAR}")


def quoted_lines(text: str, indent: str = "") -> list[str]:
    """Return the lines of a longer text, such as a passage of a document, each beginning with a bar."""
    return [f"{indent}{BAR}{line}" for line in visible(text).split("\n") if line.strip()]


def json_escaped(document: str) -> str:
    r"""Return a JSON document with every invisible character escaped (\u202e, for example).

    Its data does not change.
    """
    return document if _is_plain(document) else _unseen().sub(_number, document)


def _number(found: re.Match[str]) -> str:
    units = found[0].encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[at]:02x}{units[at + 1]:02x}" for at in range(0, len(units), 2))
