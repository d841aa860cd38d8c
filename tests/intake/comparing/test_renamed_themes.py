"""A new title of the files that can be that of a theme of the register under another title is asked about, once."""

from datetime import date

import pytest

from planner.domain.vocabulary import Basis
from planner.intake.comparing.preview import Preview
from planner.intake.comparing.stored import StoredTheme
from planner.intake.proposed import Field, Severity
from planner.store.database import Database
from planner.writes.undo import undo
from tests.factories import ACTOR, noon, writing_by
from tests.intake.comparing.test_compare import preview, replace_basis, stored, stored_item
from tests.intake.comparing.test_older_reports import previewed
from tests.intake.imports import write
from tests.intake.proposals import item, part, register

APRIL = date(2020, 4, 1)
TWO_TITLES = ((1, "Sow grass", "Roads and bridges"), (2, "Buy boats", "Roads and canals"))
ANSWERS = ("renamed", "same", "new")
MEADOWS = "Code|Task|Theme\nX-1|Sow|Meadows\nX-2|Mow|Meadows\nX-3|Dig|Lakes"


def asked(found: Preview) -> list[str]:
    return [one.what for one in found.problems if one.severity is Severity.QUESTION]


@pytest.mark.parametrize(
    ("old", "new", "is_asked"),
    [
        ("Roads", "Roads and bridges", True),
        ("Economic development", "Economy and development", True),
        ("经济", "经济发展", True),
        ("推动高质量发展", "推进经济高质量发展", True),
        ("一期工程", "二期工程", False),
        ("Lot A", "Lot B", False),
        ("Art", "Smart city", False),
    ],
)
def test_a_title_that_contains_another_or_is_much_like_it_is_asked_about(old: str, new: str, *, is_asked: bool) -> None:
    """The theme has further items, which stay in it, so that only the titles speak."""
    known = stored(
        *(stored_item(n, f"T-{n}", f"Task {n}") for n in (1, 2)), themes=[StoredTheme(1, (old,), None, None)]
    )

    found = preview(register(item(1, code="T-1", theme=new)), known)

    what = f"'{new}' can be the new title of the theme '{old}': 1 of its 2 items have it in the files"
    assert asked(found) == ([what] if is_asked else [])


def test_another_title_of_all_items_of_a_theme_is_asked_about_however_unlike_it_is() -> None:
    items = [stored_item(n, f"T-{n}", f"Task {n}") for n in (1, 2)]
    registered = [replace_basis(one, Basis.REGISTERED) for one in items]
    rows = register(*(item(n, code=f"T-{n}", theme="Getting about") for n in (1, 2)))

    assert len(asked(preview(rows, stored(*registered)))) == 1
    # The program put these items into the first theme, because no file named one.
    assert asked(preview(rows, stored(*items))) == []
    # One item can have got another theme alone.
    assert asked(preview(register(item(1, code="T-1", theme="Getting about")), stored(registered[0]))) == []


def test_a_theme_that_the_files_name_too_has_no_other_title() -> None:
    known = stored(stored_item(1, "T-1", "Task 1"))
    rows = [item(1, code="T-1", theme="Roads and bridges"), item(2, code="T-2", title="B", theme="道路")]

    assert asked(preview(register(*rows), known)) == []


def test_items_that_the_register_has_in_other_themes_speak_against_it() -> None:
    known = stored(*(stored_item(n, f"T-{n}", f"Task {n}", theme=2) for n in (1, 2)))

    assert asked(preview(register(item(1, code="T-1", theme="Roads and bridges")), known)) == []


@pytest.mark.parametrize("file", ["column", "sections"])
def test_the_answer_decides_about_the_theme_and_is_kept(sqlite_register: Database, file: str) -> None:
    write(sqlite_register, previewed(sqlite_register, MEADOWS, APRIL), day=APRIL)
    later = "Code|Task|Theme\nX-1|Sow|Meadows and parks\nX-2|Mow|Meadows and parks"
    if file == "sections":
        later = "Code|Task|Lead\n一、Meadows and parks||\nX-1|Sow|\nX-2|Mow|"

    found = previewed(sqlite_register, later, APRIL)

    (question,) = found.blockers
    assert (question.choices, found.changed, found.themes) == (ANSWERS, (), ())
    by_answer = {one: previewed(sqlite_register, later, APRIL, answers={question.key: one}) for one in ANSWERS}
    assert [[(one.before, one.title) for one in by_answer[said].renamed_themes] for said in ANSWERS] == [
        [("Meadows", "Meadows and parks")],
        [],
        [],
    ]
    assert [len(by_answer[said].changed) for said in ANSWERS] == [0, 0, 2]
    assert not [one for said in ANSWERS for one in by_answer[said].problems if "theme" in one.what]
    write(sqlite_register, by_answer["renamed"], day=APRIL)
    again = previewed(sqlite_register, later, APRIL)
    assert (asked(again), again.anything) == ([], False)


