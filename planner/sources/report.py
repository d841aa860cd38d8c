"""The report on a copy: how many citations it verifies, and which ones differ or are missing."""

from collections.abc import Iterable
from dataclasses import dataclass

from planner.domain.vocabulary import SpanMatch
from planner.sources.placing import CopyComparison, Placed


@dataclass(frozen=True)
class CitationCounts:
    """The number of citations that a copy verifies, with the names of those that differ or are missing."""

    total: int
    verified: int
    differing: tuple[str, ...]
    missing: tuple[str, ...]

    @property
    def agrees(self) -> bool:
        """Whether all citations are verified."""
        return self.verified == self.total


@dataclass(frozen=True)
class CopyReport:
    """A copy of a document, compared with everything that the register cites from the document.

    `identical` is true if the copy has exactly the bytes that the register cites. `parsed` counts the numbered passages
    found by their numbers, and `noun` is what such passages are called. `disagreements` lists where these numbers do
    not match the citations.
    """

    document: str
    title: str
    language: str
    file_name: str
    identical: bool
    clauses: CitationCounts
    measures: CitationCounts
    others: CitationCounts
    noun: str
    parsed: int
    disagreements: tuple[str, ...]

    @property
    def agrees(self) -> bool:
        """Whether every citation is verified."""
        return all(tally.agrees for tally in (self.clauses, self.measures, self.others))


def report_on(reading: CopyComparison, file_name: str, *, identical: bool) -> CopyReport:
    """Return the report on a copy, given its comparison with the document (`reading`)."""
    document = reading.document
    placed = {one.citation.id: one for one in reading.placed}
    clauses = document.clauses or document.drafted
    named = {one.citation_id for one in (*clauses, *document.measures)}
    themes = {one.citation_id: one.name for one in document.themes}
    others = [one for one in reading.placed if one.citation.id not in named]
    return CopyReport(
        document=document.key,
        title=document.title,
        language=document.language,
        file_name=file_name,
        identical=identical,
        clauses=_tally((one.name, placed[one.citation_id]) for one in clauses),
        measures=_tally((one.name, placed[one.citation_id]) for one in document.measures),
        others=_tally((themes.get(one.citation.id, _place(one)), one) for one in others),
        noun=document.noun,
        parsed=len(reading.parsed),
        disagreements=reading.disagreements,
    )


def _place(placed: Placed) -> str:
    return f"characters {placed.citation.start}-{placed.citation.end}"


def _tally(named: Iterable[tuple[str, Placed]]) -> CitationCounts:
    pairs = list(named)
    return CitationCounts(
        total=len(pairs),
        verified=sum(placed.verified for _, placed in pairs),
        differing=tuple(name for name, placed in pairs if placed.match is SpanMatch.DIFFERS),
        missing=tuple(name for name, placed in pairs if placed.match is SpanMatch.MISSING),
    )
