"""Ends the work on a proposed mandate version: it is adopted as a version of the register, or dropped."""

from datetime import date
from typing import TypeVar

from planner.base.command_names import command_with
from planner.base.errors import BadValueError, NotAllowedError
from planner.base.fingerprints import clause_fingerprint
from planner.base.language import tr
from planner.base.texts import clean, required
from planner.domain.vocabulary import ProposalState
from planner.mandates.first_version import give_mandate
from planner.mandates.open_proposal import OpenProposal, open_proposal
from planner.queries.mandates.proposal_checks import what_is_left
from planner.queries.mandates.proposals import KEPT, ProposalClauseView, ProposalView
from planner.register.writing import Writing
from planner.store.journal import Journal
from planner.store.models import (
    Base,
    Clause,
    ClauseExpression,
    CrosswalkRow,
    Expression,
    Mandate,
    MandateProposal,
    ProposalClause,
)
from planner.writes.plan_changes.facts import Act

ADOPT, DROP = "adopt-draft", "drop-draft"

_Row = TypeVar("_Row", bound=Base)


def adopt_proposal(
    writing: Writing,
    key: str,
    reason: str,
    *,
    title: str | None = None,
    restatement: str | None = None,
    as_of: date | None = None,
) -> ProposalView:
    """Turn a proposed version into a mandate version with its text, clauses and crosswalk, in one transaction.

    The first version of a plan becomes the plan's mandate, from the day `as_of` on, or from today. Otherwise the plan's
    mandate stays unchanged, and so do all links. Raises NotAllowedError, with a list of what is left to do, if a part
    is still machine-made or a clause of either version has no crosswalk row. Raises it also if the plan of a first
    version is not that of the write, is closed, or has a mandate already. Raises BadValueError for a day that is not
    possible.
    """
    why = required(reason, "reason")
    with open_proposal(writing, key) as proposal:
        left = what_is_left(proposal.view)
        if left:
            raise NotAllowedError(
                tr("some decisions are missing: {decisions}", decisions="; ".join(left)),
                where=key,
                do=tr("Continue with 'planner mandate review {key}'", key=key),
            )
        row = proposal.row(MandateProposal, proposal.view.id)
        version = _version(proposal, row, clean(title, "title"), clean(restatement, "restatement"), why)
        clauses = _clauses(proposal, version, _expression(proposal, row, version))
        _crosswalk(proposal, version, clauses)
        summary = proposal.view.summary
        if summary.first_of is None:
            _require_no_day(writing.plan.key, as_of, summary.supersedes)
        else:
            act = Act(writing, proposal.journal, as_of or writing.day, why)
            give_mandate(act, summary.first_of, version, ADOPT)
        values = {"state": ProposalState.ADOPTED, "mandate_id": version.id, "title": version.title}
        proposal.journal.change(row, values, action=ADOPT, label=proposal.view.key, reason=why)
        return proposal.now()


def _require_no_day(plan: str, day: date | None, supersedes: str | None) -> None:
    """Raise BadValueError if a day is given for a version that does not become the mandate of a plan."""
    if day is not None:
        raise BadValueError(
            tr("this version supersedes {version}, so the mandate of the plan does not change", version=supersedes),
            where="as_of",
            do=tr(
                "Leave out the day. To change the mandate of the plan, use '{command}'",
                command=command_with(f"plan edit {plan}", mandate="KEY"),
            ),
        )


def drop_proposal(writing: Writing, key: str, reason: str) -> ProposalView:
    """Drop a proposed mandate version.

    It can still be read, and its text can be proposed again, even under the same key.
    """
    why = required(reason, "reason")
    with open_proposal(writing, key) as proposal:
        row = proposal.row(MandateProposal, proposal.view.id)
        proposal.journal.change(row, {"state": ProposalState.DROPPED}, action=DROP, label=proposal.view.key, reason=why)
        return proposal.now()


def _version(
    proposal: OpenProposal, row: MandateProposal, title: str | None, restatement: str | None, reason: str
) -> Mandate:
    summary = proposal.view.summary
    after = f" after {summary.supersedes}" if summary.supersedes else ""
    version = Mandate(
        key=row.key,
        title=title or row.title,
        restatement=restatement or f"Drafted from {summary.document}{after}; restated clause by clause.",
        body_id=row.body_id,
        also_body_id=None,
        supersedes_id=row.supersedes_id,
        in_force_from=row.in_force_from,
    )
    return _put(proposal.journal, version, row.key, reason)


def _expression(proposal: OpenProposal, row: MandateProposal, version: Mandate) -> Expression:
    language = proposal.view.summary.language
    expression = Expression(mandate_id=version.id, language=language, document_id=row.document_id)
    return _put(proposal.journal, expression, f"{row.key}:{language}")


def _clauses(proposal: OpenProposal, version: Mandate, expression: Expression) -> dict[str, Clause]:
    """Add a row for each clause that people did not reject, in the order of the text. Return the rows by key."""
    rows: dict[str, Clause] = {}
    kept = [clause for clause in proposal.view.clauses if clause.state in KEPT]
    for position, clause in enumerate(kept, 1):
        row = _clause(version, clause, position, rows[clause.parent].id if clause.parent else None)
        rows[clause.key] = _put(proposal.journal, row, f"{version.key}:{clause.key}")
        expressed = ClauseExpression(
            mandate_id=version.id,
            clause_id=row.id,
            expression_id=expression.id,
            printed_number=clause.number,
            citation_id=proposal.row(ProposalClause, clause.id).citation_id,
        )
        _put(proposal.journal, expressed, f"{version.key}:{clause.key}:{expression.language}")
    return rows


def _clause(version: Mandate, clause: ProposalClauseView, position: int, parent_id: int | None) -> Clause:
    restatement = clause.restatement or ""
    quoted = {clause.citation.language: clause.citation.quoted_sha256}
    return Clause(
        mandate_id=version.id,
        key=clause.key,
        parent_id=parent_id,
        position=position,
        restatement=restatement,
        fingerprint=clause_fingerprint(version.key, clause.key, restatement, quoted),
    )


def _crosswalk(proposal: OpenProposal, version: Mandate, clauses: dict[str, Clause]) -> None:
    earlier = {clause.key: clause.id for clause in proposal.view.earlier}
    before = proposal.view.summary.supersedes
    for row in proposal.view.rows:
        if row.state in KEPT:
            kept = CrosswalkRow(
                from_mandate_id=version.supersedes_id,
                to_mandate_id=version.id,
                from_clause_id=earlier[row.from_clause] if row.from_clause else None,
                to_clause_id=clauses[row.to_clause].id if row.to_clause else None,
                lineage=row.lineage,
                relation=row.relation,
                rationale=row.rationale,
            )
            _put(proposal.journal, kept, f"{before}:{row.from_clause or '-'}>{version.key}:{row.to_clause or '-'}")


def _put(journal: Journal, row: _Row, label: str, reason: str | None = None) -> _Row:
    """Add a row of the register and flush, so that the row has its id."""
    journal.add(row, action=ADOPT, label=label, reason=reason)
    journal.session.flush()
    return row
