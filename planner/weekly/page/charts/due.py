"""The chart of due milestones: the milestones due in each week by state, compared with the number in the baseline."""

from collections.abc import Iterator
from datetime import date, timedelta

from planner.domain.symbols import TIMELINE_SIGNS
from planner.queries.weeks.deadlines import DeadlineState
from planner.weekly.page.drawing import Chart, Spec, chart_rows, day_scale, make_chart, months
from planner.weekly.page.figure import Drawing, Figure, Legend, Numbers, counts_text
from planner.weekly.pictures import DueWeek, Pictures
from planner.weekly.reading import Instance

MEANINGS = {
    DeadlineState.MET: "met",
    DeadlineState.OPEN: "open",
    DeadlineState.OVERDUE: "overdue",
    DeadlineState.LAPSED: "lapsed: the item ended without it",
}
_WEEK = timedelta(weeks=1)


def due(pictures: Pictures, instance: Instance) -> Figure:
    """Return the chart of milestones by the week in which they are due."""
    return Figure(
        name="due",
        title="When milestones fall due",
        caption="The number of milestones due in each week by the dates agreed now, and their state on "
        f"{instance.as_of}. The line is the number first agreed for the week. Where it is above the bars, "
        "milestones were moved to other weeks.",
        legend=(
            *(Legend(f"due-{state.value}", TIMELINE_SIGNS[state.value][0], words) for state, words in MEANINGS.items()),
            Legend("line-baseline", "━", "first agreed for the week"),
        ),
        drawing=_drawing(pictures, instance) if pictures.due else None,
        numbers=Numbers(
            ("Week", "First agreed", "Agreed now", *(state.value.capitalize() for state in MEANINGS)),
            tuple(_row(week) for week in pictures.due),
        ),
        nothing="" if pictures.due else "The plan has no milestones.",
    )


def _drawing(pictures: Pictures, instance: Instance) -> Drawing:
    return Drawing(
        _bars(pictures.due, instance.as_of, (968, 170), (36, 24, 32, 26), 12),
        _bars(pictures.due, instance.as_of, (292, 150), (32, 24, 34, 26), 6),
    )


def _bars(
    weeks: tuple[DueWeek, ...], as_of: date, size: tuple[int, int], margins: tuple[int, int, int, int], most_months: int
) -> Chart:
    first, last = weeks[0].week.monday, weeks[-1].week.monday + _WEEK
    x = {"field": "day", "type": "temporal", "scale": day_scale(first, last), "axis": months(first, last, most_months)}
    y = {"type": "quantitative", "axis": {"tickCount": 4, "format": "d"}}
    layers: list[Spec] = [
        {
            "data": chart_rows([part for week in weeks for part in _parts(week)]),
            "mark": {"type": "rect", "stroke": "var(--paper)", "strokeWidth": 1, "aria": True},
            "encoding": {
                "x": x,
                "x2": {"field": "next"},
                "y": y | {"field": "start"},
                "y2": {"field": "end"},
                "fill": {"field": "colour", "type": "nominal", "scale": None},
                "description": {"field": "note"},
            },
        },
        {
            "data": chart_rows([*map(_baseline, weeks), {"day": last.isoformat(), "baseline": weeks[-1].baseline}]),
            "mark": {"type": "line", "interpolate": "step-after", "stroke": "var(--ink)", "strokeWidth": 1.5},
            "encoding": {"x": x, "y": y | {"field": "baseline"}},
        },
        *(this_day(as_of, x, dated=True) if first <= as_of <= last else ()),
    ]
    counts = counts_text({state.value: sum(week.states[state] for week in weeks) for state in MEANINGS})
    return make_chart({"layer": layers}, size=size, margins=margins, label=f"Milestones: {counts}")


def this_day(as_of: date, x: Spec, *, dated: bool) -> Iterator[Spec]:
    """Yield a vertical line at the as-of date. If `dated` is True, the date is written above it."""
    data = chart_rows([{"day": as_of.isoformat(), "note": as_of.isoformat()}])
    yield {
        "data": data,
        "mark": {"type": "rule", "stroke": "var(--accent)", "strokeWidth": 1.5},
        "encoding": {"x": x},
    }
    if dated:
        yield {
            "data": data,
            "mark": {"type": "text", "y": -8, "fontWeight": "bold", "fill": "var(--accent)"},
            "encoding": {"x": x, "text": {"field": "note"}},
        }


def _parts(week: DueWeek) -> Iterator[Spec]:
    start = 0
    for state in MEANINGS:
        number = week.states[state]
        if number:
            yield {
                "day": week.week.monday.isoformat(),
                "next": (week.week.monday + _WEEK).isoformat(),
                "start": start,
                "end": start + number,
                "colour": f"var(--due-{state.value})",
                "note": f"{week.week}: {number} {state.value}; {week.baseline} first agreed",
            }
        start += number


def _baseline(week: DueWeek) -> Spec:
    return {"day": week.week.monday.isoformat(), "baseline": week.baseline}


def _row(week: DueWeek) -> tuple[str | int, ...]:
    return (str(week.week), week.baseline, week.states.total(), *(week.states[state] for state in MEANINGS))
