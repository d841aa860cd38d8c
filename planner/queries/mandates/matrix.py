"""The matrix of themes and clauses: which items of each theme carry out each clause of a mandate version, and gaps."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from planner.domain.rules.rollup import RollUp, roll_up
from planner.domain.vocabulary import Grouping, LinkState
from planner.queries.items.grouping import ItemGroup, grouped, theme_group
from planner.queries.items.register import read_item_lines
from planner.queries.items.views import ItemLine
from planner.queries.links.standing import LinkStanding
from planner.queries.mandates.clauses import Outline, OutlineClause, UncoveredMeasure, read_outlines
from planner.register.plan_view import PlanView, ThemeView
from planner.register.reading import Reading


@dataclass(frozen=True)
class MatrixRow:
    """A clause, or a measure that no clause covers, with the items that carry it out.

    The row of a clause includes the measures, items and links of its parts, each counted once. `suggested` has the
    links that the program suggested and nobody has reviewed: they carry nothing out. `themes` has the roll-up of the
    items of each theme, in the order of the matrix's themes. `whole` is the roll-up of all items of the row.
    """

    about: OutlineClause | UncoveredMeasure
    measures: tuple[str, ...]
    items: tuple[ItemLine, ...]
    links: tuple[LinkStanding, ...]
    suggested: tuple[LinkStanding, ...]
    whole: RollUp
    themes: tuple[RollUp, ...]

    @property
    def is_clause(self) -> bool:
        """Whether the row is a clause, not an uncovered measure."""
        return isinstance(self.about, OutlineClause)

    @property
    def name(self) -> str:
        """The clause's name with its mandate version, or the measure's code."""
        return self.about.reference if isinstance(self.about, OutlineClause) else self.about.code

    @property
    def wording(self) -> str:
        """The restatement of the clause, or the title of the measure."""
        return self.about.restatement if isinstance(self.about, OutlineClause) else self.about.title

    @property
    def depth(self) -> int:
        """0 for a clause or a measure, 1 for a part of a clause."""
        return self.about.depth if isinstance(self.about, OutlineClause) else 0

    @property
    def links_to_review(self) -> tuple[LinkStanding, ...]:
        """The links of the row that need a review, with those that the program suggested."""
        return tuple(link for link in (*self.links, *self.suggested) if link.wants_review)

    def links_in(self, state: LinkState) -> int:
        """Count the links of the row that are in a state."""
        return sum(link.state is state for link in (*self.links, *self.suggested))

    @property
    def is_gap(self) -> bool:
        """Whether the row is a gap: a clause without measures and items, or a measure without a clause."""
        return not self.is_clause or not (self.measures or self.items)


@dataclass(frozen=True)
class Matrix:
    """A matrix of a mandate version and the plan's themes. Its rows are the clauses, then the uncovered measures."""

    mandate: str
    title: str
    in_force: bool
    themes: tuple[ThemeView, ...]
    rows: tuple[MatrixRow, ...]


def read_matrices(reading: Reading, mandate: str | None = None) -> tuple[Matrix, ...]:
    """Return the matrix of each mandate version, older first, or of the named one, at a point in time.

    Raises UnknownNameError if there is no such version.
    """
    outlines = read_outlines(reading, mandate)
    return matrices(reading.plan, outlines, read_item_lines(reading, searched=False))


def matrices(plan: PlanView, outlines: Iterable[Outline], items: Sequence[ItemLine]) -> tuple[Matrix, ...]:
    """Return the matrix of each version for items that are already in memory."""
    by_measure = defaultdict(list)
    for item in items:
        if item.measure:
            by_measure[item.measure].append(item)
    return tuple(
        Matrix(
            mandate=outline.mandate,
            title=outline.title,
            in_force=outline.in_force,
            themes=plan.themes,
            rows=tuple(_rows(outline, plan.themes, items, by_measure)),
        )
        for outline in outlines
    )


def _rows(
    outline: Outline, themes: Sequence[ThemeView], items: Sequence[ItemLine], by_measure: dict[str, list[ItemLine]]
) -> Iterator[MatrixRow]:
    single = {code for clause in outline.clauses for code in clause.items}
    by_code = {item.code: item for item in items if item.code in single}

    def row(
        about: OutlineClause | UncoveredMeasure,
        measures: Iterable[str],
        codes: Iterable[str],
        links: Iterable[LinkStanding] = (),
        suggested: Iterable[LinkStanding] = (),
    ) -> MatrixRow:
        named = tuple(dict.fromkeys(measures))
        found = [item for measure in named for item in by_measure.get(measure, ())]
        found += [by_code[code] for code in codes if code in by_code]
        behind = tuple({item.id: item for item in found}.values())
        in_theme = tuple(roll_up(item for item in behind if theme.number in item.all_themes) for theme in themes)
        return MatrixRow(about, named, behind, tuple(links), tuple(suggested), roll_up(behind), in_theme)

    for clause in outline.clauses:
        family = [clause, *_parts(outline, clause)]
        measures = [code for member in family for code in member.measures]
        links = [link for member in family for link in member.links]
        suggested = [link for member in family for link in member.suggested]
        yield row(clause, measures, [code for member in family for code in member.items], links, suggested)
    for measure in outline.uncovered:
        yield row(measure, [measure.code], [])


def _parts(outline: Outline, clause: OutlineClause) -> Iterator[OutlineClause]:
    """Yield the parts of a clause, each followed by its own parts."""
    for part in outline.clauses:
        if part.parent == clause.reference:
            yield part
            yield from _parts(outline, part)


def groups_of(plan: PlanView, matrices: Iterable[Matrix], by: Grouping) -> tuple[ItemGroup, ...]:
    """Return the groups that are these matrices' columns: all themes, or the groups of another kind that have items."""
    if by is Grouping.THEME:
        return tuple(theme_group(theme.number, theme.printed_title) for theme in plan.themes)
    items = {item.code: item for matrix in matrices for row in matrix.rows for item in row.items}
    return tuple(group for group, _ in grouped((items[code] for code in sorted(items)), by))


def cells_of(row: MatrixRow, groups: Sequence[ItemGroup], by: Grouping) -> tuple[RollUp, ...]:
    """Return the roll-up of a row's items for each group."""
    if by is Grouping.THEME:
        in_theme = ([item for item in row.items if int(group.key) in item.all_themes] for group in groups)
        return tuple(map(roll_up, in_theme))
    items = {group.key: found for group, found in grouped(row.items, by)}
    return tuple(roll_up(items.get(group.key, ())) for group in groups)
