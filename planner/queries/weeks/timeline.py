"""The timeline: deadlines of items and groups as lines of signs on a scale, for the app and the command line."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from planner.base.language import tr
from planner.domain.rules.scale import Scale, Tick
from planner.domain.symbols import TIMELINE_SIGNS
from planner.domain.vocabulary import Grouping
from planner.queries.items.grouping import ItemGroup, grouped
from planner.queries.items.views import ItemView
from planner.queries.weeks.deadlines import Deadline, DeadlineState, deadlines_of

# The name of the line for all groups together.
THE_PLAN = "The plan"


class Sign(StrEnum):
    """The sign in a cell of an item's line. BASELINE and BASELINE_DUE appear only if the date was moved.

    ASSUMED is a date that is open and that nobody gave.
    """

    NOTHING = "nothing"
    SPAN = "span"
    START = "start"
    TODAY = "today"
    BASELINE_DUE = "baseline_due"
    DUE_DATE = "due_date"
    BASELINE = "baseline"
    LAPSED = "lapsed"
    MET = "met"
    OPEN = "open"
    ASSUMED = "assumed"
    OVERDUE = "overdue"


# Where several dates share a cell, the state that comes last here is shown.
_MILESTONE_SIGNS = {
    DeadlineState.LAPSED: Sign.LAPSED,
    DeadlineState.MET: Sign.MET,
    DeadlineState.OPEN: Sign.OPEN,
    DeadlineState.OVERDUE: Sign.OVERDUE,
}


def item_line(item: ItemView, scale: Scale, as_of: date) -> list[Sign]:
    """Return one sign per cell: for the span from start to due date, milestones, and the baselines of moved dates."""
    signs = [Sign.NOTHING] * scale.cells
    for cell in range(max(0, scale.place(item.starts)), min(scale.cells - 1, scale.place(item.current_due)) + 1):
        signs[cell] = Sign.SPAN
    _put(signs, scale, Sign.START, item.starts)
    _put(signs, scale, Sign.TODAY, as_of)
    deadlines = list(deadlines_of(item, as_of))
    milestones, due = deadlines[:-1], deadlines[-1]
    if due.slip_days:
        _put(signs, scale, Sign.BASELINE_DUE, due.baseline)
    _put(signs, scale, _own_sign(due), due.current)
    for milestone in milestones:
        if milestone.slip_days:
            _put(signs, scale, Sign.BASELINE, milestone.baseline)
    for state, sign in _MILESTONE_SIGNS.items():
        for milestone in milestones:
            if milestone.state is state:
                _put(signs, scale, Sign.ASSUMED if _is_assumed(milestone) else sign, milestone.current)
    return signs


def _own_sign(due: Deadline) -> Sign:
    if due.state is DeadlineState.OVERDUE:
        return Sign.OVERDUE
    return Sign.ASSUMED if _is_assumed(due) else Sign.DUE_DATE


def _is_assumed(deadline: Deadline) -> bool:
    """Return whether a date shows that it is assumed. Whether it was met or missed is more important."""
    return deadline.assumed and deadline.state is DeadlineState.OPEN


def _put(signs: list[Sign], scale: Scale, sign: Sign, day: date) -> None:
    if scale.sees(day):
        signs[scale.place(day)] = sign


_FROM_WORST = (DeadlineState.OVERDUE, DeadlineState.OPEN, DeadlineState.MET, DeadlineState.LAPSED)


@dataclass(frozen=True)
class DeadlineCounts:
    """The deadlines within a stretch of time, counted by state."""

    states: Counter[DeadlineState] = field(default_factory=Counter)

    @property
    def total(self) -> int:
        """The number of deadlines."""
        return self.states.total()

    @property
    def worst(self) -> DeadlineState:
        """The state that needs attention first: overdue, then open, then met, then lapsed."""
        return next((state for state in _FROM_WORST if self.states[state]), DeadlineState.LAPSED)

    def parts(self, width: int) -> list[tuple[DeadlineState, str]]:
        """Return the longest text that fits into the width with a gap after it, as pairs of state and text.

        From longest to shortest, the texts are: the counts of all states; the count of the worst state and the total;
        the count of the worst state; and the sign of the worst state.
        """
        if not self.total:
            return []
        worst, number = self.worst, _short(self.states[self.worst])
        each = [(state, f"{_sign(state)}{_short(self.states[state])} ") for state in _FROM_WORST if self.states[state]]
        worst_of_total = [(worst, f"{_sign(worst)}{number}/{_short(self.total)}")]
        for parts in (each, worst_of_total, [(worst, f"{_sign(worst)}{number}")]):
            if sum(len(text) for _, text in parts) < width + (parts is each):
                return parts
        return [(worst, _sign(worst))]


@dataclass(frozen=True)
class GroupTimeline:
    """The deadlines of a group of items by day. `group` is None for all groups together.

    `moved` counts the dates that were moved. `coming` is the open deadline with the earliest date.
    """

    group: ItemGroup | None
    items: int
    days: dict[date, Counter[DeadlineState]]
    moved: int
    coming: Deadline | None

    @property
    def name(self) -> str:
        """The group's name."""
        return self.group.name if self.group else THE_PLAN

    @property
    def short_name(self) -> str:
        """The group's short name."""
        return self.group.short_name if self.group else THE_PLAN

    @property
    def total(self) -> DeadlineCounts:
        """The number of all deadlines by state."""
        return DeadlineCounts(sum(self.days.values(), Counter()))

    def tallies(self, scale: Scale) -> list[tuple[Tick, DeadlineCounts]]:
        """Return each stretch of the scale with its number of deadlines by state."""
        return [(stretch, self._between(*stretch.days)) for stretch in scale.stretches()]

    def _between(self, first: date, last: date) -> DeadlineCounts:
        states: Counter[DeadlineState] = Counter()
        for day, counted in self.days.items():
            if first <= day <= last:
                states.update(counted)
        return DeadlineCounts(states)


