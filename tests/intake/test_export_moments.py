"""An exported register says what its author knew: entries before the export are no conflicts, and later ones are."""

import sqlite3
from collections.abc import Callable
from datetime import date, timedelta
from functools import lru_cache
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from planner.base.output_files import write_files
from planner.domain.rules.settings import Settings
from planner.exchange.register.forms import RegisterForm, register_files
from planner.exchange.register.tables import register_tables
from planner.intake.comparing.preview import Preview
from planner.intake.comparing.reading.register import read_whole_register
from planner.intake.files.reading import read_files
from planner.intake.origin import origin_in, origin_now, origin_then
from planner.intake.preview_text import imported_words, preview_lines
from planner.intake.previewing import preview_sheets
from planner.intake.proposed import EXPORTED_FROM, Field
from planner.intake.wishes import Wishes
from planner.store.database import Database
from planner.store.models import PlanChange, Theme
from planner.writes.plan_changes.items import ItemEdit, edit_item
from planner.writes.plan_changes.themes import rename_theme
from planner.writes.undo import undo
from tests.factories import ACTOR, COLLEAGUE, move, noon, reading_of, report, writing_by
from tests.intake.imports import DAY, import_register, verified, write
from tests.intake.proposals import item, register

CODE = "T-001"


def rename(database: Database, title: str) -> None:
    with database.writing() as session:
        edit_item(writing_by(session, COLLEAGUE, noon(DAY), DAY), CODE, ItemEdit(title=title), "So decided.")


ENTRIES: dict[Field, tuple[Callable[[Database], Any], Any]] = {
    Field.TITLE: (lambda database: rename(database, "Mend both quays"), "Mend all quays"),
    Field.DUE: (lambda database: move(database, CODE, None, date(2020, 9, 1), as_of=DAY), date(2020, 9, 2)),
    Field.PERCENT: (lambda database: report(database, CODE, percent=50, as_of=DAY), 60),
}


# The files that were exported from registers with the same bytes: many tests begin with the same one.
_exported: dict[bytes, dict[str, list[bytes]]] = {}


def exported(database: Database, folder: Path) -> Path:
    with database.reading() as session:
        files = _files_of(session)
    write_files(folder, files, replace=True)
    return folder / next(iter(files))


def _files_of(session: Session) -> dict[str, list[bytes]]:
    connection: Any = session.connection().connection.driver_connection
    if not isinstance(connection, sqlite3.Connection):
        return _export(session)
    content = sha256(connection.serialize()).digest()
    if content not in _exported:
        _exported[content] = _export(session)
    return _exported[content]


def _export(session: Session) -> dict[str, list[bytes]]:
    reading = reading_of(session, DAY)
    tables = register_tables(read_whole_register(reading), origin=origin_now(reading))
    return {name: list(content) for name, content in register_files(RegisterForm.XLSX, tables, reading.plan).items()}


def edit(
    file: Path, column: str, value: Any, *, sheet: str = "items", code: str | None = CODE, row: int | None = None
) -> Path:
    """Write a value into a column of the row of an item, of one row, or of all rows."""
    return edit_sheets(file, column, value, (sheet,), code=code, row=row)


def edit_sheets(
    file: Path, column: str, value: Any, sheets: tuple[str, ...], *, code: str | None = None, row: int | None = None
) -> Path:
    """Write a value into a column of the row of an item, of one row, or of all rows of some sheets."""
    file.write_bytes(_edited(file.read_bytes(), column, value, sheets, code, row))
    return file


@lru_cache(typed=True)
def _edited(
    content: bytes, column: str, value: Any, sheets: tuple[str, ...], code: str | None, row: int | None
) -> bytes:
    """Return a workbook with an edit. To read and write one takes longest, and many tests make the same edit."""
    book = openpyxl.load_workbook(BytesIO(content))
    for sheet in sheets:
        headings = {str(cell.value): place for place, cell in enumerate(book[sheet][1])}
        for cells in book[sheet].iter_rows(min_row=row or 2, max_row=row):
            if code is None or cells[headings["code"]].value == code:
                cells[headings[column]].value = value
    saved = BytesIO()
    book.save(saved)
    return saved.getvalue()


