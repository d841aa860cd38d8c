"""Draw charts with Vega-Lite without a network or a browser: turn a chart specification into SVG for the page.

The bytes depend only on the specification and the library. No text is measured, because sizes and margins are given and
labels are few and short. Colours are CSS variables that the page's style defines. The SVG has no ids.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from xml.etree import ElementTree

from planner.base.visible_text import visible
from planner.weekly.page import vega_lite

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
Spec = dict[str, Any]

_CONFIG: Spec = {
    "background": None,
    "view": {"stroke": None},
    "mark": {"aria": False},
    "axis": {
        "aria": False,
        "title": None,
        "domain": False,
        "ticks": False,
        "gridColor": "var(--grid)",
        "labelColor": "var(--quiet)",
        "labelFontSize": 12,
        "labelPadding": 6,
        "labelLimit": 0,
        "labelOverlap": False,
        "labelFlush": False,
        "labelBound": False,
    },
    "text": {"fontSize": 12, "fill": "var(--ink)", "limit": 0},
}

# Attributes that the library writes and that are removed, because the page's style sets them or nobody needs them.
_DROPPED = ("class", "role", "font-family", "pointer-events", "opacity", "style")
_SVG = "{http://www.w3.org/2000/svg}"


@dataclass(frozen=True, eq=False)
class Chart:
    """A chart that is not drawn yet: its specification, and the text that screen readers read instead of it."""

    spec: Spec
    label: str


def make_chart(spec: Spec, *, size: tuple[int, int], margins: tuple[int, int, int, int], label: str) -> Chart:
    """Return a chart for the page.

    `size` is the width and height of the plotted area, and `margins` are left, top, right and bottom, all in units of
    the drawing. `label` is the text that screen readers read instead of the chart. A mark with a `description` shows it
    as a tooltip.
    """
    left, top, right, bottom = margins
    whole = {
        **spec,
        "width": size[0],
        "height": size[1],
        "autosize": "none",
        "padding": {"left": left, "top": top, "right": right, "bottom": bottom},
        "config": _CONFIG,
    }
    return Chart(whole, label)


def draw(chart: Chart) -> str:
    """Return a chart as SVG. Raises MissingLibraryError if the drawing library is not installed."""
    return _cleaned(vega_lite.rendered(chart.spec), chart.label)


def _cleaned(svg: str, label: str) -> str:
    root = ElementTree.fromstring(svg)
    view_box = root.attrib["viewBox"]
    _clean(root)
    root.attrib.clear()
    root.attrib.update({"viewBox": view_box, "role": "img", "aria-label": visible(label)})
    return ElementTree.tostring(root, encoding="unicode")


def _clean(element: ElementTree.Element) -> None:
    """Remove everything invisible from an SVG.

    Turn the description of each mark into a <title>, which is shown as a tooltip.
    """
    element.tag = element.tag.removeprefix(_SVG)
    description = element.attrib.get("aria-label")
    for name in [name for name in element.attrib if name in _DROPPED or name.startswith("aria-")]:
        del element.attrib[name]
    for child in list(element):
        _clean(child)
        if _is_invisible(child):
            element.remove(child)
    if description and element.tag not in ("g", "svg"):
        ElementTree.SubElement(element, "title").text = description


def _is_invisible(element: ElementTree.Element) -> bool:
    if element.tag == "g":
        return len(element) == 0
    painted = any(element.attrib.get(name, "none") != "none" for name in ("fill", "stroke"))
    return element.tag == "path" and not painted


def day_scale(first: date, last: date) -> Spec:
    """Return a time scale from the first to the last day, both included."""
    return {"type": "utc", "domain": [first.isoformat(), last.isoformat()], "nice": False}


def months(first: date, last: date, at_most: int) -> Spec:
    """Return a time axis labelled with at most `at_most` months, evenly chosen.

    If the axis covers several years, each January also has its year.
    """
    january = "%b %Y" if first.year != last.year else "%b"
    return {
        "values": [day.isoformat() for day in _months_between(first, last, at_most)],
        "labelExpr": f"utcFormat(datum.value, utcmonth(datum.value) == 0 ? '{january}' : '%b')",
    }


def month_names(first: date, last: date, at_most: int) -> list[Spec]:
    """Return the months that the axis of `months` labels, as data for text marks."""
    return [{"day": day.isoformat(), "month": MONTHS[day.month - 1]} for day in _months_between(first, last, at_most)]


def _months_between(first: date, last: date, at_most: int) -> list[date]:
    """Return the first days of the months between two days.

    If there are more than `at_most`, return every second, every third and so on, so that at most `at_most` are left.
    """
    firsts = list(_first_days(first, last))
    return firsts[:: -(-len(firsts) // at_most) or 1]


def _first_days(first: date, last: date) -> Iterator[date]:
    year, month = first.year, first.month
    while date(year, month, 1) <= last:
        if date(year, month, 1) >= first:
            yield date(year, month, 1)
        year, month = (year + month // 12, month % 12 + 1)


def chart_rows(values: Sequence[Spec]) -> Spec:
    """Return a chart's data in the form that Vega-Lite expects."""
    return {"values": list(values)}
