"""Requests for later dates in an item's story, and their answers: most are granted, and some are refused."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from planner.demo.chance import Chance
from planner.demo.entries import LaterDateAnswer, LaterDateAsked, SimulatedDateChange, SimulatedEntry, StepMet
from planner.demo.people import MANAGER
from planner.demo.phrases import phrases
from planner.demo.subjects import PlannedStep, Subject
from planner.demo.wording import Writer
from planner.demo.year import Year, working_day
from planner.domain.vocabulary import Confidence, ExtensionOutcome, Phase
from planner.writes.reports.status import Report

# The shares of the later dates of items, and of milestones, for which an officer asks before they are moved.
DUE_DATES_ASKED = 0.8
MILESTONES_ASKED = 0.35
# The share of the requests after which the date is moved by hand instead of by an answer.
MOVED_BY_HAND = 0.12
# The share of the items for which an officer asks for a later date that the manager refuses.
REFUSED = 0.3
# Such a request is made from this many days before the current date until this many days after it.
BEFORE, AFTER = 14, 10
# It is made at most this long after a report, and the date is not moved for four times as long after its refusal.
_SOON = timedelta(days=5)


def with_requests(story: Sequence[SimulatedEntry], subject: Subject, span: Year, seed: int) -> list[SimulatedEntry]:
    """Return an item's story with requests for later dates. All other entries stay, and dates move on the same days.

    A date that was moved on request is moved by the manager, who grants it.
    """
    dates = _Dates(subject, story)
    if not story or dates.any_repeated:
        return list(story)
    chance = Chance(seed, subject.code, "requests")
    with_granted = [part for entry in story for part in _asked_before(entry, dates, span, chance)]
    refused = _refused(dates, span, chance, Writer(subject, chance)) if chance.happens(REFUSED) else ()
    return sorted((*with_granted, *refused), key=lambda entry: entry.written_on)


class _Dates:
    """The dates of an item, how its story moves them, and the days of its reports."""

    def __init__(self, subject: Subject, story: Sequence[SimulatedEntry]) -> None:
        self.story = story
        self._subject = subject
        self._changes = [(entry, entry.fact) for entry in story if isinstance(entry.fact, SimulatedDateChange)]
        self.reports = [(entry, entry.fact) for entry in story if isinstance(entry.fact, Report)]

    @property
    def any_repeated(self) -> bool:
        """Whether a change of a date is recorded twice, because the first one did not count."""
        made = [(entry.as_of, change) for entry, change in self._changes]
        return len(set(made)) < len(made)

    def current(self, number: int | None, day: date) -> tuple[date, date]:
        """Return the current date of a milestone or of the item on a day, and the day since which it is current."""
        moved = [(change.new, entry) for entry, change in self._changes if change.number == number]
        known = [(new, entry.written_on) for new, entry in moved if entry.written_on <= day]
        if known:
            return known[-1]
        planned = next((step.date for step in self._subject.steps if step.number == number), self._subject.due)
        return planned, self._subject.starts

    def leads(self, entry: SimulatedEntry) -> bool:
        """Return whether a change moves a due date, or a milestone that does not only follow another one."""
        first = next(one for one, _ in self._changes if one.written_on == entry.written_on)
        return entry is first or (isinstance(entry.fact, SimulatedDateChange) and entry.fact.number is None)

    def moves(self, number: int | None, first: date, last: date) -> bool:
        """Return whether the date of a milestone or of the item is moved between two days."""
        return any(change.number == number and first <= entry.written_on <= last for entry, change in self._changes)

    def open_step(self, day: date) -> PlannedStep | None:
        """Return the first milestone that is not reported as met up to a day."""
        met = {one.fact.number for one in self.story if isinstance(one.fact, StepMet) and one.written_on <= day}
        return next((step for step in self._subject.steps if step.number not in met), None)

    def free_day(self, first: date, last: date) -> date | None:
        """Return the first working day in a span on which the item has no other entry, or None."""
        taken = {entry.written_on for entry in self.story}
        days = (first + timedelta(days=number) for number in range((last - first).days + 1))
        return next((day for day in days if working_day(day) == day and day not in taken), None)


def _asked_before(entry: SimulatedEntry, dates: _Dates, span: Year, chance: Chance) -> Iterator[SimulatedEntry]:
    """Yield an entry. If it moves a date that was asked for, yield the request before it, and the manager's answer."""
    change = entry.fact
    if not isinstance(change, SimulatedDateChange) or not dates.leads(entry):
        yield entry
        return
    wanted = chance.happens(DUE_DATES_ASKED if change.number is None else MILESTONES_ASKED)
    by_hand, waited = chance.happens(MOVED_BY_HAND), chance.whole(3, 16)
    asked = _request_for(entry, change, dates, span, waited) if wanted else None
    if asked is None:
        yield entry
        return
    yield replace(asked, fact=LaterDateAsked(change.number, change.new, _why(change, chance)))
    reason = chance.pick(phrases().granted) if chance.happens(0.5) else None
    granted = LaterDateAnswer(change.number, ExtensionOutcome.GRANTED, reason)
    yield entry if by_hand else replace(entry, by=MANAGER, fact=granted)


def _request_for(
    entry: SimulatedEntry, change: SimulatedDateChange, dates: _Dates, span: Year, waited: int
) -> SimulatedEntry | None:
    """Return the entry of the request for a change, on a free day before it. Return None if there is no such day."""
    yesterday = entry.as_of - timedelta(days=1)
    current, since = dates.current(change.number, yesterday)
    first = max(entry.as_of - timedelta(days=waited), since + timedelta(days=1), span.first + timedelta(days=1))
    day = dates.free_day(first, yesterday)
    if day is None or change.new <= current or dates.moves(change.number, day, yesterday):
        return None
    return SimulatedEntry(entry.code, dates.reports[0][0].by, day, day, change)


def _why(change: SimulatedDateChange, chance: Chance) -> str:
    return chance.pick(phrases().due_asked) if change.number is None else change.reason


def _refused(dates: _Dates, span: Year, chance: Chance, writer: Writer) -> list[SimulatedEntry]:
    """Return a request for a later date of a milestone in danger, and its refusal. Return nothing if none fits."""
    for entry, report in dates.reports:
        step, day = dates.open_step(entry.written_on), dates.free_day(entry.written_on, entry.written_on + _SOON)
        if (
            step is None
            or day is None
            or report.phase is not Phase.IN_PROGRESS
            or report.confidence is Confidence.GREEN
        ):
            continue
        current, _ = dates.current(step.number, day)
        answered = working_day(day + timedelta(days=chance.whole(4, 24)))
        new = working_day(max(current, day) + timedelta(days=7 * chance.whole(2, 6)))
        near = -AFTER <= (current - day).days <= BEFORE
        if near and new <= span.last and _stays_open(dates, step, day, answered) and chance.happens(0.6):
            asked = LaterDateAsked(step.number, new, writer.one_of(writer.trouble(step).reasons))
            refusal = LaterDateAnswer(step.number, ExtensionOutcome.REFUSED, chance.pick(phrases().refused))
            return [
                SimulatedEntry(entry.code, entry.by, day, day, asked),
                SimulatedEntry(entry.code, MANAGER, answered, answered, refusal),
            ]
    return []


def _stays_open(dates: _Dates, step: PlannedStep, first: date, last: date) -> bool:
    """Return whether the item and the milestone stay open between two days, and no date of the milestone is moved."""
    ended = any(
        report.phase is not None and report.phase.terminal and entry.written_on <= last
        for entry, report in dates.reports
    )
    return not ended and dates.open_step(last) == step and not dates.moves(step.number, first, last + _SOON * 4)
