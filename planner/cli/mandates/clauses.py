"""planner clauses: the clauses of each mandate version, and what stands on them."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import click

from planner.base.errors import BadValueError
from planner.base.formats import percent
from planner.cli.context import Context
from planner.cli.links.lines import WANTING, wanting
from planner.cli.mandates.clause_choice import Asked, clause_text_lines, read_asked, write_page
from planner.cli.output import (
    as_csv,
    as_json,
    as_of_option,
    banner,
    console,
    known_at_option,
    search_option,
)
from planner.cli.output_file import STANDARD_OUTPUT, file_format_option, format_meant, replace_option
from planner.domain.vocabulary import NO_MANDATE_MESSAGE, LinkState, State

if TYPE_CHECKING:
    from rich.console import Console

    from planner.exchange.pages.shown_clauses import ShownClauses
    from planner.queries.mandates.matrix import Matrix, MatrixRow
    from planner.queries.plans import PlanView

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

mandate_option = click.option(
    "--mandate", metavar="VERSION", help="Only this version of the mandate, such as pre-merger or merged."
)


@click.command()
@click.argument("names", nargs=-1, metavar="[CLAUSE]...")
@mandate_option
@click.option("--texts", is_flag=True, help="Show the texts of the clauses too, in their languages.")
@click.option(
    "--lang",
    "language",
    multiple=True,
    metavar="LANG",
    help="Texts in this language only; may be given several times.",
)
@search_option
@as_of_option
@known_at_option
@click.option(
    "-o",
    "--output",
    "file",
    metavar="FILE",
    default=STANDARD_OUTPUT,
    help="Where the page goes. Default, and -: standard output.",
)
@replace_option
@file_format_option("text", "csv", "json", "html")
@click.pass_obj
def clauses(
    context: Context,
    names: tuple[str, ...],
    mandate: str | None,
    texts: bool,
    language: tuple[str, ...],
    search: str,
    as_of: str | None,
    known_at: str | None,
    file: str,
    replace: bool,
    output: str | None,
) -> None:
    """List the clauses of each mandate version with the items behind them, and the measures that no clause covers.

    CLAUSE narrows to some, each with its parts: duty-5 of the version in force when the plan was made, merged:duty-5.
    The page (--format html) has all texts, the crosswalk, links, items, gaps, and themes × clauses.
    """
    if file != STANDARD_OUTPUT and output not in (None, "html"):
        raise BadValueError("only the page is written to a file", where="-o", do="Ask for --format html")
    output = "text" if file == STANDARD_OUTPUT and output is None else format_meant(file, output, "html", ["html"])
    texts = texts or bool(language)
    if texts and output == "csv":
        raise BadValueError("CSV has no texts", where="--texts", do="Ask for --format text, json or html")
    asked = Asked(names, mandate, language, search, as_of, known_at)
    if output == "html":
        write_page(context, asked, file, replace=replace)
        return
    plan, shown = read_asked(context, asked)
    if output == "json":
        as_json("clauses", [_version(shown, matrix, texts) for matrix in shown.matrices], plan)
    elif output == "csv":
        states = [state.value for state in State]
        rows = (row for matrix in shown.matrices for row in _csv_rows(matrix, plan.simulated))
        as_csv([*_CSV_COLUMNS, *states, "simulated"], rows)
    else:
        _print_all(plan, shown, texts)


def _print_all(plan: "PlanView", shown: "ShownClauses", texts: bool) -> None:
    out = console()
    banner(out, plan)
    if not shown.matrices:
        out.print(NO_MANDATE_MESSAGE)
    for matrix in shown.matrices:
        _print(out, matrix)
        for line in clause_text_lines(shown, matrix) if texts else ():
            out.print_line(line)


def _version(shown: "ShownClauses", matrix: "Matrix", texts: bool) -> dict[str, Any]:
    """A mandate version as JSON holds it."""
    return {
        "mandate": matrix.mandate,
        "title": matrix.title,
        "in_force": matrix.in_force,
        "clauses": [_clause(row, shown if texts else None) for row in matrix.rows if row.is_clause],
        "without_clause": [_measure(row) for row in matrix.rows if not row.is_clause],
    }


def _clause(row: "MatrixRow", texts: "ShownClauses | None") -> dict[str, Any]:
    about: Any = row.about
    told = {"texts": texts.texts(texts.clauses[row.name])} if texts else {}
    said = {"clause": row.name, "parent": about.parent, "restatement": about.restatement, "gap": row.is_gap}
    return {**said, "measures": row.measures, "links": links_by_state(row), **standing(row), **told}


def _measure(row: "MatrixRow") -> dict[str, Any]:
    about: Any = row.about
    return {"measure": row.name, "title": about.title, "theme": about.theme, "reason": about.reason, **standing(row)}


def standing(row: "MatrixRow") -> dict[str, Any]:
    """How the items behind a line stand: their codes, mean percents, and how many are in which state."""
    return {
        "items": [item.code for item in row.items],
        "percent": rounded(row.whole.actual),
        "expected_percent": rounded(row.whole.expected),
        "states": {state: row.whole.states[state] for state in State},
    }


def links_by_state(row: "MatrixRow") -> dict[LinkState, int]:
    """How many of the links to a clause are in which state; none is rejected, for then it is no link."""
    return {state: row.links_in(state) for state in LinkState if state is not LinkState.REJECTED}


def rounded(value: float | None) -> float | None:
    """A mean percent as files hold it."""
    return None if value is None else round(value, 1)


def _csv_rows(matrix: "Matrix", simulated: bool) -> Iterator[Sequence[Any]]:
    for row in matrix.rows:
        about: Any = row.about
        clause = (row.name, about.parent, row.wording) if row.is_clause else (None, None, row.wording)
        means = (rounded(row.whole.actual), rounded(row.whole.expected))
        states = (row.whole.states[state] for state in State)
        measures = (" ".join(row.measures), *(row.links_in(state) for state in WANTING))
        gap = "yes" if row.is_gap else "no"
        simulation = "yes" if simulated else "no"
        yield (matrix.mandate, gap, *clause, *measures, len(row.items), *means, *states, simulation)


def _print(out: "Console", matrix: "Matrix") -> None:
    from rich.table import Table
    from rich.text import Text

    force = ", in force when the plan was made" if matrix.in_force else ""
    out.print(Text(f"{matrix.mandate}{force}: {matrix.title}", style="bold"))
    table = Table(box=None, pad_edge=False, header_style="bold", show_edge=False)
    table.add_column("Clause", no_wrap=True)
    for name in ("Measures", "Items", "Done", "Expected"):
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("Links to review", max_width=16)
    table.add_column("What it says", ratio=1, min_width=24)
    for row in matrix.rows:
        means = (percent(row.whole.actual), percent(row.whole.expected))
        table.add_row(
            Text(line_name(row)),
            str(len(row.measures)),
            str(len(row.items)),
            *means,
            Text(wanting(row.links)),
            Text(line_about(row)),
        )
    out.print(table)
    gaps = sum(row.is_gap for row in matrix.rows)
    out.print(Text(f"{gaps} gaps (!): clauses on which nothing stands, measures that no clause covers", style="dim"))
    out.print()


def line_name(row: "MatrixRow") -> str:
    """A clause's key, a part's set in, or a measure's code; a gap is marked."""
    mark = "! " if row.is_gap else ""
    return f"{'  ' * row.depth}{mark}{row.name.partition(':')[2] or row.name}"


def line_about(row: "MatrixRow") -> str:
    """A clause restated, or a measure's title."""
    return row.wording if row.is_clause else f"No clause covers it: {row.wording}"
