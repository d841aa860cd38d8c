"""Conditions that choose the rows of a read, in a form in which each SQL statement is built once per process.

On a small register, building a statement takes longer than running it, because SQLAlchemy also computes the statement's
cache key. Therefore a read keeps its statements in a `functools.cache`, with named parameters in place of values.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam
from sqlalchemy.orm import Session

from planner.base.views import view
from planner.domain.codes import code_key
from planner.queries.id_in import dialect_of, ids_parameter, ids_value, is_among
from planner.register.raw_rows import columns
from planner.store.models import Indicator, Item, Milestone

# Returns a condition with named parameters, given the name of the database's dialect.
Condition = Callable[[str], ColumnElement[bool]]


@view
class Chosen:
    """A choice of rows: a condition, and the values of its parameters.

    `condition` must be a module-level function, not a lambda, because statements are cached by this function.
    """

    # docs/decisions/0048: a lambda would be a new cache key each time.
    condition: Condition
    values: Mapping[str, Any]


def item_with_id(item_id: int) -> Chosen:
    """Choose one item by its id."""
    return Chosen(_item_with_id, {"item_id": item_id})


def items_of_plan(plan_id: int) -> Chosen:
    """Choose all items of a plan."""
    return Chosen(_items_of_plan, {"plan_id": plan_id})


def items_with_codes(plan_id: int, codes: Sequence[str]) -> Chosen:
    """Choose the items of a plan that have these codes, in whatever form they were typed."""
    return Chosen(_items_with_codes, {"plan_id": plan_id, "keys": [code_key(code) for code in codes]})


def items_between(plan_id: int, first: int, last: int) -> Chosen:
    """Choose the items of a plan with ids from `first` to `last`, both included."""
    return Chosen(_items_between, {"plan_id": plan_id, "first": first, "last": last})


def items_of_plan_among(session: Session, plan_id: int, ids: Iterable[int]) -> Chosen:
    """Choose the items of a plan that have these ids."""
    return Chosen(_items_of_plan_among, {"plan_id": plan_id, "ids": ids_value(dialect_of(session), ids)})


def items_among(session: Session, ids: Iterable[int]) -> Chosen:
    """Choose the items that have these ids."""
    return Chosen(_items_among, {"ids": ids_value(dialect_of(session), ids)})


def milestones_among(session: Session, ids: Iterable[int]) -> Chosen:
    """Choose the milestones that have these ids."""
    return Chosen(_milestones_among, {"ids": ids_value(dialect_of(session), ids)})


def indicators_among(session: Session, ids: Iterable[int]) -> Chosen:
    """Choose the indicators that have these ids."""
    return Chosen(_indicators_among, {"ids": ids_value(dialect_of(session), ids)})


def _item_with_id(_: str) -> ColumnElement[bool]:
    return columns(Item).id == bindparam("item_id")


def _items_of_plan(_: str) -> ColumnElement[bool]:
    return columns(Item).plan_id == bindparam("plan_id")


def _items_with_codes(dialect: str) -> ColumnElement[bool]:
    return and_(_items_of_plan(dialect), columns(Item).code_key.in_(bindparam("keys", expanding=True)))


def _items_between(dialect: str) -> ColumnElement[bool]:
    return and_(_items_of_plan(dialect), columns(Item).id.between(bindparam("first"), bindparam("last")))


def _items_of_plan_among(dialect: str) -> ColumnElement[bool]:
    return and_(_items_of_plan(dialect), _items_among(dialect))


def _items_among(dialect: str) -> ColumnElement[bool]:
    return is_among(dialect, columns(Item).id, ids_parameter(dialect))


def _milestones_among(dialect: str) -> ColumnElement[bool]:
    return is_among(dialect, columns(Milestone).id, ids_parameter(dialect))


def _indicators_among(dialect: str) -> ColumnElement[bool]:
    return is_among(dialect, columns(Indicator).id, ids_parameter(dialect))
