"""Attaching copies of documents: storing the text of each copy with the place of every citation in it."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select

from planner.domain.rules.permissions import Permission
from planner.register.writing import Writing
from planner.sources.files import Copy
from planner.sources.placing import Placed
from planner.sources.report import CopyReport, report_on
from planner.store.journal import Journal
from planner.store.models import AttachedSpan, Attachment
from planner.writes.permission import require


@dataclass(frozen=True)
class Attached:
    """The result of attaching a copy. `citations` counts the citations whose place was recorded, which may be 0."""

    report: CopyReport
    new: bool
    citations: int


def attach(writing: Writing, copies: Iterable[Copy]) -> tuple[Attached, ...]:
    """Attach several copies of documents in one transaction.

    A copy whose bytes are attached already is not stored again. Only the places of citations that are not yet recorded
    for it are added.
    """
    with writing.journal() as journal:
        require(writing.session, writing.actor, Permission.ATTACH_DOCUMENTS)
        return tuple(_attach(journal, copy) for copy in copies)


def _attach(journal: Journal, copy: Copy) -> Attached:
    document = copy.reading.document
    attachment = journal.session.execute(
        select(Attachment).where(Attachment.document_id == document.id, Attachment.sha256 == copy.sha256)
    ).scalar_one_or_none()
    new = attachment is None
    if attachment is None:
        attachment = journal.add(
            Attachment(
                document_id=document.id,
                sha256=copy.sha256,
                file_name=copy.file_name,
                text=copy.text,
                actor=journal.actor.name,
                recorded_at=journal.at,
            ),
            action="attach",
            label=document.key,
        )
        journal.session.flush()
    recorded = set(
        journal.session.execute(
            select(AttachedSpan.citation_id).where(AttachedSpan.attachment_id == attachment.id)
        ).scalars()
    )
    unrecorded = [placed for placed in copy.reading.placed if placed.citation.id not in recorded]
    for placed in unrecorded:
        _record(journal, attachment, placed, f"{document.key}:{placed.citation.start}-{placed.citation.end}")
    return Attached(report_on(copy.reading, copy.file_name, identical=copy.identical), new, len(unrecorded))


def _record(journal: Journal, attachment: Attachment, placed: Placed, label: str) -> None:
    span = AttachedSpan(
        attachment_id=attachment.id,
        citation_id=placed.citation.id,
        match=placed.match,
        start_point=placed.start,
        end_point=placed.end,
    )
    journal.add(span, action="attach", label=label)
