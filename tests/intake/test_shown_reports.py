"""What people reported about milestones and indicators is in an exported register, and imports take it for new ones."""

import json
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from sqlalchemy import select

from planner.base.errors import NotAllowedError
from planner.domain.rules.settings import Settings
from planner.domain.vocabulary import Phase
from planner.exchange.register.forms import RegisterForm
from planner.intake.comparing.differences.parts import PartReport
from planner.intake.comparing.preview import Preview
from planner.intake.item_text import changed_item_text, new_item_text
from planner.intake.origin import origin_now
from planner.intake.preview_text import preview_lines, preview_summary
from planner.intake.proposed import Field
from planner.queries.items.views import told_former_code
from planner.store.database import Database
from planner.store.models import StatusUpdate, Withdrawal
from planner.writes.plan_changes.items import ItemEdit, edit_item
from planner.writes.reports.milestones import forecast_milestone
from tests.factories import ACTOR, meet, noon, observed, report, writing_by
from tests.intake.applying.test_undo import take_back
from tests.intake.generated import ENDS, STARTS
from tests.intake.imports import DAY, import_register, preview_of, verified, write
from tests.intake.proposals import item, part, register
from tests.intake.test_round_trip import exported, move, preview_of_files, report_parts

# A day of the plan of a new register.
LATER = date(2031, 3, 4)


def reported(database: Database) -> None:
    """Report a milestone as met, another one as expected, and a value."""
    report(database, "T-001", percent=20, as_of=DAY, evidence="Minutes, p. 3")
    meet(database, "T-001", 1, date(2020, 3, 4), at=noon(DAY))
    with database.writing() as session:
        forecast_milestone(writing_by(session, ACTOR, noon(DAY), DAY), "T-001", 2, date(2020, 12, 20))
    observed(database, "T-001", 1, 2.5, as_of=DAY)


def preview_with(database: Database, file: Path, *cells: tuple[str, str, date | int | str]) -> Preview:
    """The preview of a workbook after an edit of cells of its first rows, each given by sheet, column and value."""
    book = openpyxl.load_workbook(file)
    for name, column, value in cells:
        head = [cell.value for cell in book[name][1]]
        book[name].cell(2, head.index(column) + 1).value = value
    book.save(file)
    return preview_of_files(database, file)


def test_an_exported_register_has_what_was_reported_of_milestones_and_indicators(
    sqlite_register: Database, tmp_path: Path
) -> None:
    reported(sqlite_register)

    (file,) = exported(sqlite_register, RegisterForm.JSON, tmp_path)

    document = json.loads(file.read_bytes())
    first, second = (row for row in document["milestones"][:2])
    assert (first["met_on"], second["forecast_date"], "met_on" in second) == ("2020-03-04", "2020-12-20", False)
    assert {"first_date"} <= first.keys()
    assert (document["indicators"][0]["observed"], document["indicators"][0]["observed_on"]) == (2.5, str(DAY))
    row = document["items"][0]
    assert (row["reported_on"], row["reported_by"], row["report_evidence"]) == (str(DAY), ACTOR.name, "Minutes, p. 3")


def test_an_edited_report_is_told_with_the_command_that_records_it(sqlite_register: Database, tmp_path: Path) -> None:
    reported(sqlite_register)
    (file,) = exported(sqlite_register, RegisterForm.XLSX, tmp_path, origin_now)

    preview = preview_with(
        sqlite_register, file, ("milestones", "met_on", date(2020, 3, 9)), ("indicators", "observed", 3)
    )

    assert not preview.anything
    assert [(one.place.sheet, one.place.row, one.do) for one in preview.problems] == [
        ("milestones", 2, "Report it with 'planner milestone' or in a status sheet"),
        ("indicators", 2, "Report it with 'planner observe' or in a status sheet"),
    ]


