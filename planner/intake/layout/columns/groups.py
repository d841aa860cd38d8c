"""Columns whose cells name groups of tasks, such as 项目 beside 工作任务, or outcomes before the titles."""

from planner.base.language import tr
from planner.intake.layout.columns import contents
from planner.intake.layout.columns.column import Column
from planner.intake.proposed import Field


def by_groups(columns: list[Column]) -> None:
    """Take a column such as 项目 for the themes if its cells name groups of rows, and another one has their titles.

    The cells have numbers of sections, or each of them names several rows that have titles and numbers of their own.
    """
    titles = [one for one in columns if Field.TITLE in (one.names if not one.decided else (one.field,))]
    groups = [one for one in titles if not one.decided and contents.are_sections(one.values)]
    sure = [one for one in titles if one.decided or one.names == (Field.TITLE,)]
    if not groups and len(sure) == 2:
        pairs = (sure, sure[::-1])
        groups = [one for one, other in pairs if not one.decided and _groups(one, other) and _are_items(one, columns)]
    if len(groups) == 1 and len(titles) > 1:
        groups[0].names = (Field.THEME,)
        groups[0].inferred = tr("its cells name groups of tasks")


def _groups(column: Column, titles: Column) -> bool:
    """Return whether the cells of a column name groups of rows, of which each has a title in another column."""
    texts = [value for value in titles.values if value is not None]
    return len(texts) == len(titles.values) == len(set(texts)) and contents.is_sparse(column.values)


def _are_items(groups: Column, columns: list[Column]) -> bool:
    """Return whether the rows below each group are items: their codes and numbers are their own within the group.

    A few may repeat, which is a slip. An item of several rows has one number in all of them, or only in the first.
    """
    # An empty cell belongs to the group above it.
    names = [*groups.values[:1]]
    for value in groups.values[1:]:
        names.append(names[-1] if value is None else value)
    for column in columns:
        if not column.names or not set(column.names) <= {Field.CODE, Field.NUMBER}:
            continue
        own = set(zip(names, column.values, strict=True))
        repeats = len(names) - len(own)
        if None in column.values or len(own) == len(set(names)) or repeats > max(1, len(names) // 10):
            return False
    return True


def choose_outcomes(column: Column, columns: list[Column]) -> None:
    """Take outcomes before the titles that several tasks share for themes. Others are what one task brings about."""
    titles = [one for one in columns if Field.TITLE in one.names and one.headed.number > column.headed.number]
    if titles and (contents.is_sparse(column.values) or not any(column.values)):
        column.field, column.inferred = Field.THEME, tr("its cells name groups of tasks")
    else:
        column.field = Field.INDICATORS
