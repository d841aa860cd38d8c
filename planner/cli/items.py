"""planner items: list items, filtered, searched, as of any date."""

import csv
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from planner.cli.context import Context
from planner.cli.output import as_json, as_of_option, banner, console, format_option, known_at_option, percent, state
from planner.vocabulary import Basis, Freshness, ItemKind, Phase, Schedule

if TYPE_CHECKING:
    from planner.queries.plans import PlanView
    from planner.queries.views import ItemView

# The columns of `--format csv`, which are the fields of `--format json` that fit a table.
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


@click.command()
@click.option("--theme", type=click.IntRange(min=1), metavar="N", help="Only this theme.")
@click.option("--kind", type=click.Choice([word.value for word in ItemKind]), help="Only this kind.")
@click.option("--lead", metavar="ORG", help="Only items this organisation leads: its key, or part of its name.")
@click.option("--phase", type=click.Choice([word.value for word in Phase]), help="Only this phase.")
@click.option("--schedule", type=click.Choice([word.value for word in Schedule]), help="Only this schedule state.")
@click.option("--freshness", type=click.Choice([word.value for word in Freshness]), help="Only this freshness.")
@click.option("--basis", type=click.Choice([word.value for word in Basis]), help="Only titles of this basis.")
@click.option("--search", metavar="TEXT", default="", help="Only items with all these words, in any script.")
@as_of_option
@known_at_option
@format_option("table", "csv", "json")
@click.pass_obj
def items(
    context: Context,
    /,
    lead: str | None,
    search: str,
    as_of: str | None,
    known_at: str | None,
    output: str,
    **facets: Any,
) -> None:
    """List the plan's items, tasks first, each with its state as of a date."""
    from planner.queries.items import Filters, narrowed
    from planner.queries.organisations import find_organisation
    from planner.queries.register import read_register

    with context.reading() as (session, plan):
        key = find_organisation(session, lead).key if lead else None
        filters = Filters(lead=key, search=search, **facets)
        found = narrowed(read_register(session, plan, context.point(plan, as_of, known_at)), filters)
    if output == "json":
        as_json("items", [_summary(item) for item in found], plan)
    elif output == "csv":
        _print_csv(found, plan)
    else:
        _print_table(found, plan)


def _summary(item: "ItemView") -> dict[str, Any]:
    """An item as one row: what CSV and JSON both hold."""
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


def _print_csv(found: "Sequence[ItemView]", plan: "PlanView") -> None:
    """CSV for programs. A demonstration says so in the basis of every row, as all its files do."""
    from planner.spreadsheets import safe_cell

    writer = csv.writer(sys.stdout, lineterminator="\r\n")
    writer.writerow(CSV_COLUMNS)
    for item in found:
        row = _summary(item) | ({"basis": Basis.SIMULATED} if plan.simulated else {})
        writer.writerow([safe_cell(row[column]) for column in CSV_COLUMNS])


def _print_table(found: "Sequence[ItemView]", plan: "PlanView") -> None:
    from rich.table import Table
    from rich.text import Text

    out = console()
    banner(out, plan)
    table = Table(box=None, pad_edge=False, header_style="bold", show_edge=False)
    for name, settings in (
        ("Code", {"no_wrap": True}),
        ("Theme", {"justify": "right"}),
        ("Title", {"ratio": 1, "min_width": 24}),
        ("Lead", {"no_wrap": True}),
        ("Phase", {"no_wrap": True}),
        ("Confidence", {"no_wrap": True}),
        ("Schedule", {"no_wrap": True}),
        ("Reports", {"no_wrap": True}),
        ("Done", {"justify": "right", "no_wrap": True}),
        ("Due", {"no_wrap": True}),
    ):
        table.add_column(name, **settings)
    for item in found:
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
    if found:
        out.print(table)
    out.print(f"{len(found)} of {plan.totals.get('items', len(found))} items", style="dim")
