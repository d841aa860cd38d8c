"""The chart of item states: one stacked bar per theme."""

from planner.domain.symbols import SYMBOLS, words
from planner.domain.vocabulary import State
from planner.weekly.over_weeks import Course
from planner.weekly.page.drawing import Chart, Spec, chart_rows, make_chart
from planner.weekly.page.figure import Drawing, Figure, Legend, Numbers, Strip, counts_text
from planner.weekly.pictures import Pictures
from planner.weekly.reading import Instance

# A segment shows its number only if it takes at least this share of the bar.
_LEGIBLE = {"wide": 0.025, "narrow": 0.06}


def states(pictures: Pictures, instance: Instance) -> Figure:
    """Return the chart of item states by theme."""
    courses = (*pictures.themes, pictures.plan)
    return Figure(
        name="states",
        title="States by theme",
        caption=f"The states of the items of each theme as of {instance.as_of}. A bar shows all items of a theme, and "
        "its numbers count items.",
        legend=tuple(Legend(f"state-{state.value}", SYMBOLS[state.value][0], words(state.value)) for state in State),
        strips=tuple(_strip(course) for course in courses),
        numbers=Numbers(
            ("Theme", "Items", *(words(state.value).capitalize() for state in State)),
            tuple(
                (course.name, course.now.items, *(course.now.states[state] for state in State)) for course in courses
            ),
        ),
    )


def _strip(course: Course) -> Strip:
    drawing = Drawing(_bar(course, (560, 26), _LEGIBLE["wide"]), _bar(course, (330, 24), _LEGIBLE["narrow"]))
    return Strip(course.name, drawing, f"{course.now.items} items")


def _bar(course: Course, size: tuple[int, int], legible: float) -> Chart:
    parts = list(_parts(course, legible))
    x = {"field": "start", "type": "quantitative", "scale": {"domain": [0, course.now.items or 1]}, "axis": None}
    spec: Spec = {
        "data": chart_rows(parts),
        "layer": [
            {
                "mark": {"type": "rect", "stroke": "var(--paper)", "strokeWidth": 1.5, "aria": True},
                "encoding": {
                    "x": x,
                    "x2": {"field": "end"},
                    "fill": {"field": "colour", "type": "nominal", "scale": None},
                    "description": {"field": "note"},
                },
            },
            {
                "mark": {"type": "text", "fontWeight": "bold"},
                "encoding": {
                    "x": x | {"field": "middle"},
                    "text": {"field": "number"},
                    "fill": {"field": "ink", "type": "nominal", "scale": None},
                },
            },
        ],
    }
    counts = counts_text({words(state.value): course.now.states[state] for state in State})
    return make_chart(spec, size=size, margins=(0, 0, 0, 0), label=f"{course.name}: {counts or 'no items'}")


def _parts(course: Course, legible: float) -> list[Spec]:
    parts, start = [], 0
    for state in State:
        number = course.now.states[state]
        if number:
            parts.append(
                {
                    "start": start,
                    "end": start + number,
                    "middle": start + number / 2,
                    "number": str(number) if number >= legible * course.now.items else "",
                    "colour": f"var(--state-{state.value})",
                    "ink": f"var(--on-state-{state.value})",
                    "note": f"{number} {words(state.value)}",
                }
            )
        start += number
    return parts
