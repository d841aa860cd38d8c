"""Assessments of simulated items: the auditor, and now and then the manager, rate a few of them beside the officers."""

from collections.abc import Sequence
from datetime import timedelta

from planner.demo.chance import Chance
from planner.demo.entries import Assessed, SimulatedEntry
from planner.demo.people import AUDITOR, MANAGER
from planner.demo.phrases import phrases
from planner.demo.reporting_style import Candour, reporting_style_of
from planner.demo.stories import RATINGS
from planner.demo.subjects import Subject
from planner.demo.year import Year, working_day
from planner.domain.vocabulary import Confidence
from planner.writes.reports.status import Report

# The share of the items that somebody assesses, and of these the share that the auditor assesses.
ASSESSED = 0.12
BY_AUDITOR = 0.75
# How often an assessment tells what an officer's rating hides: a hopeful one is too good, a cautious one too bad.
SEEN_THROUGH = {Candour.HOPEFUL: 0.8, Candour.CAUTIOUS: 0.6, Candour.FRANK: 0.15}


def with_assessments(story: Sequence[SimulatedEntry], subject: Subject, span: Year, seed: int) -> list[SimulatedEntry]:
    """Return an item's story, for a few items with an assessment some days after a report with a rating."""
    chance = Chance(seed, subject.code, "assessment")
    rated = [(entry, entry.fact.confidence) for entry in story if isinstance(entry.fact, Report) and _rated(entry.fact)]
    # The first weeks give an assessor little to look at.
    rated = rated[len(rated) // 3 :]
    if not rated or not chance.happens(ASSESSED):
        return list(story)
    entry, reported = chance.pick(rated)
    day = working_day(entry.written_on + timedelta(days=chance.whole(1, 4)))
    assessor = AUDITOR if chance.happens(BY_AUDITOR) else MANAGER
    candour = reporting_style_of(span, Chance(seed, subject.code, "manner")).candour
    fact = _assessment(reported or Confidence.GREEN, candour, chance)
    added = [SimulatedEntry(subject.code, assessor, day, day, fact)] if day <= span.last else []
    return sorted((*story, *added), key=lambda one: one.written_on)


def _rated(report: Report) -> bool:
    return report.confidence is not None and not (report.phase and report.phase.terminal)


def _assessment(reported: Confidence, candour: Candour, chance: Chance) -> Assessed:
    """Return a rating that agrees with the reported one or differs from it by one step, and why."""
    step = 0
    if chance.happens(SEEN_THROUGH[candour]):
        step = -1 if candour is Candour.CAUTIOUS else 1
    rating = RATINGS[max(0, min(len(RATINGS) - 1, RATINGS.index(reported) + step))]
    worse = RATINGS.index(rating) - RATINGS.index(reported)
    said = {0: phrases().assessed_alike, 1: phrases().assessed_worse, -1: phrases().assessed_better}[worse]
    return Assessed(rating, chance.pick(said), chance.pick(phrases().evidence_seen))
