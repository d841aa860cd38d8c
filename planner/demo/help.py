"""Requests for help in an item's story: of whom help is asked, by when an answer is needed, and the answers."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import groupby

from planner.demo.chance import Chance
from planner.demo.entries import Answer, HelpGiven, SimulatedEntry
from planner.demo.people import MANAGER
from planner.demo.phrases import phrases
from planner.demo.year import Year, working_day
from planner.domain.vocabulary import Confirmation
from planner.writes.reports.status import Report

# The shares of the requests that say of whom help is asked, and by when an answer is needed.
WITH_ADDRESSEE, WITH_DAY = 0.8, 0.6
# The share of the requests that are answered before the officer reports again.
ANSWERED = 0.6


def with_help(story: Sequence[SimulatedEntry], span: Year, seed: int) -> list[SimulatedEntry]:
    """Return an item's story with addressees and days in its requests for help, and with the manager's answers.

    Nothing else in the story changes. Reports that ask for help one after another make one request.
    """
    reports = [entry for entry in story if isinstance(entry.fact, Report)]
    if not reports:
        return list(story)
    chance = Chance(seed, reports[0].code, "help")
    asking, answers = dict[int, SimulatedEntry](), list[SimulatedEntry]()
    for asks, run in groupby(reports, _asks):
        if asks:
            request = list(run)
            asking |= {id(one): with_fields for one, with_fields in zip(request, _asked(request, chance), strict=True)}
            answers += _answer(request[-1], reports, story, chance)
    told = (*(asking.get(id(entry), entry) for entry in story), *answers)
    return sorted((entry for entry in told if entry.written_on <= span.last), key=lambda entry: entry.written_on)


def _asks(entry: SimulatedEntry) -> bool:
    return isinstance(entry.fact, Report) and bool(entry.fact.help_needed)


def _asked(request: Sequence[SimulatedEntry], chance: Chance) -> Iterator[SimulatedEntry]:
    """Yield the reports that make one request, all with the same addressee and the same day."""
    whom = chance.pick(phrases().help_from) if chance.happens(WITH_ADDRESSEE) else None
    day = working_day(request[0].as_of + timedelta(days=chance.whole(5, 25))) if chance.happens(WITH_DAY) else None
    for entry in request:
        assert isinstance(entry.fact, Report)
        yield replace(entry, fact=replace(entry.fact, help_from=whom, help_by=day))


def _answer(
    last: SimulatedEntry, reports: Sequence[SimulatedEntry], story: Sequence[SimulatedEntry], chance: Chance
) -> Iterator[SimulatedEntry]:
    """Yield the manager's answer to the last report of a request. Yield nothing if another report came first."""
    day = working_day(last.written_on + timedelta(days=chance.whole(1, 18)))
    text, answered = chance.pick(phrases().helped), chance.happens(ANSWERED)
    overtaken = any(last.written_on < one.written_on <= day for one in reports)
    if answered and not overtaken and not _returned(last, story):
        yield SimulatedEntry(last.code, MANAGER, day, day, HelpGiven(last.as_of, text))


def _returned(report: SimulatedEntry, story: Sequence[SimulatedEntry]) -> bool:
    """Return whether the manager returned a report. What it asked for no longer counts."""
    answers = (entry.fact for entry in story if isinstance(entry.fact, Answer))
    return any(one.report_as_of == report.as_of and one.outcome is Confirmation.RETURNED for one in answers)
