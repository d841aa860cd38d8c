"""Print code metrics, such as sizes and circular imports.

python -m bench.house [--at REVISION …]

The metrics are those of the files as they are now. --at adds a column for each git revision. docs/development.md, "The
house in figures", explains each metric.
"""

import argparse
import subprocess
import sys
from collections.abc import Iterable, Iterator

from bench.house.figures import figures
from bench.house.modules import ROOT, read_modules, read_revision


def table(columns: dict[str, dict[str, str]]) -> Iterator[str]:
    """Yield the lines of a Markdown table with a row for each metric and a column for each revision."""
    yield _row("", *columns)
    yield _row(*["---"] * (len(columns) + 1))
    labels: Iterable[str] = next(iter(columns.values()))
    for label in labels:
        yield _row(label, *[column[label] for column in columns.values()])


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="python -m bench.house", description="Count how the code is built.")
    parser.add_argument("--at", metavar="REVISION", nargs="+", default=[], help="git revisions to show next to today")
    try:
        columns = {revision: figures(read_revision(revision)) for revision in parser.parse_args().at}
    except subprocess.CalledProcessError as error:
        # Git has said what is wrong with the revision.
        sys.exit(error.returncode)
    print("\n".join(table(columns | {"now": figures(read_modules(ROOT))})))


if __name__ == "__main__":
    main()
