"""What a story is told about: an item with its steps and indicators, and the invented officer who reports on it."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from planner.models import Indicator, Item, Target
from planner.queries.plans import PlanView
from planner.queries.point import Point
from planner.queries.register import read_register
from planner.queries.views import ItemView
from planner.rules.progress import Step
from planner.vocabulary import Direction, MeasuredBy


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
    """An indicator; `target` and `due` go together or are both missing."""

    number: int
    name: str
    unit: str
    direction: Direction
    baseline: float | None
    target: float | None
    due: date | None


@dataclass(frozen=True)
class Subject:
    """An item as the simulation sees it. Steps are in the order of their dates; `due` is the last one's."""

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
        """How many days lie between start and due date, at least one."""
        return max(1, (self.due - self.starts).days)

    def cumulative(self, steps: int) -> float:
        """The percent reached when the first `steps` steps are met."""
        return 100.0 * sum(step.weight for step in self.steps[:steps]) / sum(step.weight for step in self.steps)

    def rule_steps(self, met: dict[int, date]) -> list[Step]:
        """The steps as the rules of progress take them; `met` is by number."""
        return [Step(step.date, step.weight, met.get(step.number)) for step in self.steps]


def read_subjects(session: Session, plan: PlanView) -> list[Subject]:
    """All items of a plan that was just loaded, in code order."""
    items = read_register(session, plan, Point(plan.starts))
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
    """The desk an item lies on: one officer per lead organisation and theme."""
    return (item.lead.key, item.theme)


def _officers(items: list[ItemView]) -> dict[tuple[str, int], str]:
    """Logins that nobody can take for a person's."""
    return {desk: f"simulated-officer-{number}" for number, desk in enumerate(sorted({*map(_desk, items)}), 1)}


def _counts(session: Session) -> dict[int, list[PlannedCount]]:
    """The indicators by the id of their item, each with its first target."""
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
                Direction(indicator.direction),
                indicator.baseline_value,
                aim,
                due,
            )
        )
    return counts