def test_a_row_of_a_list_of_themes_with_the_number_of_a_theme_is_asked_about() -> None:
    known = stored(stored_item(1, "T-1", "Task 1"))
    found = preview(register(themes=[part(1, number=1, title="Roads and bridges")]), known)

    assert [(one.choices, one.field) for one in found.blockers] == [(ANSWERS, None)]
    new = preview(
        register(themes=[part(1, number=1, title="Roads and bridges")]), known, answers={"plan.csv!B1": "new"}
    )
    assert [one.title for one in new.themes] == ["Roads and bridges"]
    assert [one.field for one in new.problems] == [Field.TITLE]


def test_a_question_about_a_theme_stays_when_people_say_which_items_the_rows_are() -> None:
    """Its answer counts, although the items that they name are in other themes."""
    items = [stored_item(n, f"T-{n}", f"Sow the meadow {n}", theme=theme) for n, theme in ((1, 1), (2, 2), (3, 2))]
    known = stored(*items, themes=[StoredTheme(1, ("Roads",), None, None), StoredTheme(2, ("Parks",), None, None)])
    rows = [item(n, title=f"Sow the meadows {n}", theme="Roads and bridges") for n in (2, 3)]
    answers = {one.key: "same" for one in preview(register(*rows), known).blockers if one.choices == ANSWERS}

    found = preview(register(*rows), known, answers={**answers, "plan.csv!A2": "T-2", "plan.csv!A3": "T-3"})

    assert (found.blockers, found.themes, [one.code for one in found.changed]) == ((), (), ["T-2", "T-3"])


def test_two_titles_of_one_theme_are_both_asked_about_and_only_one_is_its_new_one() -> None:
    known = stored(stored_item(1, "T-1", "Task 1"), themes=[StoredTheme(1, ("Roads",), None, None)])
    rows = [item(n, code=f"N-{n}", title=title, theme=theme) for n, title, theme in TWO_TITLES]
    first, second = (one.key for one in preview(register(*rows), known).blockers)

    (again,) = preview(register(*rows), known, answers={first: "renamed", second: "renamed"}).blockers
    both = preview(register(*rows), known, answers={first: "renamed", second: "same"})

    assert (again.key, again.choices) == (second, ("same", "new"))
    assert (both.blockers, both.themes, [one.title for one in both.renamed_themes]) == ((), (), ["Roads and bridges"])


def test_a_title_that_an_undone_import_gave_is_asked_about_again(sqlite_register: Database) -> None:
    write(sqlite_register, previewed(sqlite_register, MEADOWS, APRIL), day=APRIL)
    later = MEADOWS.replace("Meadows", "Meadows and parks")
    (question,) = previewed(sqlite_register, later, APRIL).blockers
    said = {question.key: "renamed"}
    write(sqlite_register, previewed(sqlite_register, later, APRIL, answers=said), day=APRIL)

    with sqlite_register.writing() as session:
        undo(writing_by(session, ACTOR, noon(APRIL), APRIL), import_only=True)

    assert len(asked(previewed(sqlite_register, later, APRIL))) == 1
    assert len(previewed(sqlite_register, later, APRIL, answers=said).renamed_themes) == 1


def test_a_title_that_people_said_means_a_theme_is_not_asked_about_in_other_files(sqlite_register: Database) -> None:
    write(sqlite_register, previewed(sqlite_register, MEADOWS, APRIL), day=APRIL)
    other = "Code|Task|Theme\nX-1|Sow|Meadows and parks\nX-2|Mow|Meadows and parks"
    (question,) = previewed(sqlite_register, other, APRIL).blockers
    said = previewed(sqlite_register, other, APRIL, answers={question.key: "same"})

    write(sqlite_register, said, day=APRIL)

    later = previewed(sqlite_register, f"{other}\nX-4|Rake|Meadows and parks", APRIL)
    assert (asked(later), later.themes, later.changed) == ([], (), ())
    with sqlite_register.writing() as session:
        undo(writing_by(session, ACTOR, noon(APRIL), APRIL), import_only=True)
    assert len(asked(previewed(sqlite_register, other, APRIL))) == 1
