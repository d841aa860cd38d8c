"""Measure how often the outlook is right, with its earlier and its present method, in a register and generated years.

python -m bench.outlook [DATABASE] [LAST_DAY]

The database must hold a whole year, such as one made by `planner --db FILE demo --as-of 2020-12-31`. An outlook is made
every fourth week from what was known at the end of the day, and compared with what is known on the last day.
"""

import argparse
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from math import ceil, sqrt
from statistics import fmean, stdev
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bench.registers.generated_years import Character, generated_year
from planner.domain.rules.backtest import PastItem, backtest
from planner.domain.rules.outlook import DONE, FEWEST_WEEKS, HORIZON, outlook
from planner.domain.vocabulary import Prospect
from planner.queries.items.register import read_register
from planner.queries.weeks.track_record import read_pasts, standings
from planner.register.plans import read_plan
from planner.register.point import Point
from planner.register.reading import Reading
from planner.store.database import open_database
from planner.store.location import parse

_WEEK = timedelta(weeks=1)
STRIDE = 4
SEEDS = range(1, 6)

Days = Sequence[tuple[date, list[PastItem]]]


class Range(NamedTuple):
    """An estimated range of completion dates, and whether it ended before the due date."""

    early: date
    late: date | None
    in_time: bool


class Figures(NamedTuple):
    """Counts of estimated ranges and of those that proved right.

    `came_due` counts ranges that could be compared with the outcome, and `held` those that contained the completion
    date. `over` counts ranges whose last date has passed, and `over_held` those of them that contained the completion
    date. `in_time` counts estimates of completion in time, and `kept` those that came true.
    """

    came_due: int = 0
    held: int = 0
    over: int = 0
    over_held: int = 0
    in_time: int = 0
    kept: int = 0


def before(days: Days) -> Iterator[tuple[date, PastItem, Range]]:
    """Yield the ranges of a random walk with drift, the method that the outlook used before it learned from data."""
    for day, items in days:
        for one in items:
            found = _walk(one, day)
            if found:
                yield day, one, found


def _walk(one: PastItem, day: date) -> Range | None:
    percents = [percent for _, percent in one.series]
    gains = [there - here for here, there in pairwise(percents)]
    if one.no_pace_reason or len(gains) < FEWEST_WEEKS or fmean(gains) <= 0 or percents[-1] >= DONE:
        return None
    pace, left = fmean(gains), DONE - percents[-1]
    band = 1.2816 * max(sqrt(1 / 6), stdev(gains))
    most = (band + sqrt(band * band + 4 * pace * left)) / (2 * pace)
    if left / pace > HORIZON / _WEEK:
        return None
    late = day + timedelta(days=ceil(7 * most * most)) if most * most <= HORIZON / _WEEK else None
    early = day + timedelta(days=ceil(7 * (left / (pace * most)) ** 2))
    return Range(early, late, late is not None and late <= one.due and day <= one.due)


def learned(days: Days) -> Iterator[tuple[date, PastItem, Range]]:
    """Yield the ranges that the outlook learns from what was known on each day."""
    for number, (day, items) in enumerate(days, 1):
        record, _ = backtest(days[:number])
        for one in items:
            found = outlook(one.series, one.due, day, one.no_pace_reason, record)
            if found.estimate:
                in_time = found.verdict is Prospect.LIKELY_IN_TIME
                yield day, one, Range(found.estimate.early, found.estimate.late, in_time)


def range_figures(days: Days, ranges: Iterator[tuple[date, PastItem, Range]]) -> Figures:
    """Compare the estimated ranges with the completion dates that are known on the last day of the register."""
    last, items = days[-1]
    ends = {one.item: one for one in items if not one.given_up}
    counts: Counter[str] = Counter()
    for _, one, found in ranges:
        if one.given_up or one.item not in ends:
            continue
        done_on, late = ends[one.item].done_on, found.late
        held = done_on is not None and found.early <= done_on and (late is None or done_on <= late)
        over = late is not None and late <= last
        came_due = over or done_on is not None
        in_time = found.in_time and (done_on is not None or one.due <= last)
        kept = done_on is not None and done_on <= one.due
        counts.update(
            came_due=came_due,
            held=came_due and held,
            over=over,
            over_held=over and held,
            in_time=in_time,
            kept=in_time and kept,
        )
    return Figures(**counts)


def year_of(address: str, last: date) -> list[tuple[date, list[PastItem]]]:
    """Return the state of a register's items every four weeks, from the last day back to the start of the plan."""
    database = open_database(parse(address, "bench"))
    with database.reading() as session:
        plan = read_plan(session)
        reading = Reading(session, plan, Point(last))
        pasts = read_pasts(reading, read_register(reading))
    database.close()
    back = (last - plan.starts) // (STRIDE * _WEEK)
    days = [last - STRIDE * _WEEK * number for number in range(back, -1, -1)]
    return [(day, standings(pasts, day, _end(day, plan.time_zone))) for day in days]


def _end(day: date, time_zone: str) -> datetime:
    return datetime.combine(day, time.max, ZoneInfo(time_zone)).astimezone(UTC)


def _line(name: str, method: str, found: Sequence[Figures]) -> str:
    total = Figures(*(sum(values) for values in zip(*found, strict=True)))
    return (
        f"{name:<24}{method:<9}held {_share(total.held, total.came_due):<20}late end over: "
        f"{_share(total.over_held, total.over):<20}likely in time kept: {_share(total.kept, total.in_time)}"
    )


def _share(part: int, whole: int) -> str:
    return f"{part} of {whole} ({100 * part / whole:.0f}%)" if whole else "none"


def main() -> None:
    """Measure and print the figures."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("database", nargs="?")
    parser.add_argument("last", nargs="?", type=date.fromisoformat, default=date(2020, 12, 30))
    given = parser.parse_args()
    years: dict[str, list[Days]] = {"the register": [year_of(given.database, given.last)]} if given.database else {}
    for character in Character:
        years[character.value] = [generated_year(character, seed)[::STRIDE] for seed in SEEDS]
    for name, found in years.items():
        for method in (before, learned):
            print(_line(name, method.__name__, [range_figures(days, method(days[:-1])) for days in found]))


if __name__ == "__main__":
    main()
