"""The chart of the themes' health: for each week, the share of a theme's items that was overdue or off track."""

from collections.abc import Sequence
from datetime import date, timedelta

from planner.base.formats import percent
from planner.domain.rules.rollup import RollUp
from planner.domain.rules.weeks import monday_of
from planner.domain.vocabulary import State
from planner.weekly.over_weeks import Course
from planner.weekly.page.drawing import MONTHS, Chart, Spec, chart_rows, make_chart
from planner.weekly.page.figure import Drawing, Figure, Legend, Numbers, Strip
from planner.weekly.pictures import Pictures
from planner.weekly.reading import Instance

# The highest share, in whole percents, of each colour step. The last step has no upper limit.
STEPS = (0, 5, 10, 20)
_TROUBLED = (State.OFF_TRACK, State.OVERDUE)
_WIDE, _NARROW = (640, 26), (330, 24)


def health(pictures: Pictures, instance: Instance) -> Figure:
    """Return the chart of the themes' health over the weeks."""
    courses = (*pictures.themes, pictures.plan)
    return Figure(
        name="health",
        title="Health of the themes over the weeks",
        caption="The share of each theme's items that was overdue or off track at the end of each week, in percent, "
        f"from the start of the plan to {instance.as_of}. The last number is for this week.",
        legend=tuple(Legend(f"heat-{step}", "", words) for step, words in enumerate(_steps())),
        strips=tuple(_strip(course) for course in courses),
        axis=Drawing(_axis(pictures.plan, _WIDE), _axis(pictures.plan, _NARROW)),
        numbers=Numbers(
            ("Theme", *(str(standing.week) for standing in pictures.plan.standings)),
            tuple((course.name, *(share(standing.rolled) for standing in course.standings)) for course in courses),
        ),
    )


def share(rolled: RollUp) -> int | None:
    """Return the percentage of items that are overdue or off track, rounded, or None if there are no items."""
    if not rolled.items:
        return None
    return round(100 * sum(rolled.states[state] for state in _TROUBLED) / rolled.items)


def _steps() -> list[str]:
    firsts = [0, *(step + 1 for step in STEPS[:-1])]
    return [
        *(
            f"{first}–{percent(last)}" if first < last else percent(last)
            for first, last in zip(firsts, STEPS, strict=True)
        ),
        f"more than {percent(STEPS[-1])}",
    ]


def _strip(course: Course) -> Strip:
    last = share(course.now)
    end = "no items" if last is None else percent(last)
    return Strip(course.name, Drawing(_cells(course, _WIDE), _cells(course, _NARROW)), end)


def _cells(course: Course, size: tuple[int, int]) -> Chart:
    """Draw one cell per week. The number is written in the cell if there is room for it."""
    standings = course.standings
    values = [
        {"place": place, "next": place + 1, "middle": place + 0.5} | _cell(share(standing.rolled), str(standing.week))
        for place, standing in enumerate(standings)
    ]
    x = {"field": "place", "type": "quantitative", "scale": {"domain": [0, len(standings)]}, "axis": None}
    cell = {
        "mark": {"type": "rect", "stroke": "var(--paper)", "strokeWidth": 1, "aria": True},
        "encoding": {
            "x": x,
            "x2": {"field": "next"},
            "fill": {"field": "colour", "type": "nominal", "scale": None},
            "description": {"field": "note"},
        },
    }
    number = {
        "mark": {"type": "text", "fontSize": 10},
        "encoding": {
            "x": x | {"field": "middle"},
            "text": {"field": "number"},
            "fill": {"field": "ink", "type": "nominal", "scale": None},
        },
    }
    room = size[0] / len(standings) >= 12
    spec: Spec = {"data": chart_rows(values), "layer": [cell, number] if room else [cell]}
    last = share(course.now)
    label = f"{course.name}: {'no items' if last is None else f'{percent(last)} overdue or off track this week'}"
    return make_chart(spec, size=size, margins=(0, 0, 0, 0), label=label)


def _cell(number: int | None, week: str) -> Spec:
    if number is None:
        return {"number": "", "colour": "none", "ink": "none", "note": f"{week}: no items"}
    step = sum(number > most for most in STEPS)
    return {
        "number": str(number),
        "colour": f"var(--heat-{step})",
        "ink": f"var(--on-heat-{step})",
        "note": f"{week}: {percent(number)}",
    }


def _axis(course: Course, size: tuple[int, int]) -> Chart:
    """Write the name of each month below the week in which the month begins."""
    every = 2 if size is _NARROW and len(course.standings) > 16 else 1
    values = _months([monday_of(standing.as_of) for standing in course.standings])[::every]
    x = {"field": "place", "type": "quantitative", "scale": {"domain": [0, len(course.standings)]}, "axis": None}
    spec: Spec = {
        "data": chart_rows(values),
        "mark": {"type": "text", "align": "left", "fill": "var(--quiet)"},
        "encoding": {"x": x, "text": {"field": "month"}},
    }
    return make_chart(spec, size=(size[0], 18), margins=(0, 0, 0, 0), label="Months")


def _months(mondays: Sequence[date]) -> list[Spec]:
    """Return the name of each month, and its position: the week of the month's first Monday."""
    return [
        {"place": place, "month": MONTHS[monday.month - 1]}
        for place, monday in enumerate(mondays)
        if monday.month != (monday - timedelta(weeks=1)).month
    ]
