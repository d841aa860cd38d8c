"""planner matrix: clauses down; themes, organisations, measures or rules of lead across."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

from planner.base.formats import percent
from planner.cli.context import Context
from planner.cli.links.lines import WANTING, wanting_signs
from planner.cli.mandates.clauses import line_name, links_by_state, mandate_option, rounded
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
from planner.cli.values import Word
from planner.domain.symbols import marked
from planner.domain.vocabulary import NO_MANDATE_MESSAGE, Grouping

if TYPE_CHECKING:
    from rich.table import Table

    from planner.domain.rules.rollup import RollUp
    from planner.queries.items.grouping import Group
    from planner.queries.mandates.matrix import Matrix, MatrixRow
    from planner.queries.plans import PlanView

_CSV_COLUMNS = ("mandate", "line", "gap", "suspect_links", "unreviewed_links", "items", "percent")

# What the groups are called in JSON.
_SEVERAL = {
    Grouping.THEME: "themes",
    Grouping.ORGANISATION: "organisations",
    Grouping.MEASURE: "measures",
    Grouping.RULE: "rules",
}

# How much room a column takes in text, and what stands left and right of the columns.
_CELL, _ASIDE = 9, 30


@dataclass(frozen=True)
class _Shown:
    """The matrices that were asked for, and the groups that their columns stand for."""

    plan: "PlanView"
    matrices: "Sequence[Matrix]"
    groups: "Sequence[Group]"
    by: Grouping

    def cells(self, row: "MatrixRow") -> "tuple[RollUp, ...]":
        """A line's items by group."""
        from planner.queries.mandates.matrix_groups import cells_of

        return cells_of(row, self.groups, self.by)


@click.command()
@click.option("--by", type=Word(Grouping), default=Grouping.THEME.value, show_default=True, help="A column for each.")
@mandate_option
@search_option
@as_of_option
@known_at_option
@format_option("text", "csv", "json")
@click.pass_obj
def matrix(
    context: Context,
    by: str,
    mandate: str | None,
    search: str,
    as_of: str | None,
    known_at: str | None,
    output: str,
) -> None:
    """Show, per clause and theme, how many items there are and how far they are on average; and the gaps.

    Organisations, measures or rules of lead can take the place of the themes. Where these have no room beside one
    another, each clause lists those that it has items of.
    """
    from planner.queries.mandates.matrix import read_matrices
    from planner.queries.mandates.matrix_groups import groups_of
    from planner.queries.search.matching import matching_matrices

    grouping = Grouping(by)
    with context.reading() as (session, plan):
        point = context.point(plan, as_of, known_at)
        found = matching_matrices(session, plan, point, read_matrices(session, plan, point, mandate), search)
    shown = _Shown(plan, found, groups_of(plan, found, grouping), grouping)
    if output == "json":
        as_json("matrix", [_version(version, shown) for version in found], plan)
    elif output == "csv":
        _print_csv(shown)
    else:
        _print(shown)


def _version(matrix: "Matrix", shown: _Shown) -> dict[str, Any]:
    several = _SEVERAL[shown.by]
    return {
        "mandate": matrix.mandate,
        several: [_named(group, shown.by) for group in shown.groups],
        "rows": [
            {
                "line": row.name,
                "gap": row.is_gap,
                "links": links_by_state(row),
                "whole": _cell(row.whole),
                several: [_cell(cell) for cell in shown.cells(row)],
            }
            for row in matrix.rows
        ],
    }


def _named(group: "Group", by: Grouping) -> dict[str, Any]:
    if by is Grouping.THEME:
        return {"number": int(group.key), "title": group.name.removeprefix(f"{group.key} ")}
    return {"key": group.key, "name": group.name}


def _cell(whole: "RollUp") -> dict[str, Any]:
    return {"items": whole.items, "percent": rounded(whole.actual)}


def _print_csv(shown: _Shown) -> None:
    names = [f"{shown.by.value}_{group.key}" for group in shown.groups]
    columns = [column for name in names for column in (name, f"{name}_percent")]
    rows = (row for version in shown.matrices for row in _csv_rows(version, shown))
    as_csv([*_CSV_COLUMNS, *columns, "simulated"], rows)


def _csv_rows(matrix: "Matrix", shown: _Shown) -> Iterator[Sequence[Any]]:
    simulated = "yes" if shown.plan.simulated else "no"
    for row in matrix.rows:
        cells = [value for cell in (row.whole, *shown.cells(row)) for value in _cell(cell).values()]
        links = (row.links_in(state) for state in WANTING)
        yield (matrix.mandate, row.name, "yes" if row.is_gap else "no", *links, *cells, simulated)


def _print(shown: _Shown) -> None:
    from rich.text import Text

    out = console()
    banner(out, shown.plan)
    if not shown.matrices:
        out.print(NO_MANDATE_MESSAGE)
        return
    side_by_side = len(shown.groups) * _CELL + _ASIDE <= out.width or shown.by is Grouping.THEME
    for matrix in shown.matrices:
        out.print(Text(f"{matrix.mandate}: {matrix.title}", style="bold"))
        out.print(_side_by_side(matrix, shown) if side_by_side else _listed(matrix, shown))
        out.print()
    legend = ", ".join(marked(state.value) for state in WANTING)
    out.print(Text(f"Links to review: {legend}", style="dim"))
    for group in shown.groups:
        name = (
            group.name if group.name.startswith(_head(group, shown.by)) else f"{_head(group, shown.by)}: {group.name}"
        )
        out.print(Text(name, style="dim"))


def _table(*columns: str) -> "Table":
    from rich.table import Table

    table = Table(box=None, pad_edge=False, header_style="bold", show_edge=False)
    table.add_column("items, % done", no_wrap=True)
    for name in columns:
        table.add_column(name, justify="right", no_wrap=True, min_width=_CELL - 1)
    table.add_column("Links", justify="right", no_wrap=True)
    return table


def _side_by_side(matrix: "Matrix", shown: _Shown) -> "Table":
    """A column for each group."""
    from rich.text import Text

    table = _table(*(_head(group, shown.by) for group in shown.groups), "All")
    for row in matrix.rows:
        cells = (_drawn(cell) for cell in (*shown.cells(row), row.whole))
        table.add_row(Text(line_name(row)), *cells, Text(wanting_signs(row.links)))
    return table


def _listed(matrix: "Matrix", shown: _Shown) -> "Table":
    """Beside each clause the groups that it has items of."""
    from rich.text import Text

    table = _table("All")
    table.add_column(f"By {shown.by.value}", ratio=1)
    for row in matrix.rows:
        cells = zip(shown.groups, shown.cells(row), strict=True)
        told = "; ".join(
            f"{_head(group, shown.by)} {cell.items} ({percent(cell.actual)})" for group, cell in cells if cell.items
        )
        table.add_row(Text(line_name(row)), _drawn(row.whole), Text(wanting_signs(row.links)), Text(told))
    return table


def _head(group: "Group", by: Grouping) -> str:
    """What a group is called where there is little room."""
    return group.short_name if by is Grouping.ORGANISATION else group.key


def _drawn(whole: "RollUp") -> str:
    """How many items there are, and how far they are."""
    return f"{whole.items} {percent(whole.actual):>4}" if whole.items else "·"
