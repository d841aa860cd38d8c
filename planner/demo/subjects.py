"""The subject of a story: an item with its steps and indicators, and the invented officer who reports on it."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from planner.domain.rules.progress import Step
from planner.domain.vocabulary import Direction, MeasuredBy
from planner.queries.items.register import read_register
from planner.queries.items.views import ItemView
from planner.register.plan_view import PlanView
from planner.register.point import Point
from planner.register.reading import Reading
from planner.store.models import Indicator, Item, Target


@dataclass(frozen=True)
class PlannedStep:
    """A milestone as first agreed."""

    number: int
    title: str
    date: date
    weight: float
    test: str


@dataclass(frozen=True)
class PlannedCount:
    """An indicator. `target` and `due` are either both set or both None."""

    number: int
    name: str
    unit: str
    direction: Direction
    baseline: float | None
    target: float | None
    due: date | None


@dataclass(frozen=True)
class Subject:
    """What the simulation has to know about an item. Steps are ordered by date, and `due` is the date of the last one.

    `sibling` is the code of another item of the same measure, or None.
    """

    code: str
    starts: date
    due: date
    by_milestones: bool
    steps: tuple[PlannedStep, ...]
    counts: tuple[PlannedCount, ...]
    officer: str
    sibling: str | None

    @property
    def days(self) -> int:
        """The number of days from the start to the due date, at least 1."""
        return max(1, (self.due - self.starts).days)

    def cumulative(self, steps: int) -> float:
        """Return the percent reached when the first `steps` steps are met."""
        return 100.0 * sum(step.weight for step in self.steps[:steps]) / sum(step.weight for step in self.steps)

    def rule_steps(self, met: dict[int, date]) -> list[Step]:
        """Return the steps in the form that the rules of progress need. `met` maps step numbers to days met."""
        return [Step(step.date, step.weight, met.get(step.number)) for step in self.steps]


def read_subjects(session: Session, plan: PlanView) -> list[Subject]:
    """Return all items of a newly loaded plan, in code order."""
    items = read_register(Reading(session, plan, Point(plan.starts)))
    officers = _officers(items)
    siblings = defaultdict(list)
    for item in items:
        siblings[item.measure].append(item.code)
    counts = _counts(session)
    return [
        _subject(
            item,
            tuple(counts[item.id]),
            officers[_desk(item)],
            next((code for code in siblings[item.measure] if code != item.code), None),
        )
        for item in items
    ]


def _subject(item: ItemView, counts: tuple[PlannedCount, ...], officer: str, sibling: str | None) -> Subject:
    steps = sorted(item.milestones, key=lambda milestone: (milestone.baseline, milestone.number))
    return Subject(
        code=item.code,
        starts=item.starts,
        due=max((step.baseline for step in steps), default=item.baseline_due),
        by_milestones=item.measured_by is MeasuredBy.MILESTONES,
        steps=tuple(
            PlannedStep(step.number, step.title, step.baseline, step.weight, step.completion_test) for step in steps
        ),
        counts=counts,
        officer=officer,
        sibling=sibling,
    )


def _desk(item: ItemView) -> tuple[str, int]:
    """Return the key of the officer in charge of an item. There is one per lead organisation and theme."""
    return (item.lead.key, item.theme)


def _officers(items: list[ItemView]) -> dict[tuple[str, int], str]:
    """Return the login of the officer of each desk. The logins show that the officers are simulated."""
    return {desk: f"simulated-officer-{number}" for number, desk in enumerate(sorted({*map(_desk, items)}), 1)}


def _counts(session: Session) -> dict[int, list[PlannedCount]]:
    """Return the indicators of each item with their first targets, by item id."""
    rows = session.execute(
        select(Indicator, Target)
        .join(Item, Item.id == Indicator.item_id)
        .outerjoin(Target, Target.indicator_id == Indicator.id)
        .order_by(Indicator.item_id, Indicator.number, Target.due)
    )
    counts: dict[int, list[PlannedCount]] = defaultdict(list)
    seen = set()
    for indicator, target in rows:
        if indicator.id in seen:
            continue
        seen.add(indicator.id)
        aim, due = (target.value, target.due) if target else (None, None)
        counts[indicator.item_id].append(
            PlannedCount(
                indicator.number,
                indicator.name,
                indicator.unit,
                indicator.direction,
                indicator.baseline_value,
                aim,
                due,
            )
        )
    return counts
