"""The benchmarks run, and docs/performance.md has a row for each of them."""

from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import select

from bench.registers import scale
from bench.registers.copies import last_ids, multiply
from bench.speed.__main__ import SECTIONS, run
from bench.speed.budgets import BY_HAND, CURVES, ROWS
from bench.speed.document import BEGIN, DOCUMENT, END, measured_part
from bench.speed.setting import SMALLEST, Setting, postgresql
from bench.speed.walk import WALKS
from planner.store.database import Database
from planner.store.models import Item, Milestone
from tui.keys import bindings

# What the references took: the trivial app twice as long as on the machine of the budgets, and the import as long.
HERE = {"APP": 452, "ORM": 310}
RESULTS: dict[str, Any] = {
    "day": "2020-09-16",
    "machine": "2 cores",
    "seconds": {"keys": 300, "growth": 60},
    "figures": {
        "help": {"value": 1.234, "detail": "88 ms", "references": HERE},
        "show": {"value": 1.2, "detail": "", "references": HERE},
        "update": {"value": 1.5, "detail": "", "references": HERE},
        "data-small": {"value": 500, "detail": "", "references": HERE},
        "verify-log": {"value": 149_000, "detail": "", "references": HERE},
        "one item@223": {"value": 300, "detail": "", "references": HERE},
        "one item@10000": {"value": 600, "detail": "", "references": HERE},
    },
}


def rows(text: str) -> list[list[str]]:
    """The cells of the table's rows."""
    table = text.partition("|---|---|---|---|---|---|\n")[2].partition("\n\n")[0]
    return [line.strip("| ").split(" | ") for line in table.splitlines()]


def test_the_document_has_the_rows_that_are_measured() -> None:
    text = DOCUMENT.read_text(encoding="utf-8").partition(BEGIN)[2].partition(END)[0]
    names = [cells[:2] for cells in rows(text)]
    assert names == [[row.what, row.yardstick] for row in ROWS]


def test_a_row_says_whether_its_budgets_are_met() -> None:
    found = {cells[0]: cells for cells in rows(measured_part(RESULTS))}
    assert found["`planner --help`"] == [
        "`planner --help`",
        "`import click`",
        "1.23 × (88 ms)",
        "1.30 ×",
        "1.15 ×",
        "must met",
    ]
    assert found["`planner show` of one item"][-1] == "must met"
    assert found["`planner update`"][-1] == "**missed**"
    assert found["`planner trace` of one item"][2] == "not measured"


def test_budgets_in_milliseconds_scale_with_the_machine_and_rates_with_its_inverse() -> None:
    found = {cells[0]: cells for cells in rows(measured_part(RESULTS))}
    assert found["app, data on screen, 223 items"][3:] == ["+ 600 ms", "+ 400 ms", "must met"]
    assert found["verify: the log"][3] == "150,000/s"


def test_a_row_is_scaled_by_the_references_of_its_own_hour() -> None:
    here = {"value": 500, "detail": "", "references": {"APP": 226, "ORM": 310}}
    text = measured_part(RESULTS | {"figures": RESULTS["figures"] | {"data-small": here}})
    assert {cells[0]: cells for cells in rows(text)}["app, data on screen, 223 items"][3] == "+ 300 ms"
    assert "a trivial Textual app's first paint took 226 to 452 ms" in text


def test_a_row_that_was_not_measured_keeps_its_budgets() -> None:
    """A single part can be measured on a machine where nothing was measured before."""
    found = {cells[0]: cells for cells in rows(measured_part(RESULTS))}
    assert found["app, data on screen, 100,000 items"][2:5] == ["not measured", "+ 300 ms", "+ 200 ms"]


def test_a_curve_that_should_be_flat_and_is_not_is_named() -> None:
    assert "| `planner show` of one item | 0.30 s | 0.60 s | **should be flat** |" in measured_part(RESULTS)


def test_every_key_that_a_walk_presses_is_a_key_of_the_app() -> None:
    ids = {binding.id for group in vars(bindings).values() if isinstance(group, list) for binding in group}
    pressed = {press.name.partition(":")[0] for walk in WALKS.values() for press in walk if press.name}
    assert pressed - {"palette"} <= ids


def test_a_register_is_made_larger_by_copies_of_its_items_with_their_parts(sqlite_register: Database) -> None:
    with sqlite_register.reading() as session:
        before = last_ids(session.connection(), (Item, Milestone))
        first = session.execute(select(Item.title, Item.theme_id).order_by(Item.id).limit(1)).one()
        parts = session.execute(select(Milestone.title).where(Milestone.item_id == 1)).all()
    multiply(sqlite_register, scale.MODELS, 2)
    with sqlite_register.reading() as session:
        assert last_ids(session.connection(), (Item, Milestone)) == {name: 2 * last for name, last in before.items()}
        copied = 1 + before["item"]
        copy = session.execute(select(Item.title, Item.theme_id).where(Item.id == copied)).one()
        assert copy == (f"{first.title}, copy 1", first.theme_id)
        assert session.execute(select(Milestone.title).where(Milestone.item_id == copied)).all() == parts


@pytest.mark.more
def test_the_postgresql_server_that_is_measured_has_more_memory_than_by_default(tmp_path: Path) -> None:
    for _ in range(2):
        with postgresql(tmp_path) as address, psycopg.connect(address) as connection:
            memory = connection.execute("SELECT pg_size_bytes(current_setting('shared_buffers'))").fetchall()
        assert memory > [(128 * 2**20,)]


@pytest.mark.more
def test_every_measurement_runs_at_its_smallest_size(tmp_path: Path) -> None:
    setting = Setting(tmp_path, SMALLEST, tmp_path / "none")
    for section in SECTIONS:
        results = run(setting, section)
    measured = results["figures"].keys() | BY_HAND.keys()
    # The other programs are only there after `make bench`, and a command line is completed where the program can do so.
    absent = {"paint-harlequin", "paint-posting", "complete-code", "complete-organisation"}
    pressed = {row.name for row in ROWS if row.name.startswith("key-") and "100,000-80×24" not in row.name}
    assert {row.name for row in ROWS} - measured <= absent | pressed
    assert {curve.name for curve in CURVES} == {name.partition("@")[0] for name in measured if "@" in name}