def preview_of(database: Database, file: Path, **said: Any) -> Preview:
    read = read_files([file])
    with database.reading() as session:
        wishes = Wishes(as_of=DAY, **said)
        return preview_sheets(reading_of(session, DAY), ACTOR, read.sheets, read.problems, wishes, files=read.files)


def found(preview: Preview) -> tuple[list[Field], list[Field]]:
    """The fields that change, and those in conflict."""
    changed = [change.field for one in preview.changed for change in one.changes]
    reported = [Field.PERCENT for one in preview.changed if one.report and one.report.percent == 60]
    return changed + reported, [conflict.change.field for _, conflict in preview.conflicts]


@pytest.mark.first_cases(1)
@pytest.mark.parametrize("field", ENTRIES)
def test_an_edit_of_an_entry_that_the_export_has_is_a_change(
    sqlite_register: Database, tmp_path: Path, field: Field
) -> None:
    enter, value = ENTRIES[field]
    enter(sqlite_register)
    file = edit(exported(sqlite_register, tmp_path), field, value)

    preview = preview_of(sqlite_register, file)

    assert found(preview) == ([field], [])
    write(sqlite_register, preview)
    again = preview_of(sqlite_register, file)
    assert (again.anything, list(again.conflicts)) == (False, [])


@pytest.mark.first_cases(1)
@pytest.mark.parametrize("field", ENTRIES)
def test_an_edit_of_what_was_entered_after_the_export_is_a_conflict(
    sqlite_register: Database, tmp_path: Path, field: Field
) -> None:
    enter, value = ENTRIES[field]
    file = edit(exported(sqlite_register, tmp_path), field, value)
    enter(sqlite_register)

    assert found(preview_of(sqlite_register, file)) == ([], [field])


@pytest.mark.first_cases(1)
@pytest.mark.parametrize("change", [{"event": 10_000}, {"event": 1}, {"leaf": "0" * 16}, {"register": "0" * 16}])
def test_an_event_that_the_log_does_not_have_proves_nothing(
    sqlite_register: Database, tmp_path: Path, change: dict[str, Any]
) -> None:
    rename(sqlite_register, "Mend both quays")
    file = edit(exported(sqlite_register, tmp_path), Field.TITLE, "Mend all quays")
    with sqlite_register.reading() as session:
        own = origin_now(reading_of(session))
    said = {"plan": own.plan, "register": own.register, "event": own.event, "leaf": own.leaf, **change}
    text = "{plan}, register {register}, event {event} {leaf}".format(**said)
    assert origin_in(text) is not None
    edit(file, EXPORTED_FROM, text, code=None)

    preview = preview_of(sqlite_register, file)
    assert found(preview) == ([], [Field.TITLE])
    told = [one.what for one in preview.problems if "event in exported_from that this register does not" in one.what]
    assert len(told) == ("register" not in change)


def test_a_row_without_origin_is_not_taken_for_exported(sqlite_register: Database, tmp_path: Path) -> None:
    rename(sqlite_register, "Mend both quays")
    file = edit(exported(sqlite_register, tmp_path), Field.TITLE, "Mend all quays")
    edit(file, EXPORTED_FROM, None, code=None)

    preview = preview_of(sqlite_register, file)
    assert found(preview) == ([], [Field.TITLE])
    assert [one.what for one in preview.problems if "of an exported register have no exported_from" in one.what]


def test_all_values_that_the_register_has_since_the_export_are_counted(
    sqlite_register: Database, tmp_path: Path
) -> None:
    report(sqlite_register, CODE, percent=20, done="Planned.", as_of=DAY)
    file = exported(sqlite_register, tmp_path)
    rename(sqlite_register, "Mend both quays")
    report(sqlite_register, CODE, percent=50, done="Dug.", as_of=DAY)
    move(sqlite_register, CODE, 1, date(2020, 9, 1), as_of=DAY)

    preview = preview_of(sqlite_register, file)

    assert (found(preview), preview.anything) == (([], []), False)
    told = [one.what for one in preview.problems if "newer in the register" in one.what]
    (what,) = told
    assert what.startswith("4 values are newer in the register than in the file; the newer ones stay (")
    assert what.count("register.xlsx: ") == 4


