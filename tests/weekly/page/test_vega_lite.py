"""A chart is compiled once for all that differ only in their values, and looks as if it was compiled by itself."""

import pytest

from planner.weekly.page import vega_lite
from planner.weekly.page.drawing import Spec
from planner.weekly.page.vega_lite import GRAMMAR, drawing_library
from tests.made_once import draw_anew


def chart(first: list[Spec], second: list[Spec], width: int = 60, ends: tuple[float, ...] = (0, 9)) -> Spec:
    axis = {"values": [0, *ends[1:]], "format": ".12~g"}
    x, y = (
        {"field": name, "type": "quantitative", "scale": {"domain": list(ends)}, "axis": axis} for name in ("x", "y")
    )
    mark = {"mark": {"type": "point", "aria": True}, "encoding": {"y": y, "description": {"field": "note"}}}
    return {
        "data": {"values": first},
        "encoding": {"x": x},
        "layer": [mark, {"data": {"values": second}} | mark],
        "width": width,
        "height": 20,
    }


ONE: list[Spec] = [{"x": 1, "y": 0.1 + 0.2, "note": '[{"place": 0}] "中"'}]
OTHER: list[Spec] = [{"x": 3, "y": 4, "note": "b"}, {"x": 5, "y": None, "note": "[-1000000000.125, -999999999.875]"}]


@pytest.mark.parametrize(("first", "second"), [(ONE, OTHER), (OTHER, ONE), (ONE, ONE), (OTHER, OTHER), (ONE, [])])
def test_a_chart_is_what_the_library_makes_of_the_whole_specification(first, second):
    whole = chart(first, second)
    assert draw_anew(whole) == drawing_library().vegalite_to_svg(whole, vl_version=GRAMMAR, allowed_base_urls=[])


@pytest.mark.parametrize("ends", [(0, 5), (0, 0.1 + 0.2), (-3, 1e16), (1e-7, 12345.678), (4, -4), (2, 2)])
def test_a_chart_with_other_ends_of_its_scales_is_also_what_the_library_makes(ends):
    draw_anew(chart(ONE, OTHER))
    whole = chart(ONE, OTHER, ends=ends)
    assert draw_anew(whole) == drawing_library().vegalite_to_svg(whole, vl_version=GRAMMAR, allowed_base_urls=[])


def test_charts_that_differ_only_in_their_values_are_compiled_once():
    vega_lite._compiled.cache_clear()
    svgs = {draw_anew(chart(*both)) for both in [(ONE, OTHER), (OTHER, ONE), (ONE, ONE[:0])]}
    svgs |= {draw_anew(chart(ONE, OTHER, ends=ends)) for ends in [(0, 5), (-3, 0.5)]}
    assert (len(svgs), vega_lite._compiled.cache_info().misses) == (5, 1)
    draw_anew(chart(ONE, OTHER, width=70))
    assert vega_lite._compiled.cache_info().misses == 2
