"""Adding parts to an item during the year: milestones, indicators and targets. Before its day, a part was not there."""

from dataclasses import field
from datetime import date
from math import isfinite

from sqlalchemy import func, select

from planner.base.errors import BadValueError, NotAllowedError
from planner.base.formats import plain_number
from planner.base.language import later, tr, tr_later
from planner.base.texts import clean
from planner.base.views import value_class
from planner.domain.indicators import against_direction, name_key
from planner.domain.titles import checked_title
from planner.domain.vocabulary import Basis, Direction, MeasuredBy
from planner.queries.plans.theme_numbers import TAKEN_OUT
from planner.register.writing import Writing
from planner.store.models import Indicator, Item, Milestone, Target
from planner.tables.json_form import NOT_IN_JSON
from planner.writes.open_items import open_items
from planner.writes.plan_changes.facts import Act, act_on_plan, add_history, item_of
from planner.writes.plan_changes.items import checked_weight, require_after
from planner.writes.reports.observations import indicator_row


@value_class
class NewPart:
    """A milestone to add to an item that is in the plan already."""

    title: str
    due: date
    weight: float | None = None
    completion_test: str | None = None


@value_class
class NewIndicator:
    """An indicator to add to an item. With `target`, its value is to be reached by the day `due`."""

    name: str
    unit: str
    direction: Direction
    baseline: float | None = None
    target: float | None = None
    due: date | None = None


_ADDED = {
    "milestone": later("Recorded: {code} has milestone {number}, {name}, from {day} on."),
    "indicator": later("Recorded: {code} has indicator {number}, {name}, from {day} on."),
    "target": later("Recorded: indicator {number} of {code} has the target {name} from {day} on."),
}
_REMOVED = {
    "milestone": later("Recorded: {name} is not a milestone of {code} any more from {day} on."),
    "indicator": later("Recorded: {name} is not an indicator of {code} any more from {day} on."),
}


@value_class
class PartChanged:
    """A recorded addition to an item, or removal from it: the `part` (milestone, indicator or target) and its name.

    The number of a target is that of its indicator. `by_milestones` says whether the item is measured by milestones.
    """

    code: str
    part: str
    number: int
    name: str
    as_of: date
    reason: str
    by_milestones: bool
    removed: bool = field(default=False, metadata=NOT_IN_JSON)

    def sentence(self) -> str:
        """Return what was recorded, in the words that the command line and the app share."""
        said = tr_later((_REMOVED if self.removed else _ADDED)[self.part])
        return said.format(code=self.code, number=self.number, name=self.name, day=self.as_of)


def add_milestone(
    writing: Writing, code: str, new: NewPart, reason: str | None, *, as_of: date | None = None
) -> PartChanged:
    """Add a milestone to an item. The item is measured as before: by reports, or by its milestones.

    Raises BadValueError for an impossible title, date or weight, and NotAllowedError if the item has ended.
    """
    with act_on_plan(writing, reason, as_of) as act:
        item = _open_item(act, code)
        require_after(item.starts, new.due, "due")
        number = _next(act, Milestone, item)
        row = Milestone(
            item_id=item.id,
            number=number,
            key=_free_key(act, Milestone, item, number),
            title=checked_title(new.title, "title"),
            baseline_date=new.due,
            weight=checked_weight(new.weight),
            completion_test=clean(new.completion_test, "test") or "",
            basis=Basis.REGISTERED,
            taken_out=False,
        )
        act.journal.add(row, action="add-milestone", label=f"{item.code} milestone {number}", reason=act.reason)
        return _added(act, item, "milestone", number, row.title)


def add_indicator(
    writing: Writing, code: str, new: NewIndicator, reason: str | None, *, as_of: date | None = None
) -> PartChanged:
    """Add an indicator to an item, with a target if one is given.

    Raises BadValueError for an impossible name or number, if only one of a target and its day is given, or if the
    target is not in the indicator's direction. Raises NotAllowedError if the item has ended, or has an indicator of
    this name.
    """
    with act_on_plan(writing, reason, as_of) as act:
        item = _open_item(act, code)
        number = _next(act, Indicator, item)
        row = Indicator(
            item_id=item.id,
            number=number,
            key=_free_key(act, Indicator, item, number),
            name=_free_name(act, item, new.name),
            unit=checked_title(new.unit, "unit"),
            direction=new.direction,
            baseline_value=None if new.baseline is None else _checked(new.baseline, "baseline"),
            basis=Basis.REGISTERED,
            taken_out=False,
        )
        act.journal.add(row, action="add-indicator", label=f"{item.code} indicator {number}", reason=act.reason)
        writing.session.flush()
        if (new.target is None) is not (new.due is None):
            raise BadValueError(
                tr("a target has a value and a day"), where="due", do=tr("Give both the target and its day, or neither")
            )
        if new.target is not None and new.due is not None:
            require_direction(row, new.target, "target")
            _put_target(act, item, row, new.target, new.due)
        return _added(act, item, "indicator", number, row.name)


