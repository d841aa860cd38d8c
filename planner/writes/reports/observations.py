"""Recording the value of an indicator on a date.

A later value for the same date revises the earlier one, which is kept.
"""

import math
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from planner.base.errors import BadValueError, unknown_name
from planner.base.language import later, tr
from planner.base.texts import clean
from planner.domain.rules.permissions import Deed
from planner.domain.vocabulary import Basis
from planner.register.plans import PlanView
from planner.store.journal import Actor, Journal, writing
from planner.store.models import Indicator, Item, Observation
from planner.writes.items import checked_day, item_row
from planner.writes.permission import require


@dataclass(frozen=True)
class Observed:
    """An observation as it was recorded."""

    code: str
    indicator: int
    name: str
    unit: str
    value: float
    as_of: date
    actor: str
    recorded_at: datetime


def indicator_row(session: Session, item: Item, number: int) -> Indicator:
    """Return an item's indicator by its number.

    Raises UnknownNameError if the item has no indicator with this number.
    """
    rows = session.execute(select(Indicator).where(Indicator.item_id == item.id)).scalars().all()
    for row in rows:
        if row.number == number:
            return row
    numbers = sorted(row.number for row in rows)
    none = tr("{code} has no indicators", code=item.code)
    raise unknown_name(
        tr("{code} has no indicator {number}", code=item.code, number=number),
        later("indicators"),
        numbers,
        where="INDICATOR",
        none=none,
    )


def observe(
    session: Session,
    actor: Actor,
    plan: PlanView,
    code: str,
    number: int,
    value: float,
    *,
    evidence: str | None = None,
    as_of: date,
    today: date,
    at: datetime,
) -> Observed:
    """Record the value of an indicator on a date, which must not be later than today."""
    checked_day(plan, as_of, today, "as of")
    with writing(session, actor, at) as journal:
        item = item_row(session, plan, code)
        require(session, actor, Deed.REPORT, item)
        indicator = indicator_row(session, item, number)
        row = add_observation(journal, item, indicator, value, as_of, Basis.REGISTERED, evidence)
        return Observed(
            item.code, number, indicator.name, indicator.unit, row.value, row.as_of, row.actor, row.recorded_at
        )


def add_observation(
    journal: Journal,
    item: Item,
    indicator: Indicator,
    value: float,
    as_of: date,
    basis: Basis,
    evidence: str | None = None,
) -> Observation:
    """Add an observation, as part of an open write transaction. Raises BadValueError if the value is not finite."""
    if not math.isfinite(value):
        raise BadValueError(
            tr("{value} is not a number that can be recorded", value=value), where="VALUE", do=tr("Give a plain number")
        )
    return journal.add(
        Observation(
            indicator_id=indicator.id,
            as_of=as_of,
            value=value,
            evidence=clean(evidence, "evidence"),
            basis=basis,
            actor=journal.actor.name,
            recorded_at=journal.at,
        ),
        action="observe",
        label=f"{item.code} indicator {indicator.number}",
    )
