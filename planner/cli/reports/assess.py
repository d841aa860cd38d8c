"""planner assess: rate an item beside its officers."""

import click

from planner.base.language import tr
from planner.cli.context import Context
from planner.cli.output import as_json, format_option, print_line
from planner.cli.values import Word
from planner.domain.rules.permissions import Permission
from planner.domain.vocabulary import Confidence


@click.command()
@click.argument("code")
@click.option("--rating", type=Word(Confidence), required=True, help="Your rating of the item.")
@click.option("--reason", metavar="TEXT", required=True, help="Why you rate it so. The officer sees it.")
@click.option("--evidence", metavar="TEXT", help="The evidence that you saw, such as a visit or a document.")
@click.option("--as-of", metavar="DATE", help="The as-of date. Default: today, or the day on which the plan opens.")
@format_option("text", "json")
@click.pass_obj
def assess(
    context: Context, code: str, rating: str, reason: str, evidence: str | None, as_of: str | None, output: str
) -> None:
    """Rate an item as an auditor or a manager, beside the officer's rating and the computed schedule.

    None of the three changes another. 'planner opinions' lists where they differ. Your next assessment of the item
    replaces this one, and nobody assesses an item on which they made the last report.
    """
    from planner.writes.reports.assessments import assess_item

    with context.writing(Permission.ASSESS) as writing:
        day = context.day(writing, as_of)
        done, plan = assess_item(writing, code, Confidence(rating), reason, evidence=evidence, as_of=day), writing.plan
    if output == "json":
        as_json("assessment", done, plan)
        return
    reported = done.reported.value if done.reported else tr("not rated")
    print_line(
        tr(
            "Recorded: {code} is assessed as {rating} as of {day}. Its officer's rating: {reported}.",
            code=done.code,
            rating=done.rating.value,
            day=done.as_of,
            reported=reported,
        )
    )
