"""The library that draws charts, and how a Vega-Lite specification becomes SVG with it.

The library compiles Vega-Lite to Vega, which takes a third of the time of a chart. The compiled form depends on which
data are the same, but not on their values, nor on the numbers at which a scale ends or an axis has labels. So charts
that differ only in these are compiled once.
"""

import json
from functools import cache
from typing import Any

from planner.base.errors import MissingLibraryError
from planner.base.language import tr

# The version of Vega-Lite that the specifications are written for.
GRAMMAR = "6.4"

# Where a specification has lists of numbers: the ends of a scale, and the labels of an axis.
_NUMBERS = ("domain", "values")

# The number of the placeholder of each list, by the name that the list has in the specification, and by its JSON.
_Numbers = dict[tuple[str, str], int]


def rendered(spec: dict[str, Any]) -> str:
    """Return a chart as the SVG of the library. Raises MissingLibraryError if it is not installed."""
    numbers: _Numbers = {}
    vega = _compiled(json.dumps(_without_values(spec, numbers)))
    # Numbers first, because the texts in the data may be like anything.
    for make in (_two_numbers, _placeholder):
        for (_, values), number in numbers.items():
            vega = vega.replace(json.dumps(make(number)), values)
    svg: str = drawing_library().vega_to_svg(vega, allowed_base_urls=[])
    return svg


@cache
def _compiled(spec: str) -> str:
    return json.dumps(drawing_library().vegalite_to_vega(spec, vl_version=GRAMMAR))


def _without_values(spec: Any, numbers: _Numbers) -> Any:
    """Return a part of a specification with a placeholder for the values of each data source, and for lists of numbers.

    The values are added to `numbers` with the number of their placeholder. Sources with the same values have one
    number, because the library makes one source of them. So have the ends of a scale that several layers share.
    """
    if isinstance(spec, list):
        return [_without_values(part, numbers) for part in spec]
    if not isinstance(spec, dict):
        return spec
    return {name: _without_value(name, value, numbers) for name, value in spec.items()}


def _without_value(name: str, value: Any, numbers: _Numbers) -> Any:
    if name == "data":
        return {"values": _placeholder(_number(name, value["values"], numbers))}
    if name in _NUMBERS and value and all(isinstance(one, int | float) for one in value):
        return _two_numbers(_number(name, value, numbers))
    return _without_values(value, numbers)


def _number(name: str, values: Any, numbers: _Numbers) -> int:
    return numbers.setdefault((name, json.dumps(values)), len(numbers))


def _placeholder(number: int) -> list[dict[str, int]]:
    return [{"place": number}]


def _two_numbers(number: int) -> list[float]:
    """Return a placeholder for a list of numbers, which is no list that a chart could have."""
    first = -1e9 - number
    return [first - 0.125, first + 0.125]


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
