"""How any text is shown: nothing in it acts unseen, and no line of it can be taken for a line of the program.

Texts come from people, files, the database and the command line; each of them may hold anything. Every screen, page and
message shows them through this module.
"""

import re

# What begins each further line of a text from outside. No line of the program begins with it.
BAR = "│ "

# The last two places of each plane are no characters.
_NO_CHARACTERS = "\ufdd0-\ufdef" + "".join(
    f"{chr(plane | 0xFFFE)}{chr(plane | 0xFFFF)}" for plane in range(0, 0xF0000, 0x10000)
)

# What no reader would see, or what would act on a terminal or change how the text around it is read.
_UNSEEN = re.compile(
    "["
    "\x00-\x08\x0b-\x1f\x7f-\x9f"  # control characters, except line ends and tabs
    "\xad\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0"  # the soft hyphen and letters without a shape
    "\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"  # spaces and marks without a shape
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e00ff\U000e01f0-\U000e0fff"  # formats, tags
    "\ud800-\udfff\ue000-\uf8ff\U000f0000-\U0010ffff"  # halves of a pair, private use
    f"{_NO_CHARACTERS}]"
)
_NO_CHARACTER = re.compile(f"[\ud800-\udfff{_NO_CHARACTERS}\U000ffffe\U000fffff\U0010fffe\U0010ffff]")

_JOINERS = "\u200c\u200d"
_DIRECTION_MARKS = "\u200e\u200f\u061c"
_RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u061b\u061d-\u08ff\ufb1d-\ufdcf\ufdf0-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
_FIRST_PICTURE = 0x2400


def visible(text: str) -> str:
    """Text in which everything can be seen: what would act unseen is shown instead.

    A control character becomes its picture (NUL is ␀), what is no character U+FFFD, anything else its number
    ([U+202E]). Line ends and tabs stay. So do joiners between characters outside ASCII, and marks of direction in a
    text with letters that are written from right to left: people need them there, and they hide nothing.
    """
    if text.isascii() and text.isprintable():
        return text
    text = text.replace("\r\n", "\n")
    if _UNSEEN.search(text) is None:
        return text
    kept = _DIRECTION_MARKS if _RIGHT_TO_LEFT.search(text) else ""
    return _UNSEEN.sub(lambda found: found[0] if found[0] in kept or _joins(found) else _shown(found[0]), text)


def _joins(found: re.Match[str]) -> bool:
    if found[0] not in _JOINERS:
        return False
    before, after = found.string[max(0, found.start() - 1) : found.start()], found.string[found.end() : found.end() + 1]
    return all(beside and not beside.isascii() and not _UNSEEN.match(beside) for beside in (before, after))


def _shown(character: str) -> str:
    code = ord(character)
    if code < 0x20:
        return chr(_FIRST_PICTURE + code)
    if code == 0x7F:
        return "␡"
    return "\ufffd" if _NO_CHARACTER.match(character) else f"[U+{code:04X}]"


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
    return document if document.isascii() else _UNSEEN.sub(_number, document)


def _number(found: re.Match[str]) -> str:
    units = found[0].encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[at]:02x}{units[at + 1]:02x}" for at in range(0, len(units), 2))
