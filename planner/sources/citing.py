"""Making a citation: where a phrase stands in a document's text, and the digests of what stands there."""

import re
from dataclasses import dataclass
from pathlib import Path

from planner.errors import BadValueError, SourceError
from planner.fingerprints import text_digest
from planner.sources.files import content_of
from planner.sources.text import NormalText, text_of
from planner.texts import normal_form

# Code points shown on each side of a place, so that people can tell several apart.
AROUND = 20


@dataclass(frozen=True)
class NewCitation:
    """The span of a document's NFC text in code points, and the SHA-256 of the span and of its normal form."""

    document: str
    start: int
    end: int
    quoted: str
    normal: str


def cite(path: Path, phrase: str, document: str, place: int | None = None) -> NewCitation:
    """Cite a phrase of a text file. White space and invisible characters need not be the same in both.

    `document` is the key under which the data files know the document. `place` is the number of the place that is
    meant, from 1, where the phrase stands in several. Raises FileTroubleError or SourceError for a file that is no
    text, SourceError for a phrase that is not in it, BadValueError where it is not clear which place is meant.
    """
    text = text_of(content_of(path), str(path))
    found = _places(text, phrase)
    if not found:
        raise SourceError(
            "the phrase is not in this text", where=str(path), do="Copy it from the text, letter by letter"
        )
    if place is None and len(found) > 1:
        listed = "; ".join(f"{number}: {_around(text, *span)}" for number, span in enumerate(found, 1))
        raise BadValueError(
            f"the phrase stands in {len(found)} places: {listed}", where="place", do="Name one by number"
        )
    if not 1 <= (place or 1) <= len(found):
        raise BadValueError(f"the phrase stands in {len(found)} places", where="place", do=f"Name 1 to {len(found)}")
    start, end = found[(place or 1) - 1]
    quoted = text[start:end]
    return NewCitation(document, start, end, text_digest(quoted), text_digest(normal_form(quoted)))


def _places(text: str, phrase: str) -> list[tuple[int, int]]:
    """The spans in which a phrase stands."""
    wanted = normal_form(phrase)
    if not wanted:
        raise BadValueError("the phrase is empty", where="phrase", do="Write some words of the text")
    normal = NormalText(text)
    return [normal.span(one.start(), one.end()) for one in re.finditer(re.escape(wanted), normal.form)]


def _around(text: str, start: int, end: int) -> str:
    before, after = text[max(start - AROUND, 0) : start], text[end : end + AROUND]
    return f"…{before}{text[start:end]}{after}…".replace("\n", " ")
