"""Measure the time from a key press until its effect is painted, on every screen of the app.

The app runs as a process in a terminal.
"""

import statistics
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from bench.speed.budgets import Figure
from bench.speed.first_paint import environment
from bench.speed.setting import SEEDED, Setting
from bench.speed.terminal import Terminal, changed, showing
from bench.speed.walk import WALKS, Press
from bench.timing import PLANNER

# The median, in milliseconds, that each key must keep on the machine of the budgets.
LIMIT = 60
# How often the keys of a screen are pressed again if one of them took longer in the only round.
AGAIN = 2


def measure(setting: Setting) -> Iterator[tuple[str, Figure]]:
    """Measure all keys on a small and a large register, in two sizes of the terminal."""
    for items, label in {SEEDED: "223", setting.sizes.items: "100,000"}.items():
        register = setting.register(items)
        for columns, lines in setting.sizes.terminals:
            times = _rounds(setting, register, (columns, lines))
            medians = {name: statistics.median(took) for name, took in times.items()}
            slowest = max(medians, key=lambda name: medians[name])
            worst = max(times, key=lambda name: max(times[name]))
            name = f"{label}-{columns}×{lines}"
            late = sum(median > LIMIT for median in medians.values())
            detail = f"{slowest}; fastest {min(medians.values()):.0f} ms; {late} of {len(medians)} keys over {LIMIT} ms"
            yield f"key-{name}", Figure(medians[slowest], detail)
            yield f"key-worst-{name}", Figure(max(times[worst]), f"{worst}, of {len(times[worst])}")


def _rounds(setting: Setting, register: Path, size: tuple[int, int]) -> dict[str, list[float]]:
    """Press the keys of each screen several times and return how long each press took.

    The first of several rounds is not counted, because the screens are created in it.
    """
    times: dict[str, list[float]] = defaultdict(list)
    large = register == setting.register(setting.sizes.items)
    rounds = setting.sizes.large_key_rounds if large else setting.sizes.key_rounds
    terminal = Terminal([PLANNER, "--db", str(register), "--as", "manager", "tui"], environment(setting.folder), size)
    try:
        terminal.since_start(showing("Moved "))
        terminal.settle()
        for turn in range(rounds + 1):
            walks = dict(WALKS)
            if large and turn != 1 and rounds:
                # The app reads each week of a large register for many seconds, in which nothing can be measured.
                first, *_, last = walks["weekly file"]
                walks["weekly file"] = (first, last)
            for name, took in _round(terminal, walks):
                if turn or not rounds:
                    times[name].append(took)
        if rounds == 1:
            _press_again(terminal, times)
    finally:
        terminal.close()
    return times


def _press_again(terminal: Terminal, times: dict[str, list[float]]) -> None:
    """Walk again through the screens with a key that took long, because one press alone may be an accident."""
    slow = {name.partition(":")[0] for name, took in times.items() if max(took) > LIMIT}
    for _ in range(AGAIN):
        for name, took in _round(terminal, {screen: WALKS[screen] for screen in WALKS if screen in slow}):
            times[name].append(took)


def _round(terminal: Terminal, walks: Mapping[str, Sequence[Press]]) -> Iterator[tuple[str, float]]:
    """Walk through each screen once. Yield each key that is measured, and the milliseconds until its effect."""
    for screen, walk in walks.items():
        for press in walk:
            took = terminal.press(press.keys, showing(press.sign) if press.sign else changed)
            terminal.wait_for(press.then)
            terminal.settle()
            if press.name:
                yield f"{screen}: {press.name}", took
