"""An import is not undone if the undo would need a theme, a kind or an organisation that is gone since."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from planner.base.errors import NotAllowedError
from planner.queries.items.register import read_register
from planner.store.database import Database
from planner.writes.plan_changes.items import NewItem, add_item, move_item
from planner.writes.plan_changes.kinds import merge_kind
from planner.writes.plan_changes.organisations import merge_organisation
from planner.writes.plan_changes.themes import add_theme, merge_theme, remove_theme
from tests.factories import reading_of
from tests.intake.applying.test_removed_titles import drafted, imported
from tests.intake.applying.test_undo import take_back
from tests.intake.imports import DAY, import_register, verified
from tests.intake.proposals import item, register
from tests.writes.plan_changes.acts import WHY, act
from tests.writes.refusals import refused

__all__ = ["drafted"]

NEW = NewItem("X-8", "Tides", "Ferries", "archive", date(2020, 11, 30), kind="task")


@pytest.fixture
def with_ferries(sqlite_register: Database) -> Database:
    """A register with the theme 3, Ferries, and one item in it, X-8."""
    act(sqlite_register, add_theme, "Ferries", WHY, day=DAY)
    act(sqlite_register, add_item, NEW, WHY, day=DAY)
    return sqlite_register


@pytest.mark.parametrize(
    ("values", "write", "given", "what"),
    [
        ({"theme": "1"}, remove_theme, ("3",), f"theme 3 was removed as of {DAY}"),
        ({"theme": "1"}, merge_theme, ("3", "2"), f"theme 3 was merged into theme 2 as of {DAY}"),
        ({"kind": "key_project"}, merge_kind, ("task", "key_project"), f"was merged into key_project as of {DAY}"),
        ({"lead": "Harbour Office"}, merge_organisation, ("archive", "harbour"), "Archive was merged into"),
    ],
)
def test_an_item_does_not_go_back_to_what_is_gone(
    with_ferries: Database, values: dict[str, str], write: Callable[..., Any], given: tuple[str, ...], what: str
) -> None:
    import_register(with_ferries, register(item(1, code="X-8", title="Tides", **values)), take_file=True)
    act(with_ferries, write, *given, WHY, day=DAY)
    with refused(with_ferries, NotAllowedError, what, ""):
        take_back(with_ferries, import_only=True)


def test_removed_items_come_back_with_the_kind_and_the_theme_that_theirs_were_merged_into(drafted: Database) -> None:
    imported(drafted)
    act(drafted, merge_kind, "key_project", "task", WHY, day=DAY)
    act(drafted, merge_theme, "1", "2", WHY, day=DAY)
    # Also if that theme is merged into a further one.
    act(drafted, add_theme, "Ferries", WHY, day=DAY)
    act(drafted, merge_theme, "2", "Ferries", WHY, day=DAY)
    take_back(drafted, import_only=True)
    with drafted.reading() as session:
        found = read_register(reading_of(session, DAY))
    assert {(one.kind, one.theme) for one in found} == {("task", 3)}
    assert verified(drafted) == []


def test_removed_items_do_not_come_back_into_a_removed_theme(drafted: Database) -> None:
    act(drafted, add_theme, "Ferries", WHY, day=DAY)
    act(drafted, move_item, "P-002", WHY, theme="Ferries", day=DAY)
    imported(drafted)
    act(drafted, remove_theme, "3", WHY, day=DAY)
    with refused(drafted, NotAllowedError, f"theme 3 was removed as of {DAY}", ""):
        take_back(drafted, import_only=True)
