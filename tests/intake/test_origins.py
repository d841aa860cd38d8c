"""A file that was exported from another plan or register is not mixed into this one unasked."""

from pathlib import Path

import pytest

from planner.base.output_files import write_files
from planner.exchange.register.forms import RegisterForm, register_files
from planner.exchange.register.tables import register_tables
from planner.intake.comparing.preview import Preview
from planner.intake.comparing.reading.register import read_whole_register
from planner.intake.files.reading import read_files
from planner.intake.origin import Origin, origin_of
from planner.intake.previewing import preview_sheets
from planner.intake.proposed import Severity
from planner.intake.wishes import Wishes
from planner.store.database import Database
from tests.factories import ACTOR, reading_of

OTHER_REGISTER = "0123456789abcdef"


def exported(database: Database, folder: Path, form: RegisterForm, **other: str) -> list[Path]:
    """Export a register as if it were another plan or register."""
    with database.reading() as session:
        reading = reading_of(session)
        own = origin_of(reading)
        origin = Origin(other.get("plan", own.plan), other.get("register", own.register))
        files = register_files(form, register_tables(read_whole_register(reading), origin=origin), reading.plan)
        write_files(folder, files, replace=True)
    return [folder / name for name in files]


def previewed(database: Database, files: list[Path], **answers: str) -> Preview:
    """The preview of importing files into a register."""
    read = read_files(files)
    with database.reading() as session:
        return preview_sheets(reading_of(session), ACTOR, read.sheets, read.problems, Wishes(answers=answers))


@pytest.mark.first_cases(2)
@pytest.mark.parametrize("form", RegisterForm)
@pytest.mark.parametrize(
    ("other", "said"),
    [
        ({"plan": "elsewhere"}, "the plan elsewhere, not"),
        ({"register": OTHER_REGISTER}, "another register"),
    ],
)
def test_a_file_of_another_plan_or_register_is_asked_about_until_somebody_says_that_it_is_meant(
    form, other, said, sqlite_register, tmp_path
):
    files = exported(sqlite_register, tmp_path, form, **other)
    asked = previewed(sqlite_register, files).blockers
    [question] = asked
    assert question.severity is Severity.QUESTION
    assert said in question.what
    assert previewed(sqlite_register, files, **{question.key: question.choices[0]}).problems == ()


def test_a_plan_without_items_is_told_and_takes_the_file(sqlite_register, new_register, tmp_path):
    files = exported(sqlite_register, tmp_path, RegisterForm.XLSX)
    preview = previewed(new_register(), files)
    (told,) = [problem for problem in preview.problems if "exported from" in problem.what]
    assert told.severity is Severity.REMARK


def test_files_of_two_exports_are_asked_about_apart(sqlite_register, tmp_path):
    other = exported(sqlite_register, tmp_path / "other", RegisterForm.CSV, register=OTHER_REGISTER)
    elsewhere = exported(sqlite_register, tmp_path / "elsewhere", RegisterForm.CSV, plan="elsewhere")
    files = [
        *(file for file in other if "organisations" in file.name),
        *(file for file in elsewhere if "items" in file.name),
    ]
    asked = [one for one in previewed(sqlite_register, files).blockers if "exported from" in one.what]
    assert len({one.key for one in asked}) == len(asked) == 2
