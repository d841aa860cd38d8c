"""planner sheets: exchange status sheets with organisations that report in a spreadsheet."""

from planner.cli.groups import group
from planner.cli.sheets.out import out
from planner.cli.sheets.take_in import in_


@group()
def sheets() -> None:
    """Exchange status sheets with organisations that report in a spreadsheet.

    `out` writes a workbook for each organisation. `in` shows what the workbooks that come back would record, asks, and
    records it.
    """


sheets.add_command(out)
sheets.add_command(in_)
