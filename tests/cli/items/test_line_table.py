"""A table whose rows are put together as lines: what rich prints, without its work where all rows fit."""

from io import StringIO

import pytest
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from planner.cli.items.line_table import LineTable
from planner.cli.visible_console import VisibleConsole

ROWS = (
    (
        "P-002",
        Text("● completed", style="bold green"),
        "+3",
        Text("Open the [old] reading room [/] at the 港口 (مرفأ)"),
    ),
    ("T-1", Text("‼ overdue", style="reverse red"), "", Text("Lamp \u202e fitted")),
)


def printed(table: RenderableType, width: int, colour: bool) -> str:
    out = StringIO()
    VisibleConsole(file=out, width=width, force_terminal=colour, color_system="truecolor" if colour else None).print(
        table
    )
    return out.getvalue()


def by_rich(rows: tuple[tuple[str | Text, ...], ...]) -> Table:
    table = Table(box=None, pad_edge=False, show_header=False)
    for row in rows:
        table.add_row("", *row)
    return table


@pytest.mark.parametrize("colour", [True, False])
@pytest.mark.parametrize("last", ["Lamp fitted", "two\nlines", "a\ttab"])
def test_the_table_is_the_one_of_rich(colour: bool, last: str):
    rows = (*ROWS, ("T-3", Text("–", style="dim"), "+10", Text(last)))
    for width in (30, 70, 71, 72, 73, 74, 75, 76, 77, 78, 79, 120):
        assert printed(LineTable(rows), width, colour) == printed(by_rich(rows), width, colour)


def test_rows_that_fit_are_not_laid_out_by_rich(monkeypatch: pytest.MonkeyPatch):
    def refused(*_: object) -> None:
        raise AssertionError("laid out by rich")

    monkeypatch.setattr(Table, "__rich_console__", refused)
    assert printed(LineTable(ROWS), 120, False).startswith("  P-002  ● completed  +3  Open")
    with pytest.raises(AssertionError, match="by rich"):
        printed(LineTable(ROWS), 30, False)
