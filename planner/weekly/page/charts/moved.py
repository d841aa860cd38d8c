"""The chart of the open or overdue milestones whose due dates were moved furthest.

It shows the baseline date and the current due date of each milestone.
"""

from datetime import date

from planner.queries.weeks.deadlines import Deadline
from planner.weekly.page.charts.due import this_day
from planner.weekly.page.drawing import Chart, Spec, chart_rows, day_scale, make_chart, month_names
from planner.weekly.page.figure import Drawing, Figure, Legend, Numbers, Strip, signed
from planner.weekly.pictures import Pictures
from planner.weekly.reading import Instance

LEGEND = (
    Legend("line-hollow", "○", "date first agreed"),
    Legend("dot-open", "●", "date agreed now, open"),
    Legend("dot-overdue", "●", "date agreed now, overdue"),
    Legend("line-today", "│", "the day of this file"),
)
_WIDE, _NARROW = (600, 22), (330, 20)
_SIDES = 10


def moved(pictures: Pictures, instance: Instance) -> Figure:
    """Return the chart of moved milestones."""
    shown = pictures.moved
    ends = _ends(shown, instance)
    most = (
        f"the {len(shown)} moved furthest of {pictures.moved_total}"
        if len(shown) < pictures.moved_total
        else "all of them"
    )
    return Figure(
        name="moved",
        title="Milestones that were moved",
        caption="Milestones that are not met and whose agreed date was moved, from the date first agreed to the date "
        f"agreed now, as of {instance.as_of}: {most}.",
        legend=LEGEND if shown else (),
        strips=tuple(_strip(milestone, instance.as_of, ends) for milestone in shown),
        axis=Drawing(_axis(ends, _WIDE, 12), _axis(ends, _NARROW, 6)) if shown else None,
        numbers=Numbers(
            ("Code", "Item", "Milestone", "First agreed", "Agreed now", "Days moved", "State"),
            tuple(_row(milestone) for milestone in shown),
        ),
        nothing="" if shown else "No open milestone was moved.",
    )


def _ends(shown: tuple[Deadline, ...], instance: Instance) -> tuple[date, date]:
    """Return the first and last day of the axis: the plan's period, widened to include all milestone dates shown."""
    dates = [day for milestone in shown for day in (milestone.baseline, milestone.current)]
    plan = instance.plan
    return min([plan.starts, *dates]), max([plan.ends, instance.as_of, *dates])


def _strip(milestone: Deadline, as_of: date, ends: tuple[date, date]) -> Strip:
    return Strip(
        label=milestone.title,
        drawing=Drawing(_move(milestone, as_of, ends, _WIDE), _move(milestone, as_of, ends, _NARROW)),
        end=f"{signed(milestone.slip_days)} days",
        code=milestone.item.code,
        about=milestone.item.title,
    )


def _move(milestone: Deadline, as_of: date, ends: tuple[date, date], size: tuple[int, int]) -> Chart:
    x: Spec = {"type": "temporal", "scale": day_scale(*ends), "axis": None}
    was, now = milestone.baseline.isoformat(), milestone.current.isoformat()
    colour = f"var(--due-{milestone.state.value})"
    spec: Spec = {
        "data": chart_rows([{"was": was, "now": now}]),
        "layer": [
            {
                "data": chart_rows([{"day": ends[0].isoformat(), "end": ends[1].isoformat()}]),
                "mark": {"type": "rule", "stroke": "var(--grid)"},
                "encoding": {"x": x | {"field": "day"}, "x2": {"field": "end"}},
            },
            *this_day(as_of, x | {"field": "day"}, dated=False),
            {
                "mark": {"type": "rule", "stroke": colour, "strokeWidth": 2.5},
                "encoding": {"x": x | {"field": "was"}, "x2": {"field": "now"}},
            },
            {
                "mark": {"type": "point", "filled": True, "size": 70, "fill": "var(--paper)", "stroke": "var(--ink)"},
                "encoding": {"x": x | {"field": "was"}},
            },
            {
                "mark": {"type": "point", "filled": True, "size": 90, "fill": colour},
                "encoding": {"x": x | {"field": "now"}},
            },
        ],
    }
    label = f"from {was} to {now}, {milestone.state.value}"
    return make_chart(spec, size=(size[0] - 2 * _SIDES, size[1]), margins=(_SIDES, 0, _SIDES, 0), label=label)


def _axis(ends: tuple[date, date], size: tuple[int, int], most_months: int) -> Chart:
    x = {"field": "day", "type": "temporal", "scale": day_scale(*ends), "axis": None}
    spec: Spec = {
        "data": chart_rows(month_names(*ends, most_months)),
        "mark": {"type": "text", "fill": "var(--quiet)"},
        "encoding": {"x": x, "text": {"field": "month"}},
    }
    return make_chart(spec, size=(size[0] - 2 * _SIDES, 18), margins=(_SIDES, 0, _SIDES, 0), label="Months")


def _row(milestone: Deadline) -> tuple[str | int | date, ...]:
    item = milestone.item
    dates = (milestone.baseline, milestone.current, milestone.slip_days)
    return (item.code, item.title, milestone.title, *dates, milestone.state.value)
