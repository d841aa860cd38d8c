"""The file that a mandate version is proposed from: its text, and whether the register already has it."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from planner.base.errors import SourceError
from planner.base.language import tr
from planner.sources.cited import CitedDocument
from planner.sources.files import content_of, stored_name
from planner.sources.placing import find_citations
from planner.sources.recognise import recognise
from planner.sources.text import NormalText, text_of


@dataclass(frozen=True)
class SourceText:
    """The text of a file in NFC, and the digest of its bytes."""

    file_name: str
    sha256: str
    text: str


def read_source(path: Path) -> SourceText:
    """Read a plain text or a saved web page. Raises FileTroubleError and SourceError."""
    content = content_of(path)
    return SourceText(stored_name(path), hashlib.sha256(content).hexdigest(), text_of(content, str(path)))


def require_unknown(source: SourceText, documents: Sequence[CitedDocument]) -> None:
    """Raise SourceError if a text is one of the documents, or contains all passages cited from one of them.

    A text that shares only some clauses with a document is another version and is accepted.
    """
    normal = NormalText(source.text)
    document = recognise(source.sha256, normal, documents)
    if document is None:
        return
    if document.sha256 == source.sha256:
        what = tr("this file is already a document of the register: {document}", document=document.key)
    elif document.numbered and find_citations(normal, document, identical=False).agrees:
        what = tr(
            "this file contains the same text as {document}, which is already a document of the register",
            document=document.key,
        )
    else:
        return
    raise SourceError(
        what,
        where=source.file_name,
        do=tr("To attach this file as a copy, run 'planner sources attach {file_name}'", file_name=source.file_name),
    )
