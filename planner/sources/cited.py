"""What the register cites of each document: the clauses, the measures and all else that a copy is checked against."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from planner.models import (
    Citation,
    Clause,
    ClauseExpression,
    Document,
    DraftedClause,
    Expression,
    MandateDraft,
    Measure,
    Theme,
)
from planner.vocabulary import DraftState, Numbering


@dataclass(frozen=True)
class Cited:
    """A citation. Where a numbered clause or theme stands there, `number` is its number, such as 20.2."""

    id: int
    start: int
    end: int
    quoted: str
    normal: str
    number: str | None

    @property
    def length(self) -> int:
        """Its length in code points, spacing included."""
        return self.end - self.start


@dataclass(frozen=True)
class Named:
    """A clause or a measure by its key or code, and the citation it stands on."""

    name: str
    citation_id: int


@dataclass(frozen=True)
class CitedDocument:
    """A document and everything the register cites of it; `citations` are in the order of the text.

    `drafted` are the clauses that a mandate version was drafted with and that are none of the register's yet.
    """

    id: int
    key: str
    sha256: str
    language: str
    title: str
    publisher: str
    address: str | None
    numbering: Numbering
    citations: tuple[Cited, ...]
    clauses: tuple[Named, ...]
    themes: tuple[Named, ...]
    measures: tuple[Named, ...]
    drafted: tuple[Named, ...] = ()

    @property
    def numbered(self) -> tuple[Named, ...]:
        """What is numbered in it: its clauses, or drafted ones; else its themes, of which only the titles are cited."""
        return self.clauses or self.drafted or self.themes

    @property
    def cited_whole(self) -> bool:
        """Whether all of what stands under a number is cited."""
        return bool(self.clauses or self.drafted)

    @property
    def noun(self) -> str:
        """What its numbered passages are called."""
        return "themes" if self.themes and not self.cited_whole else "clauses"


def number_of(name: str) -> str:
    """The number in the name of a clause or a theme: 20.2 of duty-20.2."""
    return name.rpartition("-")[2]


def read_cited_documents(session: Session) -> tuple[CitedDocument, ...]:
    """All documents of the register, in the order in which they were loaded."""
    clauses = _named(
        session,
        select(Expression.document_id, Clause.key, ClauseExpression.citation_id)
        .join_from(ClauseExpression, Expression, Expression.id == ClauseExpression.expression_id)
        .join(Clause, Clause.id == ClauseExpression.clause_id)
        .order_by(Clause.mandate_id, Clause.position),
    )
    themes = _named(
        session,
        select(Citation.document_id, Theme.number, Theme.citation_id)
        .join_from(Theme, Citation, Citation.id == Theme.citation_id)
        .order_by(Theme.plan_id, Theme.number),
        prefix="theme-",
    )
    measures = _named(
        session,
        select(Citation.document_id, Measure.code, Measure.citation_id)
        .join_from(Measure, Citation, Citation.id == Measure.citation_id)
        .order_by(Measure.plan_id, Measure.position),
    )
    # Of a text that was drafted again after a draft was dropped, what was found in it last.
    newest = select(func.max(MandateDraft.id)).group_by(MandateDraft.document_id)
    drafted = _named(
        session,
        select(MandateDraft.document_id, DraftedClause.key, DraftedClause.citation_id)
        .join_from(DraftedClause, MandateDraft, MandateDraft.id == DraftedClause.draft_id)
        .where(MandateDraft.id.in_(newest), MandateDraft.state != DraftState.ADOPTED)
        .order_by(DraftedClause.position),
    )
    citations: dict[int, list[Citation]] = defaultdict(list)
    for citation in session.execute(select(Citation).order_by(Citation.start_point, Citation.end_point)).scalars():
        citations[citation.document_id].append(citation)
    documents = session.execute(select(Document).order_by(Document.id)).scalars()
    return tuple(
        _document(row, citations[row.id], clauses[row.id], themes[row.id], measures[row.id], drafted[row.id])
        for row in documents
    )


def _document(
    row: Document,
    citations: list[Citation],
    clauses: list[Named],
    themes: list[Named],
    measures: list[Named],
    drafted: list[Named],
) -> CitedDocument:
    numbers = {named.citation_id: number_of(named.name) for named in clauses or drafted or themes}
    return CitedDocument(
        id=row.id,
        key=row.key,
        sha256=row.sha256,
        language=row.language,
        title=row.title,
        publisher=row.publisher,
        address=row.address,
        numbering=Numbering(row.numbering),
        citations=tuple(
            Cited(
                id=citation.id,
                start=citation.start_point,
                end=citation.end_point,
                quoted=citation.quoted_sha256,
                normal=citation.normal_sha256,
                number=numbers.get(citation.id),
            )
            for citation in citations
        ),
        clauses=tuple(clauses),
        themes=tuple(themes),
        measures=tuple(measures),
        drafted=tuple(drafted),
    )


def _named(session: Session, rows: Select[Any, Any, Any], *, prefix: str = "") -> dict[int, list[Named]]:
    """What the rows (document, name, citation) name, by document."""
    found: dict[int, list[Named]] = defaultdict(list)
    for document, name, citation in session.execute(rows):
        found[document].append(Named(f"{prefix}{name}", citation))
    return found
