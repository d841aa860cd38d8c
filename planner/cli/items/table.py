"""Items as rows for programs, and as a table for people. Grouped items have a heading for each group."""

import csv
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from planner.base.formats import percent
from planner.base.language import tr, tr_count
from planner.cli.output import banner, console, state
from planner.cli.streams import data_stream
from planner.domain.vocabulary import Basis

if TYPE_CHECKING:
    from planner.queries.items.grouping import Group
    from planner.queries.items.views import ItemView
    from planner.register.plans import PlanView

    # Items by group. Items that are not grouped are in one group, which is None.
    Groups = Sequence[tuple[Group | None, Sequence[ItemView]]]

# The columns of `--format csv`: the fields of `--format json` that fit into a table.
CSV_COLUMNS = (
    "code",
    "kind",
    "theme",
    "measure",
    "title",
    "basis",
    "lead",
    "phase",
    "confidence",
    "schedule",
    "freshness",
    "percent",
    "expected_percent",
    "baseline_due",
    "current_due",
    "days_late",
)

# The first column of grouped items: the key of the group.
GROUP = "group"


def rows(groups: "Groups") -> Iterator[dict[str, Any]]:
    """Yield a row for each item, group after group."""
    for group, items in groups:
        for item in items:
            yield ({GROUP: group.key} if group else {}) | _summary(item)


def _summary(item: "ItemView") -> dict[str, Any]:
    """Return the row of an item, as in CSV and JSON."""
    return {
        "code": item.code,
        "kind": item.kind,
        "theme": item.theme,
        "measure": item.measure,
        "title": item.title,
        "basis": item.basis,
        "lead": item.lead.key,
        "phase": item.phase,
        "confidence": item.confidence,
        "schedule": item.schedule,
        "freshness": item.freshness,
        "percent": None if item.actual is None else round(item.actual, 1),
        "expected_percent": round(item.expected, 1),
        "baseline_due": item.baseline_due,
        "current_due": item.current_due,
        "days_late": item.days_late,
    }


def print_csv(groups: "Groups", plan: "PlanView") -> None:
    """Print items as CSV. In a demonstration, the basis of every row is `simulated`, as in all its files."""
    from planner.tables.spreadsheets import safe_cell

    columns = CSV_COLUMNS if any(group is None for group, _ in groups) else (GROUP, *CSV_COLUMNS)
    writer = csv.writer(data_stream(), lineterminator="\r\n")
    writer.writerow(columns)
    for row in rows(groups):
        shown = row | ({"basis": Basis.SIMULATED} if plan.simulated else {})
        writer.writerow([safe_cell(shown[column]) for column in columns])


def print_table(groups: "Groups", plan: "PlanView") -> None:
    """Print items as a table, and how many of the plan's items these are."""
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
        out.print(table)
    total = plan.totals.get("items", found)
    out.print(tr_count("{found} of {count} item", "{found} of {count} items", total, found=found), style="dim")


def _heading(group: "Group", items: "Sequence[ItemView]") -> str:
    from planner.domain.rules.rollup import roll_up

    done = percent(roll_up(item.standing for item in items).actual)
    return tr_count(
        "{group}: {count} item, {percent} done",
        "{group}: {count} items, {percent} done",
        len(items),
        group=group.short_name,
        percent=done,
    )
