"""Records a proposed mandate version with its document, copy, citations, clauses and rows, in one transaction."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from planner.domain.rules.permissions import Permission
from planner.domain.vocabulary import ProposalState, ReviewState, SpanMatch
from planner.mandates.first_version import require_no_mandate
from planner.mandates.proposing import ProposedClause, ProposedMandate, documents_in_use, key_of_new_version
from planner.mandates.source import require_unknown
from planner.queries.mandates.proposals import ProposalView, read_proposal
from planner.register.writing import Writing
from planner.sources.attach import find_or_add_attachment
from planner.store.journal import Journal
from planner.store.models import (
    AttachedSpan,
    Citation,
    Document,
    MandateProposal,
    ProposalClause,
    ProposalRow,
)
from planner.writes.permission import require

ACTION = "draft"


def record_proposal(writing: Writing, proposed: ProposedMandate) -> ProposalView:
    """Record a proposed mandate version with every clause and row marked as machine-made.

    Raises NotAllowedError if the key was taken meanwhile, or if the version is the first one of a plan that is closed
    or has a mandate meanwhile. Raises SourceError if the text became a document meanwhile.
    """
    session = writing.session
    with writing.journal(of_plan=proposed.first_of is not None) as journal:
        require(session, writing.actor, Permission.PROPOSE_MANDATES)
        plan_id = None
        if proposed.first_of is not None:
            require_no_mandate(writing, proposed.first_of)
            plan_id = writing.plan.id
        key_of_new_version(session, proposed.key)
        require_unknown(proposed.source, documents_in_use(session))
        add_proposal(journal, proposed, plan_id)
        journal.close()
        return read_proposal(session, proposed.key)


def add_proposal(journal: Journal, proposed: ProposedMandate, first_of: int | None = None) -> MandateProposal:
    """Add a proposed mandate version with everything that belongs to it, within an open write.

    `first_of` is the id of the plan whose first version it is, or None for a version that supersedes another.
    """
    document = _document(journal, proposed)
    citations = _citations(journal, document, proposed.clauses)
    _attach(journal, document, proposed, citations)
    proposal = _proposal(journal, document, proposed, first_of)
    _rows(journal, proposal, proposed, _clauses(journal, proposal, proposed.clauses, citations))
    return proposal


def _document(journal: Journal, proposed: ProposedMandate) -> Document:
    """Return the document of the text. A document left by a dropped version is used again, with the new details."""
    found = journal.session.execute(select(Document).where(Document.sha256 == proposed.source.sha256))
    existing = found.scalar_one_or_none()
    values = {
        "language": proposed.language,
        "title": proposed.title,
        "publisher": proposed.publisher,
        "address": proposed.address,
        "numbering": proposed.numbering,
        "note": f"Given as the file {proposed.source.file_name}, to draft {proposed.key} from.",
    }
    if existing is not None:
        journal.change(existing, values, action=ACTION, label=existing.key)
        return existing
    key = _document_key(journal.session, proposed)
    row = journal.add(Document(key=key, sha256=proposed.source.sha256, **values), action=ACTION, label=key)
    journal.session.flush()
    return row


def _document_key(session: Session, proposed: ProposedMandate) -> str:
    """Return a document key: the version's key and the language, and part of the digest if that key is taken."""
    key = f"{proposed.key}-{proposed.language}".lower()
    taken = session.execute(select(Document.id).where(Document.key == key)).first()
    return f"{key}-{proposed.source.sha256[:8]}" if taken else key


def _citations(journal: Journal, document: Document, clauses: Sequence[ProposedClause]) -> dict[str, Citation]:
    """Return the citation of each clause, by clause key. Existing citations are used again."""
    found = journal.session.execute(select(Citation).where(Citation.document_id == document.id)).scalars()
    existing = {(row.start_point, row.end_point): row for row in found}
    citations = {}
    for clause in clauses:
        row = existing.get((clause.start, clause.end))
        citations[clause.key] = row or journal.add(
            Citation(
                document_id=document.id,
                start_point=clause.start,
                end_point=clause.end,
                quoted_sha256=clause.quoted_sha256,
                normal_sha256=clause.normal_sha256,
            ),
            action=ACTION,
            label=f"{document.key}:{clause.start}-{clause.end}",
        )
    journal.session.flush()
    return citations


def _attach(journal: Journal, document: Document, proposed: ProposedMandate, citations: dict[str, Citation]) -> None:
    """Store the text as an attached copy of the document, with the position of every clause."""
    source = proposed.source
    attachment, _ = find_or_add_attachment(
        journal, document.id, document.key, source.file_name, source.sha256, source.text
    )
    journal.session.flush()
    known = select(AttachedSpan.citation_id).where(AttachedSpan.attachment_id == attachment.id)
    recorded = set(journal.session.execute(known).scalars())
    for citation in citations.values():
        if citation.id not in recorded:
            start, end = citation.start_point, citation.end_point
            journal.add(
                AttachedSpan(
                    attachment_id=attachment.id,
                    citation_id=citation.id,
                    match=SpanMatch.EXACT,
                    start_point=start,
                    end_point=end,
                ),
                action="attach",
                label=f"{document.key}:{start}-{end}",
            )


def _proposal(journal: Journal, document: Document, proposed: ProposedMandate, first_of: int | None) -> MandateProposal:
    row = MandateProposal(
        key=proposed.key,
        title=proposed.title,
        body_id=proposed.body_id,
        supersedes_id=proposed.supersedes_id,
        plan_id=first_of,
        in_force_from=proposed.in_force_from,
        document_id=document.id,
        state=ProposalState.OPEN,
    )
    journal.add(row, action=ACTION, label=proposed.key)
    journal.session.flush()
    return row


def _clauses(
    journal: Journal, proposal: MandateProposal, clauses: Sequence[ProposedClause], citations: dict[str, Citation]
) -> dict[str, ProposalClause]:
    rows: dict[str, ProposalClause] = {}
    for position, clause in enumerate(clauses, 1):
        rows[clause.key] = journal.add(
            ProposalClause(
                draft_id=proposal.id,
                key=clause.key,
                parent_id=rows[clause.parent].id if clause.parent else None,
                position=position,
                printed_number=clause.number,
                citation_id=citations[clause.key].id,
                restatement=clause.restatement,
                state=ReviewState.MACHINE_MADE,
            ),
            action=ACTION,
            label=f"{proposal.key}:{clause.key}",
        )
        # The parts of a clause follow it and refer to its id, which the flush sets.
        journal.session.flush()
    return rows


def _rows(
    journal: Journal, proposal: MandateProposal, proposed: ProposedMandate, clauses: dict[str, ProposalClause]
) -> None:
    earlier = {clause.key: clause.id for clause in proposed.earlier}
    for row in proposed.rows:
        journal.add(
            ProposalRow(
                draft_id=proposal.id,
                from_clause_id=earlier[row.from_clause] if row.from_clause else None,
                to_drafted_id=clauses[row.to_clause].id if row.to_clause else None,
                lineage=row.lineage,
                relation=row.relation,
                rationale=row.rationale,
                likeness=row.likeness,
                state=ReviewState.MACHINE_MADE,
            ),
            action=ACTION,
            label=row_label(proposal.key, row.from_clause, row.to_clause),
        )
        # Flush one by one, so that the ids follow this order: people refer to a row by its position.
        journal.session.flush()


def row_label(proposal: str, from_clause: str | None, to_clause: str | None) -> str:
    """Return the label by which the log names a crosswalk row."""
    return f"{proposal}:{from_clause or '-'}>{to_clause or '-'}"
