"""Items to which the program gave a code, and the code that the office gives them later."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from planner.domain.made_codes import is_made
from planner.intake.comparing.preview import Preview
from planner.intake.proposed import Field, ProposedItem
from planner.queries.items.item import read_item_detail
from planner.store.database import Database
from planner.writes.plan_changes.items import NewItem, add_item
from planner.writes.undo import undo
from tests.factories import ACTOR, noon, reading_of, report, writing_by
from tests.intake import test_export_moments as moments
from tests.intake.imports import DAY, import_register, preview_of, verified, write
from tests.intake.proposals import item, register

TITLE = "Build a station for pilots"


def office(*rows: tuple[str | None, str], lead: str | None = None) -> list[ProposedItem]:
    more: dict[str, Any] = {} if lead is None else {"lead": lead}
    return [item(at, code=code, title=title, **more) for at, (code, title) in enumerate(rows, 2)]


def added(new_register: Any) -> Database:
    """A register with CD-1 to CD-11, and with an item without a code."""
    database: Database = new_register()
    coded = [(f"CD-{number}", f"Survey basin {number}") for number in range(1, 12)]
    import_register(database, register(*office(*coded, (None, TITLE), lead="harbour-office")))
    return database


def codes(preview: Preview) -> list[str]:
    return [one.code for one in preview.new]


def test_an_item_without_a_code_never_gets_the_next_number_of_the_office(new_register: Any) -> None:
    database = added(new_register)
    preview = preview_of(database, register(*office(("CD-12", "Dredge the channel"))))
    # The real CD-12 is another item, and nothing is asked.
    assert (codes(preview), preview.changed, preview.blockers) == (["CD-12"], (), ())
    assert "nocode-1" in {one.code for one in preview.missing}


def test_the_office_s_code_replaces_it_where_the_titles_are_equal(sqlite_register: Database) -> None:
    database = sqlite_register
    import_register(database, register(*office((None, TITLE), lead="harbour-office")))
    report(database, "nocode-1", percent=10, done="The site was chosen.", as_of=DAY)

    preview = preview_of(database, register(*office(("CD-12", TITLE))))

    assert preview.blockers == ()
    assert codes(preview) == []
    assert [(one.code, [(c.field, c.new) for c in one.changes]) for one in preview.changed] == [
        ("nocode-1", [(Field.CODE, "CD-12")])
    ]
    write(database, preview)
    with database.reading() as session:
        assert read_item_detail(reading_of(session, DAY), "CD-12").reports[0].done == "The site was chosen."
    again = preview_of(database, register(*office(("CD-12", TITLE))))
    assert (again.anything, again.blockers, verified(database)) == (False, (), [])
    more = preview_of(database, register(*office((None, "Paint the lighthouse"))))
    assert codes(more) == ["nocode-2"]
    with database.writing() as session:
        undo(writing_by(session, ACTOR, noon(DAY), DAY))
    with database.reading() as session:
        assert read_item_detail(reading_of(session, DAY), "nocode-1").item.title == TITLE


def test_it_also_replaces_the_code_of_an_item_that_an_act_added(sqlite_register: Database) -> None:
    new = NewItem("", TITLE, "1", "harbour-office", date(2020, 12, 31), "task")
    with sqlite_register.writing() as session:
        add_item(writing_by(session, ACTOR, noon(DAY), DAY), new, "So decided.")
    [changed] = preview_of(sqlite_register, register(*office(("CD-12", TITLE)))).changed
    assert [change.new for change in changed.changes if change.field is Field.CODE] == ["CD-12"]
    assert changed.conflicts == ()


def test_a_like_title_and_another_lead_are_asked_about(new_register: Any) -> None:
    database = added(new_register)
    like = preview_of(database, register(*office(("CD-12", "Build one station for pilots"))))
    led = preview_of(database, register(*office(("CD-12", TITLE), lead="town-archive")))
    for preview in (like, led):
        (asked,) = preview.blockers
        assert asked.choices == ("nocode-1", "new")


def test_two_items_with_one_title_are_asked_about(new_register: Any) -> None:
    database = added(new_register)
    preview = preview_of(database, register(*office(("CD-12", TITLE), ("CD-13", TITLE))))
    assert len(preview.blockers) == 2


def test_a_code_of_the_program_replaces_no_code_of_the_office(new_register: Any) -> None:
    database = added(new_register)
    rows = office(("nocode-9", "Survey basin 3"))
    preview = preview_of(database, register(*rows), answers={"plan.csv!A2": "CD-3"})
    assert not preview.blockers
    assert not any(change.field is Field.CODE for one in preview.changed for change in one.changes)


def test_a_code_that_another_register_made_is_asked_about_if_the_title_is_another(new_register: Any) -> None:
    database = added(new_register)
    preview = preview_of(database, register(*office(("nocode-1", "Paint the lighthouse"))))
    (asked,) = preview.blockers
    assert asked.choices == ("nocode-1", "new")
    new = preview_of(database, register(*office(("nocode-1", "Paint the lighthouse"))), answers={asked.key: "new"})
    assert codes(new) == ["nocode-2"]


def test_it_stays_through_export_and_import_until_somebody_types_the_office_s(
    new_register: Any, tmp_path: Path
) -> None:
    database = added(new_register)
    file = moments.exported(database, tmp_path)
    unchanged = moments.preview_of(database, file)
    assert (unchanged.anything, unchanged.blockers) == (False, ())

    moments.edit(file, "code", "CD-12", code="nocode-1")
    preview = moments.preview_of(database, file)

    assert preview.blockers == ()
    assert [(one.code, [(c.field, c.new) for c in one.changes]) for one in preview.changed] == [
        ("nocode-1", [(Field.CODE, "CD-12")])
    ]
    assert not any(is_made(one.code) for one in preview.new)


def test_the_title_of_an_item_without_a_code_is_asked_about_if_the_code_is_of_another_item(new_register: Any) -> None:
    database = added(new_register)
    rows = register(*office(("CD-3", TITLE)))
    (asked,) = preview_of(database, rows).blockers
    assert asked.choices == ("CD-3", "nocode-1")
    by_title = preview_of(database, register(*office(("CD-3", TITLE))), answers={asked.key: "nocode-1"})
    assert (codes(by_title), by_title.changed, by_title.blockers) == ([], (), ())
    # Two items with codes of the office go by them.
    assert preview_of(database, register(*office(("CD-3", "Survey basin 4")))).blockers == ()


def numbered(*rows: tuple[str, str]) -> list[ProposedItem]:
    """Rows whose column of running numbers serves as their codes."""
    return [
        item(at, code=number, number=number, title=title, lead="harbour-office")
        for at, (number, title) in enumerate(rows, 2)
    ]


def new_codes(preview: Preview) -> dict[str, object]:
    return {one.code: change.new for one in preview.changed for change in one.changes if change.field is Field.CODE}


@pytest.mark.parametrize(
    ("first", "later", "expected"),
    [
        ("KP-7", "KP-7A", "KP-7A"),
        ("第39项", "第41项", "第41项"),
        ("7", "8", "8"),
        # Another list has other numbers of the same items, but no number with letters of its own.
        ("3", "8", None),
        ("3", "KP-7A", "KP-7A"),
    ],
)
def test_a_number_typed_later_replaces_it_if_numbers_are_the_codes(
    new_register: Any, first: str, later: str, expected: str | None
) -> None:
    database = new_register()
    coded = "7" if first == "3" else first
    import_register(database, register(*numbered((coded, "Dredge the channel")), *office((None, TITLE))))
    preview = preview_of(database, register(*numbered((first, "Dredge the channel"), (later, TITLE))))
    assert (codes(preview), preview.blockers) == ([], ())
    assert new_codes(preview) == ({"nocode-1": expected} if expected else {})
    told = [one.what for one in preview.problems if "running number" in one.what]
    assert bool(told) == (first == "3")


def test_numbers_become_the_codes_of_a_register_without_any(new_register: Any) -> None:
    database = new_register()
    import_register(database, register(*office((None, TITLE), (None, "Dredge the channel"), lead="harbour-office")))
    preview = preview_of(database, register(*numbered(("1", TITLE), ("2", "Dredge the channel"))))
    assert new_codes(preview) == {"nocode-1": "1", "nocode-2": "2"}
    write(database, preview)
    again = preview_of(database, register(*numbered(("1", "Dredge the channel"), ("2", TITLE))))
    assert (again.anything, again.blockers) == (False, ())


def test_a_code_of_an_import_that_was_undone_is_not_given_again(sqlite_register: Database) -> None:
    import_register(sqlite_register, register(*office((None, TITLE), lead="harbour-office")))
    with sqlite_register.writing() as session:
        undo(writing_by(session, ACTOR, noon(DAY), DAY))

    other = preview_of(sqlite_register, register(*office((None, "Dredge the channel"), lead="harbour-office")))

    assert codes(other) == ["nocode-2"]
