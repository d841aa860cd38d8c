"""The process that draws charts: it draws what this process would, and a failure of it is noticed."""

import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from planner.weekly.page import drawing_process
from planner.weekly.page.drawing import chart_rows, draw, make_chart
from planner.weekly.page.drawing_process import NO_FONTS, DrawingProcess
from tests.made_once import draw_anew, draw_once

CHART = make_chart(
    {
        "data": chart_rows([{"share": 0.1 + 0.2, "note": "<b>&中"}]),
        "encoding": {"x": {"field": "share", "type": "quantitative", "scale": {"domain": [0, 1]}}},
        "layer": [
            {"mark": {"type": "rect", "aria": True}, "encoding": {"description": {"field": "note"}}},
            {"mark": {"type": "text", "align": "right"}, "encoding": {"text": {"field": "note"}}},
        ],
    },
    size=(60, 20),
    margins=(0, 0, 0, 0),
    label='a third \u202e\ud800 of "it"',
)
ANOTHER = make_chart(CHART.spec, size=(60, 20), margins=(0, 0, 0, 0), label="another")


def start(monkeypatch: pytest.MonkeyPatch) -> DrawingProcess:
    """A process on a machine that has a processor for it."""
    monkeypatch.setattr(drawing_process, "processors", lambda: 2)
    process = DrawingProcess.start()
    assert process is not None
    return process


def test_another_process_draws_what_this_one_would(monkeypatch):
    """It gets some charts while others are not made yet, and draws them in the order in which it got them."""
    process = start(monkeypatch)
    process.ask([CHART])
    process.ask([CHART, ANOTHER])
    process.end()
    assert process.take() == [draw(CHART), draw(CHART), draw(ANOTHER)]


def test_it_finds_no_fonts_of_the_system():
    """Opening a font for each letter took an eighth of the time of drawing, and no chart depends on a width."""
    folders = [Path(found.text or "") for found in ElementTree.parse(NO_FONTS).iter("dir")]
    assert folders, "without a folder, the usual ones are searched"
    assert not any(folder.is_dir() for folder in folders)


def test_a_process_that_fails_gives_nothing_so_that_the_caller_draws_itself(monkeypatch):
    monkeypatch.setattr(sys, "executable", "/bin/false")
    process = start(monkeypatch)
    process.ask([CHART])
    assert process.take() is None


def test_one_processor_draws_nothing_beside_the_rest(monkeypatch):
    monkeypatch.setattr(drawing_process, "processors", lambda: 1)
    assert DrawingProcess.start() is None


def test_a_chart_is_drawn_to_the_same_bytes_each_time():
    """The other tests get a chart that was drawn before."""
    assert draw_anew(CHART.spec) == draw_anew(CHART.spec) == draw_once(CHART.spec)
