"""A column that holds a word of a vocabulary reads as a word of that vocabulary."""

from typing import Any

import pytest
from sqlalchemy import CheckConstraint, Column, select, text

from planner.domain.vocabulary import UnknownWordError
from planner.store.models import Person, WordOf, all_tables

CHECKED: list[tuple[Column[Any], str]] = [
    (table.columns[str(check.name).removeprefix(f"ck_{table.name}_").removesuffix("_word")], str(check.sqltext))
    for table in all_tables().sorted_tables
    for check in table.constraints
    if isinstance(check, CheckConstraint) and str(check.name).endswith("_word")
]


def test_a_column_with_a_check_of_words_has_the_type_of_its_vocabulary():
    assert len(CHECKED) > 30
    for column, check in CHECKED:
        assert isinstance(column.type, WordOf), str(column)
        listed = ", ".join(f"'{word}'" for word in column.type.vocabulary)
        assert check.endswith(f"{column.name} IN ({listed})"), str(column)


def test_stored_words_read_as_words(connection):
    for column, _ in CHECKED:
        words = connection.execute(select(column).where(column.is_not(None))).scalars().all()
        assert {type(word) for word in words} <= {column.type.vocabulary}, str(column)  # type: ignore[attr-defined]
        assert words or column.nullable, str(column)


def test_a_missing_word_reads_as_none_and_an_unknown_one_is_an_error(connection):
    def read(value: str) -> Any:
        return connection.execute(select(text(value).columns(role=Person.role.type).subquery().c.role)).scalar_one()

    assert read("SELECT NULL AS role") is None
    with pytest.raises(UnknownWordError, match="'captain' is not a valid Role"):
        read("SELECT 'captain' AS role")
