"""The library that draws charts, and how a Vega-Lite specification becomes SVG with it.

The library compiles Vega-Lite to Vega, which takes a third of the time of a chart. The compiled form depends on which
data are the same, but not on their values, so that charts that differ only in their values are compiled once.
"""

import json
from functools import cache
from typing import Any

from planner.base.errors import MissingLibraryError
from planner.base.language import tr

# The version of Vega-Lite that the specifications are written for.
GRAMMAR = "6.4"


def rendered(spec: dict[str, Any]) -> str:
    """Return a chart as the SVG of the library. Raises MissingLibraryError if it is not installed."""
    numbers: dict[str, int] = {}
    vega = _compiled(json.dumps(_without_values(spec, numbers)))
    for values, number in numbers.items():
        vega = vega.replace(json.dumps(_placeholder(number)), values)
    svg: str = drawing_library().vega_to_svg(vega, allowed_base_urls=[])
    return svg


@cache
def _compiled(spec: str) -> str:
    return json.dumps(drawing_library().vegalite_to_vega(spec, vl_version=GRAMMAR))


def _without_values(spec: Any, numbers: dict[str, int]) -> Any:
    """Return a part of a specification with a placeholder for the values of each data source.

    The values are added to `numbers` as JSON, with the number of their placeholder. Sources with the same values have
    one number, because the library makes one source of them.
    """
    if isinstance(spec, list):
        return [_without_values(part, numbers) for part in spec]
    if not isinstance(spec, dict):
        return spec
    found = {name: _without_values(part, numbers) for name, part in spec.items() if name != "data"}
    if "data" not in spec:
        return found
    number = numbers.setdefault(json.dumps(spec["data"]["values"]), len(numbers))
    return {**found, "data": {"values": _placeholder(number)}}


def _placeholder(number: int) -> list[dict[str, int]]:
    return [{"place": number}]


def drawing_library() -> Any:
    """Return the library that draws charts. Raises MissingLibraryError if it is not installed."""
    try:
        import vl_convert
    except ImportError as error:
        raise MissingLibraryError(
            tr("the charts of the page need vl-convert-python, which is not installed"),
            where="format",
            do=tr("Install planner[reports]"),
        ) from error
    return vl_convert
