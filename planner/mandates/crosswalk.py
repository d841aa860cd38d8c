"""Proposes a crosswalk between two texts from how similar their clauses are. Their meaning is not compared."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from planner.base.texts import normal_form
from planner.domain.vocabulary import Lineage, SetRelation
from planner.mandates.likeness import likenesses

# The least likeness of a proposed pair. For how it was chosen, see docs/mandates.md, "How good it is".
LEAST = 0.2

_SAME = "Proposed by the program: the two texts are the same, but for spacing."
_ALIKE = "Proposed by the program: by their sequences of characters the two texts are alike to"


@dataclass(frozen=True)
class ComparedClause:
    """A clause to compare: its key, the key of the clause it is a part of, and its text (None if not available)."""

    key: str
    parent: str | None
    text: str | None


@dataclass(frozen=True)
class ProposedRow:
    """A crosswalk row that the program proposes. A clause is None if the row has no clause of that version."""

    from_clause: str | None
    to_clause: str | None
    lineage: Lineage
    relation: SetRelation
    rationale: str
    likeness: float | None


def propose_rows(earlier: Sequence[ComparedClause], later: Sequence[ComparedClause]) -> tuple[ProposedRow, ...]:
    """Return the proposed rows in the order of the earlier clauses, followed by the rows of new clauses.

    Two clauses are paired if they are similar enough and one is the best match of the other. One clause can thus be
    split into several, and several can be merged. A clause without a text gets no row. If any earlier clause has no
    text, no clause is proposed as new. If no two clauses are similar, nothing is proposed, because the texts may be in
    different languages or from different organisations.
    """
    before, after = _texts(earlier), _texts(later)
    if not before or not after:
        return ()
    comparison = _Comparison(before, after)
    if not comparison.pairs:
        return ()
    places = {text.key: place for place, text in enumerate(before)}
    rows = sorted((*comparison.paired(), *comparison.withdrawn()), key=lambda row: places[row.from_clause or ""])
    return (*rows, *(comparison.new() if len(before) == len(earlier) else ()))


def lineage_of(*, splits: bool, merges: bool) -> Lineage:
    """Return the lineage of a pair of clauses.

    `splits` is True if the earlier clause also has other rows, and `merges` is True if the later clause does.
    """
    if splits:
        return Lineage.SPLIT_INTO
    return Lineage.MERGED_INTO if merges else Lineage.MOVED_TO


@dataclass(frozen=True)
class _Text:
    """A clause with its text followed by the texts of its parts, because a heading alone says little."""

    key: str
    whole: str


def _texts(clauses: Sequence[ComparedClause]) -> list[_Text]:
    """Return the clauses that have a text, each with the texts of its parts."""
    parts: dict[str | None, list[str]] = defaultdict(list)
    for clause in clauses:
        parts[clause.parent].append(clause.text or "")
    return [_Text(clause.key, "\n".join([clause.text, *parts[clause.key]])) for clause in clauses if clause.text]


class _Comparison:
    """The comparison of each text of one version with each text of the other, by position in the two lists."""

    def __init__(self, before: Sequence[_Text], after: Sequence[_Text]) -> None:
        self.before = before
        self.after = after
        self.table = likenesses([text.whole for text in before], [text.whole for text in after])
        best = {(row, self._best_of_row(row)) for row in range(len(before))}
        best |= {(self._best_of_column(column), column) for column in range(len(after))}
        self.pairs = sorted(pair for pair in best if self.table[pair[0]][pair[1]] >= LEAST)

    def _best_of_row(self, row: int) -> int:
        return max(range(len(self.after)), key=lambda column: self._rank(row, column))

    def _best_of_column(self, column: int) -> int:
        return max(range(len(self.before)), key=lambda row: self._rank(row, column))

    def _rank(self, row: int, column: int) -> tuple[float, float, int, int]:
        """Return the sort key of a pair of clauses: likeness, closeness of relative positions, order in the text."""
        apart = abs(row / len(self.before) - column / len(self.after))
        return self.table[row][column], -apart, -row, -column

    def paired(self) -> Iterator[ProposedRow]:
        """Yield a row for each pair of similar clauses."""
        leaving, coming = Counter(row for row, _ in self.pairs), Counter(column for _, column in self.pairs)
        for row, column in self.pairs:
            one, other, likeness = self.before[row], self.after[column], self.table[row][column]
            same = normal_form(one.whole) == normal_form(other.whole)
            yield ProposedRow(
                from_clause=one.key,
                to_clause=other.key,
                lineage=lineage_of(splits=leaving[row] > 1, merges=coming[column] > 1),
                relation=SetRelation.EQUAL_TO if same else SetRelation.INTERSECTS_WITH,
                rationale=_SAME if same else f"{_ALIKE} {likeness:.2f}; what they mean was not compared.",
                likeness=likeness,
            )

    def withdrawn(self) -> Iterator[ProposedRow]:
        """Yield a row for each earlier clause that has no similar later clause."""
        paired = {row for row, _ in self.pairs}
        for row, text in enumerate(self.before):
            if row not in paired:
                column = self._best_of_row(row)
                why = _no_match_text("later", self.after[column], self.table[row][column])
                yield ProposedRow(text.key, None, Lineage.WITHDRAWN, SetRelation.NO_RELATIONSHIP, why, None)

    def new(self) -> Iterator[ProposedRow]:
        """Yield a row for each later clause that has no similar earlier clause."""
        paired = {column for _, column in self.pairs}
        for column, text in enumerate(self.after):
            if column not in paired:
                row = self._best_of_column(column)
                why = _no_match_text("earlier", self.before[row], self.table[row][column])
                yield ProposedRow(None, text.key, Lineage.NEW, SetRelation.NO_RELATIONSHIP, why, None)


def _no_match_text(side: str, nearest: _Text, likeness: float) -> str:
    return (
        f"Proposed by the program: no {side} clause is alike to {LEAST:.2f} or more; "
        f"the nearest, {nearest.key}, is alike to {likeness:.2f}."
    )
