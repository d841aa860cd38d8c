"""The register as it stands at a point in time: facts read in a few statements, states computed by the rules.

A large register is read in parts, so that whoever waits can be shown the first items, and how far it is, meanwhile.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain, pairwise
from typing import Any

from sqlalchemy import ColumnElement, and_, false, select
from sqlalchemy.orm import Session

from planner.errors import UnknownNameError
from planner.models import Item
from planner.queries.agreed import Surroundings, read_agreed, read_surroundings
from planner.queries.item_views import ItemViews
from planner.queries.known import Rollback, rollback_to
from planner.queries.plans import PlanView, require_known
from planner.queries.point import Point
from planner.queries.reported import read_reported
from planner.queries.reported import status_view as status_view  # writes and reads of one item take it from here
from planner.queries.views import ItemView
from planner.texts import askable
from planner.vocabulary import ItemKind

# How many items are read at a time: the first part is small, so that it is there soon.
FIRST_PART = 1_000
PART = 4_000


@dataclass(frozen=True, slots=True)
class Part:
    """Some items of the register, as of each of the days asked for; how many have been read with them, and of how many.

    Parts come in no order that means anything; sort what is shown by `code_order`.
    """

    on_days: list[list[ItemView]]
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
    found = _read(session, plan, days, known_at, back, read_surroundings(session, back), chosen)
    return [_in_order([items]) for items in found]


def read_parts(
    session: Session, plan: PlanView, days: Sequence[date], known_at: datetime | None = None
) -> Iterator[Part]:
    """The whole register as of each of several days, part after part; an empty plan is one empty part.

    Raises TooSoonError where nothing was recorded by `known_at`.
    """
    require_known(session, known_at)
    back = rollback_to(session, known_at)
    around = read_surroundings(session, back)
    ids = session.execute(select(Item.id).where(Item.plan_id == plan.id).order_by(Item.id)).scalars().all()
    bounds = [0, *range(FIRST_PART, len(ids), PART), len(ids)]
    for start, end in pairwise(bounds):
        chosen = and_(Item.plan_id == plan.id, Item.id.between(ids[start], ids[end - 1])) if ids else false()
        yield Part(_read(session, plan, days, known_at, back, around, chosen), end, len(ids))


def _read(
    session: Session,
    plan: PlanView,
    days: Sequence[date],
    known_at: datetime | None,
    back: Rollback,
    around: Surroundings,
    chosen: ColumnElement[bool],
) -> list[list[ItemView]]:
    views = ItemViews(read_agreed(session, back, around, chosen), plan.settings)
    reported = read_reported(session, days, known_at, chosen)
    return [views.on(day, reported[day]) for day in days]


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


def canonical_code(code: str) -> str:
    """A code as it is written: people also type t-1 or P7."""
    text = askable(code).strip().upper().replace("–", "-")
    letter, digits = text[:1], text[1:].lstrip("-")
    return f"{letter}-{digits.lstrip('0'):0>3}" if digits.isascii() and digits.isdigit() else text


def code_order(item: Any) -> tuple[bool, int, str]:
    """Tasks before key projects, each by number."""
    return (item.kind != ItemKind.TASK, len(item.code), item.code)
