"""planner matrix: a table of clauses (rows) and themes, organisations, measures or lead rules (columns)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

from planner.base.formats import percent
from planner.base.language import later, tr, tr_count, tr_later
from planner.cli.context import Context
from planner.cli.links.lines import TO_REVIEW, counts_by_symbol
from planner.cli.mandates.clauses import counts_for_csv, line_name, links_by_state, mandate_option
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
from planner.domain.no_mandate import no_mandate_yet
from planner.domain.plain_words import plain
from planner.domain.rules.figures import tenths
from planner.domain.symbols import marked
from planner.domain.vocabulary import Grouping
from planner.tables.columns import in_places

if TYPE_CHECKING:
    from rich.table import Table

    from planner.domain.rules.rollup import RollUp
    from planner.queries.items.grouping import ItemGroup
    from planner.queries.mandates.matrix import Matrix, MatrixRow
    from planner.register.plan_view import PlanView

_CSV_COLUMNS = ("mandate", "line", "gap", "suspect_links", "unreviewed_links", "items", "percent")

# The JSON keys of the groups.
_JSON_KEYS = {
    Grouping.THEME: "themes",
    Grouping.ORGANISATION: "organisations",
    Grouping.MEASURE: "measures",
    Grouping.RULE: "rules",
}

# The headings of the column that lists groups.
_BY = {
    Grouping.THEME: later("By theme"),
    Grouping.ORGANISATION: later("By organisation"),
    Grouping.MEASURE: later("By measure"),
    Grouping.RULE: later("By rule"),
}

# The width of a group's column in text, and the total width of the other columns.
_CELL, _OTHER_COLUMNS = 9, 30


@dataclass(frozen=True)
class _Shown:
    """The matrices to show, and the groups of items that have a column in them."""

    plan: "PlanView"
    matrices: "Sequence[Matrix]"
    groups: "Sequence[ItemGroup]"
    by: Grouping

    def cells(self, row: "MatrixRow") -> "tuple[RollUp, ...]":
        """Return the roll-ups of a row: one for the items of each group."""
        from planner.queries.mandates.matrix import cells_of

        return cells_of(row, self.groups, self.by)


@click.command()
@click.option(
    "--by", type=Word(Grouping), default=Grouping.THEME.value, show_default=True, help="What each column stands for."
)
@mandate_option
@search_option
@as_of_option
@known_at_option
@format_option("text", "csv", "json")
@click.pass_obj
def matrix(context: Context, by: str, mandate: str | None, search: str, output: str) -> None:
    """Show how many items there are for each clause and theme, their average progress, and the gaps.

    --by makes columns of organisations, measures or lead rules instead of themes. If they do not fit into the width of
    the terminal, each clause lists the ones that have items.
    """
    from planner.queries.mandates.matrix import groups_of, read_matrices
    from planner.queries.search.matching import matching_matrices

    grouping = Grouping(by)
    with context.reading() as reading:
        found = matching_matrices(reading, read_matrices(reading, mandate), search)
    shown = _Shown(reading.plan, found, groups_of(reading.plan, found, grouping), grouping)
    if output == "json":
        as_json("matrix", [_version(version, shown) for version in found], reading.plan)
    elif output == "csv":
        _print_csv(shown)
    else:
        _print(shown)


def _version(matrix: "Matrix", shown: _Shown) -> dict[str, Any]:
    groups_key = _JSON_KEYS[shown.by]
    return {
        "mandate": matrix.mandate,
        groups_key: [_named(group, shown.by) for group in shown.groups],
        "rows": [
            {
                "line": row.name,
                "gap": row.is_gap,
                "links": links_by_state(row),
                "whole": _cell(row.whole),
                groups_key: [_cell(cell) for cell in shown.cells(row)],
            }
            for row in matrix.rows
        ],
    }


def _named(group: "ItemGroup", by: Grouping) -> dict[str, Any]:
    if by is Grouping.THEME:
        return {"number": int(group.key), "title": group.name.removeprefix(f"{group.key} ")}
    return {"key": group.key, "name": group.name}


def _cell(whole: "RollUp") -> dict[str, Any]:
    return {"items": whole.items, "percent": tenths(whole.actual)}


def _print_csv(shown: _Shown) -> None:
    names = [f"{shown.by.value}_{group.key}" for group in shown.groups]
    columns = [column for name in names for column in (name, f"{name}_percent")]
    rows = (row for version in shown.matrices for row in _csv_rows(version, shown))
    as_csv(in_places([*_CSV_COLUMNS, *columns, "simulated"]), rows)


def _csv_rows(matrix: "Matrix", shown: _Shown) -> Iterator[Sequence[Any]]:
    simulated = "yes" if shown.plan.simulated else "no"
    for row in matrix.rows:
        cells = [value for cell in (row.whole, *shown.cells(row)) for value in _cell(cell).values()]
        links = counts_for_csv(row)
        yield (matrix.mandate, row.name, "yes" if row.is_gap else "no", *links, *cells, simulated)


def _print(shown: _Shown) -> None:
    from rich.text import Text

    out = console()
    banner(out, shown.plan)
    if not shown.matrices:
        out.print(no_mandate_yet(shown.plan.waiting))
        return
    side_by_side = len(shown.groups) * _CELL + _OTHER_COLUMNS <= out.width
    for matrix in shown.matrices:
        out.print(Text(f"{matrix.mandate}: {matrix.title}", style="bold"))
        out.print(_side_by_side(matrix, shown) if side_by_side else _listed(matrix, shown))
        out.print()
    legend = ", ".join(marked(state.value) for state in TO_REVIEW)
    out.print(Text(tr("Links to review: {legend}", legend=legend), style="dim"))
    for group in shown.groups:
        name = (
            group.name if group.name.startswith(_head(group, shown.by)) else f"{_head(group, shown.by)}: {group.name}"
        )
        out.print(Text(name, style="dim"))


def _table(*columns: str) -> "Table":
    from rich.table import Table

    table = Table(box=None, pad_edge=False, header_style="bold", show_edge=False)
    table.add_column(tr("Clause") if plain() else tr("Items, % done"), no_wrap=True)
    for name in columns:
        table.add_column(name, justify="right", no_wrap=True, min_width=_CELL - 1)
    table.add_column(tr("Links"), justify="right", no_wrap=True)
    return table


def _side_by_side(matrix: "Matrix", shown: _Shown) -> "Table":
    """Return the table with one column for each group."""
    from rich.text import Text

    table = _table(*(_head(group, shown.by) for group in shown.groups), tr("All"))
    for row in matrix.rows:
        cells = (_cell_text(cell) for cell in (*shown.cells(row), row.whole))
        table.add_row(Text(line_name(row)), *cells, Text(counts_by_symbol(row.links_to_review)))
    return table


def _listed(matrix: "Matrix", shown: _Shown) -> "Table":
    """Return the table with a single column for all groups. It lists the groups that have items in a row."""
    from rich.text import Text

    table = _table(tr("All"))
    table.add_column(tr_later(_BY[shown.by]), ratio=1)
    for row in matrix.rows:
        cells = zip(shown.groups, shown.cells(row), strict=True)
        groups = "; ".join(
            f"{_head(group, shown.by)}: {cell.items} ({percent(cell.actual)})" for group, cell in cells if cell.items
        )
        table.add_row(
            Text(line_name(row)), _cell_text(row.whole), Text(counts_by_symbol(row.links_to_review)), Text(groups)
        )
    return table


def _head(group: "ItemGroup", by: Grouping) -> str:
    """Return the short name of a group, for a narrow column."""
    return group.short_name if by is Grouping.ORGANISATION else group.key


def _cell_text(whole: "RollUp") -> str:
    """Return the number of items and their mean percent, or a dot if there are none: nothing in plain words."""
    if plain():
        done = percent(whole.actual)
        return tr_count("{count} item, {done}", "{count} items, {done}", whole.items, done=done) if whole.items else ""
    return f"{whole.items} {percent(whole.actual):>4}" if whole.items else "·"
