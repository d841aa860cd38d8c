"""Medians of wall-clock time."""

import statistics
import subprocess
import time
from collections.abc import Callable, Sequence


def median_of(runs: int, action: Callable[[], object]) -> float:
    """The median time of some runs of an action, in milliseconds."""
    times = []
    for _ in range(runs):
        began = time.perf_counter()
        action()
        times.append((time.perf_counter() - began) * 1000)
    return statistics.median(times)


def command(arguments: Sequence[str], environment: dict[str, str] | None = None) -> Callable[[], object]:
    """An action that runs a process to its end and throws away what it prints."""

    def run() -> None:
        subprocess.run(arguments, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True, env=environment)

    return run


def interleaved(runs: int, actions: dict[str, Callable[[], object]]) -> dict[str, float]:
    """Medians of several actions run in turn, so that a busy moment of the machine meets all of them alike."""
    times: dict[str, list[float]] = {name: [] for name in actions}
    for _ in range(runs):
        for name, action in actions.items():
            began = time.perf_counter()
            action()
            times[name].append((time.perf_counter() - began) * 1000)
    return {name: statistics.median(values) for name, values in times.items()}
