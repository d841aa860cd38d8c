"""The outlook tried on a register's own past: what it would have said week by week, and what came of it.

Nothing looks ahead: what is said on a day uses only what was known on that day. Both what the outlook learns from and
how often it was right come from here.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from planner.rules.outlook import Estimate, Outlook, Series, outlook
from planner.rules.track_record import Calibration, Case, Record, record_of
from planner.vocabulary import NoOutlook, Verdict

_WEEK = timedelta(weeks=1)


class Standing(NamedTuple):
    """An item as it was known on a day: its percents of the weeks up to that day, its due date, and how it ended.

    `still` is a reason why its pace says nothing; `done_on` the day since which it is at 100 percent; `given_up`
    whether it was cancelled or merged, and that was confirmed.
    """

    item: int
    series: Series
    due: date
    still: NoOutlook | None = None
    done_on: date | None = None
    given_up: bool = False


class _Said(NamedTuple):
    """What the outlook said of an item on a day."""

    item: int
    day: date
    due: date
    verdict: Verdict
    estimate: Estimate


def backtest(days: Iterable[tuple[date, Sequence[Standing]]]) -> tuple[Record, Calibration]:
    """Go through a register's days, earliest first, the last of them the day that is looked from.

    Gives what can be learned from all earlier days on the last one, and how often what was said before was right.
    """
    said: list[_Said] = []
    record, calibration = Record(), Calibration()
    for day, standings in days:
        by_item = {one.item: one for one in standings if not one.given_up}
        record = record_of(_cases(said, by_item, day))
        calibration = _calibration(said, by_item, day)
        for one in by_item.values():
            found = outlook(one.series, one.due, day, one.still, record)
            said.extend(_said(one, day, found))
    return record, calibration


def _said(one: Standing, day: date, found: Outlook) -> Iterable[_Said]:
    return () if found.estimate is None else (_Said(one.item, day, one.due, found.verdict, found.estimate),)


def _cases(said: Iterable[_Said], by_item: Mapping[int, Standing], day: date) -> Iterable[Case]:
    """What was said of items that were not given up since, against the time they took or have taken so far."""
    for one in said:
        if one.item in by_item:
            done_on = by_item[one.item].done_on
            weeks = max(0.0, ((done_on or day) - one.day) / _WEEK)
            ground = one.estimate.ground
            yield Case(one.item, ground, weeks / ground.unit, done_on is not None)


def _calibration(said: Iterable[_Said], by_item: Mapping[int, Standing], day: date) -> Calibration:
    """A range came due where the item is done, or where its late end is over: it is not done, so it was too early."""
    came_due = held = said_in_time = were_in_time = 0
    for one in said:
        if one.item not in by_item:
            continue
        done_on, late = by_item[one.item].done_on, one.estimate.late
        if done_on is not None or (late is not None and late <= day):
            came_due += 1
            held += done_on is not None and one.estimate.early <= done_on and (late is None or done_on <= late)
        if one.verdict is Verdict.LIKELY_IN_TIME and (done_on is not None or one.due <= day):
            said_in_time += 1
            were_in_time += done_on is not None and done_on <= one.due
    return Calibration(came_due, held, said_in_time, were_in_time)
