"""The text of a preview: bad news first, and everything that a person decides about."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from planner.domain.rules.settings import Settings
from planner.domain.vocabulary import Cadence
from planner.intake.files.reading import read_files
from planner.intake.preview_text import has_more, imported_words, preview_lines, preview_summary, reports_line
from planner.intake.previewing import preview_sheets
from planner.intake.proposed import Field, ProposedItem
from planner.intake.wishes import Wishes
from planner.store.database import Database
from tests.factories import ACTOR, reading_of, report
from tests.intake.imports import DAY, preview_of, write
from tests.intake.proposals import item, part, register


def lines_of(database: Database, *rows: ProposedItem) -> list[str]:
    return list(preview_lines(preview_of(database, register(*rows)), "Plan", Settings()))


def test_bad_news_is_said_first(sqlite_register: Database) -> None:
    report(sqlite_register, "T-001", percent=50, as_of=DAY)
    rows = [
        item(1, code="T-001", percent=60),
        item(2, code="P-9", title="Ask all schools for old charts"),
        item(3, code="P-10", title="Sow", due=date(2020, 1, 1), start=date(2020, 2, 1)),
        item(4, code="T-002", done="Dug the basin"),
    ]

    lines = lines_of(sqlite_register, *rows)

    assert lines[1].startswith("1 error, 1 question, 1 conflict, 2 new items, 1 changed")
    assert lines[2] == "1 report, as of 2020-05-04 (week 2020-W19)"
    assert [line for line in lines if line.endswith(":") and not line.startswith(" ")][:2] == [
        "Problems that prevent the import:",
        "Conflicts with what people entered:",
    ]
    blockers = lines[lines.index("Problems that prevent the import:") + 1 :]
    assert blockers[0].startswith("  Error: ")
    assert blockers[1].startswith("  Question: ")


def test_a_new_theme_is_named_with_all_themes_around_it(sqlite_register: Database) -> None:
    lines = lines_of(sqlite_register, item(1, code="X-1", title="Sow", theme=("Green", "Parks", "Trees")))
    assert [line.split(": ")[1] for line in lines if line.startswith("  theme ")] == [
        "Green",
        "Green > Parks",
        "Green > Parks > Trees",
    ]


def test_a_title_whose_formula_has_no_value_is_one_error_and_an_empty_title_another(
    sqlite_register: Database, tmp_path: Path
) -> None:
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    for row in (("Task", "Lead"), ("=1+1", "Harbour Office"), (None, "Harbour Office"), ("Sow", "Harbour Office")):
        page.append(row)
    book.save(tmp_path / "plan.xlsx")
    read = read_files([tmp_path / "plan.xlsx"])

    with sqlite_register.reading() as session:
        preview = preview_sheets(reading_of(session, DAY), ACTOR, read.sheets, read.problems, Wishes(as_of=DAY))

    assert [(str(one.place), one.what) for one in preview.blockers] == [
        ("plan.xlsx: Sheet!3", "the row has no title"),
        ("plan.xlsx: Sheet!A2", "this cell has a formula without a stored value"),
    ]


def test_a_new_item_tells_its_milestones_from_its_indicators_and_shows_no_day_that_is_not_stored(
    sqlite_register: Database,
) -> None:
    row = item(
        1,
        code="P-9",
        title="Sow a meadow",
        milestones=[part(1, title="Sown", date=date(2020, 6, 30)), part(2, title="Mown")],
        indicators=[
            part(1, name="Meadows", target=3.0, unit="ha", due=date(2020, 12, 31)),
            part(1, name="6月底前开工6个", due=date(2020, 6, 30)),
        ],
    )
    preview = preview_of(sqlite_register, register(row))
    lines = list(preview_lines(preview, "Plan", Settings()))
    assert [line.strip() for line in lines if line.strip().startswith(("milestone ", "indicator "))] == [
        "milestone 1. Sown (2020-06-30)",
        "milestone 2. Mown (2020-12-31, assumed)",
        "indicator 1. Meadows (3 ha by 2020-12-31)",
        "indicator 2. 6月底前开工6个 (no target was read)",
    ]
    assert Field.DUE not in preview.new[0].indicators[1].facts
    write(sqlite_register, preview)


def test_new_item_shows_who_and_why_and_what_was_reported(sqlite_register: Database) -> None:
    row = item(
        1,
        code="P-9",
        title="Sow a meadow",
        supporting=("Harbour Office", "Town Archive"),
        note="Behind the school. " * 20,
        source="Council decision 7",
        percent=40,
        done="Bought seeds",
        help_needed="A tractor",
    )

    lines = lines_of(sqlite_register, row)

    assert any("supporting Harbour Office; Town Archive · theme" in line for line in lines)
    assert "    source Council decision 7" in lines
    (note,) = (line for line in lines if line.startswith("    note Behind"))
    assert note.endswith("…")
    assert lines[lines.index("    report as of 2020-05-04: in progress 40%") + 1 :][:2] == [
        "      done: Bought seeds",
        "      help needed: A tractor",
    ]


def test_what_changes_beside_items_is_counted(sqlite_register: Database) -> None:
    row = item(
        1,
        code="P-9",
        title="Sow a meadow",
        lead="Meadow Trust",
        theme=("Meadows",),
        accountable="Mina Park",
        kind="Service",
        milestones=[part(1, title="Sown"), part(1, title="Mown")],
        indicators=[part(1, name="Meadows", target=3)],
    )
    old = item(2, code="T-001", milestones=[part(2, title="Looked at")])
    names = [part(3, key="harbour-office", name="Office of the Harbour")]

    preview = preview_of(sqlite_register, register(row, old, organisations=names))
    imported = write(sqlite_register, preview)

    beside = (
        "3 new milestones, 1 new indicator, 1 new theme, 1 new organisation, 1 organisation changed, 1 new person, "
        "1 new kind of item"
    )
    assert preview_summary(preview).startswith(f"1 new item, 1 changed, {beside}, 0 unchanged")
    assert imported_words(imported) == f"Imported: 1 new item, 1 changed, 0 reports, {beside}."


def test_all_entries_are_listed_on_request(sqlite_register: Database) -> None:
    rows = [item(number, code=f"P-{number}", title=f"Work {number}") for number in range(100, 150)]
    preview = preview_of(sqlite_register, register(*rows))

    assert has_more(preview)
    assert "  and 10 more" in preview_lines(preview, "Plan", Settings())
    assert "  P-149 Work 149" in preview_lines(preview, "Plan", Settings(), None)
    assert preview_summary(preview).startswith("50 new items")


@pytest.mark.parametrize(
    ("cadence", "period"),
    [(Cadence.MONTHLY, "May 2020"), (Cadence.QUARTERLY, "Q2 2020"), (Cadence.WEEKLY, "week 2020-W19")],
)
def test_reports_are_of_the_reporting_period_of_the_plan(
    sqlite_register: Database, cadence: Cadence, period: str
) -> None:
    preview = preview_of(sqlite_register, register(item(4, code="T-002", done="Dug the basin")))

    lines = list(preview_lines(preview, "Plan", Settings(cadence=cadence, plan_starts=date(2020, 1, 1))))

    assert lines[2] == f"1 report, as of 2020-05-04 ({period})"


def test_the_first_and_the_last_day_of_reports_with_days_of_their_own_are_told(sqlite_register: Database) -> None:
    preview = preview_of(
        sqlite_register, register(item(4, code="T-001", done="Dug"), item(5, code="T-002", done="Dug the basin"))
    )
    first, second = preview.changed
    assert first.report is not None
    earlier = replace(first, report=replace(first.report, as_of=date(2020, 3, 4)))

    line = reports_line(replace(preview, changed=(earlier, second)), Settings())

    assert line == "2 reports, as of 2020-03-04 to 2020-05-04"
