"""The rules for reporting an item as cancelled or merged: a reason and, if merged, the item that continues its work.

A second person decides whether the ending counts (`planner.writes.reports.confirmations`).
"""

from collections.abc import Iterator
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from planner.base.errors import BadValueError, NotAllowedError
from planner.base.language import tr
from planner.base.texts import clean
from planner.base.views import value_class
from planner.domain.codes import code_key
from planner.domain.vocabulary import Phase
from planner.register.item_rows import has_code, unknown_item
from planner.store.models import Item, StatusUpdate
from planner.writes.newest import newest


@value_class
class EndingDetails:
    """How an item was cancelled or merged: the date, the reason and, if merged, the id of the continuing item."""

    ended_on: date | None = None
    reason: str | None = None
    merged_into_id: int | None = None


def ending_details(
    session: Session,
    item: Item,
    phase: Phase,
    reason: str | None,
    merged_into: str | None,
    last: StatusUpdate | None,
    as_of: date,
) -> EndingDetails:
    """Return how a report cancels or merges an item. Return an empty `EndingDetails` for any other phase.

    A later report on the same ending keeps the details of the first one. Raises BadValueError if the reason or the item
    to merge into is missing, or is given for a phase that takes none. Raises NotAllowedError if the item to merge into
    has ended.
    """
    why, target = clean(reason, "ending_reason"), clean(merged_into, "merged_into")
    _require_fitting_details(phase, why, target)
    if not phase.dropped:
        return EndingDetails()
    if last is not None and last.phase == phase and last.ended_on is not None:
        return _earlier_details(session, item, last, why, target)
    if why is None:
        raise BadValueError(
            tr("an item that is {phase} needs a reason", phase=phase.value),
            where="ending_reason",
            do=tr("Give the reason; somebody else will confirm it"),
        )
    return EndingDetails(as_of, why, _merge_target(session, item, target, as_of).id if phase is Phase.MERGED else None)


def _require_fitting_details(phase: Phase, why: str | None, target: str | None) -> None:
    """Raise BadValueError if a report gives details of an ending, but its phase is not this ending."""
    if why is not None and not phase.dropped:
        raise BadValueError(
            tr("an ending reason was given, but the item is reported as {phase}", phase=phase.value),
            where="ending_reason",
            do=tr("Report the item as cancelled or merged, or remove the reason"),
        )
    if target is not None and phase is not Phase.MERGED:
        raise BadValueError(
            tr("an item to merge into was given, but the phase is {phase}", phase=phase.value),
            where="merged_into",
            do=tr("Report the item as merged, or remove the item to merge into"),
        )


def _earlier_details(
    session: Session, item: Item, last: StatusUpdate, why: str | None, target: str | None
) -> EndingDetails:
    """Return the details of an ending that was reported earlier.

    Raises NotAllowedError if the new report would change them.

    Somebody may have confirmed the ending already, so its details must not change.
    """
    same_target = target is None or code_key(target) == code_key(last.merged_into or "")
    if (why or last.ending_reason) != last.ending_reason or not same_target:
        raise NotAllowedError(
            tr(
                "this item has been reported as {phase} since {ended_on}, with another reason or another item to "
                "merge into",
                phase=last.phase,
                ended_on=last.ended_on,
            ),
            where=item.code,
            do=tr("Undo the earlier report or have it returned, and report again"),
        )
    return EndingDetails(last.ended_on, last.ending_reason, last.merged_into_id)


def _merge_target(session: Session, item: Item, code: str | None, as_of: date) -> Item:
    """Return the item that continues a merged item. It must exist, be another item, and not have ended."""
    if code is None:
        raise BadValueError(
            tr("a merged item must name the item that continues its work"),
            where="merged_into",
            do=tr("Give the code of the item that continues the work, such as T-001"),
        )
    target = session.execute(select(Item).where(has_code(item.plan_id, code))).scalar_one_or_none()
    if target is None:
        raise unknown_item(code, "merged_into")
    if target.id == item.id:
        raise BadValueError(
            tr("an item cannot be merged into itself"), where="merged_into", do=tr("Give the code of another item")
        )
    for day in (as_of, date.max):
        report = newest(session, StatusUpdate, {"item_id": target.id}, as_of=day)
        if report is not None and report.phase.terminal:
            raise NotAllowedError(
                tr(
                    "{code} is reported as {phase}, so it cannot continue other work",
                    code=target.code,
                    phase=report.phase,
                ),
                where="merged_into",
                do=tr("Give an item that has not ended, or report this item as cancelled"),
            )
    return target


def require_no_circle(session: Session, item_id: int) -> None:
    """Raise NotAllowedError if an item was merged, directly or through other items, into itself.

    New reports cannot cause this, but taking back or returning a report can.
    """
    codes: list[str] = []
    for target in _chain(session, item_id):
        codes.append(target.code)
        if target.id == item_id:
            raise NotAllowedError(
                tr("items would be merged in a circle: {codes}", codes=", ".join(codes)),
                where=codes[-1],
                do=tr("Ask for the later report to be returned first"),
            )


def _chain(session: Session, item_id: int) -> Iterator[Item]:
    """Yield the item that an item was merged into, then the one that this item was merged into, and so on.

    Stop when an item would come a second time.
    """
    visited: set[int] = set()
    current: int | None = item_id
    while current is not None and current not in visited:
        visited.add(current)
        report = newest(session, StatusUpdate, {"item_id": current}, as_of=date.max)
        current = report.merged_into_id if report is not None else None
        if current is not None:
            yield session.get_one(Item, current)
