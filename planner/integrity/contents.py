"""Check the stored bytes of issued files against the digests of the files.

The log does not contain the bytes. It contains the digest of each issued file, which shows whether the bytes changed.
"""

import hashlib
import zlib
from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from planner.base.language import tr
from planner.integrity.problems import ProblemKind, Problems
from planner.integrity.redactions import Redactions
from planner.store.models import IssuedContent, IssuedFile

# The number of bytes inflated at a time, because a few stored bytes can inflate to gigabytes.
_PIECE = 1_000_000


def check_contents(session: Session, problems: Problems, redactions: Redactions) -> int:
    """Report issued files whose bytes are missing or changed, and bytes that belong to no file.

    The bytes of a redacted file must have been deleted. Return the number of files checked.
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
                what = tr("a redaction should have removed the stored bytes of this file, but they are still stored")
                problems.add(ProblemKind.REDACTION, f"issued_file {number}", what)
        elif not deflated:
            problems.add(ProblemKind.CONTENT, f"issued_file {number}", tr("the file's bytes are missing"))
        elif not isinstance(deflated, bytes) or _digest(deflated) != digest:
            problems.add(ProblemKind.CONTENT, f"issued_file {number}", tr("the stored bytes do not match the digest"))
    nobodys = select(IssuedContent.id).where(IssuedContent.digest.not_in(select(IssuedFile.digest)))
    for number in session.execute(nobodys.order_by(IssuedContent.id)).scalars():
        problems.add(ProblemKind.ADDED, f"issued_content {number}", tr("these bytes belong to no issued file"))
    return checked


def _digest(deflated: bytes) -> str | None:
    """Return the SHA-256 of the inflated bytes, or None if they cannot be inflated."""
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
