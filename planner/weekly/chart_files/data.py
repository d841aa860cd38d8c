"""The data of the template of chart pictures: the figures of the weekly page, with fixed colours."""

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from planner.base.visible_text import visible
from planner.domain.symbols import MADE_UP
from planner.pages.style import sheet
from planner.weekly.page.drawing import Chart, draw
from planner.weekly.page.figure import Drawing, Figure, Legend, Multiple, Strip
from planner.weekly.reading import Instance
from planner.weekly.typesetting import OWN_FONTS, said

Data = dict[str, Any]

# The colours of legends that the style sheet gives to a class and not to a background, by class.
_INKS = {
    "line-done": "accent",
    "line-today": "accent",
    "line-expected": "quiet",
    "line-target": "target",
    "dot-open": "due-open",
    "dot-overdue": "due-overdue",
}
_COLOUR = re.compile(r"--([\w-]+): (#[0-9a-f]+);")
_USED_COLOUR = re.compile(r"var\(--([\w-]+)\)")


def charts_data(figures: tuple[Figure, ...], instance: Instance) -> Data:
    """Return the data of the template: one page for each figure. Raises MissingLibraryError as `draw` does."""
    return {
        "title": _visibly(instance.title),
        "heading": f"{instance.week}, as of {instance.as_of}, as known at {instance.known_at_shown}",
        "day": {"year": instance.as_of.year, "month": instance.as_of.month, "day": instance.as_of.day},
        "made-up": f"SIMULATED. {MADE_UP}" if instance.plan.simulated else "",
        "figures": [_figure(figure) for figure in figures],
        "colours": {name: _colours()[name] for name in ("ink", "quiet", "accent", "line")},
    }


def _figure(figure: Figure) -> Data:
    return {
        "title": figure.title,
        "caption": figure.caption,
        "legend": [_legend(entry) for entry in figure.legend],
        "drawing": _drawn(figure.drawing),
        "strips": [_strip(strip) for strip in figure.strips],
        "axis": _drawn(figure.axis),
        "multiples": [_multiple(multiple) for multiple in figure.multiples],
        "nothing": figure.nothing,
    }


def _legend(entry: Legend) -> Data:
    colours = _colours()
    fill = colours.get(entry.swatch, "")
    ink = colours.get(f"on-{entry.swatch}") if fill else colours.get(_INKS.get(entry.swatch, ""))
    return {"sign": entry.sign, "words": entry.words, "fill": fill, "ink": ink or colours["ink"]}


def _strip(strip: Strip) -> Data:
    return {**_labelled(strip), "about": _visibly(strip.about)}


def _multiple(multiple: Multiple) -> Data:
    about = ", ".join(filter(None, (multiple.about, multiple.note)))
    return {**_labelled(multiple), "about": _visibly(about)}


def _labelled(part: Strip | Multiple) -> Data:
    return {
        "code": visible(part.code),
        "label": _visibly(part.label),
        "end": part.end,
        "drawing": _drawn(part.drawing),
    }


def _visibly(text: str) -> Mapping[str, Any]:
    """Return a text that a person wrote, safe to show, with its direction of writing."""
    return said(visible(text))


def _drawn(drawing: Drawing | None) -> Data:
    """Return the wide chart of a drawing, and its text for screen readers."""
    return {"svg": _fixed(drawing.wide), "alt": visible(drawing.wide.label)} if drawing else {"svg": "", "alt": ""}


def _fixed(chart: Chart) -> str:
    """Return a chart as an SVG of its own, without the colours and letters that a page would give it."""
    own = f'<svg xmlns="http://www.w3.org/2000/svg" font-family="{OWN_FONTS[0]}" '
    drawn = draw(chart).replace("<svg ", own, 1)
    return _USED_COLOUR.sub(lambda found: _colours()[found[1]], drawn)


@cache
def _colours() -> dict[str, str]:
    """Return the light colours of the page, by name. The dark ones follow them in the style sheet."""
    light, _, _dark = sheet("planner.pages", "page.css").partition("@media")
    return dict(_COLOUR.findall(light))
