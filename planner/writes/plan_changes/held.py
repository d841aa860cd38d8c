"""What belonged to a theme or a kind, or was led by an organisation, on a day after that of an act.

The rows have only the current values. Something may have left since, and be back on the days between: an act as of an
earlier day must not take away what it belonged to then.
"""

from datetime import date

from sqlalchemy import select

from planner.base.errors import NotAllowedError
from planner.base.language import tr
from planner.register.later_acts import counts
from planner.register.plan_changes import REMOVED, SUPPORTING
from planner.store.models import Item, ItemChange, Organisation, PlanChange, Theme
from planner.writes.plan_changes.facts import Act


def require_theme_empty_since(act: Act, theme: Theme) -> None:
    """Raise NotAllowedError if an item or a theme left a theme as of a day after that of the act."""
    number, plan = str(theme.number), act.writing.plan.id
    items = (
        select(Item.code, ItemChange.as_of)
        .join(ItemChange, ItemChange.item_id == Item.id)
        .where(Item.plan_id == plan, ItemChange.field == "theme", ItemChange.old_value == number)
        .where(ItemChange.as_of > act.day, counts(ItemChange.recorded_at))
        .order_by(ItemChange.as_of.desc(), ItemChange.id.desc())
    )
    moved = PlanChange.field == "parent", PlanChange.old_value == number
    removed = PlanChange.field == REMOVED, Theme.parent_id == theme.id
    themes = (
        select(Theme.title, PlanChange.as_of)
        .join(PlanChange, PlanChange.theme_id == Theme.id)
        .where(Theme.plan_id == plan, moved[0] & moved[1] | removed[0] & removed[1], PlanChange.as_of > act.day)
        .where(counts(PlanChange.recorded_at))
        .order_by(PlanChange.as_of.desc(), PlanChange.id.desc())
    )
    session = act.writing.session
    left: list[tuple[str, date]] = [(name, day) for own in (items, themes) for name, day in session.execute(own)]
    if left:
        name, day = max(left, key=lambda one: one[1])
        raise NotAllowedError(
            tr("theme {number} was not empty until {day}: {name} was in it", number=number, day=day, name=name),
            where="as_of",
            do=tr("Give that day or a later one"),
        )


def require_kind_unused_since(act: Act, kind: str) -> None:
    """Raise NotAllowedError if an item got another kind as of a day after that of the act."""
    left = (
        select(Item.code, ItemChange.as_of)
        .join(ItemChange, ItemChange.item_id == Item.id)
        .where(Item.plan_id == act.writing.plan.id, ItemChange.field == "kind", ItemChange.old_value == kind)
        .where(ItemChange.as_of > act.day, counts(ItemChange.recorded_at))
        .order_by(ItemChange.as_of.desc(), ItemChange.id.desc())
    )
    for code, day in act.writing.session.execute(left.limit(1)):
        raise NotAllowedError(
            tr("{code} was of the kind {kind} until {day}", code=code, kind=kind, day=day),
            where="as_of",
            do=tr("Give that day or a later one"),
        )


def require_same_work_since(act: Act, row: Organisation) -> None:
    """Raise NotAllowedError if an organisation began or stopped to lead or support an item after an act's day."""
    changes = (
        select(Item.code, ItemChange.as_of, ItemChange.old_value, ItemChange.new_value)
        .join(ItemChange, ItemChange.item_id == Item.id)
        .where(ItemChange.field.in_(("lead", SUPPORTING)), ItemChange.as_of > act.day)
        .where(counts(ItemChange.recorded_at))
        .order_by(ItemChange.as_of.desc(), ItemChange.id.desc())
    )
    for code, day, old, new in act.writing.session.execute(changes):
        if (row.key in (old or "").split(", ")) is not (row.key in (new or "").split(", ")):
            raise NotAllowedError(
                tr("{key} began or stopped to lead or support {code} as of {day}", key=row.key, code=code, day=day),
                where="as_of",
                do=tr("Give that day or a later one"),
            )
