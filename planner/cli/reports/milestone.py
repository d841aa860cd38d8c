"""planner milestone: record that a milestone was met, moved or forecast, or was not met after all."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from planner.base.language import tr
from planner.cli.context import Context
from planner.cli.output import as_json, format_option, print_line
from planner.cli.reports.confirming import write_after_asking, yes_option
from planner.cli.values import Whole

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from planner.cli.typed_dates import TypedDates
    from planner.register.plans import PlanView
    from planner.store.journal import Actor
    from planner.writes.reports.dates import DateMoved
    from planner.writes.reports.milestones import MilestoneReported


@click.command()
@click.argument("code")
@click.argument("number", type=Whole())
@click.option("--met", metavar="DATE", help="The milestone was met on this date.")
@click.option("--move", metavar="DATE", help="The new current date; needs --reason.")
@click.option("--forecast", metavar="DATE", help="The date now expected; the current date stays.")
@click.option("--not-met", is_flag=True, help="Withdraw that it was met; needs --reason.")
@click.option("--reason", metavar="TEXT", help="Why the date moves, or why it was not met.")
@click.option("--evidence", metavar="TEXT", help="What shows that it was met.")
@click.option("--as-of", metavar="DATE", help="The as-of date of a move or forecast. Default: today.")
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

    def write(check_doubts: bool) -> "tuple[DateMoved | MilestoneReported, str, PlanView]":
        with context.writing() as (session, plan):
            recorder = _Recorder(context, session, plan, code, number, context.day(plan, as_of), check_doubts)
            return *recorder.record(given[0], choice), plan

    done, sentence, plan = write_after_asking(write, yes=yes)
    if output == "json":
        as_json("milestone", done, plan)
    else:
        print_line(sentence)


@dataclass
class _Recorder:
    """Records one change of one milestone."""

    context: Context
    session: "Session"
    plan: "PlanView"
    code: str
    number: int
    as_of: date
    check_doubts: bool

    def record(self, kind: str, choice: dict[str, Any]) -> "tuple[DateMoved | MilestoneReported, str]":
        """Record the change that the option `kind` names. Return the record, and a sentence about it."""
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
            *self._target(),
            self.typed.day(day, "--met"),
            evidence=evidence,
            check_doubts=self.check_doubts,
            today=self.today,
            at=self.context.now(),
        )
        return done, tr(
            "Recorded: {code} milestone {number} was met on {day}.",
            code=done.code,
            number=self.number,
            day=done.met_on,
        )

    def _move(self, day: str, reason: str | None) -> "tuple[DateMoved, str]":
        from planner.writes.reports.dates import move_milestone

        moved = move_milestone(
            *self._target(),
            self.typed.deadline(day, "--move", start=self._step_start),
            reason or "",
            check_doubts=self.check_doubts,
            as_of=self.as_of,
            today=self.today,
            at=self.context.now(),
        )
        return moved, tr(
            "Recorded: {code} milestone {number} moves from {old} to {new}.",
            code=moved.code,
            number=self.number,
            old=moved.old,
            new=moved.new,
        )

    def _forecast(self, day: str) -> "tuple[MilestoneReported, str]":
        from planner.writes.reports.milestones import forecast_milestone

        done = forecast_milestone(
            *self._target(),
            self.typed.deadline(day, "--forecast", start=self._step_start),
            check_doubts=self.check_doubts,
            as_of=self.as_of,
            today=self.today,
            at=self.context.now(),
        )
        return done, tr(
            "Recorded: {code} milestone {number} is expected on {day}.",
            code=done.code,
            number=self.number,
            day=done.forecast,
        )

    def _not_met(self, reason: str | None) -> "tuple[MilestoneReported, str]":
        from planner.writes.reports.milestones import take_back_milestone

        done = take_back_milestone(
            *self._target(),
            reason or "",
            check_doubts=self.check_doubts,
            as_of=self.as_of,
            today=self.today,
            at=self.context.now(),
        )
        return done, tr("Recorded: {code} milestone {number} was not met.", code=done.code, number=self.number)

    def _target(self) -> "tuple[Session, Actor, PlanView, str, int]":
        return self.session, self.context.actor, self.plan, self.code, self.number

    @property
    def _step_start(self) -> date:
        """The day from which a step such as +2w counts: the current date, or today if that is later."""
        from planner.queries.items.register import read_item
        from planner.register.point import Point

        item = read_item(self.session, self.plan, Point(self.today), self.code)
        dates = [milestone.current for milestone in item.milestones if milestone.number == self.number]
        return max([*dates, self.today])

    @property
    def typed(self) -> "TypedDates":
        return self.context.typed(self.plan)

    @property
    def today(self) -> date:
        return self.context.today(self.plan)
