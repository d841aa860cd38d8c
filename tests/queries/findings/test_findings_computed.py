"""Findings about links, versions, attached copies and working facts: each names what it is about."""

from datetime import datetime
from typing import Any

from sqlalchemy import select

from planner.domain.vocabulary import Basis, ComputedFinding, FindingSubject, SpanMatch
from planner.queries.findings import FindingView
from planner.store.database import Database
from planner.store.journal import writing
from planner.store.models import (
    Clause,
    CrosswalkRow,
    Item,
    Link,
    LinkReview,
    Mandate,
    Measure,
    Milestone,
)
from tests.factories import ACTOR, DOCUMENTS
from tests.queries.finding_reads import attach, findings, subjects
from tests.queries.reads import instant

LIGHTS = "Keep the quays and the harbour lights in good order."


def edit(database: Database, model: Any, values: dict[str, Any], at: datetime | None = None, **named: Any) -> None:
    """Edit the one row with these values."""
    with database.writing() as session, writing(session, ACTOR, at or instant(3, 1)) as journal:
        row = session.execute(select(model).filter_by(**named)).scalar_one()
        journal.change(row, values, action="edit", label=model.__tablename__)


def clause_id(database: Database, mandate: str, key: str) -> int:
    """The id of a clause."""
    with database.reading() as session:
        found = select(Clause.id).join(Mandate, Mandate.id == Clause.mandate_id)
        return session.execute(found.where(Mandate.key == mandate, Clause.key == key)).scalar_one()


def link_of(database: Database, measure: str, clause: int) -> Link:
    """The link of a measure to a clause."""
    with database.reading() as session:
        found = select(Link).join(Measure, Measure.id == Link.measure_id)
        return session.execute(found.where(Measure.code == measure, Link.clause_id == clause)).scalar_one()


def review(database: Database, measure: str, clause: int, decision: str, at: datetime) -> None:
    """Record a review of a link as it stands."""
    link = link_of(database, measure, clause)
    same = {name: getattr(link, name) for name in ("type", "coverage", "near_fingerprint", "clause_fingerprint")}
    with database.writing() as session, writing(session, ACTOR, at) as journal:
        row = LinkReview(
            link_id=link.id, decision=decision, rationale="Seen.", actor=ACTOR.name, recorded_at=journal.at, **same
        )
        journal.add(row, action="review-link", label=measure)


def one(database: Database, kind: ComputedFinding) -> FindingView:
    """The one finding of a kind."""
    (finding,) = findings(database, kind)
    return finding


def test_an_item_is_without_clause_in_the_version_in_force_until_it_has_a_link_of_its_own(register: Database):
    finding = one(register, ComputedFinding.ITEM_WITHOUT_CLAUSE)
    assert finding.subject == finding.about.key == "T-003"
    assert (finding.about.kind, finding.about.title) == (FindingSubject.ITEM, "Ask the schools for old charts")
    assert finding.statement == (
        "No clause of old covers this item or its measure M2.02. No duty speaks of it. A clause of new does."
    )
    clause = clause_id(register, "old", "duty-3")
    with register.writing() as session, writing(session, ACTOR, instant(3, 1)) as journal:
        item = session.execute(select(Item).where(Item.code == "T-003")).scalar_one()
        ends = {"near_fingerprint": item.fingerprint, "clause_fingerprint": session.get_one(Clause, clause).fingerprint}
        link = Link(
            item_id=item.id, clause_id=clause, type="supports", coverage="partial", rationale="They show it.", **ends
        )
        journal.add(link, action="link", label="T-003")
    assert subjects(register, ComputedFinding.ITEM_WITHOUT_CLAUSE) == []
    assert subjects(register, ComputedFinding.ITEM_WITHOUT_CLAUSE, known_at=instant(2, 28)) == ["T-003"]


def test_a_rejected_link_holds_nothing_up_any_more(register: Database):
    clause = clause_id(register, "old", "duty-2")
    review(register, "M2.01", clause, "rejected", instant(3, 1))
    assert "M2.01 in old" in subjects(register, ComputedFinding.MEASURE_WITHOUT_CLAUSE)
    assert subjects(register, ComputedFinding.ITEM_WITHOUT_CLAUSE) == ["T-003", "P-002"]
    assert "old:duty-2" in subjects(register, ComputedFinding.CLAUSE_WITHOUT_MEASURE)
    assert "old:duty-2" not in subjects(register, ComputedFinding.CLAUSE_WITHOUT_MEASURE, known_at=instant(2, 28))


def test_links_are_unreviewed_until_somebody_reviewed_them(register: Database):
    kind = ComputedFinding.LINK_UNREVIEWED
    assert len(subjects(register, kind)) == 7
    review(register, "M2.01", clause_id(register, "old", "duty-2"), "accepted", instant(3, 1))
    unreviewed = findings(register, kind)
    assert len(unreviewed) == 6
    assert "M2.01:old:duty-2" not in {finding.subject for finding in unreviewed}
    assert (unreviewed[0].about.kind, unreviewed[0].about.key) == (FindingSubject.LINK, "M1.01:old:duty-1")
    assert "M1.01 implements old:duty-1, full coverage." in unreviewed[0].statement
    assert len(subjects(register, kind, known_at=instant(2, 28))) == 7


def test_a_reworded_end_makes_a_link_suspect_and_each_rewording_is_another_substance(register: Database):
    kind = ComputedFinding.LINK_SUSPECT
    review(register, "M2.01", clause_id(register, "old", "duty-2"), "accepted", instant(3, 1))
    edit(register, Measure, {"fingerprint": "a" * 64}, instant(3, 2), code="M2.01")
    first = next(finding for finding in findings(register, kind) if finding.subject == "M2.01:old:duty-2")
    assert first.statement == "Since this link was reviewed: the measure M2.01 was reworded."
    assert "M2.01:new:duty-2" not in subjects(register, ComputedFinding.LINK_UNREVIEWED)
    edit(register, Measure, {"fingerprint": "b" * 64}, instant(3, 3), code="M2.01")
    second = next(finding for finding in findings(register, kind) if finding.subject == first.subject)
    assert second.statement == first.statement
    assert second.substance != first.substance
    assert subjects(register, kind, known_at=instant(3, 1, 18)) == []


