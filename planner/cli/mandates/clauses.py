"""planner clauses: the clauses of each mandate version, and the measures and items under them."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import click

from planner.base.errors import BadValueError
from planner.base.formats import percent
from planner.base.language import in_english, later, tr, tr_count, tr_later
from planner.cli.context import Context
from planner.cli.links.lines import counts_to_review
from planner.cli.mandates.clause_choice import ClauseFilters, choose_clauses, clause_text_lines, write_page
from planner.cli.output import (
    as_csv,
    as_json,
    as_of_option,
    banner,
    console,
    known_at_option,
    search_option,
)
from planner.cli.output_file import STANDARD_OUTPUT, file_format_option, file_option, format_meant, replace_option
from planner.domain.no_mandate import no_mandate_yet
from planner.domain.plain_words import plain
from planner.domain.rules.figures import tenths
from planner.domain.vocabulary import LinkState, State
from planner.tables.columns import in_places

if TYPE_CHECKING:
    from rich.console import Console

    from planner.exchange.pages.shown_clauses import ShownClauses
    from planner.queries.mandates.matrix import Matrix, MatrixRow
    from planner.register.plan_view import PlanView

_CSV_COLUMNS = (
    "mandate",
    "gap",
    "clause",
    "parent",
    "says",
    "measures",
    "suspect_links",
    "unreviewed_links",
    "items",
    "percent",
    "expected_percent",
)

_NUMBER_COLUMNS = (later("Measures"), later("Items"), later("Done"), later("Expected"))

# A narrower terminal has room for the items and what is done only, beside the content.
_WIDE = 100

mandate_option = click.option(
    "--mandate", metavar="VERSION", help="Only this version of the mandate, such as pre-merger or merged."
)


@click.command()
@click.argument("names", nargs=-1, metavar="[CLAUSE]...")
@mandate_option
@click.option("--texts", is_flag=True, help="Also show the texts of the clauses in all their languages.")
@click.option(
    "--lang",
    "languages",
    multiple=True,
    metavar="LANG",
    help="Show texts in this language only; can be repeated.",
)
@search_option
@as_of_option
@known_at_option
@file_option("The file for the page. Default, or -: standard output.")
@replace_option
@file_format_option("text", "csv", "json", "html")
@click.pass_obj
def clauses(
    context: Context,
    /,
    texts: bool,
    file: str,
    replace: bool,
    output: str | None,
    **chosen: Any,
) -> None:
    """List the clauses of each mandate version with the items under them, and the measures that no clause covers.

    CLAUSE selects a clause with its parts, such as merged:duty-5, or duty-5 for the version in force when the plan was
    made. The page (--format html) has all texts, the crosswalk, links, items, gaps, and a table of themes and clauses.
    """
    if file != STANDARD_OUTPUT and output not in (None, "html"):
        raise BadValueError(tr("only the HTML page can be written to a file"), where="-o", do=tr("Give --format html"))
    output = "text" if file == STANDARD_OUTPUT and output is None else format_meant(file, output, "html", ["html"])
    filters = ClauseFilters(**chosen)
    texts = texts or bool(filters.languages)
    if texts and output == "csv":
        raise BadValueError(
            tr("a CSV file cannot contain the texts of clauses"),
            where="--texts",
            do=tr("Give --format text, json or html"),
        )
    if output == "html":
        write_page(context, filters, file, replace=replace)
        return
    plan, shown = choose_clauses(context, filters)
    if output == "json":
        with in_english():
            as_json("clauses", [_version(shown, matrix, texts) for matrix in shown.matrices], plan)
    elif output == "csv":
        states = [state.value for state in State]
        rows = (row for matrix in shown.matrices for row in _csv_rows(matrix, plan.simulated))
        as_csv(in_places([*_CSV_COLUMNS, *states, "simulated"]), rows)
    else:
        _print_all(plan, shown, texts)


def _print_all(plan: "PlanView", shown: "ShownClauses", texts: bool) -> None:
    out = console()
    banner(out, plan)
    if not shown.matrices:
        out.print(no_mandate_yet(plan.waiting))
    for matrix in shown.matrices:
        _print(out, matrix)
        for line in clause_text_lines(shown, matrix) if texts else ():
            out.print_line(line)


def _version(shown: "ShownClauses", matrix: "Matrix", texts: bool) -> dict[str, Any]:
    """Return the values of a mandate version for JSON."""
    return {
        "mandate": matrix.mandate,
        "title": matrix.title,
        "in_force": matrix.in_force,
        "clauses": [_clause(row, shown if texts else None) for row in matrix.rows if row.is_clause],
        "without_clause": [_measure(row) for row in matrix.rows if not row.is_clause],
    }


def _clause(row: "MatrixRow", texts: "ShownClauses | None") -> dict[str, Any]:
    about: Any = row.about
    clause_texts = {"texts": texts.texts(texts.clauses[row.name])} if texts else {}
    fields = {"clause": row.name, "parent": about.parent, "restatement": about.restatement, "gap": row.is_gap}
    return {
        **fields,
        "measures": row.measures,
        "links": links_by_state(row),
        **item_totals(row),
        **clause_texts,
    }


def _measure(row: "MatrixRow") -> dict[str, Any]:
    about: Any = row.about
    return {"measure": row.name, "title": about.title, "theme": about.theme, "reason": about.reason, **item_totals(row)}


def item_totals(row: "MatrixRow") -> dict[str, Any]:
    """Return the totals of a row: item codes, mean percent and expected percent, and number of items per state."""
    return {
        "items": [item.code for item in row.items],
        "percent": tenths(row.whole.actual),
        "expected_percent": tenths(row.whole.expected),
        "states": {state: row.whole.states[state] for state in State},
    }


def links_by_state(row: "MatrixRow") -> dict[LinkState, int]:
    """Return the number of links to a clause in each state. Links that do not count are left out."""
    not_counted = (LinkState.REJECTED, LinkState.SUGGESTED)
    return {state: row.links_in(state) for state in LinkState if state not in not_counted}


def counts_for_csv(row: "MatrixRow") -> tuple[int, int]:
    """Return the numbers of suspect links and of links that nobody has reviewed, with those that were suggested."""
    return row.links_in(LinkState.SUSPECT), row.links_in(LinkState.UNREVIEWED) + row.links_in(LinkState.SUGGESTED)


def _csv_rows(matrix: "Matrix", simulated: bool) -> Iterator[Sequence[Any]]:
    for row in matrix.rows:
        about: Any = row.about
        clause = (row.name, about.parent, row.wording) if row.is_clause else (None, None, row.wording)
        means = (tenths(row.whole.actual), tenths(row.whole.expected))
        states = (row.whole.states[state] for state in State)
        measures = (" ".join(row.measures), *counts_for_csv(row))
        gap = "yes" if row.is_gap else "no"
        simulation = "yes" if simulated else "no"
        yield (matrix.mandate, gap, *clause, *measures, len(row.items), *means, *states, simulation)


def _print(out: "Console", matrix: "Matrix") -> None:
    from rich.table import Table
    from rich.text import Text

    out.print(Text(_heading(matrix), style="bold"))
    table = Table(box=None, pad_edge=False, header_style="bold", show_edge=False)
    columns = _NUMBER_COLUMNS if out.width >= _WIDE else _NUMBER_COLUMNS[1:3]
    table.add_column(tr("Clause"), no_wrap=True)
    for name in columns:
        table.add_column(tr_later(name), justify="right", no_wrap=True)
    table.add_column(tr("Links to review"), max_width=16)
    table.add_column(tr("Content"), ratio=1, min_width=24)
    for row in matrix.rows:
        means = (percent(row.whole.actual), percent(row.whole.expected))
        numbers = dict(zip(_NUMBER_COLUMNS, (str(len(row.measures)), str(len(row.items)), *means), strict=True))
        table.add_row(
            Text(line_name(row)),
            *(numbers[name] for name in columns),
            Text(counts_to_review(row.links_to_review)),
            Text(line_about(row)),
        )
    out.print(table)
    gaps = sum(row.is_gap for row in matrix.rows)
    out.print(Text(_gaps(gaps), style="dim"))
    out.print()


def _gaps(count: int) -> str:
    if plain():
        return tr(
            "Gaps, which are clauses that nothing is linked to, and measures that no clause covers: {count}",
            count=count,
        )
    return tr_count(
        "{count} gap (!): a clause that nothing is linked to, or a measure that no clause covers",
        "{count} gaps (!): clauses that nothing is linked to, and measures that no clause covers",
        count,
    )


def _heading(version: "Matrix") -> str:
    """Return the name and title of a mandate version, and whether it was in force when the plan was made."""
    if version.in_force:
        return tr("{mandate}, in force when the plan was made: {title}", mandate=version.mandate, title=version.title)
    return f"{version.mandate}: {version.title}"


def line_name(row: "MatrixRow") -> str:
    """Return the key of a clause, indented for a part of a clause, or the code of a measure.

    A gap is marked with "!", and in plain words with the word.
    """
    name = row.name.partition(":")[2] or row.name
    if plain():
        return tr("{clause} (gap)", clause=name) if row.is_gap else name
    return f"{'  ' * row.depth}{'! ' if row.is_gap else ''}{name}"


def line_about(row: "MatrixRow") -> str:
    """Return the restatement of a clause, or the title of a measure that no clause covers."""
    return row.wording if row.is_clause else tr("No clause covers this measure: {title}", title=row.wording)
