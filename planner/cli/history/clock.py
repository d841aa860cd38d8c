"""planner clock: compare the computer's clock with the audit log, and correct what a wrong clock recorded."""

from typing import TYPE_CHECKING

import click

from planner.base.language import tr, tr_count
from planner.cli.context import Context
from planner.cli.groups import listing_group
from planner.cli.output import as_json, console, format_option, print_line
from planner.cli.questions import confirm

if TYPE_CHECKING:
    from planner.domain.rules.clock import ClockJump
    from planner.queries.history.clock_faults import ClockView, CorrectionView
    from planner.register.plan_view import PlanView

reason_option = click.option("--reason", metavar="TEXT", required=True, help="The reason, for the history.")


@listing_group("show")
def clock() -> None:
    """Check this computer's clock, or correct times that a wrong clock gave to records.

    A write is refused if the clock is more than 400 days after the last write, or more than a day before it.
    """


@clock.command()
@format_option("text", "json")
@click.pass_obj
def show(context: Context, output: str = "text") -> None:
    """Show the clock, the time of the last write, jumps and corrections. 'planner clock' alone does the same."""
    from planner.queries.history.clock_faults import read_clock

    with context.reading() as reading:
        view = read_clock(reading.session, context.now())
    if output == "json":
        as_json("clock", view, reading.plan)
    else:
        _print(view, reading.plan)


@clock.command()
@reason_option
@click.pass_obj
def accept(context: Context, reason: str) -> None:
    """Record that the clock is right, although the last write was long ago (administrators only)."""
    from planner.writes.clock import accept_clock

    with context.writing() as writing:
        done = accept_clock(writing, reason)
    instant = writing.plan.time_at(done.recorded_at)
    print_line(tr("Recorded that the clock is right: {instant}. You can write again.", instant=instant))


@clock.command()
@reason_option
@click.option("--yes", is_flag=True, help="Do not ask for confirmation.")
@click.pass_obj
def correct(context: Context, reason: str, yes: bool) -> None:
    """Record that the last writes have wrong times, because the clock was ahead (administrators only).

    Set this computer's clock first. The writes keep their times in the log, but count as recorded now.
    """
    from planner.writes.clock import correct_clock, false_run

    with context.reading() as reading:
        run = false_run(reading.session, context.now())
    if run is not None and not yes:
        print_line(
            tr(
                "Events {first} to {last} were recorded from {begin} to {end}; this computer's clock says {now}.",
                first=run.first_seq,
                last=run.last_seq,
                begin=reading.plan.time_at(run.false_from),
                end=reading.plan.time_at(run.false_until),
                now=reading.plan.time_at(context.now()),
            ),
            err=True,
        )
        if not confirm(tr("Is this computer's clock right, and were those times wrong?"), err=True, of_plan=False):
            print_line(tr("Nothing was corrected."), err=True)
            return
    with context.writing() as writing:
        done = correct_clock(writing, reason, expected=run)
    print_line(
        tr(
            "Corrected: events {first} to {last} now count as recorded at {instant}.",
            first=done.first_seq,
            last=done.last_seq,
            instant=reading.plan.time_at(done.recorded_at),
        )
    )


def _print(view: "ClockView", plan: "PlanView") -> None:
    out = console()
    last = plan.time_at(view.last_recorded) if view.last_recorded else tr("none")
    out.print(_clock_line(view, plan), markup=False)
    out.print(tr("Last write in the log: {instant}.", instant=last), markup=False)
    for jump in view.jumps:
        out.print(_jump_line(jump, plan), markup=False)
    for correction in view.corrections:
        out.print(_correction_line(correction, plan), markup=False)


def _clock_line(view: "ClockView", plan: "PlanView") -> str:
    now = plan.time_at(view.now)
    if view.fault is None or plan.simulated:
        return tr("This computer's clock: {instant}.", instant=now)
    if view.fault.value == "ahead":
        return tr(
            "This computer's clock: {instant}. This is long after the last write. Set the clock, or accept it"
            " with 'planner clock accept'.",
            instant=now,
        )
    return tr(
        "This computer's clock: {instant}. This is before the last write. Set the clock, or correct the"
        " log with 'planner clock correct'.",
        instant=now,
    )


def _jump_line(jump: "ClockJump", plan: "PlanView") -> str:
    days, instant = f"{jump.days:,}", plan.time_at(jump.after)
    if jump.after > jump.before:
        return tr_count(
            "Event {seq} was recorded {days} day after the event before it, at {instant}.",
            "Event {seq} was recorded {days} days after the event before it, at {instant}.",
            jump.days,
            seq=jump.seq,
            days=days,
            instant=instant,
        )
    return tr_count(
        "Event {seq} has a time {days} day earlier than the event before it: {instant}.",
        "Event {seq} has a time {days} days earlier than the event before it: {instant}.",
        jump.days,
        seq=jump.seq,
        days=days,
        instant=instant,
    )


def _correction_line(correction: "CorrectionView", plan: "PlanView") -> str:
    instant = plan.time_at(correction.recorded_at)
    if correction.first_seq is None:
        return tr(
            "{instant}: {person} accepted the clock as right ({reason}).",
            instant=instant,
            person=correction.actor,
            reason=correction.reason,
        )
    return tr(
        "{instant}: {person} corrected the times of events {first} to {last} ({reason}).",
        instant=instant,
        person=correction.actor,
        first=correction.first_seq,
        last=correction.last_seq,
        reason=correction.reason,
    )
