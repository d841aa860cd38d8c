"""planner observe: record a value of an indicator."""

import click

from planner.base.formats import plain_number
from planner.base.language import tr
from planner.base.texts import with_unit
from planner.cli.context import Context
from planner.cli.output import as_json, format_option, print_line
from planner.cli.values import Measured, Whole


@click.command(context_settings={"ignore_unknown_options": True})
@click.argument("code")
@click.argument("indicator", type=Whole())
@click.argument("value", type=Measured())
@click.option("--evidence", metavar="TEXT", help="The evidence for the value.")
@click.option(
    "--as-of", metavar="DATE", help="The date of the value. Default: today, or the day on which the plan opens."
)
@format_option("text", "json")
@click.pass_obj
def observe(
    context: Context, code: str, indicator: int, value: str, evidence: str | None, as_of: str | None, output: str
) -> None:
    """Record a value of an item's indicator. INDICATOR is the indicator's number.

    A second value for the same date replaces the first one, which stays in the history.
    """
    from planner.base.numbers import has_percent_sign, read_number, without_percent_sign
    from planner.writes.reports.observations import observe as record
    from planner.writes.reports.observations import unit_of_indicator

    with context.writing() as writing:
        # Only a sign needs the unit.
        unit = unit_of_indicator(writing, code, indicator) if has_percent_sign(value) else ""
        number = read_number(without_percent_sign(value, unit), "VALUE")
        observed = record(writing, code, indicator, number, evidence=evidence, as_of=context.day(writing, as_of))
    if output == "json":
        as_json("observation", observed, writing.plan)
    else:
        print_line(
            tr(
                "Recorded: {code} indicator {number}, {name}, is {value} as of {day}.",
                code=observed.code,
                number=observed.indicator,
                name=with_unit(observed.name, observed.unit),
                value=plain_number(observed.value),
                day=observed.as_of,
            )
        )
