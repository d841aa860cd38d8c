"""Checking for inconsistent data before a write is committed, so that the user can confirm that it is intended."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date

from planner.base.errors import PlannerError
from planner.base.language import tr
from planner.base.views import value_class
from planner.domain.rules.doubts import Doubt, about_ending, doubts_of
from planner.queries.items.merged import read_merged_here
from planner.queries.items.register import read_items
from planner.queries.items.views import ItemView
from planner.register.reading import Reading
from planner.register.writing import Writing


class DoubtfulError(PlannerError):
    """The data to be recorded is inconsistent, so nothing was written.

    The user may confirm that the data is intended.
    """

    exit_code = 23

    def __init__(self, code: str, doubts: Sequence[Doubt]) -> None:
        self.doubts = tuple(doubts)
        super().__init__(
            "; ".join(doubt.what for doubt in doubts),
            where=code,
            do=tr("Correct the report, or confirm that it is intended"),
        )


@contextmanager
def checking_consistency(
    writing: Writing, codes: Sequence[str], day: date, *, check_doubts: bool
) -> Iterator[list[ItemView]]:
    """If `check_doubts` is true, check that the writes in the `with` block make no item inconsistent.

    Yield a list, to which the items are added at the end of the block, as they are then. It stays empty if nothing is
    checked. Raises DoubtfulError for the first item that has a new inconsistency. Inconsistencies that existed before
    are ignored.
    """
    after: list[ItemView] = []
    if not check_doubts:
        yield after
        return
    # One reading, so that what no report changes is read once.
    reading = writing.reading(day)
    before = _checked(reading, codes)
    yield after
    writing.session.flush()
    for code, checked in _checked(reading, codes).items():
        after.append(checked.item)
        if new := before[code].new_in(checked):
            raise DoubtfulError(code, new)


def check_moved(writing: Writing, code: str, milestone: int | None, new: date) -> None:
    """Check that an item would be consistent today if its due date, or the date of a milestone, were moved.

    Nothing is moved. Raises DoubtfulError if the item would have an inconsistency that it does not have now.
    """
    reading = writing.reading(writing.today)
    [item] = read_items(reading, [code])
    if milestone is None:
        moved = replace(item, current_due=new)
    else:
        steps = (replace(one, current=new) if one.number == milestone else one for one in item.milestones)
        moved = replace(item, milestones=tuple(steps))
    before = _doubts(reading, item)
    if new_ones := [doubt for doubt in _doubts(reading, moved) if doubt not in before]:
        raise DoubtfulError(item.code, new_ones)


@value_class
class CheckedItem:
    """An item at a moment of an open write, with its inconsistencies."""

    item: ItemView
    doubts: tuple[Doubt, ...]

    def new_in(self, after: "CheckedItem") -> list[Doubt]:
        """Return the inconsistencies that the item has after a write, and did not have before it."""
        # docs/decisions/0024: a person is asked only about what this write causes.
        new = (doubt for doubt in after.doubts if doubt not in self.doubts)
        return [*about_ending(self.item, after.item), *new]


def read_checked(writing: Writing, codes: Sequence[str], day: date) -> dict[str, CheckedItem]:
    """Return each of the items on a day, as the open write has them now, with its inconsistencies."""
    return _checked(writing.reading(day), codes)


def _checked(reading: Reading, codes: Sequence[str]) -> dict[str, CheckedItem]:
    return {item.code: CheckedItem(item, _doubts(reading, item)) for item in read_items(reading, codes)}


def _doubts(reading: Reading, item: ItemView) -> tuple[Doubt, ...]:
    return doubts_of(item, reading.plan.starts, reading.plan.ends, _merged_here(reading, item))


def _merged_here(reading: Reading, item: ItemView) -> tuple[str, ...]:
    """Return the codes of the items merged into this item if it is cancelled or merged.

    Otherwise return an empty tuple.
    """
    return read_merged_here(reading, item.id) if item.phase.dropped else ()
