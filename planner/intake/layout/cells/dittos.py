"""Marks that repeat the cell above, such as 同上 or 〃."""

from functools import lru_cache

from planner.base.language import tr
from planner.base.texts import as_typed
from planner.intake.layout.cells.reading import NOTHING, Reading, error
from planner.intake.layout.cells.texts import shown
from planner.intake.proposed import Field
from planner.intake.sheets import Value

# Blanks within them do not count.
_DITTOS = frozenset(
    ("同上", "同前", "〃", "〞", "″", "”", "“", '"', "''", "々", "仝", "仝上", "상동", "위와같음", "同様", "上に同じ")
) | frozenset(("上記に同じ", "ditto", "do.", "asabove", "sameasabove", "same", "idem"))
_LONGEST = max(map(len, _DITTOS))
# Fields whose cells never repeat those above: each item has its own.
_OWN = frozenset(
    {Field.CODE, Field.NUMBER, Field.TITLE, Field.KEY, Field.LABEL, Field.NAME, Field.SHORT_NAME, Field.LOGIN}
)


def is_ditto(value: Value, field: Field) -> bool:
    """Return whether a cell says that it has the same value as the cell above it."""
    return isinstance(value, str) and len(value) <= _LONGEST + 4 and field not in _OWN and _is_mark(value)


def in_own(value: Value, field: Field | None) -> Reading | None:
    """Return what a mark that repeats the cell above says in a column of numbers or codes, or None for another cell.

    No two items have one number, so the item gets the next one. A code is what the office gives.
    """
    if field not in (Field.NUMBER, Field.CODE) or not isinstance(value, str):
        return None
    if len(value) > _LONGEST + 4 or not _is_mark(value):
        return None
    if field is Field.NUMBER:
        return NOTHING
    return error(
        tr("'{value}' repeats the cell above, but each item has a code of its own", value=shown(value)),
        tr("Type the code of this item, or leave the cell empty"),
    )


# The short cells of a column are few different ones: names, dates, phases.
@lru_cache(maxsize=10_000)
def _is_mark(value: str) -> bool:
    text = "".join(value.split())
    return text in _DITTOS or as_typed(text).casefold() in _DITTOS


def nothing_above(value: Value) -> Reading:
    """Return the error of a mark that repeats the cell above where this cell is empty."""
    return error(
        tr("'{value}' repeats the cell above, but there is no value above it", value=shown(value)),
        tr("Type the value itself"),
    )
