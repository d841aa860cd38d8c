"""Measure how long apps take until their first paint and until they show data, each as a process in a terminal."""

import os
import statistics
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bench.speed.budgets import Figure
from bench.speed.setting import SEEDED, Setting
from bench.speed.terminal import Terminal, showing
from bench.timing import PLANNER

TRIVIAL = """
from textual.app import App
from textual.widgets import Static

class Trivial(App):
    def compose(self):
        yield Static("painted")

Trivial().run()
"""
SIZE = (80, 24)
# What planner shows once it has painted, and once the overview has its data.
PAINTED, DATA = "│ Overview", "Top talent"


@dataclass(frozen=True)
class Program:
    """A program, and two texts on its screen: one shows that the screen is drawn, the other that the data is read."""

    arguments: list[str]
    signs: tuple[str, ...]


def measure(setting: Setting) -> Iterator[tuple[str, Figure]]:
    """Measure planner on two registers and two other Textual apps, compared with a trivial app."""
    small, large = setting.register(SEEDED), setting.register(setting.sizes.items)
    programs = {"small": planner(small), "large": planner(large)}
    for name, more, sign in (
        ("harlequin", ["-a", "sqlite", str(small)], "Data Catalog"),
        ("posting", list[str](), "Enter a URL"),
    ):
        if path := setting.other(name):
            programs[name] = Program([str(path), *more], (sign,))
    found = medians(setting.sizes.runs, setting.folder, {"": trivial()} | programs)
    base = found[""][0]
    for name in programs:
        painted, *data = found[name]
        yield f"paint-{name}", Figure(painted / base, f"{painted:.0f} ms")
        for later in data:
            yield f"data-{name}", Figure(later - base, f"{later:.0f} ms from the start")


def trivial() -> Program:
    """Return a trivial Textual app."""
    return Program([sys.executable, "-c", TRIVIAL], ("painted",))


def planner(register: Path) -> Program:
    """Return the app on a register."""
    return Program([PLANNER, "--db", str(register), "tui"], (PAINTED, DATA))


def medians(runs: int, home: Path, programs: dict[str, Program]) -> dict[str, list[float]]:
    """Return the median milliseconds until each program shows each of its texts (`Program.signs`).

    The programs take turns, so that other load on the machine affects all of them equally.
    """
    times: dict[str, list[list[float]]] = {name: [] for name in programs}
    for _ in range(runs):
        for name, program in programs.items():
            times[name].append(_started(program, home))
    return {name: [statistics.median(moment) for moment in zip(*some, strict=True)] for name, some in times.items()}


def _started(program: Program, home: Path) -> list[float]:
    terminal = Terminal(program.arguments, environment(home), SIZE)
    try:
        return [terminal.since_start(showing(sign)) for sign in program.signs]
    finally:
        terminal.close()


def environment(home: Path) -> dict[str, str]:
    """Return the variables of a terminal with colours, and of a person who has no settings."""
    homes = dict.fromkeys(("HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME"), str(home.resolve()))
    return dict(os.environ) | homes | {"TERM": "xterm-256color", "COLORTERM": "truecolor"}
