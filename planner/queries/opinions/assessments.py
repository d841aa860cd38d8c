"""Assessments: the ratings of items by auditors and managers, the last one of each item."""

from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, select

from planner.base.views import value_class
from planner.domain.vocabulary import Confidence
from planner.register.effective_records import is_effective
from planner.register.instants import known_at_parameter, recorded_until
from planner.register.item_rows import is_item_of
from planner.register.reading import Reading
from planner.store.models import Assessment, Item


@value_class
class AssessmentView:
    """An assessment of an item: the rating, why, which evidence was seen, and who assessed it, as of which day."""

    rating: Confidence
    reason: str
    evidence: str | None
    as_of: date
    actor: str
    recorded_at: datetime


def read_assessments(reading: Reading) -> dict[int, AssessmentView]:
    """Return the last assessment of each item of a plan that was assessed, by item id."""
    rows = reading.session.execute(
        _select_assessments(reading.point.in_past), {"plan": reading.plan.id, **reading.point.values}
    )
    # The rows are oldest first, so the last one of an item stays.
    return {row.item_id: assessment_view(row) for row in rows}


def assessment_view(row: Any) -> AssessmentView:
    """Return a row of an assessment as a view."""
    return AssessmentView(row.rating, row.reason, row.evidence, row.as_of, row.actor, row.recorded_at)


@cache
def _select_assessments(in_past: bool) -> Select[Any]:
    known_at = known_at_parameter(in_past)
    names = ("item_id", "rating", "reason", "evidence", "as_of", "actor", "recorded_at")
    return (
        select(*(getattr(Assessment, name) for name in names))
        .join(Item.__table__, Item.id == Assessment.item_id)
        .where(
            is_item_of(bindparam("plan")),
            *recorded_until(Assessment, bindparam("as_of"), known_at),
            is_effective(Assessment, known_at),
        )
        .order_by(Assessment.as_of, Assessment.id)
    )
