"""The charts of actual and expected progress by week: a large chart for the plan and a small one for each theme."""

from datetime import date

from planner.base.formats import percent
from planner.domain.rules.figures import tenths
from planner.weekly.over_weeks import Course, WeekStanding
from planner.weekly.page.drawing import Chart, Spec, chart_rows, day_scale, make_chart, months
from planner.weekly.page.figure import Drawing, Figure, Legend, Multiple, Numbers
from planner.weekly.pictures import Pictures
from planner.weekly.reading import Instance

LEGEND = (
    Legend("line-done", "━", "done: the weighted mean of the items' percents"),
    Legend("line-expected", "┅", "expected on that day by the dates first agreed"),
)

# Below this percent, the label at the end of a line would overlap the names of the months.
_LOW = 12


def progress(pictures: Pictures, instance: Instance) -> Figure:
    """Return the charts of progress."""
    plan = pictures.plan
    figures = f"{percent(plan.now.actual, 1)} done, {percent(plan.now.expected, 1)} expected"
    return Figure(
        name="progress",
        title="Progress against expected",
        caption=f"The progress of the plan and its themes at the end of each week, from the start of the plan to "
        f"{instance.as_of}, when the plan was at {figures}. Earlier weeks are shown as known now: late "
        "reports count from their as-of date.",
        legend=LEGEND,
        drawing=Drawing(
            _lines(plan, instance, (960, 230), (44, 14, 60, 26), 12),
            _lines(plan, instance, (286, 190), (42, 14, 46, 26), 4),
        ),
        multiples=tuple(
            Multiple(course.name, Drawing(_lines(course, instance, (232, 92), (42, 12, 46, 24), 4)))
            for course in pictures.themes
        ),
        numbers=_numbers(pictures.courses),
    )


def _lines(
    course: Course, instance: Instance, size: tuple[int, int], margins: tuple[int, int, int, int], most_months: int
) -> Chart:
    shown = [_value(standing) for standing in course.standings]
    first, last = instance.plan.starts, max(instance.plan.ends, instance.as_of)
    x = {"field": "day", "type": "temporal", "scale": day_scale(first, last), "axis": months(first, last, most_months)}
    done, expected = (
        {"field": name, "type": "quantitative", "scale": {"domain": [0, 100]}, "axis": _percents(size)}
        for name in ("done", "expected")
    )
    spec: Spec = {
        "data": chart_rows(shown),
        "encoding": {"x": x},
        "layer": [
            {"mark": {"type": "area", "fill": "var(--gap)"}, "encoding": {"y": done, "y2": {"field": "expected"}}},
            {"mark": _line("var(--quiet)", dash=[5, 4]), "encoding": {"y": expected}},
            {"mark": _line("var(--accent)", width=2.5), "encoding": {"y": done}},
            {
                "mark": {"type": "point", "filled": True, "size": 26, "fill": "var(--accent)", "aria": True},
                "encoding": {"y": done, "description": {"field": "note"}},
            },
            *_ends(shown[-1], done, expected),
        ],
    }
    label = f"{course.name}: {percent(course.now.actual, 1)} done, {percent(course.now.expected, 1)} expected"
    return make_chart(spec, size=size, margins=margins, label=label)


def _value(standing: WeekStanding) -> Spec:
    done, expected = tenths(standing.rolled.actual), tenths(standing.rolled.expected)
    return {
        "day": standing.as_of.isoformat(),
        "done": done,
        "expected": expected,
        "note": f"{standing.week}: {percent(done, 1)} done, {percent(expected, 1)} expected",
    }


def _percents(size: tuple[int, int]) -> Spec:
    """Return the percent axis. A low chart has fewer axis labels."""
    return {"values": [0, 25, 50, 75, 100] if size[1] > 150 else [0, 50, 100], "labelExpr": "datum.label + ' %'"}


def _line(colour: str, width: float = 1.75, dash: list[int] | None = None) -> Spec:
    return {"type": "line", "stroke": colour, "strokeWidth": width, "strokeDash": dash or []}


def _ends(last: Spec, done: Spec, expected: Spec) -> list[Spec]:
    """Label the ends of the two lines.

    The greater number is placed above the smaller one, so that the labels do not overlap.
    """
    if last["done"] is None:
        return []
    # Near the bottom of the chart both labels are raised, so that they do not cover the names of the months.
    low = min(last["done"], last["expected"]) < _LOW
    above, below = (-12, 0) if low else (-4, 9)
    done_above = last["done"] >= last["expected"]
    return [
        _end(last, done, "done", {"fill": "var(--accent)", "fontWeight": "bold", "dy": above if done_above else below}),
        _end(last, expected, "expected", {"fill": "var(--quiet)", "dy": below if done_above else above}),
    ]


def _end(last: Spec, y: Spec, name: str, look: Spec) -> Spec:
    return {
        "data": chart_rows([last | {"end": percent(last[name], 1)}]),
        "mark": {"type": "text", "align": "left", "dx": 6} | look,
        "encoding": {"y": y, "text": {"field": "end"}},
    }


def _numbers(courses: tuple[Course, ...]) -> Numbers:
    heads = [head for course in courses for head in (f"{course.name}: done", f"{course.name}: expected")]
    return Numbers(("Week", "As of", *heads), tuple(_row(courses, place) for place in range(len(courses[0].standings))))


def _row(courses: tuple[Course, ...], place: int) -> tuple[str | date | float | None, ...]:
    standing = courses[0].standings[place]
    rolled = [course.standings[place].rolled for course in courses]
    percents = [tenths(number) for one in rolled for number in (one.actual, one.expected)]
    return (str(standing.week), standing.as_of, *percents)
