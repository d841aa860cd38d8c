"""Moving the date of a milestone or the due date of an item, with a reason."""

from dataclasses import field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from planner.base.errors import BadValueError
from planner.base.language import later, tr, tr_later
from planner.base.texts import required
from planner.base.views import value_class
from planner.domain.rules.permissions import Permission
from planner.domain.vocabulary import Basis
from planner.register.effective_records import is_effective
from planner.register.writing import Writing
from planner.store.journal import Journal
from planner.store.models import DateChange, Item, Milestone
from planner.tables.json_form import NOT_IN_JSON
from planner.writes.newest import newest
from planner.writes.reports.doubts import checking_consistency
from planner.writes.reports.item_write import day_of_change, writing_on_item
from planner.writes.reports.milestones import milestone_row, require_open

if TYPE_CHECKING:
    from planner.store.models import ItemChange


@value_class
class DateMoved:
    """A recorded change of a date. `milestone` is the number of the milestone, or None for the item's due date.

    If `old` and `new` are the same day, it was only assumed, and is confirmed. `next_change` is the first day from
    which a change that was recorded before holds instead, and `then` is the date from that day on.
    """

    code: str
    milestone: int | None
    old: date
    new: date
    reason: str
    as_of: date
    actor: str
    recorded_at: datetime
    next_change: date | None = field(default=None, metadata=NOT_IN_JSON)
    then: date | None = field(default=None, metadata=NOT_IN_JSON)

    def sentence(self) -> str:
        """Return what was recorded, in the words that all commands share."""
        about = {"code": self.code, "number": self.milestone, "new": self.new, "old": self.old}
        said = tr_later(_RECORDED[self.new == self.old, self.milestone is None]).format(**about)
        if self.next_change is None:
            return said
        until = tr(
            "This holds from {day} until {last}. From {next} on, the date is {then}, as was recorded before.",
            day=self.as_of,
            last=self.next_change - timedelta(days=1),
            next=self.next_change,
            then=self.then,
        )
        return f"{said} {until}"


# What was recorded, by whether the day stays, and whether it is the due date of the item.
_RECORDED = {
    (False, True): later("Recorded: {code} is due on {new} instead of {old}."),
    (False, False): later("Recorded: {code} milestone {number} was moved from {old} to {new}."),
    (True, True): later("Recorded: the due date of {code}, {new}, is confirmed. It was only assumed."),
    (True, False): later("Recorded: the date of {code} milestone {number}, {new}, is confirmed. It was only assumed."),
}


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
    """Move the date of a milestone. Its baseline date does not change. The same day confirms an assumed date.

    Raises NotAllowedError if the milestone was met.
    """
    day = day_of_change(writing, as_of)
    with writing_on_item(writing, code, Permission.MOVE_MILESTONE, day) as (journal, item):
        milestone = milestone_row(writing.session, item, number)
        require_open(writing.session, item, milestone, day)
        with checking_consistency(writing, [item.code], day, check_doubts=check_doubts):
            row = add_date_change(journal, item, milestone, new, reason, day, Basis.REGISTERED)
        return _moved(writing.session, item, milestone, row, new)


def move_due_date(
    writing: Writing, code: str, new: date, reason: str, *, as_of: date | None = None, check_doubts: bool = False
) -> DateMoved:
    """Move the due date of an item. Its baseline date does not change. The same day confirms an assumed date."""
    day = day_of_change(writing, as_of)
    with writing_on_item(writing, code, Permission.MOVE_DUE_DATE, day) as (journal, item):
        with checking_consistency(writing, [item.code], day, check_doubts=check_doubts):
            row = add_date_change(journal, item, None, new, reason, day, Basis.REGISTERED)
        return _moved(writing.session, item, None, row, new)


def add_date_change(
    journal: Journal, item: Item, milestone: Milestone | None, new: date, reason: str, as_of: date, basis: Basis
) -> "DateChange | ItemChange":
    """Add the change of a milestone's date or of a due date, as part of an open write transaction.

    If the date was only assumed, the same day confirms it. Raises BadValueError if the new date is the same as one that
    somebody agreed on, or before the start of the item, or if no reason is given.
    """
    old = current_date(journal.session, item, milestone, as_of)
    prefix = f"milestone_{milestone.number}_" if milestone else ""
    if new == old:
        # Imported here, because most reports confirm no date, and this maps the history of acts.
        from planner.writes.reports.confirmed_dates import confirm_date, is_assumed

        if is_assumed(milestone or item) and not _was_moved(journal.session, item, milestone):
            told = f"{milestone.number} ({new})" if milestone else str(new)
            why, label = required(reason, f"{prefix}reason"), date_label(item, milestone)
            return confirm_date(journal, item, milestone or item, told, as_of, why, label=label)
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
    change = newest(session, DateChange, _subject(item, milestone), as_of=as_of)
    if change is not None:
        return change.new_date
    return milestone.baseline_date if milestone else item.baseline_due


def _was_moved(session: Session, item: Item, milestone: Milestone | None) -> bool:
    """Return whether somebody has moved the date, and so agreed on it, as of any day."""
    return newest(session, DateChange, _subject(item, milestone), as_of=date.max) is not None


def _subject(item: Item, milestone: Milestone | None) -> dict[str, int | None]:
    return {"item_id": item.id, "milestone_id": milestone.id if milestone else None}


def _moved(
    session: Session, item: Item, milestone: Milestone | None, row: "DateChange | ItemChange", new: date
) -> DateMoved:
    number, later_day = milestone.number if milestone else None, _next_change(session, item, milestone, row.as_of)
    return DateMoved(
        code=item.code,
        milestone=number,
        old=row.old_date if isinstance(row, DateChange) else new,
        new=new,
        reason=row.reason,
        as_of=row.as_of,
        actor=row.actor,
        recorded_at=row.recorded_at,
        next_change=later_day,
        then=current_date(session, item, milestone, later_day) if later_day else None,
    )


def _next_change(session: Session, item: Item, milestone: Milestone | None, day: date) -> date | None:
    """Return the first day after a day as of which the same date was moved, or None if there is none."""
    own = DateChange.item_id == item.id, DateChange.milestone_id == (milestone.id if milestone else None)
    later_ones = select(func.min(DateChange.as_of)).where(*own, DateChange.as_of > day, is_effective(DateChange))
    return session.execute(later_ones).scalar_one()
