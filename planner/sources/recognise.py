"""Recognising which document of the register a file is a copy of."""

from collections.abc import Sequence

from planner.sources.cited import CitedDocument, CitedPassage
from planner.sources.placing import lengths_of
from planner.sources.text import NormalText

# The share of the sampled citations that a copy must contain. Two documents of one organisation on one subject share
# less than a tenth of their text; a copy that lost half of its pages still has nearly half.
ENOUGH = 0.3

# Up to this length, a text is searched from every character; a longer text only from places where a passage can begin.
LONGEST_LOOKED_THROUGH = 50_000


def recognise(sha256: str, copy: NormalText, documents: Sequence[CitedDocument]) -> CitedDocument | None:
    """Return the document that a file is a copy of, or None if there is no such document.

    A document with the same bytes comes first. Otherwise, the document with the largest share of its citations in the
    text is returned, if that share is at least ENOUGH.
    """
    for document in documents:
        if document.sha256 == sha256:
            return document
    samples = {document.key: _sample(document) for document in documents if document.citations}
    if not samples:
        return None
    held = _found_digests(copy, [citation for sample in samples.values() for citation in sample])
    shares = {key: sum(one.normal in held for one in sample) / len(sample) for key, sample in samples.items()}
    best = max(shares, key=lambda key: shares[key])
    return next(document for document in documents if document.key == best) if shares[best] >= ENOUGH else None


def _sample(document: CitedDocument) -> Sequence[CitedPassage]:
    """Return the shorter half of a document's citations.

    A document can be recognised by this half alone, and short citations are found more quickly than long ones.
    """
    by_length = sorted(document.citations, key=lambda citation: citation.length)
    return by_length[: (len(by_length) + 1) // 2]


def _found_digests(copy: NormalText, citations: Sequence[CitedPassage]) -> set[str]:
    """Return the digests of the citations whose normalised text is found in the copy."""
    wanted = {bytes.fromhex(citation.normal) for citation in citations}
    short = len(copy) <= LONGEST_LOOKED_THROUGH
    starts = range(len(copy)) if short else copy.boundaries(0, len(copy))
    return {digest.hex() for digest, _, _ in copy.windows(starts, len(copy), lengths_of(citations), wanted)}
