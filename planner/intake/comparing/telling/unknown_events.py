"""Rows of an exported register that do not say, with an event of this register, what their author knew.

Nobody can tell then which values are newer than the file, so people decide about each that changed since it was added.
"""

from collections.abc import Iterable, Iterator
from typing import TypeAlias

from planner.base.language import tr, tr_count
from planner.intake.exported_rows import KnownUntil, ReadingTable
from planner.intake.origin import Origin, origin_in
from planner.intake.proposed import DATA_BASIS, EXPORTED_FROM, Problem, Severity
from planner.intake.sheets import Place

# A place, and the text that stands there.
_Cell: TypeAlias = tuple[Place, str]


def unknown_events(tables: Iterable[ReadingTable], known_until: KnownUntil, here: Origin) -> Iterator[Problem]:
    """Yield what a person should know about rows whose event the register `here` does not have, or that name none."""
    unknown: list[_Cell] = []
    silent: list[_Cell] = []
    unreadable: list[_Cell] = []
    # A table of an office can have the same headings as an exported one, but not this column.
    for table in (one for one in tables if DATA_BASIS in one.columns):
        for row in table.rows:
            if not known_until(table.place_of(row)):
                text = str(table.value(row, EXPORTED_FROM) or "")
                origin = origin_in(text)
                if origin is not None and origin.is_same_plan(here) and origin.event:
                    unknown.append((table.place_of(row), text))
                elif not text:
                    silent.append((table.place_of(row), text))
                elif origin is None:
                    unreadable.append((table.place_of(row), text))
    if unknown:
        what = tr_count(
            "{count:,} row names an event in exported_from that this register does not have",
            "{count:,} rows name an event in exported_from that this register does not have",
            len(unknown),
        )
        yield _remark(unknown[0], what)
    if silent:
        what = tr_count(
            "{count:,} row of an exported register has no exported_from",
            "{count:,} rows of an exported register have no exported_from",
            len(silent),
        )
        yield _remark(silent[0], what)
    if unreadable:
        what = tr_count(
            "{count:,} row of an exported register has another text in exported_from",
            "{count:,} rows of an exported register have another text in exported_from",
            len(unreadable),
        )
        yield _remark(unreadable[0], what)


def _remark(cell: _Cell, what: str) -> Problem:
    place, text = cell
    asked = tr(
        "{what}, so nobody can tell which values of the register are newer; where it has another value that was "
        "changed since it was added, you decide",
        what=what,
    )
    do = tr("Make the edits in a new export of the register, so that nothing needs to be decided")
    return Problem(Severity.REMARK, place, None, text, asked, do)
