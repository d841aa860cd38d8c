"""The first mandate version of a plan that has none: it is proposed without a crosswalk, and becomes the mandate."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from planner.base.errors import BadValueError, NotAllowedError, SourceError, UnknownNameError
from planner.domain.vocabulary import ComputedFinding, Lineage, SetRelation
from planner.integrity.verifying import Verdict, verify
from planner.mandates.adopting import adopt_proposal
from planner.mandates.proposing import Request, propose
from planner.mandates.recording import record_proposal
from planner.mandates.reviewing import restate_clause
from planner.mandates.row_review import NewRow, accept_row, add_row
from planner.queries.findings.reading import read_findings
from planner.queries.mandates.clauses import read_outlines
from planner.queries.mandates.proposals import ProposalView
from planner.register.plans import read_plan
from planner.register.point import Point
from planner.register.reading import Reading
from planner.register.writing import Writing
from planner.store.database import Database
from planner.store.journal import Actor, writing
from planner.store.models import Mandate, Organisation, Plan
from planner.writes.plan_changes.themes import add_theme
from planner.writes.plans.closing import close_plan
from planner.writes.plans.edit_plan import PlanEdit, edit_plan
from planner.writes.plans.new_plan import NewPlan, add_plan
from planner.writes.undo import undo
from tests.factories import ACTOR, COLLEAGUE, noon
from tests.integrity.conftest import no_step
from tests.mandates.factories import KEY, NEXT_DUTIES, source_of
from tests.writes.refusals import refused

MAY = date(2020, 5, 4)
WHY = "The council gave them to us."
BAY = NewPlan("Bay works 2020", "bay", date(2020, 1, 1), date(2020, 12, 31), "Asia/Seoul", "Bay Office")


@pytest.fixture
def bay(register: Database) -> Database:
    """A register with a plan that has no mandate, beside one that has."""
    with register.writing() as session, writing(session, ACTOR, noon(MAY)) as journal:
        add_plan(journal, BAY)
    return register


def about(database: Database, write, *given, plan: str = "bay", day: date = MAY, actor: Actor = COLLEAGUE, **named):
    """Make a write about a plan on a day."""
    with database.writing() as session:
        return write(Writing(session, read_plan(session, plan), actor, day, noon(day)), *given, **named)


def proposed(database: Database, folder: Path, text: str = NEXT_DUTIES, *, plan: str = "bay", **request):
    with database.reading() as session:
        reading = Reading(session, read_plan(session, plan), Point(MAY))
        return propose(reading, source_of(folder, text), Request(**{"key": KEY, **request}))


def decided(database: Database, folder: Path, **request) -> ProposalView:
    """The first version of the bay is proposed, and everything in it is decided."""
    return decide_about(database, about(database, record_proposal, proposed(database, folder, **request)))


def decide_about(database: Database, proposal: ProposalView) -> ProposalView:
    """Restate all clauses of a proposal, and accept its rows."""
    for clause in proposal.clauses:
        proposal = about(database, restate_clause, proposal.key, clause.key, f"Own words on {clause.key}.")
    for row in proposal.rows:
        proposal = about(database, accept_row, proposal.key, row.number)
    return proposal


def plan_on(database: Database, day: date, **known):
    with database.reading() as session:
        return Reading(session, read_plan(session, "bay"), Point(day, **known)).with_known_plan().plan


def test_a_plan_gets_its_first_mandate(bay: Database, tmp_path: Path) -> None:
    found = proposed(bay, tmp_path)
    assert (found.supersedes, found.first_of, found.rows, found.notes) == (None, "bay", (), ())
    assert [clause.key for clause in found.clauses][-2:] == ["duty-4.1", "duty-4.2"]
    proposal = decided(bay, tmp_path)
    assert (proposal.summary.supersedes, proposal.summary.first_of, proposal.earlier) == (None, "bay", ())
    before = noon(MAY + timedelta(days=1))
    about(bay, adopt_proposal, KEY, WHY, day=MAY + timedelta(days=2))
    with bay.reading() as session:
        version = session.query(Mandate).filter_by(key=KEY).one()
        assert (version.supersedes_id, version.restatement) == (
            None,
            "Drafted from next-en; restated clause by clause.",
        )
        assert session.get_one(Organisation, version.body_id).name == "Bay Office"
        reading = Reading(session, read_plan(session, "bay"), Point(MAY))
        assert [(one.mandate, one.in_force) for one in read_outlines(reading)] == [(KEY, True)]
        assert verify(session, no_step).verdict is Verdict.CHAINED
    assert plan_on(bay, MAY + timedelta(days=2)).mandate == KEY
    assert not plan_on(bay, MAY + timedelta(days=1)).has_mandate
    assert not plan_on(bay, MAY + timedelta(days=2), known_at=before).has_mandate


def test_it_can_be_the_mandate_from_an_earlier_day_on(bay: Database, tmp_path: Path) -> None:
    decided(bay, tmp_path, body="Harbour Office")
    with refused(bay, BadValueError, "is before the plan starts", "as_of"):
        about(bay, adopt_proposal, KEY, WHY, as_of=date(2019, 12, 31))
    about(bay, adopt_proposal, KEY, WHY, as_of=date(2020, 1, 1))
    assert plan_on(bay, date(2020, 1, 1)).mandate == KEY
    with bay.reading() as session:
        version = session.query(Mandate).filter_by(key=KEY).one()
        assert session.get_one(Organisation, version.body_id).name == "Harbour Office"


def test_the_next_version_is_compared_with_it(bay: Database, tmp_path: Path) -> None:
    decided(bay, tmp_path)
    about(bay, adopt_proposal, KEY, WHY)
    text = NEXT_DUTIES.replace("good order", "best order")
    after = proposed(bay, tmp_path, text, key="after")
    assert (after.supersedes, after.first_of, len(after.rows)) == (KEY, None, 6)
    decide_about(bay, about(bay, record_proposal, after))
    with refused(bay, BadValueError, "this version supersedes next", "as_of"):
        about(bay, adopt_proposal, "after", WHY, as_of=MAY)
    about(bay, adopt_proposal, "after", WHY)
    assert plan_on(bay, MAY).mandate == KEY


def test_it_has_no_crosswalk(bay: Database, tmp_path: Path) -> None:
    decided(bay, tmp_path)
    row = NewRow(None, "duty-1", Lineage.NEW, SetRelation.NO_RELATIONSHIP, WHY)
    with refused(bay, NotAllowedError, "no crosswalk leads to it", KEY):
        about(bay, add_row, KEY, row)


def test_another_plan_does_not_get_it(bay: Database, tmp_path: Path) -> None:
    decided(bay, tmp_path)
    with refused(bay, NotAllowedError, "the first mandate version of the plan 'bay'", "harbour-2020"):
        about(bay, adopt_proposal, KEY, WHY, plan="harbour-2020")
    with bay.reading() as session:
        other = Reading(session, read_plan(session, "harbour-2020"), Point(MAY))
        assert [one.mandate for one in read_outlines(other)] == ["old", "new"]


def test_only_one_proposal_can_be_the_first(bay: Database, tmp_path: Path) -> None:
    decided(bay, tmp_path)
    other = proposed(bay, tmp_path, "1. Mends nets.\n2. Counts the fish of the bay.\n", key="other")
    about(bay, adopt_proposal, KEY, WHY)
    with refused(bay, NotAllowedError, "the plan already has the mandate 'next'", "bay"):
        about(bay, record_proposal, other)


def test_a_second_proposal_that_waited_is_refused(bay: Database, tmp_path: Path) -> None:
    decided(bay, tmp_path)
    about(bay, edit_plan, PlanEdit(mandate="OLD"), WHY, actor=ACTOR)
    with refused(bay, NotAllowedError, "the plan already has the mandate 'old'", "bay"):
        about(bay, adopt_proposal, KEY, WHY)


def test_a_closed_plan_gets_none(bay: Database, tmp_path: Path) -> None:
    decided(bay, tmp_path)
    about(bay, close_plan, "It is over.", actor=ACTOR)
    with refused(bay, NotAllowedError, "closed this plan", "bay"):
        about(bay, adopt_proposal, KEY, WHY)


def test_an_adoption_cannot_be_undone_and_the_message_says_what_changes_the_mandate(
    bay: Database, tmp_path: Path
) -> None:
    decided(bay, tmp_path)
    about(bay, adopt_proposal, KEY, WHY)
    with pytest.raises(NotAllowedError) as caught:
        about(bay, undo)
    assert "'planner plan edit' changes on which one the plan stands" in str(caught.value.do)


def test_findings_begin_with_the_mandate(bay: Database, tmp_path: Path) -> None:
    about(bay, add_theme, "Quays", "It is new.")
    decided(bay, tmp_path)

    def kinds() -> set[object]:
        with bay.reading() as session:
            reading = Reading(session, read_plan(session, "bay"), Point(MAY))
            return {finding.kind for finding in read_findings(reading)}

    assert ComputedFinding.CLAUSE_WITHOUT_MEASURE not in kinds()
    about(bay, adopt_proposal, KEY, WHY)
    assert ComputedFinding.CLAUSE_WITHOUT_MEASURE in kinds()


class TestMandateOfAPlan:
    """The mandate is a fact of the plan that an administrator changes."""

    def change(self, database: Database, mandate: str, day: date = MAY):
        return about(database, edit_plan, PlanEdit(mandate=mandate), WHY, day=day, actor=ACTOR)

    def test_it_is_any_version_of_the_register_or_none(self, bay: Database) -> None:
        assert self.change(bay, "new").changes == {"mandate": (None, "new")}
        later = MAY + timedelta(days=1)
        assert self.change(bay, "", later).changes == {"mandate": ("new", None)}
        assert plan_on(bay, MAY).mandate == "new"
        assert not plan_on(bay, later).has_mandate
        with bay.reading() as session:
            assert verify(session, no_step).verdict is Verdict.CHAINED

    def test_other_names_are_refused(self, bay: Database) -> None:
        with refused(bay, UnknownNameError, "no mandate version is called 'none'", "mandate"):
            self.change(bay, "none")
        with refused(bay, BadValueError, "it is already as you say", "bay"):
            self.change(bay, "")

    def test_the_same_text_again_is_refused_with_this_way(self, bay: Database, tmp_path: Path) -> None:
        decided(bay, tmp_path)
        about(bay, adopt_proposal, KEY, WHY)
        with bay.writing() as session, writing(session, ACTOR, noon(MAY)) as journal:
            add_plan(journal, NewPlan("Bay works 2021", "next-bay", date(2021, 1, 1), date(2021, 12, 31), "UTC", "bay"))
        with pytest.raises(SourceError) as caught:
            proposed(bay, tmp_path, plan="next-bay", key="again")
        assert "planner plan edit next-bay --mandate KEY --reason TEXT" in str(caught.value.do)
        with bay.reading() as session:
            plan = session.query(Plan).filter_by(key="next-bay").one()
            assert plan.mandate_id is None
