"""Measure how the durations of several actions grow with the size of the register."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from bench.speed.budgets import Figure
from bench.speed.first_paint import medians, planner
from bench.speed.setting import Setting
from bench.timing import PLANNER, command, interleaved
from planner.base.errors import NOTHING_TO_REPORT, OPEN_FINDINGS

COMMANDS = {
    "list": ["items"],
    "overview": ["overview"],
    "export": ["weekly"],
    "findings": ["findings"],
}

# Findings that are open and a week without news have exit codes of their own.
PASSED = (0, OPEN_FINDINGS, NOTHING_TO_REPORT)


def measure(setting: Setting) -> Iterator[tuple[str, Figure]]:
    """Measure each curve at each size. The largest size has only the curves that should be flat."""
    yield from _flat(setting)
    for size in setting.sizes.growth:
        register, log = setting.register(size), setting.log(size)
        actions = {name: _planner(register, *words) for name, words in COMMANDS.items()}
        actions["verify"] = _planner(log, "verify")
        yield from _figures(size, interleaved(setting.sizes.repetitions, actions))


def _flat(setting: Setting) -> Iterator[tuple[str, Figure]]:
    """Measure the curves that should be flat, all sizes in turns, so that none has the machine's slow moments."""
    registers = {size: setting.register(size) for size in setting.sizes.growth + setting.sizes.flat_growth}
    runs = setting.sizes.runs
    apps = {str(size): planner(register) for size, register in registers.items()}
    shows = {str(size): _planner(register, "show", "T-001") for size, register in registers.items()}
    for size, (painted, data) in medians(runs, setting.folder, apps).items():
        yield from _figures(size, {"first paint": painted, "data on screen": data})
    for size, took in interleaved(runs, shows).items():
        yield from _figures(size, {"one item": took})


def _planner(register: Path, *words: str) -> Callable[[], object]:
    return command([PLANNER, "--db", str(register), *words], passed=PASSED)


def _figures(size: int | str, found: Mapping[str, float]) -> Iterator[tuple[str, Figure]]:
    for name, milliseconds in found.items():
        yield f"{name}@{size}", Figure(milliseconds)
