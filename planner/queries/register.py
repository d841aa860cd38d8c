"""The register as it stands at a point in time: facts read in a few statements, states computed by the rules.

A large register is read in parts, so that whoever waits can be shown the first items, and how far it is, meanwhile.
"""

from array import array
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain, pairwise
from typing import Any

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session

from planner.codes import canonical_code
from planner.errors import UnknownNameError
from planner.models import Item
from planner.queries.agreed import Surroundings, read_agreed, read_surroundings
from planner.queries.among import among
from planner.queries.item_views import ItemProgress, ItemViews
from planner.queries.known import Rollback, rollback_to
from planner.queries.plans import PlanView, require_known
from planner.queries.point import Point
from planner.queries.reported import read_answered, read_reported
from planner.queries.reported import status_view as status_view  # writes and reads of one item take it from here
from planner.queries.views import ItemView
from planner.vocabulary import ItemKind

# How many items are read at a time: the first part is small, so that it is there soon.
FIRST_PART = 1_000
PART = 4_000


@dataclass(frozen=True, slots=True)
class Part:
    """Some items of the register, as of each of the days asked for; how many have been read with them, and of how many.

    Its items stand in no order that means anything, the same on each day; sort what is shown by `code_order`. Of
    `further` days only how far the items were was asked for.
    """

    on_days: list[list[ItemView]]
    further: list[list[ItemProgress]]
    read: int
    total: int


def read_register(session: Session, plan: PlanView, point: Point, codes: Sequence[str] | None = None) -> list[ItemView]:
    """All items of the plan in code order (tasks, then key projects), or those with the codes given.

    Raises TooSoonError where nothing was recorded by `point.known_at`.
    """
    return read_register_on(session, plan, [point.as_of], point.known_at, codes)[0]


def read_register_on(
    session: Session,
    plan: PlanView,
    days: Sequence[date],
    known_at: datetime | None = None,
    codes: Sequence[str] | None = None,
) -> list[list[ItemView]]:
    """The register as of each of several days with the same knowledge; what was agreed is read once for all of them.

    Raises TooSoonError where nothing was recorded by `known_at`.
    """
    if codes is None:
        parts = list(read_parts(session, plan, days, known_at))
        return [_in_order(part.on_days[place] for part in parts) for place in range(len(days))]
    require_known(session, known_at)
    back = rollback_to(session, known_at)
    chosen = and_(Item.plan_id == plan.id, Item.code.in_(codes))
    on_days, _ = _Reader(session, plan, days, (), known_at, back, read_surroundings(session, back))(chosen)
    return [_in_order([items]) for items in on_days]


def read_parts(
    session: Session,
    plan: PlanView,
    days: Sequence[date],
    known_at: datetime | None = None,
    *,
    further: Sequence[date] = (),
    in_order: bool = False,
) -> Iterator[Part]:
    """The whole register as of each of several days, part after part; an empty plan is one empty part.

    The parts come in no order that means anything, or `in_order` of their codes, which takes a little longer. Of
    `further` days it is only read how far the items were, which takes much less. Raises TooSoonError where nothing was
    recorded by `known_at`.
    """
    require_known(session, known_at)
    back = rollback_to(session, known_at)
    read = _Reader(session, plan, days, further, known_at, back, read_surroundings(session, back))
    answered = read_answered(session)
    ids = _ids(session, plan, _BY_CODE if in_order else (Item.id,))
    bounds = [0, *range(FIRST_PART, len(ids), PART), len(ids)]
    for start, end in pairwise(bounds):
        some = ids[start:end]
        chosen = among(session, Item.id, some) if in_order or not some else Item.id.between(some[0], some[-1])
        yield Part(*read(and_(Item.plan_id == plan.id, chosen), answered.intersection(some)), end, len(ids))


# The order of `code_order` in SQL: a code begins with the letter of its kind. Codes are never edited, so it is the same
# whenever it is asked for.
_BY_CODE = (Item.kind != ItemKind.TASK, func.length(Item.code), Item.code)


def _ids(session: Session, plan: PlanView, order: Sequence[Any]) -> "array[int]":
    """The ids of a plan's items. There may be a million, which as rows, or as Python's own numbers, take 100 MB."""
    statement = select(Item.id).where(Item.plan_id == plan.id).order_by(*order)
    found = session.execute(statement, execution_options={"yield_per": PART})
    return array("q", found.scalars())


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads some items as of each of several days: what all parts of a register have in common is read once."""

    session: Session
    plan: PlanView
    days: Sequence[date]
    further: Sequence[date]
    known_at: datetime | None
    back: Rollback
    around: Surroundings

    def __call__(
        self, chosen: ColumnElement[bool], answered: Collection[int] | None = None
    ) -> tuple[list[list[ItemView]], list[list[ItemProgress]]]:
        """The items on the days, and how far they were on the further ones."""
        views = ItemViews(read_agreed(self.session, self.back, self.around, chosen), self.plan.settings)
        reported = read_reported(self.session, [*self.days, *self.further], self.known_at, chosen, answered)
        on_days = [views.on(day, reported[day]) for day in self.days]
        return on_days, [views.progress_on(reported[day]) for day in self.further]


def _in_order(parts: Iterable[list[ItemView]]) -> list[ItemView]:
    return sorted(chain.from_iterable(parts), key=code_order)


def read_item(session: Session, plan: PlanView, point: Point, code: str) -> ItemView:
    """One item. Raises UnknownNameError where the plan has none of this code, or had none then."""
    found = read_register(session, plan, point, [canonical_code(code)])
    if not found:
        then = " at that instant" if point.known_at else ""
        raise UnknownNameError(
            f"the plan has no item '{code}'{then}",
            where="CODE",
            do="Codes look like T-001 or P-001; see 'planner items'",
        )
    return found[0]


def code_order(item: Any) -> tuple[bool, int, str]:
    """Tasks before key projects, each by number."""
    return (item.kind != ItemKind.TASK, len(item.code), item.code)
