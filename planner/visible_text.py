"""How any text is shown: nothing in it acts unseen, and no line of it can be taken for a line of the program.

Texts come from people, files, the database and the command line; each of them may hold anything. Every screen, page and
message shows them through this module.
"""

import re
from functools import cache

# What begins each further line of a text from outside. No line of the program begins with it.
BAR = "│ "

_JOINERS = "\u200c\u200d"
_DIRECTION_MARKS = "\u200e\u200f\u061c"
_FIRST_PICTURE = 0x2400

# Letters and marks that Python calls printable, although they have no shape.
_SHAPELESS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0")


@cache
def _unseen() -> re.Pattern[str]:
    """What no reader would see, or what would act on a terminal or change how the text around it is read.

    Compiled where a text needs it: that takes longer than a short command may.
    """
    # The last two places of each plane are no characters.
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
    """Text in which everything can be seen: what would act unseen is shown instead.

    A control character becomes its picture (NUL is ␀), what is no character U+FFFD, anything else its number
    ([U+202E]). Line ends and tabs stay. So do joiners between characters outside ASCII, and marks of direction in a
    text with letters that are written from right to left: people need them there, and they hide nothing.
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
    """Whether a text has printable characters and line ends only, as nearly every text."""
    if not text.isprintable() and not text.replace("\n", "").isprintable():
        return False
    return text.isascii() or _SHAPELESS.isdisjoint(text)


def _joins(found: re.Match[str]) -> bool:
    if found[0] not in _JOINERS:
        return False
    before, after = found.string[max(0, found.start() - 1) : found.start()], found.string[found.end() : found.end() + 1]
    return all(beside and not beside.isascii() and not _unseen().match(beside) for beside in (before, after))


def _shown(character: str) -> str:
    code = ord(character)
    if code < 0x20:
        return chr(_FIRST_PICTURE + code)
    if code == 0x7F:
        return "␡"
    no_character = code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF or 0xD800 <= code <= 0xDFFF
    return "\ufffd" if no_character else f"[U+{code:04X}]"


def one_line(text: str) -> str:
    """Text on one line, as people are to see it: line ends and runs of blanks are one blank."""
    return " ".join(visible(text).split())


def shortened(text: str, longest: int) -> str:
    """Text on one line, of at most so many characters; where some had to go, it ends in an ellipsis."""
    line = one_line(text)
    return line if len(line) <= longest else f"{line[: longest - 1].rstrip()}…"


def barred(line: str) -> str:
    """What the program shows as one line. A line end in it came with a text, so a bar begins what follows it."""
    shown = visible(line)
    if "\n" not in shown:
        return shown
    indent = shown[: len(shown) - len(shown.lstrip(" "))]
    return shown.replace("\n", f"\n{indent}{BAR}")


def quoted_lines(text: str, indent: str = "") -> list[str]:
    """The lines of a text that says more than its place does, such as a passage of a document; a bar begins each."""
    return [f"{indent}{BAR}{line}" for line in visible(text).split("\n") if line.strip()]


def json_escaped(document: str) -> str:
    r"""A JSON document with every character that acts unseen written as its number (\u202e): the data is the same."""
    return document if _is_plain(document) else _unseen().sub(_number, document)


def _number(found: re.Match[str]) -> str:
    units = found[0].encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[at]:02x}{units[at + 1]:02x}" for at in range(0, len(units), 2))
