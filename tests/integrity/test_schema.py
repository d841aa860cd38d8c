"""The schema that verification expects is the one that the migrations make, and what differs from it is named."""

import pytest
from sqlalchemy import text

from planner.base.resources import bundled
from planner.integrity.problems import ProblemKind
from planner.integrity.schema import expected_schema
from planner.store.schema import restrict_search_path, schema_of
from tests.integrity.attacks import is_sqlite
from tests.integrity.conftest import verified
from tests.integrity.schema_files import schema_file


def test_a_new_database_has_just_this_schema(empty):
    with empty.reading() as session:
        connection = session.connection()
        restrict_search_path(connection)
        found, dialect = schema_of(connection), connection.dialect.name
    again = "run python -m tests.integrity.write_schema once the migrations are as they should be"
    assert found == expected_schema(dialect), again
    written = (bundled("migrations") / "schema" / f"{dialect}.txt").read_text(encoding="utf-8")
    assert written == schema_file(dialect, found), again


def test_it_is_told_what_is_new_and_what_differs_column_by_column(connection):
    connection.execute(text("ALTER TABLE goal ADD COLUMN extra TEXT"))
    connection.execute(text("DROP INDEX ix_audit_event_recorded_at"))
    told = {one.where: one.what for one in verified(connection).problems if one.kind is ProblemKind.SCHEMA}
    assert told.pop("index ix_audit_event_recorded_at") == "this part of the schema is missing"
    added = (
        ("table goal", "the definition should not contain: extra TEXT")
        if is_sqlite(connection)
        else ("column goal.extra", "planner did not create this")
    )
    ((where, what),) = told.items()
    assert where == added[0]
    assert added[1] in what


@pytest.mark.parametrize("history", ["sqlite"], indirect=True)
def test_statistics_of_the_database_itself_are_no_change(connection):
    connection.execute(text("ANALYZE"))
    assert verified(connection).problems == ()
