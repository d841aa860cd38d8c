"""Run the program and measure its time and memory."""

import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

# The program that is installed next to this Python.
PLANNER = str(Path(sys.executable).parent / "planner")


def command(
    arguments: Sequence[str], environment: dict[str, str] | None = None, passed: Sequence[int] = (0,)
) -> Callable[[], object]:
    """Return an action that runs a process to its end, discards its output, and checks its exit code."""

    def run() -> None:
        done = subprocess.run(arguments, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment)
        if done.returncode not in passed:
            raise subprocess.CalledProcessError(done.returncode, arguments)

    return run


@dataclass(frozen=True)
class Run:
    """The resources that a process used: wall-clock and processor time in seconds, and peak memory in MB."""

    seconds: float
    processor: float
    megabytes: float


def resources(command: Sequence[str]) -> Run:
    """Run a process to its end, discard its output, and return what it used. If it fails, the benchmark ends."""
    done = subprocess.run([sys.executable, "-m", "bench.speed.measured", *command], capture_output=True, text=True)
    if done.returncode:
        sys.exit(done.stderr)
    return Run(*map(float, done.stdout.split()))


def importing(module: str) -> Callable[[], object]:
    """Return an action that imports a module in a new Python."""
    return command([sys.executable, "-c", f"import {module}"])


def interleaved(runs: int, actions: dict[str, Callable[[], object]]) -> dict[str, float]:
    """Return the median time of each action in milliseconds.

    The actions take turns, so that other load on the machine affects all of them equally.
    """
    times: dict[str, list[float]] = {name: [] for name in actions}
    for _ in range(runs):
        for name, action in actions.items():
            began = time.perf_counter()
            action()
            times[name].append((time.perf_counter() - began) * 1000)
    return {name: statistics.median(values) for name, values in times.items()}
