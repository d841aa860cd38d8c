"""planner clock: the computer's clock beside the log's last instant, and the way back from a wrong one."""

from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import click

from planner.cli.context import Context
from planner.cli.groups import group
from planner.cli.output import as_json, console, format_option, print_line
from planner.cli.questions import confirm

if TYPE_CHECKING:
    from planner.queries.history.clock_faults import ClockView
    from planner.queries.plans import PlanView

reason_option = click.option("--reason", metavar="TEXT", required=True, help="Why, for the history.")


@group(invoke_without_command=True)
@click.pass_context
def clock(click_context: click.Context) -> None:
    """Compare this computer's clock with the log; correct what a wrong clock recorded.

    A write is refused when the clock is more than 400 days after the last write, or more than a day before it.
    """
    if click_context.invoked_subcommand is None:
        click_context.invoke(show)


@clock.command()
@format_option("text", "json")
@click.pass_obj
def show(context: Context, output: str = "text") -> None:
    """Show the clock, the log's last instant, jumps and corrections. The same as planner clock alone."""
    from planner.queries.history.clock_faults import read_clock

    with context.reading() as (session, plan):
        view = read_clock(session, context.now())
    if output == "json":
        as_json("clock", view, plan)
    else:
        _print(view, plan)


@clock.command()
@reason_option
@click.pass_obj
def accept(context: Context, reason: str) -> None:
    """Record that the clock is right although the last write is long ago (administrators only)."""
    from planner.writes.clock import accept_clock

    with context.writing() as (session, plan):
        done = accept_clock(session, context.actor, reason, at=context.now())
    print_line(f"Recorded that the clock is right: {_local(done.recorded_at, plan)}. Writing goes on from there.")


@clock.command()
@reason_option
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_obj
def correct(context: Context, reason: str, yes: bool) -> None:
    """Record that the last writes bear instants of a clock that was ahead (administrators only).

    Set this computer's clock first. The writes keep their instants and count as recorded now.
    """
    from planner.writes.clock import correct_clock, false_run

    with context.reading() as (session, plan):
        run = false_run(session, context.now())
    if run is not None and not yes:
        print_line(
            f"Events {run.first_seq} to {run.last_seq} were recorded from {_local(run.false_from, plan)} to"
            f" {_local(run.false_until, plan)}; this computer's clock says {_local(context.now(), plan)}.",
            err=True,
        )
        if not confirm("Is this computer's clock right, and were those instants wrong?", err=True):
            print_line("Nothing was corrected.", err=True)
            return
    with context.writing() as (session, plan):
        done = correct_clock(session, context.actor, reason, expected=run, at=context.now())
    print_line(
        f"Corrected: events {done.first_seq} to {done.last_seq} count as recorded at {_local(done.recorded_at, plan)}."
    )


def _local(instant: datetime, plan: "PlanView") -> str:
    return f"{instant.astimezone(ZoneInfo(plan.time_zone)):%Y-%m-%d %H:%M}"


def _print(view: "ClockView", plan: "PlanView") -> None:
    out = console()
    wrong = {
        None: "",
        "ahead": ", long after the last write. Set the clock, or accept it with 'planner clock accept'",
        "behind": ", before the last write. Set the clock, or correct the log with 'planner clock correct'",
    }[view.fault.value if view.fault and not plan.simulated else None]
    last = _local(view.last_recorded, plan) if view.last_recorded else "none"
    out.print(f"This computer's clock: {_local(view.now, plan)}{wrong}.", markup=False)
    out.print(f"Last write in the log: {last}.", markup=False)
    for jump in view.jumps:
        way = "after" if jump.after > jump.before else "before"
        out.print(
            f"Event {jump.seq} was recorded {jump.days:,} days {way} the event before it: {_local(jump.after, plan)}.",
            markup=False,
        )
    for one in view.corrections:
        what = "the clock was accepted" if one.first_seq is None else f"events {one.first_seq} to {one.last_seq}"
        out.print(f"Corrected {_local(one.recorded_at, plan)} by {one.actor}: {what} ({one.reason}).", markup=False)