def test_dropped_and_added_duties_are_told_where_something_relies_on_them(register: Database):
    added = one(register, ComputedFinding.NEW_DUTY_RELIED_ON)
    assert (added.subject, added.about.key) == ("new:duty-3.1 in old", "new:duty-3.1")
    assert added.statement == (
        "Nothing in old corresponds to this clause. So is the lending of them. These rely on it: M2.02."
    )
    withdrawn = ComputedFinding.WITHDRAWN_DUTY_RELIED_ON
    assert subjects(register, withdrawn) == []
    clause = clause_id(register, "old", "duty-3")
    edit(register, Link, {"clause_id": clause}, instant(3, 1), id=link_of(register, "M2.01", clause - 1).id)
    assert one(register, withdrawn).subject == "old:duty-3 in new"
    assert "Nobody counts boats any more. These rely on it: M2.01." in one(register, withdrawn).statement
    assert subjects(register, withdrawn, known_at=instant(2, 28)) == []


def test_a_clause_of_which_the_crosswalk_says_nothing_is_told_on_either_side(register: Database):
    kind = ComputedFinding.CLAUSE_WITHOUT_CROSSWALK
    assert subjects(register, kind) == []
    lights, boats = clause_id(register, "new", "duty-1"), clause_id(register, "old", "duty-3")
    with register.writing() as session:
        for row in session.execute(select(CrosswalkRow)).scalars():
            if row.to_clause_id == lights or row.from_clause_id == boats:
                session.delete(row)
        session.commit()
    assert subjects(register, kind) == ["old:duty-1 in new", "old:duty-3 in new", "new:duty-1 in old"]


def test_a_copy_that_differs_or_lacks_a_place_is_told_with_what_it_says(register: Database):
    kind = ComputedFinding.COPY_DIFFERS
    attach(register, "new-duties-en", at=instant(3, 1))
    assert subjects(register, kind) == []
    attach(register, "new-duties-en", DOCUMENTS["new-duties-en"].replace("lights", "lamps!"), at=instant(3, 2))
    differing = findings(register, kind)
    lights = next(finding for finding in differing if finding.about.key == "new:duty-1")
    assert lights.subject.startswith("new:duty-1 in new-duties-en copy ")
    assert "of new-duties-en (en) differs from the text cited for new:duty-1. Another attached copy has it." in (
        lights.statement
    )
    (side,) = lights.sides
    assert side.citation is not None
    assert (side.citation.match, side.citation.text) == (SpanMatch.DIFFERS, LIGHTS.replace("lights", "lamps!"))
    assert subjects(register, kind, known_at=instant(3, 1, 18)) == []
    attach(register, "plan-ko", "A page without the text.", missing=True, at=instant(3, 3))
    missing = {finding.about.key: finding for finding in findings(register, kind) if finding.sides[0].lacks}
    assert {"M1.01", "M0.01", "1", "2", "plan-ko"} <= set(missing)
    assert missing["M1.01"].about.kind is FindingSubject.MEASURE
    assert missing["2"].about.kind is FindingSubject.THEME
    assert "lacks the text cited for theme 2." in missing["2"].statement
    assert "lacks the text cited for characters " in missing["plan-ko"].statement
    all_subjects = [finding.subject for finding in findings(register, kind)]
    assert len(set(all_subjects)) == len(all_subjects)


def test_working_facts_of_an_item_are_one_finding_that_names_them(register: Database):
    kind = ComputedFinding.FACTS_WORKING
    by_code = {finding.subject: finding for finding in findings(register, kind)}
    assert list(by_code) == ["T-001", "T-002", "T-003", "P-001", "P-002"]
    assert by_code["P-001"].covers == (
        "title",
        "place in the plan",
        "start",
        "milestone 1, 2, 3, 4",
    )
    assert by_code["T-002"].covers[-2:] == ("indicator 1", "target of indicator 1")
    assert by_code["T-001"].statement.startswith("Drafted because no public text gives it: place in the plan, ")
    with register.writing() as session, writing(session, ACTOR, instant(3, 1)) as journal:
        milestone = session.execute(select(Milestone).where(Milestone.title == "Tower stands")).scalar_one()
        item = session.get_one(Item, milestone.item_id)
        registered = {"basis": Basis.REGISTERED.value, "allocation_basis": "registered", "starts_basis": "registered"}
        journal.change(item, registered, action="edit", label="P-001")
        journal.change(milestone, {"basis": "registered"}, action="edit", label="P-001")
    now = next(finding for finding in findings(register, kind) if finding.subject == "P-001")
    assert now.covers == ("milestone 1, 3, 4",)
    assert now.substance != by_code["P-001"].substance
    then = next(one for one in findings(register, kind, known_at=instant(2, 28)) if one.subject == "P-001")
    assert then == by_code["P-001"]


def test_a_working_measure_and_working_supporters_are_told_too(register: Database):
    kind = ComputedFinding.FACTS_WORKING
    edit(register, Measure, {"basis": "working"}, code="M0.01")
    first = findings(register, kind)[0]
    assert (first.subject, first.about.kind) == ("M0.01", FindingSubject.MEASURE)
    assert first.covers == ("wording",)
    charts = next(finding for finding in findings(register, kind) if finding.subject == "T-003")
    assert "supporting organisations" in charts.covers
