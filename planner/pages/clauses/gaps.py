"""The gaps of a mandate version on the page: clauses without links, measures without a clause, unmatched clauses."""

from collections.abc import Iterator
from itertools import chain

from planner.base.formats import percent
from planner.base.numbers import counted
from planner.pages.clauses.links import item_table
from planner.pages.clauses.reading import ShownClauses
from planner.pages.frame import as_text
from planner.queries.mandates.clauses import UncoveredMeasure
from planner.queries.mandates.matrix import Matrix, MatrixRow


def gaps(found: ShownClauses, matrix: Matrix) -> Iterator[str]:
    """Yield a table of the clauses without links, the measures without a clause, and withdrawn and new clauses."""
    rows = list(chain(_clauses(matrix), _measures(matrix), _one_sided(found, matrix.mandate)))
    if not rows:
        yield '<p class="caption">None.</p>'
        return
    yield '<div class="wide" tabindex="0"><table class="told gaps"><thead><tr>'
    yield from (f'<th scope="col">{name}</th>' for name in ("Gap", "Which", "What it says, and why"))
    yield "</tr></thead><tbody>"
    yield from rows
    yield "</tbody></table></div>"


def _clauses(matrix: Matrix) -> Iterator[str]:
    for row in matrix.rows:
        if row.is_clause and row.is_gap:
            key = row.name.partition(":")[2]
            yield _row("clause without measure or item", key, f"<p>{as_text(row.wording)}</p>")


def _measures(matrix: Matrix) -> Iterator[str]:
    for row in matrix.rows:
        if isinstance(row.about, UncoveredMeasure):
            yield _row("measure without a clause", row.name, "".join(_measure(row, row.about)))


def _measure(row: MatrixRow, measure: UncoveredMeasure) -> Iterator[str]:
    yield f'<p dir="auto">{as_text(measure.title)}</p>'
    if measure.reason:
        yield f'<p class="note" dir="auto">{as_text(measure.reason)}</p>'
    if row.items:
        yield f'<p class="caption">{counted(len(row.items), "item")}, {percent(row.whole.actual)} done</p>'
    yield from item_table(row.items)


def _one_sided(found: ShownClauses, mandate: str) -> Iterator[str]:
    for clause, row in found.one_sided(mandate):
        note = f'<p class="note" dir="auto">{as_text(row.rationale)}</p>'
        yield _row(f"{row.lineage.value} clause", clause.key, f'<p dir="auto">{as_text(clause.restatement)}</p>{note}')


def _row(kind: str, which: str, explanation: str) -> str:
    return (
        f'<tr class="is-gap"><th scope="row"><span class="gap">! {kind}</span></th>'
        f"<td><bdi>{as_text(which)}</bdi></td><td>{explanation}</td></tr>"
    )
