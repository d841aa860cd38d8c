"""The answers of the simulated manager, who confirms endings and returns a few reports with a reason."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import zip_longest

from planner.demo.chance import Chance
from planner.demo.entries import Answer, SimulatedEntry
from planner.demo.people import MANAGER
from planner.demo.phrases import phrases
from planner.demo.year import Year, working_day
from planner.domain.vocabulary import Confirmation, Phase
from planner.writes.reports.status import Report

# The shares of reported completions, and of other reports followed by a long silence, that the manager returns.
COMPLETIONS_RETURNED = 0.06
REPORTS_RETURNED = 0.01
# The manager only returns a report if the officer's next report comes this long after it or later.
LONG_SILENCE = timedelta(days=21)


def with_answers(story: Sequence[SimulatedEntry], span: Year, seed: int) -> list[SimulatedEntry]:
    """Return an item's story with the answers to its reports. A returned completion is reported again later.

    Facts that were saved together with a returned report no longer count, so they are repeated with the next report.
    """
    reports = [entry for entry in story if isinstance(entry.fact, Report)]
    if not reports:
        return list(story)
    chance = Chance(seed, reports[0].code, "answers")
    answered, repeated = list(story), list[SimulatedEntry]()
    for entry, following in zip_longest(reports, reports[1:]):
        answers = list(_answers(entry, following.written_on if following else None, chance))
        again = next((answer for answer in answers if isinstance(answer.fact, Report)), following)
        repeated += _repeated_facts(story, entry, answers, again.written_on if again else None)
        answered += answers
    # On the day of the next report, the repeated facts come first, because that report may have newer ones.
    return sorted(
        (entry for entry in (*repeated, *answered) if entry.written_on <= span.last), key=lambda entry: entry.written_on
    )


def _repeated_facts(
    story: Sequence[SimulatedEntry], report: SimulatedEntry, answers: Sequence[SimulatedEntry], again: date | None
) -> Iterator[SimulatedEntry]:
    """Yield copies of the facts saved with a returned report, recorded on the day of the next report (`again`)."""
    returned = any(isinstance(one.fact, Answer) and one.fact.outcome is Confirmation.RETURNED for one in answers)
    if again is None or not returned:
        return
    for entry in story:
        together = (entry.by, entry.written_on) == (report.by, report.written_on)
        if together and not isinstance(entry.fact, Report | Answer):
            yield replace(entry, written_on=again)


def _answers(entry: SimulatedEntry, next_report: date | None, chance: Chance) -> Iterator[SimulatedEntry]:
    assert isinstance(entry.fact, Report)
    phase = entry.fact.phase
    if phase is not None and phase.dropped:
        yield _answer(entry, _later(entry.written_on, 2, 12, chance), None)
    elif phase is Phase.COMPLETED:
        yield from _answers_to_completion(entry, entry.fact, chance)
    elif chance.happens(REPORTS_RETURNED) and (next_report is None or next_report - entry.written_on >= LONG_SILENCE):
        yield _answer(entry, _later(entry.written_on, 1, 1, chance), chance.pick(phrases().sent_back))


def _answers_to_completion(entry: SimulatedEntry, report: Report, chance: Chance) -> Iterator[SimulatedEntry]:
    answered_on = _later(entry.written_on, 1, 9, chance)
    if not chance.happens(COMPLETIONS_RETURNED):
        yield _answer(entry, answered_on, None)
        return
    yield _answer(entry, answered_on, chance.pick(phrases().completion_sent_back))
    day = _later(answered_on, 2, 9, chance)
    again = replace(report, done=f"{chance.pick(phrases().completed_again)} {report.done}")
    repeated_report = replace(entry, written_on=day, as_of=day, fact=again)
    yield repeated_report
    yield _answer(repeated_report, _later(day, 1, 6, chance), None)


def _answer(entry: SimulatedEntry, day: date, returned_because: str | None) -> SimulatedEntry:
    outcome = Confirmation.CONFIRMED if returned_because is None else Confirmation.RETURNED
    return SimulatedEntry(entry.code, MANAGER, day, day, Answer(entry.as_of, outcome, returned_because))


def _later(day: date, fewest: int, most: int, chance: Chance) -> date:
    """Return a working day that is a random number of days after a day."""
    return working_day(day + timedelta(days=chance.whole(fewest, most)))
