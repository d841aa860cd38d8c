"""Measure the speed and memory use of `planner weekly`, compared with sqlite3 running the query in weekly.sql.

If the sqlite3 command is not installed, Python's sqlite3 and csv modules are used, and the figure says so.
"""

import csv
import shutil
import sqlite3
import statistics
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

from bench.registers import scale
from bench.speed.budgets import Figure
from bench.speed.setting import Setting
from bench.timing import PLANNER, Run, resources
from planner.domain.rules.weeks import Week

QUERY = Path(__file__).with_name("weekly.sql")

# The last completed week on the day of the data.
WEEK = Week.of(scale.DAY).previous
PARAMETERS = {
    "day": str(WEEK.sunday),
    "before": str(WEEK.previous.sunday),
    "monday": str(WEEK.monday),
    "week": str(WEEK),
}


def measure(setting: Setting) -> Iterator[tuple[str, Figure]]:
    """Measure the CSV of a large register, then the formats with charts, for the demonstration."""
    file = setting.register(setting.sizes.items)
    found = _medians(setting.sizes.repetitions, {"": yardstick(file), "csv": weekly(file, "csv")})
    ours, theirs = found["csv"], found[""]
    seconds = f"{ours.seconds:.1f} s; {yardstick_name()} {theirs.seconds:.1f} s, {theirs.megabytes:.0f} MB"
    processor = f"{ours.processor / theirs.processor:.2f} × of a processor"
    yield "csv", Figure(ours.seconds / theirs.seconds, f"{seconds}; {processor}")
    yield "csv-memory", Figure(ours.megabytes)
    demonstration = setting.demonstration()
    found = _medians(setting.sizes.repetitions, {form: weekly(demonstration, form) for form in ("html", "xlsx")})
    each = ", ".join(f"{form.upper()} {run.seconds:.1f} s" for form, run in found.items())
    yield "pages", Figure(sum(run.seconds for run in found.values()), each)


def weekly(register: Path, form: str) -> list[str]:
    """Return the command that writes the weekly file next to the register."""
    return [PLANNER, "--db", str(register), "weekly", "--week", str(WEEK), "--replace", "-o", f"{register}.{form}"]


def yardstick_name() -> str:
    """Return the name of the program that runs the query."""
    return "`sqlite3 -csv`" if shutil.which("sqlite3") else "Python's sqlite3"


def yardstick(file: Path) -> Sequence[str]:
    """Return the command that writes the same columns with SQL alone."""
    if not shutil.which("sqlite3"):
        program = "import sys; from bench.speed.weekly import by_python; by_python(sys.argv[1])"
        return [sys.executable, "-c", program, str(file)]
    setting = [word for name, value in PARAMETERS.items() for word in ("-cmd", f".parameter set :{name} \"'{value}'\"")]
    return ["sqlite3", "-csv", "-header", *setting, str(file), f".read {QUERY}"]


def by_python(file: str) -> None:
    """Run the same query with Python's sqlite3 and csv modules, and write the result to standard output."""
    with closing(sqlite3.connect(file)) as connection:
        rows = connection.execute(QUERY.read_text(encoding="utf-8"), PARAMETERS)
        writer = csv.writer(sys.stdout)
        writer.writerow([column[0] for column in rows.description])
        writer.writerows(rows)


def _medians(runs: int, commands: dict[str, Sequence[str]]) -> dict[str, Run]:
    """Run the commands in turn, so that other load on the machine affects them equally, and return the medians."""
    found: dict[str, list[Run]] = {name: [] for name in commands}
    for _ in range(runs):
        for name, command in commands.items():
            found[name].append(resources(command))
    return {name: _median(some) for name, some in found.items()}


def _median(runs: Sequence[Run]) -> Run:
    columns = zip(*((run.seconds, run.processor, run.megabytes) for run in runs), strict=True)
    return Run(*(statistics.median(column) for column in columns))
