"""The charts of indicators. Each indicator has a small chart of its values over time and its target, if any."""

from datetime import date

from planner.base.visible_text import visible
from planner.queries.items.views import IndicatorView
from planner.weekly.page.drawing import Chart, Spec, chart_rows, day_scale, make_chart, months
from planner.weekly.page.figure import Drawing, Figure, Legend, Multiple, Numbers
from planner.weekly.pictures import ItemIndicator, Pictures
from planner.weekly.reading import Instance

LEGEND = (
    Legend("line-done", "●", "reported values"),
    Legend("line-target", "┅", "target"),
    Legend("line-hollow", "○", "baseline"),
)
# Above this, floating-point numbers no longer represent every whole number exactly.
_GREATEST_WHOLE = 1e15
_SIZE, _MARGINS = (240, 70), (44, 10, 16, 22)


def indicators(pictures: Pictures, instance: Instance) -> Figure:
    """Return the small charts of the indicators."""
    shown = pictures.indicators
    return Figure(
        name="indicators",
        title="Indicators over time",
        caption=_caption(pictures, instance),
        legend=LEGEND if shown else (),
        multiples=tuple(_multiple(found, instance) for found in shown),
        numbers=Numbers(
            ("Code", "Indicator", "Unit", "Baseline", "Target", "Target date", "Date of value", "Value"),
            tuple(row for found in shown for row in _rows(found)),
        ),
        nothing="" if shown else "No value of an indicator has been reported yet.",
    )


def _caption(pictures: Pictures, instance: Instance) -> str:
    all_of_them = (
        f"{pictures.indicators_with_values} of {pictures.indicators_total} indicators have values as of "
        f"{instance.as_of}"
    )
    if len(pictures.indicators) == pictures.indicators_with_values:
        return f"{all_of_them}. The charts show all of them."
    return (
        f"{all_of_them}. The charts show the {len(pictures.indicators)} with the most values, half of them with a "
        "target if there are enough. The section of indicators has all of them."
    )


def _multiple(found: ItemIndicator, instance: Instance) -> Multiple:
    indicator = found.indicator
    target = f"target {_number(indicator.target)} by {indicator.due}"
    return Multiple(
        label=indicator.name,
        drawing=Drawing(_course(indicator, instance)),
        end=_number(indicator.observed),
        code=found.item.code,
        about=indicator.unit,
        note="no target" if indicator.target is None else target,
    )


def _course(indicator: IndicatorView, instance: Instance) -> Chart:
    first = min([instance.plan.starts, *(day for day, _ in indicator.values)])
    last = max([instance.plan.ends, instance.as_of])
    x: Spec = {"field": "day", "type": "temporal", "scale": day_scale(first, last), "axis": months(first, last, 4)}
    y: Spec = {"field": "value", "type": "quantitative", "scale": {"domain": _domain(indicator)}}
    y["axis"] = {"values": _ticks(indicator), "format": ".4~s" if _greatest(indicator) >= 10_000 else ".12~g"}
    values = [_value(day, value, indicator) for day, value in indicator.values]
    layers: list[Spec] = [
        {"mark": {"type": "line", "stroke": "var(--accent)", "strokeWidth": 2}, "encoding": {"x": x, "y": y}},
        {
            "mark": {"type": "point", "filled": True, "size": 30, "fill": "var(--accent)", "aria": True},
            "encoding": {"x": x, "y": y, "description": {"field": "note"}},
        },
    ]
    if indicator.target is not None:
        layers.insert(0, _target(indicator.target, y))
    if indicator.baseline is not None:
        layers.append(_baseline(first, indicator.baseline, x, y))
    label = f"{indicator.name}: {_number(indicator.observed)} {indicator.unit}"
    return make_chart({"data": chart_rows(values), "layer": layers}, size=_SIZE, margins=_MARGINS, label=label)


def _value(day: date, value: float, indicator: IndicatorView) -> Spec:
    return {"day": day.isoformat(), "value": value, "note": visible(f"{day}: {_number(value)} {indicator.unit}")}


def _target(target: float, y: Spec) -> Spec:
    return {
        "data": chart_rows([{"value": target}]),
        "mark": {"type": "rule", "stroke": "var(--target)", "strokeWidth": 1.75, "strokeDash": [5, 4]},
        "encoding": {"y": y},
    }


def _baseline(first: date, baseline: float, x: Spec, y: Spec) -> Spec:
    return {
        "data": chart_rows([{"day": first.isoformat(), "value": baseline}]),
        "mark": {"type": "point", "filled": True, "size": 40, "fill": "var(--paper)", "stroke": "var(--ink)"},
        "encoding": {"x": x, "y": y},
    }


def _known(indicator: IndicatorView) -> list[float]:
    """Return all numbers to be plotted, with 0 added.

    The scale always includes 0, because a scale that begins elsewhere makes small changes look large.
    """
    agreed = [number for number in (indicator.baseline, indicator.target) if number is not None]
    return [0.0, *agreed, *(value for _, value in indicator.values)]


def _greatest(indicator: IndicatorView) -> float:
    return max(abs(number) for number in _known(indicator))


def _domain(indicator: IndicatorView) -> list[float]:
    numbers = _known(indicator)
    low, high = min(numbers), max(numbers)
    return [low, high if high > low else low + 1]


def _ticks(indicator: IndicatorView) -> list[float]:
    low, high = _domain(indicator)
    return [low, high] if low == 0 else [low, 0, high]


def _number(number: float | None) -> str:
    return "–" if number is None else f"{number:,.12g}"


def _rows(found: ItemIndicator) -> list[tuple[str | float | date | None, ...]]:
    one = found.indicator
    shared = (found.item.code, one.name, one.unit, _plain(one.baseline), _plain(one.target), one.due)
    return [(*shared, day, _plain(value)) for day, value in one.values]


def _plain(number: float | None) -> float | None:
    """Return a whole number as an int, so that it is written without a decimal; other numbers are unchanged."""
    whole = number is not None and abs(number) < _GREATEST_WHOLE and number == int(number)
    return int(number) if number is not None and whole else number
