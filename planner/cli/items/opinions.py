"""planner opinions: where the officer's rating, the computed schedule and an assessment differ."""

from typing import TYPE_CHECKING

import click

from planner.base.language import tr, tr_count, tr_later
from planner.cli.context import Context
from planner.cli.output import as_csv, as_json, as_of_option, format_option, known_at_option, print_line
from planner.domain.symbols import SIMULATED, schedule_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from planner.queries.opinions.opinion_rows import OpinionRow


@click.command()
@click.option("--assessed", is_flag=True, help="Also items that were assessed and on which no opinions differ.")
@as_of_option
@known_at_option
@format_option("text", "csv", "json")
@click.pass_obj
def opinions(context: Context, assessed: bool, output: str) -> None:
    """List the items on which the officer's rating, the computed schedule and an assessment differ.

    Two ratings differ if they are not the same. A rating differs from the schedule if it is green and the schedule is
    overdue or off track. Auditors and managers assess items with 'planner assess'.
    """
    from planner.queries.items.register import read_register
    from planner.queries.opinions.opinion_rows import OPINION_COLUMNS, read_opinions
    from planner.tables.columns import values

    with context.reading() as reading:
        plan = reading.plan
        rows = read_opinions(reading, read_register(reading), agreeing=assessed)
    if output == "csv":
        as_csv(OPINION_COLUMNS, rows)
    elif output == "json":
        as_json("opinions", {"as_of": reading.as_of, "opinions": [values(OPINION_COLUMNS, row) for row in rows]}, plan)
    else:
        if plan.simulated:
            print_line(tr_later(SIMULATED))
        for line in _lines(rows):
            print_line(line)


def _lines(rows: "Sequence[OpinionRow]") -> "Iterator[str]":
    """Yield how many items differ, and for each item the three opinions."""
    differing = sum(1 for row in rows if row.differ)
    if differing:
        yield tr_count("Opinions differ on {count} item:", "Opinions differ on {count} items:", differing)
    else:
        yield tr("Opinions differ on no item.")
    for row in rows:
        yield f"{row.item.code}  {row.item.title}"
        yield from (f"  {line}" for line in _three(row))


def _three(row: "OpinionRow") -> "Iterator[str]":
    item, last, assessment = row.item, row.item.last, row.assessment
    rating = item.confidence.value if item.confidence else tr("not rated")
    if last is None:
        yield tr("Officer: no report")
    else:
        yield tr("Officer: {rating} ({person}, {day})", rating=rating, person=last.actor, day=last.as_of)
    yield tr("Schedule: {schedule}", schedule=schedule_words(item.schedule))
    if assessment is None:
        yield tr("Assessment: none")
    else:
        yield tr(
            "Assessment: {rating} ({person}, {day}): {reason}",
            rating=assessment.rating.value,
            person=assessment.actor,
            day=assessment.as_of,
            reason=assessment.reason,
        )
    if assessment is not None and assessment.evidence:
        yield tr("Evidence seen: {evidence}", evidence=assessment.evidence)
    if row.differ:
        yield row.opinions.differ_in_words
