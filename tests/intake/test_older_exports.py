"""A register that is exported, changed, and then imported from the older file: what the file only repeats stays out.

Each test compares three values: that of the export, that of now, and that of the file.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from planner.domain.vocabulary import Phase
from planner.intake.comparing.decided.two_items import CODES, TITLES
from planner.intake.comparing.preview import Preview
from planner.intake.proposed import Field, Problem, Severity
from planner.store.database import Database
from planner.writes.plan_changes.items import ItemEdit, edit_item
from planner.writes.plan_changes.organisations import rename_organisation
from planner.writes.plan_changes.parts import add_target
from planner.writes.plan_changes.removed_parts import remove_milestone
from planner.writes.plan_changes.split import Part, split_item
from planner.writes.reports.confirmations import return_report
from planner.writes.undo import undo
from tests.effort import only_in_more
from tests.factories import ACTOR, COLLEAGUE, move, noon, report, writing_by
from tests.intake.imports import DAY, import_register, write
from tests.intake.proposals import item, register
from tests.intake.test_export_moments import CODE, edit, exported, preview_of, rename

# What Ann changes: the sheet, the column, the code of the item, the row, and the new value.
EDITS: dict[str, tuple[str, Field, str | None, int | None, Any]] = {
    "title": ("items", Field.TITLE, CODE, None, "Mend all quays"),
    "note": ("items", Field.NOTE, CODE, None, "Ask the divers."),
    "due": ("items", Field.DUE, CODE, None, date(2020, 9, 2)),
    "lead": ("items", Field.LEAD, CODE, None, "Town Archive"),
    "percent": ("items", Field.PERCENT, CODE, None, 60),
    "done": ("items", Field.DONE, CODE, None, "Half of the stones are laid."),
    "milestone": ("milestones", Field.DATE, None, 4, date(2020, 8, 8)),
    "indicator": ("indicators", Field.UNIT, None, 2, "dozens"),
    "target": ("indicators", Field.TARGET, None, 2, 77),
    "theme": ("themes", Field.TITLE, None, 2, "Quays and canals"),
    "organisation": ("organisations", Field.NAME, None, 2, "Harbour Board"),
}


def of_each_kind(names: Iterable[str]) -> list[Any]:
    """The names as cases of a test, in `make test` only one of several that are compared in the same way."""
    return [only_in_more(name) if name in ("note", "done", "due", "indicator", "theme") else name for name in names]


def edited(file: Path, name: str, value: Any = None) -> Path:
    sheet, field, code, row, usual = EDITS[name]
    return edit(file, field, usual if value is None else value, sheet=sheet, code=code, row=row)


def remarks(preview: Preview) -> list[str]:
    return [problem.what for problem in preview.problems if problem.severity is Severity.REMARK]


@pytest.mark.first_cases(2)
@pytest.mark.parametrize("name", of_each_kind(EDITS))
def test_a_second_file_of_the_same_export_takes_back_nothing(
    sqlite_register: Database, tmp_path: Path, name: str
) -> None:
    ben = exported(sqlite_register, tmp_path / "ben")
    edit(ben, Field.SOURCE, "The council", code="P-002")
    ann = edited(exported(sqlite_register, tmp_path / "ann"), name)
    write(sqlite_register, preview_of(sqlite_register, ann))

    preview = preview_of(sqlite_register, ben)

    assert not preview.blockers
    assert not any("empty" in what for what in remarks(preview))
    changes = [(one.code, change.field) for one in preview.changed for change in one.changes]
    assert changes == [("P-002", Field.SOURCE)]
    assert [one for one in preview.changed if one.report or one.changed_parts or one.conflicts] == []
    assert (preview.renamed_themes, preview.changed_organisations, preview.themes) == ((), (), ())


DECIDED: dict[str, Any] = {
    "title": "Mend no quays",
    "note": "Ask nobody.",
    "due": date(2020, 9, 9),
    "percent": 70,
    "done": "All of the stones are laid.",
    "milestone": date(2020, 8, 9),
    "indicator": "scores",
    "target": 88,
    "theme": "Quays and boats",
    "organisation": "Harbour Council",
}


@pytest.mark.first_cases(2)
@pytest.mark.parametrize("name", of_each_kind(DECIDED))
def test_a_value_that_both_changed_is_decided_by_people(sqlite_register: Database, tmp_path: Path, name: str) -> None:
    ben = edited(exported(sqlite_register, tmp_path / "ben"), name, DECIDED[name])
    ann = edited(exported(sqlite_register, tmp_path / "ann"), name)
    write(sqlite_register, preview_of(sqlite_register, ann))

    preview = preview_of(sqlite_register, ben)

    asked = [*preview.conflicts, *(one for one in preview.blockers if one.severity is Severity.QUESTION)]
    assert len(asked) == 1
    assert not any(one.changes or one.report for one in preview.changed)
    assert not any(part.changes for one in preview.changed for part in one.changed_parts)
    assert preview_of(sqlite_register, ben, take_file=True).anything


def answered(problems: Iterator[Problem] | tuple[Problem, ...], answer: str) -> dict[str, str]:
    return {problem.key: answer for problem in problems}


@pytest.mark.first_cases(1)
@pytest.mark.parametrize(("answer", "changes"), [("file", True), ("register", False)])
def test_the_answer_decides_about_an_indicator(
    sqlite_register: Database, tmp_path: Path, answer: str, changes: bool
) -> None:
    ben = edited(exported(sqlite_register, tmp_path / "ben"), "indicator", "scores")
    write(
        sqlite_register,
        preview_of(sqlite_register, edited(exported(sqlite_register, tmp_path / "ann"), "indicator")),
    )

    preview = preview_of(sqlite_register, ben, answers={f"{CODE} indicator 1 unit": answer})

    ((_, conflict),) = preview.conflicts
    assert (preview.blockers, conflict.taken) == ((), changes)


def _return(database: Database) -> None:
    with database.writing() as session:
        return_report(writing_by(session, COLLEAGUE, noon(DAY), DAY), CODE, "Not yet done.")


def _undo(database: Database) -> None:
    with database.writing() as session:
        undo(writing_by(session, ACTOR, noon(DAY), DAY))


def _completed(database: Database) -> None:
    report(database, CODE, percent=100, phase=Phase.COMPLETED, evidence="Photos", as_of=DAY)


def _half(database: Database) -> None:
    report(database, CODE, percent=50, as_of=DAY)


@pytest.mark.parametrize(("before", "later"), [(_completed, _return), (_half, _undo)])
def test_a_report_that_counts_no_more_is_not_brought_back(
    register: Database, tmp_path: Path, before: Callable[[Database], None], later: Callable[[Database], None]
) -> None:
    before(register)
    file = exported(register, tmp_path)
    later(register)

    preview = preview_of(register, file)

    assert (preview.anything, list(preview.conflicts), preview.blockers) == (False, [], ())


def test_an_older_name_of_an_organisation_stays_out(sqlite_register: Database, tmp_path: Path) -> None:
    file = exported(sqlite_register, tmp_path)
    with sqlite_register.writing() as session:
        rename_organisation(writing_by(session, ACTOR, noon(DAY), DAY), "town-archive", "City Archive", "So said.")

    preview = preview_of(sqlite_register, file)

    assert (preview.anything, preview.blockers) == (False, ())


def test_what_stays_is_told_once(sqlite_register: Database, tmp_path: Path) -> None:
    file = exported(sqlite_register, tmp_path)
    rename(sqlite_register, "Mend both quays")

    assert remarks(preview_of(sqlite_register, file)) == [
        "1 value is newer in the register than in the file; the newer one stays"
    ]


def test_an_item_and_a_milestone_that_were_removed_since_do_not_come_back(
    sqlite_register: Database, tmp_path: Path
) -> None:
    import_register(sqlite_register, register(item(1, code="N-1", title="Count the boats")))
    file = exported(sqlite_register, tmp_path)
    _undo(sqlite_register)
    with sqlite_register.writing() as session:
        remove_milestone(writing_by(session, ACTOR, noon(DAY), DAY), "T-002", 1, "Not needed.")

    preview = preview_of(sqlite_register, file)

    assert (preview.new, preview.anything, preview.blockers) == ((), False, ())
    assert any("the register no longer has 'Count the boats'" in what for what in remarks(preview))


def test_a_theme_that_was_removed_since_does_not_come_back(sqlite_register: Database, tmp_path: Path) -> None:
    import_register(sqlite_register, register(item(1, code="N-1", title="Count the boats", theme=("Boats",))))
    file = exported(sqlite_register, tmp_path)
    _undo(sqlite_register)

    assert not preview_of(sqlite_register, file).anything
    edit(file, Field.THEME, "Boats", code=CODE)
    (problem,) = preview_of(sqlite_register, file).blockers
    assert problem.what == "the plan no longer has the theme 'Boats'"


def test_an_item_that_got_another_code_is_found_by_that_of_the_export(
    sqlite_register: Database, tmp_path: Path
) -> None:
    file = edit(exported(sqlite_register, tmp_path / "old"), Field.NOTE, "Ask the divers.")
    other = edit(exported(sqlite_register, tmp_path / "new"), Field.CODE, "Q-9")
    for sheet in ("milestones", "indicators"):
        edit(other, Field.CODE, "Q-9", sheet=sheet)
    preview = preview_of(sqlite_register, other)
    write(sqlite_register, preview_of(sqlite_register, other, answers=answered(preview.blockers, CODE)))

    preview = preview_of(sqlite_register, file)

    changes = [(one.code, [change.field for change in one.changes]) for one in preview.changed]
    assert (changes, preview.new, preview.blockers) == ([("Q-9", [Field.NOTE])], (), ())


def test_a_later_code_of_a_part_is_no_edit_of_what_became_of_the_split_item(
    sqlite_register: Database, tmp_path: Path
) -> None:
    with sqlite_register.writing() as session:
        split_item(writing_by(session, ACTOR, noon(DAY)), "T-003", [Part("", "Ask"), Part("", "List")], "So.")
    file = exported(sqlite_register, tmp_path)
    with sqlite_register.writing() as session:
        edit_item(writing_by(session, ACTOR, noon(DAY)), "nocode-1", ItemEdit(code="T-031"), "Codes.")
    assert remarks(preview_of(sqlite_register, file)) == []


def test_an_item_that_both_added_under_one_code_is_a_conflict(sqlite_register: Database, tmp_path: Path) -> None:
    file = edit(exported(sqlite_register, tmp_path), Field.CODE, "N-1", code="P-002")
    edit(file, Field.TITLE, "Paint the boats", code="N-1")
    import_register(sqlite_register, register(item(1, code="N-1", title="Count the boats")))

    preview = preview_of(sqlite_register, file)

    assert Field.TITLE in [conflict.change.field for _, conflict in preview.conflicts]
    assert [one.changes for one in preview.changed if one.changes] == []


def test_a_later_move_of_a_date_stays(sqlite_register: Database, tmp_path: Path) -> None:
    file = exported(sqlite_register, tmp_path)
    move(sqlite_register, CODE, None, date(2020, 9, 1), as_of=DAY)
    move(sqlite_register, "T-002", 1, date(2020, 7, 7), as_of=DAY)

    preview = preview_of(sqlite_register, file)

    assert (preview.anything, list(preview.conflicts), preview.blockers) == (False, [], ())


def test_codes_that_were_exchanged_are_asked_about(sqlite_register: Database, tmp_path: Path) -> None:
    file = exported(sqlite_register, tmp_path)
    for before, after in ((CODE, "X"), ("T-002", CODE), ("X", "T-002")):
        edit(file, Field.CODE, after, code=before)

    (asked,) = preview_of(sqlite_register, file).blockers

    assert asked.choices == (TITLES, CODES)
    assert f"T-002 has the title of {CODE}" in asked.what


def test_one_code_with_the_title_of_another_item_is_asked_about(sqlite_register: Database, tmp_path: Path) -> None:
    file = exported(sqlite_register, tmp_path)
    edit(file, Field.TITLE, "Mend the quays", code="T-002")

    asked = preview_of(sqlite_register, file).blockers[0]

    assert asked.choices == ("T-002", CODE)
    assert "the code is that of " in asked.what


@pytest.mark.parametrize("later", [True, False])
def test_the_old_name_of_another_organisation_is_told_or_refused(
    sqlite_register: Database, tmp_path: Path, later: bool
) -> None:
    def rename_archive(database: Database) -> None:
        with database.writing() as session:
            rename_organisation(writing_by(session, ACTOR, noon(DAY), DAY), "town-archive", "Town Records", "Decided")

    if not later:
        rename_archive(sqlite_register)
    file = exported(sqlite_register, tmp_path)
    edit(file, Field.NAME, "Town Archive", sheet="organisations", code=None, row=2)
    if later:
        rename_archive(sqlite_register)

    preview = preview_of(sqlite_register, file)

    if later:
        assert [(one.key, one.severity) for one in preview.blockers] == [
            ("register.xlsx: organisations!B2 name", Severity.ERROR)
        ]
    else:
        assert remarks(preview) == [
            "town-archive was called 'Town Archive' before; from now on, the name means another one"
        ]
    # The items of the file that name it still mean the other one.
    assert [change.field for one in preview.changed for change in one.changes] == []


def test_a_deleted_row_of_a_target_is_said_to_stay(sqlite_register: Database, tmp_path: Path) -> None:
    with sqlite_register.writing() as session:
        add_target(writing_by(session, ACTOR, noon(DAY), DAY), CODE, 1, 5.0, date(2020, 6, 30), "Agreed")
    file = exported(sqlite_register, tmp_path)
    book = openpyxl.load_workbook(file)
    book["indicators"].delete_rows(2)
    book.save(file)

    preview = preview_of(sqlite_register, file)

    assert not preview.anything
    missing = [(part.field, part.title) for one in preview.changed for part in one.missing_parts]
    assert missing == [(Field.TARGET, "the target 5 quays of Quays mended by 2020-06-30")]
