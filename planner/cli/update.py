"""planner update: record a status report on an item."""

from typing import Any

import click

from planner.cli.context import Context
from planner.cli.output import as_json, format_option, percent, words
from planner.vocabulary import Confidence, Phase


@click.command()
@click.argument("code")
@click.option("--percent", "percent_done", type=int, metavar="N", help="How much is done, 0 to 100.")
@click.option("--phase", type=click.Choice([word.value for word in Phase]), help="Where the item stands.")
@click.option("--confidence", type=click.Choice([word.value for word in Confidence]), help="Your own rating.")
@click.option("--done", metavar="TEXT", help="What was done.")
@click.option("--next", metavar="TEXT", help="What is next.")
@click.option("--blocker", metavar="TEXT", help="What blocks it.")
@click.option("--help-needed", metavar="TEXT", help="Decision or help needed, and of whom.")
@click.option("--evidence", metavar="TEXT", help="What shows it: a document, a link, a record.")
@click.option("--as-of", metavar="DATE", help="The date the report is as of. Default: today.")
@format_option("text", "json")
@click.pass_obj
def update(
    context: Context,
    /,
    code: str,
    percent_done: int | None,
    phase: str | None,
    confidence: str | None,
    as_of: str | None,
    output: str,
    **texts: Any,
) -> None:
    """Record a status report on an item.

    Phase, confidence and percent that you leave out stay as last reported. An item on which work is first reported is
    in progress. Nothing is overwritten: the report is added to the item's history.
    """
    from planner.queries.point import Point
    from planner.queries.register import read_item
    from planner.writes.status import Report, record_status

    report = Report(
        phase=Phase(phase) if phase else None,
        confidence=Confidence(confidence) if confidence else None,
        percent=percent_done,
        **texts,
    )
    with context.writing() as (session, plan):
        today = context.today(plan)
        day = context.day(plan, as_of)
        recorded = record_status(session, context.actor, plan, code, report, as_of=day, today=today, at=context.now())
        item = read_item(session, plan, Point(day), code)
    if output == "json":
        as_json("report", {"code": item.code, "report": recorded, "schedule": item.schedule}, plan)
        return
    rating = f", {recorded.confidence.value}" if recorded.confidence else ""
    click.echo(f"Recorded on {item.code} as of {recorded.as_of}: {words(recorded.phase.value)}{rating}.")
    click.echo(f"Done {percent(item.actual)}, expected {percent(item.expected)}: {words(item.schedule.value)}.")
    if item.contradiction:
        click.echo(f"Note: it is rated green, while the dates make it {words(item.schedule.value)}.")