def test_an_export_from_before_an_undo_did_not_know_what_the_undo_gave_back(
    sqlite_register: Database, tmp_path: Path
) -> None:
    rename(sqlite_register, "Mend both quays")
    import_register(sqlite_register, register(item(1, code=CODE, title="Mend one quay")), take_file=True)
    file = exported(sqlite_register, tmp_path)
    with sqlite_register.writing() as session:
        undo(writing_by(session, ACTOR, noon(DAY), DAY))

    # The file repeats what the import wrote, so it says nothing about what the undo gave back.
    assert found(preview_of(sqlite_register, file)) == ([], [])
    edit(file, Field.TITLE, "Mend all quays")
    assert found(preview_of(sqlite_register, file)) == ([], [Field.TITLE])


def test_a_milestone_s_date_follows_a_newer_export_and_is_asked_about_where_both_moved_it(
    sqlite_register: Database, tmp_path: Path
) -> None:
    older = edit(
        exported(sqlite_register, tmp_path / "older"), Field.DATE, date(2020, 8, 8), sheet="milestones", code="T-002"
    )
    move(sqlite_register, "T-002", 1, date(2020, 7, 7), as_of=DAY)
    newer = edit(
        exported(sqlite_register, tmp_path / "newer"), Field.DATE, date(2020, 8, 8), sheet="milestones", code="T-002"
    )

    ((_, conflict),) = preview_of(sqlite_register, older).conflicts
    assert (conflict.change.old, conflict.change.new) == (date(2020, 7, 7), date(2020, 8, 8))
    assert (conflict.taken, conflict.milestone) == (False, 1)
    changed = [part for one in preview_of(sqlite_register, newer).changed for part in one.changed_parts]
    assert 1 in [part.number for part in changed]


def titles(database: Database) -> dict[int, str]:
    with database.reading() as session:
        return {row.number: row.title for row in session.execute(select(Theme)).scalars()}


def test_another_title_of_an_exported_theme_renames_it_and_can_be_undone(
    sqlite_register: Database, tmp_path: Path
) -> None:
    before = titles(sqlite_register)
    file = exported(sqlite_register, tmp_path)
    edit(file, Field.TITLE, "Quays and canals", sheet="themes", code=None, row=2)

    preview = preview_of(sqlite_register, file)

    assert [(one.number, one.before, one.title) for one in preview.renamed_themes] == [
        (1, "Quays and lights", "Quays and canals")
    ]
    assert (preview.themes, preview.changed, preview.problems) == ((), (), ())
    shown = [line.strip() for line in preview_lines(preview, "Harbour", Settings())]
    assert "theme 1: Quays and lights → Quays and canals" in shown
    imported = write(sqlite_register, preview)
    assert imported_words(imported) == "Imported: 0 new items, 0 changed, 0 reports, 1 theme renamed."
    assert titles(sqlite_register) == {**before, 1: "Quays and canals"}
    with sqlite_register.reading() as session:
        (act,) = session.execute(select(PlanChange)).scalars()
        assert (act.field, act.old_value, act.new_value) == ("title", "Quays and lights", "Quays and canals")
    assert not preview_of(sqlite_register, file).anything
    with sqlite_register.writing() as session:
        undo(writing_by(session, ACTOR, noon(DAY), DAY))
    assert titles(sqlite_register) == before
    assert verified(sqlite_register) == []
    # The file can be imported again after the undo.
    assert preview_of(sqlite_register, file).renamed_themes == preview.renamed_themes


def test_a_theme_that_was_renamed_after_the_export_too_is_asked_about(
    sqlite_register: Database, tmp_path: Path
) -> None:
    untouched = exported(sqlite_register, tmp_path / "untouched")
    file = exported(sqlite_register, tmp_path / "edited")
    edit(file, Field.TITLE, "Quays and canals", sheet="themes", code=None, row=2)
    with sqlite_register.writing() as session:
        rename_theme(writing_by(session, ACTOR, noon(DAY), DAY), "1", "So decided.", title="Lights")

    preview = preview_of(sqlite_register, file)

    assert (preview.renamed_themes, preview.themes) == ((), ())
    assert [problem.what for problem in preview.blockers] == [
        "theme 1, title: it was changed to 'Lights' in the register, and the file has another value"
    ]
    assert not preview_of(sqlite_register, untouched).anything


