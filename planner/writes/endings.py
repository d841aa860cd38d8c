"""What it takes to report an item as cancelled or merged: a reason, and of a merged one the item that it goes on in.

Whether the ending counts is for somebody else to say (planner.writes.confirmations).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from planner.codes import canonical_code
from planner.errors import BadValueError, NotAllowedError, UnknownNameError
from planner.models import Item, StatusUpdate
from planner.texts import clean
from planner.vocabulary import Phase
from planner.writes.newest import newest


@dataclass(frozen=True)
class Dropping:
    """Since when an item is cancelled or merged, why, and into which other item (its id) it was merged."""

    ended_on: date | None = None
    reason: str | None = None
    merged_into_id: int | None = None


def dropping_of(
    session: Session,
    item: Item,
    phase: Phase,
    reason: str | None,
    merged_into: str | None,
    last: StatusUpdate | None,
    as_of: date,
) -> Dropping:
    """What a report says of an ending as cancelled or merged; nothing where its phase is another.

    A later report on the same ending keeps what was said of it. Raises BadValueError for a reason or an item that is
    missing or out of place, NotAllowedError for an item that nothing can go on in.
    """
    why, target = clean(reason, "ending reason"), clean(merged_into, "merged into")
    _require_in_place(phase, why, target)
    if not phase.dropped:
        return Dropping()
    if last is not None and last.phase == phase and last.ended_on is not None:
        return _kept(session, item, last, why, target)
    if why is None:
        raise BadValueError(
            f"an item is {phase.value} for a reason", where="ending reason", do="Say why; somebody else confirms it"
        )
    return Dropping(as_of, why, _target(session, item, target, as_of).id if phase is Phase.MERGED else None)


def _require_in_place(phase: Phase, why: str | None, target: str | None) -> None:
    """Raise where something is said of an ending that is not reported."""
    if why is not None and not phase.dropped:
        raise BadValueError(
            f"there is a reason for ending the item, which is reported as {phase.value}",
            where="ending reason",
            do="Report it as cancelled or merged, or leave the reason out",
        )
    if target is not None and phase is not Phase.MERGED:
        raise BadValueError(
            f"there is an item to be merged into, and the phase is {phase.value}",
            where="merged into",
            do="Report it as merged, or leave the item out",
        )


def _kept(session: Session, item: Item, last: StatusUpdate, why: str | None, target: str | None) -> Dropping:
    """What was said of an ending that is reported on again; it is not changed under those who confirmed it."""
    other = canonical_code(target) if target else None
    if (why or last.ending_reason) != last.ending_reason or (other or last.merged_into) != last.merged_into:
        raise NotAllowedError(
            f"it is reported as {last.phase} since {last.ended_on}, for another reason or into another item",
            where=item.code,
            do="Take that report back, or have it returned, and report again",
        )
    return Dropping(last.ended_on, last.ending_reason, last.merged_into_id)


def _target(session: Session, item: Item, code: str | None, as_of: date) -> Item:
    """The item that another one goes on in: there, another one, and not ended."""
    if code is None:
        raise BadValueError(
            "a merged item goes on in another one", where="merged into", do="Name that item by its code, such as T-001"
        )
    wanted = canonical_code(code)
    target = session.execute(select(Item).where(Item.plan_id == item.plan_id, Item.code == wanted)).scalar_one_or_none()
    if target is None:
        raise UnknownNameError(f"the plan has no item '{code}'", where="merged into", do="See 'planner items'")
    if target.id == item.id:
        raise BadValueError("an item is not merged into itself", where="merged into", do="Name the other item")
    for day in (as_of, date.max):
        report = newest(session, StatusUpdate, StatusUpdate.item_id == target.id, as_of=day)
        if report is not None and Phase(report.phase).terminal:
            raise NotAllowedError(
                f"{target.code} is reported as {report.phase}, so nothing goes on in it",
                where="merged into",
                do="Name an item that is not ended, or cancel this one",
            )
    return target


def require_no_circle(session: Session, item_id: int) -> None:
    """Raise NotAllowedError where an item goes on in others that at last go on in it.

    Reports keep this so; taking one back could bring it about.
    """
    seen: list[str] = []
    for target in _chain(session, item_id):
        seen.append(target.code)
        if target.id == item_id:
            raise NotAllowedError(
                f"then it would be merged in a circle: {', '.join(seen)}",
                where=seen[-1],
                do="Have the later of the reports returned first",
            )


def _chain(session: Session, item_id: int) -> Iterator[Item]:
    """The items that one goes on in, one after the other; ends where one is met again."""
    met: set[int] = set()
    current: int | None = item_id
    while current is not None and current not in met:
        met.add(current)
        report = newest(session, StatusUpdate, StatusUpdate.item_id == current, as_of=date.max)
        current = report.merged_into_id if report is not None else None
        if current is not None:
            yield session.get_one(Item, current)
