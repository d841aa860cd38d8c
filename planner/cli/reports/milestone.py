"""planner milestone: a milestone was met, moves, is forecast, or was not met after all."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from planner.cli.context import Context
from planner.cli.output import as_json, format_option, print_line
from planner.cli.reports.confirming import asked, yes_option
from planner.cli.values import Whole

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from planner.cli.typed_dates import TypedDates
    from planner.queries.plans import PlanView
    from planner.store.journal import Actor
    from planner.writes.reports.dates import DateMoved
    from planner.writes.reports.milestones import MilestoneReported


@click.command()
@click.argument("code")
@click.argument("number", type=Whole())
@click.option("--met", metavar="DATE", help="It was met on this date.")
@click.option("--move", metavar="DATE", help="Its current date becomes this one; needs --reason.")
@click.option("--forecast", metavar="DATE", help="It is now expected on this date; what was agreed stays.")
@click.option("--not-met", is_flag=True, help="Take back that it was met; needs --reason.")
@click.option("--reason", metavar="TEXT", help="Why it moves, or why it was not met.")
@click.option("--evidence", metavar="TEXT", help="What shows that it was met.")
@click.option("--as-of", metavar="DATE", help="The date a move or forecast is as of. Default: today.")
@yes_option
@format_option("text", "json")
@click.pass_obj
def milestone(
    context: Context, /, code: str, number: int, as_of: str | None, yes: bool, output: str, **choice: Any
) -> None:
    """Record a milestone as met, move its current date, or forecast it. The baseline date never changes."""
    given = [name for name in ("met", "move", "forecast", "not_met") if choice[name]]
    if len(given) != 1:
        raise click.UsageError("Give just one of --met DATE, --move DATE, --forecast DATE, --not-met.")

    def write(check_doubts: bool) -> "tuple[DateMoved | MilestoneReported, str, PlanView]":
        with context.writing() as (session, plan):
            recorder = _Recorder(context, session, plan, code, number, context.day(plan, as_of), check_doubts)
            return *recorder.record(given[0], choice), plan

    done, told, plan = asked(write, yes=yes)
    if output == "json":
        as_json("milestone", done, plan)
    else:
        print_line(f"Recorded: {done.code} milestone {number} {told}.")


@dataclass
class _Recorder:
    """Records one thing of one milestone."""

    context: Context
    session: "Session"
    plan: "PlanView"
    code: str
    number: int
    as_of: date
    check_doubts: bool

    def record(self, kind: str, choice: dict[str, Any]) -> "tuple[DateMoved | MilestoneReported, str]":
        """Record what was chosen; gives back what was recorded, and that in words."""
        if kind == "met":
            return self._met(choice["met"], choice["evidence"])
        if kind == "move":
            return self._move(choice["move"], choice["reason"])
        if kind == "forecast":
            return self._forecast(choice["forecast"])
        return self._not_met(choice["reason"])

    def _met(self, day: str, evidence: str | None) -> "tuple[MilestoneReported, str]":
        from planner.writes.reports.milestones import meet_milestone

        done = meet_milestone(
            *self._what(),
            self.typed.day(day, "--met"),
            evidence=evidence,
            check_doubts=self.check_doubts,
            today=self.today,
            at=self.context.now(),
        )
        return done, f"was met on {done.met_on}"

    def _move(self, day: str, reason: str | None) -> "tuple[DateMoved, str]":
        from planner.writes.reports.dates import move_milestone

        moved = move_milestone(
            *self._what(),
            self.typed.deadline(day, "--move", start=self._stands),
            reason or "",
            check_doubts=self.check_doubts,
            as_of=self.as_of,
            today=self.today,
            at=self.context.now(),
        )
        return moved, f"moves from {moved.old} to {moved.new}"

    def _forecast(self, day: str) -> "tuple[MilestoneReported, str]":
        from planner.writes.reports.milestones import forecast_milestone

        done = forecast_milestone(
            *self._what(),
            self.typed.deadline(day, "--forecast", start=self._stands),
            check_doubts=self.check_doubts,
            as_of=self.as_of,
            today=self.today,
            at=self.context.now(),
        )
        return done, f"is expected on {done.forecast}"

    def _not_met(self, reason: str | None) -> "tuple[MilestoneReported, str]":
        from planner.writes.reports.milestones import take_back_milestone

        done = take_back_milestone(
            *self._what(),
            reason or "",
            check_doubts=self.check_doubts,
            as_of=self.as_of,
            today=self.today,
            at=self.context.now(),
        )
        return done, "is not met after all"

    def _what(self) -> "tuple[Session, Actor, PlanView, str, int]":
        return self.session, self.context.actor, self.plan, self.code, self.number

    @property
    def _stands(self) -> date:
        """The day from which a step such as +2w counts: the date that stands, or today where that has passed."""
        from planner.queries.items.register import read_item
        from planner.queries.point import Point

        item = read_item(self.session, self.plan, Point(self.today), self.code)
        dates = [milestone.current for milestone in item.milestones if milestone.number == self.number]
        return max([*dates, self.today])

    @property
    def typed(self) -> "TypedDates":
        return self.context.typed(self.plan)

    @property
    def today(self) -> date:
        return self.context.today(self.plan)
