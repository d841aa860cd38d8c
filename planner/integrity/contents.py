"""The bytes of issued files, which have no events of their own: the log commits to them by their digest."""

import hashlib
import zlib
from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from planner.integrity.problems import ProblemKind, Problems
from planner.integrity.redactions import Redactions
from planner.models import IssuedContent, IssuedFile

# So many bytes are inflated at a time: a few stored bytes can be gigabytes.
_PIECE = 1_000_000


def check_contents(session: Session, problems: Problems, redactions: Redactions) -> int:
    """Note issued files whose kept bytes are gone or others, and bytes that are no file's; how many were checked.

    The kept bytes of a file that was redacted are to be gone.
    """
    redacted = redactions.contents
    files = session.execute(
        select(IssuedFile.id, IssuedFile.digest, IssuedContent.id, IssuedContent.deflated)
        .outerjoin(IssuedContent, IssuedContent.digest == IssuedFile.digest)
        .order_by(IssuedFile.id),
        execution_options={"yield_per": 1},
    )
    checked = 0
    for number, digest, content, deflated in files:
        checked += 1
        if content in redacted:
            if deflated:
                what = "a redaction removed its kept bytes, and they are there"
                problems.add(ProblemKind.REDACTION, f"issued_file {number}", what)
        elif not deflated:
            problems.add(ProblemKind.CONTENT, f"issued_file {number}", "its bytes are no longer kept")
        elif not isinstance(deflated, bytes) or _digest(deflated) != digest:
            problems.add(ProblemKind.CONTENT, f"issued_file {number}", "its kept bytes do not have its digest")
    nobodys = select(IssuedContent.id).where(IssuedContent.digest.not_in(select(IssuedFile.digest)))
    for number in session.execute(nobodys.order_by(IssuedContent.id)).scalars():
        problems.add(ProblemKind.ADDED, f"issued_content {number}", "the bytes are those of no issued file")
    return checked


def _digest(deflated: bytes) -> str | None:
    """The SHA-256 of what was deflated; None where it cannot be inflated."""
    digest = hashlib.sha256()
    try:
        for piece in _inflated(deflated):
            digest.update(piece)
    except zlib.error:
        return None
    return digest.hexdigest()


def _inflated(deflated: bytes) -> Iterator[bytes]:
    inflating, rest = zlib.decompressobj(), deflated
    while rest and not inflating.eof:
        yield inflating.decompress(rest, _PIECE)
        rest = inflating.unconsumed_tail
