"""The mandate versions: their clauses in full, the items behind each, what the findings say of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from planner.codes import has_words, search_words
from planner.texts import folded

if TYPE_CHECKING:
    from planner.queries.clause_views import ClauseView
    from planner.queries.findings import FindingView
    from planner.queries.matrix import Matrix, MatrixRow
    from planner.queries.views import ItemView
    from tui.data.door import Door


@dataclass(frozen=True)
class MandatesPage:
    """All that the mandates screen shows: a matrix per version, older first; clauses and findings by mandate:key.

    `texts` is what each clause is found by, folded for searching.
    """

    matrices: "tuple[Matrix, ...]"
    clauses: "Mapping[str, ClauseView]"
    findings: "Mapping[str, tuple[FindingView, ...]]"
    texts: Mapping[str, str]

    def narrowed(self, matrix: "Matrix", search: str) -> "Matrix":
        """A version with the lines that have every word, in whatever language; a measure's are its own words."""
        words = search_words(search)
        return replace(matrix, rows=tuple(row for row in matrix.rows if has_words(self._text(row), words)))

    def _text(self, row: "MatrixRow") -> str:
        return self.texts.get(row.name) or folded(f"{row.name}\n{row.told}\n{row.about.restatement}")


def read_mandates(door: "Door", items: "Sequence[ItemView]") -> MandatesPage:
    """Every version with all its clauses; `items` are those of the plan, read already."""
    from planner.queries.clause_views import read_all_clauses
    from planner.queries.clauses import read_outlines
    from planner.queries.findings import read_clause_findings
    from planner.queries.matrix import matrices
    from planner.queries.places import clause_text

    with door.reading() as (session, plan, point):
        clauses = {clause.reference: clause for clause in read_all_clauses(session)}
        return MandatesPage(
            matrices(plan, read_outlines(session, plan, known_at=point.known_at), items),
            clauses,
            read_clause_findings(session, plan, point),
            {name: clause_text(clause) for name, clause in clauses.items()},
        )
