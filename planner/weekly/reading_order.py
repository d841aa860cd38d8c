"""The order in which people read the columns of a section, on the page and in the workbook.

CSV and JSON keep the order of the definitions, because programs and formulas count on it.
"""

from collections.abc import Iterator
from typing import Any, Generic

from planner.base.views import value_class
from planner.domain.symbols import words
from planner.domain.vocabulary import Confidence, Phase, Schedule
from planner.tables.columns import Column, ColumnType, Row, Value
from planner.tables.table import Filled

# docs/decisions/0150: paper has only these.
# The columns that people read first, by section: what it is about, what happened, why, and who leads.
READ_FIRST: dict[str, tuple[str, ...]] = {
    "totals": (
        *("name", "by", "items", "percent", "expected_percent", "change_since_last_week", "overdue", "off_track"),
        *("behind", "red", "amber", "completed", "reported", "due", "stale"),
    ),
    "movements": (
        *("movement", "code", "title", "what", "from", "to", "reason", "lead", "when_asked", "milestone"),
        "days",
    ),
    "plan_changes": ("change", "of", "name", "fact", "from", "to", "reason", "on", "recorded_by"),
    "exceptions": ("code", "title", "holds", "days_late", "percent", "cause", "next_step", "help_needed", "lead"),
    "milestones": (*("code", "title", "milestone", "state", "current", "slip_days", "days_late", "forecast"),),
    "indicators": (
        *("code", "indicator", "unit", "last_period", "latest", "date_of_value", "target", "target_due"),
        "attainment_percent",
    ),
    "decisions": (
        *("decision", "waits_for", "code", "title", "date", "to", "asked", "asked_by", "weeks_waiting", "blocker"),
        "lead",
    ),
    "requests": (
        *("state", "request", "code", "title", "date", "to", "asked", "asked_of", "answer_by", "days_overdue"),
        *("asked_by", "weeks_open", "answer", "answered_by", "lead"),
    ),
    "opinions": (
        *("differ", "code", "title", "confidence", "schedule", "assessment", "reason", "assessed_by", "assessed_on"),
        *("reported_by", "reported_on", "lead"),
    ),
    "unreported": ("lead", "code", "title", "freshness", "weeks_silent", "last_words", "days_late"),
    "corrections": ("code", "title", "field", "said", "says", "recorded_by", "recorded_at"),
    "items": (
        *("code", "title", "lead", "schedule", "confidence", "percent", "expected_percent"),
        *("change_since_last_week", "current_due", "days_late"),
    ),
    "traceability": ("code", "clause", "link_type", "coverage", "link_state", "gap"),
    "outlook": ("of", "code", "title", "verdict", "likely", "due", "days_beyond", "early", "late"),
}

# The columns of text that can hold a word of a vocabulary, or the name of a column.
_NAMES = frozenset({"what", "fact"})
# The columns of lists whose parts are words.
_LISTS_OF_WORDS = frozenset({"holds", "held_last_week", "differ"})
_VALUES = frozenset({"from", "to", "said", "says"})
_WORDS = frozenset(word.value for vocabulary in (Phase, Schedule, Confidence) for word in vocabulary)


@value_class
class ReadingOrder(Generic[Row]):
    """The columns of a section in the order in which people read them.

    `first` are read first, and `others` after them. `same` are the columns with a basis that is the same in every row:
    it is enough to say it once. A basis that differs is the last of `first`, because it must be seen on paper too.
    """

    first: tuple[Column[Row], ...]
    others: tuple[Column[Row], ...]
    same: tuple[Column[Row], ...]
    said_once: str


def reading_order(filled: Filled[Row]) -> ReadingOrder[Row]:
    """Return the columns of a section, without those of its frame, in the order in which people read them."""
    named = {column.name: column for column in filled.table.columns}
    first = [named[name] for name in READ_FIRST.get(filled.table.name, ()) if name in named]
    bases = [column for column in named.values() if _is_basis(column)]
    same = [column for column in bases if not _differs(column, filled)]
    told = {column.name for column in (*first, *same)}
    last = [column for column in bases if column.name not in told]
    others = [column for column in named.values() if column.name not in told and not _is_basis(column)]
    if not first:
        first, others = others, []
    return ReadingOrder((*first, *last), tuple(others), tuple(same), _said_once(same, filled))


def _is_basis(column: Column[Any]) -> bool:
    return column.type is ColumnType.WORD and (column.name == "basis" or column.name.endswith("_basis"))


def _differs(column: Column[Any], filled: Filled[Any]) -> bool:
    """Whether two rows have different values. It stops at the first that differs."""
    values = map(column.read, filled.rows)
    usual = next(values, None)
    return any(value != usual for value in values)


def _said_once(same: list[Column[Row]], filled: Filled[Row]) -> str:
    """Return what the bases are that no column shows, in a sentence each, or an empty text."""
    return " ".join(_sentences(same, filled))


def _sentences(same: list[Column[Row]], filled: Filled[Row]) -> Iterator[str]:
    for column in same:
        value = column.read(filled.rows[0]) if filled.rows else None
        if value:
            yield f"{column.title}: {spoken(column, value)} in every row."


def spoken(column: Column[Any], value: Value) -> str:
    """Return a text or a word of a column as people read it: `off track`, not `off_track`."""
    text = str(value)
    if column.type is ColumnType.WORD or column.name in _NAMES or (column.name in _VALUES and text in _WORDS):
        return words(text)
    return text


def is_list_of_words(column: Column[Any]) -> bool:
    """Return whether the parts of a list are words of a vocabulary, and no texts of people."""
    return column.name in _LISTS_OF_WORDS
