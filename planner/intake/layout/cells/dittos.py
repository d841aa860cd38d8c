"""Marks that repeat the cell above, such as 同上 or 〃."""

from functools import lru_cache

from planner.base.language import tr
from planner.base.texts import as_typed
from planner.intake.layout.cells.reading import Reading, error
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
