"""The columns and cells of a matrix: the items of each row by theme, organisation, measure or lead rule."""

from collections.abc import Iterable, Sequence

from planner.domain.rules.rollup import RollUp, roll_up
from planner.domain.vocabulary import Grouping
from planner.queries.items.grouping import ItemGroup, grouped, theme_group
from planner.queries.mandates.matrix import Matrix, MatrixRow
from planner.register.plan_view import PlanView


def groups_of(plan: PlanView, matrices: Iterable[Matrix], by: Grouping) -> tuple[ItemGroup, ...]:
    """Return the groups that are the columns of these matrices: all themes, or the other groups that have items."""
    if by is Grouping.THEME:
        return tuple(theme_group(theme.number, theme.title) for theme in plan.themes)
    items = {item.code: item for matrix in matrices for row in matrix.rows for item in row.items}
    return tuple(group for group, _ in grouped((items[code] for code in sorted(items)), by))


def cells_of(row: MatrixRow, groups: Sequence[ItemGroup], by: Grouping) -> tuple[RollUp, ...]:
    """Return the roll-up of a row's items for each group."""
    items = {group.key: found for group, found in grouped(row.items, by)}
    return tuple(roll_up(items.get(group.key, ())) for group in groups)
