"""The guards as they are written down for verification are those that the migrations set, on both databases."""

import pytest

from planner.integrity.guards import check_guards, guards
from planner.integrity.problems import Problems
from planner.store.models import HISTORY_TABLES
from planner.store.triggers import triggers_of


def test_a_new_database_has_just_these_guards(empty):
    with empty.reading() as session:
        connection = session.connection()
        found, expected = triggers_of(connection), guards(connection.dialect.name)
        problems = Problems()
        standing = check_guards(session, problems)

    assert sorted(found, key=lambda one: one.name) == sorted(expected, key=lambda one: one.name)
    assert (standing, problems.kept) == (len(expected), [])


@pytest.mark.parametrize("dialect", ["sqlite", "postgresql"])
def test_every_table_of_history_is_guarded(dialect):
    assert {guard.table for guard in guards(dialect)} == set(HISTORY_TABLES)
