"""Reading the clauses that planner clauses selects, and writing the page about them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from planner.base.language import in_english, tr_count
from planner.cli.context import Context
from planner.cli.mandates.clause_lines import text_lines
from planner.cli.output import print_line
from planner.cli.output_file import STANDARD_OUTPUT

if TYPE_CHECKING:
    from planner.exchange.pages.shown_clauses import ShownClauses
    from planner.queries.mandates.matrix import Matrix
    from planner.register.plan_view import PlanView
    from planner.register.reading import Reading


@dataclass(frozen=True)
class ClauseFilters:
    """Which clauses to read. Empty fields do not restrict the selection."""

    names: tuple[str, ...]
    mandate: str | None
    languages: tuple[str, ...]
    search: str


def choose_clauses(context: Context, filters: ClauseFilters) -> "tuple[PlanView, ShownClauses]":
    """Return the plan, and the clauses that the filters select."""
    with context.reading() as reading:
        return reading.plan, _selected_clauses(reading, filters)


def write_page(context: Context, filters: ClauseFilters, file: str, *, replace: bool) -> None:
    """Write the page about the selected clauses, and print the name of the file on standard error."""
    from planner.cli.weekly.files import write_one
    from planner.domain.rules.weeks import Week
    from planner.exchange.pages.clauses import clauses_page
    from planner.weekly.reading import Instance

    with in_english():
        with context.settled_reading() as (then, now):
            shown = _selected_clauses(then, filters)
        instance = Instance(then.plan, Week.of(then.as_of), then.as_of, then.known_at or now)
        where = write_one(instance, clauses_page(instance, shown), file, "html", "clauses", replace=replace)
    number = len(shown.references)
    if file != STANDARD_OUTPUT:
        print_line(
            tr_count(
                "Wrote {number} clause to {file}.",
                "Wrote {number} clauses to {file}.",
                number,
                number=f"{number:,}",
                file=where,
            ),
            err=True,
        )


def clause_text_lines(shown: "ShownClauses", matrix: "Matrix") -> Iterator[str]:
    """Yield the clauses of a mandate version with their texts, one after the other."""
    for row in matrix.rows:
        if row.is_clause:
            clause = shown.clauses[row.name]
            yield f"{clause.reference}: {clause.restatement}"
            yield from text_lines(clause, shown.languages)
            yield ""


def _selected_clauses(reading: "Reading", filters: ClauseFilters) -> "ShownClauses":
    from planner.exchange.pages.shown_clauses import read_shown_clauses
    from planner.queries.mandates.clause_names import only_clauses
    from planner.queries.mandates.matrix import read_matrices
    from planner.queries.mandates.trace import check_language
    from planner.queries.search.matching import matching_matrices

    for language in filters.languages:
        check_language(reading.session, language)
    found = read_matrices(reading, filters.mandate)
    chosen = only_clauses(found, reading.plan, filters.names, filters.mandate) if filters.names else found
    chosen = matching_matrices(reading, chosen, filters.search)
    return read_shown_clauses(reading, chosen, filters.languages)
