"""Helpers for every write on an item: finding its row, checking the date of a fact, and keeping its fingerprint."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Protocol

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from planner.base.errors import BadValueError, NotAllowedError
from planner.base.fingerprints import coded_item_fingerprint, item_fingerprint
from planner.base.language import tr
from planner.register.item_rows import code_now, has_code, unknown_item
from planner.register.plan_view import PlanView
from planner.store.models import Item, Plan


class Beginning(Protocol):
    """What has a first day, such as a plan that is not made yet."""

    @property
    def starts(self) -> date:
        """The first day."""


def item_row(session: Session, plan: PlanView, code: str) -> Item:
    """Return the item with this code. Raises UnknownNameError if the plan has no such item."""
    row = session.execute(select(Item).where(has_code(plan.id, code))).scalar_one_or_none()
    if row is None:
        raise unknown_item(code, now=code_now(session, plan.id, code))
    return row


def require_added(item: Item, day: date) -> None:
    """Raise NotAllowedError if an item was added to the plan after the as-of date of a write on it."""
    if item.added_on is not None and item.added_on > day:
        raise NotAllowedError(
            tr("{code} was added to the plan on {added_on}", code=item.code, added_on=item.added_on),
            where="as_of",
            do=tr("Give that day or a later one"),
        )


def require_begun(plan: PlanView | Plan | Beginning, today: date, where: str) -> None:
    """Raise BadValueError if a plan has not begun, because nothing can be reported on it yet."""
    if today < plan.starts:
        raise BadValueError(
            tr("the plan begins on {starts}, so nothing can be reported before", starts=plan.starts),
            where=where,
            do=tr("Report from that day on; until then, the plan is changed as of today"),
        )


def checked_day(plan: PlanView | Plan | Beginning, day: date, today: date, where: str) -> date:
    """Return `day` if it is between the first day of the plan and today. Otherwise raises BadValueError."""
    require_begun(plan, today, where)
    _require_past(day, today, where)
    if day < plan.starts:
        raise BadValueError(
            tr("{day} is before the plan starts ({starts})", day=day, starts=plan.starts),
            where=where,
            do=tr("Give a later date"),
        )
    return day


def _require_past(day: date, today: date, where: str) -> None:
    if day > today:
        raise BadValueError(
            tr("{day} is after today ({today})", day=day, today=today),
            where=where,
            do=tr("Give today or an earlier date"),
        )


def checked_act_day(plan: PlanView | Plan | Beginning, day: date, today: date) -> date:
    """Return the day of an act. Raises BadValueError if it is after today, or before the plan starts.

    A plan that has not begun yet is changed as of today.
    """
    return day if day == today < plan.starts else checked_day(plan, day, today, "as_of")


def checked_shared_day(session: Session, day: date, today: date) -> date:
    """Return the day of an act on what all plans share, such as organisations. Today is always possible.

    Raises BadValueError if it is after today, or before the first day of the earliest plan.
    """
    first = session.execute(select(func.min(Plan.starts)).where(~Plan.taken_out)).scalar_one()
    _require_past(day, today, "as_of")
    if day < min(first, today):
        raise BadValueError(
            tr("{day} is before the first plan starts ({starts})", day=day, starts=first),
            where="as_of",
            do=tr("Give a later date"),
        )
    return day


def with_fingerprint(
    item: Item, values: Mapping[str, Any], measure_code: Callable[[int | None], str | None]
) -> dict[str, Any]:
    """Return new values of an item's columns, with the new fingerprint if the item's fingerprint depends on one.

    `measure_code` returns the code of a measure by its id. A fingerprint in the form of earlier versions keeps its
    form, so that a title that comes back has the fingerprint that was reviewed.
    """
    if not values.keys() & {"title", "measure_id"}:
        return dict(values)
    title, measure_id = (values.get(name, getattr(item, name)) for name in ("title", "measure_id"))
    measure = measure_code(measure_id)
    if item.fingerprint == coded_item_fingerprint(item.code, item.title, measure_code(item.measure_id)):
        return {**values, "fingerprint": coded_item_fingerprint(item.code, title, measure)}
    return {**values, "fingerprint": item_fingerprint(title, measure)}
