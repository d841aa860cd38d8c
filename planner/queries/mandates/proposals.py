"""Proposed mandate versions: clauses and crosswalk rows that the program made from a text, and decisions on them.

A proposal is kept apart from the register. No other read sees its clauses and rows until it is adopted.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Row, Select, func, select
from sqlalchemy.orm import Session

from planner.base.errors import UnknownNameError, unknown_name
from planner.base.language import later, tr
from planner.domain.codes import canonical_key
from planner.domain.vocabulary import Lineage, ProposalState, ReviewState, SetRelation, SpanMatch
from planner.queries.mandates.citations import CitationView, read_citations
from planner.store.models import (
    AuditEvent,
    Clause,
    ClauseExpression,
    Document,
    Expression,
    Mandate,
    MandateProposal,
    Plan,
    ProposalClause,
    ProposalRow,
)

# The states of a part that a person decided to keep in the adopted version.
KEPT = frozenset({ReviewState.ACCEPTED, ReviewState.CHANGED})


@dataclass(frozen=True)
class ProposalSummary:
    """A proposed mandate version, with counts of its parts. `mandate` is the adopted version's key, or None.

    `supersedes` is the key of the version before. If there is none, `first_of` is the key of the plan whose first
    version this is.

    The machine-made counts include only parts that nobody has decided about yet.
    """

    key: str
    title: str
    state: ProposalState
    supersedes: str | None
    first_of: str | None
    language: str
    document: str
    in_force_from: date | None
    mandate: str | None
    drafted_by: str
    drafted_at: datetime
    clauses: int
    rows: int
    machine_made_clauses: int
    machine_made_rows: int

    @property
    def unreviewed(self) -> bool:
        """Whether the proposal is open and has parts that nobody has decided about."""
        return self.state is ProposalState.OPEN and self.machine_made_clauses + self.machine_made_rows > 0


@dataclass(frozen=True)
class ProposalClauseView:
    """A proposed clause. `citation` has its verbatim text; `restatement` is None until a person writes one."""

    id: int
    key: str
    parent: str | None
    number: str
    restatement: str | None
    state: ReviewState
    citation: CitationView


@dataclass(frozen=True)
class ProposalRowView:
    """A proposed crosswalk row. `number` counts the rows of a proposal in the order in which they were made.

    `likeness` is the similarity of the two texts, from 0 to 1. It is None if the row has only one end, or if a person
    added the row.
    """

    id: int
    number: int
    from_clause: str | None
    to_clause: str | None
    lineage: Lineage
    relation: SetRelation
    rationale: str
    likeness: float | None
    state: ReviewState

    @property
    def ends(self) -> str:
        """Both ends of the row as text."""
        return f"{self.from_clause or 'nothing'} → {self.to_clause or 'nothing'}"


@dataclass(frozen=True)
class EarlierClause:
    """A clause of the version that a proposal is compared with.

    `citation` is None if the clause has no text in the proposal's language.
    """

    id: int
    key: str
    parent: str | None
    restatement: str
    citation: CitationView | None

    @property
    def text(self) -> str | None:
        """The verbatim text from an attached copy that matches the citation, or None if there is no such copy."""
        verified = self.citation is not None and self.citation.match in (SpanMatch.EXACT, SpanMatch.NORMAL)
        return self.citation.text if self.citation and verified else None


@dataclass(frozen=True)
class ProposalView:
    """A proposed mandate version in full. `earlier` has the clauses of the version that it is compared with."""

    id: int
    summary: ProposalSummary
    clauses: tuple[ProposalClauseView, ...]
    rows: tuple[ProposalRowView, ...]
    earlier: tuple[EarlierClause, ...]

    @property
    def key(self) -> str:
        """The key that the version will have once it is adopted."""
        return self.summary.key

    def clause(self, key: str) -> ProposalClauseView:
        """Return the proposed clause with this key. Raises UnknownNameError if it is unknown."""
        found = next((clause for clause in self.clauses if clause.key == canonical_key(key)), None)
        if found is None:
            raise UnknownNameError(
                tr("the proposal {key} has no clause '{clause}'", key=self.key, clause=key),
                where="CLAUSE",
                do=tr("See 'planner mandate show {key}'", key=self.key),
            )
        return found

    def row(self, number: int) -> ProposalRowView:
        """Return the proposed row with this number. Raises UnknownNameError if it is unknown."""
        found = next((row for row in self.rows if row.number == number), None)
        if found is None:
            raise UnknownNameError(
                tr("the proposal {key} has no row {number}", key=self.key, number=number),
                where="row",
                do=tr("See 'planner mandate show {key}'", key=self.key),
            )
        return found


def read_proposals(session: Session) -> tuple[ProposalSummary, ...]:
    """Return all proposed versions, also adopted and dropped ones, the oldest first."""
    return tuple(_summary(session, row) for row in session.execute(_proposals().order_by(MandateProposal.id)))


def read_proposal(session: Session, key: str) -> ProposalView:
    """Return the proposed version with this key. Raises UnknownNameError if it is unknown.

    If several versions have this key, return the one that was not dropped, or else the latest.
    """
    rows = session.execute(
        _proposals().where(MandateProposal.key == canonical_key(key)).order_by(MandateProposal.id)
    ).all()
    if not rows:
        known = dict.fromkeys(session.execute(select(MandateProposal.key)).scalars())
        none = tr("There are no proposals yet; create one with 'planner mandate add'")
        raise unknown_name(
            tr("no proposal is called '{key}'", key=key), later("proposals"), known, where="KEY", none=none
        )
    found = max(rows, key=lambda row: (row[0].state != ProposalState.DROPPED, row[0].id))
    proposal, language = found[0], found[1]
    before = proposal.supersedes_id
    earlier = read_earlier(session, before, language) if before is not None else ()
    clauses = _clauses(session, proposal.id)
    return ProposalView(
        proposal.id, _summary(session, found), clauses, _rows(session, proposal.id, clauses, earlier), earlier
    )


def read_earlier(session: Session, mandate_id: int, language: str) -> tuple[EarlierClause, ...]:
    """Return the clauses of a mandate version in order, with their texts in one language."""
    clauses = session.execute(select(Clause).where(Clause.mandate_id == mandate_id).order_by(Clause.position)).scalars()
    rows = session.execute(
        select(ClauseExpression.clause_id, ClauseExpression.citation_id)
        .join(Expression, Expression.id == ClauseExpression.expression_id)
        .where(Expression.mandate_id == mandate_id, Expression.language == language)
    )
    cited = {clause: citation for clause, citation in rows}  # noqa: C416  (rows are not pairs to the type checker)
    citations = read_citations(session, cited.values())
    found = list(clauses)
    keys = {clause.id: clause.key for clause in found}
    return tuple(
        EarlierClause(
            id=clause.id,
            key=clause.key,
            parent=keys[clause.parent_id] if clause.parent_id else None,
            restatement=clause.restatement,
            citation=citations[cited[clause.id]] if clause.id in cited else None,
        )
        for clause in found
    )


def _proposals() -> Select[MandateProposal, str, str, str, str]:
    """Select the proposals, each with the names that it refers to.

    They are the language and key of its document, and the key of the version before it, or of the plan whose first
    version it is.
    """
    return (
        select(MandateProposal, Document.language, Document.key, Mandate.key, Plan.key)
        .join(Document, Document.id == MandateProposal.document_id)
        .outerjoin(Mandate, Mandate.id == MandateProposal.supersedes_id)
        .outerjoin(Plan, Plan.id == MandateProposal.plan_id)
    )


def _summary(session: Session, found: Row[MandateProposal, str, str, str, str]) -> ProposalSummary:
    proposal, language, document, supersedes, first_of = found
    clauses, rows = (_states(session, model, proposal.id) for model in (ProposalClause, ProposalRow))
    event = session.execute(
        select(AuditEvent)
        .where(AuditEvent.table_name == "mandate_draft", AuditEvent.row_id == proposal.id)
        .order_by(AuditEvent.seq)
        .limit(1)
    ).scalar_one()
    return ProposalSummary(
        key=proposal.key,
        title=proposal.title,
        state=proposal.state,
        supersedes=supersedes,
        first_of=first_of,
        language=language,
        document=document,
        in_force_from=proposal.in_force_from,
        # An adopted version keeps the key under which it was proposed.
        mandate=proposal.key if proposal.mandate_id else None,
        drafted_by=event.actor,
        drafted_at=event.recorded_at,
        clauses=sum(clauses.values()),
        rows=sum(rows.values()),
        machine_made_clauses=clauses.get(ReviewState.MACHINE_MADE, 0),
        machine_made_rows=rows.get(ReviewState.MACHINE_MADE, 0),
    )


def _states(session: Session, model: type[ProposalClause] | type[ProposalRow], draft_id: int) -> dict[str, int]:
    """Count the clauses or rows of a proposal by state."""
    counted = select(model.state, func.count()).where(model.draft_id == draft_id).group_by(model.state)
    return {state: count for state, count in session.execute(counted)}  # noqa: C416  (as above)


def _clauses(session: Session, draft_id: int) -> tuple[ProposalClauseView, ...]:
    found = session.execute(
        select(ProposalClause).where(ProposalClause.draft_id == draft_id).order_by(ProposalClause.position)
    )
    rows = list(found.scalars())
    keys = {row.id: row.key for row in rows}
    citations = read_citations(session, [row.citation_id for row in rows])
    return tuple(
        ProposalClauseView(
            id=row.id,
            key=row.key,
            parent=keys[row.parent_id] if row.parent_id else None,
            number=row.printed_number,
            restatement=row.restatement,
            state=row.state,
            citation=citations[row.citation_id],
        )
        for row in rows
    )


def _rows(
    session: Session, draft_id: int, clauses: Sequence[ProposalClauseView], earlier: Sequence[EarlierClause]
) -> tuple[ProposalRowView, ...]:
    later_keys = {clause.id: clause.key for clause in clauses}
    earlier_keys = {clause.id: clause.key for clause in earlier}
    rows = session.execute(
        select(ProposalRow).where(ProposalRow.draft_id == draft_id).order_by(ProposalRow.id)
    ).scalars()
    return tuple(
        ProposalRowView(
            id=row.id,
            number=number,
            from_clause=earlier_keys[row.from_clause_id] if row.from_clause_id else None,
            to_clause=later_keys[row.to_drafted_id] if row.to_drafted_id else None,
            lineage=row.lineage,
            relation=row.relation,
            rationale=row.rationale,
            likeness=row.likeness,
            state=row.state,
        )
        for number, row in enumerate(rows, 1)
    )
