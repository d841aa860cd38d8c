"""How long the app takes to paint and to show data, beside a trivial Textual app, each as a process in a terminal.

python -m bench.app [RUNS]
"""

import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

import pexpect

from bench.timing import command

PLANNER = str(Path(sys.executable).parent / "planner")
TRIVIAL = """
from textual.app import App
from textual.widgets import Static

class Trivial(App):
    def compose(self):
        yield Static("painted")

Trivial().run()
"""
SIZE = (24, 80)


def seconds_until(arguments: list[str], environment: dict[str, str], *signs: str) -> list[float]:
    """How long after its start a program has written each of some texts, in order."""
    began = time.perf_counter()
    child = pexpect.spawn(arguments[0], arguments[1:], dimensions=SIZE, env=environment, encoding="utf-8", timeout=30)
    times = []
    for sign in signs:
        child.expect_exact(sign)
        times.append((time.perf_counter() - began) * 1000)
    child.close(force=True)
    return times


def main() -> None:
    """Measure and print a table."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 9
    environment = dict(os.environ) | {"TERM": "xterm-256color", "COLORTERM": "truecolor"}
    with tempfile.TemporaryDirectory() as folder:
        environment["PLANNER_DB"] = str(Path(folder) / "bench.sqlite")
        command([PLANNER, "init"], environment)()
        trivial, painted, shown = [], [], []
        for _ in range(runs):
            trivial += seconds_until([sys.executable, "-c", TRIVIAL], environment, "painted")
            first, data = seconds_until([PLANNER, "tui"], environment, "Overview", "Top talent")
            painted.append(first)
            shown.append(data)
    base, first, data = (statistics.median(times) for times in (trivial, painted, shown))
    print(f"trivial Textual app, first paint {base:>6.0f} ms")
    print(f"planner, first paint             {first:>6.0f} ms  {first / base:.2f} x")
    print(f"planner, data on screen          {data:>6.0f} ms  {data - base:+.0f} ms")


if __name__ == "__main__":
    main()
