"""Measure how long finding all findings takes, and how long accepting one keeps others from writing.

The findings are counted as `planner findings` counts them: findings about items are not put into words.
"""

import gc
import sqlite3
import statistics
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from itertools import pairwise
from pathlib import Path

from bench.speed.budgets import Figure
from bench.speed.setting import Setting
from bench.timing import PLANNER, interleaved
from planner.__main__ import GARBAGE_THRESHOLDS
from planner.domain.vocabulary import ComputedFinding
from planner.queries.findings import read_finding_groups
from planner.register.plans import read_plan
from planner.register.point import Point
from planner.register.reading import Reading
from planner.store.database import open_database
from planner.store.location import parse

# A pause between two looks at the lock, in seconds.
PAUSE = 0.0005


def measure(setting: Setting) -> Iterator[tuple[str, Figure]]:
    """Measure finding and accepting on a large register."""
    gc.set_threshold(*GARBAGE_THRESHOLDS)
    register = setting.register(setting.sizes.items)
    database = open_database(parse(str(register), "bench"))
    with database.reading() as session:
        plan = read_plan(session)
        reading = Reading(session, plan, Point(plan.ends))
        number = sum(map(len, read_finding_groups(reading)))
        found = interleaved(setting.sizes.repetitions, {"": lambda: read_finding_groups(reading)})
        ((one, *_),) = read_finding_groups(reading, ComputedFinding.CONFIDENCE_CONTRADICTED)
    database.close()
    yield "findings", Figure(found[""], f"{number:,} findings")
    words = ["--as", "manager", "findings", "accept", one.kind.value, one.subject, "--until", "2030-12-31"]
    held, row = [], []
    with setting.copy(register) as copied, tempfile.TemporaryDirectory(dir=setting.folder) as folder:
        command = [PLANNER, "--db", str(copied), *words, "--reason", "Known."]
        for _ in range(setting.sizes.repetitions):
            held.append(_lock_held(copied, command))
            row.append(_write_one_row(Path(folder, "row.sqlite")))
    yield "accept", Figure(statistics.median(held), f"a write of one row: {statistics.median(row):.1f} ms")


def _lock_held(register: Path, command: list[str]) -> float:
    """Return for how many milliseconds nobody else could write while the command ran."""
    looks: list[tuple[float, bool]] = []
    ended = threading.Event()
    watcher = threading.Thread(target=_watch, args=(register, looks, ended))
    watcher.start()
    try:
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    finally:
        ended.set()
        watcher.join()
    return 1000 * sum(end - start for (start, free), (end, _) in pairwise(looks) if not free)


def _watch(register: Path, looks: list[tuple[float, bool]], ended: threading.Event) -> None:
    """Note again and again whether the register could be written, and when."""
    with closing(sqlite3.connect(register, timeout=0, isolation_level=None)) as connection:
        while not ended.is_set():
            try:
                connection.execute("BEGIN IMMEDIATE")
                connection.execute("ROLLBACK")
                looks.append((time.perf_counter(), True))
            except sqlite3.OperationalError:
                looks.append((time.perf_counter(), False))
            time.sleep(PAUSE)


def _write_one_row(file: Path) -> float:
    """Return the milliseconds of a transaction that writes one row to a file of its own."""
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("CREATE TABLE IF NOT EXISTS line (words TEXT)")
        began = time.perf_counter()
        connection.execute("INSERT INTO line VALUES ('Known.')")
        return 1000 * (time.perf_counter() - began)
