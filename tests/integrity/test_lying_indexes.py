"""Indexes of PostgreSQL that leave a report out while their definitions say nothing of it."""

from datetime import date

from sqlalchemy import create_engine

from planner.integrity.problems import ProblemKind
from planner.integrity.verifying import Verdict
from tests.factories import report
from tests.integrity.attacks import guards_lifted, run
from tests.integrity.conftest import verified

K = ProblemKind
LOG, REPORTS = "ix_audit_event_table_name_row_id_seq", "ix_status_update_item_id_as_of_id"


def leaving_out(index: str, columns: str, condition: str) -> list[str]:
    """An index made again without some rows, its condition then taken from the catalogue."""
    return [
        f"DROP INDEX {index}",
        f"CREATE INDEX {index} ON {columns} WHERE NOT ({condition})",
        f"UPDATE pg_index SET indpred = NULL WHERE indexrelid = '{index}'::regclass",
    ]


def test_what_they_hide_is_found(postgresql_register):
    for percent in (40, 50):
        report(postgresql_register, "T-001", percent=percent, as_of=date(2020, 3, 1))
    # A session of one's own, for the server keeps what it knows of an index until the session ends.
    engine = create_engine(postgresql_register.url)
    with engine.begin() as connection:
        run(connection, *leaving_out(REPORTS, "status_update (item_id, as_of, id)", "id = 1"))
    with engine.begin() as connection, guards_lifted(connection):
        run(connection, "DELETE FROM status_update WHERE id = 2")
        run(
            connection,
            *leaving_out(LOG, "audit_event (table_name, row_id, seq)", "table_name = 'status_update' AND row_id = 2"),
        )
    engine.dispose()
    with engine.connect() as connection:
        found = verified(connection)
    engine.dispose()
    assert found.verdict is Verdict.BROKEN
    assert set(found.counts) == {K.DAMAGE, K.MISSING}
    assert {problem.where for problem in found.problems} == {f"index {LOG}", f"index {REPORTS}", "status_update 2"}