def test_a_report_since_the_export_is_no_edit_of_the_file(sqlite_register: Database, tmp_path: Path) -> None:
    (file,) = exported(sqlite_register, RegisterForm.XLSX, tmp_path, origin_now)
    reported(sqlite_register)

    preview = preview_of_files(sqlite_register, file)

    assert (preview.changed, preview.problems) == ((), ())
    # An edit is one all the same.
    edited = preview_with(sqlite_register, file, ("milestones", "met_on", date(2020, 3, 9)))
    assert [one.place.sheet for one in edited.problems] == ["milestones"]


def test_reports_on_milestones_and_indicators_that_are_new_in_a_register_are_taken(
    sqlite_register: Database, new_register: Callable[[], Database], tmp_path: Path
) -> None:
    reported(sqlite_register)
    (file,) = exported(sqlite_register, RegisterForm.XLSX, tmp_path / "exported")
    met, day, expected = date(2031, 3, 4), date(2031, 3, 9), date(2032, 1, 20)
    cells: list[tuple[str, str, date | int | str]] = [
        ("milestones", "met_on", met),
        ("milestones", "reported_on", day),
        ("milestones", "report_evidence", "Minutes, p. 4"),
        ("indicators", "observed_on", day),
    ]
    other = new_register()

    preview = preview_with(other, file, *cells)
    first = next(one for one in preview.new if one.code == "T-001")

    assert [part.report for part in first.milestones] == [
        PartReport(day, met_on=met, evidence="Minutes, p. 4"),
        PartReport(ENDS, forecast=date(2020, 12, 20)),
    ]
    assert first.indicators[0].report == PartReport(day, value=2.5)
    assert "3 reports on milestones and indicators" in preview_summary(preview)
    text = new_item_text(preview, first, {})
    assert ", met on 2031-03-04" in text
    assert ", expected on 2020-12-20" in text
    assert ", 2.5 on 2031-03-09" in text
    # A forecast may be after the end of the plan.
    later = preview_with(other, file, ("milestones", "met_on", ""), ("milestones", "forecast_date", expected))
    assert later.new[0].milestones[0].report == PartReport(day, forecast=expected, evidence="Minutes, p. 4")
    # So are those of an item that the other register has already.
    import_register(other, register(item(1, code="T-001", title="Mend the quays")))
    changed = next(one for one in preview_with(other, file, *cells).changed if one.code == "T-001")
    text = changed_item_text(preview, changed, {})
    assert re.search(r"  new: milestone 1\. .*, met on 2031-03-04\n", text)
    assert re.search(r"  new: indicator 1\. .*, 2\.5 on 2031-03-09\n", text)


def test_the_reports_on_new_parts_are_withdrawn_when_the_import_is_undone(
    new_register: Callable[[], Database], tmp_path: Path
) -> None:
    parts = {"milestones": [part(2, title="Plan", date=ENDS)], "indicators": [part(2, name="Length", target=5.0)]}
    facts = {"kind": "task", "theme": ("Roads",), "lead": "Office", "start": ENDS, "due": ENDS}
    database = new_register()
    import_register(database, register(item(2, code="A-1", title="Road", **facts, **parts)), as_of=ENDS)
    report_parts(database, "Minutes")
    (file,) = exported(database, RegisterForm.XLSX, tmp_path / "exported")
    # The same file, as it was before the import.
    other = new_register()
    move(other, file)

    take_back(other)

    with other.reading() as session:
        taken_back = session.execute(select(Withdrawal.milestone_report_id, Withdrawal.observation_id)).all()
    assert sum(one is not None for one, _ in taken_back) == 1
    assert sum(one is not None for _, one in taken_back) == 1
    assert verified(other) == []


def test_reports_of_days_that_the_plan_does_not_have_are_told_and_not_taken(
    sqlite_register: Database, new_register: Callable[[], Database], tmp_path: Path
) -> None:
    reported(sqlite_register)
    (file,) = exported(sqlite_register, RegisterForm.XLSX, tmp_path / "exported")

    preview = preview_of_files(new_register(), file)

    assert [one.what for one in preview.problems if "does not take" in one.what] == [
        "the column 'met_on' has 1 reported value of a new item that this import does not take",
        "the column 'observed' has 1 reported value of a new item that this import does not take",
    ]


