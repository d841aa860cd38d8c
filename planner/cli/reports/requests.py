"""planner requests: what officers ask for, and the answers."""

import click

from planner.base.language import tr_later
from planner.cli.context import Context
from planner.cli.output import as_csv, as_json, as_of_option, format_option, known_at_option, print_line
from planner.cli.reports.request_lines import request_lines
from planner.domain.symbols import SIMULATED


@click.command()
@click.option("--mine", is_flag=True, help="Only requests about items that your organisation leads or supports.")
@as_of_option
@known_at_option
@format_option("text", "csv", "json")
@click.pass_obj
def requests(context: Context, mine: bool, output: str) -> None:
    """List the requests for help and later dates: the open ones, the longest open first, and this week's answers.

    An officer asks for help with 'planner update --help-needed', and a manager answers with 'planner answer'. An
    officer asks for a later date with 'planner extension ask', and a manager grants or refuses it.
    """
    from planner.cli.items.items import own_organisation, required_organisation
    from planner.domain.rules.weeks import Week
    from planner.queries.items.filters import Filters, filtered
    from planner.queries.items.register import read_register
    from planner.queries.weeks.requests import REQUEST_COLUMNS, read_requests
    from planner.tables.columns import values

    with context.reading() as reading:
        plan, items = reading.plan, read_register(reading)
        if mine:
            own = required_organisation(own_organisation(context, reading.session))
            items = list(filtered(items, Filters(mine=own)))
        rows = read_requests(reading, items, Week.of(reading.as_of).previous.sunday)
    if output == "csv":
        as_csv(REQUEST_COLUMNS, rows)
    elif output == "json":
        as_json("requests", {"as_of": reading.as_of, "requests": [values(REQUEST_COLUMNS, row) for row in rows]}, plan)
    else:
        if plan.simulated:
            print_line(tr_later(SIMULATED))
        for line in request_lines(rows):
            print_line(line)
