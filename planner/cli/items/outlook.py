"""planner outlook: when themes will be done and which items will miss their dates, estimated from the pace so far."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

from planner.base.errors import UnknownNameError
from planner.cli.context import Context
from planner.cli.output import as_bytes, as_json, as_of_option, format_option, known_at_option
from planner.cli.values import Whole

if TYPE_CHECKING:
    from planner.queries.plans import PlanView
    from planner.queries.weeks.outlook import ItemOutlook, PlanOutlook
    from planner.weekly.sections.outlook import OutlookRow
    from planner.weekly.table import Filled


@dataclass(frozen=True)
class Asked:
    """What was asked for: themes and items at risk, or the items of some codes, as rows of the section `outlook`."""

    plan: "PlanView"
    filled: "Filled[OutlookRow]"
    found: "PlanOutlook"
    drawn: "Sequence[OutlookRow]"


@click.command()
@click.argument("codes", metavar="[CODE]...", nargs=-1)
@click.option("--theme", type=Whole(), metavar="N", help="Only this theme and its items.")
@click.option("--lead", metavar="ORG", help="Only items this organisation leads: its key, or part of its name.")
@as_of_option
@known_at_option
@format_option("text", "csv", "json")
@click.pass_obj
def outlook(
    context: Context,
    codes: tuple[str, ...],
    theme: int | None,
    lead: str | None,
    as_of: str | None,
    known_at: str | None,
    output: str,
) -> None:
    """Estimate when each theme will be done, and which items will miss their date, from the pace of the last weeks.

    With codes, the outlook of these items. It is an estimate, not a report. It says how often such estimates were right
    in this register so far. docs/outlook.md describes the method and its limits.
    """
    asked = _read(context, codes, theme, lead, as_of, known_at)
    if output == "json":
        as_json("outlook", _content(asked), asked.plan)
    elif output == "csv":
        from planner.weekly.csv_file import section_csv

        as_bytes(section_csv(asked.filled))
    else:
        from planner.cli.items.outlook_text import print_page

        print_page(asked)


def _content(asked: Asked) -> dict[str, Any]:
    from dataclasses import asdict

    from planner.domain.rules.outlook import WEEKS

    filled = asked.filled
    return {
        "as_of": filled.frame.as_of,
        "basis": "estimated",
        "weeks": WEEKS,
        "calibration": asdict(asked.found.calibration) | {"learned": asked.found.learned},
        "rows": [filled.values(row) for row in filled.rows],
    }


def _read(
    context: Context,
    codes: tuple[str, ...],
    theme: int | None,
    lead: str | None,
    as_of: str | None,
    known_at: str | None,
) -> Asked:
    from planner.domain.rules.weeks import Week
    from planner.queries.people.organisations import find_organisation
    from planner.queries.plans import require_themes
    from planner.queries.weeks.outlook import read_outlook
    from planner.weekly.frame import Frame
    from planner.weekly.sections.outlook import OUTLOOK, item_row, rows_of
    from planner.weekly.table import Filled

    with context.reading() as (session, plan):
        require_themes(plan, [theme] if theme else [])
        leads = find_organisation(session, lead).key if lead else None
        point = context.point(plan, as_of, known_at)
        found = _narrowed(read_outlook(session, plan, point), theme, leads)
    rows = [item_row(item) for item in _named(found, codes)] if codes else rows_of(found)
    frame = Frame(Week.of(point.as_of), point.as_of, plan.simulated)
    drawn = rows if codes else rows[: len(found.themes)]
    return Asked(plan, Filled(OUTLOOK, frame, rows), found, drawn)


def _narrowed(found: "PlanOutlook", theme: int | None, lead: str | None) -> "PlanOutlook":
    """What is left of a theme, or of the items of a lead: their outlook says nothing of whole themes."""
    from dataclasses import replace

    themes = tuple(one for one in found.themes if lead is None and theme in (None, one.theme.number))
    items = (one for one in found.items if theme in (None, one.item.theme) and lead in (None, one.item.lead.key))
    return replace(found, themes=themes, items=tuple(items))


def _named(found: "PlanOutlook", codes: Sequence[str]) -> "list[ItemOutlook]":
    """The items of some codes, in the order of the codes. Raises UnknownNameError where one is not among them."""
    from planner.domain.codes import canonical_code

    by_code = {one.item.code: one for one in found.items}
    for code in codes:
        if canonical_code(code) not in by_code:
            raise UnknownNameError(
                f"there is no outlook of an item '{code}'",
                where="CODE",
                do="The plan has none of this code here, or it was cancelled or merged; see 'planner items'",
            )
    return [by_code[canonical_code(code)] for code in codes]
