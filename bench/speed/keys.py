"""Measure the time from a key press until its effect is painted, with 223 and with 100,000 items.

python -m bench.speed.keys [--items 100000] [--database PATH] [--rounds 15]

The app runs as a process in a terminal.
"""

import argparse
import os
import statistics
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bench.registers import scale
from bench.speed.terminal import Effect, ScreenContent, Terminal, changed, showing
from bench.timing import PLANNER

SIZES = ((80, 24), (160, 50))
BUDGET = 60


@dataclass(frozen=True)
class KeyStep:
    """A key, and the effect on the screen that shows that the app has reacted."""

    name: str
    keys: str
    effect: Effect = changed


def _count_changed(before: ScreenContent, after: ScreenContent) -> bool:
    """Whether the screen shows another number of items."""
    return _counted(before.text) != _counted(after.text)


def _counted(text: str) -> str:
    return next((line for line in text.splitlines() if " items  by " in line), "").split(" of ")[0]


def in_the_register() -> list[KeyStep]:
    """Return the steps of a round through the overview and the register. It ends where it begins."""
    return [
        KeyStep("overview: cursor down", "j"),
        KeyStep("overview: cursor up", "k"),
        KeyStep("to the register", "i", showing("│ Register")),
        KeyStep("register: cursor down", "j"),
        KeyStep("register: page down", "\x04"),
        KeyStep("register: to the last", "G"),
        KeyStep("register: to the first", "g"),
        KeyStep("register: theme 2", "2", _count_changed),
        KeyStep("register: all themes", "0", _count_changed),
        KeyStep("register: sort", "s", showing("by title")),
        KeyStep("register: turn round", "S", showing("reversed")),
        KeyStep("register: select all", "a", showing("selected")),
        KeyStep("register: select none", "A"),
        KeyStep("register: search", "/"),
        *[KeyStep(f"register: type '{letter}'", letter) for letter in "lab"],
        KeyStep("register: search away", "\x1b", _count_changed),
        KeyStep("register: to the facets", "F"),
        KeyStep("register: choose a facet", "g "),
        KeyStep("register: let it go", " "),
        KeyStep("register: back to the list", "F"),
        KeyStep("register: sort by…", "z", showing("Sort by")),
        KeyStep("register: by code", "g\r", showing("by code")),
        KeyStep("to the overview", "o", showing("│ Overview")),
    ]


def through_the_screens() -> list[KeyStep]:
    """Return the steps of a round through all screens.

    A screen reads its data after it was painted, while the following steps go on.
    """
    return [
        KeyStep("to the register", "i", showing("│ Register")),
        KeyStep("open an item", "\r", lambda _, after: "│ Register" not in after.text),
        KeyStep("next item", "n"),
        KeyStep("back to the register", "\x1b", showing("│ Register")),
        KeyStep("to my week", "w", showing("│ My week")),
        KeyStep("to the timeline", "t", showing("│ Timeline")),
        KeyStep("timeline: cursor down", "j"),
        KeyStep("to the mandates", "m", showing("│ Mandates")),
        KeyStep("to the weekly file", "f", showing("│ Weekly")),
        KeyStep("to the log", "e", showing("│ Log")),
        KeyStep("to the overview", "o", showing("│ Overview")),
    ]


def rounds(steps: list[KeyStep], database: str, size: tuple[int, int], number: int) -> dict[str, list[float]]:
    """Run the steps several times and return the times of each step.

    The first round is recorded separately, because the screens are created in it.
    """
    terminal = Terminal([PLANNER, "--db", database, "tui"], environment(), size)
    times: dict[str, list[float]] = defaultdict(list)
    try:
        terminal.since_start(showing("as of "))
        terminal.settle()
        for turn in range(number + 1):
            for step in steps:
                took = terminal.press(step.keys, step.effect)[0]
                terminal.settle()
                times[step.name if turn else f"{step.name} (first time)"].append(took)
    finally:
        terminal.close()
    return times


def while_reading(database: str, size: tuple[int, int], number: int) -> list[float]:
    """Return the times of moving the cursor while a large register is still being read."""

    def moved(before: ScreenContent, after: ScreenContent) -> bool:
        return before.colours != after.colours

    terminal = Terminal([PLANNER, "--db", database, "tui"], environment(), size)
    try:
        terminal.since_start(showing("items loaded"))
        terminal.settle(0.05)
        took = []
        for turn in range(number):
            took += terminal.press("jk"[turn % 2], moved)
            terminal.settle(0.05)
        return took
    finally:
        terminal.close()


def environment() -> dict[str, str]:
    """Return the variables of a terminal with colours and a temporary home folder."""
    home = tempfile.gettempdir()
    own = {"TERM": "xterm-256color", "COLORTERM": "truecolor", "XDG_DATA_HOME": home, "XDG_STATE_HOME": home}
    return dict(os.environ) | own


def report(times: dict[str, list[float]]) -> Iterator[str]:
    """Yield a line for each step, with the median and the longest time."""
    for name, took in times.items():
        median = statistics.median(took)
        late = "" if median <= BUDGET else "  over the budget"
        yield f"  {name:<44}{median:>7.0f} ms, worst {max(took):>6.0f}{late}"


def main() -> None:
    """Measure and print the times."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--items", type=int, default=100_000)
    parser.add_argument("--database", help="a database that bench.registers.scale made; made anew where none is given")
    parser.add_argument("--rounds", type=int, default=15)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        small, large = str(Path(folder) / "small.sqlite"), given.database or str(Path(folder) / "large.sqlite")
        scale.make(small, 223)
        if not Path(large).exists():
            scale.make(large, given.items)
        for database, items in ((small, "223"), (large, f"{given.items:,}")):
            for size in SIZES:
                print(f"{items} items, {size[0]}×{size[1]}")
                times = (
                    {"while reading: the cursor": while_reading(large, size, given.rounds)} if database == large else {}
                )
                for steps in (in_the_register(), through_the_screens()):
                    times |= rounds(steps, database, size, given.rounds)
                print("\n".join(report(times)), flush=True)


if __name__ == "__main__":
    main()
