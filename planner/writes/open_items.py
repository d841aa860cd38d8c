"""Which items are open during a write: those that were not reported as ended, or whose ending nobody has confirmed.

An item that an ended organisation led could never be reported on again, so every act that ends one asks here.
"""

from collections.abc import Iterable, Iterator
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from planner.base.errors import NotAllowedError
from planner.base.language import tr
from planner.domain.rules.endings import completion_of, has_ended
from planner.domain.vocabulary import Confirmation
from planner.register.effective_records import answers_with, is_effective
from planner.store.models import CompletionConfirmation, Item, Organisation, StatusUpdate
from planner.writes.newest import newest


def open_items(session: Session, items: Iterable[Item], since: date = date.max) -> list[Item]:
    """Return the items that are open now, or were open on the day `since` or later."""
    return [item for item in items if _was_open(session, item.id, since)]


def is_confirmed(session: Session, report: StatusUpdate) -> bool:
    """Return whether the ending in a report was confirmed, there or in an earlier report of the same ending."""
    same = (
        answers_with(Confirmation.CONFIRMED)
        .join(StatusUpdate, StatusUpdate.id == CompletionConfirmation.status_update_id)
        .where(
            StatusUpdate.item_id == report.item_id,
            StatusUpdate.phase == report.phase,
            StatusUpdate.completed_on.is_not_distinct_from(report.completed_on),
            StatusUpdate.ended_on.is_not_distinct_from(report.ended_on),
            StatusUpdate.merged_into_id.is_not_distinct_from(report.merged_into_id),
            is_effective(StatusUpdate),
        )
    )
    return session.execute(select(same.exists())).scalar_one()


def require_lead_if_open(session: Session, item: Item) -> None:
    """Raise NotAllowedError if an item is open and the organisation that leads it was merged or dissolved.

    Taking up an item again that had ended can cause this.
    """
    # Imported only to take up an item again.
    from planner.queries.people.ended import read_ended

    ended = read_ended(session).get(item.lead_id)
    if ended is not None and _was_open(session, item.id, date.max):
        raise NotAllowedError(
            tr(
                "the item would be open again, but {ended}",
                ended=ended.what(session.get_one(Organisation, item.lead_id).name),
            ),
            where=item.code,
            do=tr("Give it another lead first, with 'planner item move'"),
        )


def _was_open(session: Session, item_id: int, since: date) -> bool:
    return any(report is None or not _has_ended(session, report) for report in _reports(session, item_id, since))


def _reports(session: Session, item_id: int, since: date) -> Iterator[StatusUpdate | None]:
    """Yield the report that was current on a day, and those of later days."""
    yield newest(session, StatusUpdate, {"item_id": item_id}, as_of=since)
    later = select(StatusUpdate).where(StatusUpdate.item_id == item_id, StatusUpdate.as_of > since)
    yield from session.execute(later.where(is_effective(StatusUpdate))).scalars()


def _has_ended(session: Session, report: StatusUpdate) -> bool:
    confirmed = report.phase.terminal and is_confirmed(session, report)
    return has_ended(report.phase, completion_of(report.phase, confirmed))
