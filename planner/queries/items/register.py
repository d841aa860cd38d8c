"""The register at a point in time: facts are read in a few statements, and the rules compute the states.

A large register is read in parts, so that the first items and the number of items read can be shown meanwhile.
"""

from array import array
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from itertools import chain
from typing import TypeAlias

from sqlalchemy import Select, bindparam, func, select

from planner.base.views import view
from planner.queries.chosen import Chosen, items_between, items_of_plan_among, items_with_codes
from planner.queries.items.agreed import AgreedRows, Surroundings, agreed_items, read_agreed_rows, read_surroundings
from planner.queries.items.ordering import register_order
from planner.queries.items.reported import read_answered, read_reported, read_reported_in_brief
from planner.queries.items.reported import status_view as status_view  # writes and reads of one item take it from here
from planner.queries.items.states import ItemProgress, ItemViews
from planner.queries.items.views import ItemLine, ItemView, SearchedItem
from planner.queries.search.other_names import read_other_names
from planner.register.codes_then import codes_then, no_such_item, present_codes
from planner.register.item_rows import is_item_of
from planner.register.plans import require_known
from planner.register.reading import Reading
from planner.store.models import Item

# The number of items read at a time. The first part is small, so that it can be shown soon.
# docs/decisions/0050: after each part, the reading thread pauses so that the screen can be updated.
FIRST_PART = 250
PART = 4_000


@view
class RegisterPart:
    """A part of the register on each of the requested days, with the number of items read so far and their total.

    The items are in no particular order; sort them with `register_order` to show them. An item that was added later is
    not among the items of an earlier day, but `read` and `total` count it. `further` has only the progress of the
    items, on each of the further days.
    """

    on_days: list[list[ItemView]]
    further: list[list[ItemProgress]]
    read: int
    total: int


# An array, because a million rows or Python integers would take 100 MB.
Ids: TypeAlias = "array[int]"

# The views of some items on each day, and their progress on each further day.
ReadPart: TypeAlias = tuple[list[list[ItemView]], list[list[ItemProgress]]]


@view
class IdsOfPart:
    """The ids of the items in a part of the register, and the number of all items."""

    ids: Ids
    total: int


def read_register(reading: Reading, codes: Sequence[str] | None = None) -> list[ItemView]:
    """Return all items of the plan, or those with these codes, in the order of the register.

    Raises TooSoonError if nothing was recorded by `point.known_at`.
    """
    return read_register_on(reading, [reading.as_of], codes)[0]


def read_register_on(
    reading: Reading,
    days: Sequence[date],
    codes: Sequence[str] | None = None,
    *,
    searched: bool = True,
) -> list[list[ItemView]]:
    """Return the items of the plan on each of several days, all as known at one instant.

    Each day has the items that the plan had on it. Their rows are read once for all days. If `searched` is not set, the
    names in other languages are left out. Raises TooSoonError if nothing was recorded by `known_at`.
    """
    if codes is not None:
        on_days = _read_with_codes(reading, days, codes, searched=searched)
        return [_in_order([items]) for items in on_days]
    parts = list(read_parts(reading, days, searched=searched))
    return [_in_order(part.on_days[place] for part in parts) for place in range(len(days))]


def read_searched_items(reading: Reading) -> list[SearchedItem]:
    """Return what searches look at of all items of the plan, in the order of the register.

    No milestone and no report is read. Raises TooSoonError if nothing was recorded by `known_at`.
    """
    require_known(reading.session, reading.plan, reading.known_at)
    (state,) = _reader(reading, [reading.as_of], ()).states
    chosen = (items_between(reading.plan.id, part.ids[0], part.ids[-1]) for part in _parts_with_items(reading))
    found = (state.views(read_agreed_rows(reading, some, milestones=False)).searched() for some in chosen)
    return sorted(chain.from_iterable(found), key=register_order)


