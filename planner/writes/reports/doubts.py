"""Checking for inconsistent data before a write is committed, so that the user can confirm that it is intended."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date

from planner.base.errors import PlannerError
from planner.base.language import tr
from planner.domain.rules.doubts import Doubt, doubts_of
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
    before = {item.code: _doubts(reading, item) for item in read_items(reading, codes)}
    yield after
    writing.session.flush()
    after += read_items(reading, codes)
    for item in after:
        # docs/decisions/0024: a person is asked only about what this write causes.
        new = [doubt for doubt in _doubts(reading, item) if doubt not in before[item.code]]
        if new:
            raise DoubtfulError(item.code, new)


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


def read_doubts(writing: Writing, codes: Sequence[str], day: date) -> dict[str, tuple[Doubt, ...]]:
    """Return the inconsistencies of each of the items on a day, as the open write has them now."""
    reading = writing.reading(day)
    return {item.code: _doubts(reading, item) for item in read_items(reading, codes)}


def _doubts(reading: Reading, item: ItemView) -> tuple[Doubt, ...]:
    return doubts_of(item, reading.plan.starts, reading.plan.ends, _merged_here(reading, item))


def _merged_here(reading: Reading, item: ItemView) -> tuple[str, ...]:
    """Return the codes of the items merged into this item if it is cancelled or merged.

    Otherwise return an empty tuple.
    """
    return read_merged_here(reading, item.id) if item.phase.dropped else ()
