"""What was asked of planner clauses: which clauses are read, what their texts are, and the page of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from planner.cli.context import Context
from planner.cli.mandates.clause_lines import text_lines
from planner.cli.output import as_bytes, print_line
from planner.cli.output_file import STANDARD_OUTPUT

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from planner.exchange.pages.shown_clauses import ShownClauses
    from planner.queries.mandates.matrix import Matrix
    from planner.queries.plans import PlanView
    from planner.queries.point import Point


@dataclass(frozen=True)
class Asked:
    """Which clauses (none named: all), of which version, in which languages, with which words, as of and known when."""

    names: tuple[str, ...]
    mandate: str | None
    languages: tuple[str, ...]
    search: str
    as_of: str | None
    known_at: str | None


def read_asked(context: Context, asked: Asked) -> "tuple[PlanView, ShownClauses]":
    """The plan, and the clauses that were asked for."""
    with context.reading() as (session, plan):
        point = context.point(plan, asked.as_of, asked.known_at)
        return plan, _shown(session, plan, point, asked)


def write_page(context: Context, asked: Asked, file: str, *, replace: bool) -> None:
    """Write the page of the clauses that were asked for, and say where it went."""
    from planner.base.output_files import write_file
    from planner.domain.rules.weeks import Week
    from planner.exchange.pages.clauses import clauses_page
    from planner.queries.plans import read_plan, require_known
    from planner.weekly.file import place
    from planner.weekly.reading import Instance

    with context.settled_reading() as (session, plan, now):
        point = context.point(plan, asked.as_of, asked.known_at)
        require_known(session, point.known_at)
        then = read_plan(session, plan.key, point.known_at)
        shown = _shown(session, then, point, asked)
    instance = Instance(then, Week.of(point.as_of), point.as_of, point.known_at or now)
    page = clauses_page(instance, shown)
    if file == STANDARD_OUTPUT:
        as_bytes(page)
        return
    path = place(file, instance, "html", "clauses")
    write_file(path, page, replace=replace)
    print_line(f"Wrote {len(shown.references):,} clauses to {path}.", err=True)


def clause_text_lines(shown: "ShownClauses", matrix: "Matrix") -> Iterator[str]:
    """The texts of a version's clauses, clause after clause."""
    for row in matrix.rows:
        if row.is_clause:
            clause = shown.clauses[row.name]
            yield f"{clause.reference}: {clause.restatement}"
            yield from text_lines(clause, shown.languages)
            yield ""


def _shown(session: "Session", plan: "PlanView", point: "Point", asked: Asked) -> "ShownClauses":
    from planner.exchange.pages.shown_clauses import read_shown_clauses
    from planner.queries.mandates.clause_names import only_clauses
    from planner.queries.mandates.matrix import read_matrices
    from planner.queries.mandates.trace import check_language
    from planner.queries.search.matching import matching_matrices

    for language in asked.languages:
        check_language(session, language)
    found = read_matrices(session, plan, point, asked.mandate)
    chosen = only_clauses(found, plan, asked.names, asked.mandate) if asked.names else found
    chosen = matching_matrices(session, plan, point, chosen, asked.search)
    return read_shown_clauses(session, chosen, asked.languages, point.known_at)
