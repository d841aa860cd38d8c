"""The values that reads and writes return about items. They do not change, and they are not ORM objects."""

import re
from dataclasses import field
from datetime import date, datetime
from typing import Protocol

from planner.base.language import in_english, tr
from planner.base.views import view
from planner.domain.rules.endings import has_ended, is_dropped
from planner.domain.rules.states import concerns_of, state_of
from planner.domain.symbols import words
from planner.domain.vocabulary import (
    Basis,
    Completion,
    Concern,
    Confidence,
    Direction,
    Freshness,
    MeasuredBy,
    Phase,
    Schedule,
    State,
)
from planner.register.plan_view import KindView
from planner.tables.json_form import NOT_IN_JSON


@view
class OrganisationView:
    """An organisation."""

    id: int
    key: str
    name: str
    short_name: str


@view
class StatusView:
    """An officer's report on an item.

    `completed_on` is the day of a reported completion, and `ended_on` that of a reported cancellation or merger.
    `help_from` says of whom the help is asked, and `help_by` by when. `merged_into` is the code of the other item.
    `unchanged` is True if the officer explicitly reported that nothing changed.
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
    help_from: str | None = None
    help_by: date | None = None
    merged_into: str | None = None
    unchanged: bool = False

    @property
    def ended_since(self) -> date | None:
        """The day of the reported ending, or None if the item has not ended, or the day was not recorded."""
        return self.completed_on or self.ended_on

    @property
    def why_ended(self) -> str | None:
        """The reason why the item was cancelled or merged, and the item it was merged into, in English for files."""
        if not self.merged_into:
            return self.ending_reason or None
        with in_english():
            return self.why_ended_in_words

    @property
    def why_ended_in_words(self) -> str | None:
        """The reason for the ending and the item it was merged into, in the person's language.

        None if neither exists.
        """
        if not self.merged_into:
            return self.ending_reason or None
        if not self.ending_reason:
            return tr("merged into {code}", code=self.merged_into)
        return tr("merged into {code}: {reason}", code=self.merged_into, reason=self.ending_reason)


@view
class ReturnedView:
    """A report that a manager returned, and that no later report has replaced."""

    report: StatusView
    reason: str
    actor: str
    recorded_at: datetime


@view
class MilestoneView:
    """A milestone with its dates: baseline (first agreed), current (agreed now), forecast, and the day it was met.

    `date_basis` is the basis of the current date if it is another than that of the title, which is `basis`. `assumed`
    says that nobody gave the current date.
    """

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
    date_basis: Basis | None = None
    assumed: bool = field(default=False, metadata=NOT_IN_JSON)

    @property
    def basis_of_date(self) -> Basis:
        """The basis of the current date."""
        return self.date_basis or self.basis

    @property
    def slip_days(self) -> int:
        """The number of days from the baseline date to the current date; negative if the current date is earlier."""
        return (self.current - self.baseline).days


@view
class IndicatorView:
    """An indicator with its latest value.

    `attainment` is 0 at the baseline and 1 at the target. It can be below 0 or above 1. `due_basis` is the basis of the
    day of the target if it is another than that of its value.
    """

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
    due_basis: Basis | None = None

    @property
    def basis_of_day(self) -> Basis | None:
        """The basis of the day of the target, or None without a target."""
        return None if self.due is None else self.due_basis or self.basis


class LastReport(Protocol):
    """What a list says of the last report on an item, besides the state that follows from it."""

    @property
    def as_of(self) -> date:
        """The day that the report is about."""

    @property
    def merged_into(self) -> str | None:
        """The code of the item that this item was merged into."""


@view
class ItemLine:
    """An item at a point in time, with all that a list of items can show, be filtered and be sorted by.

    The milestones and the texts of reports are left out: reading them takes half of the time of a long list. Percents
    are from 0 to 100. `measure` and `measure_title` are None for an item without a measure. `basis` is the
    basis of the title. `position` is the item's place in the register. `kind` is the key of the item's kind.
    `other_names` has the names of the theme, the measure and the organisations in other languages, joined by line ends;
    only searches use it. `due_assumed` says that nobody gave the current due date.
    """

    id: int
    code: str
    kind: str
    title: str
    basis: Basis
    theme: int
    theme_title: str
    measure: str | None
    measure_title: str | None
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
    last: LastReport | None
    position: int = field(default=0, metadata=NOT_IN_JSON)
    kind_view: KindView | None = field(default=None, compare=False, repr=False, metadata=NOT_IN_JSON)
    # The numbers of the item's theme and of the themes that it is part of, the innermost first.
    themes: tuple[int, ...] = field(default=(), compare=False, repr=False, metadata=NOT_IN_JSON)
    other_names: str = field(default="", compare=False, repr=False, metadata=NOT_IN_JSON)
    due_assumed: bool = field(default=False, metadata=NOT_IN_JSON)

    @property
    def all_themes(self) -> tuple[int, ...]:
        """The numbers of the item's theme and of the themes that it is part of."""
        return self.themes or (self.theme,)

    @property
    def kind_title(self) -> str:
        """The name of the item's kind."""
        return self.kind_view.title if self.kind_view else words(self.kind)

    @property
    def lead_reasons(self) -> tuple[str, ...]:
        """The reasons why this organisation leads: the item's note and the rule, if there are any."""
        return tuple(reason for reason in (self.lead_note, self.lead_rule) if reason)

    @property
    def has_ended(self) -> bool:
        """Whether the item is completed, cancelled or merged, and this was confirmed."""
        return has_ended(self.phase, self.completion)

    @property
    def is_dropped(self) -> bool:
        """Whether the item is cancelled or merged, and this was confirmed."""
        return is_dropped(self.phase, self.completion)

    @property
    def state(self) -> State:
        """The state under which the item is counted."""
        return state_of(self.phase, self.schedule, self.completion)

    @property
    def concerns(self) -> frozenset[Concern]:
        """The reasons why somebody should look at the item."""
        return concerns_of(self.freshness, self.contradiction, self.completion)


