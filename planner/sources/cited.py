"""Reading everything that the register cites from each document: clauses, measures, themes and all other citations."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, String, cast, func, select
from sqlalchemy.orm import Session

from planner.domain.vocabulary import Numbering, ProposalState
from planner.store.models import (
    Citation,
    Clause,
    ClauseExpression,
    Document,
    Expression,
    MandateProposal,
    Measure,
    ProposalClause,
    Theme,
)


@dataclass(frozen=True)
class CitedPassage:
    """A citation. `number` is the number of the clause or theme that it cites, such as 20.2, or None."""

    id: int
    start: int
    end: int
    quoted: str
    normal: str
    number: str | None

    @property
    def length(self) -> int:
        """The length of the citation in code points, including white space."""
        return self.end - self.start


@dataclass(frozen=True)
class Named:
    """A clause, theme or measure, with its key or code and the id of its citation."""

    name: str
    citation_id: int


@dataclass(frozen=True)
class CitedDocument:
    """A document with everything that the register cites from the document.

    `citations` are in the order of the text. `drafted` has the proposed clauses that are not yet in the register.
    """

    id: int
    key: str
    sha256: str
    language: str
    title: str
    publisher: str
    address: str | None
    numbering: Numbering
    citations: tuple[CitedPassage, ...]
    clauses: tuple[Named, ...]
    themes: tuple[Named, ...]
    measures: tuple[Named, ...]
    drafted: tuple[Named, ...] = ()

    @property
    def numbered(self) -> tuple[Named, ...]:
        """The numbered passages: the clauses, the proposed clauses, or the themes of a document without clauses.

        For a theme, only the title is cited.
        """
        return self.clauses or self.drafted or self.themes

    @property
    def cited_whole(self) -> bool:
        """Whether the whole text of a numbered passage is cited, and not only its title."""
        return bool(self.clauses or self.drafted)

    @property
    def noun(self) -> str:
        """What the numbered passages of this document are called: "clauses" or "themes"."""
        return "themes" if self.themes and not self.cited_whole else "clauses"


# Only the newest proposal per document: a document may have had another proposal that was dropped.
_NEWEST = select(func.max(MandateProposal.id)).group_by(MandateProposal.document_id)

# The document, name and citation of each passage, by the field of CitedDocument that holds the passages.
_PASSAGES: dict[str, Select[Any, Any, Any]] = {
    "clauses": select(Expression.document_id, Clause.key, ClauseExpression.citation_id)
    .join_from(ClauseExpression, Expression, Expression.id == ClauseExpression.expression_id)
    .join(Clause, Clause.id == ClauseExpression.clause_id)
    .order_by(Clause.mandate_id, Clause.position),
    "themes": select(Citation.document_id, "theme-" + cast(Theme.number, String), Theme.citation_id)
    .join_from(Theme, Citation, Citation.id == Theme.citation_id)
    .order_by(Theme.plan_id, Theme.number),
    "measures": select(Citation.document_id, Measure.code, Measure.citation_id)
    .join_from(Measure, Citation, Citation.id == Measure.citation_id)
    .order_by(Measure.plan_id, Measure.position),
    "drafted": select(MandateProposal.document_id, ProposalClause.key, ProposalClause.citation_id)
    .join_from(ProposalClause, MandateProposal, MandateProposal.id == ProposalClause.draft_id)
    .where(MandateProposal.id.in_(_NEWEST), MandateProposal.state != ProposalState.ADOPTED)
    .order_by(ProposalClause.position),
}


def clause_number(name: str) -> str:
    """Return the number in the name of a clause or theme: 20.2 for duty-20.2."""
    return name.rpartition("-")[2]


def read_cited_documents(session: Session) -> tuple[CitedDocument, ...]:
    """Return all documents of the register, in the order in which they were loaded."""
    passages = {name: _named(session, statement) for name, statement in _PASSAGES.items()}
    citations: dict[int, list[Citation]] = defaultdict(list)
    for citation in session.execute(select(Citation).order_by(Citation.start_point, Citation.end_point)).scalars():
        citations[citation.document_id].append(citation)
    documents = session.execute(select(Document).order_by(Document.id)).scalars()
    return tuple(
        _document(row, citations[row.id], {name: tuple(found[row.id]) for name, found in passages.items()})
        for row in documents
    )


def _document(row: Document, citations: list[Citation], passages: dict[str, tuple[Named, ...]]) -> CitedDocument:
    numbered = passages["clauses"] or passages["drafted"] or passages["themes"]
    numbers = {named.citation_id: clause_number(named.name) for named in numbered}
    return CitedDocument(
        id=row.id,
        key=row.key,
        sha256=row.sha256,
        language=row.language,
        title=row.title,
        publisher=row.publisher,
        address=row.address,
        numbering=row.numbering,
        citations=tuple(
            CitedPassage(
                id=citation.id,
                start=citation.start_point,
                end=citation.end_point,
                quoted=citation.quoted_sha256,
                normal=citation.normal_sha256,
                number=numbers.get(citation.id),
            )
            for citation in citations
        ),
        **passages,
    )


def _named(session: Session, rows: Select[Any, Any, Any]) -> dict[int, list[Named]]:
    """Return the names with their citations, by document. Each row has a document, a name and a citation."""
    found: dict[int, list[Named]] = defaultdict(list)
    for document, name, citation in session.execute(rows):
        found[document].append(Named(name, citation))
    return found
