"""planner plans: the plans of the register, each with the state of its items."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import click

from planner.base.formats import percent
from planner.base.language import tr, tr_count, tr_later
from planner.base.visible_text import one_line
from planner.cli.context import Context
from planner.cli.output import as_csv, as_json, as_of_option, console, format_option, known_at_option
from planner.domain.plain_words import plain
from planner.domain.symbols import PERIOD_TITLES

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sqlalchemy.orm import Session

    from planner.cli.row_table import Cell, TableColumn
    from planner.queries.plans.standings import PlanStanding
    from planner.register.opening import Register
    from planner.register.plan_view import PlanView
    from planner.register.point import Point

# The cells of the bar that shows the states of a plan's items.
BAR = 10


@click.command()
@as_of_option
@known_at_option
@format_option("text", "csv", "json")
@click.pass_obj
def plans(context: Context, output: str) -> None:
    """List the plans of the register with the state of their items, those with most overdue items first.

    The state is that of the day on which each plan opens, or with --as-of that of a past day. An asterisk marks the
    plan that commands work with. 'planner plan use KEY' chooses another. As CSV, there is one row per plan.
    """
    from planner.queries.plans.standings import items_counted_twice, read_plan_standings

    with context.register() as register, register.open().reading() as session:
        found = read_plan_standings(session, _point_reader(context, session, _instant(context, register, session)))
        open_plan = _open_plan(register, session)
        twice = items_counted_twice(session, [one.plan for one in found if one.closing is None])
    if output == "json":
        as_json("plans", [_content(one, open_plan) for one in found])
    elif output == "csv":
        from planner.exchange.plans_table import PLANS

        as_csv(PLANS.columns, found)
    else:
        _print(found, open_plan, twice)


def _point_reader(context: Context, session: "Session", known_at: "datetime | None") -> "Callable[[PlanView], Point]":
    """Return a function that gives the point in time for which a plan is listed.

    A typed day is the same one for all plans, so that their figures can be added up. It is read once.
    """
    from planner.register.plan_days import plan_days
    from planner.register.point import Point

    typed: list[date] = []

    def point(plan: "PlanView") -> Point:
        if context.as_of is None:
            days = plan_days(session, plan, plan.today(context.now()))
            return Point(days.shown, known_at, days.today)
        if not typed:
            typed.append(context.typed_now(plan).day(context.as_of, "--as-of"))
        return Point(typed[0], known_at)

    return point


def _instant(context: Context, register: "Register", session: "Session") -> "datetime | None":
    """Return the instant that --known-at means, in the time zone of the plan in use, or else of the first plan."""
    from planner.register.plans import read_plan, read_plan_keys

    if context.known_at is None:
        return None
    key = _open_plan(register, session) or next(iter(read_plan_keys(session)), None)
    return context.typed_now(read_plan(session, key)).instant(context.known_at, "--known-at")


def _open_plan(register: "Register", session: "Session") -> str | None:
    """Return the key of the plan that commands work with, or None if the person has to choose one."""
    from planner.domain.given_plan import SeveralPlansError

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
        "contradictions": one.contradictions,
        "awaiting": one.awaiting,
        "findings": one.findings,
        "now": one.now,
        "last_period": one.before,
    }


def _print(found: "Sequence[PlanStanding]", open_plan: str | None, twice: int) -> None:
    from planner.cli.output import banner
    from planner.cli.row_table import print_rows

    out = console()
    if not found:
        out.print_line(
            tr("There are no plans yet. 'planner plan new' makes one, and 'planner init' loads the bundled plan.")
        )
        return
    banner(out, found[0].plan)
    print_rows(out, _headings(found), [_cells(one, open_plan) for one in found])
    still_open = [one for one in found if one.closing is None]
    if len(still_open) > 1:
        out.print_line(_all_open(still_open))
        if twice:
            out.print_line(_counted_twice(twice))
    if open_plan is None:
        out.print_line(tr("Choose the plan to work with: planner plan use KEY"))


def _headings(found: "Sequence[PlanStanding]") -> "Sequence[TableColumn]":
    from planner.cli.row_table import TableColumn

    return (
        TableColumn(""),
        TableColumn(tr("Plan")),
        TableColumn(tr("As of"), rank=2),
        TableColumn(tr("By state"), rank=2),
        TableColumn(tr("Done"), right=True),
        TableColumn(tr("Expected"), right=True, rank=4),
        TableColumn(_moved(found), right=True, rank=3),
        TableColumn(tr("Items"), right=True),
        TableColumn(tr("Overdue"), right=True),
        TableColumn(tr("Off track"), right=True, rank=1),
        TableColumn(tr("Silent"), right=True, rank=1),
        TableColumn(tr("Contradictions"), right=True, rank=4),
        TableColumn(tr("To confirm"), right=True, rank=4),
        TableColumn(tr("Findings"), right=True, rank=3),
        TableColumn(tr("Closed"), rank=1),
        TableColumn(tr("Title"), least=20),
    )


def _moved(found: "Sequence[PlanStanding]") -> str:
    """Return the heading of the change since the last period: the period, or if plans have several, a general word."""
    cadence, *others = {one.plan.cadence for one in found}
    return tr("Moved") if others else tr_later(PERIOD_TITLES[cadence])


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


def _counted_twice(items: int) -> str:
    return tr_count(
        "{count:,} of these items continues an item of another open plan, so it is counted twice.",
        "{count:,} of these items continue items of other open plans, so they are counted twice.",
        items,
    )


def _in_use() -> str:
    """Return the mark of the plan that commands work with."""
    return tr("In use") if plain() else "*"


def _cells(one: "PlanStanding", open_plan: str | None) -> "list[Cell]":
    from planner.cli.items.overview_text import bar_parts, points_moved
    from planner.cli.row_table import Cell

    plan = one.plan
    counts = one.now.items, one.overdue, one.off_track, one.silent, one.contradictions, one.awaiting, one.findings
    return [
        Cell(_in_use() if plan.key == open_plan else ""),
        Cell(one_line(plan.key)),
        Cell(str(one.as_of)),
        Cell.of_parts(bar_parts(one.now, BAR)),
        *(Cell(text) for text in (percent(one.now.actual), percent(one.now.expected), points_moved(one.moved))),
        *(Cell(f"{count:,}") for count in counts),
        Cell(str(one.closing.as_of) if one.closing else ""),
        Cell(one_line(plan.title), "bold"),
    ]
