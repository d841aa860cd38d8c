"""An exported file whose rows do not say when it was made: what changed since nobody knows is decided by people."""

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from planner.intake.comparing.preview import Preview
from planner.intake.proposed import EXPORTED_FROM, Field, Severity
from planner.store.database import Database
from planner.writes.plan_changes.organisations import add_organisation, rename_organisation
from tests.factories import COLLEAGUE, noon, report, writing_by
from tests.intake.imports import DAY, import_register, write
from tests.intake.proposals import item, register
from tests.intake.test_export_moments import CODE, edit, edit_sheets, exported, preview_of
from tests.intake.test_older_exports import EDITS, edited, of_each_kind, remarks

SHEETS = ("items", "milestones", "indicators", "themes", "organisations", "people")

# The title of a theme is found by the titles that it had before, so a file without event renames none.
NAMES = of_each_kind(name for name in EDITS if name != "theme")


def without_event(file: Path, text: str | None = None) -> Path:
    return edit_sheets(file, EXPORTED_FROM, text, SHEETS)


def asked(preview: Preview) -> list[Any]:
    questions = [one for one in preview.blockers if one.severity is Severity.QUESTION]
    return [*preview.conflicts, *questions]


@pytest.mark.first_cases(2)
@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("text", [None, pytest.param("see the e-mail", marks=pytest.mark.more)])
def test_a_value_that_an_import_changed_is_not_taken_back_by_a_file_without_event(
    sqlite_register: Database, tmp_path: Path, name: str, text: str | None
) -> None:
    report(sqlite_register, CODE, percent=20, done="The stones are ordered.", as_of=DAY)
    ben = without_event(exported(sqlite_register, tmp_path / "ben"), text)
    ann = edited(exported(sqlite_register, tmp_path / "ann"), name)
    write(sqlite_register, preview_of(sqlite_register, ann))

    preview = preview_of(sqlite_register, ben)

    assert asked(preview)
    assert [one for one in preview.changed if one.changes or one.report] == []
    assert [part for one in preview.changed for part in one.changed_parts if part.changes] == []
    assert preview.changed_organisations == ()
    assert preview_of(sqlite_register, ben, take_file=True).anything


@pytest.mark.first_cases(2)
@pytest.mark.parametrize("name", NAMES)
def test_a_value_that_nobody_changed_since_it_was_added_is_an_edit_of_the_file(
    sqlite_register: Database, tmp_path: Path, name: str
) -> None:
    file = without_event(edited(exported(sqlite_register, tmp_path), name))

    preview = preview_of(sqlite_register, file)

    assert (asked(preview), preview.anything) == ([], True)


def test_the_name_that_an_organisation_had_before_is_not_that_of_another_one(
    sqlite_register: Database, tmp_path: Path
) -> None:
    file = without_event(exported(sqlite_register, tmp_path))
    with sqlite_register.writing() as session:
        rename_organisation(writing_by(session, COLLEAGUE, noon(DAY), DAY), "town-archive", "City Archive", "So said.")

    (question,) = preview_of(sqlite_register, file).blockers

    assert question.what == (
        "organisation town-archive, name: it was changed to 'City Archive' in the register, "
        "and the file has another value"
    )
    kept = preview_of(sqlite_register, file, answers={question.key: "register"})
    assert (kept.changed_organisations, kept.blockers) == ((), ())
    taken = preview_of(sqlite_register, file, answers={question.key: "file"})
    assert [one.key for one in taken.changed_organisations] == ["town-archive"]
    assert not any("was called" in what for what in remarks(taken))


def test_what_only_values_name_that_stay_out_is_not_added(sqlite_register: Database, tmp_path: Path) -> None:
    import_register(sqlite_register, register(item(1, code="N-1", title="Count the boats")))
    file = edit(exported(sqlite_register, tmp_path), Field.THEME, "Boats", code="N-1")
    edit(file, Field.LEAD, "Boat Office", code="N-1")
    without_event(file)
    import_register(
        sqlite_register, register(item(1, code="N-1", theme=("Harbour",), lead="Harbour Office"), item(2, title="Sail"))
    )

    preview = preview_of(sqlite_register, file)

    assert {conflict.change.field for _, conflict in preview.conflicts} == {Field.THEME, Field.LEAD}
    assert ([one.title for one in preview.themes], [one.name for one in preview.organisations]) == ([], [])
    taken = preview_of(sqlite_register, file, take_file=True)
    assert [one.title for one in taken.themes] == ["Boats"]
    assert [one.name for one in taken.organisations] == ["Boat Office"]


def test_what_nobody_entered_of_an_organisation_is_filled_without_a_question(
    sqlite_register: Database, tmp_path: Path
) -> None:
    with sqlite_register.writing() as session:
        add_organisation(writing_by(session, COLLEAGUE, noon(DAY), DAY), "boats", "Boat Office")
    file = exported(sqlite_register, tmp_path)
    book = openpyxl.load_workbook(file)
    sheet = book["organisations"]
    headings = [cell.value for cell in sheet[1]]
    own = next(row for row in sheet.iter_rows(min_row=2) if row[0].value == "boats")
    own[headings.index("language")].value = "ko"
    own[headings.index("mail_address")].value = "boats@example.org"
    book.save(file)
    without_event(file)

    preview = preview_of(sqlite_register, file)

    (changed,) = preview.changed_organisations
    assert asked(preview) == []
    assert [one.field for one in changed.changes] == [Field.LANGUAGE, Field.MAIL_ADDRESS]
