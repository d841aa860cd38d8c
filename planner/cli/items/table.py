"""Items as rows for programs, and as a table for people. Grouped items have a heading for each group."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from planner.base.formats import percent
from planner.base.language import tr, tr_count
from planner.cli.output import banner, console, state
from planner.queries.items.columns import (
    BASELINE_DUE,
    BASIS,
    CODE,
    CURRENT_DUE,
    DAYS_LATE,
    EXPECTED,
    KIND,
    STATUS,
    THEME_NUMBER,
    TITLE,
    ItemRow,
)
from planner.tables import columns
from planner.tables.columns import Column

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Column as RichColumn
    from rich.table import Table

    from planner.queries.items.grouping import ItemGroup
    from planner.queries.items.views import ItemView
    from planner.register.plan_view import PlanView

    # Items by group. Items that are not grouped are in one group, which is None.
    Groups = Sequence[tuple[ItemGroup | None, Sequence[ItemView]]]

# The columns of `--format csv`, and the fields of `--format json`.
COLUMNS: tuple[Column[ItemRow], ...] = (
    CODE,
    KIND,
    THEME_NUMBER,
    columns.text("measure", lambda row: row.item.measure),
    TITLE,
    BASIS,
    columns.text("lead", lambda row: row.item.lead.key),
    *STATUS,
    EXPECTED,
    BASELINE_DUE,
    CURRENT_DUE,
    DAYS_LATE,
)

# The number of blanks between two columns of the table.
_GAP = 2

# The first column of grouped items: the key of the group.
GROUP: Column[ItemRow] = columns.text("group", lambda row: row.group)


def columns_of(groups: "Groups") -> tuple[Column[ItemRow], ...]:
    """Return the columns of items. Grouped items have a column for the group."""
    return COLUMNS if any(group is None for group, _ in groups) else (GROUP, *COLUMNS)


def rows_of(groups: "Groups", *, simulated: bool = False) -> Iterator[ItemRow]:
    """Yield a row for each item, group after group."""
    for group, items in groups:
        for item in items:
            yield ItemRow(item, simulated, group.key if group else None)


def fields_of(groups: "Groups") -> list[dict[str, Any]]:
    """Return the values of each item by column name, for JSON."""
    shown = columns_of(groups)
    return [columns.values(shown, row) for row in rows_of(groups)]


def print_table(groups: "Groups", plan: "PlanView") -> None:
    """Print items as a table, and below it how many of the plan's items are listed."""
    from rich.table import Table
    from rich.text import Text

    out = console()
    banner(out, plan)
    table = Table(box=None, pad_edge=False, header_style="bold", show_edge=False)
    for name, settings in (
        (tr("Code"), {"no_wrap": True}),
        (tr("Theme"), {"justify": "right"}),
        (tr("Title"), {"ratio": 1, "min_width": 24}),
        (tr("Lead"), {"no_wrap": True}),
        (tr("Phase"), {"no_wrap": True}),
        (tr("Confidence"), {"no_wrap": True}),
        (tr("Schedule"), {"no_wrap": True}),
        (tr("Reports"), {"no_wrap": True}),
        (tr("Done"), {"justify": "right", "no_wrap": True}),
        (tr("Due"), {"no_wrap": True}),
    ):
        table.add_column(name, **settings)
    for group, items in groups:
        if group:
            table.add_row("", "", Text(_heading(group, items), style="bold"))
        for item in items:
            table.add_row(
                item.code,
                str(item.theme),
                Text(item.title),
                Text(item.lead.short_name),
                state(item.phase),
                state(item.confidence),
                state(item.schedule),
                state(item.freshness),
                percent(item.actual),
                str(item.current_due),
            )
    found = sum(len(items) for _, items in groups)
    if found:
        _fix_widths(table, out)
        out.print(table)
    total = plan.totals.get("items", found)
    out.print(tr_count("{found} of {count} item", "{found} of {count} items", total, found=found), style="dim")


def _fix_widths(table: "Table", out: "Console") -> None:
    """Fix the widths of all columns but the title's if they fit. Otherwise rich measures each of their cells twice."""
    title, *others = sorted(table.columns, key=lambda column: column.ratio is None)
    widths = [_widest(column, out) for column in others]
    between = _GAP * len(others)
    if sum(widths) + between + (title.min_width or 0) <= out.width:
        for column, width in zip(others, widths, strict=True):
            column.width = width


def _widest(column: "RichColumn", out: "Console") -> int:
    """Return the width of a column's widest cell. Most cells of a column are the same few words."""
    from rich.measure import Measurement

    distinct = {str(cell): cell for cell in (column.header, *column.cells)}
    return max(Measurement.get(out, out.options, cell).maximum for cell in distinct.values())


def _heading(group: "ItemGroup", items: "Sequence[ItemView]") -> str:
    from planner.domain.rules.rollup import roll_up

    done = percent(roll_up(items).actual)
    return tr_count(
        "{group}: {count} item, {percent} done",
        "{group}: {count} items, {percent} done",
        len(items),
        group=group.short_name,
        percent=done,
    )
