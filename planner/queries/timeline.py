"""The timeline: deadlines of items and groups as lines of signs on a scale, for the app and the command line."""

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
    # Importing plans imports SQLAlchemy, which drawing a timeline does not need.
    from planner.queries.plans import PlanView, ThemeView


class Sign(StrEnum):
    """The sign in a cell of an item's line. BASELINE and BASELINE_DUE appear only if the date was moved."""

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


# Where several dates share a cell, the state that comes last here is shown.
_MILESTONE_SIGNS = {
    DeadlineState.LAPSED: Sign.LAPSED,
    DeadlineState.MET: Sign.MET,
    DeadlineState.OPEN: Sign.OPEN,
    DeadlineState.OVERDUE: Sign.OVERDUE,
}


def item_line(item: ItemView, scale: Scale, as_of: date) -> list[Sign]:
    """Return one sign per cell: the span from start to due date, the milestones, and where moved dates came from."""
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
        """Return the longest text that leaves a gap within the width, as states and texts.

        From longest to shortest, the texts are: the counts of all states, the worst state's count of the total, the
        worst state's count, and its sign alone.
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
class ThemeTimeline:
    """The deadlines of a theme by day. `theme` is None for the whole plan or another group.

    `moved` counts the dates that were moved. `coming` is the first deadline that is open on the day.
    """

    theme: "ThemeView | None"
    items: int
    days: dict[date, Counter[DeadlineState]]
    moved: int
    coming: Deadline | None

    @property
    def total(self) -> Tally:
        """A tally of all deadlines."""
        return Tally(sum(self.days.values(), Counter()))

    def tallies(self, scale: Scale) -> list[tuple[Tick, Tally]]:
        """Return a tally for each stretch of the scale."""
        return [(stretch, self._between(*stretch.days)) for stretch in scale.stretches()]

    def _between(self, first: date, last: date) -> Tally:
        states: Counter[DeadlineState] = Counter()
        for day, counted in self.days.items():
            if first <= day <= last:
                states.update(counted)
        return Tally(states)


def theme_timelines(plan: "PlanView", items: Sequence[ItemView], as_of: date) -> list[ThemeTimeline]:
    """Return the timeline of each theme, and last of the whole plan."""
    grouped: dict[int, list[ItemView]] = defaultdict(list)
    for item in items:
        grouped[item.theme].append(item)
    themes = [_timeline(theme, grouped[theme.number], as_of) for theme in plan.themes]
    return [*themes, _together(themes)]


def group_timelines(items: Sequence[ItemView], as_of: date, by: Grouping) -> list[tuple[str, ThemeTimeline]]:
    """Return the timeline of each group of items with its short name, and last of the whole plan."""
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
    """Return a line with the ticks' labels at their cells. A label that does not fit is cut to one word or left out."""
    line = ""
    for tick in ticks:
        whole = label(tick)
        shown = next((text for text in (whole, *whole.split()[:1]) if len(text) < tick.width), "")
        line = f"{line:<{tick.cell}}{shown}"
    return f"{line:<{cells}}"[:cells]


def _sign(state: DeadlineState) -> str:
    return TIMELINE_SIGNS[state.value][0]


def _short(number: int) -> str:
    """Return a count as text, with thousands as 12k."""
    return str(number) if number < 1000 else f"{number // 1000}k"


def theme_legend() -> str:
    """Return the legend for the numbers in a theme's line."""
    states = "  ".join(f"{_sign(state)} {state.value}" for state in _FROM_WORST)
    return f"Dates that fall due: {states}  {TIMELINE_SIGNS['today'][0]} today  {_sign(_FROM_WORST[0])}2/9: 2 of 9"
