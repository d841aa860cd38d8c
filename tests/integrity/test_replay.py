"""What the replay says beyond yes and no: which value, which columns it could not compare, how much it tells."""

import pytest

from planner.integrity import replay
from planner.integrity.event_bytes import read_body
from planner.integrity.problems import MOST_LISTED, ProblemKind
from planner.integrity.verifying import Verdict
from tests.integrity.attacks import Fields, event_of, guards_lifted, rewrite, run
from tests.integrity.conftest import verified


def test_it_says_what_the_row_says_and_what_the_log_says(connection):
    run(connection, "UPDATE item SET title = 'Nothing to see [/] 등대' WHERE code = 'T-002'")
    (problem,) = verified(connection).problems
    assert problem.kind is ProblemKind.CHANGED
    assert problem.where.startswith("item ")
    edit = event_of(connection, "item")
    assert problem.what == (f'title is "Nothing to see [/] 등대", but event {edit} has "Paint all the harbour lights"')


def test_a_column_newer_than_the_log_is_not_compared_and_that_is_said(connection):
    """As in a register from before people had roles."""

    def older(fields: Fields) -> Fields:
        after = {name: value for name, value in fields["after"].items() if name not in ("role", "active")}
        return fields | {"after": after}

    with guards_lifted(connection):
        rewrite(connection, event_of(connection, "person"), older)
    found = verified(connection)
    assert (found.verdict, found.partly) == (Verdict.CHAINED, 1)
    assert any("added to 1 row, because" in sentence for sentence in found.not_checked)


@pytest.mark.parametrize("history", ["sqlite"], indirect=True)
def test_rows_from_before_an_upgrade_are_compared_without_reading_json(connection, monkeypatch):
    parsed: list[bytes] = []

    def counted(body: bytes) -> Fields | None:
        parsed.append(body)
        return read_body(body)

    def older(fields: Fields) -> Fields:
        return fields | {"after": {name: value for name, value in fields["after"].items() if name != "basis"}}

    monkeypatch.setattr(replay, "read_body", counted)
    verified(connection)
    before = len(parsed)
    with guards_lifted(connection):
        for nth in (0, 1, 2):
            rewrite(connection, event_of(connection, "status_update", nth), older)
    parsed.clear()
    found = verified(connection)
    assert (found.verdict, found.partly) == (Verdict.CHAINED, 3)
    # Only the first row that lacks the column.
    assert len(parsed) == before + 1
    with guards_lifted(connection):
        run(connection, "UPDATE status_update SET percent = 1, basis = 'stated' WHERE id < 3")
    assert [one.what.split()[0] for one in verified(connection).problems] == ["percent", "percent"]


def test_of_many_problems_the_first_are_told_and_all_are_counted(connection):
    run(connection, "UPDATE citation SET quoted_sha256 = normal_sha256")
    found = verified(connection)
    assert found.counts[ProblemKind.CHANGED] > MOST_LISTED
    assert len(found.problems) == MOST_LISTED


def test_a_table_that_is_not_there_is_told(connection):
    with guards_lifted(connection):
        seq = event_of(connection, "goal")
        rewrite(connection, seq, lambda fields: fields | {"table": "treasure"})
        run(connection, "UPDATE audit_event SET table_name = 'treasure' WHERE seq = :s", s=seq)
    found = verified(connection)
    assert {(one.kind, one.where.split()[0]) for one in found.problems} == {
        (ProblemKind.MISSING, "table"),
        (ProblemKind.ADDED, "goal"),
        (ProblemKind.ADDED, "seeded_row"),
        (ProblemKind.MISSING, "seeded_row"),
    }
