"""Making a citation: finding a phrase in a document's text and computing the digests of the cited span."""

import re
from dataclasses import dataclass
from pathlib import Path

from planner.base.errors import BadValueError, SourceError
from planner.base.fingerprints import text_digest
from planner.base.language import tr
from planner.base.texts import normal_form
from planner.sources.files import content_of, document_text
from planner.sources.text import NormalText

# The code points shown on each side of a match, so that people can tell several matches apart.
AROUND = 20


@dataclass(frozen=True)
class NewCitation:
    """A span of a document's NFC text in code points, with the SHA-256 of the span and of its normalised form."""

    document: str
    start: int
    end: int
    quoted: str
    normal: str


def cite(path: Path, phrase: str, document: str, place: int | None = None) -> NewCitation:
    """Return the citation of a phrase in a text file. White space and invisible characters may differ.

    `document` is the key of the document in the data files. If there are several matches, `place` chooses one by its
    number, counted from 1. Raises FileTroubleError or SourceError if the file is not a readable text, SourceError if
    the phrase is not in it, and BadValueError if the choice of a match is missing or wrong.
    """
    text = document_text(content_of(path), path)
    spans = _places(text, phrase)
    if not spans:
        raise SourceError(
            tr("the phrase is not in this text"), where=str(path), do=tr("Copy the phrase exactly from the text")
        )
    if place is None and len(spans) > 1:
        listed = "; ".join(f"{number}: {_around(text, *span)}" for number, span in enumerate(spans, 1))
        raise BadValueError(
            tr("the phrase occurs {number} times: {listed}", number=len(spans), listed=listed),
            where="place",
            do=tr("Give the number of one of these places"),
        )
    if not 1 <= (place or 1) <= len(spans):
        raise BadValueError(
            tr("the phrase occurs {number} times", number=len(spans)),
            where="place",
            do=tr("Give a number from 1 to {number}", number=len(spans)),
        )
    start, end = spans[(place or 1) - 1]
    quoted = text[start:end]
    # docs/decisions/0080: the second digest finds the words in a re-saved copy.
    return NewCitation(document, start, end, text_digest(quoted), text_digest(normal_form(quoted)))


def _places(text: str, phrase: str) -> list[tuple[int, int]]:
    """Return the spans of all matches of a phrase."""
    wanted = normal_form(phrase)
    if not wanted:
        raise BadValueError(tr("the phrase has no letters"), where="phrase", do=tr("Give a few words of the text"))
    normal = NormalText(text)
    return [normal.span(one.start(), one.end()) for one in re.finditer(re.escape(wanted), normal.form)]


def _around(text: str, start: int, end: int) -> str:
    before, after = text[max(start - AROUND, 0) : start], text[end : end + AROUND]
    return f"…{before}{text[start:end]}{after}…".replace("\n", " ")
