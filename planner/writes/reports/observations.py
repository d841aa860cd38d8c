"""Recording the value of an indicator on a date.

A value recorded later for the same date replaces the earlier value, which stays in the history.
"""

import math
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from planner.base.errors import BadValueError, unknown_name
from planner.base.language import later, tr
from planner.base.texts import clean
from planner.base.views import value_class
from planner.domain.rules.permissions import Permission
from planner.domain.vocabulary import Basis
from planner.register.writing import Writing
from planner.store.journal import Journal
from planner.store.models import Indicator, Item, Observation
from planner.writes.items import item_row
from planner.writes.reports.item_write import as_of_day, writing_on_item


@value_class
class Observed:
    """A value of an indicator, as it was recorded."""

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
    own = Indicator.item_id == item.id, ~Indicator.taken_out
    rows = session.execute(select(Indicator).where(*own)).scalars().all()
    for row in rows:
        if row.number == number:
            return row
    numbers = sorted(row.number for row in rows)
    none = tr("{code} has no indicators; add one with 'planner indicator add'", code=item.code)
    raise unknown_name(
        tr("{code} has no indicator {number}", code=item.code, number=number),
        later("indicators"),
        numbers,
        where=f"indicator_{number}",
        none=none,
    )


def unit_of_indicator(writing: Writing, code: str, number: int) -> str:
    """Return the unit of an indicator. Raises UnknownNameError if there is no such item or indicator."""
    return indicator_row(writing.session, item_row(writing.session, writing.plan, code), number).unit


def observe(
    writing: Writing, code: str, number: int, value: float, *, evidence: str | None = None, as_of: date | None = None
) -> Observed:
    """Record the value of an indicator on a date, which must not be later than today."""
    day = as_of_day(writing, as_of)
    with writing_on_item(writing, code, Permission.REPORT, day) as (journal, item):
        indicator = indicator_row(writing.session, item, number)
        row = add_observation(journal, item, indicator, value, day, Basis.REGISTERED, evidence)
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
    """Add a value of an indicator, as part of an open write transaction.

    Raises BadValueError if the value is not finite.
    """
    if not math.isfinite(value):
        raise BadValueError(
            tr("{value} is not a number that can be recorded", value=value),
            where=f"indicator_{indicator.number}",
            do=tr("Give a plain number"),
        )
    return journal.add(
        Observation(
            indicator_id=indicator.id,
            as_of=as_of,
            value=value,
            evidence=clean(evidence, "evidence"),
            basis=basis,
        ),
        action="observe",
        label=f"{item.code} indicator {indicator.number}",
    )
