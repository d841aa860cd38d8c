"""What falls due when: items and themes as lines of signs on a scale, the same for the app and the command line."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from planner.marks import TIMELINE_SIGNS
from planner.queries.deadlines import Deadline, DeadlineState, deadlines_of
from planner.queries.grouping import grouped
from planner.queries.views import ItemView
from planner.rules.scale import Scale, Tick
from planner.vocabulary import Grouping

if TYPE_CHECKING:
    # Reading plans needs SQLAlchemy; drawing what was read does not.
    from planner.queries.plans import PlanView, ThemeView


class Sign(StrEnum):
    """What stands in a cell of an item's line. `baseline` and `baseline_due` are there only where the date moved."""

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
    OVERDUE = "overdue"


# Where several dates share a cell, the last of these is the one that is seen.
_MILESTONE_SIGNS = {
    DeadlineState.LAPSED: Sign.LAPSED,
    DeadlineState.MET: Sign.MET,
    DeadlineState.OPEN: Sign.OPEN,
    DeadlineState.OVERDUE: Sign.OVERDUE,
}


def item_line(item: ItemView, scale: Scale, as_of: date) -> list[Sign]:
    """A sign for each cell: from start to current due date, the milestones by state, and where dates moved from."""
    signs = [Sign.NOTHING] * scale.cells
    for cell in range(max(0, scale.place(item.starts)), min(scale.cells - 1, scale.place(item.current_due)) + 1):
        signs[cell] = Sign.SPAN
    _put(signs, scale, Sign.START, item.starts)
    _put(signs, scale, Sign.TODAY, as_of)
    deadlines = list(deadlines_of(item, as_of))
    milestones, due = deadlines[:-1], deadlines[-1]
    if due.slip_days:
        _put(signs, scale, Sign.BASELINE_DUE, due.baseline)
    _put(signs, scale, Sign.OVERDUE if due.state is DeadlineState.OVERDUE else Sign.DUE_DATE, due.current)
    for milestone in milestones:
        if milestone.slip_days:
            _put(signs, scale, Sign.BASELINE, milestone.baseline)
    for state, sign in _MILESTONE_SIGNS.items():
        for milestone in milestones:
            if milestone.state is state:
                _put(signs, scale, sign, milestone.current)
    return signs


def _put(signs: list[Sign], scale: Scale, sign: Sign, day: date) -> None:
    if scale.sees(day):
        signs[scale.place(day)] = sign


_FROM_WORST = (DeadlineState.OVERDUE, DeadlineState.OPEN, DeadlineState.MET, DeadlineState.LAPSED)


@dataclass(frozen=True)
class Tally:
    """How many dates fall due in a stretch of time, by what became of them."""

    states: Counter[DeadlineState] = field(default_factory=Counter)

    @property
    def total(self) -> int:
        """All of them."""
        return self.states.total()

    @property
    def worst(self) -> DeadlineState:
        """What needs a look first of what there is: overdue, then open, then met."""
        return next((state for state in _FROM_WORST if self.states[state]), DeadlineState.LAPSED)

    def parts(self, width: int) -> list[tuple[DeadlineState, str]]:
        """Signs and numbers that leave a gap in a width: all states', the worst of all, the worst, its sign alone."""
        if not self.total:
            return []
        worst, number = self.worst, _short(self.states[self.worst])
        each = [(state, f"{_sign(state)}{_short(self.states[state])} ") for state in _FROM_WORST if self.states[state]]
        of_all = [(worst, f"{_sign(worst)}{number}/{_short(self.total)}")]
        for parts in (each, of_all, [(worst, f"{_sign(worst)}{number}")]):
            if sum(len(text) for _, text in parts) < width + (parts is each):
                return parts
        return [(worst, _sign(worst))]


@dataclass(frozen=True)
class ThemeTimeline:
    """When the dates of a theme fall due; of the plan or another group where `theme` is None. `moved` counts the moved.

    `coming` is the first date that is open on the day.
    """

    theme: "ThemeView | None"
    items: int
    days: dict[date, Counter[DeadlineState]]
    moved: int
    coming: Deadline | None

    @property
    def total(self) -> Tally:
        """All its dates."""
        return Tally(sum(self.days.values(), Counter()))

    def tallies(self, scale: Scale) -> list[tuple[Tick, Tally]]:
        """What falls due in each stretch of the zoom's."""
        return [(stretch, self._between(*stretch.days)) for stretch in scale.stretches()]

    def _between(self, first: date, last: date) -> Tally:
        states: Counter[DeadlineState] = Counter()
        for day, counted in self.days.items():
            if first <= day <= last:
                states.update(counted)
        return Tally(states)


def theme_timelines(plan: "PlanView", items: Sequence[ItemView], as_of: date) -> list[ThemeTimeline]:
    """When the dates of each theme and, last, of the whole plan fall due."""
    grouped: dict[int, list[ItemView]] = defaultdict(list)
    for item in items:
        grouped[item.theme].append(item)
    themes = [_timeline(theme, grouped[theme.number], as_of) for theme in plan.themes]
    return [*themes, _together(themes)]


def group_timelines(items: Sequence[ItemView], as_of: date, by: Grouping) -> list[tuple[str, ThemeTimeline]]:
    """When the dates of each group of items and, last, of all of them fall due, each with the group's short name."""
    lines = [(group.short_name, _timeline(None, some, as_of)) for group, some in grouped(items, by)]
    return [*lines, ("The plan", _together([timeline for _, timeline in lines]))]


def _together(themes: Sequence[ThemeTimeline]) -> ThemeTimeline:
    days: dict[date, Counter[DeadlineState]] = defaultdict(Counter)
    for theme in themes:
        for day, states in theme.days.items():
            days[day].update(states)
    coming = [theme.coming for theme in themes if theme.coming]
    return ThemeTimeline(
        None,
        sum(theme.items for theme in themes),
        days,
        sum(theme.moved for theme in themes),
        min(coming, key=lambda deadline: deadline.current, default=None),
    )


def _timeline(theme: "ThemeView | None", items: Sequence[ItemView], as_of: date) -> ThemeTimeline:
    days: dict[date, Counter[DeadlineState]] = defaultdict(Counter)
    moved = 0
    coming: Deadline | None = None
    for item in items:
        for deadline in deadlines_of(item, as_of):
            days[deadline.current][deadline.state] += 1
            moved += deadline.slip_days != 0
            if deadline.state is DeadlineState.OPEN and (coming is None or deadline.current < coming.current):
                coming = deadline
    return ThemeTimeline(theme, len(items), days, moved, coming)


def ruled(ticks: Iterable[Tick], cells: int, label: Callable[[Tick], str] = lambda tick: tick.label) -> str:
    """A line with the ticks' labels at their cells: whole, or its first word, or left out where there is no room."""
    line = ""
    for tick in ticks:
        whole = label(tick)
        shown = next((text for text in (whole, *whole.split()[:1]) if len(text) < tick.width), "")
        line = f"{line:<{tick.cell}}{shown}"
    return f"{line:<{cells}}"[:cells]


def _sign(state: DeadlineState) -> str:
    return TIMELINE_SIGNS[state.value][0]


def _short(number: int) -> str:
    """A count with thousands as 12k."""
    return str(number) if number < 1000 else f"{number // 1000}k"


def theme_legend() -> str:
    """What the numbers of a theme's line mean."""
    told = "  ".join(f"{_sign(state)} {state.value}" for state in _FROM_WORST)
    return f"Dates that fall due: {told}  {TIMELINE_SIGNS['today'][0]} today  {_sign(_FROM_WORST[0])}2/9: 2 of 9"
