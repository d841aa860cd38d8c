"""Whether a value that files give is the one that the register has, apart from what files cannot keep of it."""

from datetime import date
from math import isclose

from planner.base.formats import plain_number
from planner.base.texts import END_SIGNS, same_words
from planner.domain.vocabulary import Phase
from planner.intake.comparing.differences.changes import Stored
from planner.intake.comparing.stored import ReportValue
from planner.intake.files.values import cell_text
from planner.intake.layout.cells.texts import one_line_title
from planner.intake.proposed import Field

# Line ends in the cells of these are no part of the text.
_ON_ONE_LINE = frozenset({Field.TITLE, Field.NAME, Field.SHORT_NAME})


def is_same(fact: Field, old: Stored, new: Stored, *, ends_count: bool = True) -> bool:
    """Return whether two values of a fact are the same. The order of supporting organisations has no meaning.

    A workbook keeps 15 digits of a number, so a difference after them is none. Neither is what no cell keeps of a text.
    `ends_count` says whether a full stop behind a title or a name is a difference. It is one only for the author of an
    exported row, who saw how the register has it.
    """
    if isinstance(old, tuple) and isinstance(new, tuple):
        return set(old) == set(new)
    if isinstance(old, float) and isinstance(new, float):
        return isclose(old, new, rel_tol=1e-14)
    if not ends_count and fact in _ON_ONE_LINE and isinstance(old, str) and isinstance(new, str):
        old, new = _without_end(old), _without_end(new)
    if old != new and isinstance(old, str):
        return _in_cell(fact, old) == (_in_cell(fact, new) if isinstance(new, str) else new)
    return old == new


def title_words(title: str) -> str:
    """Return a title or a name in the form in which those of lists are found: a full stop at its end says nothing."""
    return _without_end(same_words(title))


def _without_end(text: str) -> str:
    return text.rstrip(END_SIGNS).rstrip() or text


def comparable(value: Stored | ReportValue) -> str:
    """Return a value in a form in which those of two rows are compared. An item without a report is not started."""
    if value is None or value == Phase.NOT_STARTED:
        return ""
    if isinstance(value, tuple):
        return "\n".join(sorted(value))
    if isinstance(value, float):
        return plain_number(value)
    return value.isoformat() if isinstance(value, date) else str(value)


def _in_cell(fact: Field, text: str) -> str | None:
    """Return a text as it comes back from a cell: marks without width at its ends and other line ends are lost.

    Some programs lose tabs, too. A title is read on one line.
    """
    found = cell_text(text.replace("\t", ""))
    return one_line_title(found) if found and fact in _ON_ONE_LINE else found
