"""planner matrix: themes × clauses."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import click

from planner.cli.clauses import line_name, links_by_state, mandate_option, rounded
from planner.cli.context import Context
from planner.cli.link_lines import WANTING, wanting_signs
from planner.cli.output import (
    as_csv,
    as_json,
    as_of_option,
    banner,
    console,
    format_option,
    known_at_option,
    search_option,
)
from planner.marks import marked

if TYPE_CHECKING:
    from rich.console import Console

    from planner.queries.matrix import Matrix, MatrixRow
    from planner.rules.rollup import RollUp


_CSV_COLUMNS = ("mandate", "line", "gap", "suspect_links", "unreviewed_links", "items", "percent")


@click.command()
@mandate_option
@search_option
@as_of_option
@known_at_option
@format_option("text", "csv", "json")
@click.pass_obj
def matrix(
    context: Context, mandate: str | None, search: str, as_of: str | None, known_at: str | None, output: str
) -> None:
    """Show, per clause and theme, how many items there are and how far they are on average; and the gaps."""
    from planner.queries.matrix import read_matrices
    from planner.queries.searching import narrowed_matrices

    with context.reading() as (session, plan):
        point = context.point(plan, as_of, known_at)
        found = narrowed_matrices(session, plan, point, read_matrices(session, plan, point, mandate), search)
    if output == "json":
        as_json("matrix", [_version(version) for version in found], plan)
    elif output == "csv":
        themes = [name for theme in plan.themes for name in (f"theme_{theme.number}", f"theme_{theme.number}_percent")]
        rows = (row for version in found for row in _csv_rows(version, plan.simulated))
        as_csv([*_CSV_COLUMNS, *themes, "simulated"], rows)
    else:
        out = console()
        banner(out, plan)
        for version in found:
            _print(out, version)


def _version(matrix: "Matrix") -> dict[str, Any]:
    return {
        "mandate": matrix.mandate,
        "themes": [{"number": theme.number, "title": theme.title} for theme in matrix.themes],
        "rows": [
            {
                "line": row.name,
                "gap": row.is_gap,
                "links": links_by_state(row),
                "whole": _cell(row.whole),
                "themes": [_cell(cell) for cell in row.themes],
            }
            for row in matrix.rows
        ],
    }


def _cell(whole: "RollUp") -> dict[str, Any]:
    return {"items": whole.items, "percent": rounded(whole.actual)}


def _csv_rows(matrix: "Matrix", simulated: bool) -> Iterator[Sequence[Any]]:
    for row in matrix.rows:
        cells = [value for cell in (row.whole, *row.themes) for value in _cell(cell).values()]
        links = (row.links_in(state) for state in WANTING)
        yield (matrix.mandate, row.name, "yes" if row.is_gap else "no", *links, *cells, "yes" if simulated else "no")


def _print(out: "Console", matrix: "Matrix") -> None:
    from rich.table import Table
    from rich.text import Text

    out.print(Text(f"{matrix.mandate}: {matrix.title}", style="bold"))
    table = Table(box=None, pad_edge=False, header_style="bold", show_edge=False)
    table.add_column("items, % done", no_wrap=True)
    for name in (*(str(theme.number) for theme in matrix.themes), "All"):
        table.add_column(name, justify="right", no_wrap=True, min_width=8)
    table.add_column("Links", justify="right", no_wrap=True)
    for row in matrix.rows:
        cells = (_drawn(cell) for cell in _cells(row))
        table.add_row(Text(line_name(row)), *cells, Text(wanting_signs(row.links)))
    out.print(table)
    legend = ", ".join(marked(state.value) for state in WANTING)
    out.print(Text(f"Links to review: {legend}", style="dim"))
    for theme in matrix.themes:
        out.print(Text(f"{theme.number} {theme.title}", style="dim"))
    out.print()


def _cells(row: "MatrixRow") -> "tuple[RollUp, ...]":
    return (*row.themes, row.whole)


def _drawn(whole: "RollUp") -> str:
    if not whole.items:
        return "·"
    return f"{whole.items} {'–' if whole.actual is None else f'{whole.actual:.0f} %':>5}"
