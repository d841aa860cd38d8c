"""From which day on the plan has the items that an import adds."""

from datetime import date, timedelta

from sqlalchemy import select

from planner.domain.rules.settings import Settings
from planner.intake.comparing.reading.register import read_whole_register
from planner.intake.preview_text import preview_lines
from planner.integrity.verifying import verify
from planner.store.database import Database
from planner.store.models import Item
from planner.writes.plan_changes.themes import add_theme
from planner.writes.undo import undo
from tests.factories import ACTOR, noon, reading_of, writing_by
from tests.intake.imports import DAY, preview_of, write
from tests.intake.proposals import item, register
from tests.integrity.conftest import no_step

# The day of a file that comes after the first import.
LATER = DAY + timedelta(days=30)
BEFORE = DAY - timedelta(days=1)
TITLES = {"X-1": "Sow a meadow", "X-2": "Print tide tables", "X-3": "Repaint buoys", "X-4": "Hire two divers"}
AT_THE_BEGINNING = "New items, in the plan from its beginning:"


def bring(database: Database, code: str, day: date, as_of: date | None = None) -> tuple[str, date | None]:
    """Import an item. Return what the preview says about its day, and the day that is stored."""
    proposed = register(item(1, code=code, title=TITLES[code]))
    preview = preview_of(database, proposed, as_of=as_of or day)
    write(database, preview, day=day)
    with database.reading() as session:
        stored = session.execute(select(Item.added_on).where(Item.code == code)).scalar_one()
    (said,) = [line for line in preview_lines(preview, "Harbour", Settings()) if line.startswith("New items, ")]
    return said, stored


def test_files_of_the_day_of_the_first_import_give_the_plan_as_it_was_from_its_beginning(
    sqlite_register: Database,
) -> None:
    assert bring(sqlite_register, "X-1", DAY) == (AT_THE_BEGINNING, None)
    assert bring(sqlite_register, "X-2", DAY) == (AT_THE_BEGINNING, None)


def test_a_later_file_adds_items_from_the_day_for_which_it_is_true(sqlite_register: Database) -> None:
    bring(sqlite_register, "X-1", DAY)

    between = DAY + timedelta(days=7)
    assert bring(sqlite_register, "X-2", LATER, between) == ("New items, in the plan from 2020-05-11 on:", between)
    assert bring(sqlite_register, "X-3", LATER) == ("New items, in the plan from 2020-06-03 on:", LATER)
    assert bring(sqlite_register, "X-4", LATER, DAY - timedelta(days=7)) == (AT_THE_BEGINNING, None)


def test_a_later_file_adds_its_themes_from_the_same_day(sqlite_register: Database) -> None:
    bring(sqlite_register, "X-1", DAY)
    proposed = register(item(1, code="X-2", title="Dig a pond", theme="Ponds"))
    write(sqlite_register, preview_of(sqlite_register, proposed, as_of=LATER), day=LATER)

    assert ("Ponds" in themes(sqlite_register, DAY), "Ponds" in themes(sqlite_register, LATER)) == (False, True)
    with sqlite_register.writing() as session:
        undo(writing_by(session, ACTOR, noon(LATER), LATER))
    assert "Ponds" not in themes(sqlite_register, LATER)
    with sqlite_register.reading() as session:
        assert verify(session, no_step).problems == ()


def themes(database: Database, day: date) -> list[str]:
    with database.reading() as session:
        return [theme.title for theme in reading_of(session, day).with_known_plan().plan.themes]


def test_an_import_that_was_undone_is_not_the_first_one(sqlite_register: Database) -> None:
    bring(sqlite_register, "X-1", DAY)
    with sqlite_register.writing() as session:
        undo(writing_by(session, ACTOR, noon(DAY), DAY))

    assert bring(sqlite_register, "X-1", LATER) == (AT_THE_BEGINNING, None)


def test_an_item_of_a_theme_that_was_added_later_is_in_the_plan_from_that_day_on(sqlite_register: Database) -> None:
    with sqlite_register.writing() as session:
        add_theme(writing_by(session, ACTOR, noon(LATER), LATER), "Ponds", "So decided.", as_of=DAY)
    proposed = register(
        item(1, code="X-1", title="Dig a pond", theme="Ponds", percent=10), item(2, code="X-2", title="Sow")
    )

    preview = preview_of(sqlite_register, proposed, as_of=LATER)

    assert [new.added_on for new in preview.new] == [DAY, None]
    lines = list(preview_lines(preview, "Harbour", Settings()))
    assert "    in the plan from 2020-05-04 on: its theme was added then, or its row says so" in lines
    # The heading says it if it is true of all.
    proposed.items.pop()
    alone = list(preview_lines(preview_of(sqlite_register, proposed, as_of=LATER), "Harbour", Settings()))
    assert "New items, in the plan from 2020-05-04 on:" in alone
    assert not any("its row says so" in line for line in alone)
    write(sqlite_register, preview, day=LATER)
    with sqlite_register.reading() as session:
        stored = read_whole_register(reading_of(session, BEFORE), then=True)
    assert "X-1" not in {one.code for one in stored.items}
    assert "X-2" in {one.code for one in stored.items}
    early = preview_of(
        sqlite_register, register(item(1, code="X-3", title="Fill", theme="Ponds", percent=10)), as_of=BEFORE
    )
    assert [problem.what for problem in early.blockers] == [
        "X-3 was added to the plan on 2020-05-04, so there is no report on it as of 2020-05-03"
    ]
