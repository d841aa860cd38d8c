"""Measure everything in the table of docs/performance.md, and write the table.

python -m bench.speed [SECTION …] [--rounds 3] [--million] [--to build/bench]

Results are kept in results.json next to the registers, so sections that are not measured keep their earlier figures.
"""

import argparse
import json
import os
import platform
import sqlite3
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench.speed import (
    commands,
    databases,
    document,
    findings,
    first_paint,
    growth,
    keys,
    office_register,
    references,
    verify,
    weekly,
)
from bench.speed.budgets import Figure
from bench.speed.setting import Setting, Sizes


def make_registers(setting: Setting) -> Iterator[tuple[str, Figure]]:
    """Make the registers for all sections. This measures nothing, so several are made at once."""
    setting.make_all()
    yield from ()


SECTIONS: dict[str, Callable[[Setting], Iterator[tuple[str, Figure]]]] = {
    "registers": make_registers,
    "commands": commands.measure,
    "first-paint": first_paint.measure,
    "weekly": weekly.measure,
    "import": office_register.measure,
    "databases": databases.measure,
    "findings": findings.measure,
    "verify": verify.measure,
    "growth": growth.measure,
    "keys": keys.measure,
}


def main() -> None:
    """Measure the sections, and write their figures into the document."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sections", nargs="*", metavar="SECTION", help=f"any of {', '.join(SECTIONS)}; default: all")
    parser.add_argument("--rounds", type=int, help="how often each key is pressed")
    parser.add_argument("--million", action="store_true", help="what should be flat also at 1,000,000 items")
    parser.add_argument("--to", type=Path, default=Path("build/bench"), help="the folder for registers and results")
    given = parser.parse_args()
    if unknown := set(given.sections) - SECTIONS.keys():
        parser.error(f"no such section: {', '.join(sorted(unknown))}")
    sizes = replace(Sizes(), flat_growth=(1_000_000,) if given.million else ())
    if given.rounds:
        sizes = replace(sizes, key_rounds=given.rounds, large_key_rounds=given.rounds)
    setting = Setting(given.to, sizes, given.to / "others")
    for section in given.sections or SECTIONS:
        results = run(setting, section)
        if results["figures"]:
            document.update(results)


def run(setting: Setting, section: str) -> dict[str, Any]:
    """Measure a section and return all results, with those that were measured earlier."""
    setting.folder.mkdir(parents=True, exist_ok=True)
    file = setting.folder / "results.json"
    results: dict[str, Any] = json.loads(file.read_text("utf-8")) if file.exists() else {"figures": {}, "seconds": {}}
    results |= {"day": f"{datetime.now(UTC):%Y-%m-%d}", "machine": _machine()}
    began = time.perf_counter()
    print(section, flush=True)
    results["figures"] |= {name: asdict(figure) for name, figure in _measured(setting, section).items()}
    results["seconds"][section] = time.perf_counter() - began
    print(f"  {results['seconds'][section]:.0f} s", flush=True)
    file.write_text(json.dumps(results, indent=1, ensure_ascii=False), encoding="utf-8")
    return results


def _measured(setting: Setting, section: str) -> dict[str, Figure]:
    """Measure a section, and the references before and after it. Return its figures with the mean of both."""
    measures = section != "registers"
    before = references.taken(setting) if measures else {}
    figures = {}
    for name, figure in SECTIONS[section](setting):
        print(f"  {name:<28}{figure.value:>12,.2f}  {figure.detail}", flush=True)
        figures[name] = figure
    after = references.taken(setting) if measures else {}
    around = {name: (taken + after[name]) / 2 for name, taken in before.items()}
    print("  ".join(["", *(f"{name} {taken:.0f} ms" for name, taken in around.items())]), flush=True)
    return {name: replace(figure, references=around) for name, figure in figures.items()}


def _machine() -> str:
    return f"{os.cpu_count()} cores, Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}"


if __name__ == "__main__":
    main()
