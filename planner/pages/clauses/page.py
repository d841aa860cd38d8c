"""The clauses as one HTML page: languages side by side, crosswalk, links, gaps, and themes against clauses."""

from collections.abc import Iterator, Sequence
from html import escape
from urllib.parse import quote

from planner.base.numbers import counted
from planner.domain.vocabulary import NO_MANDATE_MESSAGE
from planner.pages.clauses.gaps import gaps
from planner.pages.clauses.links import linked
from planner.pages.clauses.matrix import matrix_table
from planner.pages.clauses.reading import ShownClauses
from planner.pages.clauses.texts import numbers, texts
from planner.pages.frame import as_text, framed
from planner.queries.mandates.clause_views import ClauseView, CrosswalkView
from planner.queries.mandates.matrix import Matrix, MatrixRow
from planner.weekly.reading import Instance

_NOTHING = "nothing in the other version"


def clauses_page(instance: Instance, found: ShownClauses) -> Iterator[bytes]:
    """Yield the page in pieces."""
    return framed(instance, "Mandate and clauses", "clauses.css", _content(instance, found))


def _content(instance: Instance, found: ShownClauses) -> Iterator[str]:
    if not found.matrices:
        yield f'<p class="caption">{NO_MANDATE_MESSAGE}</p>'
        return
    yield from _contents_list(found)
    for number, matrix in enumerate(found.matrices, 1):
        yield from _version(instance, found, matrix, number)
    yield from _crosswalk(found)
    for number, matrix in enumerate(found.matrices, 1):
        yield from _matrix(matrix, number)


def _contents_list(found: ShownClauses) -> Iterator[str]:
    """Yield the table of contents, with links to the parts of the page."""
    yield "<nav><ul>"
    for number, matrix in enumerate(found.matrices, 1):
        name, title = as_text(matrix.mandate), as_text(matrix.title)
        clauses = counted(sum(row.is_clause for row in matrix.rows), "clause")
        missing = counted(sum(row.is_gap for row in matrix.rows), "gap")
        yield (
            f'<li><a href="#version-{number}"><bdi>{name}</bdi></a>: <bdi>{title}</bdi> ({clauses}, '
            f'<a href="#gaps-{number}">{missing}</a>, '
            f'<a href="#matrix-{number}">themes × clauses</a>)</li>'
        )
    yield '<li><a href="#crosswalk">Crosswalk</a>: what became of each clause from one version to the other</li>'
    yield "</ul></nav>"


def _version(instance: Instance, found: ShownClauses, matrix: Matrix, number: int) -> Iterator[str]:
    force = " · in force when the plan was made" if matrix.in_force else ""
    yield f'<section class="version" id="version-{number}">'
    yield f"<h2><bdi>{as_text(matrix.title)}</bdi></h2>"
    yield f'<p class="caption">Version <bdi>{as_text(matrix.mandate)}</bdi>{force}</p>'
    for row in matrix.rows:
        if row.is_clause:
            yield from _clause(instance, found, found.clauses[row.name], row)
    yield f'<h3 class="part" id="gaps-{number}">Gaps of <bdi>{as_text(matrix.mandate)}</bdi></h3>'
    yield from gaps(found, matrix)
    yield "</section>"


def _clause(instance: Instance, found: ShownClauses, clause: ClauseView, row: MatrixRow) -> Iterator[str]:
    gap = '<span class="gap">! nothing is linked to it</span>' if row.is_gap else ""
    printed = numbers(found.texts(clause))
    yield f'<article class="clause depth-{min(row.depth, 3)}{" is-gap" if row.is_gap else ""}" id="{_anchor(clause)}">'
    yield f'<h3><bdi>{as_text(clause.key)}</bdi> <span class="numbers">{printed}</span> {gap}</h3>'
    yield f'<p class="restatement" dir="auto">{as_text(clause.restatement)} <span class="basis">restated</span></p>'
    yield from texts(found, clause)
    if clause.crosswalk:
        yield "<h4>In the other version</h4>"
        yield "<ul>"
        yield from (_row_of(found, clause, crosswalk) for crosswalk in clause.crosswalk)
        yield "</ul>"
    yield from linked(instance.plan, row)
    yield "</article>"


def _row_of(found: ShownClauses, clause: ClauseView, row: CrosswalkView) -> str:
    """Return a row of the crosswalk as seen from one clause, with its rationale."""
    forth = row.from_clause == clause.reference
    other = row.to_clause if forth else row.from_clause
    arrow, end = ("→" if forth else "←"), _clause_link(found, other)
    return (
        f'<li class="crosswalk">{arrow} {end} <span class="words">{row.lineage.value}; {row.relation.value}</span> '
        f'<span class="note" dir="auto">{as_text(row.rationale)}</span></li>'
    )


def _crosswalk(found: ShownClauses) -> Iterator[str]:
    """Yield the whole crosswalk as a table. A row with a clause on only one side is marked as a gap."""
    yield '<section id="crosswalk">'
    yield "<h2>Crosswalk</h2>"
    yield '<p class="caption">What became of each clause from one version to the other; ! where there is nothing.</p>'
    yield '<div class="wide" tabindex="0"><table class="told rows"><thead><tr>'
    yield from (f'<th scope="col">{name}</th>' for name in ("From", "To", "Became", "Relation", "Note"))
    yield "</tr></thead><tbody>"
    for row in found.crosswalk():
        kind = "crosswalk" if row.from_clause and row.to_clause else "crosswalk is-gap"
        links = [_clause_link(found, end) for end in (row.from_clause, row.to_clause)]
        yield (
            f'<tr class="{kind}"><td>{links[0]}</td><td>{links[1]}</td>'
            f"<td>{row.lineage.value}</td><td>{row.relation.value}</td>"
            f'<td class="note" dir="auto">{as_text(row.rationale)}</td></tr>'
        )
    yield "</tbody></table></div>"
    yield "</section>"


def _matrix(matrix: Matrix, number: int) -> Iterator[str]:
    yield f'<section id="matrix-{number}">'
    yield f"<h2>Themes × clauses: <bdi>{as_text(matrix.mandate)}</bdi></h2>"
    yield (
        '<p class="caption">How many items stand behind each clause, and how far they are on average, by theme; '
        "a clause has the items of its parts too. ! marks a gap.</p>"
    )
    yield from matrix_table(matrix, _clause_links(matrix.rows))
    yield "</section>"


def _clause_links(rows: Sequence[MatrixRow]) -> dict[str, str]:
    return {row.name: _link_to(row.name, row.name.partition(":")[2]) for row in rows if row.is_clause}


def _anchor(clause: ClauseView) -> str:
    return escape(clause.reference)


def _clause_link(found: ShownClauses, reference: str | None) -> str:
    """Return a clause's name, as a link if the clause is on the page."""
    if reference is None:
        return f'<span class="gap">! {_NOTHING}</span>'
    return _link_to(reference) if reference in found.references else f"<bdi>{as_text(reference)}</bdi>"


def _link_to(reference: str, name: str | None = None) -> str:
    return f'<a href="#{escape(quote(reference, safe=":"))}"><bdi>{as_text(name or reference)}</bdi></a>'
