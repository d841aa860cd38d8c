"""Items that may be those of the register because of their titles, their leads and their dates."""

from datetime import date
from typing import Any

import pytest

from planner.domain.vocabulary import Basis
from planner.intake.comparing.matching import Decisions
from planner.intake.proposed import Severity
from tests.intake.comparing.test_compare import QUAY, preview, replace_basis, stored, stored_item, words
from tests.intake.proposals import item, register

DUE = date(2027, 6, 30)


def registered(code: str, title: str, **values: Any) -> Any:
    return replace_basis(stored_item(1, code, title, lead="roads", due=DUE, **values), Basis.REGISTERED)


@pytest.mark.parametrize("title", ["建设综合保税区", "建设综合保税区（二期）"])
def test_a_like_title_with_the_same_lead_and_date_is_asked(title: str) -> None:
    known = stored(registered("1", "建设综合保税区项目"))
    found = preview(register(item(3, title=title, lead="Roads", due=DUE)), known)
    (asked,) = [one for one in found.problems if one.severity is Severity.QUESTION]
    assert asked.choices == ("1", "new")
    # With another date or another lead, it is another task.
    for other in ({"lead": "Roads", "due": date(2027, 9, 30)}, {"lead": "Office", "due": DUE}):
        assert not preview(register(item(3, title=title, **other)), known).blockers


def test_quite_another_title_for_a_code_is_remarked() -> None:
    known = stored(registered("R-1", "Mend the old quay"))
    found = preview(register(item(3, code="R-1", title="Train 20 pilots", lead="Roads", due=DUE)), known)
    assert words(found) == [
        (Severity.REMARK, "R-1 of the register is 'Mend the old quay', which is quite another title")
    ]
    assert preview(register(item(3, code="R-1", title="Mend the quays", lead="Roads", due=DUE)), known).problems == ()
    # A working title is only a placeholder.
    working = stored(stored_item(1, "R-1", "Mend the old quay"))
    assert preview(register(item(3, code="R-1", title="Train 20 pilots")), working).problems == ()


@pytest.mark.parametrize(
    ("code", "title", "asked"),
    [
        ("39", "Train the harbour pilots", True),
        ("第39项", "Train the harbour pilots", True),
        ("39", "Train the harbour clerks of the port", True),
        # At least 85% alike, and a code that an office gives one item.
        ("39", "Train all the harbour clerks", False),
        ("KP-39", "Train the harbour pilots", False),
        ("2.1.39", "Train the harbour pilots", False),
    ],
)
def test_a_number_alone_with_a_title_that_is_not_much_alike_is_asked_about(
    code: str, title: str, *, asked: bool
) -> None:
    known = stored(registered(code, "Train the harbour clerks"))

    found = preview(register(item(3, code=code, title=title)), known)

    assert [one.choices for one in found.blockers] == ([(code, "new")] if asked else [])
    if asked:
        assert f"'Train the harbour clerks', not '{title}' (" in found.blockers[0].what


def test_a_question_names_the_titles_of_the_file_and_of_all_that_can_be_meant() -> None:
    known = stored(stored_item(1, "T-1", "Mend the old quay"), stored_item(2, "T-2", "Mend the new quay"))

    (asked,) = preview(register(item(3, code="KP-7", title="Mend the old quays")), known).blockers

    assert asked.what.startswith("this item, 'Mend the old quays', may be T-1 of the register, 'Mend the old quay'")
    assert asked.what.endswith("; less likely: T-2 'Mend the new quay' (76%)")


def test_what_is_less_alike_than_the_likely_is_asked_even_if_these_are_accepted() -> None:
    known = stored(stored_item(1, "T-1", "Mend the old quay"))
    likely = Decisions(likely=True)

    (asked,) = preview(register(item(3, code="KP-7", title="Mend the quay wall")), known, decisions=likely).blockers

    assert asked.choices == ("T-1", "new")
    assert not preview(register(item(3, code="KP-7", title="Mend the old quays")), known, decisions=likely).blockers


def test_two_items_that_are_nearly_as_alike_are_asked_about_even_if_likely_matches_are_accepted() -> None:
    names = ("north", "south")
    quays = [stored_item(n, f"T-{n}", f"Mend the quay of the {name} basin") for n, name in enumerate(names, 1)]
    row = register(item(3, code="KP-7", title="Mend the quay of the mouth basin"))
    likely = Decisions(likely=True)

    (asked,) = preview(row, stored(*quays), decisions=likely).blockers

    assert asked.choices == ("T-2", "T-1", "new")
    assert not preview(row, stored(quays[0]), decisions=likely).blockers


@pytest.mark.parametrize("title", ["Mend the old quay.", "Mend the old quay；"])
def test_a_full_stop_behind_a_title_makes_no_other_item(title: str) -> None:
    found = preview(register(item(1, title=title)), stored(QUAY))

    assert (found.blockers, found.new, [one.code for one in found.changed]) == ((), (), ["T-001"])
