"""What became of milestones between two weeks: those that were met, and those whose dates were moved.

The section of milestones lists what is late or due soon, so a milestone that is met only leaves it. The movements of
the later week tell it.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from planner.base.language import tr
from planner.queries.moves.moves import MoveKind
from planner.weekly.comparing.comparisons import MOVEMENTS
from planner.weekly.comparing.plain_tables import PlainRow, Tables

# How the movements name a milestone, before its number.
_MILESTONE = "milestone "


def milestones_told(before: Tables, after: Tables) -> Mapping[str, Mapping[str, str]]:
    """Return sentences about the milestones that were met or moved, by the code of the item and the milestone.

    A milestone is called as in the rows of the section of milestones: `milestone 2`.
    """
    there = {_key(row) for row in _rows(before)}
    told: dict[str, dict[str, str]] = {}
    for row in _rows(after):
        if _key(row) not in there:
            told.setdefault(str(row["code"]), {})[str(row["what"])] = _sentence(row)
    return told


def _rows(tables: Tables) -> Iterator[PlainRow]:
    rows: Iterable[PlainRow] = tables[MOVEMENTS].rows if MOVEMENTS in tables else ()
    for row in rows:
        if row["movement"] in (MoveKind.MET, MoveKind.RE_DATED) and str(row["what"]).startswith(_MILESTONE):
            yield row


def _key(row: PlainRow) -> tuple[Any, ...]:
    return row["code"], row["movement"], row["what"], row.get("from"), row.get("to")


def _sentence(row: PlainRow) -> str:
    milestone, title, now = row["what"], row.get("milestone") or "", row.get("to")
    if row["movement"] == MoveKind.MET:
        return tr("{milestone} met on {now}: {title}", milestone=milestone, now=now, title=title)
    was = row.get("from")
    return tr("{milestone} moved: {was} → {now}: {title}", milestone=milestone, was=was, now=now, title=title)
