"""Read the data of the page of clauses: a matrix for each mandate version, and the clauses in full."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from planner.domain.vocabulary import Lineage
from planner.queries.mandates.clause_views import ClauseTextView, ClauseView, CrosswalkView, read_all_clauses
from planner.queries.mandates.matrix import Matrix
from planner.register.reading import Reading


@dataclass(frozen=True)
class ShownClauses:
    """The data of the page of clauses.

    `matrices` holds a matrix for each mandate version, oldest first. `clauses` maps the name of a clause, such as
    merged:duty-5, to the clause with all details. `languages` limits the texts that are shown. If it is empty, all
    languages are shown.
    """

    matrices: tuple[Matrix, ...]
    clauses: Mapping[str, ClauseView]
    languages: Sequence[str] = ()

    @cached_property
    def references(self) -> frozenset[str]:
        """The clauses on the page, as mandate:key."""
        return frozenset(clause.reference for clause in self._shown())

    def texts(self, clause: ClauseView) -> list[ClauseTextView]:
        """Return the texts of a clause in the languages to show."""
        return [text for text in clause.texts if not self.languages or text.language in self.languages]

    def crosswalk(self) -> list[CrosswalkView]:
        """Return the crosswalk rows with at least one clause on the page, each once, in the order of the clauses."""
        return list(dict.fromkeys(row for clause in self._shown() for row in clause.crosswalk))

    def one_sided(self, mandate: str) -> Iterator[tuple[ClauseView, CrosswalkView]]:
        """Yield the withdrawn and the new clauses of a version, each with its crosswalk row."""
        for clause in self._shown():
            for row in clause.crosswalk:
                if clause.mandate == mandate and row.lineage in (Lineage.WITHDRAWN, Lineage.NEW):
                    yield clause, row

    def _shown(self) -> Iterator[ClauseView]:
        return (self.clauses[row.name] for matrix in self.matrices for row in matrix.rows if row.is_clause)


def read_shown_clauses(reading: Reading, matrices: Sequence[Matrix], languages: Sequence[str] = ()) -> ShownClauses:
    """Read the clauses of these versions with all details, as known at an instant."""
    clauses = {clause.reference: clause for clause in read_all_clauses(reading)}
    return ShownClauses(tuple(matrices), clauses, languages)
