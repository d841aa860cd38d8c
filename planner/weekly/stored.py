"""The bytes of an issued file as they were kept, believed only where they have the digest they were issued under."""

import hashlib
import zlib
from dataclasses import dataclass

from sqlalchemy.orm import Session

from planner.queries.issues import IssuedFileView, read_deflated
from planner.queries.redactions import redaction_of_bytes


@dataclass(frozen=True)
class Stored:
    """The bytes of a file, or in `trouble` what is wrong with what was kept; `redacted` where they were to go."""

    content: bytes | None
    trouble: str | None = None
    redacted: bool = False


def stored_bytes(session: Session, file: IssuedFileView) -> Stored:
    """The bytes that were kept of an issued file, if they are still those that were issued."""
    deflated = read_deflated(session, file.digest)
    if deflated is None:
        return Stored(None, "its bytes are no longer kept")
    if not deflated and (redaction := redaction_of_bytes(session, file.digest)) is not None:
        return Stored(None, f"its bytes were removed because they held redacted text ({redaction.by_whom})", True)
    try:
        # Never more than it should be, whatever stands there: a few bytes can inflate to gigabytes.
        content = zlib.decompressobj().decompress(deflated, file.size + 1)
    except zlib.error:
        return Stored(None, "its bytes as they are kept are damaged")
    if hashlib.sha256(content).hexdigest() != file.digest:
        return Stored(None, "its bytes as they are kept are others than were issued")
    return Stored(content)
