"""Inconsistencies in an item: between its dates, its milestones' dates and the plan, and between its phase and percent.

The register allows them, because all of them can happen. The user is asked to confirm them before they are recorded.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Protocol

from planner.base.formats import percent
from planner.base.language import tr, tr_count
from planner.base.views import value_class
from planner.domain.rules.endings import has_ended
from planner.domain.symbols import words
from planner.domain.vocabulary import Completion, MeasuredBy, Phase

# From this percent on, an open item is inconsistent, because it is done but not reported as completed.
ALL_DONE = 100.0


@value_class
class Doubt:
    """An inconsistency, and the name of the field that shows it."""

    field: str
    what: str


class CheckedMilestone(Protocol):
    """The fields of a milestone that the consistency checks read."""

    @property
    def number(self) -> int: ...  # noqa: D102
    @property
    def current(self) -> date: ...  # noqa: D102
    @property
    def forecast(self) -> date | None: ...  # noqa: D102
    @property
    def met_on(self) -> date | None: ...  # noqa: D102


class CheckedItem(Protocol):
    """The fields of an item that the consistency checks read."""

    @property
    def phase(self) -> Phase: ...  # noqa: D102
    @property
    def actual(self) -> float | None: ...  # noqa: D102
    @property
    def measured_by(self) -> MeasuredBy: ...  # noqa: D102
    @property
    def current_due(self) -> date: ...  # noqa: D102
    @property
    def milestones(self) -> Sequence[CheckedMilestone]: ...  # noqa: D102


def doubts_of(item: CheckedItem, first: date, last: date, merged_here: Sequence[str] = ()) -> tuple[Doubt, ...]:
    """Return all inconsistencies of an item in a plan that runs from `first` to `last`.

    `merged_here` holds the codes of the items that were merged into it.
    """
    return (*_about_phase(item), *about_merged(item.phase, merged_here), *_about_dates(item, first, last))


class EndedItem(Protocol):
    """The fields of an item that tell whether it has ended."""

    @property
    def phase(self) -> Phase: ...  # noqa: D102
    @property
    def completion(self) -> Completion: ...  # noqa: D102


def about_ending(before: EndedItem, after: EndedItem) -> Iterator[Doubt]:
    """Yield an inconsistency if an item had ended before a report, and has not, or otherwise, after it.

    The work of a merged item goes on in another one, so that it would count twice, whether or not
    somebody confirmed it.
    """
    if before.phase is Phase.MERGED and after.phase is not Phase.MERGED:
        what = tr("the item was merged into another one, and would be open again beside it")
        if after.phase.terminal:
            ended = words(after.phase)
            what = tr("the item was merged into another one, which has its work, and would now be {ended}", ended=ended)
        yield Doubt("phase", what)
        return
    if not has_ended(before.phase, before.completion) or has_ended(after.phase, after.completion):
        return
    ended = words(before.phase)
    if after.phase.terminal:
        what = tr("the item is {ended}, which was confirmed, and the new ending would not be confirmed", ended=ended)
    else:
        what = tr("the item is {ended}, which was confirmed, and would be open again", ended=ended)
    yield Doubt("phase", what)


def about_merged(phase: Phase, merged_here: Sequence[str]) -> Iterator[Doubt]:
    """Yield an inconsistency if an item is cancelled or merged although other items were merged into it."""
    if phase.dropped and merged_here:
        codes = ", ".join(merged_here)
        what = (
            tr_count(
                "{codes} was merged into this item and would also end",
                "{codes} were merged into this item and would also end",
                len(merged_here),
                codes=codes,
            )
            if phase is Phase.CANCELLED
            else tr_count(
                "{codes} was merged into this item and would also move to the other item",
                "{codes} were merged into this item and would also move to the other item",
                len(merged_here),
                codes=codes,
            )
        )
        yield Doubt("phase", what)


def _about_phase(item: CheckedItem) -> Iterator[Doubt]:
    """Yield inconsistencies between the phase and the work done. A cancelled or merged item may have any percent."""
    met = [step for step in item.milestones if step.met_on]
    unmet = [str(step.number) for step in item.milestones if not step.met_on]
    done = item.actual or 0.0
    if item.phase is Phase.NOT_STARTED and (done > 0 or met):
        yield Doubt(
            "phase",
            tr("the item is not started, but {percent} of it is done", percent=percent(done))
            if done > 0
            else tr("the item is not started, but milestone {number} is met", number=met[0].number),
        )
    if item.phase in (Phase.IN_PROGRESS, Phase.SUSPENDED) and done >= ALL_DONE:
        yield Doubt("phase", tr("the item is 100% done, but its phase is {phase}", phase=words(item.phase)))
    if item.phase is Phase.COMPLETED and unmet:
        what = tr_count(
            "the item is completed, but milestone {numbers} is not met",
            "the item is completed, but milestones {numbers} are not met",
            len(unmet),
            numbers=", ".join(unmet),
        )
        yield Doubt("phase", what)


def _about_dates(item: CheckedItem, first: date, last: date) -> Iterator[Doubt]:
    """Yield inconsistencies of the due date and of the dates of milestones that were not met."""
    due = item.current_due
    if not first <= due <= last:
        yield Doubt(
            "due", tr("the due date {due} is outside the plan ({first} to {last})", due=due, first=first, last=last)
        )
    for step in item.milestones:
        if step.met_on is None:
            yield from _about_open_milestone(step, due, first, last)


def _about_open_milestone(step: CheckedMilestone, due: date, first: date, last: date) -> Iterator[Doubt]:
    if step.current > due:
        what = tr(
            "milestone {number} is due on {day}, after the item's due date ({due})",
            number=step.number,
            day=step.current,
            due=due,
        )
        yield Doubt(f"milestone_{step.number}_date", what)
    elif not first <= step.current <= last:
        what = tr(
            "milestone {number} is due on {day}, outside the plan ({first} to {last})",
            number=step.number,
            day=step.current,
            first=first,
            last=last,
        )
        yield Doubt(f"milestone_{step.number}_date", what)
    if step.forecast is not None and step.forecast > due:
        what = tr(
            "milestone {number} is forecast for {day}, after the item's due date ({due})",
            number=step.number,
            day=step.forecast,
            due=due,
        )
        yield Doubt(f"milestone_{step.number}_forecast", what)
