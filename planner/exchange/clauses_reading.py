"""What the page of the clauses shows, read once: a matrix per mandate version, and its clauses in full."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from sqlalchemy.orm import Session

from planner.queries.clause_views import ClauseTextView, ClauseView, CrosswalkView, read_all_clauses
from planner.queries.matrix import Matrix
from planner.vocabulary import Lineage


@dataclass(frozen=True)
class ShownClauses:
    """Mandate versions, older first, with the clauses in full by mandate:key; `languages` narrows texts (none: all)."""

    matrices: tuple[Matrix, ...]
    clauses: Mapping[str, ClauseView]
    languages: Sequence[str] = ()

    @cached_property
    def references(self) -> frozenset[str]:
        """The clauses that are shown, as mandate:key."""
        return frozenset(clause.reference for clause in self._shown())

    def texts(self, clause: ClauseView) -> list[ClauseTextView]:
        """The texts of a clause in the languages that are to be shown."""
        return [text for text in clause.texts if not self.languages or text.language in self.languages]

    def crosswalk(self) -> list[CrosswalkView]:
        """The rows of the crosswalk of which an end is shown, each once, in the order of the clauses."""
        return list(dict.fromkeys(row for clause in self._shown() for row in clause.crosswalk))

    def one_sided(self, mandate: str) -> Iterator[tuple[ClauseView, CrosswalkView]]:
        """The clauses of a version that were withdrawn, or are new in it, each with the row that says so."""
        for clause in self._shown():
            for row in clause.crosswalk:
                if clause.mandate == mandate and row.lineage in (Lineage.WITHDRAWN, Lineage.NEW):
                    yield clause, row

    def _shown(self) -> Iterator[ClauseView]:
        return (self.clauses[row.name] for matrix in self.matrices for row in matrix.rows if row.is_clause)


def read_shown_clauses(
    session: Session, matrices: Sequence[Matrix], languages: Sequence[str] = (), known_at: datetime | None = None
) -> ShownClauses:
    """The clauses of some versions in full, as known at an instant."""
    clauses = {clause.reference: clause for clause in read_all_clauses(session, known_at)}
    return ShownClauses(tuple(matrices), clauses, languages)