def test_a_register_that_moves_keeps_the_days_the_evidence_and_the_reasons_of_its_reports(
    sqlite_register: Database, new_register: Callable[[], Database], tmp_path: Path
) -> None:
    report(sqlite_register, "T-001", percent=20, as_of=DAY, evidence="Minutes, p. 3")
    (file,) = exported(sqlite_register, RegisterForm.XLSX, tmp_path / "exported")
    # The days are in the plan of the other register.
    reported_on, ended_on = date(2031, 3, 4), date(2031, 3, 2)
    cells: list[tuple[str, date | int | str]] = [
        ("phase", "cancelled"),
        ("ending_reason", "One site."),
        ("due_basis", "working"),
    ]
    cells += [("reported_on", reported_on), ("ended_on", ended_on)]

    preview = preview_with(new_register(), file, *(("items", *cell) for cell in cells))

    first = next(one for one in preview.new if one.code == "T-001")
    made = first.report
    assert made is not None
    assert (made.as_of, made.evidence) == (reported_on, "Minutes, p. 3")
    assert (made.ended_on, made.ending_reason) == (ended_on, "One site.")
    assert set(first.assumed) == {Field.DUE, Field.THEME}
    assert [one.what for one in preview.problems if "without a reason" in one.what] == []


def test_who_left_and_what_was_merged_in_the_other_register_is_told(
    sqlite_register: Database, new_register: Callable[[], Database], tmp_path: Path
) -> None:
    (file,) = exported(sqlite_register, RegisterForm.XLSX, tmp_path / "exported")
    cells: list[tuple[str, str, date | int | str]] = [
        ("people", "login", "zoe"),
        ("people", "name", "Zoe"),
        ("people", "became", "left"),
    ]
    cells += [("organisations", "key", "wharves"), ("organisations", "name", "Wharves")]
    cells += [("organisations", "became", "dissolved as of 2020-03-01")]

    told = [one.what for one in preview_with(new_register(), file, *cells).problems if "file" in one.what]

    assert told[-2:] == [
        "1 organisation of the file had ended; if it is added, it is as one that has not",
        "1 person of the file had left; if they are added, it is as somebody who is there",
    ]


def test_a_login_with_a_comma_in_an_exported_register_is_one_person(
    sqlite_register: Database, new_register: Callable[[], Database], tmp_path: Path
) -> None:
    (file,) = exported(sqlite_register, RegisterForm.XLSX, tmp_path / "exported")
    login = "O'Neil, Sam"
    cells: list[tuple[str, str, date | int | str]] = [("people", "login", login), ("people", "name", login)]

    preview = preview_with(new_register(), file, *cells, ("items", "accountable", login))

    assert [one.what for one in preview.blockers if "one name or several" in one.what] == []
    assert preview.new[0].facts[Field.ACCOUNTABLE] == login


def register_with_reports(database: Database) -> None:
    """Fill a register with an item that has a milestone and an indicator, and report on all of them."""
    parts = {"milestones": [part(2, title="Plan", date=ENDS)], "indicators": [part(2, name="Length", target=5.0)]}
    facts = {"kind": "task", "theme": ("Roads",), "lead": "Office", "start": STARTS, "due": ENDS}
    import_register(database, register(item(2, code="A-1", title="Road", **facts, **parts)), as_of=STARTS)
    report(database, "A-1", as_of=STARTS, done="Began", blocker="Rain", evidence="Minutes, p. 1")