def add_target(
    writing: Writing, code: str, number: int, value: float, due: date, reason: str | None, *, as_of: date | None = None
) -> PartChanged:
    """Add a target by a day to an indicator of an item, its first one or a further one.

    Raises UnknownNameError if there is no such indicator, BadValueError if the target is not in its direction, and
    NotAllowedError if it has a target for that day or the item has ended.
    """
    with act_on_plan(writing, reason, as_of) as act:
        item = _open_item(act, code)
        indicator = indicator_row(writing.session, item, number)
        require_direction(indicator, value, "value")
        same = select(Target.id).where(Target.indicator_id == indicator.id, Target.due == due)
        if writing.session.execute(same).first() is not None:
            raise NotAllowedError(
                tr("the indicator has another target for {due}", due=due), where="due", do=tr("Give another day")
            )
        _put_target(act, item, indicator, value, due)
        return _added(act, item, "target", number, f"{plain_number(value)} {indicator.unit}", history=False)


def require_direction(indicator: Indicator, target: float, where: str) -> None:
    """Raise BadValueError about `where` if a target lies against the direction of an indicator.

    Its attainment would be negative.
    """
    why = against_direction(indicator.direction, indicator.baseline_value, target)
    if why is not None:
        raise BadValueError(
            why,
            where=where,
            do=tr("Give another target, or add the indicator with the other direction"),
        )


def _open_item(act: Act, code: str) -> Item:
    """Return the row of an item to which a part is added. Raises NotAllowedError if the item has ended."""
    item = item_of(act, code)
    if not open_items(act.writing.session, [item]):
        raise NotAllowedError(
            tr("{code} has ended, so nothing is added to it", code=item.code),
            where=item.code,
            do=tr("Take it up again first, with a report of another phase"),
        )
    return item


def _free_name(act: Act, item: Item, given: str) -> str:
    """Return the name of a new indicator. Raises NotAllowedError if another one of the item has it."""
    name = checked_title(given, "name")
    own = select(Indicator.number, Indicator.name).where(Indicator.item_id == item.id, ~Indicator.taken_out)
    for number, other in act.writing.session.execute(own):
        if name_key(other) == name_key(name):
            raise NotAllowedError(
                tr("indicator {number} of {code} has this name already", number=number, code=item.code),
                where="name",
                do=tr("Add a target to it with 'planner target add', or give another name"),
            )
    return name


def _put_target(act: Act, item: Item, indicator: Indicator, value: float, due: date) -> None:
    row = Target(
        indicator_id=indicator.id,
        due=due,
        value=_checked(value, "target"),
        basis=Basis.REGISTERED,
        taken_out=False,
    )
    label = f"{item.code} indicator {indicator.number}"
    act.journal.add(row, action="add-target", label=label, reason=act.reason)
    add_history(act, item, "target", None, f"{indicator.name}: {plain_number(value)} ({due})", action="add-target")


def _added(act: Act, item: Item, part: str, number: int, name: str, *, history: bool = True) -> PartChanged:
    if history:
        add_history(act, item, part, None, name, action=f"add-{part}")
    by_milestones = item.measured_by is MeasuredBy.MILESTONES
    return PartChanged(item.code, part, number, name, act.day, act.reason, by_milestones)


def _next(act: Act, model: type[Milestone] | type[Indicator], item: Item) -> int:
    last = select(func.max(model.number)).where(model.item_id == item.id, model.number < TAKEN_OUT)
    return (act.writing.session.execute(last).scalar() or 0) + 1


def _free_key(act: Act, model: type[Milestone] | type[Indicator], item: Item, number: int) -> str:
    """Return the permanent name of a new part, which no part of the item has."""
    own = select(model.key).where(model.item_id == item.id)
    taken = set(act.writing.session.execute(own).scalars())
    while f"added-{number}" in taken:
        number += 1
    return f"added-{number}"


def _checked(value: float, where: str) -> float:
    if not isfinite(value):
        raise BadValueError(tr("this must be a number"), where=where, do=tr("Give a number such as 12.5"))
    return value
