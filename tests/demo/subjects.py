"""Items to tell stories about."""

from datetime import date

from hypothesis import strategies as st

from planner.demo.subjects import PlannedCount, PlannedStep, Subject
from planner.demo.year import Year
from planner.domain.vocabulary import Direction

SPAN = Year(date(2020, 2, 20), date(2020, 12, 31), "Asia/Seoul")
DATES = (date(2020, 3, 20), date(2020, 5, 29), date(2020, 8, 14), date(2020, 11, 27))


def a_step(number: int = 1, title: str = "Outline drafted", day: date = DATES[0], test: str = "outline") -> PlannedStep:
    return PlannedStep(number, title, day, 25.0, test)


def a_count(name: str = "Charts found", target: float | None = None, unit: str = "charts") -> PlannedCount:
    due = DATES[-1] if target is not None else None
    return PlannedCount(1, name, unit, Direction.INCREASE, 0.0, target, due)


def a_subject(
    *,
    dates: tuple[date, ...] = DATES,
    starts: date = date(2020, 1, 1),
    by_milestones: bool = False,
    counts: tuple[PlannedCount, ...] = (),
    code: str = "T-001",
) -> Subject:
    titles = ("Outline drafted", "Partners chosen", "Trial finished", "Report delivered")
    steps = tuple(a_step(number, titles[(number - 1) % 4], day) for number, day in enumerate(dates, 1))
    return Subject(
        code, starts, dates[-1], by_milestones, steps, counts or (a_count(),), "simulated-officer-1", "T-002"
    )


@st.composite
def subjects(draw: st.DrawFn) -> Subject:
    """Items of all lengths, from a few weeks to the whole year."""
    days = draw(st.lists(st.dates(date(2020, 1, 10), SPAN.last), min_size=2, max_size=5, unique=True))
    dates = tuple(sorted(days))
    starts = draw(st.dates(date(2020, 1, 1), dates[0]))
    code = f"T-{draw(st.integers(1, 999)):03d}"
    return a_subject(dates=dates, starts=starts, by_milestones=draw(st.booleans()), code=code)
