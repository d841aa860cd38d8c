"""The matrix of themes and clauses on the page: the number of items in each cell, and their progress."""

from collections.abc import Iterator, Mapping

from planner.base.formats import percent
from planner.domain.rules.rollup import RollUp
from planner.pages.frame import as_text
from planner.queries.mandates.matrix import Matrix, MatrixRow


def matrix_table(matrix: Matrix, clause_links: Mapping[str, str]) -> Iterator[str]:
    """Yield the matrix of a mandate version. Measures without a clause have rows of their own.

    `clause_links` maps the names of clauses to the HTML links to them.
    """
    yield '<div class="wide" tabindex="0"><table class="matrix"><thead><tr>'
    yield '<th scope="col">Clause</th>'
    for theme in matrix.themes:
        yield f'<th scope="col" class="number"><abbr title="{as_text(theme.title)}">{theme.number}</abbr></th>'
    yield '<th scope="col" class="number">All</th>'
    yield "</tr></thead><tbody>"
    for row in matrix.rows:
        yield from _line(row, clause_links)
    yield "</tbody></table></div>"
    yield '<ol class="themes">'
    for theme in matrix.themes:
        yield f'<li value="{theme.number}"><bdi>{as_text(theme.title)}</bdi></li>'
    yield "</ol>"


def _line(row: MatrixRow, clause_links: Mapping[str, str]) -> Iterator[str]:
    mark = '<span class="gap">!</span> ' if row.is_gap else ""
    name = clause_links.get(row.name) or f"<bdi>{as_text(row.name)}</bdi>"
    without = "" if row.is_clause else ' <span class="gap">no clause</span>'
    gap = ' class="is-gap"' if row.is_gap else ""
    yield f'<tr{gap}><th scope="row" class="depth-{min(row.depth, 3)}">{mark}{name}{without}</th>'
    yield from map(_cell, (*row.themes, row.whole))
    yield "</tr>"


def _cell(whole: RollUp) -> str:
    if not whole.items:
        return '<td class="number nothing">·</td>'
    return f'<td class="number">{whole.items:,} <span class="done">{percent(whole.actual)}</span></td>'
