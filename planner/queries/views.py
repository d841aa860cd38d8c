"""What reads and writes give back about items: frozen dataclasses, no ORM objects."""

from dataclasses import dataclass, field
from datetime import date, datetime

from planner.json_form import NOT_IN_JSON
from planner.rules.endings import has_ended, is_dropped
from planner.rules.rollup import Standing
from planner.rules.states import concerns_of, state_of
from planner.vocabulary import (
    Basis,
    Completion,
    Concern,
    Confidence,
    Direction,
    Freshness,
    ItemKind,
    MeasuredBy,
    Phase,
    Schedule,
    State,
)


@dataclass(frozen=True, slots=True)
class OrganisationView:
    """A body."""

    id: int
    key: str
    name: str
    short_name: str


@dataclass(frozen=True, slots=True)
class StatusView:
    """An officer's report on an item.

    `completed_on` or `ended_on` (cancelled, merged) is since when it is reported as ended; `merged_into` is a code.
    `unchanged` says that the officer reported on purpose that nothing changed.
    """

    id: int
    as_of: date
    phase: Phase
    confidence: Confidence | None
    percent: int | None
    completed_on: date | None
    done: str | None
    next: str | None
    blocker: str | None
    help_needed: str | None
    evidence: str | None
    basis: Basis
    actor: str
    recorded_at: datetime
    ended_on: date | None = None
    ending_reason: str | None = None
    merged_into: str | None = None
    unchanged: bool = False

    @property
    def ended_since(self) -> date | None:
        """Since when the item is reported as ended; None where it is not (or that was recorded without its day)."""
        return self.completed_on or self.ended_on

    @property
    def why_ended(self) -> str | None:
        """Why the item is reported as cancelled or merged, and into which other item; None where no reason is given."""
        into = f"merged into {self.merged_into}" if self.merged_into else None
        return ": ".join(part for part in (into, self.ending_reason) if part) or None


@dataclass(frozen=True, slots=True)
class ReturnedView:
    """A report that a manager returned and that was not reported anew since."""

    report: StatusView
    reason: str
    actor: str
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class MilestoneView:
    """A milestone with its four dates: baseline (first agreed), current (agreed now), forecast, met."""

    id: int
    number: int
    title: str
    baseline: date
    current: date
    forecast: date | None
    met_on: date | None
    weight: float
    completion_test: str
    evidence: str | None
    basis: Basis

    @property
    def slip_days(self) -> int:
        """Days by which the current date stands after the baseline (negative: before)."""
        return (self.current - self.baseline).days


@dataclass(frozen=True, slots=True)
class IndicatorView:
    """An indicator with its latest value; `attainment` is the share of the way to the target, not clipped."""

    id: int
    number: int
    name: str
    unit: str
    direction: Direction
    baseline: float | None
    target: float | None
    due: date | None
    basis: Basis
    observed: float | None
    observed_on: date | None
    attainment: float | None
    values: tuple[tuple[date, float], ...] = ()


@dataclass(frozen=True, slots=True)
class ItemView:
    """An item as it stands at a point in time: what was agreed, what was reported, what follows by the rules.

    Percents are 0 to 100. `basis` is the title's. `other_names` are the names that its theme, its measure and its
    organisations have in other languages, in lines: only a search looks at them.
    """

    id: int
    code: str
    kind: ItemKind
    title: str
    basis: Basis
    theme: int
    theme_title: str
    measure: str
    measure_title: str
    allocation_basis: Basis
    lead: OrganisationView
    lead_basis: Basis
    lead_rule: str | None
    lead_rule_key: str | None
    lead_note: str | None
    supporting: tuple[OrganisationView, ...]
    starts: date
    starts_basis: Basis
    baseline_due: date
    due_basis: Basis
    current_due: date
    measured_by: MeasuredBy
    weight: float
    phase: Phase
    confidence: Confidence | None
    actual: float | None
    expected: float
    schedule: Schedule
    freshness: Freshness
    days_late: int
    days_late_baseline: int
    contradiction: bool
    completion: Completion
    returned: ReturnedView | None
    last: StatusView | None
    milestones: tuple[MilestoneView, ...]
    other_names: str = field(default="", compare=False, repr=False, metadata=NOT_IN_JSON)

    @property
    def lead_reasons(self) -> tuple[str, ...]:
        """Why this organisation leads: the note on the item and the rule, as far as there are any."""
        return tuple(reason for reason in (self.lead_note, self.lead_rule) if reason)

    @property
    def next_milestone(self) -> MilestoneView | None:
        """The first milestone, by current date, that is not met; none once the item is reported as ended."""
        if self.phase.terminal:
            return None
        open_ones = [milestone for milestone in self.milestones if milestone.met_on is None]
        return min(open_ones, key=lambda milestone: (milestone.current, milestone.number), default=None)

    @property
    def has_ended(self) -> bool:
        """Whether it is completed, cancelled or merged, and that is confirmed."""
        return has_ended(self.phase, self.completion)

    @property
    def is_dropped(self) -> bool:
        """Whether it is cancelled or merged, and that is confirmed."""
        return is_dropped(self.phase, self.completion)

    @property
    def state(self) -> State:
        """The one state it is counted under."""
        return state_of(self.phase, self.schedule, self.completion)

    @property
    def concerns(self) -> frozenset[Concern]:
        """What somebody should look at it for."""
        return concerns_of(self.freshness, self.contradiction, self.completion)

    @property
    def standing(self) -> Standing:
        """What a roll-up needs of the item."""
        return Standing(
            weight=self.weight,
            phase=self.phase,
            confidence=self.confidence,
            schedule=self.schedule,
            freshness=self.freshness,
            actual=self.actual,
            expected=self.expected,
            contradiction=self.contradiction,
            completion=self.completion,
        )