def test_a_register_that_moves_again_brings_the_later_reports_with_their_days(
    new_register: Callable[[], Database], tmp_path: Path
) -> None:
    database = new_register()
    register_with_reports(database)
    (earlier,) = exported(database, RegisterForm.XLSX, tmp_path / "first")
    report(database, "A-1", phase=Phase.COMPLETED, as_of=LATER, evidence="Minutes, p. 9")
    meet(database, "A-1", 1, LATER, at=noon(LATER))
    observed(database, "A-1", 1, 4.5, as_of=LATER)
    (file,) = exported(database, RegisterForm.XLSX, tmp_path / "second")
    # The same file, as it was before all of this.
    other = new_register()
    move(other, earlier)

    preview = preview_of_files(other, file)

    (changed,) = preview.changed
    made = changed.report
    assert made is not None
    assert (made.as_of, made.phase, made.evidence) == (LATER, Phase.COMPLETED, "Minutes, p. 9")
    assert (made.completed_on, made.blocker) == (LATER, None)
    assert [one.report for one in changed.changed_parts] == [
        PartReport(LATER, met_on=LATER),
        PartReport(LATER, value=4.5),
    ]
    assert "1 report, as of 2031-03-04" in "\n".join(preview_lines(preview, "Plan", Settings()))
    assert "2 reports on milestones and indicators" in preview_summary(preview)
    assert "1. Plan: met on 2031-03-04" in changed_item_text(preview, changed, {})
    move(other, file)
    # Nothing is news after that, and the earlier file takes nothing back.
    assert not preview_of_files(other, file).anything
    again = preview_of_files(other, earlier)
    assert not again.anything
    assert "1 row of 'items' has a report that is not taken: the register has one of its day or later" in [
        one.what for one in again.problems
    ]
    assert verified(other) == []


def test_evidence_that_was_corrected_on_the_same_day_is_told_where_its_register_moves_again(
    new_register: Callable[[], Database], tmp_path: Path
) -> None:
    database = new_register()
    register_with_reports(database)
    report(database, "A-1", done="Dug.", as_of=LATER, evidence="Minutes, p. 3")
    meet(database, "A-1", 1, LATER, at=noon(LATER))
    (earlier,) = exported(database, RegisterForm.XLSX, tmp_path / "first")
    report(database, "A-1", done="Dug.", as_of=LATER, evidence="Minutes, p. 4")
    (file,) = exported(database, RegisterForm.XLSX, tmp_path / "second")
    other = new_register()
    move(other, earlier)

    preview = preview_of_files(other, file)

    assert not preview.anything
    told = [one.what for one in preview.problems]
    assert "1 row of 'items' has a report that is not taken: the register has one of its day or later" in told


def test_an_item_that_was_split_or_merged_is_merged_into_the_same_item_where_its_register_moves(
    new_register: Callable[[], Database], tmp_path: Path
) -> None:
    database = new_register()
    facts = {"kind": "task", "theme": ("Roads",), "lead": "Office", "start": STARTS, "due": ENDS}
    items = [item(row, code=code, title=code, **facts) for row, code in enumerate(("A-1", "A-2", "A-3"), 2)]
    import_register(database, register(*items), as_of=STARTS)
    report(database, "A-1", phase=Phase.MERGED, as_of=LATER, merged_into="A-3", ending_reason="One bridge.")
    (file,) = exported(database, RegisterForm.XLSX, tmp_path)
    other = new_register()

    preview = preview_of_files(other, file)
    first = next(one for one in preview.new if one.code == "A-1")

    assert preview.blockers == ()
    assert "report as of 2031-03-04: merged into A-3" in new_item_text(preview, first, {})
    write(other, preview)
    with other.reading() as session:
        made = session.execute(select(StatusUpdate)).scalar_one()
        assert (made.phase, made.merged_into, made.ending_reason) == (Phase.MERGED, "A-3", "One bridge.")
        assert (made.as_of, made.ended_on) == (LATER, LATER)
    assert not preview_of_files(other, file).anything
    take_back(other)
    assert verified(other) == []