@pytest.mark.first_cases(1)
@pytest.mark.parametrize(
    "edits",
    [
        {1: "Schools and lamps", 2: "Quays and lights"},
        {1: "Schools and lamps", 2: "Bridges"},
        {1: "Bridges", 2: "Bridges"},
    ],
)
def test_each_title_of_a_theme_that_an_import_does_not_take_is_told(
    sqlite_register: Database, tmp_path: Path, edits: dict[int, str]
) -> None:
    before = titles(sqlite_register)
    edits = {number: title.replace("Schools and lamps", before[2]) for number, title in edits.items()}
    file = exported(sqlite_register, tmp_path)
    for number, title in edits.items():
        edit(file, Field.TITLE, title, sheet="themes", code=None, row=number + 1)

    preview = preview_of(sqlite_register, file)

    renamed = {one.number: one.title for one in preview.renamed_themes}
    assert renamed == ({2: "Bridges"} if edits[1] == before[2] and edits[2] == "Bridges" else {})
    assert (preview.themes, preview.changed) == ((), ())
    assert [problem.what for problem in preview.problems] == [
        f"theme {number} stays '{before[number]}', because another theme has this title, or gets it from the files too"
        for number in edits
        if number not in renamed
    ]


def test_a_printed_number_and_a_place_of_a_theme_that_an_import_does_not_take_are_told(
    sqlite_register: Database, tmp_path: Path
) -> None:
    file = exported(sqlite_register, tmp_path)
    edit(file, Field.LABEL, "X", sheet="themes", code=None, row=2)
    edit(file, Field.PARENT, titles(sqlite_register)[1], sheet="themes", code=None, row=3)

    preview = preview_of(sqlite_register, file)

    assert not preview.anything
    assert [problem.field for problem in preview.problems] == [Field.LABEL, Field.PARENT]


@pytest.mark.first_cases(2)
@pytest.mark.parametrize("sheet", ["items", "milestones", "indicators", "themes", "organisations", "people"])
def test_a_sheet_of_an_export_is_known_by_its_headings_whatever_its_name_is(
    sqlite_register: Database, tmp_path: Path, sheet: str
) -> None:
    file = exported(sqlite_register, tmp_path)
    book = openpyxl.load_workbook(file)
    book[sheet].title = "Sheet 5"
    book.save(file)

    preview = preview_of(sqlite_register, file)

    assert (preview.anything, preview.missing, preview.problems) == (False, (), ())


def exported_as_of(database: Database, folder: Path, day: date) -> Path:
    with database.reading() as session:
        reading = reading_of(session, day)
        tables = register_tables(read_whole_register(reading, then=True), origin=origin_then(reading))
        files = register_files(RegisterForm.XLSX, tables, reading.plan)
        write_files(folder, files, replace=True)
    return folder / next(iter(files))


# What an import of a day changed, and another value.
IMPORTED: dict[Field, tuple[Any, Any]] = {
    Field.TITLE: ("Mend both quays", "Mend all quays"),
    Field.DUE: (date(2020, 9, 1), date(2020, 9, 2)),
    Field.PERCENT: (50, 60),
}


@pytest.mark.first_cases(1)
@pytest.mark.parametrize("field", IMPORTED)
def test_a_file_of_an_earlier_day_takes_back_nothing_that_an_import_changed_since(
    sqlite_register: Database, tmp_path: Path, field: Field
) -> None:
    report(sqlite_register, CODE, percent=10, as_of=DAY - timedelta(days=9))
    imported, another = IMPORTED[field]
    write(sqlite_register, preview_of(sqlite_register, edit(exported(sqlite_register, tmp_path), field, imported)))
    file = exported_as_of(sqlite_register, tmp_path / "earlier", DAY - timedelta(days=1))

    unchanged = preview_of(sqlite_register, file)
    assert not unchanged.anything
    # All of it was there when the file was exported.
    told = [one for one in unchanged.problems if "newer in the register than in the file" in one.what]
    assert {one.do for one in told} == {"Export the register as it is now to see them"}

    assert found(preview_of(sqlite_register, edit(file, field, another))) == ([], [field])
