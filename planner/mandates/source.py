"""The file that a mandate version is proposed from: its text, and whether the register already has it."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from planner.base.command_names import command_with
from planner.base.errors import SourceError
from planner.base.language import tr
from planner.sources.cited import CitedDocument
from planner.sources.files import content_of, document_text, stored_name
from planner.sources.placing import find_citations
from planner.sources.recognise import recognise
from planner.sources.text import NormalText


@dataclass(frozen=True)
class SourceText:
    """The text of a file in NFC, and the digest of its bytes."""

    file_name: str
    sha256: str
    text: str


def read_source(path: Path) -> SourceText:
    """Read a plain text, a saved web page or a Word file.

    Raises FileTroubleError, SourceError and ImportFileError, and MissingLibraryError if a library is needed for a Word
    file and is not installed.
    """
    content = content_of(path)
    return SourceText(stored_name(path), hashlib.sha256(content).hexdigest(), document_text(content, path))


def require_unknown(source: SourceText, documents: Sequence[CitedDocument], *, first_of: str | None = None) -> None:
    """Raise SourceError if a text is one of the documents, or contains all passages cited from one of them.

    A text that shares only some clauses with a document is another version and is accepted. `first_of` is the key of
    the plan whose first version it would be. The plan can stand on the version that has the document instead.
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
    raise SourceError(what, where=source.file_name, do=_instead(source, first_of))


def _instead(source: SourceText, first_of: str | None) -> str:
    """Return what to do with a text that is a document already."""
    if first_of is not None:
        return tr(
            "To let the plan stand on a mandate version of the register, use '{command}'",
            command=command_with(f"plan edit {first_of}", mandate="KEY", reason="TEXT"),
        )
    return tr("To attach this file as a copy, run 'planner sources attach {file_name}'", file_name=source.file_name)
