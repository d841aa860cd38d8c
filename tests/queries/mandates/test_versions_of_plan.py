"""The mandate versions of a plan in a register with several plans."""

from datetime import date

import pytest

from planner.queries.findings import read_findings
from planner.queries.mandates.clause_views import read_all_clauses
from planner.queries.mandates.clauses import read_outlines
from planner.queries.mandates.versions import versions_of_plan
from planner.register.plans import read_plan
from planner.register.point import Point
from planner.register.reading import Reading
from planner.store.database import Database
from planner.store.journal import writing
from planner.store.models import Clause, Mandate
from planner.writes.plans.new_plan import NewPlan, add_plan
from tests.factories import ACTOR, AT


@pytest.fixture
def beside(register: Database) -> Database:
    """The small plan beside a plan with a mandate of its own, and one without a mandate."""
    with register.writing() as session, writing(session, ACTOR, AT) as journal:
        bay = NewPlan("Bay", "bay", date(2020, 1, 1), date(2020, 12, 31), "UTC", "Bay Office")
        plan = add_plan(journal, bay)
        duties = Mandate(key="bay-duties", title="Duties", restatement="The bay.", body_id=plan.issuer_id)
        journal.add(duties, action="test", label="bay-duties")
        session.flush()
        clause = Clause(mandate_id=duties.id, key="duty-1", position=1, restatement="Dredges.", fingerprint="f" * 64)
        journal.add(clause, action="test", label="duty-1")
        journal.change(plan, {"mandate_id": duties.id}, action="test", label="bay")
        add_plan(journal, NewPlan("Cove", "cove", bay.starts, bay.ends, "UTC", "Bay Office"))
    return register


@pytest.mark.parametrize(
    ("plan", "versions"), [("harbour-2020", ["old", "new"]), ("bay", ["bay-duties"]), ("cove", [])]
)
def test_the_versions_of_other_plans_are_in_no_read_of_a_plan(beside, plan, versions):
    with beside.reading() as session:
        reading = Reading(session, read_plan(session, plan), Point(date(2020, 4, 1)))
        assert [version.key for version in versions_of_plan(reading)] == versions
        assert [outline.mandate for outline in read_outlines(reading)] == versions
        assert {clause.mandate for clause in read_all_clauses(reading)} == set(versions)
        clauses = {side.clause for finding in read_findings(reading) for side in finding.sides if side.clause}
        about = {finding.about.key for finding in read_findings(reading) if finding.about.kind == "clause"}
        assert {name.partition(":")[0] for name in clauses | about} <= set(versions)
    if plan == "bay":
        assert about == {"bay-duties:duty-1"}
    if plan == "cove":
        assert not clauses | about
