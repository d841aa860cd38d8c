"""Items as rows for programs, and as a table for people. Grouped items have a heading for each group."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, Any

from planner.base.formats import percent
from planner.base.language import tr, tr_count, tr_later
from planner.base.visible_text import one_line
from planner.cli.output import banner, console, state_text
from planner.dates.assumed import ASSUMED_MEANING, with_sign
from planner.domain.plain_words import plain
from planner.queries.items.columns import (
    BASELINE_DUE,
    BASIS,
    CODE,
    CURRENT_DUE,
    DAYS_LATE,
    EXPECTED,
    KIND,
    LINEAGE,
    STATUS,
    THEME_NUMBER,
    TITLE,
    ItemRow,
)
from planner.queries.items.views import NO_LINEAGE
from planner.tables import columns
from planner.tables.columns import Column

if TYPE_CHECKING:
    from planner.cli.row_table import Cell
    from planner.queries.items.grouping import ItemGroup
    from planner.queries.items.views import ItemLine, ItemLineage
    from planner.register.plan_view import PlanView

    # Items by group. Items that are not grouped are in one group, which is None.
    Groups = Sequence[tuple[ItemGroup | None, Sequence[ItemLine]]]

# The columns of `--format csv`, and the fields of `--format json`.
COLUMNS: tuple[Column[ItemRow], ...] = (
    CODE,
    KIND,
    THEME_NUMBER,
    columns.text("measure", lambda row: row.item.measure, optional=True),
    TITLE,
    BASIS,
    columns.text("lead", lambda row: row.item.lead.key),
    *STATUS,
    EXPECTED,
    BASELINE_DUE,
    CURRENT_DUE,
    DAYS_LATE,
    *LINEAGE,
)

# The first column of grouped items: the key of the group.
GROUP: Column[ItemRow] = columns.text("group", lambda row: row.group)


def columns_of(groups: "Groups") -> tuple[Column[ItemRow], ...]:
    """Return the columns of a list of items. If the items are grouped, the first column has the group."""
    return COLUMNS if any(group is None for group, _ in groups) else (GROUP, *COLUMNS)


def rows_of(groups: "Groups", lineages: "Mapping[int, ItemLineage]", *, simulated: bool = False) -> Iterator[ItemRow]:
    """Yield a row for each item, group after group. `lineages` has the lineage of items that have one, by item id."""
    for group, items in groups:
        for item in items:
            lineage = lineages.get(item.id, NO_LINEAGE)
            yield ItemRow(item, simulated, group.key if group else None, lineage)


def fields_of(groups: "Groups", lineages: "Mapping[int, ItemLineage]") -> list[dict[str, Any]]:
    """Return the values of items by column name, for JSON."""
    shown = columns_of(groups)
    return [columns.values(shown, row) for row in rows_of(groups, lineages)]


def print_table(groups: "Groups", plan: "PlanView", total: int) -> None:
    """Print items as a table. The line below it says how many of the plan's items (`total`) the table has."""
    from planner.cli.row_table import Cell, TableColumn, print_rows

    # A state and a lead are put into words once, not for each item.
    state, name = cache(_state), cache(_name)
    out = console()
    banner(out, plan)
    columns = [
        TableColumn(tr("Code")),
        TableColumn(tr("Theme"), right=True, rank=7),
        TableColumn(tr("Title"), least=24),
        TableColumn(tr("Lead"), rank=5),
        TableColumn(tr("Phase"), rank=3),
        TableColumn(tr("Confidence"), rank=4),
        TableColumn(tr("Schedule")),
        TableColumn(tr("Reports"), rank=6),
        TableColumn(tr("Done"), right=True, rank=2),
        TableColumn(tr("Due"), rank=1),
    ]
    rows = []
    for group, items in groups:
        if group:
            heading = Cell(_heading(group, items), "bold")
            rows.append([Cell(), Cell(), heading, *(Cell() for _ in columns[3:])])
        rows += [_cells(item, state, name) for item in items]
    found = sum(len(items) for _, items in groups)
    if found:
        print_rows(out, columns, rows)
    if any(item.due_assumed for _, items in groups for item in items) and not plain():
        out.print(tr_later(ASSUMED_MEANING), style="dim")
    out.print(tr_count("{found} of {count} item", "{found} of {count} items", total, found=found), style="dim")


def _cells(item: "ItemLine", state: "Callable[[StrEnum | None], Cell]", name: "Callable[[str], Cell]") -> "list[Cell]":
    from planner.cli.row_table import Cell

    return [
        Cell(item.code),
        Cell(str(item.theme)),
        Cell(one_line(item.title)),
        name(item.lead.short_name),
        state(item.phase),
        state(item.confidence),
        state(item.schedule),
        state(item.freshness),
        Cell(percent(item.actual)),
        Cell(with_sign(item.current_due, assumed=item.due_assumed)),
    ]


def _state(word: "StrEnum | None") -> "Cell":
    from planner.cli.row_table import Cell

    return Cell(*state_text(word))


def _name(text: str) -> "Cell":
    from planner.cli.row_table import Cell

    return Cell(one_line(text))


def _heading(group: "ItemGroup", items: "Sequence[ItemLine]") -> str:
    from planner.domain.rules.rollup import roll_up

    done = percent(roll_up(items).actual)
    return tr_count(
        "{group}: {count} item, {percent} done",
        "{group}: {count} items, {percent} done",
        len(items),
        group=group.short_name,
        percent=done,
    )
