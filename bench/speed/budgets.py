"""The rows of the table in docs/performance.md: what is measured, against which yardstick, and its two budgets.

`must` is the limit that the program must keep now. `aim` is the value that it should reach later. Rows without budgets
are for comparison.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Unit(StrEnum):
    """The unit of a measured value."""

    RATIO = "times the yardstick"
    LATER = "milliseconds after the yardstick"
    MILLISECONDS = "milliseconds"
    SECONDS = "seconds"
    MINUTES = "minutes"
    MEGABYTES = "megabytes"
    RATE = "events a second"


class Reference(StrEnum):
    """A measurement of how fast a machine is. Budgets in milliseconds and seconds are scaled by it."""

    APP = "a trivial Textual app's first paint"
    ORM = "importing SQLAlchemy's ORM"


# The milliseconds of the machine that the budgets are for.
REFERENCES = {Reference.APP: 226, Reference.ORM: 310}


@dataclass(frozen=True)
class Row:
    """A row of the table of measurements. Without a reference, its budgets are the same on every machine."""

    name: str
    what: str
    yardstick: str
    unit: Unit
    must: float | None = None
    aim: float | None = None
    reference: Reference | None = Reference.ORM


@dataclass(frozen=True)
class Figure:
    """A measured value in the unit of its row, with details in words.

    `references` are the milliseconds that each reference took before and after it was measured, by the reference's
    name: the speed of a machine changes, so that of another hour says nothing about this value.
    """

    value: float
    detail: str = ""
    references: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Curve:
    """A measurement at growing sizes. `flat` means that the size of the register should make no difference."""

    name: str
    what: str
    flat: bool = False


CLICK, SQLITE3, ORM = "`import click`", "`import sqlite3`", "`import sqlalchemy.orm`"
TRIVIAL = "a trivial Textual app"
RAW = "the same SQL by the driver alone"
HASHING = "SHA-256 of the same bytes"

ROWS = (
    Row("help", "`planner --help`", CLICK, Unit.RATIO, 1.3, 1.15),
    Row("version", "`planner --version`", CLICK, Unit.RATIO, 1.3, 1.15),
    Row("show", "`planner show` of one item", ORM, Unit.RATIO, 1.3, 1.0),
    Row("trace", "`planner trace` of one item", ORM, Unit.RATIO, 1.3, 1.0),
    Row("log", "`planner log` of one item", ORM, Unit.RATIO, 1.3, 1.0),
    Row("update", "`planner update`", ORM, Unit.RATIO, 1.4, 1.1),
    Row("items", "`planner items`, 223 items", ORM, Unit.RATIO, 1.7, 1.3),
    Row("overview", "`planner overview`, 223 items", ORM, Unit.RATIO, 1.7, 1.3),
    Row("complete-code", "shell completion of a code", SQLITE3, Unit.RATIO, 2.0, 1.5),
    Row("complete-organisation", "shell completion of an organisation", SQLITE3, Unit.RATIO, 2.0, 1.5),
    Row("paint-small", "app, first paint, 223 items", TRIVIAL, Unit.RATIO, 1.2, 1.1),
    Row("paint-large", "app, first paint, 100,000 items", TRIVIAL, Unit.RATIO, 1.2, 1.1),
    Row("data-small", "app, data on screen, 223 items", TRIVIAL, Unit.LATER, 300, 200, Reference.APP),
    Row("data-large", "app, data on screen, 100,000 items", TRIVIAL, Unit.LATER, 300, 200, Reference.APP),
    Row("paint-harlequin", "harlequin, first paint", TRIVIAL, Unit.RATIO),
    Row("paint-posting", "posting, first paint", TRIVIAL, Unit.RATIO),
    *(
        row
        for items, size in (("223", "80×24"), ("223", "160×50"), ("100,000", "80×24"), ("100,000", "160×50"))
        for row in (
            Row(
                f"key-{items}-{size}",
                f"key to paint, {items} items, {size}: slowest median of a key",
                "",
                Unit.MILLISECONDS,
                60,
                30,
                Reference.APP,
            ),
            Row(
                f"key-worst-{items}-{size}",
                f"key to paint, {items} items, {size}: slowest press",
                "",
                Unit.MILLISECONDS,
                120,
                None,
                Reference.APP,
            ),
        )
    ),
    Row("csv", "weekly CSV, 100,000 items in memory", "`sqlite3 -csv`, same columns", Unit.RATIO, 2.0, 1.0),
    Row("csv-memory", "weekly CSV, 100,000 items: memory", "", Unit.MEGABYTES, 150),
    Row("pages", "weekly HTML and XLSX, 223 items", "", Unit.SECONDS, 3, 1.5),
    Row("import-csv", "import of 100,000 rows, 50,000 of them with a report: CSV", "", Unit.SECONDS, 60, 30, None),
    Row("import-xlsx", "the same as a workbook", "", Unit.SECONDS, 60, 30, None),
    Row("import-memory", "import of 100,000 rows: memory", "", Unit.MEGABYTES, 300, 200),
    Row("round-trip-223", "export of a register and import of the workbook, 223 items", "", Unit.SECONDS),
    Row("round-trip", "the same, 100,000 items", "", Unit.SECONDS),
    Row("latest-sqlite", "latest state of 100,000 items as of any date, SQLite", RAW, Unit.MILLISECONDS, 300, 150),
    Row("latest-postgresql", "the same on PostgreSQL", RAW, Unit.MILLISECONDS, 300, 150),
    Row("suspects-sqlite", "suspect links among 100,000, SQLite", "doorstop", Unit.MILLISECONDS, 100, 50),
    Row("suspects-postgresql", "the same on PostgreSQL", "doorstop", Unit.MILLISECONDS, 100, 50),
    Row("findings", "findings at 100,000 items", "", Unit.MILLISECONDS, 1000, 300),
    Row("accept", "accepting a finding at 100,000 items: lock held", "a write of one row", Unit.MILLISECONDS, 50),
    Row("verify-log", "verify: the log", HASHING, Unit.RATE, 150_000),
    Row("verify-replay", "verify: the replay", HASHING, Unit.RATE, 100_000),
    Row("make-test", "`make test`", "", Unit.MINUTES, 4, 2),
)

# What is too long for `make bench`, so that somebody measures it by hand, and when that was.
BY_HAND = {"make-test": Figure(3.5, "by hand, 2026-12-01, where importing the ORM took 260 ms", {"ORM": 260})}

CURVES = (
    Curve("first paint", "app, first paint", flat=True),
    Curve("data on screen", "app, data on screen", flat=True),
    Curve("one item", "`planner show` of one item", flat=True),
    Curve("list", "`planner items`, all of them"),
    Curve("overview", "`planner overview`"),
    Curve("export", "`planner weekly`, as CSV"),
    Curve("findings", "`planner findings`"),
    Curve("verify", "`planner verify`; events in place of items"),
)
