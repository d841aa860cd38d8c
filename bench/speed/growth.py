"""Measure how the durations of several actions grow with the size of the register."""

from collections.abc import Iterator

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
    for size in setting.sizes.growth + setting.sizes.flat_growth:
        register = setting.register(size)
        runs = setting.sizes.repetitions
        painted, data = medians(runs, setting.folder, {"": planner(register)})[""]
        yield f"first paint@{size}", Figure(painted)
        yield f"data on screen@{size}", Figure(data)
        words = {"one item": ["show", "T-001"]}
        if size in setting.sizes.growth:
            words |= COMMANDS
        actions = {
            name: command([PLANNER, "--db", str(register), *more], passed=PASSED) for name, more in words.items()
        }
        if size in setting.sizes.growth:
            actions["verify"] = command([PLANNER, "--db", str(setting.log(size)), "verify"])
        for name, took in interleaved(1, actions).items():
            yield f"{name}@{size}", Figure(took)
