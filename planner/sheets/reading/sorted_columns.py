"""Rows of a status sheet whose cells are those of other rows, because only some of its columns were sorted.

Nothing in such a row says so by itself: its code and its mark stayed, and what was entered for another row came to it.
But the grey cells beside the yellow ones moved too, and the hidden sheet says where they were.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from typing import TypeAlias

from planner.sheets.words import compared

# What a grey cell can be read as, in the form in which texts are compared. Programs change days and symbols.
Readings: TypeAlias = frozenset[str]

# The texts that the grey cells of the rows had, and what they are read as now: by the mark of the row, and by column.
Sent: TypeAlias = Mapping[str, Mapping[str, str]]
Now: TypeAlias = Mapping[str, Mapping[str, Readings]]

# One cell that says what that of another row did can be a correction. So many cannot.
_SEVERAL = 2


def rows_of_others(sent: Sent, now: Now) -> dict[str, str]:
    """Return the marks of the rows that have the grey cells of another row, each with the mark of such a row.

    Two or more rows that exchanged their cells are there, and a row that has several cells of another one. So are rows
    without any change that cannot be told from these by their grey cells.
    """
    changed = {mark: cells for mark in now if (cells := _changed(sent.get(mark, {}), now[mark]))}
    origins = _origins(sent, changed)
    found: dict[str, str] = {}
    for mark, others in origins.items():
        exchanged = others & origins.keys()
        given = any(mark in of_other for of_other in origins.values())
        several = sum(bool(readings - {""}) for readings in changed[mark].values()) >= _SEVERAL
        if (exchanged and given) or several:
            found[mark] = min(exchanged or others)
    return found | dict(_alike(sent, now, found))


def rows_with_moved_checks(checks: Mapping[str, str]) -> dict[str, str]:
    """Return the marks of the rows whose yellow cells were sorted alone, each with the mark of the row they are from.

    `checks` are the marks between the yellow cells, by the mark of the row. If the row that a mark is from still has
    it, somebody copied the cells, and if it has none, somebody moved them there: both was meant.
    """
    others = {mark: check for mark, check in checks.items() if check != mark}
    return others if any(check in others for check in others.values()) else {}


def _changed(sent: Mapping[str, str], now: Mapping[str, Readings]) -> dict[str, Readings]:
    return {column: cell for column, cell in now.items() if column in sent and compared(sent[column]) not in cell}


def _origins(sent: Sent, changed: Mapping[str, Mapping[str, Readings]]) -> dict[str, set[str]]:
    """Return the rows that had all cells that are new in a row, by the mark of the row, if there are any."""
    with_text: dict[tuple[str, str], set[str]] = defaultdict(set)
    for origin, texts in sent.items() if changed else ():
        for column, text in texts.items():
            with_text[column, compared(text)].add(origin)
    found = {}
    for mark, cells in changed.items():
        sets = [set().union(*(with_text.get((column, text), ()) for text in cells[column])) for column in cells]
        if origins := set.intersection(*sets) - {mark}:
            found[mark] = origins
    return found


def _alike(sent: Sent, now: Now, found: Collection[str]) -> Iterator[tuple[str, str]]:
    """Yield the other rows that had the same grey cells as a row of those that were found, each with that row."""
    of_cells = {_cells(sent[mark]): mark for mark in found}
    for mark in now:
        if mark not in found and mark in sent and (other := of_cells.get(_cells(sent[mark]))) is not None:
            yield mark, other


def _cells(sent: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((column, compared(text)) for column, text in sent.items()))
