"""The columns of lists of clauses and of their items, and one-line summaries of clauses and versions."""

from typing import TYPE_CHECKING

from textual.content import Content

from planner.base.formats import percent
from planner.base.language import later, tr, tr_count
from planner.domain.vocabulary import State
from tui.marks import MUTED, STRONG, TROUBLE, count, mark, one_line, stacked
from tui.widgets.mandates.matrix import clause_name
from tui.widgets.table import Column, code_column

if TYPE_CHECKING:
    from planner.domain.rules.rollup import RollUp
    from planner.queries.items.views import ItemLine
    from planner.queries.mandates.matrix import Matrix, MatrixRow


def _bar(row: "MatrixRow", width: int) -> Content:
    """Return a bar of the states of a clause's items, or a note if the clause has no items."""
    if row.items:
        # Each item has one cell if there is room.
        return stacked(row.whole.states, min(width, len(row.items)))
    return Content.styled(tr("gap"), TROUBLE) if row.is_gap else Content.styled(tr("no items"), MUTED)


CLAUSE_COLUMNS: "list[Column[MatrixRow]]" = [
    Column("name", later("Clause"), lambda row, _: clause_name(row), 13),
    Column("restatement", later("Text"), lambda row, _: Content.styled(one_line(row.wording), MUTED), 16, comfort=16),
    Column("items", later("Items"), lambda row, _: Content(str(len(row.items))), 5, right=True),
    Column("states", later("States"), _bar, 12, rank=1, narrow=9),
    Column("done", later("Done"), lambda row, _: Content(percent(row.whole.actual)), 5, rank=2, right=True),
]

ITEM_COLUMNS: "list[Column[ItemLine]]" = [
    code_column(lambda item: item.code, later("Code")),
    Column("title", later("Item"), lambda item, _: Content(one_line(item.title)), 20, comfort=20),
    Column("state", later("State"), lambda item, _: mark(item.state), 11),
    Column("done", later("Done"), lambda item, _: Content(percent(item.actual)), 5, right=True),
    Column("theme", later("Th"), lambda item, _: Content(str(item.theme)), 2, rank=2, right=True),
    Column("measure", later("Measure"), lambda item, _: Content.styled(item.measure or "", MUTED), 7, rank=1),
]


def state_summary(whole: "RollUp") -> Content:
    """Return the number of items, their percents done and expected, and the number of items in each state."""
    if not whole.items:
        return Content.styled(tr("no items"), MUTED)
    figures = tr_count(
        "{count:,} item, {done} done, {expected} expected",
        "{count:,} items, {done} done, {expected} expected",
        whole.items,
        done=percent(whole.actual),
        expected=percent(whole.expected),
    )
    states = (count(state, whole.states[state]) for state in State if whole.states[state])
    return Content("  ").join([Content(figures), *states])


def gap_message(row: "MatrixRow") -> str:
    """Return a note that a clause or a measure has no link, or an empty text if it has a link."""
    if not row.is_gap:
        return ""
    gap = (
        tr("No measure is linked to this clause.")
        if row.is_clause
        else tr("No clause of this version covers this measure.")
    )
    return f"  ! {gap}"


def version_line(matrix: "Matrix") -> Content:
    """Return a version's key and title, whether it was in force when the plan was made, and its number of gaps."""
    gaps = sum(row.is_gap for row in matrix.rows)
    force = tr("in force when the plan was made") if matrix.in_force else tr("another version")
    return Content.assemble(
        (matrix.mandate, f"{STRONG} $text-primary"),
        f"  {one_line(matrix.title)}",
        (f"; {force}", MUTED),
        (f"; {tr_count('{count:,} gap', '{count:,} gaps', gaps)}", TROUBLE if gaps else MUTED),
    )
