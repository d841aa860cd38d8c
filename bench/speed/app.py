"""Measure how long the app takes until its first paint and until it shows data, compared with a trivial Textual app.

python -m bench.speed.app [--runs 9] [--items 100000] [--database PATH] [--harlequin COMMAND] [--posting COMMAND]

Each program runs as a process in a terminal. harlequin and posting are two other Textual apps. They are left out if
their commands are not given.
"""

import argparse
import os
import statistics
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bench.registers import scale
from bench.speed.terminal import Effect, Terminal, showing
from bench.timing import PLANNER, command

TRIVIAL = """
from textual.app import App
from textual.widgets import Static

class Trivial(App):
    def compose(self):
        yield Static("painted")

Trivial().run()
"""
SIZE = (80, 24)


@dataclass(frozen=True)
class Moment:
    """A stage of a program's start, and the effect on the screen that shows that the stage is reached."""

    name: str
    effect: Effect


@dataclass(frozen=True)
class Program:
    """A program that is started repeatedly."""

    name: str
    arguments: list[str]
    moments: list[Moment]


def programs(small: str, large: str, given: argparse.Namespace) -> list[Program]:
    """Return the programs to measure: a trivial app, planner on two databases, and the apps given as arguments."""
    painted = Moment("first paint", showing("│ Overview"))
    data = Moment("data on screen", showing("Top talent"))
    found = [
        Program("a trivial Textual app", [sys.executable, "-c", TRIVIAL], [Moment("first paint", showing("painted"))]),
        Program("planner, 223 items", [PLANNER, "--db", small, "tui"], [painted, data]),
        Program(
            f"planner, {given.items:,} items",
            [PLANNER, "--db", large, "tui"],
            [painted, data, Moment("all items read", showing("as of "))],
        ),
    ]
    others: tuple[tuple[str, str | None, list[str], str], ...] = (
        ("harlequin", given.harlequin, ["-a", "sqlite", small], "Data Catalog"),
        ("posting", given.posting, [], "Enter a URL"),
    )
    for name, path, more, sign in others:
        if path is None:
            print(f"{name} is left out: no --{name} was given.")
        else:
            found.append(Program(name, [path, *more], [Moment("first paint", showing(sign))]))
    return found


def started(program: Program, environment: dict[str, str]) -> list[float]:
    """Start the program and return the milliseconds until each of its moments."""
    terminal = Terminal(program.arguments, environment, SIZE)
    try:
        return [terminal.since_start(moment.effect) for moment in program.moments]
    finally:
        terminal.close()


def medians(runs: int, found: list[Program], environment: dict[str, str]) -> dict[str, list[float]]:
    """Return the median times of each program over several rounds.

    The programs take turns, so that other load on the machine affects all of them equally.
    """
    times: dict[str, list[list[float]]] = {program.name: [] for program in found}
    for _ in range(runs):
        for program in found:
            times[program.name].append(started(program, environment))
    median: Callable[[tuple[float, ...]], float] = statistics.median
    return {name: [median(moment) for moment in zip(*some, strict=True)] for name, some in times.items()}


def arguments() -> argparse.Namespace:
    """Parse the command line."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--runs", type=int, default=9)
    parser.add_argument("--items", type=int, default=100_000)
    parser.add_argument("--database", help="a database that bench.registers.scale made; made anew where none is given")
    parser.add_argument("--harlequin", help="the command harlequin, where it is installed")
    parser.add_argument("--posting", help="the command posting, where it is installed")
    return parser.parse_args()


def main() -> None:
    """Measure and print a table."""
    given = arguments()
    with tempfile.TemporaryDirectory() as folder:
        small, large = f"{folder}/small.sqlite", given.database or f"{folder}/large.sqlite"
        command([PLANNER, "--db", small, "init"])()
        if not Path(large).exists():
            scale.make(large, given.items)
        home = dict.fromkeys(("HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME"), folder)
        environment = dict(os.environ) | home | {"TERM": "xterm-256color", "COLORTERM": "truecolor"}
        found = programs(small, large, given)
        times = medians(given.runs, found, environment)
    base = times[found[0].name][0]
    for program in found:
        for moment, took in zip(program.moments, times[program.name], strict=True):
            print(f"{program.name:<26}{moment.name:<16}{took:>7.0f} ms  {took / base:>6.2f} x  {took - base:>+6.0f} ms")


if __name__ == "__main__":
    main()