def test_a_merger_that_was_reported_after_the_register_moved_comes_with_its_next_export(
    new_register: Callable[[], Database], tmp_path: Path
) -> None:
    database = new_register()
    register_with_reports(database)
    facts = {"kind": "task", "theme": ("Roads",), "lead": "Office", "start": STARTS, "due": ENDS}
    (earlier,) = exported(database, RegisterForm.XLSX, tmp_path / "first")
    import_register(database, register(item(2, code="A-2", title="Bridge", **facts)), as_of=STARTS)
    report(database, "A-1", phase=Phase.MERGED, as_of=LATER, merged_into="A-2", ending_reason="One bridge.")
    (file,) = exported(database, RegisterForm.XLSX, tmp_path / "second")
    other = new_register()
    move(other, earlier)

    move(other, file)

    with other.reading() as session:
        newest = session.execute(select(StatusUpdate).order_by(StatusUpdate.id.desc()).limit(1)).scalar_one()
        assert (newest.phase, newest.merged_into, newest.as_of) == (Phase.MERGED, "A-2", LATER)


def test_a_merged_item_counts_if_the_item_that_continues_it_is_not_here(
    sqlite_register: Database, new_register: Callable[[], Database], tmp_path: Path
) -> None:
    (file,) = exported(sqlite_register, RegisterForm.XLSX, tmp_path)
    cells = (("items", "phase", "merged"), ("items", "became", "split into T-002, Z-9\nmerged into Z-9"))

    preview = preview_with(new_register(), file, *cells)

    assert [one.do for one in preview.problems if "was merged into Z-9" in one.what] == [
        "Import the row of Z-9 as well, or report what became of this item"
    ]


def test_items_that_are_merged_in_a_circle_are_refused_and_nothing_is_written(
    new_register: Callable[[], Database], tmp_path: Path
) -> None:
    database = new_register()
    facts = {"kind": "task", "theme": ("Roads",), "lead": "Office", "start": STARTS, "due": ENDS}
    items = [item(row, code=code, title=code, **facts) for row, code in enumerate(("A-1", "A-2"), 2)]
    import_register(database, register(*items), as_of=STARTS)
    report(database, "A-1", phase=Phase.MERGED, as_of=LATER, merged_into="A-2", ending_reason="One bridge.")
    (file,) = exported(database, RegisterForm.XLSX, tmp_path)
    book = openpyxl.load_workbook(file)
    heads = [cell.value for cell in book["items"][1]]
    for column in ("phase", "ended_on", "reported_on", "ending_reason"):
        place = heads.index(column) + 1
        book["items"].cell(3, place).value = book["items"].cell(2, place).value
    book["items"].cell(3, heads.index("became") + 1).value = "merged into A-1"
    book.save(file)
    other = new_register()

    with pytest.raises(NotAllowedError, match="merged in a circle"):
        write(other, preview_of_files(other, file))

    with other.reading() as session:
        assert session.execute(select(StatusUpdate)).all() == []


def test_an_item_whose_code_changed_since_the_register_moved_is_the_same_item(
    new_register: Callable[[], Database], tmp_path: Path
) -> None:
    database = new_register()
    register_with_reports(database)
    (earlier,) = exported(database, RegisterForm.XLSX, tmp_path / "first")
    with database.writing() as session:
        edit_item(writing_by(session, ACTOR, noon(LATER), LATER), "A-1", ItemEdit(code="B-7"), "So decided.")
    report(database, "B-7", done="Half of it", as_of=LATER)
    (file,) = exported(database, RegisterForm.XLSX, tmp_path / "second")
    other = new_register()
    move(other, earlier)

    preview = preview_with(other, file, ("items", "comes_from", told_former_code("A-1", LATER)))

    (changed,) = preview.changed
    assert (preview.new, changed.matched) == ((), "had the code A-1")
    assert ("A-1", "B-7") in [(change.old, change.new) for change in changed.written]
    write(other, preview)
    assert not preview_of_files(other, file).anything


