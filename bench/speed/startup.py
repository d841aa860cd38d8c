"""Measure how long commands take, compared with importing click or SQLAlchemy's ORM.

python -m bench.speed.startup [RUNS]
"""

import argparse
import os
import sys
import tempfile
from pathlib import Path

from bench.timing import PLANNER, command, interleaved

PYTHON = sys.executable


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("runs", nargs="?", type=int, default=15)
    runs = parser.parse_args().runs
    with tempfile.TemporaryDirectory() as folder:
        environment = os.environ | {"PLANNER_DB": str(Path(folder) / "bench.sqlite")}
        command([PLANNER, "init"], environment)()
        command([PLANNER, "update", "T-001", "--percent", "5", "--as-of", "2020-03-02"], environment)()
        found = interleaved(
            runs,
            {
                "import click": command([PYTHON, "-c", "import click"]),
                "planner --help": command([PLANNER, "--help"], environment),
                "planner --version": command([PLANNER, "--version"], environment),
                "import sqlalchemy.orm": command([PYTHON, "-c", "import sqlalchemy.orm"]),
                "planner show T-001": command([PLANNER, "show", "T-001"], environment),
                "planner update T-001": command([PLANNER, "update", "T-001", "--done", "x"], environment),
                "planner weekly": command([PLANNER, "weekly", "--week", "2020-W14"], environment),
            },
        )
    yardsticks = {"planner --help": "import click", "planner --version": "import click"}
    for name, milliseconds in found.items():
        yardstick = yardsticks.get(name, "import sqlalchemy.orm" if name.startswith("planner") else "")
        ratio = f"{milliseconds / found[yardstick]:.2f} x {yardstick}" if yardstick else ""
        print(f"{name:<24}{milliseconds:>8.0f} ms  {ratio}")


if __name__ == "__main__":
    main()
