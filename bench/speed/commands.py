"""Measure how long commands take, compared with importing a package that they need in any case."""

import os
import subprocess
from collections.abc import Callable, Iterator, Mapping
from itertools import count
from pathlib import Path

from bench.speed.budgets import Figure
from bench.speed.setting import Setting
from bench.timing import PLANNER, command, importing, interleaved

# For each yardstick, the arguments of the commands that are compared with it, by the name of the row.
IMPORTS = {
    "click": {"help": ["--help"], "version": ["--version"]},
    "sqlalchemy.orm": {
        "show": ["show", "T-001"],
        "trace": ["trace", "T-001"],
        "log": ["log", "T-001"],
        "update": ["--as", "manager", "update", "T-001", "--done"],
        "items": ["items"],
        "overview": ["overview"],
    },
}
# For each row, the words of a command line whose last word the shell completes.
COMPLETED = {"complete-code": "show T-00", "complete-organisation": "items --lead s"}


def measure(setting: Setting) -> Iterator[tuple[str, Figure]]:
    """Measure commands on the demonstration."""
    with setting.copy(setting.demonstration()) as register:
        for module, commands in IMPORTS.items():
            actions = {name: _run(register, words) for name, words in commands.items()}
            yield from _compared(setting.sizes.runs, module, actions)
        completions = {name: _completion(register, words) for name, words in COMPLETED.items()}
        answered = {name: run for name, run in completions.items() if run().strip()}
        yield from _compared(setting.sizes.runs, "sqlite3", answered)


def _run(register: Path, words: list[str]) -> Callable[[], object]:
    """Return an action that runs a command. Each report has a new text, because planner refuses a repeated report."""
    number = count(1)

    def run() -> None:
        text = [f"Site {next(number)} was chosen."] if "--done" in words else []
        command([PLANNER, "--db", str(register), *words, *text])()

    return run


def _compared(runs: int, module: str, actions: Mapping[str, Callable[[], object]]) -> Iterator[tuple[str, Figure]]:
    found = interleaved(runs, {"": importing(module), **actions})
    for name in actions:
        yield name, Figure(found[name] / found[""], f"{found[name]:.0f} ms")


def _completion(register: Path, words: str) -> Callable[[], str]:
    """Return an action that asks the program for completions of the last word, as bash does."""
    line = f"planner {words}"
    asking = {"_PLANNER_COMPLETE": "bash_complete", "COMP_WORDS": line, "COMP_CWORD": str(len(line.split()) - 1)}
    environment = os.environ | asking | {"PLANNER_DB": str(register)}
    return lambda: subprocess.run([PLANNER], env=environment, capture_output=True, text=True, check=False).stdout
