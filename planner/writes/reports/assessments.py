"""Assessing an item: a rating beside that of its officers, with a reason and the evidence that was seen."""

from datetime import date, datetime

from planner.base.errors import NotAllowedError
from planner.base.language import tr
from planner.base.texts import clean, required
from planner.base.views import value_class
from planner.domain.rules.permissions import Permission
from planner.domain.vocabulary import Confidence
from planner.register.writing import Writing
from planner.store.journal import Journal
from planner.store.models import Assessment, Item, StatusUpdate
from planner.writes.newest import newest
from planner.writes.reports.item_write import as_of_day, writing_on_item


@value_class
class Assessed:
    """A recorded assessment: the rating, the reason, the evidence that was seen, and who assessed which item.

    `reported` is the rating of the last report, or None if the item was not rated.
    """

    code: str
    rating: Confidence
    reason: str
    evidence: str | None
    as_of: date
    actor: str
    recorded_at: datetime
    reported: Confidence | None


def assess_item(
    writing: Writing,
    code: str,
    rating: Confidence,
    reason: str,
    *,
    evidence: str | None = None,
    as_of: date | None = None,
) -> Assessed:
    """Rate an item beside its officers. A later assessment replaces an earlier one, and nothing else changes.

    The as-of date is today unless `as_of` is given. Raises NotAllowedError if the actor made the last report on the
    item, and BadValueError if no reason is given.
    """
    day = as_of_day(writing, as_of)
    with writing_on_item(writing, code, Permission.ASSESS, day) as (journal, item):
        report = newest(writing.session, StatusUpdate, {"item_id": item.id}, as_of=day)
        if report is not None and report.actor == writing.actor.name:
            raise NotAllowedError(
                tr("{login} made the last report on this item", login=report.actor),
                where=item.code,
                do=tr("Somebody else assesses it"),
            )
        row = add_assessment(journal, item, rating, reason, evidence, day)
        reported = report.confidence if report else None
        return Assessed(
            item.code, row.rating, row.reason, row.evidence, row.as_of, row.actor, row.recorded_at, reported
        )


def add_assessment(
    journal: Journal, item: Item, rating: Confidence, reason: str, evidence: str | None, as_of: date
) -> Assessment:
    """Add an assessment as part of an open write transaction. Raises BadValueError if no reason is given."""
    text = required(reason, "reason")
    row = Assessment(item_id=item.id, as_of=as_of, rating=rating, reason=text, evidence=clean(evidence, "evidence"))
    return journal.add(row, action="assess", label=item.code, reason=text)