@view
class ItemView(ItemLine):
    """An item at a point in time: what was agreed, what was reported, and what the rules compute."""

    last: StatusView | None
    milestones: tuple[MilestoneView, ...] = ()

    @property
    def next_milestone(self) -> MilestoneView | None:
        """The unmet milestone with the earliest current date, or None if there is none, or if the item has ended."""
        if self.phase.terminal:
            return None
        found = None
        # The milestones are in the order of their numbers, which decides between equal dates.
        for milestone in self.milestones:
            if milestone.met_on is None and (found is None or milestone.current < found.current):
                found = milestone
        return found


@view
class SearchedItem:
    """What searches look at of an item: its code, its title, and the names that it refers to."""

    code: str
    title: str
    basis: Basis
    theme_title: str
    measure: str | None
    measure_title: str | None
    lead: OrganisationView
    supporting: tuple[OrganisationView, ...]
    position: int
    other_names: str


# How a line of what became of an item begins if the item was merged into another one, whose code follows.
MERGED_INTO = "merged into "


def told_former_code(code: str, day: date) -> str:
    """Return the line of where an item comes from that says which code it had before a day."""
    return f"had the code {code} before {day}"


def former_code(line: str) -> str | None:
    """Return the code that a line of where an item comes from names as a former one, or None."""
    found = re.fullmatch("had the code (.+) before [0-9-]+", line)
    return found[1] if found else None


@view
class ItemLineage:
    """What an item comes from, and what became of it except for a merger, in texts for files."""

    comes_from: tuple[str, ...] = ()
    became: tuple[str, ...] = ()

    def became_of(self, item: ItemLine) -> tuple[str, ...]:
        """Return what became of an item, also if it was merged into another one."""
        return self.became_with(item.last.merged_into if item.last else None)

    def became_with(self, merged_into: str | None) -> tuple[str, ...]:
        """Return what became of an item that was merged into the item with this code, or into none."""
        return (*self.became, f"{MERGED_INTO}{merged_into}") if merged_into else self.became


NO_LINEAGE = ItemLineage()
