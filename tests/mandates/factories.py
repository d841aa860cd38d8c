"""A next version of the harbour's duties, invented here, and short ways to draft it from its text."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select

from planner.domain.vocabulary import Lineage, ReviewState, SetRelation
from planner.mandates.proposing import ProposedMandate, Request, propose
from planner.mandates.recording import record_proposal
from planner.mandates.reviewing import restate_clause
from planner.mandates.row_review import accept_row
from planner.mandates.source import SourceText, read_source
from planner.queries.mandates.proposals import ProposalView, read_proposal
from planner.sources.attach import attach
from planner.sources.cited import read_cited_documents
from planner.sources.files import examine, files_of
from planner.store.database import Database
from planner.store.journal import Actor, Journal
from planner.store.models import Clause, MandateProposal, ProposalClause, ProposalRow
from tests.factories import AT, COLLEAGUE, reading_of, write_documents, writing_by

KEY = "next"
LATER = AT + timedelta(days=1)

# After the old duties: the first is kept, the second falls into two, the third is gone, the fourth is new.
NEXT_DUTIES = """\
Harbour Office
Menu  Search

1. Keeps the quays and the harbour lights in good order.
2. Runs the reading rooms of the town.
3. Opens the reading rooms of the town on Sundays together with the archive.
4. Teaches children how to swim:
(1) in summer, off the north pier.
(2) in winter, at the baths.
"""


def source_of(folder: Path, text: str = NEXT_DUTIES, name: str = "next.txt") -> SourceText:
    """A text as a file of a user's, read."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8", newline="")
    return read_source(folder / name)


def attach_old(database: Database, folder: Path) -> None:
    """Attach the text of the version that is in force."""
    with database.writing() as session:
        files = files_of([write_documents(folder / "documents") / "old-duties-en.txt"])
        attach(writing_by(session, COLLEAGUE, AT), examine(files, read_cited_documents(session)).copies)


def proposed(database: Database, folder: Path, text: str = NEXT_DUTIES, **request: Any) -> ProposedMandate:
    """What the program proposes of a text."""
    with database.reading() as session:
        return propose(reading_of(session), source_of(folder, text), Request(**{"key": KEY, **request}))


def drafted(
    database: Database,
    folder: Path,
    text: str = NEXT_DUTIES,
    *,
    at: datetime = LATER,
    actor: Actor = COLLEAGUE,
    **request: Any,
) -> ProposalView:
    """Draft a version from a text."""
    found = proposed(database, folder, text, **request)
    with database.writing() as session:
        return record_proposal(writing_by(session, actor, at), found)


def draft_of(database: Database, key: str = KEY) -> ProposalView:
    """A draft as it stands."""
    with database.reading() as session:
        return read_proposal(session, key)


def decide_all(database: Database, key: str = KEY) -> ProposalView:
    """Restate every clause and accept every row that is machine-made still."""
    while True:
        draft = draft_of(database, key)
        clause = next((one for one in draft.clauses if one.state is ReviewState.MACHINE_MADE), None)
        row = next((one for one in draft.rows if one.state is ReviewState.MACHINE_MADE), None)
        if clause is None and row is None:
            return draft
        with database.writing() as session:
            if clause is not None:
                restate_clause(writing_by(session, COLLEAGUE, LATER), key, clause.key, f"Own words on {clause.key}.")
            elif row is not None:
                accept_row(writing_by(session, COLLEAGUE, LATER), key, row.number)


def put_decided(journal: Journal, draft: MandateProposal) -> None:
    """Within a write: restate all clauses of a draft that has no rows, and say that nothing became of anything."""
    session = journal.session
    clauses = session.execute(select(ProposalClause).where(ProposalClause.draft_id == draft.id)).scalars().all()
    earlier = session.execute(select(Clause.id).where(Clause.mandate_id == draft.supersedes_id)).scalars().all()
    for clause in clauses:
        decided = {"restatement": "Own words.", "state": ReviewState.ACCEPTED.value}
        journal.change(clause, decided, action="review-draft", label=clause.key)
    ends = [*((None, clause.id) for clause in clauses), *((before, None) for before in earlier)]
    for before, after in ends:
        row = ProposalRow(
            draft_id=draft.id,
            from_clause_id=before,
            to_drafted_id=after,
            lineage=(Lineage.WITHDRAWN if after is None else Lineage.NEW).value,
            relation=SetRelation.NO_RELATIONSHIP.value,
            rationale="All is new.",
            likeness=None,
            state=ReviewState.ACCEPTED.value,
        )
        journal.add(row, action="review-draft", label="all is new")


def rows_of(draft: ProposalView | ProposedMandate) -> list[tuple[str | None, str | None, str, str]]:
    """The rows of a draft in short: both ends, lineage and relation."""
    return [(row.from_clause, row.to_clause, row.lineage.value, row.relation.value) for row in draft.rows]
