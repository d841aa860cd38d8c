"""Measure the import of an office's register, and whether an exported register comes back without a difference."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from bench.registers import office_files
from bench.registers.log import ACTOR
from bench.speed.budgets import Figure
from bench.speed.setting import SEEDED, Setting
from bench.timing import PLANNER, Run, resources
from planner.intake.files.reading import read_files
from planner.intake.previewing import preview_sheets
from planner.intake.wishes import Wishes
from planner.register.plans import read_plan
from planner.register.point import Point
from planner.register.reading import Reading
from planner.store.database import open_database
from planner.store.location import parse

DATES = ["--starts", str(office_files.STARTS), "--ends", str(office_files.ENDS)]
_REPORTED = ["--as-of", str(office_files.REPORTED)]
NEW_PLAN = ["plan", "new", "--title", "A year", *DATES, "--time-zone", "UTC", "--organisation", "The office"]


def measure(setting: Setting) -> Iterator[tuple[str, Figure]]:
    """Import a table and a workbook into an empty plan. Export registers as workbooks, and import them again."""
    items = setting.sizes.items
    with setting.empty(NEW_PLAN) as register:
        read = office_files.write(register.with_name("office.xlsx"), items)
        workbook = _imported(register, read)
    with setting.empty(NEW_PLAN) as register:
        read = office_files.write(register.with_name("office.csv"), items)
        table = _imported(register, read)
        yield "import-csv", Figure(table.seconds, f"{table.processor:.1f} s of a processor")
        yield "import-xlsx", Figure(workbook.seconds, f"{workbook.processor:.1f} s of a processor")
        memory = max(table.megabytes, workbook.megabytes)
        yield "import-memory", Figure(memory, f"CSV {table.megabytes:.0f} MB, XLSX {workbook.megabytes:.0f} MB")
        large = _round_trip(register, day=_REPORTED)
    with setting.copy(setting.demonstration()) as demonstration:
        yield f"round-trip-{SEEDED}", _round_trip(demonstration, "--as", "manager")
    yield "round-trip", large


def _imported(register: Path, file: Path) -> Run:
    """Import a file, and delete it."""
    run = resources([PLANNER, "--db", str(register), "import", str(file), *_REPORTED, "--yes"])
    file.unlink()
    return run


def _round_trip(register: Path, *who: str, day: Sequence[str] = ()) -> Figure:
    """Export a register and import the file again, which must find no difference."""
    file = register.with_name("register.xlsx")
    written = resources([PLANNER, "--db", str(register), "export", "register", "-o", str(file)])
    read = resources([PLANNER, "--db", str(register), *who, "import", str(file), *day, "--yes"])
    detail = (
        f"{differences(register, file)} differences; export {written.seconds:.1f} s, {written.megabytes:.0f} MB; "
        f"import {read.seconds:.1f} s, {read.megabytes:.0f} MB"
    )
    file.unlink()
    return Figure(written.seconds + read.seconds, detail)


def differences(register: Path, file: Path) -> int:
    """Return how many differences an import of a file would find."""
    read = read_files([file])
    database = open_database(parse(str(register), "bench"))
    with database.reading() as session:
        plan = read_plan(session)
        reading = Reading(session, plan, Point(plan.ends))
        found = preview_sheets(reading, ACTOR, read.sheets, read.problems, Wishes())
    database.close()
    others = found.organisations, found.changed_organisations, found.people, found.kinds, found.themes
    return sum(map(len, (found.new, found.changed, found.missing, found.problems, *others)))
