"""planner plans: the plans of the register, each with the state of its items."""

from typing import TYPE_CHECKING, Any

import click

from planner.base.formats import percent
from planner.base.language import tr
from planner.base.visible_text import one_line
from planner.cli.context import Context
from planner.cli.output import as_json, console, format_option, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from planner.cli.row_table import Cell
    from planner.queries.plans.standings import PlanStanding
    from planner.register.opening import Register


@click.command()
@format_option("text", "json")
@click.pass_obj
def plans(context: Context, output: str) -> None:
    """List the plans of the register with the state of their items today, those with most overdue items first.

    An asterisk marks the plan that commands work with. 'planner plan use KEY' chooses another.
    """
    from planner.queries.plans.standings import read_plan_standings

    with context.register() as register, register.open().reading() as session:
        found, open_plan = read_plan_standings(session, context.now()), _open_plan(register, session)
    if output == "json":
        as_json("plans", [_content(one, open_plan) for one in found])
    else:
        _print(found, open_plan)


def _open_plan(register: "Register", session: "Session") -> str | None:
    """Return the key of the plan that commands work with, or None if the person has to choose one."""
    from planner.register.plan_view import SeveralPlansError

    try:
        return register.read_plan(session).key
    except SeveralPlansError:
        return None


def _content(one: "PlanStanding", open_plan: str | None) -> dict[str, Any]:
    plan = one.plan
    return {
        "key": plan.key,
        "title": plan.title,
        "year": plan.year,
        "starts": plan.starts,
        "ends": plan.ends,
        "cadence": plan.cadence,
        "language": plan.language,
        "closed": one.closing.as_of if one.closing else None,
        "simulated": plan.simulated,
        "in_use": plan.key == open_plan,
        "as_of": one.as_of,
        "ended": one.ended,
        "overdue": one.overdue,
        "off_track": one.off_track,
        "silent": one.silent,
        "now": one.now,
    }


def _print(found: "Sequence[PlanStanding]", open_plan: str | None) -> None:
    from planner.cli.output import banner
    from planner.cli.row_table import TableColumn, print_rows

    out = console()
    if not found:
        out.print_line(tr("There are no plans yet. 'planner init' loads the bundled plan."))
        return
    banner(out, found[0].plan)
    headings = (
        TableColumn(""),
        TableColumn(tr("Plan")),
        TableColumn(tr("Year"), rank=2),
        TableColumn(tr("Done"), right=True),
        TableColumn(tr("Items"), right=True),
        TableColumn(tr("Overdue"), right=True),
        TableColumn(tr("Off track"), right=True, rank=1),
        TableColumn(tr("Silent"), right=True, rank=1),
        TableColumn(tr("Ended"), right=True, rank=2),
        TableColumn(tr("Reports"), rank=3),
        TableColumn(tr("Closed"), rank=1),
        TableColumn(tr("Title"), least=20),
    )
    print_rows(out, headings, [_cells(one, open_plan) for one in found])
    if open_plan is None:
        out.print_line(tr("Choose the plan to work with: planner plan use KEY"))


def _cells(one: "PlanStanding", open_plan: str | None) -> "list[Cell]":
    from planner.cli.row_table import Cell

    plan = one.plan
    return [
        Cell("*" if plan.key == open_plan else ""),
        Cell(one_line(plan.key)),
        Cell(str(plan.year)),
        Cell(percent(one.now.actual)),
        *(Cell(f"{count:,}") for count in (one.now.items, one.overdue, one.off_track, one.silent, one.ended)),
        Cell(words(plan.cadence)),
        Cell(str(one.closing.as_of) if one.closing else ""),
        Cell(one_line(plan.title), "bold"),
    ]