def group_timelines(items: Sequence[ItemView], as_of: date, by: Grouping) -> list[GroupTimeline]:
    """Return the timeline of each group of items, then that of all groups together. Empty if there are no items."""
    lines = [_timeline(group, some, as_of) for group, some in grouped(items, by)]
    return [*lines, _together(lines)] if lines else []


def _together(lines: Sequence[GroupTimeline]) -> GroupTimeline:
    days: dict[date, Counter[DeadlineState]] = defaultdict(Counter)
    for line in lines:
        for day, states in line.days.items():
            days[day].update(states)
    coming = [line.coming for line in lines if line.coming]
    return GroupTimeline(
        None,
        sum(line.items for line in lines),
        days,
        sum(line.moved for line in lines),
        min(coming, key=lambda deadline: deadline.current, default=None),
    )


def _timeline(group: ItemGroup, items: Sequence[ItemView], as_of: date) -> GroupTimeline:
    days: dict[date, Counter[DeadlineState]] = defaultdict(Counter)
    moved = 0
    coming: Deadline | None = None
    for item in items:
        for deadline in deadlines_of(item, as_of):
            days[deadline.current][deadline.state] += 1
            moved += deadline.slip_days != 0
            if deadline.state is DeadlineState.OPEN and (coming is None or deadline.current < coming.current):
                coming = deadline
    return GroupTimeline(group, len(items), days, moved, coming)


def ruled(ticks: Iterable[Tick], cells: int) -> str:
    """Return a line with each tick's label at its cell. A label that does not fit is cut to one word or left out."""
    line = ""
    for tick in ticks:
        labels = (tick.label, *tick.label.split()[:1])
        shown = next((text for text in labels if len(text) < tick.width), "")
        line = f"{line:<{tick.cell}}{shown}"
    return f"{line:<{cells}}"[:cells]


def _sign(state: DeadlineState) -> str:
    return TIMELINE_SIGNS[state.value][0]


def _short(number: int) -> str:
    """Return a count as text, with thousands as 12k."""
    return str(number) if number < 1000 else f"{number // 1000}k"


def group_legend(day: str) -> str:
    """Return the legend for the numbers in a group's line. `day` says which day the upright line shows."""
    states = "  ".join(f"{_sign(state)} {state.value}" for state in _FROM_WORST)
    return tr(
        "Dates that fall due: {states}  {line} {day}  {sign}2/9: 2 of 9",
        states=states,
        line=TIMELINE_SIGNS["today"][0],
        day=day,
        sign=_sign(_FROM_WORST[0]),
    )
