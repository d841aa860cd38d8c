"""What the simulated manager answers: endings are confirmed, a few reports are returned with a reason."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import zip_longest

from planner.demo import phrases
from planner.demo.chance import Chance
from planner.demo.days import Span, working_day
from planner.demo.entries import Answer, Entry
from planner.demo.people import MANAGER
from planner.vocabulary import Confirmation, Phase
from planner.writes.status import Report

# The shares of completions, and of other reports with a long silence after them, that come back.
COMPLETIONS_RETURNED = 0.06
REPORTS_RETURNED = 0.01
# Where the officer reports again sooner, the manager does not ask for the earlier report again.
LONG_SILENCE = timedelta(days=21)


def with_answers(story: Sequence[Entry], span: Span, seed: int) -> list[Entry]:
    """An item's story with the answers to its reports; what is returned as completed is completed again later.

    What was saved together with a report that is returned falls back, and is told again with the next report.
    """
    reports = [entry for entry in story if isinstance(entry.fact, Report)]
    if not reports:
        return list(story)
    chance = Chance(seed, reports[0].code, "answers")
    told, retold = list(story), list[Entry]()
    for entry, following in zip_longest(reports, reports[1:]):
        answers = list(_answers(entry, following.written_on if following else None, chance))
        again = next((answer for answer in answers if isinstance(answer.fact, Report)), following)
        retold += _fallen_back(story, entry, answers, again.written_on if again else None)
        told += answers
    # On the day of the next report they come first: that report may say something else of the same.
    return sorted(
        (entry for entry in (*retold, *told) if entry.written_on <= span.last), key=lambda entry: entry.written_on
    )


def _fallen_back(
    story: Sequence[Entry], report: Entry, answers: Sequence[Entry], again: date | None
) -> Iterator[Entry]:
    """What was written down together with a report that is returned, once more on the day of the next report."""
    returned = any(isinstance(one.fact, Answer) and one.fact.outcome is Confirmation.RETURNED for one in answers)
    if again is None or not returned:
        return
    for entry in story:
        together = (entry.by, entry.written_on) == (report.by, report.written_on)
        if together and not isinstance(entry.fact, Report | Answer):
            yield replace(entry, written_on=again)


def _answers(entry: Entry, next_report: date | None, chance: Chance) -> Iterator[Entry]:
    assert isinstance(entry.fact, Report)
    phase = entry.fact.phase
    if phase is not None and phase.dropped:
        yield _answer(entry, _later(entry.written_on, 2, 12, chance), None)
    elif phase is Phase.COMPLETED:
        yield from _to_completion(entry, entry.fact, chance)
    elif chance.happens(REPORTS_RETURNED) and (next_report is None or next_report - entry.written_on >= LONG_SILENCE):
        yield _answer(entry, _later(entry.written_on, 1, 1, chance), chance.pick(phrases.SENT_BACK))


def _to_completion(entry: Entry, report: Report, chance: Chance) -> Iterator[Entry]:
    answered_on = _later(entry.written_on, 1, 9, chance)
    if not chance.happens(COMPLETIONS_RETURNED):
        yield _answer(entry, answered_on, None)
        return
    yield _answer(entry, answered_on, chance.pick(phrases.COMPLETION_SENT_BACK))
    day = _later(answered_on, 2, 9, chance)
    again = replace(report, done=f"{chance.pick(phrases.COMPLETED_AGAIN)} {report.done}")
    anew = replace(entry, written_on=day, as_of=day, fact=again)
    yield anew
    yield _answer(anew, _later(day, 1, 6, chance), None)


def _answer(entry: Entry, day: date, returned_because: str | None) -> Entry:
    outcome = Confirmation.CONFIRMED if returned_because is None else Confirmation.RETURNED
    return Entry(entry.code, MANAGER, day, day, Answer(entry.as_of, outcome, returned_because))


def _later(day: date, fewest: int, most: int, chance: Chance) -> date:
    """A working day some days after one."""
    return working_day(day + timedelta(days=chance.whole(fewest, most)))
