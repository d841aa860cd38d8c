"""What each role may do: the rules as one table, and the same table in the docs."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.domain.rules.permissions import Permission, deeds_of, may, roles_that_may
from planner.domain.vocabulary import Role

PEOPLE_PAGE = (Path(__file__).parents[3] / "docs" / "people.md").read_text(encoding="utf-8")

ON_ITEMS = {
    Permission.REPORT,
    Permission.MOVE_MILESTONE,
    Permission.MOVE_DUE_DATE,
    Permission.CONFIRM,
    Permission.RETURN,
    Permission.ANSWER,
    Permission.ASK_EXTENSION,
    Permission.DECIDE_EXTENSION,
    Permission.ASSESS,
}
ROLES, DEEDS, THEIRS = st.sampled_from(Role), st.sampled_from(Permission), st.booleans()


@given(DEEDS, THEIRS)
def test_an_auditor_does_no_more_than_assess(deed: Permission, theirs: bool) -> None:
    assert may(Role.AUDITOR, deed, theirs=theirs) == (deed in (Permission.ASSESS, Permission.TAKE_BACK))


@given(DEEDS, THEIRS)
def test_an_administrator_does_everything(deed: Permission, theirs: bool) -> None:
    assert may(Role.ADMINISTRATOR, deed, theirs=theirs)


@given(DEEDS, THEIRS)
def test_each_role_does_all_that_the_one_below_does(deed: Permission, theirs: bool) -> None:
    roles = [Role.AUDITOR, Role.OFFICER, Role.MANAGER, Role.ADMINISTRATOR]
    if deed is Permission.ASSESS:
        # What others say about an officer's items is no officer's to write.
        roles.remove(Role.OFFICER)
        assert not may(Role.OFFICER, deed, theirs=theirs)
    ladder = [may(role, deed, theirs=theirs) for role in roles]
    assert ladder == sorted(ladder)


@given(ROLES, DEEDS)
def test_what_may_be_done_on_any_item_may_be_done_on_ones_own(role: Role, deed: Permission) -> None:
    assert may(role, deed, theirs=True) or not may(role, deed, theirs=False)


@given(ROLES, DEEDS)
def test_whose_item_it_is_matters_to_officers_only_and_only_for_what_is_done_on_items(
    role: Role, deed: Permission
) -> None:
    if may(role, deed, theirs=True) != may(role, deed, theirs=False):
        assert (role, deed in ON_ITEMS) == (Role.OFFICER, True)


def test_an_officer_works_on_their_items_and_takes_back_what_they_wrote() -> None:
    assert set(deeds_of(Role.OFFICER)) == {
        Permission.REPORT,
        Permission.MOVE_MILESTONE,
        Permission.ASK_EXTENSION,
        Permission.TAKE_BACK,
    }
    assert [deed for deed in Permission if may(Role.OFFICER, deed, theirs=False)] == [Permission.TAKE_BACK]


def test_a_manager_does_all_but_what_an_administrator_is_for() -> None:
    assert set(Permission) - set(deeds_of(Role.MANAGER)) == {
        Permission.KEEP_CLOCK,
        Permission.KEEP_PEOPLE,
        Permission.KEEP_PLANS,
        Permission.LOAD_DATA_FILES,
        Permission.REDACT,
    }


@given(DEEDS)
def test_whom_to_ask_is_somebody_who_may_on_any_item(deed: Permission) -> None:
    roles = roles_that_may(deed)
    assert Role.ADMINISTRATOR in roles
    assert all(may(role, deed, theirs=False) for role in roles)


@pytest.mark.parametrize("deed", Permission)
def test_the_docs_have_the_same_table(deed: Permission) -> None:
    row = re.search(rf"^\| {re.escape(deed.words)} \|(.*)\|$", PEOPLE_PAGE, re.MULTILINE)
    assert row is not None, f"docs/people.md has no row '{deed.words}'"
    said = [cell.strip() for cell in row[1].split("|")]
    meant = []
    for role in (Role.OFFICER, Role.MANAGER, Role.ADMINISTRATOR, Role.AUDITOR):
        anywhere, theirs = may(role, deed, theirs=False), may(role, deed, theirs=True)
        meant.append("yes" if anywhere else "on their items" if theirs else "no")
    assert said == meant