def test_a_former_code_that_another_row_has_now_is_of_that_one(
    new_register: Callable[[], Database], tmp_path: Path
) -> None:
    database = new_register()
    register_with_reports(database)
    (earlier,) = exported(database, RegisterForm.XLSX, tmp_path / "first")
    with database.writing() as session:
        edit_item(writing_by(session, ACTOR, noon(LATER), LATER), "A-1", ItemEdit(code="B-7"), "So decided.")
    facts = {"kind": "task", "theme": ("Roads",), "lead": "Office", "start": STARTS, "due": ENDS}
    import_register(database, register(item(2, code="A-1", title="Bridge", **facts)), as_of=LATER)
    (file,) = exported(database, RegisterForm.XLSX, tmp_path / "second")
    other = new_register()
    move(other, earlier)

    preview = preview_with(other, file, ("items", "comes_from", told_former_code("A-1", LATER)))

    assert [one.matched for one in preview.changed if one.matched.startswith("had")] == []


def test_the_day_of_a_report_in_a_row_that_somebody_added_is_told(sqlite_register: Database, tmp_path: Path) -> None:
    (file,) = exported(sqlite_register, RegisterForm.XLSX, tmp_path, origin_now)
    cells: list[tuple[str, str, date | int | str]] = [("items", "code", "K-50"), ("items", "title", "Dredge the canal")]
    cells += [("items", "exported_from", ""), ("items", "reported_on", DAY)]

    preview = preview_with(sqlite_register, file, *cells)

    assert "the column 'reported_on' has 1 reported value of a new item that this import does not take" in [
        one.what for one in preview.problems
    ]


def test_a_register_that_moves_keeps_since_when_its_items_are_in_the_plan(
    new_register: Callable[[], Database], tmp_path: Path
) -> None:
    file = exported_with_a_later_item(new_register(), tmp_path)

    other = new_register()
    preview = preview_of_files(other, file)
    assert [(one.code, one.added_on) for one in preview.new] == [("A-1", None), ("A-2", LATER)]
    text = new_item_text(preview, preview.new[1], {})
    assert "in the plan from 2031-03-04 on: its theme was added then, or its row says so" in text
    move(other, file)
    (again,) = exported(other, RegisterForm.JSON, tmp_path / "again")
    rows = json.loads(again.read_bytes())["items"]
    assert [row.get("added_on") for row in rows] == [None, "2031-03-04"]


@pytest.mark.parametrize(("day", "told"), [(date(2030, 3, 4), 1), (date(2040, 3, 4), 1), (STARTS, 0)])
def test_a_day_that_the_plan_does_not_have_says_nothing_of_since_when_it_has_an_item(
    new_register: Callable[[], Database], tmp_path: Path, day: date, told: int
) -> None:
    file = exported_with_a_later_item(new_register(), tmp_path)

    preview = preview_with(new_register(), file, ("items", "added_on", day))

    assert preview.new[0].added_on is None
    what = "the column 'added_on' has 1 reported value of a new item that this import does not take"
    assert [one.what for one in preview.problems].count(what) == told


def test_since_when_an_item_is_in_the_plan_is_for_reading_in_its_own_register(
    new_register: Callable[[], Database], tmp_path: Path
) -> None:
    database = new_register()
    file = exported_with_a_later_item(database, tmp_path)
    assert preview_of_files(database, file).problems == ()

    preview = preview_with(database, file, ("items", "added_on", LATER))

    assert not preview.anything
    assert [(one.place.sheet, one.place.row) for one in preview.problems] == [("items", 2)]


def exported_with_a_later_item(database: Database, folder: Path) -> Path:
    """Export a register with an item that was in its plan from the beginning, and another one that came later."""
    facts = {"kind": "task", "theme": ("Roads",), "lead": "Office", "start": ENDS, "due": ENDS}
    first = register(item(2, code="A-1", title="Road", **facts))
    import_register(database, first, as_of=STARTS)
    both = register(item(2, code="A-1", title="Road", **facts), item(3, code="A-2", title="Bridge", **facts))
    write(database, preview_of(database, both, as_of=LATER), day=LATER)
    (file,) = exported(database, RegisterForm.XLSX, folder / "exported", origin_now)
    return file
