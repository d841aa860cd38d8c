"""Every cell of an exported register that somebody edits or empties changes something, or the preview names it."""

import re
from collections.abc import Hashable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from planner.base.output_files import write_files
from planner.domain.vocabulary import Confidence
from planner.exchange.register.forms import RegisterForm, register_files
from planner.exchange.register.tables import register_tables
from planner.intake.comparing.preview import Preview
from planner.intake.comparing.reading import register as reading_registers
from planner.intake.comparing.reading.plan_rows import PlanRows
from planner.intake.comparing.stored import REPORT_FACTS, StoredRegister, Wanted
from planner.intake.files.reading import read_files
from planner.intake.origin import origin_now
from planner.intake.previewing import preview_sheets
from planner.intake.sheets import Place, Row, Sheet, Value
from planner.intake.wishes import Wishes
from planner.queries.plans.item_lineage import read_lineages
from planner.store.database import Database
from planner.writes.plan_changes.items import ItemEdit, edit_item
from planner.writes.plan_changes.organisations import dissolve_organisation, edit_organisation
from tests.effort import only_in_more
from tests.factories import ACTOR, meet, noon, observed, reading_of, report, writing_by
from tests.intake.imports import DAY, import_register
from tests.intake.proposals import item, register

# Other values for columns with words or names. Any other text gets a letter, a number is one more, a day one later.
OTHER: dict[str, Value] = {
    "accountable": "brook",
    "basis": "derived",
    "confidence": "red",
    "direction": "reach",
    "language": "ko",
    "lead": "Town Archive",
    "measure": "M1.02",
    "measured_by": "milestones",
    "phase": "suspended",
    "role": "auditor",
}
# A day as CSV and JSON have it.
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
# An empty cell of these says that the row is a new one, or is one of another item.
IDENTITY = {"code", "exported_from"}


# The number and the title of a theme do not fit together then, and the title is named.
ROW_ENOUGH = {"number"}


def filled(database: Database) -> None:
    """Give the register a value in nearly every column."""
    import_register(
        database, register(item(1, code="X-1", title="Sow", lead="Park Office", supporting=("Town Archive",)))
    )
    with database.writing() as session:
        writing = writing_by(session, ACTOR, noon(DAY), DAY)
        edit = ItemEdit(source="Council", note="Old", accountable="dora", code="T-1")
        edit_item(writing, "T-001", edit, "Agreed")
    with database.writing() as session:
        edit_organisation(writing_by(session, ACTOR, noon(DAY), DAY), "town-archive", "Asked", language="ar")
    with database.writing() as session:
        writing = writing_by(session, ACTOR, noon(DAY), DAY)
        dissolve_organisation(writing, "park-office", "Closed", lead="harbour-office")
    report(
        database,
        "T-1",
        percent=40,
        confidence=Confidence.AMBER,
        as_of=DAY,
        done="Surveyed",
        next="Mend",
        blocker="Ice",
        help_needed="Tugs",
        evidence="Photographs",
    )
    meet(database, "T-1", 1, DAY)
    observed(database, "T-1", 1, 2.5, as_of=DAY)


def exported(database: Database, form: RegisterForm, folder: Path) -> list[Sheet]:
    with database.reading() as session:
        reading = reading_of(session, DAY)
        tables = register_tables(
            reading_registers.read_whole_register(reading), read_lineages(reading), origin_now(reading)
        )
        files = register_files(form, tables, reading.plan)
        write_files(folder, files, replace=True)
    return list(read_files([folder / name for name in files]).sheets)


@pytest.fixture(autouse=True)
def stored_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the register has is read once for all previews that need the same of it, because no preview changes it."""
    read = reading_registers._read
    found: dict[Hashable, StoredRegister] = {}

    def read_once(rows: PlanRows, wanted: Wanted) -> StoredRegister:
        needed = (rows.reading.point, wanted)
        if needed not in found:
            found[needed] = read(rows, wanted)
        return found[needed]

    monkeypatch.setattr(reading_registers, "_read", read_once)


def preview_of(database: Database, sheets: list[Sheet]) -> Preview:
    with database.reading() as session:
        return preview_sheets(reading_of(session, DAY), ACTOR, sheets, [], Wishes(as_of=DAY))


def with_value(sheets: list[Sheet], sheet: Sheet, row: int, column: int, value: Value) -> list[Sheet]:
    """Return the sheets with another value in one cell."""
    values = list(sheet.rows[row].values)
    values[column] = value
    rows = [*sheet.rows[:row], Row(sheet.rows[row].number, tuple(values)), *sheet.rows[row + 1 :]]
    return [replace(one, rows=rows) if one is sheet else one for one in sheets]


def other(column: str, value: Value) -> Value:
    """Return another value for a cell."""
    if column in OTHER:
        return OTHER[column]
    if isinstance(value, str) and _DAY.fullmatch(value):
        return str(date.fromisoformat(value) + timedelta(days=1))
    if isinstance(value, date):
        return value + timedelta(days=1)
    return value + 1 if isinstance(value, int | float) else f"{value or ''}x"


def first_filled(sheet: Sheet, column: int) -> int:
    """Return the index of the first row with a value in a column, or of the first row."""
    rows = range(1, len(sheet.rows))
    return next((at for at in rows if column < len(sheet.rows[at].values) and sheet.rows[at].values[column]), 1)


def places(preview: Preview, column: str) -> Iterator[Place]:
    """Yield the places of all that a preview changes, asks or tells."""
    yield from (problem.place for problem in preview.problems)
    for body in preview.changed_organisations:
        yield from (change.place for change in body.changes)
    for one in preview.changed:
        yield from (change.place for change in one.changes)
        yield from (conflict.change.place for conflict in one.all_conflicts)
        yield from (change.place for part in one.changed_parts for change in part.changes)
        if one.report is not None and column in REPORT_FACTS:
            yield one.report.place
    yield from (theme.place for theme in preview.renamed_themes)
    yield from (theme.place for theme in preview.themes)
    yield from (part.place for one in preview.changed for part in one.new_parts)
    yield from (new.place for new in preview.new)
    yield from (body.place for body in preview.organisations)
    yield from (person.place for person in preview.people)


def unnamed(database: Database, sheets: list[Sheet], edited: bool) -> Iterator[str]:
    """Yield the columns whose cells can be edited or emptied without a word."""
    for sheet in sheets:
        for at, heading in enumerate(map(str, sheet.rows[0].values)):
            row = first_filled(sheet, at)
            values = sheet.rows[row].values
            before = values[at] if at < len(values) else None
            if not edited and (before is None or heading in IDENTITY):
                continue
            preview = preview_of(
                database, with_value(sheets, sheet, row, at, other(heading, before) if edited else None)
            )
            number = sheet.rows[row].number
            if not any(
                (one.sheet, one.row) == (sheet.name, number) and (one.column in (0, at + 1) or heading in ROW_ENOUGH)
                for one in places(preview, heading)
            ):
                yield f"{sheet.name} {heading}"


@pytest.mark.parametrize("edited", [True, only_in_more(False)])
@pytest.mark.parametrize(
    "form", [RegisterForm.XLSX, *(pytest.param(form, marks=pytest.mark.more) for form in ("csv", "json"))]
)
def test_no_edit_is_ignored_silently(sqlite_register: Database, tmp_path: Path, form: str, edited: bool) -> None:
    filled(sqlite_register)
    sheets = exported(sqlite_register, RegisterForm(form), tmp_path)
    assert preview_of(sqlite_register, sheets).problems == ()

    assert list(unnamed(sqlite_register, sheets, edited)) == []
