"""Saying which dates of the files are outside the plan, because they are often slips or those of another plan."""

from collections.abc import Iterable, Iterator
from datetime import date

from planner.base.language import tr, tr_count
from planner.base.views import value_class
from planner.intake.comparing.asking import Asking
from planner.intake.comparing.differences.items import ChangedItem, NewItem
from planner.intake.comparing.differences.parts import ChangedPart, NewPart
from planner.intake.comparing.stored import StoredPlan
from planner.intake.proposed import Field, Given
from planner.intake.sheets import Place

# Work can begin before the plan, so that only an earlier start is a slip.
_YEARS_BEFORE = 10
# So many dates are told one by one. With at least so many, most of which are outside, it can be another plan.
_MOST_TOLD, _FEWEST = 10, 3
THIS_PLAN = "this plan"


@value_class
class _Dated:
    """A date that the import writes: its field, its day and its place."""

    field: Field
    day: date
    place: Place


def tell_outside_plan(plan: StoredPlan, new: Iterable[NewItem], changed: Iterable[ChangedItem], asking: Asking) -> None:
    """Remark the new dates outside the plan. If most are, ask whether this is the right plan."""
    dates = [*_of_new(new), *_of_changed(changed)]
    outside = [one for one in dates if _is_outside(one, plan)]
    if not outside:
        return
    if len(dates) >= _FEWEST and len(outside) * 2 > len(dates):
        _ask(plan, outside, len(dates), asking)
        return
    for one in outside[:_MOST_TOLD]:
        what = tr(
            "{day} is outside the plan, which is from {starts} to {ends}",
            day=one.day,
            starts=plan.starts,
            ends=plan.ends,
        )
        asking.remark(Given(one.day, one.place), one.field, what, tr("Correct the date if it is a slip"))
    if len(outside) > _MOST_TOLD:
        rest = outside[_MOST_TOLD:]
        what = tr_count(
            "{count:,} further date is outside the plan", "{count:,} further dates are outside the plan", len(rest)
        )
        asking.remark(Given(rest[0].day, rest[0].place), rest[0].field, what)


def _ask(plan: StoredPlan, outside: list[_Dated], dates: int, asking: Asking) -> None:
    first = outside[0]
    what = tr(
        "{number} of {dates} new dates, such as {day}, are outside the plan, which is from {starts} to {ends}",
        number=len(outside),
        dates=dates,
        day=first.day,
        starts=plan.starts,
        ends=plan.ends,
    )
    do = tr("Say whether the files belong to this plan. Otherwise, choose the right plan and import them there")
    asking.ask(Given(None, Place(first.place.file)), Field.DUE, what, do, (THIS_PLAN,))


def _is_outside(one: _Dated, plan: StoredPlan) -> bool:
    if one.field is Field.START:
        return one.day > plan.ends or one.day.year < plan.starts.year - _YEARS_BEFORE
    return not plan.starts <= one.day <= plan.ends


def _of_new(items: Iterable[NewItem]) -> Iterator[_Dated]:
    for item in items:
        for field in (Field.START, Field.DUE):
            day = item.facts.get(field)
            if isinstance(day, date) and field not in item.assumed:
                yield _Dated(field, day, item.place)
        yield from _of_parts(item.milestones)


def _of_parts(parts: Iterable[NewPart]) -> Iterator[_Dated]:
    for part in parts:
        day = part.facts.get(Field.DATE)
        if isinstance(day, date):
            yield _Dated(Field.DATE, day, part.place)


def _of_changed(items: Iterable[ChangedItem]) -> Iterator[_Dated]:
    for item in items:
        rows: tuple[ChangedItem | ChangedPart, ...] = (item, *item.changed_parts)
        for change in (change for row in rows for change in row.written):
            if change.field in (Field.START, Field.DUE, Field.DATE) and isinstance(change.new, date):
                yield _Dated(change.field, change.new, change.place)
        yield from _of_parts(item.new_parts)
