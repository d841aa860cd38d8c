"""Which of the register's documents a file is a copy of."""

from collections.abc import Sequence

from planner.sources.cited import Cited, CitedDocument
from planner.sources.placing import lengths_of
from planner.sources.text import NormalText

# The part of what was looked for that a copy must hold. Two documents of one body on one subject share under a tenth;
# a copy that lost half its pages still holds nearly half.
ENOUGH = 0.3

# A text up to this long is looked through from every character; a longer one only from where a passage can begin.
LONGEST_LOOKED_THROUGH = 50_000


def recognise(sha256: str, copy: NormalText, documents: Sequence[CitedDocument]) -> CitedDocument | None:
    """The document whose bytes a file has; else the one of whose citations its text holds most, if that is enough."""
    for document in documents:
        if document.sha256 == sha256:
            return document
    samples = {document.key: _sample(document) for document in documents if document.citations}
    if not samples:
        return None
    held = _held(copy, [citation for sample in samples.values() for citation in sample])
    shares = {key: sum(one.normal in held for one in sample) / len(sample) for key, sample in samples.items()}
    best = max(shares, key=lambda key: shares[key])
    return next(document for document in documents if document.key == best) if shares[best] >= ENOUGH else None


def _sample(document: CitedDocument) -> Sequence[Cited]:
    """The shorter half of a document's citations: enough to tell by, and quick to look for."""
    by_length = sorted(document.citations, key=lambda citation: citation.length)
    return by_length[: (len(by_length) + 1) // 2]


def _held(copy: NormalText, citations: Sequence[Cited]) -> set[str]:
    """Those of the citations' normal digests that are found in the copy."""
    wanted = {bytes.fromhex(citation.normal) for citation in citations}
    short = len(copy) <= LONGEST_LOOKED_THROUGH
    starts = range(len(copy)) if short else copy.boundaries(0, len(copy))
    return {digest.hex() for digest, _, _ in copy.windows(starts, len(copy), lengths_of(citations), wanted)}
