"""Columns of targets and units beside a column of indicators: Indicator, Target, Unit in a table of items."""

from collections.abc import Collection, Sequence

from planner.base.language import tr
from planner.intake.layout.cells.targets import are_targets
from planner.intake.layout.columns import contents
from planner.intake.layout.columns.column import Column, one_heading
from planner.intake.layout.names import meanings_of
from planner.intake.proposed import Field
from planner.intake.sheets import Value

# Fields that a table of items has only beside a column of indicators.
BESIDE_INDICATORS = frozenset({Field.TARGET, Field.UNIT, Field.BASELINE})
# The columns of an indicator and of its target stand near each other: a unit or a base value can be between them.
_NEAR = 3
# Some targets are words, such as "all of them".
_MOST = 0.6


def by_targets(columns: Sequence[Column], known: Collection[str]) -> None:
    """Find the column of the targets of the indicators that another one names, and those of units and base values."""
    bases = [one for one in columns if not one.decided and Field.BASELINE in meanings_of(one_heading(one))]
    for one in bases:
        # Below 目標, 現状値 names no indicators.
        one.names = ()
    may_be = [one for one in columns if not one.decided and _is_of_indicators(one) and one not in bases]
    targets = [one for one in may_be if _are_targets(one.values)]
    names = [one for one in may_be if one not in targets and _has_names(one)]
    if len(targets) != 1 or not names:
        return
    target = targets[0]
    near = [one for one in names if 0 < target.headed.number - one.headed.number <= _NEAR]
    if not near:
        return
    near[-1].names = (Field.INDICATORS,)
    target.names, target.inferred = (Field.TARGET,), tr("its cells are numbers beside the names of indicators")
    for one in bases:
        if abs(one.headed.number - target.headed.number) <= _NEAR:
            one.names, one.inferred = (Field.BASELINE,), tr("it stands beside the targets of indicators")
            break
    for one in columns:
        if _is_unit(one, near[-1], target, known):
            one.names, one.inferred = (Field.UNIT,), tr("it stands beside the targets of indicators")
            return


def _has_names(column: Column) -> bool:
    """Return whether a column can have the names of indicators. Below 성과지표, 단위 is the column of their units."""
    is_filled = any(value is not None for value in column.values)
    return is_filled and Field.UNIT not in meanings_of(one_heading(column))


def _is_of_indicators(column: Column) -> bool:
    return Field.INDICATORS in column.names or Field.TARGET in meanings_of(one_heading(column))


def _is_unit(column: Column, name: Column, target: Column, known: Collection[str]) -> bool:
    """Return whether a column beside the targets has units. 单位 can also mean organisations."""
    if column.decided or Field.UNIT not in meanings_of(one_heading(column)):
        return False
    stands = name.headed.number < column.headed.number <= target.headed.number + 1
    return stands and not contents.are_offices(column.values, known)


def _are_targets(values: Sequence[Value]) -> bool:
    found = [value for value in values if value is not None]
    return bool(found) and sum(map(are_targets, found)) >= _MOST * len(found)
