"""Reading the numbers of items that a file states, such as 合计 101项 or (共12项)."""

import re
from collections.abc import Iterator, Mapping, Sequence

from planner.base.texts import as_typed
from planner.intake.layout.folding import heading_key
from planner.intake.proposed import Given
from planner.intake.sheets import Place, Value

ITEMS = "items"

# A whole number: the last digits of 1,223 are none.
_N = r"(?<!\d)(?<!\d[.,])(\d{1,3}(?:,\d{3})+|\d{1,6})(?![.,]?\d)"
_COUNTED = re.compile(
    rf"{_N}\s*(?:项|項|件|个|個|건|개|items?\b|tasks?\b|projects?\b|entries\b|"
    r"Maßnahmen?\b|Vorhaben\b|Aufgaben?\b|Projekte?\b|مهمة|مهام|مشروع|مشاريع)",
    re.IGNORECASE,
)
_STATED = re.compile(
    rf"(?:共|合计|合計|总计|總計|总共|总数|計|총|합계|total(?: of)?)[^\d，,。；;]{{0,24}}{_N}\s*"
    r"(?:项|項|件|个|個|건|개|items?\b|tasks?\b|projects?\b)?",
    re.IGNORECASE,
)
_OF_KIND = re.compile(rf"([^\W\d_]{{1,24}}?)\s*(?:[:：]\s*)?{_N}\s*(?:项|項|件|个|個|건|개)?")


def in_total_row(
    cells: Sequence[tuple[Place, Value]], kinds: Mapping[str, str], *, counting: bool
) -> Iterator[tuple[str, Given]]:
    """Yield the totals of a totals row, by kind or "items".

    `cells` are those that are not empty, in columns of codes and texts. Without a word for items, only a single number
    counts, and only with `counting`.
    """
    texts = [(place, as_typed(str(value))) for place, value in cells if isinstance(value, str)]
    for place, text in texts:
        yield from _of_kinds(text, place, kinds)
    for place, text in texts:
        found = _COUNTED.search(text) or _STATED.search(text)
        if found:
            yield ITEMS, Given(_whole(found[1]), place)
            return
    numbers = [
        (place, value)
        for place, value in cells
        if isinstance(value, int | float) or (isinstance(value, str) and as_typed(value).isdecimal())
    ]
    if counting and len(numbers) == 1:
        place, number = numbers[0]
        if float(number or 0).is_integer():
            yield ITEMS, Given(float(number or 0), place)


def in_text(text: str, place: Place, kinds: Mapping[str, str]) -> Iterator[tuple[str, Given]]:
    """Yield the totals that a title or a note states, such as 共12项."""
    plain = as_typed(text)
    found = re.search(
        rf"(?:共|总共|总计|合计|총|total(?: of)?)\s*(?:[:：]\s*)?{_N}\s*(?:项|項|件|건|items?\b|tasks?\b)",
        plain,
        re.I,
    )
    if found:
        yield ITEMS, Given(_whole(found[1]), place)
    yield from _of_kinds(plain, place, kinds)


def _of_kinds(text: str, place: Place, kinds: Mapping[str, str]) -> Iterator[tuple[str, Given]]:
    if not kinds:
        return
    keys = {heading_key(name): key for name, key in kinds.items()}
    for name, number in _OF_KIND.findall(text):
        key = keys.get(heading_key(name))
        if key is not None:
            yield key, Given(_whole(number), place)


def _whole(written: str) -> float:
    return float(written.replace(",", ""))
