"""The actual course of a simulated item: when work begins, when each step is met, and what causes delays.

What is reported about the item is decided elsewhere (see stories.py).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from planner.demo.chance import Chance
from planner.demo.subjects import Subject
from planner.demo.year import Year, working_day

# Steps of one item are met at least this many days apart.
APART = 3
# An item of this many days or more gets the full delays; a shorter one gets them in proportion to its length.
FULL_LENGTH = 150
# If a step is not met within the year, the work proceeds as if it were met this many days after its date.
BEYOND = 90
# After a suspension, the next steps are met at least this many days apart.
RESUMING = 16


class Fate(Enum):
    """How the work on an item goes during the year."""

    STEADY = "goes about as planned"
    EARLY = "runs ahead of its dates"
    SLIPPING = "loses a little with every step"
    RECOVERING = "falls behind and catches up"
    STUCK = "comes to a stand before a step"
    LATE_START = "begins weeks after it should"
    SUSPENDED = "is put on hold for a while, or for good"
    CANCELLED = "is given up"
    MERGED = "is carried on under another item"


SHARES = {
    Fate.STEADY: 42.0,
    Fate.EARLY: 14.0,
    Fate.SLIPPING: 11.0,
    Fate.RECOVERING: 13.0,
    Fate.STUCK: 7.5,
    Fate.LATE_START: 6.0,
    Fate.SUSPENDED: 5.0,
    Fate.CANCELLED: 0.9,
    Fate.MERGED: 0.6,
}


@dataclass(frozen=True)
class Spell:
    """A span of days. `last` is None if the span lasts beyond the year."""

    first: date
    last: date | None

    def covers(self, day: date) -> bool:
        """Return whether a day is within the span."""
        return self.first <= day and (self.last is None or day <= self.last)


@dataclass(frozen=True)
class Course:
    """The actual course of an item. `met` has an entry for each step: its day, or None if not met this year."""

    fate: Fate
    begins: date
    met: tuple[date | None, ...]
    troubles: tuple[Spell, ...]
    pause: Spell | None
    gives_up: date | None

    def paused(self, day: date) -> bool:
        """Return whether the item is suspended on a day."""
        return self.pause is not None and self.pause.covers(day)

    def open_step(self, day: date) -> int | None:
        """Return the index of the first step not met by the end of a day, or None if all are met."""
        return next((index for index, met in enumerate(self.met) if met is None or met > day), None)

    def level(self, subject: Subject, day: date) -> float:
        """Return the percent of the work done by the end of a day.

        Work proceeds evenly from one step to the next, and stops during a suspension.
        """
        if day <= self.begins:
            return 0.0
        index = self.open_step(day)
        if index is None:
            return 100.0
        since = (self.met[index - 1] if index else None) or self.begins
        until = self.met[index] or max(subject.steps[index].date, since) + timedelta(days=BEYOND)
        share = min(0.95, self._worked(since, day) / max(1, self._worked(since, until)))
        below, above = subject.cumulative(index), subject.cumulative(index + 1)
        return below + (above - below) * share

    def _worked(self, since: date, until: date) -> int:
        """Return the number of days from `since` to `until`, not counting the days of the suspension."""
        if self.pause is None:
            return max(0, (until - since).days)
        held_until = min(self.pause.last or until, until)
        held = max(0, (held_until - max(self.pause.first, since)).days)
        return max(0, (until - since).days - held)


def course_of(subject: Subject, span: Year, chance: Chance) -> Course:
    """Choose at random what happens to an item."""
    fate = chance.weighted(SHARES)
    if fate is Fate.MERGED and subject.sibling is None:
        fate = Fate.CANCELLED
    lost_from = chance.whole(1, max(1, len(subject.steps) - 1))
    held = chance.whole(4, 13) * 7 if fate is Fate.SUSPENDED else 0
    lags = _lags(fate, len(subject.steps), lost_from, held, chance)
    begins = _beginning(subject, span, fate, chance)
    met = _met(subject, span, begins, lags)
    pause = _pause(subject, met, lost_from, held, chance) if held else None
    met = _moved_past_pause(pause, met, span) if pause else met
    ended = fate in (Fate.CANCELLED, Fate.MERGED)
    gives_up = working_day(begins + timedelta(days=round(subject.days * chance.between(0.3, 0.65)))) if ended else None
    return Course(fate, begins, met, _troubles(fate, subject, begins, met, lost_from, pause, chance), pause, gives_up)


def _beginning(subject: Subject, span: Year, fate: Fate, chance: Chance) -> date:
    """Return the day when work begins: a few days after the start date, and well before the first step."""
    earliest_start = max(subject.starts, span.first)
    room = max(0, (subject.steps[0].date - earliest_start).days)
    wait = min(chance.whole(0, 12), room // 3)
    if fate is Fate.LATE_START:
        wait = max(wait, min(chance.whole(24, 60), max(10, room)))
    return working_day(earliest_start + timedelta(days=wait))


def _lags(fate: Fate, count: int, lost_from: int, held: int, chance: Chance) -> list[int]:
    """Return the number of days by which each step is met late. The number is negative for an early step."""
    draw: Callable[[int], int] = {
        Fate.EARLY: lambda index: -chance.whole(4, 9) - 4 * index,
        Fate.SLIPPING: lambda index: chance.whole(3, 8) + chance.whole(7, 14) * index,
        Fate.RECOVERING: lambda index: _hump(index, count, chance.whole(18, 38)),
        Fate.STUCK: lambda index: chance.whole(-3, 6) if index < lost_from else chance.whole(70, 160),
        Fate.LATE_START: lambda index: round(chance.whole(18, 34) * 0.65**index),
        Fate.SUSPENDED: lambda index: (
            chance.whole(-3, 6) if index < lost_from else round(held * chance.between(0.7, 1))
        ),
    }.get(fate, lambda _index: chance.whole(-9, 4))
    return [draw(index) for index in range(count)]


def _hump(index: int, count: int, peak: int) -> int:
    """Return the delay of a step. The delay is greatest at the middle step and small at the last one."""
    middle = (count - 1) / 2
    distance = abs(index - middle) / max(0.5, middle)
    return round(peak * (1 - 0.85 * distance))


def _met(subject: Subject, span: Year, begins: date, lags: list[int]) -> tuple[date | None, ...]:
    """Return the days on which the steps are met, in order and some days apart. No step is met after the year."""
    scale = min(1.0, subject.days / FULL_LENGTH)
    days: list[date | None] = []
    earliest = begins + timedelta(days=APART)
    for step, lag in zip(subject.steps, lags, strict=True):
        # A delay of a week or less is not scaled by the item's length.
        scaled = lag if abs(lag) <= 7 else round(lag * max(scale, 0.3))
        day = working_day(max(step.date + timedelta(days=scaled), earliest))
        days.append(day if day <= span.last else None)
        earliest = day + timedelta(days=APART)
    return tuple(days)


def _pause(subject: Subject, met: tuple[date | None, ...], lost_from: int, held: int, chance: Chance) -> Spell:
    """Return a suspension of the item. It begins soon after a step. One suspension in four lasts beyond the year."""
    index = min(lost_from, len(met) - 1)
    since = met[index - 1] or subject.steps[index - 1].date
    first = since + timedelta(days=chance.whole(6, 16))
    return Spell(first, None if chance.happens(0.25) else first + timedelta(days=held))


def _moved_past_pause(pause: Spell, met: tuple[date | None, ...], span: Year) -> tuple[date | None, ...]:
    """Return the days on which steps are met. No step is met during the suspension or in the weeks after it."""
    days: list[date | None] = []
    earliest = pause.last and pause.last + timedelta(days=RESUMING)
    for met_on in met:
        day = met_on
        if met_on is None or met_on >= pause.first:
            day = None if met_on is None or earliest is None else working_day(max(met_on, earliest))
            earliest = day and day + timedelta(days=RESUMING)
        days.append(day if day is not None and day <= span.last else None)
    return tuple(days)


def _troubles(
    fate: Fate,
    subject: Subject,
    begins: date,
    met: tuple[date | None, ...],
    lost_from: int,
    pause: Spell | None,
    chance: Chance,
) -> tuple[Spell, ...]:
    """Return the spans of days in which something delays the item or may delay it."""
    if pause is not None:
        return (Spell(pause.first - timedelta(days=chance.whole(5, 12)), pause.last),)
    if fate is Fate.LATE_START:
        return (Spell(subject.starts, begins),)
    if fate in (Fate.STUCK, Fate.SLIPPING, Fate.RECOVERING):
        index = min(lost_from if fate is not Fate.RECOVERING else (len(met) - 1) // 2, len(met) - 1)
        first = subject.steps[index].date - timedelta(days=chance.whole(6, 24))
        met_on = met[index]
        return (Spell(first, met_on - timedelta(days=chance.whole(2, 8)) if met_on else None),)
    if chance.happens(0.3):
        first = subject.starts + timedelta(days=round(subject.days * chance.between(0.15, 0.85)))
        return (Spell(first, first + timedelta(days=chance.whole(6, 15))),)
    return ()
