"""Measure the speed and memory use of `planner weekly`, compared with sqlite3 running the query in weekly.sql.

python -m bench.speed.weekly FOLDER [ITEMS:REPORTS …]

Missing databases are made in the folder. A million items with 52 reports each take an hour and 10 GB. If the sqlite3
command is not installed, Python's sqlite3 and csv modules are used, and the output says so.
"""

import csv
import shutil
import sqlite3
import statistics
import subprocess
import sys
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from bench.registers import scale
from bench.timing import PLANNER
from planner.domain.rules.weeks import Week

QUERY = Path(__file__).with_name("weekly.sql")
SIZES = ("223:52", "100000:4")
RUNS = 3

# The last completed week on the day of the data.
WEEK = Week.of(scale.DAY).previous
PARAMETERS = {
    "day": str(WEEK.sunday),
    "before": str(WEEK.previous.sunday),
    "monday": str(WEEK.monday),
    "week": str(WEEK),
}


@dataclass(frozen=True)
class Run:
    """The resources that a child process used: wall-clock and processor time in seconds, and peak memory in MB."""

    seconds: float
    processor: float
    megabytes: float


def main() -> None:
    """Measure each size and print a line for each of the two programs."""
    if len(sys.argv) < 2:
        sys.exit("Name a folder for the databases.")
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for size in sys.argv[2:] or SIZES:
        items, reports = map(int, size.split(":"))
        measure(_made(folder, items, reports), items)


def _made(folder: Path, items: int, reports: int) -> Path:
    file = folder / f"{items}x{reports}.sqlite"
    if not file.exists():
        scale.make(str(file), items, reports)
    return file


def measure(file: Path, items: int) -> None:
    """Run both programs in turn, so that other load on the machine affects them equally."""
    commands = {
        "planner weekly": [PLANNER, "--db", str(file), "weekly", "--week", str(WEEK), "-o", f"{file}.csv"],
        yardstick_name(): yardstick(file),
    }
    found: dict[str, list[Run]] = {name: [] for name in commands}
    for _ in range(RUNS):
        for name, command in commands.items():
            found[name].append(_run(command))
    medians = {name: _median(runs) for name, runs in found.items()}
    for name, run in medians.items():
        print(
            f"{items:>9,} items  {name:<16}{run.seconds:>8.1f} s {run.processor:>8.1f} s of a processor"
            f"{items / run.seconds:>10,.0f} rows/s{run.megabytes:>7.0f} MB"
        )
    ours, theirs = medians.values()
    ratios = (ours.seconds / theirs.seconds, ours.processor / theirs.processor)
    print(f"{'':>17}{ratios[0]:.2f} x the time, {ratios[1]:.2f} x of a processor")


def yardstick_name() -> str:
    """Return the name of the program that runs the query."""
    return "sqlite3 -csv" if shutil.which("sqlite3") else "Python's sqlite3"


def yardstick(file: Path) -> Sequence[str]:
    """Return the command that writes the same columns with SQL alone."""
    if not shutil.which("sqlite3"):
        return [
            sys.executable,
            "-c",
            "import sys; from bench.speed.weekly import by_python; by_python(sys.argv[1])",
            str(file),
        ]
    setting = [word for name, value in PARAMETERS.items() for word in ("-cmd", f".parameter set :{name} \"'{value}'\"")]
    return ["sqlite3", "-csv", "-header", *setting, str(file), f".read {QUERY}"]


def by_python(file: str) -> None:
    """Run the same query with Python's sqlite3 and csv modules, and write the result to standard output."""
    with closing(sqlite3.connect(file)) as connection:
        rows = connection.execute(QUERY.read_text(encoding="utf-8"), PARAMETERS)
        writer = csv.writer(sys.stdout)
        writer.writerow([column[0] for column in rows.description])
        writer.writerows(rows)


def _run(command: Sequence[str]) -> Run:
    done = subprocess.run([sys.executable, "-m", "bench.speed.measured", *command], capture_output=True, text=True)
    if done.returncode:
        sys.exit(done.stderr)
    return Run(*map(float, done.stdout.split()))


def _median(runs: Sequence[Run]) -> Run:
    columns = zip(*((run.seconds, run.processor, run.megabytes) for run in runs), strict=True)
    return Run(*(statistics.median(column) for column in columns))


if __name__ == "__main__":
    main()
