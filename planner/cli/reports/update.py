"""planner update: record a status report on an item, and what else is said of it, in one write."""

from typing import TYPE_CHECKING, Any

import click

from planner.base.formats import percent
from planner.base.numbers import counted
from planner.cli.context import Context
from planner.cli.output import as_json, format_option, print_line, words
from planner.cli.reports.confirming import asked, yes_option
from planner.cli.reports.entry_parts import milestone_entries, observation_entries, seen_report
from planner.cli.values import Percent, Word
from planner.domain.vocabulary import Completion, Confidence, Phase

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

    from planner.cli.typed_dates import TypedDates
    from planner.queries.history.expected_state import ExpectedReport
    from planner.queries.items.views import ItemView
    from planner.queries.plans import PlanView
    from planner.writes.reports.entries import Entry, EntryRecorded


@click.command()
@click.argument("code")
@click.option("--percent", type=Percent(), metavar="N", help="How much is done, 0 to 100.")
@click.option("--phase", type=Word(Phase), help="Where the item stands.")
@click.option("--confidence", type=Word(Confidence), help="Your own rating.")
@click.option("--done", metavar="TEXT", help="What was done.")
@click.option("--next", metavar="TEXT", help="What is next.")
@click.option("--blocker", metavar="TEXT", help="What blocks it.")
@click.option("--help-needed", metavar="TEXT", help="Decision or help needed, and of whom.")
@click.option("--evidence", metavar="TEXT", help="What shows it: a document, a link, a record.")
@click.option("--ending-reason", metavar="TEXT", help="Why it is cancelled or merged; somebody else confirms it.")
@click.option("--merged-into", metavar="CODE", help="The item in which a merged one goes on.")
@click.option("--unchanged", is_flag=True, help="Report on purpose that nothing changed since the last report.")
@click.option("--met", multiple=True, metavar="N[=DATE]", help="Milestone N was met; without a date, on --as-of.")
@click.option("--move", multiple=True, metavar="N=DATE", help="Milestone N is moved to this date; needs --reason.")
@click.option("--reason", metavar="TEXT", help="Why dates are moved.")
@click.option("--forecast", multiple=True, metavar="N=DATE", help="Milestone N is now expected on this date.")
@click.option("--observe", multiple=True, metavar="N=VALUE", help="Indicator N has this value.")
@click.option("--if-last", metavar="ID", help="Only if the last report is still this one ('none': still none).")
@click.option("--as-of", metavar="DATE", help="The date it is as of. Default: today.")
@yes_option
@format_option("text", "json")
@click.pass_obj
def update(
    context: Context, /, code: str, if_last: str | None, as_of: str | None, yes: bool, output: str, **said: Any
) -> None:
    """Record a status report on an item, with milestones and values, in one write.

    Phase, confidence and percent that you leave out stay as last reported. An item on which work is first reported is
    in progress. Nothing is overwritten: all is added to the item's history. What does not fit together, such as a
    milestone after the due date, is asked about first, or refused without --yes.
    """
    if said["reason"] and not said["move"]:
        raise click.UsageError("--reason is why a date is moved: give --move N=DATE too.")
    seen = seen_report(if_last)
    recorded, item, plan = asked(lambda check_doubts: _record(context, code, said, as_of, seen, check_doubts), yes=yes)
    if output == "json":
        counted = {name: getattr(recorded, name) for name in ("milestones", "dates", "observations")}
        as_json("report", {"code": item.code, "report": recorded.report, "schedule": item.schedule, **counted}, plan)
        return
    for line in _told(recorded, item):
        print_line(line)


def _record(
    context: Context,
    code: str,
    said: dict[str, Any],
    as_of: str | None,
    seen: "ExpectedReport | None",
    check_doubts: bool,
) -> "tuple[EntryRecorded, ItemView, PlanView]":
    from planner.queries.items.register import read_item
    from planner.queries.point import Point
    from planner.writes.reports.entries import record_entry

    with context.writing() as (session, plan):
        today, day = context.today(plan), context.day(plan, as_of)
        typed = context.typed(plan)

        def stands(number: int) -> "date":
            """The day from which a step such as +2w counts: a milestone's date, or today where that has passed."""
            steps = read_item(session, plan, Point(today), code).milestones
            return max([today, *(step.current for step in steps if step.number == number)])

        entry = _entry(said, day, typed, stands)
        recorded = record_entry(
            session,
            context.actor,
            plan,
            code,
            entry,
            expected=seen,
            check_doubts=check_doubts,
            as_of=day,
            today=today,
            at=context.now(),
        )
        return recorded, read_item(session, plan, Point(day), code), plan


def _entry(said: dict[str, Any], day: "date", typed: "TypedDates", stands: "Callable[[int], date]") -> "Entry":
    from planner.writes.reports.entries import Entry
    from planner.writes.reports.status import Report

    texts = ("done", "next", "blocker", "help_needed", "evidence", "ending_reason", "merged_into")
    return Entry(
        Report(
            phase=Phase(said["phase"]) if said["phase"] else None,
            confidence=Confidence(said["confidence"]) if said["confidence"] else None,
            percent=said["percent"],
            unchanged=said["unchanged"],
            **{name: said[name] for name in texts},
        ),
        milestone_entries(said["met"], said["move"], said["forecast"], said["reason"], day, typed, stands),
        observation_entries(said["observe"]),
    )


def _told(recorded: "EntryRecorded", item: "ItemView") -> "Iterator[str]":
    yield f"Recorded on {recorded.code} as of {recorded.as_of}: {'; '.join(_parts(recorded))}."
    yield f"Done {percent(item.actual)}, expected {percent(item.expected)}: {words(item.schedule.value)}."
    if item.completion is Completion.AWAITING:
        yield f"Somebody else has to confirm that it is {item.phase.value}; until then it counts as open."
    if item.contradiction:
        yield f"Note: it is rated green, while the dates make it {words(item.schedule.value)}."


def _parts(recorded: "EntryRecorded") -> "Iterator[str]":
    """What was recorded, in words."""
    if recorded.report:
        rating = f", {recorded.report.confidence.value}" if recorded.report.confidence else ""
        kind = "no change: " if recorded.report.unchanged else ""
        yield f"{kind}{words(recorded.report.phase.value)}{rating}"
    for number, one, several in (
        (recorded.milestones, "milestone", "milestones"),
        (recorded.dates, "date moved", "dates moved"),
        (recorded.observations, "value", "values"),
    ):
        if number:
            yield counted(number, one, several)