def read_item_lines(reading: Reading, *, searched: bool = True) -> list[ItemLine]:
    """Return all items of the plan in the order of the register, without milestones and texts of reports.

    If `searched` is not set, the names in other languages are left out. Raises TooSoonError if nothing was recorded by
    `known_at`.
    """
    from planner.queries.steps import read_steps  # only for lists

    require_known(reading.session, reading.plan, reading.known_at)
    (state,) = _reader(reading, [reading.as_of], (), searched=searched).states
    answered = read_answered(reading.session)
    lines: list[ItemLine] = []
    for part in _parts_with_items(reading):
        chosen = items_between(reading.plan.id, part.ids[0], part.ids[-1])
        views = state.views(read_agreed_rows(reading, chosen, milestones=False))
        reported = read_reported_in_brief(reading, chosen, answered.intersection(part.ids))
        lines += views.lines_on(reading.as_of, reported, read_steps(reading, views.agreed.items))
    return sorted(lines, key=register_order)


def _parts_with_items(reading: Reading) -> Iterator[IdsOfPart]:
    return (part for part in ids_in_parts(reading, in_order=False) if part.ids)


def _read_with_codes(
    reading: Reading, days: Sequence[date], codes: Sequence[str], *, searched: bool
) -> list[list[ItemView]]:
    """Return the items with these codes on each of several days, in no particular order."""
    require_known(reading.session, reading.plan, reading.known_at)
    read = _reader(reading, days, (), searched=searched)
    chosen = items_with_codes(reading.plan.id, present_codes(reading, codes))
    on_days, _ = read(chosen, read_answered(reading.session, chosen))
    return on_days


def read_parts(
    reading: Reading,
    days: Sequence[date],
    *,
    further: Sequence[date] = (),
    in_order: bool = False,
    searched: bool = True,
) -> Iterator[RegisterPart]:
    """Yield the whole register in parts, each part as of several days. An empty plan gives one empty part.

    If `in_order` is set, the parts are in code order, which takes a little longer. Otherwise they are in no particular
    order. For the days of `further`, only the progress of the items is read, which takes much less time. If `searched`
    is not set, the names in other languages, which only searches use, are left out. Raises TooSoonError if nothing was
    recorded by `known_at`.
    """
    read = part_reader(reading, days, further=further, in_order=in_order, searched=searched)
    count = 0
    for part in ids_in_parts(reading, in_order=in_order):
        count += len(part.ids)
        yield RegisterPart(*read(part.ids), count, part.total)


def part_reader(
    reading: Reading, days: Sequence[date], *, further: Sequence[date], in_order: bool, searched: bool
) -> Callable[[Ids], ReadPart]:
    """Return a function that reads the items with some ids, for a caller that chooses which parts to read.

    The parts are those of `ids_in_parts`, and the other arguments and errors those of `read_parts`.
    """
    require_known(reading.session, reading.plan, reading.known_at)
    read = _reader(reading, days, further, searched=searched)
    answered = read_answered(reading.session)

    def read_part(ids: Ids) -> ReadPart:
        if in_order or not ids:
            chosen = items_of_plan_among(reading.session, reading.plan.id, ids)
        else:
            chosen = items_between(reading.plan.id, ids[0], ids[-1])
        return read(chosen, answered.intersection(ids))

    return read_part


def ids_in_parts(reading: Reading, *, in_order: bool) -> Iterator[IdsOfPart]:
    """Yield the ids of a plan's items in parts.

    The first part is read by itself, because it is shown at once, and reading 100,000 ids takes a fifth of a second.
    """
    first = _ids(reading, in_order, FIRST_PART)
    if len(first) < FIRST_PART:
        yield IdsOfPart(first, len(first))
        return
    total = reading.session.scalar(_COUNT, {"plan_id": reading.plan.id}) or 0
    yield IdsOfPart(first, total)
    if total > FIRST_PART:
        ids = _ids(reading, in_order)
        for start in range(FIRST_PART, total, PART):
            yield IdsOfPart(ids[start : start + PART], total)


