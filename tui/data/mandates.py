"""The mandate versions: their full clauses, and the items and findings of each clause."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from planner.queries.findings import FindingView
    from planner.queries.items.views import ItemView
    from planner.queries.mandates.clause_views import ClauseView
    from planner.queries.mandates.matrix import Matrix
    from planner.queries.search.search_texts import SearchTexts
    from planner.register.reading import Reading


@dataclass(frozen=True)
class MandatesPage:
    """The data of the mandates screen.

    `matrices` has one matrix for each version, the oldest first. `clauses` and `findings` are given by the clause's
    reference (mandate:key).
    """

    matrices: "tuple[Matrix, ...]"
    clauses: "Mapping[str, ClauseView]"
    findings: "Mapping[str, tuple[FindingView, ...]]"
    texts: "SearchTexts"

    def narrowed(self, matrix: "Matrix", search: str) -> "Matrix":
        """Return a version's matrix with only the lines that contain every word of the search, in any language."""
        from planner.queries.search.matching import matching_matrix

        return matching_matrix(matrix, search, self.texts)


def read_page(reading: "Reading", items: "Sequence[ItemView]") -> MandatesPage:
    """Return every mandate version with all its clauses. `items` are the plan's items, already loaded."""
    from planner.queries.findings import read_clause_findings
    from planner.queries.mandates.clause_views import read_all_clauses
    from planner.queries.mandates.clauses import read_outlines
    from planner.queries.mandates.matrix import matrices
    from planner.queries.search.search_texts import read_search_texts

    clauses = {clause.reference: clause for clause in read_all_clauses(reading)}
    return MandatesPage(
        matrices(reading.plan, read_outlines(reading), items),
        clauses,
        read_clause_findings(reading),
        read_search_texts(reading, items, clauses.values()),
    )
