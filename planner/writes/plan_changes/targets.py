"""Revising the target of an indicator. The earlier target stays in the history."""

from datetime import date
from math import isfinite

from sqlalchemy import func, select

from planner.base.errors import BadValueError, NotAllowedError
from planner.base.formats import plain_number
from planner.base.language import tr
from planner.base.listing import listed
from planner.base.views import value_class
from planner.domain.vocabulary import Basis
from planner.register.later_acts import counts
from planner.register.writing import Writing
from planner.store.journal import Journal
from planner.store.models import Indicator, Item, Target, TargetChange
from planner.writes.plan_changes.facts import Act, act_on_plan, item_of
from planner.writes.plan_changes.parts import require_direction
from planner.writes.registered import REGISTERED_VALUES
from planner.writes.reports.confirmed_dates import confirm_date, is_assumed
from planner.writes.reports.observations import indicator_row


@value_class
class TargetRevised:
    """A recorded revision of a target, with its value and day before and after."""

    code: str
    indicator: int
    old: float
    new: float
    old_due: date
    new_due: date
    as_of: date
    reason: str

    def sentence(self) -> str:
        """Return what was recorded, in the words that the command line and the app share."""
        if (self.old, self.old_due) == (self.new, self.new_due):
            return tr(
                "Recorded: the target day of indicator {number} of {code}, {day}, is confirmed. It was only assumed.",
                number=self.indicator,
                code=self.code,
                day=self.new_due,
            )
        return tr(
            "Recorded: the target of indicator {number} of {code} is {new} by {new_due} instead of {old} by {old_due}.",
            number=self.indicator,
            code=self.code,
            new=plain_number(self.new),
            new_due=self.new_due,
            old=plain_number(self.old),
            old_due=self.old_due,
        )


@value_class
class Revision:
    """The new value and day of a target, the day from which they hold, and the reason.

    `gives_due` says that the day was given, also if it is the one that was assumed before.
    """

    value: float
    due: date
    as_of: date
    reason: str
    gives_due: bool = False


def revise_target(
    writing: Writing,
    code: str,
    number: int,
    reason: str | None,
    *,
    value: float | None = None,
    due: date | None = None,
    current_due: date | None = None,
    as_of: date | None = None,
) -> TargetRevised:
    """Change the value or the day of an indicator's target: of the one by the day `current_due`.

    Without that day, it is the next one due, or the last if all are past. If the day was only assumed, the same `due`
    confirms it. Raises BadValueError if nothing changes, the value is not a number, or the indicator has no target by
    that day, and NotAllowedError if the indicator has no target, has another one for that day, or had this one revised
    as of a later day.
    """
    with act_on_plan(writing, reason, as_of) as act:
        item = item_of(act, code)
        indicator = indicator_row(writing.session, item, number)
        target = _target(act, item, indicator, current_due)
        old, old_due = target.value, target.due
        new, new_due = _checked(value, old), due or old_due
        label = f"{item.code} indicator {number}"
        if (new, new_due) == (old, old_due) and due is not None and is_assumed(target):
            told = f"{number} ({due})"
            confirm_date(act.journal, item, target, told, act.day, act.reason, label=f"{label} target")
            return TargetRevised(item.code, number, old, new, old_due, new_due, act.day, act.reason)
        if (new, new_due) == (old, old_due):
            raise BadValueError(
                tr("the target is already {value} by {due}", value=plain_number(old), due=old_due),
                where="value",
                do=tr("Give another value or another day"),
            )
        if value is not None:
            require_direction(indicator, new, "value")
        _require_free(act, item, target, new_due)
        revision = Revision(new, new_due, act.day, act.reason, gives_due=due is not None)
        record_revision(act.journal, target, revision, action="revise-target", label=label)
        return TargetRevised(item.code, number, old, new, old_due, new_due, act.day, act.reason)


def record_revision(journal: Journal, target: Target, revision: Revision, *, action: str, label: str) -> None:
    """Give a target its new value and day, and add the row of history that keeps the earlier ones."""
    change = TargetChange(
        target_id=target.id,
        as_of=revision.as_of,
        old_value=target.value,
        new_value=revision.value,
        old_due=target.due,
        new_due=revision.due,
        reason=revision.reason,
        basis=Basis.REGISTERED,
    )
    journal.add(change, action=action, label=label, reason=revision.reason)
    stays = revision.due == target.due and not revision.gives_due
    due_basis = target.due_basis if stays else None
    values = {"value": revision.value, "due": revision.due, "due_basis": due_basis, **REGISTERED_VALUES}
    journal.change(target, values, action=action, label=label, reason=revision.reason)


def _target(act: Act, item: Item, indicator: Indicator, due: date | None) -> Target:
    """Return the target of an indicator by a day, or without a day the one in force."""
    own = select(Target).where(Target.indicator_id == indicator.id, ~Target.taken_out).order_by(Target.due)
    targets = act.writing.session.execute(own).scalars().all()
    if not targets:
        raise NotAllowedError(
            tr("indicator {number} of {code} has no target", number=indicator.number, code=item.code),
            where=item.code,
            do=tr("Add the first one with 'planner target add'"),
        )
    if due is None:
        return next((target for target in targets if target.due >= act.day), targets[-1])
    found = next((target for target in targets if target.due == due), None)
    if found is None:
        raise BadValueError(
            tr("indicator {number} of {code} has no target by {day}", number=indicator.number, code=item.code, day=due),
            where="current_due",
            do=tr("Give one of these days: {days}", days=listed([str(target.due) for target in targets])),
        )
    return found


def _checked(value: float | None, old: float) -> float:
    new = old if value is None else value
    if not isfinite(new):
        raise BadValueError(tr("a target must be a number"), where="value", do=tr("Give a number such as 12.5"))
    return new


def _require_free(act: Act, item: Item, target: Target, due: date) -> None:
    session = act.writing.session
    later = session.execute(
        select(func.max(TargetChange.as_of))
        .where(TargetChange.target_id == target.id, TargetChange.as_of > act.day)
        .where(counts(TargetChange.recorded_at))
    ).scalar()
    if later is not None:
        raise NotAllowedError(
            tr("this target of {code} was revised as of {day} already", code=item.code, day=later),
            where="as_of",
            do=tr("Give that day or a later one"),
        )
    same = select(Target.id).where(
        Target.indicator_id == target.indicator_id, Target.due == due, Target.id != target.id
    )
    if session.execute(same).first() is not None:
        raise NotAllowedError(
            tr("the indicator has another target for {due}", due=due), where="due", do=tr("Give another day")
        )
