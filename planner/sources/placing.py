"""Finding the citations of a document in a copy, and checking whether the copy has the cited text.

A citation is never moved to another place silently. A clause is searched for under its own number, under other numbers,
and between the neighbouring clauses. A citation inside a clause is searched for only in that clause, and any other
citation only between clauses.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from planner.base.fingerprints import text_digest
from planner.base.language import tr
from planner.base.texts import normal_form
from planner.domain.vocabulary import SpanMatch
from planner.sources import numbering
from planner.sources.cited import CitedDocument, CitedPassage, clause_number
from planner.sources.numbering import NumberedSpan
from planner.sources.text import NormalText

# At least a third of the characters in a citation are visible, that is, not white space.
VISIBLE_PART = 3


@dataclass(frozen=True)
class Placed:
    """The place of a citation in a copy, in code points of the copy's NFC text.

    If the copy has another text instead of the cited one, this is the place of the other text.
    """

    citation: CitedPassage
    match: SpanMatch
    start: int | None
    end: int | None

    @property
    def verified(self) -> bool:
        """Whether the copy has the cited text at this place."""
        return self.match in (SpanMatch.EXACT, SpanMatch.NORMAL)


@dataclass(frozen=True)
class CopyComparison:
    """The result of comparing a copy of a document with what the register cites from it.

    It holds the numbered passages of the copy, the place of every citation, and the differences in numbering.
    """

    document: CitedDocument
    parsed: tuple[NumberedSpan, ...]
    placed: tuple[Placed, ...]
    disagreements: tuple[str, ...]

    @property
    def agrees(self) -> bool:
        """Whether the copy has the text of every citation under the right number."""
        return not self.disagreements and all(placed.verified for placed in self.placed)


@dataclass(frozen=True)
class _Region:
    """A range of a copy, and the range of the document that corresponds to it.

    The first is in indexes of the normalised text of the copy, the second in code points.
    """

    first: int
    last: int
    cited_from: int
    cited_to: int

    def expected(self, citation: CitedPassage) -> float:
        """Return the index at which a citation should begin. It is approximate, because white space may differ."""
        share = (citation.start - self.cited_from) / max(1, self.cited_to - self.cited_from)
        return self.first + share * (self.last - self.first)


def find_citations(copy: NormalText, document: CitedDocument, *, identical: bool) -> CopyComparison:
    """Find every citation of a document in a copy, and return how the copy compares with the document.

    `identical` is true if the copy has exactly the bytes that the register cites.
    """
    placing = _Placing(copy, document)
    placing.place_numbered(identical=identical)
    placing.place_others()
    if identical:
        placing.require_cited_places()
    return CopyComparison(
        document=document,
        parsed=placing.parsed,
        placed=tuple(placing.placed[citation.id] for citation in document.citations),
        disagreements=tuple(placing.disagreements()),
    )


def lengths_of(citations: Iterable[CitedPassage]) -> range:
    """Return the range of lengths that the normalised texts of these citations can have."""
    lengths = [citation.length for citation in citations]
    return range(-(-min(lengths) // VISIBLE_PART), max(lengths) + 1)


class _Placing:
    """A comparison in progress, with the citations that have been found so far."""

    def __init__(self, copy: NormalText, document: CitedDocument) -> None:
        self.copy = copy
        self.document = document
        self.parsed = numbering.parse(copy.text, document.numbering)
        self.by_number = {span.number: span for span in self.parsed}
        self.numbered = [citation for citation in document.citations if citation.number is not None]
        # The whole text of a clause is cited, but only the title of a theme, whose text follows the title.
        self.cited_whole = document.cited_whole
        self.placed: dict[int, Placed] = {}

    def own_span(self, citation: CitedPassage) -> NumberedSpan | None:
        """Return the passage that the copy prints under the number of a citation.

        Return None if there is no such passage.
        """
        return self.by_number.get(citation.number or "")

    # Numbered citations

    def place_numbered(self, *, identical: bool) -> None:
        """Find the clauses, or the titles of the themes, in the copy."""
        for citation in self.numbered:
            self._place_exactly(citation)
        for citation in self._unplaced(self.numbered):
            own = self.own_span(citation)
            self._place_at(citation, [own] if own else [])
        for citation in self._unplaced(self.numbered):
            self._place_at(citation, self.parsed if self.cited_whole else [])
        self._search(self._unplaced(self.numbered), self._gap, self.copy.boundaries)
        if self.cited_whole and not identical:
            self._mark_added_words()
        for citation in self._unplaced(self.numbered):
            self._place_as_differing(citation)

    def _place_at(self, citation: CitedPassage, spans: Iterable[NumberedSpan]) -> None:
        """Look for a clause at the beginning of each given passage. Record the first place where it is found."""
        wanted = {bytes.fromhex(citation.normal)}
        starts = [self.copy.index(span.start) for span in spans]
        for _, first, last in self.copy.windows(starts, len(self.copy), lengths_of([citation]), wanted):
            self._set_place(citation, SpanMatch.NORMAL, *self.copy.span(first, last))
            return

    def _mark_added_words(self) -> None:
        """Mark a clause as different if its lines contain more words than were cited.

        Words after the clause on lines of their own may be a page footer, so they are reported only as a disagreement.
        If the number of the next clause was not found, the end of the clause is unknown and nothing is marked.
        """
        followers = [*self.numbered[1:], None]
        for citation, following in zip(self.numbered, followers, strict=True):
            placed, own = self.placed.get(citation.id), self.own_span(citation)
            if placed is None or own is None or placed.start is None or not own.start <= placed.start < own.end:
                continue
            if self._added_before(placed, own) or (following and self._added_after(placed, own, following)):
                self._set_place(citation, SpanMatch.DIFFERS, own.start, own.end)

    def _added_before(self, placed: Placed, own: NumberedSpan) -> bool:
        """Return whether the copy has words between the number of a clause and its cited text, on the same line."""
        before = normal_form(_last_line(self.copy.text[own.start : placed.start]))
        return bool(before) and not before.endswith(normal_form(own.printed))

    def _added_after(self, placed: Placed, own: NumberedSpan, following: CitedPassage) -> bool:
        """Return whether the copy has words between a cited clause and the next number, on the same line."""
        next_own = self.own_span(following)
        if next_own is None:
            return False
        next_placed = self.placed.get(following.id)
        end = own.end
        if next_placed and next_placed.start and placed.end and placed.end <= next_placed.start < own.end:
            # The number of the next clause was read wrongly, so the passage under this number includes the next clause.
            end = next_placed.start
        after = normal_form(_first_line(self.copy.text[placed.end : end]))
        return bool(after.removesuffix(normal_form(next_own.printed)))

    def _place_as_differing(self, citation: CitedPassage) -> None:
        """For a clause that was not found, record that the passage under its number differs.

        If there is no such passage, or another clause was found there under a changed number, the clause is missing.
        """
        own = self.own_span(citation)
        if own is None or own.start in {placed.start for placed in self.placed.values()}:
            self._set_place(citation, SpanMatch.MISSING, None, None)
        elif self.cited_whole:
            self._set_place(citation, SpanMatch.DIFFERS, own.start, own.end)
        else:
            title = _first_line(self.copy.text[own.start : own.end]).rstrip()
            self._set_place(citation, SpanMatch.DIFFERS, own.start, own.start + len(title))

    # Citations without a number of their own

    def place_others(self) -> None:
        """Find the citations that have no number of their own, each in the region where it must be."""
        others = [citation for citation in self.document.citations if citation.number is None]
        for citation in others:
            self._place_exactly(citation)
        # docs/decisions/0081: words found elsewhere would make a wrong copy right.
        self._search(self._unplaced(others), self._region, range)
        for citation in self._unplaced(others):
            self._set_place(citation, SpanMatch.MISSING, None, None)

    def require_cited_places(self) -> None:
        """Mark every citation as differing that is not exactly at its cited place.

        This is called only for a file with the cited bytes: there, a citation at another place is wrong.
        """
        for citation in self.document.citations:
            if self.placed[citation.id].match is SpanMatch.NORMAL:
                inside = citation.end <= len(self.copy.text)
                start, end = (citation.start, citation.end) if inside else (None, None)
                self._set_place(citation, SpanMatch.DIFFERS if inside else SpanMatch.MISSING, start, end)

    def _region(self, citation: CitedPassage) -> _Region:
        """Return the region where a citation must be: in the clause that contains it, or between two clauses."""
        around = [
            (anchor.length, anchor, span)
            for anchor in self.numbered
            if anchor.start <= citation.start and citation.end <= anchor.end and (span := self._span(anchor))
        ]
        if not around:
            return self._gap(citation)
        _, clause, span = min(around, key=lambda found: found[0])
        return _Region(*span, clause.start, clause.end)

    def _gap(self, citation: CitedPassage) -> _Region:
        """Return the region between the clauses before and after a citation.

        If these clauses swapped places, return the whole copy.
        """
        cited_to = max(one.end for one in self.document.citations)
        whole = _Region(0, len(self.copy), 0, cited_to)
        first, last, cited_from = whole.first, whole.last, whole.cited_from
        for anchor in self.numbered:
            span = self._span(anchor)
            if span and anchor.end <= citation.start:
                first, cited_from = span[1], anchor.end
            elif span and anchor.start >= citation.end:
                last, cited_to = span[0], anchor.start
                break
        return _Region(first, last, cited_from, cited_to) if first <= last else whole

    def _search(
        self,
        citations: Iterable[CitedPassage],
        region_of: Callable[[CitedPassage], _Region],
        starts_in: Callable[[int, int], Iterable[int]],
    ) -> None:
        """Find citations in the copy, each in the region where it must be.

        If the same words occur several times, the occurrence nearest to the expected place is used.
        """
        by_region: dict[_Region, list[CitedPassage]] = defaultdict(list)
        for citation in citations:
            by_region[region_of(citation)].append(citation)
        for region, wanted in by_region.items():
            places: dict[bytes, list[tuple[int, int]]] = {bytes.fromhex(citation.normal): [] for citation in wanted}
            starts = starts_in(region.first, region.last)
            for digest, first, last in self.copy.windows(starts, region.last, lengths_of(wanted), places):
                places[digest].append((first, last))
            for citation in wanted:
                self._place_nearest(citation, places[bytes.fromhex(citation.normal)], region.expected(citation))

    def _place_nearest(self, citation: CitedPassage, places: list[tuple[int, int]], expected: float) -> None:
        if places:
            nearest = min(places, key=lambda found: abs(found[0] - expected))
            self._set_place(citation, SpanMatch.NORMAL, *self.copy.span(*nearest))

    # Placed citations

    def _place_exactly(self, citation: CitedPassage) -> None:
        if text_digest(self.copy.text[citation.start : citation.end]) == citation.quoted:
            self._set_place(citation, SpanMatch.EXACT, citation.start, citation.end)

    def _set_place(self, citation: CitedPassage, match: SpanMatch, start: int | None, end: int | None) -> None:
        self.placed[citation.id] = Placed(citation, match, start, end)

    def _unplaced(self, citations: Iterable[CitedPassage]) -> list[CitedPassage]:
        return [citation for citation in citations if citation.id not in self.placed]

    def _span(self, citation: CitedPassage) -> tuple[int, int] | None:
        """Return the place of a citation in indexes of the normalised text, or None if it was not found."""
        placed = self.placed.get(citation.id)
        if placed is None or placed.start is None or placed.end is None:
            return None
        return self.copy.index(placed.start), self.copy.index(placed.end)

    def disagreements(self) -> Iterator[str]:
        """Yield a message for each difference between the printed numbers in the copy and the places of clauses."""
        names = {named.citation_id: named.name for named in self.document.numbered}
        if names and not self.parsed:
            yield tr("no printed numbers were found")
            return
        for citation in self.numbered:
            placed, own, name = self.placed[citation.id], self.own_span(citation), names[citation.id]
            if not placed.verified:
                continue
            if own is None:
                yield tr("the printed number of {clause} was not found", clause=name)
            elif placed.start != own.start:
                yield tr("{clause} does not begin right after its printed number", clause=name)
            elif self.cited_whole and placed.end != own.end:
                yield tr("there is more text between {clause} and the next printed number", clause=name)
        known = {clause_number(name) for name in names.values()}
        prefix = next((name.rpartition("-")[0] for name in names.values()), "")
        for span in self.parsed:
            if names and span.number not in known:
                clause = f"{prefix}-{span.number}"
                yield tr("the copy has a printed number for {clause}, which is not in the register", clause=clause)


def _first_line(text: str) -> str:
    return text.splitlines()[0] if text else ""


def _last_line(text: str) -> str:
    """Return the last line of a text, or an empty string if the text ends with a line break."""
    return f"{text}|".splitlines()[-1][:-1]
