"""Drawing with Vega-Lite, without a network and without a browser: a specification in, SVG for the page out.

The bytes depend on nothing but the specification and the library: no text is measured (sizes and margins are given,
labels are few and short), colours are names that the page's style gives a value, and the SVG has no ids.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any
from xml.etree import ElementTree

from markupsafe import Markup

from planner.errors import MissingLibraryError
from planner.visible_text import visible

# The grammar whose forms the specifications have.
GRAMMAR = "6.4"
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

# What the page's style says, or nobody needs, of what the library writes.
_DROPPED = ("class", "role", "font-family", "pointer-events", "opacity", "style")
_SVG = "{http://www.w3.org/2000/svg}"


def drawn(spec: Spec, *, size: tuple[int, int], margins: tuple[int, int, int, int], label: str) -> Markup:
    """A drawing as SVG to stand in the page.

    `size` is that of the plotted part, `margins` are left, top, right, bottom, all in units of the drawing, `label`
    what is read out in its place. A mark with a `description` shows it when pointed at.

    Raises MissingLibraryError where the library is not installed.
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
    # What an XML writer wrote can stand in the page as it is.
    return Markup(_cleaned(_rendered(whole), label))


def _rendered(spec: Spec) -> str:
    try:
        import vl_convert
    except ImportError as error:
        raise MissingLibraryError(
            "the page's pictures need vl-convert-python", where="format", do="Install planner[reports]"
        ) from error
    return vl_convert.vegalite_to_svg(spec, vl_version=GRAMMAR, allowed_base_urls=[])


def _cleaned(svg: str, label: str) -> str:
    root = ElementTree.fromstring(svg)
    view_box = root.attrib["viewBox"]
    _clean(root)
    root.attrib.clear()
    root.attrib.update({"viewBox": view_box, "role": "img", "aria-label": visible(label)})
    return ElementTree.tostring(root, encoding="unicode")


def _clean(element: ElementTree.Element) -> None:
    """Leave out what is not seen; a mark's description becomes a title, which is shown when it is pointed at."""
    element.tag = element.tag.removeprefix(_SVG)
    told = element.attrib.get("aria-label")
    for name in [name for name in element.attrib if name in _DROPPED or name.startswith("aria-")]:
        del element.attrib[name]
    for child in list(element):
        _clean(child)
        if _unseen(child):
            element.remove(child)
    if told and element.tag not in ("g", "svg"):
        ElementTree.SubElement(element, "title").text = told


def _unseen(element: ElementTree.Element) -> bool:
    if element.tag == "g":
        return len(element) == 0
    painted = any(element.attrib.get(name, "none") != "none" for name in ("fill", "stroke"))
    return element.tag == "path" and not painted


def days(first: date, last: date) -> Spec:
    """A scale of days between two, both included."""
    return {"type": "utc", "domain": [first.isoformat(), last.isoformat()], "nice": False}


def months(first: date, last: date, at_most: int) -> Spec:
    """An axis with the names of months, of each or of every so many; January says its year where there are several."""
    january = "%b %Y" if first.year != last.year else "%b"
    return {
        "values": [day.isoformat() for day in _months_between(first, last, at_most)],
        "labelExpr": f"utcFormat(datum.value, utcmonth(datum.value) == 0 ? '{january}' : '%b')",
    }


def month_names(first: date, last: date, at_most: int) -> list[Spec]:
    """The same months as values, with their names, where they are drawn as marks."""
    return [{"day": day.isoformat(), "month": MONTHS[day.month - 1]} for day in _months_between(first, last, at_most)]


def _months_between(first: date, last: date, at_most: int) -> list[date]:
    """The first days of months between two days, of each or of every so many."""
    firsts = list(_first_days(first, last))
    return firsts[:: -(-len(firsts) // at_most) or 1]


def _first_days(first: date, last: date) -> Iterator[date]:
    year, month = first.year, first.month
    while date(year, month, 1) <= last:
        if date(year, month, 1) >= first:
            yield date(year, month, 1)
        year, month = (year + month // 12, month % 12 + 1)


def rows(values: Sequence[Spec]) -> Spec:
    """The data of a drawing."""
    return {"values": list(values)}
