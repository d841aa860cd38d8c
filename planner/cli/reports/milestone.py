"""planner milestone: record that a milestone was met, moved or forecast, or was not met after all."""

from typing import TYPE_CHECKING, Any

import click

from planner.base.language import tr
from planner.cli.context import Context
from planner.cli.output import as_json, format_option, print_line
from planner.cli.reports.confirming import write_after_asking, yes_option
from planner.cli.reports.entry_parts import step_start
from planner.cli.values import Whole

if TYPE_CHECKING:
    from planner.cli.typed_dates import TypedDates
    from planner.register.writing import Writing
    from planner.writes.reports.dates import DateMoved
    from planner.writes.reports.milestones import MilestoneReported


@click.command()
@click.argument("code")
@click.argument("number", type=Whole())
@click.option("--met", metavar="DATE", help="The milestone was met on this date.")
@click.option("--move", metavar="DATE", help="The new current date; needs --reason.")
@click.option(
    "--forecast",
    metavar="DATE",
    help="The date on which the milestone is now expected; its current date does not change.",
)
@click.option("--not-met", is_flag=True, help="Record that the milestone was not met; needs --reason.")
@click.option("--reason", metavar="TEXT", help="Why the date moves, or why the milestone was not met.")
@click.option("--evidence", metavar="TEXT", help="The evidence that the milestone was met.")
@click.option(
    "--as-of",
    metavar="DATE",
    help="The as-of date of a move, a forecast or --not-met. Default: today, or the day on which the plan opens.",
)
@yes_option
@format_option("text", "json")
@click.pass_obj
def milestone(
    context: Context, /, code: str, number: int, as_of: str | None, yes: bool, output: str, **choice: Any
) -> None:
    """Record a milestone as met, move its current date, or forecast it. The baseline date never changes."""
    given = [name for name in ("met", "move", "forecast", "not_met") if choice[name]]
    if len(given) != 1:
        raise click.UsageError(tr("Give exactly one of --met DATE, --move DATE, --forecast DATE, --not-met."))
    kind = given[0]
    if kind == "met" and as_of is not None:
        raise click.UsageError(tr("Give no --as-of with --met: a milestone counts as met from the date of --met on."))

    def write(writing: "Writing", check_doubts: bool) -> "DateMoved | MilestoneReported":
        day = writing.day if kind == "met" else context.day(writing, as_of)
        typed = context.typed(writing.plan)
        return _record(writing, typed, code, number, kind, choice, as_of=day, check_doubts=check_doubts)

    done, plan = write_after_asking(context, write, yes=yes)
    if output == "json":
        as_json("milestone", done, plan)
    else:
        print_line(_sentence(done, number, kind))


def _record(
    writing: "Writing", typed: "TypedDates", code: str, number: int, kind: str, choice: dict[str, Any], **rest: Any
) -> "DateMoved | MilestoneReported":
    """Record the change that the option `kind` names."""
    # docs/decisions/0119: without the report form, but by the same rules.
    from planner.writes.reports.dates import move_milestone
    from planner.writes.reports.entries import MilestoneEntry, require_complete
    from planner.writes.reports.milestones import forecast_milestone, meet_milestone, take_back_milestone

    reason, evidence = choice["reason"] or "", choice["evidence"]
    if kind == "not_met":
        require_complete(MilestoneEntry(number, evidence=evidence))
        return take_back_milestone(writing, code, number, reason, **rest)
    if kind == "met":
        day = typed.day(choice["met"], "--met")
        require_complete(MilestoneEntry(number, met_on=day, reason=reason))
        return meet_milestone(writing, code, number, day, evidence=evidence, check_doubts=rest["check_doubts"])
    day = typed.deadline(choice[kind], f"--{kind}", start=step_start(writing, code, number))
    moved_to = day if kind == "move" else None
    require_complete(MilestoneEntry(number, moved_to=moved_to, reason=reason, evidence=evidence))
    if moved_to:
        return move_milestone(writing, code, number, day, reason, **rest)
    return forecast_milestone(writing, code, number, day, **rest)


def _sentence(done: "DateMoved | MilestoneReported", number: int, kind: str) -> str:
    """Return a sentence about what was recorded."""
    from planner.writes.reports.dates import DateMoved

    code = done.code
    if isinstance(done, DateMoved):
        return done.sentence()
    if kind == "met":
        return tr("Recorded: {code} milestone {number} was met on {day}.", code=code, number=number, day=done.met_on)
    if kind == "forecast":
        return tr(
            "Recorded: {code} milestone {number} is now expected on {day}.", code=code, number=number, day=done.forecast
        )
    return tr("Recorded: {code} milestone {number} was not met.", code=code, number=number)
