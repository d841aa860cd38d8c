"""doorstop's own check for suspect links: the documents to check, and the command."""

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

# The number of items. Each is linked to one of a hundredth as many clauses, of which every tenth was reworded.
ITEMS = 1_000
WORDS = "Why one may say so, in a sentence or two of the length that such sentences have: the duty names it."
CHECK = ["--no-reformat", "--no-level-check", "--no-ref-check", "--no-child-check"]


def check(program: Path, folder: Path) -> Callable[[], object]:
    """Make two documents with reviewed links in the folder, and return an action that checks them."""
    # Without a home, no settings of the person have an effect.
    environment = os.environ | {"HOME": str(folder)}
    doorstop = str(program.resolve())
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)

    def run(*words: str) -> None:
        subprocess.run(words, cwd=folder, check=True, capture_output=True, env=environment)

    run("git", "init", "-q", ".")
    run(doorstop, "create", "CL", "clauses")
    run(doorstop, "create", "IT", "items", "--parent", "CL")
    clauses = ITEMS // 100
    for n in range(1, clauses + 1):
        _write(folder / "clauses" / f"CL{n:06d}.yml", n, f"Clause {n}: {WORDS}", "links: []")
    for n in range(1, ITEMS + 1):
        _write(folder / "items" / f"IT{n:06d}.yml", n, f"Item {n}: {WORDS}", f"links:\n- CL{n % clauses + 1:06d}: null")
    run(doorstop, "clear", "all")
    run(doorstop, "review", "all")
    for n in range(1, clauses + 1, 10):
        file = folder / "clauses" / f"CL{n:06d}.yml"
        file.write_text(file.read_text("utf-8").replace("Clause ", "Another clause "), encoding="utf-8")
    return lambda: subprocess.run([doorstop, *CHECK], cwd=folder, capture_output=True, env=environment, check=False)


def _write(file: Path, number: int, words: str, links: str) -> None:
    file.write_text(
        f"active: true\nderived: false\nheader: ''\nlevel: 1.{number}\n{links}\nnormative: true\nref: ''\n"
        f"reviewed: null\ntext: |\n  {words}\n",
        encoding="utf-8",
    )
