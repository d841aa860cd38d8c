"""The automatic numbers of paragraphs in a Word file, which are not in their text."""

from collections import defaultdict
from typing import Any, Self

from planner.base.views import value_class

_WORDS = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_VALUE = f"{_WORDS}val"
_NUMERALS = "〇一二三四五六七八九"
_CHINESE = frozenset(
    {"chineseCounting", "chineseCountingThousand", "taiwaneseCounting", "japaneseCounting", "ideographDigital"}
)
_CIRCLED_LAST = 20


@value_class
class _Level:
    """How the numbers of a level of a list look: their format, the text around them, and the first of them."""

    form: str
    text: str
    first: int


class Numbering:
    """Counts the numbered paragraphs of a document."""

    def __init__(self) -> None:
        # By the list and the level.
        self._levels: dict[tuple[str, int], _Level] = {}
        self._counts: defaultdict[str, dict[int, int]] = defaultdict(dict)

    @classmethod
    def of(cls, tree: Any) -> Self:
        """Return the numbering that a document's part for it describes."""
        found = cls()
        kinds = {one.get(f"{_WORDS}abstractNumId"): one for one in tree.iterchildren(f"{_WORDS}abstractNum")}
        for one in tree.iterchildren(f"{_WORDS}num"):
            kind = kinds.get(_value(one, "abstractNumId"))
            for level in () if kind is None else kind.iterchildren(f"{_WORDS}lvl"):
                key = (one.get(f"{_WORDS}numId", ""), _number(level.get(f"{_WORDS}ilvl")))
                found._levels[key] = _Level(
                    _value(level, "numFmt") or "decimal", _value(level, "lvlText"), _number(_value(level, "start"), 1)
                )
        return found

    def next_number(self, paragraph: Any) -> str:
        """Return the number of the next paragraph, or nothing if it has none."""
        numbered = paragraph.find(f"{_WORDS}pPr/{_WORDS}numPr")
        if numbered is None:
            return ""
        name, depth = _value(numbered, "numId"), _number(_value(numbered, "ilvl"))
        level = self._levels.get((name, depth))
        if level is None or level.form in ("bullet", "none"):
            return ""
        counts = self._counts[name]
        counts[depth] = counts.get(depth, level.first - 1) + 1
        for deeper in [one for one in counts if one > depth]:
            del counts[deeper]
        text = level.text or f"%{depth + 1}."
        for one in range(depth, -1, -1):
            text = text.replace(f"%{one + 1}", self._shown(name, one, counts.get(one, 1)))
        return text

    def _shown(self, name: str, depth: int, number: int) -> str:
        level = self._levels.get((name, depth))
        form = level.form if level else "decimal"
        if form in _CHINESE and number < 100:
            return chinese_numeral(number)
        if form.startswith("decimalEnclosedCircle") and number <= _CIRCLED_LAST:
            return chr(0x2460 + number - 1)
        return str(number)


def chinese_numeral(number: int) -> str:
    """Return a number below 100 in Chinese numerals."""
    tens, ones = divmod(number, 10)
    if not tens:
        return _NUMERALS[ones]
    return f"{_NUMERALS[tens] if tens > 1 else ''}十{_NUMERALS[ones] if ones else ''}"


def _value(parent: Any, name: str) -> str:
    child = parent.find(f"{_WORDS}{name}")
    return "" if child is None else child.get(_VALUE, "")


def _number(text: str | None, default: int = 0) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 9 else default
