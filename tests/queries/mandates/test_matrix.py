"""Themes × clauses: what stands behind each clause, per theme, and the gaps on either side."""

from datetime import date

import pytest
from sqlalchemy import select

from planner.base.errors import UnknownNameError
from planner.domain.vocabulary import ComputedFinding, FindingKind, State
from planner.queries.findings import read_clause_findings
from planner.queries.mandates.clause_views import read_all_clauses
from planner.queries.mandates.clauses import read_outlines
from planner.queries.mandates.matrix import Matrix, MatrixRow, read_matrices
from planner.register.point import Point
from planner.register.reading import Reading
from planner.store.database import Database
from planner.store.journal import writing
from planner.store.models import Clause, Item, Link
from tests.factories import ACTOR, plan_of, reading_of, report
from tests.queries.reads import APRIL, instant


def matrices(database: Database, mandate: str | None = None, point: Point | None = None) -> dict[str, Matrix]:
    with database.reading() as session:
        found = read_matrices(Reading(session, plan_of(session), point or Point(APRIL)), mandate)
        return {matrix.mandate: matrix for matrix in found}


def row(matrix: Matrix, name: str) -> MatrixRow:
    (found,) = (row for row in matrix.rows if row.name == name)
    return found


def link_item(database: Database, code: str, clause: str) -> None:
    """Draw a link of an item itself to a clause of the new version."""
    with database.writing() as session, writing(session, ACTOR, instant(3, 1)) as journal:
        item = session.execute(select(Item).where(Item.code == code)).scalar_one()
        to = session.execute(select(Clause).where(Clause.key == clause).order_by(Clause.id.desc())).scalars().first()
        assert to is not None
        journal.add(
            Link(
                item_id=item.id,
                clause_id=to.id,
                type="supports",
                coverage="partial",
                rationale="It helps.",
                near_fingerprint=item.fingerprint,
                clause_fingerprint=to.fingerprint,
            ),
            action="link",
            label=code,
        )


def test_the_versions_come_older_first_with_their_clauses_in_order_and_parts_under_their_clause(register: Database):
    with register.reading() as session:
        old, new = read_outlines(reading_of(session))
    assert (old.mandate, old.in_force, new.mandate, new.in_force) == ("old", True, "new", False)
    assert [(clause.key, clause.depth, clause.parent) for clause in new.clauses] == [
        ("duty-1", 0, None),
        ("duty-2", 0, None),
        ("duty-3", 0, None),
        ("duty-3.1", 1, "new:duty-3"),
    ]
    assert [clause.measures for clause in new.clauses] == [("M1.01", "M1.02"), ("M2.01",), (), ("M2.02",)]


def test_a_cell_counts_the_items_of_a_theme_and_takes_their_mean(register: Database):
    report(register, "T-001", as_of=date(2020, 3, 4), percent=40)
    old = matrices(register)["old"]
    duty = row(old, "old:duty-1")
    assert [item.code for item in duty.items] == ["T-001", "T-002", "P-001"]
    assert [cell.items for cell in duty.themes] == [duty.whole.items, 0] == [3, 0]
    assert [cell.actual for cell in (*duty.themes, duty.whole)] == pytest.approx([40 / 3, None, 40 / 3])
    assert duty.whole.states[State.ON_TRACK] == sum(item.state is State.ON_TRACK for item in duty.items)


def test_a_clause_has_the_items_of_its_parts_each_once(register: Database):
    new = matrices(register)["new"]
    assert [item.code for item in row(new, "new:duty-3").items] == ["T-003"]
    assert not row(new, "new:duty-3").is_gap
    assert (row(new, "new:duty-3.1").depth, row(new, "new:duty-3.1").measures) == (1, ("M2.02",))
    link_item(register, "T-003", "duty-3")
    link_item(register, "P-001", "duty-3")
    assert [item.code for item in row(matrices(register)["new"], "new:duty-3").items] == ["T-003", "P-001"]
    assert [item.code for item in row(matrices(register)["new"], "new:duty-3.1").items] == ["T-003"]


def test_gaps_stand_as_rows_on_both_sides(register: Database):
    old, new = matrices(register).values()
    assert [row.name for row in old.rows if row.is_gap] == ["old:duty-3", "M2.02", "M0.01"]
    assert [row.name for row in new.rows if row.is_gap] == ["M0.01"]
    charts = row(old, "M2.02")
    assert not charts.is_clause
    assert ([item.code for item in charts.items], [cell.items for cell in charts.themes]) == (["T-003"], [0, 1])
    assert (charts.wording, charts.about.restatement) == ("Old charts", "Collect old charts.")
    assert row(old, "M0.01").items == ()


def test_a_link_that_was_drawn_later_is_not_known_before(register: Database):
    link_item(register, "P-001", "duty-3.1")
    then = matrices(register, point=Point(APRIL, instant(2, 1)))["new"]
    assert [item.code for item in row(then, "new:duty-3.1").items] == ["T-003"]
    now = matrices(register, point=Point(APRIL, instant(3, 2)))["new"]
    assert [item.code for item in row(now, "new:duty-3.1").items] == ["T-003", "P-001"]


def test_one_version_may_be_asked_for_and_one_that_is_not_there_is_told(register: Database):
    assert list(matrices(register, "new")) == ["new"]
    with pytest.raises(UnknownNameError, match="no mandate version is called 'newer'"):
        matrices(register, "newer")


def test_the_findings_of_a_clause_are_those_with_a_side_in_it_and_those_computed_about_it(register: Database):
    with register.reading() as session:
        found = read_clause_findings(reading_of(session, APRIL))
        clauses = {clause.reference: clause for clause in read_all_clauses(reading_of(session))}
    assert {clause: [finding.kind for finding in findings] for clause, findings in found.items()} == {
        "new:duty-2": [FindingKind.PHRASE_IN_ONE_LANGUAGE],
        "old:duty-3": [ComputedFinding.CLAUSE_WITHOUT_MEASURE],
        "new:duty-3.1": [ComputedFinding.NEW_DUTY_RELIED_ON],
    }
    assert [side.lacks for side in found["new:duty-2"][0].sides] == [False, True]
    assert [finding.key for finding in clauses["new:duty-2"].findings] == ["libraries-only-in-arabic"]
    assert len(clauses) == 7
