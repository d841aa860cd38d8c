"""Clauses in lists and in lines: what stands on each, in which states, and what has nothing on the other side."""

from typing import TYPE_CHECKING

from textual.content import Content

from planner.base.formats import percent
from planner.base.numbers import counted
from planner.domain.vocabulary import State
from tui.marks import MUTED, STRONG, TROUBLE, count, mark, one_line, stacked
from tui.widgets.mandates.matrix import clause_name
from tui.widgets.table import Column

if TYPE_CHECKING:
    from planner.domain.rules.rollup import RollUp
    from planner.queries.items.views import ItemView
    from planner.queries.mandates.matrix import Matrix, MatrixRow


def _bar(row: "MatrixRow", width: int) -> Content:
    """The states of the items behind a clause; a gap says which side has nothing."""
    if row.items:
        # A cell for each item where there is room.
        return stacked(row.whole.states, min(width, len(row.items)))
    return Content.styled("nothing" if row.is_gap else "no items", TROUBLE if row.is_gap else MUTED)


CLAUSE_COLUMNS: "list[Column[MatrixRow]]" = [
    Column("name", "Clause", lambda row, _: clause_name(row), 13),
    Column("restatement", "What it says", lambda row, _: Content.styled(one_line(row.wording), MUTED), 16, comfort=16),
    Column("items", "Items", lambda row, _: Content(str(len(row.items))), 5, right=True),
    Column("states", "States", _bar, 12, rank=1, narrow=9),
    Column("done", "Done", lambda row, _: Content(percent(row.whole.actual)), 5, rank=2, right=True),
]

ITEM_COLUMNS: "list[Column[ItemView]]" = [
    Column("code", "Code", lambda item, _: Content.styled(item.code, STRONG), 6),
    Column("title", "Item", lambda item, _: Content(one_line(item.title)), 20, comfort=20),
    Column("state", "State", lambda item, _: mark(item.state), 11),
    Column("done", "Done", lambda item, _: Content(percent(item.actual)), 5, right=True),
    Column("theme", "Th", lambda item, _: Content(str(item.theme)), 2, rank=2, right=True),
    Column("measure", "Measure", lambda item, _: Content.styled(item.measure, MUTED), 7, rank=1),
]


def state_summary(whole: "RollUp") -> Content:
    """How many items there are, how far they are, and how many are in which state."""
    if not whole.items:
        return Content.styled("no items", MUTED)
    figures = f"{counted(whole.items, 'item')}, {percent(whole.actual)} done, {percent(whole.expected)} expected"
    states = (count(state, whole.states[state]) for state in State if whole.states[state])
    return Content("  ").join([Content(figures), *states])


def gap_message(row: "MatrixRow") -> str:
    """Which side has nothing on the other."""
    if not row.is_gap:
        return ""
    return "  ! nothing of the plan is linked to it" if row.is_clause else "  ! no clause of this version covers it"


def version_line(matrix: "Matrix") -> Content:
    """A version: its key and title, whether it was in force, and how many gaps it has."""
    gaps = sum(row.is_gap for row in matrix.rows)
    force = "in force when the plan was made" if matrix.in_force else "another version"
    told = Content.assemble(
        (matrix.mandate, f"{STRONG} $text-primary"), f"  {one_line(matrix.title)}", (f"; {force}", MUTED)
    )
    return Content.assemble(told, (f"; {counted(gaps, 'gap')}", TROUBLE if gaps else MUTED))
