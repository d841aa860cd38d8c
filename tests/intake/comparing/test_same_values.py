"""Which values of files are the same as those of the register."""

import pytest

from planner.domain.vocabulary import Basis
from planner.intake.comparing.exported.since import Since
from planner.intake.comparing.same_values import is_same
from planner.intake.comparing.stored import StoredMilestone, StoredOrganisation, StoredTheme
from planner.intake.exported_rows import Moment
from planner.intake.proposed import Field
from tests.intake.comparing.test_compare import DAY, preview, replace_basis, stored, stored_item, trees_by, words
from tests.intake.proposals import item, part, register


@pytest.mark.parametrize(
    ("fact", "old", "new"),
    [
        # LibreOffice loses tabs when it saves a workbook as ODS.
        (Field.DONE, "Length\t5 km", "Length5 km"),
        (Field.NOTE, "One\u2028two", "One\ntwo"),
        (Field.NOTE, "\u200b", None),
        (Field.TITLE, "One\u2028two", "One two"),
        (Field.WEIGHT, 1.1, 1.1000000000000003),
        (Field.SUPPORTING, ("b", "a"), ("a", "b")),
    ],
)
def test_what_a_cell_does_not_keep_is_no_difference(fact, old, new):
    assert is_same(fact, old, new)


@pytest.mark.parametrize(
    ("fact", "old", "new"),
    [
        (Field.NOTE, "One\ntwo", "One two"),
        (Field.NOTE, "One two", "Onetwo"),
        (Field.NOTE, "One\ttwo", "One two"),
        (Field.NOTE, "One", None),
        (Field.NOTE, None, "One"),
        (Field.TITLE, "One", "one"),
    ],
)
def test_what_a_person_can_have_changed_is_a_difference(fact, old, new):
    assert not is_same(fact, old, new)


@pytest.mark.parametrize(
    ("fact", "old", "new", "same"),
    [
        (Field.TITLE, "Sow the meadow", "Sow the meadow.", True),
        (Field.NAME, "修建桥梁。", "修建桥梁", True),
        (Field.SHORT_NAME, "Parks Dept.", "Parks Dept", True),
        (Field.TITLE, "Sow it", "Sow it!", False),
        (Field.TITLE, "Sow it", None, False),
        (Field.NOTE, "Sow it", "Sow it.", False),
    ],
)
def test_titles_and_names_can_differ_only_in_a_sign_behind_them(
    fact: Field, old: str, new: str | None, *, same: bool
) -> None:
    assert is_same(fact, old, new, ends_count=False) == same
    assert not is_same(fact, old, new)


def test_a_full_stop_behind_a_title_is_no_change_of_it() -> None:
    known = stored(replace_basis(stored_item(1, "T-1", "Sow the meadow"), Basis.REGISTERED))

    found = [preview(register(item(1, code="T-1", title=one)), known) for one in ("Sow the meadow.", "Sow it.")]

    assert [[change.code for change in one.changed] for one in found] == [[], ["T-1"]]


MENDED = replace_basis(stored_item(1, "T-1", "Sow the meadow"), Basis.REGISTERED)
STEP = StoredMilestone(5, 1, "survey", "Survey 2.0", DAY, DAY, 40.0, "", True)


def test_a_full_stop_behind_the_name_of_a_part_is_no_change_and_adds_no_part() -> None:
    rows = item(1, code="T-1", milestones=[part(1, title="Survey 2.0.")], indicators=[part(1, name="Trees.")])

    found = preview(register(rows), stored(MENDED, milestones={1: [STEP]}, indicators={1: [trees_by(9.0)]}))

    assert found.changed == ()


def test_a_part_is_found_by_a_name_that_ends_like_a_number_in_a_workbook() -> None:
    found = preview(
        register(item(1, code="T-1", milestones=[part(1, title="Survey 2.0")])), stored(MENDED, milestones={1: [STEP]})
    )

    assert found.changed == ()


@pytest.mark.parametrize("named", [{"theme": "Schools."}, {"theme": "道路。"}])
def test_a_full_stop_behind_the_title_of_a_theme_is_not_asked_about(named: dict[str, str]) -> None:
    known = stored(MENDED)

    found = preview(register(item(1, code="T-2", title="Mow it", **named)), known)

    assert (words(found), found.themes) == ([], ())


def test_a_listed_theme_with_a_full_stop_is_the_known_one() -> None:
    found = preview(register(themes=[part(1, number="2", title="Schools.")]), stored(MENDED))

    assert (words(found), found.themes) == ([], ())


@pytest.mark.parametrize("name", ["Roads Department.", "丘陵办公室。"])
def test_a_full_stop_behind_the_name_of_an_organisation_is_not_asked_about(name: str) -> None:
    found = preview(register(item(1, code="T-2", title="Mow it", lead=name)), stored(MENDED))

    assert (words(found), found.organisations) == ([], ())


def test_a_listed_organisation_keeps_its_name_without_the_full_stop_of_a_file() -> None:
    row = part(1, key="roads", name="Roads Department.", short_name="Roads.")

    assert preview(register(organisations=[row]), stored(MENDED)).changed_organisations == ()
    row = part(1, key="roads", name="Ways Department.")
    assert [one.key for one in preview(register(organisations=[row]), stored(MENDED)).changed_organisations] == [
        "roads"
    ]


def test_names_that_only_differ_in_a_full_stop_stay_two_if_the_register_has_both() -> None:
    themes = [StoredTheme(1, ("Roads",), None, "1"), StoredTheme(2, ("Roads.",), None, "2")]
    bodies = [StoredOrganisation("office", ("Office",), False), StoredOrganisation("other", ("Office.",), False)]
    row = item(1, code="T-2", title="Mow it", theme="Roads.", lead="Office.")

    (new,) = preview(register(row), stored(MENDED, themes=themes, organisations=bodies)).new

    assert (new.facts[Field.THEME], new.facts[Field.LEAD]) == (2, "other")


def test_the_author_of_an_exported_row_can_want_a_full_stop() -> None:
    row = item(1, code="T-1", title="Sow the meadow.", milestones=[part(1, key="survey", title="Survey 2.0.")])
    bodies = [part(1, key="roads", name="Roads Department.")]

    found = preview(
        register(row, organisations=bodies), stored(MENDED, milestones={1: [STEP]}), since=lambda _: Since(Moment(7))
    )

    (changed,) = found.changed
    assert [one.new for one in changed.changes] == ["Sow the meadow."]
    assert [one.new for one in changed.changed_parts[0].changes] == ["Survey 2.0."]
    assert [one.new for one in found.changed_organisations[0].changes] == ["Roads Department."]
