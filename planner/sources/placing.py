"""Finds in a copy what is cited of its document, and says of each citation how the copy agrees with it.

Nothing is re-anchored silently. A clause is looked for under its own number, under another one, and between the clauses
around it; what lies within a clause, only within that clause as it stands in the copy; all else, only between clauses.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from planner.fingerprints import text_digest
from planner.sources import numbering
from planner.sources.cited import Cited, CitedDocument, number_of
from planner.sources.numbering import NumberedSpan
from planner.sources.text import NormalText
from planner.texts import normal_form
from planner.vocabulary import SpanMatch

# At least this part of what is cited is no spacing: one character in three.
VISIBLE_PART = 3


@dataclass(frozen=True)
class Placed:
    """Where a citation stands in a copy, in code points of its NFC text; where it differs, what stands there."""

    citation: Cited
    match: SpanMatch
    start: int | None
    end: int | None

    @property
    def verified(self) -> bool:
        """Whether the copy says there what was cited."""
        return self.match in (SpanMatch.EXACT, SpanMatch.NORMAL)


@dataclass(frozen=True)
class Reading:
    """A copy as compared with its document: its numbered passages, every citation, and where the numbers disagree."""

    document: CitedDocument
    parsed: tuple[NumberedSpan, ...]
    placed: tuple[Placed, ...]
    disagreements: tuple[str, ...]

    @property
    def agrees(self) -> bool:
        """Whether the copy says all that is cited, under the numbers that it should have."""
        return not self.disagreements and all(placed.verified for placed in self.placed)


@dataclass(frozen=True)
class _Region:
    """A part of a copy, in normal indexes, and the part of the document it answers to, in points."""

    first: int
    last: int
    cited_from: int
    cited_to: int

    def expected(self, citation: Cited) -> float:
        """About where in the copy a citation should begin, the spacing being whatever it is."""
        share = (citation.start - self.cited_from) / max(1, self.cited_to - self.cited_from)
        return self.first + share * (self.last - self.first)


def place(copy: NormalText, document: CitedDocument, *, identical: bool) -> Reading:
    """Compare a copy with its document; `identical` says that it has the very bytes that the register cites."""
    placing = _Placing(copy, document)
    placing.place_numbered(identical=identical)
    placing.place_others()
    return Reading(
        document=document,
        parsed=placing.parsed,
        placed=tuple(placing.placed[citation.id] for citation in document.citations),
        disagreements=tuple(placing.disagreements()),
    )


def lengths_of(citations: Iterable[Cited]) -> range:
    """The lengths that the normal forms of some citations can have."""
    lengths = [citation.length for citation in citations]
    return range(-(-min(lengths) // VISIBLE_PART), max(lengths) + 1)


class _Placing:
    """One comparison under way: what was placed so far."""

    def __init__(self, copy: NormalText, document: CitedDocument) -> None:
        self.copy = copy
        self.document = document
        self.parsed = numbering.parse(copy.text, document.numbering)
        self.by_number = {span.number: span for span in self.parsed}
        self.numbered = [citation for citation in document.citations if citation.number is not None]
        # Of a clause all is cited; of a theme only the title, and its text follows.
        self.cited_whole = document.cited_whole
        self.placed: dict[int, Placed] = {}

    def own_span(self, citation: Cited) -> NumberedSpan | None:
        """What the copy prints under a citation's number."""
        return self.by_number.get(citation.number or "")

    # What is numbered

    def place_numbered(self, *, identical: bool) -> None:
        """Place the clauses, or the titles of the themes."""
        for citation in self.numbered:
            self._place_exactly(citation)
        for citation in self._left(self.numbered):
            own = self.own_span(citation)
            self._place_at(citation, [own] if own else [])
        for citation in self._left(self.numbered):
            self._place_at(citation, self.parsed if self.cited_whole else [])
        self._search(self._left(self.numbered), self._gap, self.copy.boundaries)
        if self.cited_whole and not identical:
            self._see_what_was_added()
        for citation in self._left(self.numbered):
            self._place_as_differing(citation)

    def _place_at(self, citation: Cited, spans: Iterable[NumberedSpan]) -> None:
        """Place a clause at the first of the numbered passages that begins with what was cited."""
        wanted = {bytes.fromhex(citation.normal)}
        starts = [self.copy.index(span.start) for span in spans]
        for _, first, last in self.copy.windows(starts, len(self.copy), lengths_of([citation]), wanted):
            self._put(citation, SpanMatch.NORMAL, *self.copy.span(first, last))
            return

    def _see_what_was_added(self) -> None:
        """A clause that has more words in its lines than were cited is another clause.

        What follows it on lines of its own may be the foot of a page, and is told as a disagreement. Where the next
        number was not found nothing is known of where the clause ends.
        """
        followers = [*self.numbered[1:], None]
        for citation, following in zip(self.numbered, followers, strict=True):
            placed, own = self.placed.get(citation.id), self.own_span(citation)
            if placed is None or own is None or placed.start is None or not own.start <= placed.start < own.end:
                continue
            if self._added_before(placed, own) or (following and self._added_after(placed, own, following)):
                self._put(citation, SpanMatch.DIFFERS, own.start, own.end)

    def _added_before(self, placed: Placed, own: NumberedSpan) -> bool:
        """Whether words stand between the clause and its number, in its line."""
        before = normal_form(_last_line(self.copy.text[own.start : placed.start]))
        return bool(before) and not before.endswith(normal_form(own.printed))

    def _added_after(self, placed: Placed, own: NumberedSpan, following: Cited) -> bool:
        """Whether words stand between the clause and the next one's number, in its line."""
        next_own = self.own_span(following)
        if next_own is None:
            return False
        next_placed = self.placed.get(following.id)
        end = own.end
        if next_placed and next_placed.start and placed.end and placed.end <= next_placed.start < own.end:
            # Another number was taken for the next one's, so that what is printed under this one holds that too.
            end = next_placed.start
        after = normal_form(_first_line(self.copy.text[placed.end : end]))
        return bool(after.removesuffix(normal_form(next_own.printed)))

    def _place_as_differing(self, citation: Cited) -> None:
        """What stands under the number of a clause that was not found; unless that is another clause, renumbered."""
        own = self.own_span(citation)
        if own is None or own.start in {placed.start for placed in self.placed.values()}:
            self._put(citation, SpanMatch.MISSING, None, None)
        elif self.cited_whole:
            self._put(citation, SpanMatch.DIFFERS, own.start, own.end)
        else:
            title = _first_line(self.copy.text[own.start : own.end]).rstrip()
            self._put(citation, SpanMatch.DIFFERS, own.start, own.start + len(title))

    # What lies within and between

    def place_others(self) -> None:
        """Place the citations that have no number of their own, each where it must stand."""
        others = [citation for citation in self.document.citations if citation.number is None]
        for citation in others:
            self._place_exactly(citation)
        self._search(self._left(others), self._region, range)
        for citation in self._left(others):
            self._put(citation, SpanMatch.MISSING, None, None)

    def _region(self, citation: Cited) -> _Region:
        """Where a citation must stand: in the clause that it is of, or between clauses."""
        around = [
            (anchor.length, anchor, span)
            for anchor in self.numbered
            if anchor.start <= citation.start and citation.end <= anchor.end and (span := self._span(anchor))
        ]
        if not around:
            return self._gap(citation)
        _, clause, span = min(around, key=lambda found: found[0])
        return _Region(*span, clause.start, clause.end)

    def _gap(self, citation: Cited) -> _Region:
        """What stands between the clauses before and after a citation; everything, if those changed places."""
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
        citations: Iterable[Cited],
        region_of: Callable[[Cited], _Region],
        starts_in: Callable[[int, int], Iterable[int]],
    ) -> None:
        """Place citations where they must stand; of several places with the same words, where one is expected."""
        by_region: dict[_Region, list[Cited]] = defaultdict(list)
        for citation in citations:
            by_region[region_of(citation)].append(citation)
        for region, wanted in by_region.items():
            places: dict[bytes, list[tuple[int, int]]] = {bytes.fromhex(citation.normal): [] for citation in wanted}
            starts = starts_in(region.first, region.last)
            for digest, first, last in self.copy.windows(starts, region.last, lengths_of(wanted), places):
                places[digest].append((first, last))
            for citation in wanted:
                self._place_nearest(citation, places[bytes.fromhex(citation.normal)], region.expected(citation))

    def _place_nearest(self, citation: Cited, places: list[tuple[int, int]], expected: float) -> None:
        if places:
            nearest = min(places, key=lambda found: abs(found[0] - expected))
            self._put(citation, SpanMatch.NORMAL, *self.copy.span(*nearest))

    # What was placed

    def _place_exactly(self, citation: Cited) -> None:
        if text_digest(self.copy.text[citation.start : citation.end]) == citation.quoted:
            self._put(citation, SpanMatch.EXACT, citation.start, citation.end)

    def _put(self, citation: Cited, match: SpanMatch, start: int | None, end: int | None) -> None:
        self.placed[citation.id] = Placed(citation, match, start, end)

    def _left(self, citations: Iterable[Cited]) -> list[Cited]:
        return [citation for citation in citations if citation.id not in self.placed]

    def _span(self, citation: Cited) -> tuple[int, int] | None:
        """The normal indexes of what was placed."""
        placed = self.placed.get(citation.id)
        if placed is None or placed.start is None or placed.end is None:
            return None
        return self.copy.index(placed.start), self.copy.index(placed.end)

    def disagreements(self) -> Iterator[str]:
        """Where the numbers printed in the copy do not go with the clauses as they were found in it."""
        names = {named.citation_id: named.name for named in self.document.numbered}
        if names and not self.parsed:
            yield "no numbers were found"
            return
        for citation in self.numbered:
            placed, own, name = self.placed[citation.id], self.own_span(citation), names[citation.id]
            if not placed.verified:
                continue
            if own is None:
                yield f"no number was found before {name}"
            elif placed.start != own.start:
                yield f"{name} does not stand under its number"
            elif self.cited_whole and placed.end != own.end:
                yield f"more follows {name} before the next number"
        known = {number_of(name) for name in names.values()}
        prefix = next((name.rpartition("-")[0] for name in names.values()), "")
        for span in self.parsed:
            if names and span.number not in known:
                yield f"the copy numbers a {prefix}-{span.number}, which the register does not have"


def _first_line(text: str) -> str:
    return text.splitlines()[0] if text else ""


def _last_line(text: str) -> str:
    """The last line of a text, empty where the text ends with a line's end."""
    return f"{text}|".splitlines()[-1][:-1]
