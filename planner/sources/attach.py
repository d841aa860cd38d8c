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

    A copy whose bytes are attached already is not stored again. For such a copy, only the places of citations that have
    no recorded place yet are added.
    """
    with writing.journal(of_plan=False) as journal:
        require(writing.session, writing.actor, Permission.ATTACH_DOCUMENTS)
        return tuple(_attach(journal, copy) for copy in copies)


def find_or_add_attachment(
    journal: Journal, document_id: int, key: str, file_name: str, sha256: str, text: str
) -> tuple[Attachment, bool]:
    """Return the attached copy of a document with this content, and whether it was added now."""
    found = journal.session.execute(
        select(Attachment).where(Attachment.document_id == document_id, Attachment.sha256 == sha256)
    ).scalar_one_or_none()
    if found is not None:
        return found, False
    added = Attachment(document_id=document_id, sha256=sha256, file_name=file_name, text=text)
    journal.add(added, action="attach", label=key)
    journal.session.flush()
    return added, True


def _attach(journal: Journal, copy: Copy) -> Attached:
    document = copy.reading.document
    attachment, new = find_or_add_attachment(journal, document.id, document.key, copy.file_name, copy.sha256, copy.text)
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