# The order of `register_order` in SQL. If places changed later, it differs from the order at a past instant.
_IN_ORDER = (Item.position, func.length(Item.code), Item.code)

_COUNT = select(func.count()).select_from(Item.__table__).where(is_item_of(bindparam("plan_id")))


@cache
def _select_ids(in_order: bool, most: int | None) -> Select[int]:
    order = _IN_ORDER if in_order else (Item.id,)
    return select(Item.id).where(is_item_of(bindparam("plan_id"))).order_by(*order).limit(most)


def _ids(reading: Reading, in_order: bool, most: int | None = None) -> Ids:
    """Return the ids of a plan's items: at most `most`, or all if it is None."""
    found = reading.session.execute(
        _select_ids(in_order, most), {"plan_id": reading.plan.id}, execution_options={"yield_per": PART}
    )
    return array("q", found.scalars())


@view
class _State:
    """The plan as it was on one or more days between which no act changed it."""

    reading: Reading
    surroundings: Surroundings

    def views(self, found: AgreedRows) -> ItemViews:
        agreed = agreed_items(self.reading, self.surroundings, found)
        plan, today = self.reading.plan, self.reading.point.current_day
        return ItemViews(agreed, plan.settings, codes_then(self.reading), today, simulated=plan.simulated)


@view
class _Reader:
    """Reads items on each of several days. Rows that all parts of a register share are read once.

    `state_on` has, for each day, the place in `states` of the state of the plan on that day.
    """

    reading: Reading
    days: Sequence[date]
    further: Sequence[date]
    states: Sequence[_State]
    state_on: dict[date, int]

    def __call__(self, chosen: Chosen, answered: Collection[int] | None = None) -> ReadPart:
        """Return the views of items on each day, and their progress on each further day."""
        found = read_agreed_rows(self.reading, chosen)
        views = [state.views(found) for state in self.states]
        reported = read_reported(self.reading, [*self.days, *self.further], chosen, answered)
        on_days = [views[self.state_on[day]].on(day, reported[day]) for day in self.days]
        return on_days, [views[self.state_on[day]].progress_on(reported[day]) for day in self.further]


def _reader(reading: Reading, days: Sequence[date], further: Sequence[date], *, searched: bool = True) -> _Reader:
    states: list[_State] = []
    state_on: dict[date, int] = {}
    for then in reading.on_days(dict.fromkeys((*days, *further))):
        known = (place for place, state in enumerate(states) if state.reading.rollback.before == then.rollback.before)
        place = next(known, len(states))
        if place == len(states):
            states.append(_State(then, _surroundings(then, searched=searched)))
        state_on[then.as_of] = place
    return _Reader(reading, days, further, states, state_on)


def _surroundings(reading: Reading, *, searched: bool) -> Surroundings:
    # No report, date or value changes them, so a write reads them once before and after it.
    surroundings = reading.once(read_surroundings)
    return replace(surroundings, other_names=read_other_names(reading)) if searched else surroundings


def _in_order(parts: Iterable[list[ItemView]]) -> list[ItemView]:
    return sorted(chain.from_iterable(parts), key=register_order)


def read_items(reading: Reading, codes: Sequence[str]) -> list[ItemView]:
    """Return the items with these codes, in code order.

    The names in other languages, which only searches use, are left out.

    Raises TooSoonError if nothing was recorded by `known_at`.
    """
    return _in_order(_read_with_codes(reading, [reading.as_of], codes, searched=False))


def read_codes(reading: Reading, ids: Collection[int]) -> list[str]:
    """Return the present codes of items of the plan by id. An item may have got another code since its id was noted."""
    wanted = select(Item.code).where(is_item_of(reading.plan.id), Item.id.in_(ids))
    return list(reading.session.execute(wanted).scalars())


def read_item(reading: Reading, code: str) -> ItemView:
    """Return one item. Raises UnknownNameError if the plan has no item with this code at the point in time."""
    found = read_items(reading, [code])
    if not found:
        raise no_such_item(reading, code)
    return found[0]
