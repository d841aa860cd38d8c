"""Verifying the attached copies: comparing the stored text of each with its document again. Nothing is written."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from planner.base.language import tr
from planner.sources.cited import CitedDocument
from planner.sources.copies import attachments_of
from planner.sources.placing import CopyComparison, Placed, find_citations
from planner.sources.report import CopyReport, report_on
from planner.sources.text import NormalText
from planner.store.models import AttachedSpan, Attachment

Progress = Callable[[str], None]


@dataclass(frozen=True)
class CheckedCopy:
    """The result of checking an attached copy against its document.

    `contradictions` lists where the recorded places of citations do not match the stored text.
    """

    report: CopyReport
    contradictions: tuple[str, ...]

    @property
    def agrees(self) -> bool:
        """Whether every citation is verified, and the recorded places match."""
        return self.report.agrees and not self.contradictions


@dataclass(frozen=True)
class Verified:
    """The result of a verification: the checked copies, and the keys of the documents without a copy."""

    copies: tuple[CheckedCopy, ...]
    not_attached: tuple[str, ...]

    @property
    def agrees(self) -> bool:
        """Whether every attached copy agrees with the citations of its document."""
        return all(copy.agrees for copy in self.copies)


def verify(session: Session, documents: Sequence[CitedDocument], progress: Progress | None = None) -> Verified:
    """Compare every attached copy of these documents with what the register cites from it.

    `progress` is called with the key of each document before its copies are checked.
    """
    copies: list[CheckedCopy] = []
    not_attached: list[str] = []
    for document in documents:
        if progress:
            progress(document.key)
        attachments = attachments_of(session, document)
        copies += [_checked(session, document, attachment) for attachment in attachments]
        if not attachments:
            not_attached.append(document.key)
    return Verified(tuple(copies), tuple(not_attached))


def _checked(session: Session, document: CitedDocument, attachment: Attachment) -> CheckedCopy:
    identical = attachment.sha256 == document.sha256
    reading = find_citations(NormalText(attachment.text), document, identical=identical)
    spans = session.execute(select(AttachedSpan).where(AttachedSpan.attachment_id == attachment.id)).scalars()
    report = report_on(reading, attachment.file_name, identical=identical)
    return CheckedCopy(report, tuple(_contradictions(reading, {span.citation_id: span for span in spans})))


def _contradictions(reading: CopyComparison, recorded: dict[int, AttachedSpan]) -> list[str]:
    return [
        _contradiction(placed, span)
        for placed in reading.placed
        if (span := recorded.get(placed.citation.id)) is None or not _same(span, placed)
    ]


def _contradiction(placed: Placed, span: AttachedSpan | None) -> str:
    place = f"{placed.citation.start}-{placed.citation.end}"
    if span is None:
        return tr(
            "characters {place}: cited since the copy was attached; attach it again to have that recorded", place=place
        )
    return tr(
        "characters {place}: recorded as {recorded}, but the stored text says {found}",
        place=place,
        recorded=span.match,
        found=placed.match,
    )


def _same(span: AttachedSpan, placed: Placed) -> bool:
    return (span.match, span.start_point, span.end_point) == (placed.match, placed.start, placed.end)
