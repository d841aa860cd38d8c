"""Writes the texts of one item's simulated reports from its milestones, its indicators and stock phrases."""

import re
from collections.abc import Hashable, Sequence
from datetime import date
from functools import cache

from planner.demo.chance import Chance
from planner.demo.counting import Counter
from planner.demo.phrases import CauseOfDelay, Stage, Topic, phrases
from planner.demo.subjects import PlannedStep, Subject
from planner.demo.year import spoken


@cache
def topic_of(step: PlannedStep) -> Topic:
    """Return the topic of a step, recognised by the words of its title and then of its completion test.

    The last words of a title are tried first, because they say most about the work.
    """
    words = [*reversed(_words(step.title)), *_words(step.test)]
    for word in words:
        for topic, stems in phrases().stems.items():
            if word.startswith(stems):
                return topic
    return Topic.OTHER


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def stage_of(share: float) -> Stage:
    """Return the stage of the work when a share (0 to 1) of it is done."""
    if share < 0.34:
        return Stage.EARLY
    return Stage.MIDDLE if share < 0.7 else Stage.LATE


class Writer:
    """Writes the texts of one item. A phrase is not repeated before all its alternatives have been used."""

    def __init__(self, subject: Subject, chance: Chance) -> None:
        self._subject = subject
        self._chance = chance
        self._decks: dict[Hashable, list[str]] = {}

    def one_of(self, options: Sequence[str]) -> str:
        """Return one of the options. Each is used once before any is repeated."""
        key = tuple(options)
        if not self._decks.get(key):
            self._decks[key] = self._chance.shuffled(options)
        return self._decks[key].pop()

    def done(self, step: PlannedStep, share: float) -> str:
        """Return a text about the work done towards a step."""
        note = self.one_of(phrases().notes[topic_of(step)][stage_of(share)].done)
        return self._filled(phrases().standing[stage_of(share)], step, step.date, note)

    def next(self, step: PlannedStep, share: float, by: date, as_of: date) -> str:
        """Return a text about the next work on a step that is due on the day `by`."""
        note = self.one_of(phrases().notes[topic_of(step)][stage_of(share)].next)
        return self._filled(phrases().coming if by >= as_of else phrases().late_coming, step, by, note)

    def held_up(self, step: PlannedStep, share: float) -> str:
        """Return a text about the work done while something delayed the step."""
        note = self.one_of(phrases().notes[topic_of(step)][stage_of(share)].done)
        return self._filled(phrases().stuck_done, step, step.date, note)

    def reached(self, met: Sequence[tuple[PlannedStep, date]]) -> str:
        """Return a text about the steps met since the last report."""
        first, *others = met
        sentences = [self._filled(self._reached_phrases(*first), first[0], first[1])]
        sentences += [self._filled(phrases().reached_too, step, day) for step, day in others]
        return " ".join(sentences)

    def _reached_phrases(self, step: PlannedStep, day: date) -> Sequence[str]:
        ahead = (step.date - day).days
        if abs(ahead) < 5 or self._chance.happens(0.5):
            return phrases().reached
        return phrases().reached_early if ahead > 0 else phrases().reached_late

    def plain(self, options: Sequence[str], step: PlannedStep, day: date) -> str:
        """Return a phrase about a step. If the phrase contains `{note}`, a note on the work is filled in."""
        return self._filled(options, step, day, self.one_of(phrases().notes[topic_of(step)][Stage.MIDDLE].next))

    def counted(self, counter: Counter, value: float, before: float | None) -> str:
        """Return a text about an indicator's value."""
        unit = " per cent" if counter.planned.unit.startswith("per cent") else ""
        options = phrases().counted if before is None or before == value else phrases().counted_again
        return self.one_of(options).format(
            name=counter.planned.name, value=f"{value:g}{unit}", before=f"{before:g}" if before is not None else ""
        )

    def trouble(self, step: PlannedStep, *, begun: bool = True) -> CauseOfDelay:
        """Choose a random cause of delay. Once work has begun, a cause of the step's own topic is more likely."""
        topic = topic_of(step)
        fitting = [trouble for trouble in phrases().troubles if topic in trouble.topics]
        general = [trouble for trouble in phrases().troubles if not trouble.topics]
        return self._chance.pick(fitting if begun and fitting and self._chance.happens(0.6) else general)

    def _filled(self, options: Sequence[str], step: PlannedStep, day: date, note: str = "") -> str:
        return self.one_of(options).format(
            number=step.number,
            title=step.title,
            test=step.test,
            day=spoken(day),
            note=note,
            sibling=self._subject.sibling or "",
        )
