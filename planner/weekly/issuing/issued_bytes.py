"""Read the stored bytes of an issued file. They are used only if they have the digest recorded at the issue."""

import hashlib
import zlib
from dataclasses import dataclass

from sqlalchemy.orm import Session

from planner.base.language import tr
from planner.queries.history.redactions import redaction_of_bytes
from planner.queries.weeks.issues import IssuedFileView, read_deflated


@dataclass(frozen=True)
class Stored:
    """The stored bytes of a file.

    If the bytes cannot be used, `content` is None and `trouble` is a sentence that explains why. `redacted` is True if
    a redaction removed the bytes.
    """

    content: bytes | None
    trouble: str | None = None
    redacted: bool = False


def stored_bytes(session: Session, file: IssuedFileView) -> Stored:
    """Return the stored bytes of an issued file, checked against the file's digest."""
    deflated = read_deflated(session, file.digest)
    if deflated is None:
        return Stored(None, tr("The stored bytes are missing."))
    if not deflated and (redaction := redaction_of_bytes(session, file.digest)) is not None:
        trouble = tr("The stored bytes were removed, because text in them was redacted ({who}).", who=redaction.by_whom)
        return Stored(None, trouble, redacted=True)
    try:
        # Limit the output to the recorded size, because a few damaged or forged bytes can inflate to gigabytes.
        content = zlib.decompressobj().decompress(deflated, file.size + 1)
    except zlib.error:
        return Stored(None, tr("The stored bytes are damaged."))
    if hashlib.sha256(content).hexdigest() != file.digest:
        return Stored(None, tr("The stored bytes differ from the issued bytes."))
    return Stored(content)
