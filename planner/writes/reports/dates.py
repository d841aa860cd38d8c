"""Moving the date of a milestone or the due date of an item, with a reason."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from planner.base.errors import BadValueError
from planner.base.language import tr
from planner.base.texts import required
from planner.base.views import value_class
from planner.domain.rules.permissions import Permission
from planner.domain.vocabulary import Basis
from planner.register.writing import Writing
from planner.store.journal import Journal
from planner.store.models import DateChange, Item, Milestone
from planner.writes.newest import newest
from planner.writes.reports.doubts import checking_consistency
from planner.writes.reports.item_write import day_of_change, writing_on_item
from planner.writes.reports.milestones import milestone_row, require_open


@value_class
class DateMoved:
    """A recorded change of a date. `milestone` is the number of the milestone, or None for the item's due date."""

    code: str
    milestone: int | None
    old: date
    new: date
    reason: str
    as_of: date
    actor: str
    recorded_at: datetime


def move_milestone(
    writing: Writing,
    code: str,
    number: int,
    new: date,
    reason: str,
    *,
    as_of: date | None = None,
    check_doubts: bool = False,
) -> DateMoved:
    """Move the date of a milestone. Its baseline date does not change.

    Raises NotAllowedError if the milestone was met.
    """
    day = day_of_change(writing, as_of)
    with writing_on_item(writing, code, Permission.MOVE_MILESTONE, day) as (journal, item):
        milestone = milestone_row(writing.session, item, number)
        require_open(writing.session, item, milestone, day)
        with checking_consistency(writing, [item.code], day, check_doubts=check_doubts):
            row = add_date_change(journal, item, milestone, new, reason, day, Basis.REGISTERED)
        return _moved(item, number, row)


def move_due_date(
    writing: Writing, code: str, new: date, reason: str, *, as_of: date | None = None, check_doubts: bool = False
) -> DateMoved:
    """Move the due date of an item. Its baseline date does not change."""
    day = day_of_change(writing, as_of)
    with writing_on_item(writing, code, Permission.MOVE_DUE_DATE, day) as (journal, item):
        with checking_consistency(writing, [item.code], day, check_doubts=check_doubts):
            row = add_date_change(journal, item, None, new, reason, day, Basis.REGISTERED)
        return _moved(item, None, row)


def add_date_change(
    journal: Journal, item: Item, milestone: Milestone | None, new: date, reason: str, as_of: date, basis: Basis
) -> DateChange:
    """Add the change of a milestone's date or of a due date, as part of an open write transaction.

    Raises BadValueError if the new date is the same as the old one or before the start of the item, or if no reason is
    given.
    """
    old = current_date(journal.session, item, milestone, as_of)
    prefix = f"milestone_{milestone.number}_" if milestone else ""
    if new == old:
        raise BadValueError(tr("the date is already {new}", new=new), where=f"{prefix}date", do=tr("Give another date"))
    if new < item.starts:
        raise BadValueError(
            tr("{new} is before {code} starts ({starts})", new=new, code=item.code, starts=item.starts),
            where=f"{prefix}date",
            do=tr("Give a later date"),
        )
    text = required(reason, f"{prefix}reason")
    return journal.add(
        DateChange(
            item_id=item.id,
            milestone_id=milestone.id if milestone else None,
            as_of=as_of,
            old_date=old,
            new_date=new,
            reason=text,
            basis=basis,
        ),
        action="move-date",
        label=date_label(item, milestone),
        reason=text,
    )


def date_label(item: Item, milestone: Milestone | None) -> str:
    """Return what the log calls the due date of an item, or that of one of its milestones."""
    return f"{item.code} milestone {milestone.number}" if milestone else f"{item.code} due date"


def current_date(session: Session, item: Item, milestone: Milestone | None, as_of: date) -> date:
    """Return the current due date of an item on a day, or that of one of its milestones."""
    subject = {"item_id": item.id, "milestone_id": milestone.id if milestone else None}
    change = newest(session, DateChange, subject, as_of=as_of)
    if change is not None:
        return change.new_date
    return milestone.baseline_date if milestone else item.baseline_due


def _moved(item: Item, number: int | None, row: DateChange) -> DateMoved:
    return DateMoved(item.code, number, row.old_date, row.new_date, row.reason, row.as_of, row.actor, row.recorded_at)
