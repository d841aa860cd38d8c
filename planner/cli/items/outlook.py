"""planner outlook: when themes will be done and which items will miss their dates, estimated from the pace so far."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from planner.base.errors import UnknownNameError
from planner.base.language import tr
from planner.cli.context import Context
from planner.cli.items.outlook_view import OutlookView
from planner.cli.named_organisation import named_organisation
from planner.cli.output import as_bytes, as_json, as_of_option, format_option, known_at_option

if TYPE_CHECKING:
    from planner.queries.weeks.outlook import ItemOutlook, PlanOutlook


@click.command()
@click.argument("codes", metavar="[CODE]...", nargs=-1)
@click.option("--theme", metavar="THEME", help="Only this theme and its items: its number, or part of its title.")
@click.option("--lead", metavar="ORG", help="Only items that this organisation leads: its key, or part of its name.")
@as_of_option
@known_at_option
@format_option("text", "csv", "json")
@click.pass_obj
def outlook(context: Context, codes: tuple[str, ...], theme: str | None, lead: str | None, output: str) -> None:
    """Estimate when each theme will be done, and which items will miss their due date, from the pace of the last weeks.

    With codes, only these items are shown. An outlook is an estimate, not a report. The command shows how often such
    estimates were right in this register so far. docs/outlook.md describes the method and its limits.
    """
    view = _read(context, codes, theme, lead)
    if output == "json":
        as_json("outlook", _content(view), view.plan)
    elif output == "csv":
        from planner.tables.csv_form import csv_bytes

        as_bytes(csv_bytes(view.filled.columns, view.filled.rows))
    else:
        from planner.cli.items.outlook_text import print_page

        print_page(view)


def _content(view: OutlookView) -> dict[str, Any]:
    from dataclasses import asdict

    from planner.domain.rules.outlook import WEEKS

    filled = view.filled
    return {
        "as_of": filled.frame.as_of,
        "basis": "estimated",
        "weeks": WEEKS,
        "calibration": asdict(view.found.calibration) | {"learned": view.found.learned},
        "rows": [filled.values(row) for row in filled.rows],
    }


def _read(context: Context, codes: tuple[str, ...], theme: str | None, lead: str | None) -> OutlookView:
    from planner.domain.rules.weeks import Week
    from planner.queries.plans.named import named_themes
    from planner.queries.weeks.outlook import read_outlook
    from planner.tables.frame import Frame
    from planner.tables.table import Filled
    from planner.weekly.sections.outlook import OUTLOOK, item_row, rows_of

    with context.reading() as reading:
        number = next(iter(named_themes(reading, [theme] if theme else [])), None)
        leads = named_organisation(reading, lead).key if lead else None
        found = _filtered(read_outlook(reading), number, leads)
    rows = [item_row(item) for item in _named(found, codes)] if codes else rows_of(found)
    frame = Frame(Week.of(reading.as_of), reading.as_of, reading.plan.simulated)
    drawn = rows if codes else rows[: len(found.themes)]
    return OutlookView(reading.plan, Filled(OUTLOOK, frame, rows), found, drawn)


def _filtered(found: "PlanOutlook", theme: int | None, lead: str | None) -> "PlanOutlook":
    """Return the outlook of one theme, or of one lead's items.

    For a lead, the outlooks of themes are left out, because a theme can also have items of other leads.
    """
    from dataclasses import replace

    themes = tuple(one for one in found.themes if lead is None and theme in (None, one.theme.number))
    of_theme = (one for one in found.items if theme is None or theme in one.item.all_themes)
    items = (one for one in of_theme if lead in (None, one.item.lead.key))
    return replace(found, themes=themes, items=tuple(items))


def _named(found: "PlanOutlook", codes: Sequence[str]) -> "list[ItemOutlook]":
    """Return the items with the given codes, in the given order. Raises UnknownNameError if an item has no outlook."""
    from planner.domain.codes import code_key

    by_key = {code_key(one.item.code): one for one in found.items}
    for code in codes:
        if code_key(code) not in by_key:
            raise UnknownNameError(
                tr("there is no outlook for item '{code}'", code=code),
                where="CODE",
                do=tr("The item does not exist, or it was cancelled or merged. 'planner items' lists all items"),
            )
    return [by_key[code_key(code)] for code in codes]
