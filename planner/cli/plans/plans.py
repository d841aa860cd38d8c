"""planner plans: the plans of the register, each with the state of its items."""

from datetime import date
from typing import TYPE_CHECKING, Any

import click

from planner.base.formats import percent
from planner.base.language import tr
from planner.base.visible_text import one_line
from planner.cli.context import Context
from planner.cli.output import as_json, as_of_option, console, format_option, words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sqlalchemy.orm import Session

    from planner.cli.row_table import Cell
    from planner.queries.plans.standings import PlanStanding
    from planner.register.opening import Register
    from planner.register.plan_view import PlanView
    from planner.register.point import Point


@click.command()
@as_of_option
@format_option("text", "json")
@click.pass_obj
def plans(context: Context, output: str) -> None:
    """List the plans of the register with the state of their items, those with most overdue items first.

    The state is that of the day on which each plan opens, or with --as-of that of a past day. An asterisk marks the
    plan that commands work with. 'planner plan use KEY' chooses another.
    """
    from planner.queries.plans.standings import read_plan_standings

    with context.register() as register, register.open().reading() as session:
        found = read_plan_standings(session, _point_reader(context, session))
        open_plan = _open_plan(register, session)
    if output == "json":
        as_json("plans", [_content(one, open_plan) for one in found])
    else:
        _print(found, open_plan)


def _point_reader(context: Context, session: "Session") -> "Callable[[PlanView], Point]":
    """Return a function that gives the point in time for which a plan is listed.

    A typed day is the same one for all plans, so that their figures can be added up. It is read once.
    """
    from planner.register.plan_days import shown_day
    from planner.register.point import Point

    typed: list[date] = []

    def point(plan: "PlanView") -> Point:
        if context.as_of is None:
            today = plan.today(context.now())
            return Point(shown_day(session, plan, today), None, today)
        if not typed:
            typed.append(context.typed_now(plan).day(context.as_of, "--as-of"))
        return Point(typed[0])

    return point


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
        out.print_line(
            tr("There are no plans yet. 'planner plan new' makes one, and 'planner init' loads the bundled plan.")
        )
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
    still_open = [one for one in found if one.closing is None]
    if len(still_open) > 1:
        out.print_line(_all_open(still_open))
    if open_plan is None:
        out.print_line(tr("Choose the plan to work with: planner plan use KEY"))


def _all_open(found: "Sequence[PlanStanding]") -> str:
    """Return the counts of all open plans together. Their percents are not added: a plan has weights of its own."""
    return tr(
        "Open plans: {plans}. Items: {items}, overdue: {overdue}, off track: {off_track}, silent: {silent}",
        plans=len(found),
        items=f"{sum(one.now.items for one in found):,}",
        overdue=f"{sum(one.overdue for one in found):,}",
        off_track=f"{sum(one.off_track for one in found):,}",
        silent=f"{sum(one.silent for one in found):,}",
    )


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
