"""What an auditor should see: raised by the texts, and computed from the register."""

from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any

import pytest
from sqlalchemy import select

from planner.domain.vocabulary import (
    ComputedFinding,
    Confidence,
    FindingKind,
    FindingRank,
    FindingState,
    FindingSubject,
    Phase,
    SpanMatch,
)
from planner.queries.findings.ranking import Row, grouped, in_rows, single
from planner.queries.findings.views import RANKS, FindingView
from planner.store.database import Database
from planner.store.journal import writing
from planner.store.models import (
    Clause,
    Item,
    Link,
    Measure,
    PlanTotal,
    Unlinked,
)
from tests.factories import ACTOR, DOCUMENTS, ended, move, report
from tests.queries.finding_reads import accept, attach, findings, subjects
from tests.queries.reads import APRIL, instant


def rows_of(found: list[FindingView]) -> list[Row]:
    return [row for group in grouped(found) for row in in_rows(group)]


def test_a_text_finding_has_both_its_sides(register: Database):
    (finding,) = findings(register, FindingKind.PHRASE_IN_ONE_LANGUAGE)
    assert finding.subject == "libraries-only-in-arabic"
    assert finding.statement == "The Arabic names libraries beside the reading rooms; the English does not."
    shows, lacks = finding.sides
    assert (shows.label, shows.lacks, shows.document, shows.clause) == ("Arabic", False, "new-duties-ar", "new:duty-2")
    assert (lacks.label, lacks.lacks, lacks.document, lacks.clause) == ("English", True, "new-duties-en", "new:duty-2")
    assert (shows.theme, shows.measure) == (None, None)


def test_what_matters_most_comes_first_and_an_accepted_finding_after_the_open_ones_of_its_kind(register: Database):
    accept(register, ComputedFinding.MEASURE_WITHOUT_CLAUSE, "M2.02 in old")
    found = findings(register)
    assert {finding.kind: finding.rank for finding in found if finding.kind in RANKS}.items() <= RANKS.items()
    assert [rank for rank, _ in groupby(finding.rank for finding in found)] == list(FindingRank)
    assert [finding.subject for finding in found[:3]] == ["M0.01 in old", "M0.01 in new", "M2.02 in old"]


def test_findings_of_a_kind_that_are_all_alike_are_one_row(register: Database):
    found = findings(register)
    listed = rows_of(found)
    rows = {row.kind: row for row in listed if single(row) is None}
    assert [(kind, row.subject) for kind, row in rows.items()] == [
        (ComputedFinding.LINK_UNREVIEWED, "7 findings"),
        (ComputedFinding.FACTS_WORKING, "5 findings"),
    ]
    assert rows[ComputedFinding.LINK_UNREVIEWED].rank is FindingRank.LOW
    of_others = [finding for finding in found if finding.kind not in rows]
    assert [row for row in listed if single(row)] == of_others


def test_a_row_of_alike_findings_says_how_many_are_accepted(register: Database):
    accept(register, ComputedFinding.FACTS_WORKING, "T-003")
    (row,) = rows_of(findings(register, ComputedFinding.FACTS_WORKING))
    assert (row.subject, row.state) == ("5 findings, 1 accepted", FindingState.OPEN)


def test_a_side_quotes_the_text_only_where_it_is_attached(register: Database):
    attach(register, "new-duties-ar")
    (finding,) = findings(register, FindingKind.PHRASE_IN_ONE_LANGUAGE)
    shows, lacks = (side.citation for side in finding.sides)
    assert shows is not None
    assert (shows.text, shows.match, shows.language) == ("والمكتبات", SpanMatch.EXACT, "ar")
    assert lacks is not None
    assert (lacks.text, lacks.match, lacks.language) == (None, None, "en")


def test_a_copy_is_not_quoted_as_known_before_it_was_attached(register: Database):
    attach(register, "new-duties-ar", at=instant(3, 1))
    for known_at, text in ((instant(2, 28), None), (instant(3, 1, 18), "والمكتبات")):
        (finding,) = findings(register, FindingKind.PHRASE_IN_ONE_LANGUAGE, known_at=known_at)
        citation = finding.sides[0].citation
        assert citation is not None
        assert citation.text == text


def test_a_copy_that_differs_is_shown_as_differing(register: Database):
    attach(register, "new-duties-ar", DOCUMENTS["new-duties-ar"].replace("والمكتبات", "والمتاحف!"))
    (finding,) = findings(register, FindingKind.PHRASE_IN_ONE_LANGUAGE)
    citation = finding.sides[0].citation
    assert citation is not None
    assert (citation.match, citation.text) == (SpanMatch.DIFFERS, "والمتاحف!")


def test_a_kind_the_texts_do_not_raise_has_no_findings(register: Database):
    assert findings(register, FindingKind.DUTY_DROPPED) == []


def test_a_measure_without_a_clause_is_told_per_version_with_its_reason(register: Database):
    found = findings(register, ComputedFinding.MEASURE_WITHOUT_CLAUSE)
    assert [finding.subject for finding in found] == ["M2.02 in old", "M0.01 in old", "M0.01 in new"]
    assert found[0].statement == "No clause of old covers 'Old charts'. No duty speaks of it."
    (side,) = found[0].sides
    assert (side.measure, side.theme, side.document) == ("M2.02", 2, "plan-ko")
    assert found[1].sides[0].theme is None


def test_a_measure_without_a_clause_and_without_a_reason_is_told_too(register: Database):
    with register.writing() as session, writing(session, ACTOR, instant(3, 1)):
        measure = session.execute(select(Measure).where(Measure.code == "M2.02")).scalar_one()
        session.delete(session.execute(select(Unlinked).where(Unlinked.measure_id == measure.id)).scalar_one())
    first, *_ = findings(register, ComputedFinding.MEASURE_WITHOUT_CLAUSE)
    assert first.statement == "No clause of old covers 'Old charts'. No reason is on record."


def test_a_clause_that_nothing_stands_on_is_told_and_one_served_by_its_parts_is_not(register: Database):
    found = findings(register, ComputedFinding.CLAUSE_WITHOUT_MEASURE)
    assert [finding.subject for finding in found] == ["old:duty-3"]
    assert found[0].statement == "No measure of the plan is linked to this clause. Boats are counted yearly."


def test_a_clause_that_an_item_of_its_own_is_linked_to_is_served(register: Database):
    with register.writing() as session, writing(session, ACTOR, instant(3, 1)) as journal:
        item = session.execute(select(Item).where(Item.code == "T-003")).scalar_one()
        clause = session.execute(select(Clause).where(Clause.restatement == "Boats are counted yearly.")).scalar_one()
        link = Link(
            item_id=item.id,
            clause_id=clause.id,
            type="supports",
            coverage="partial",
            rationale="Charts show where the boats lie.",
            near_fingerprint=item.fingerprint,
            clause_fingerprint=clause.fingerprint,
        )
        journal.add(link, action="link", label="T-003")
    assert subjects(register, ComputedFinding.CLAUSE_WITHOUT_MEASURE) == []


def test_a_measure_of_the_plan_as_a_whole_has_no_items(register: Database):
    (finding,) = findings(register, ComputedFinding.MEASURE_WITHOUT_ITEMS)
    assert finding.subject == "M0.01"
    assert finding.statement == "'Working together' is a measure of the plan as a whole, and no item carries it out."


def test_a_theme_measure_that_lost_its_only_item_is_told_as_one_of_a_theme(register: Database):
    with register.writing() as session, writing(session, ACTOR, instant(3, 1)) as journal:
        item = session.execute(select(Item).where(Item.code == "T-001")).scalar_one()
        other = session.execute(select(Measure.id).where(Measure.code == "M1.02")).scalar_one()
        journal.change(item, {"measure_id": other}, action="edit", label="T-001")
    first, second = findings(register, ComputedFinding.MEASURE_WITHOUT_ITEMS)
    assert (first.subject, second.subject) == ("M1.01", "M0.01")
    assert "'Mended quays' is a measure of a theme" in first.statement


class TestWhatWasGivenUp:
    """A cancelled or merged item carries nothing out, once somebody confirmed it; findings say so from its day."""

    def test_a_measure_whose_items_are_all_cancelled_has_nothing_behind_it(self, register: Database):
        ended(register, "T-001", Phase.CANCELLED, as_of=APRIL)

        first, _ = findings(register, ComputedFinding.MEASURE_WITHOUT_ITEMS)
        assert first.subject == "M1.01"
        assert first.statement.endswith("no item carries it out. Its items are cancelled or merged: T-001.")
        earlier = APRIL - timedelta(days=1)
        assert subjects(register, ComputedFinding.MEASURE_WITHOUT_ITEMS, as_of=earlier) == ["M0.01"]

    def test_a_clause_that_only_such_a_measure_serves_is_named_with_it(self, register: Database):
        before = findings(register, ComputedFinding.CLAUSE_WITHOUT_MEASURE)
        ended(register, "T-003", Phase.CANCELLED, as_of=APRIL)

        added = [one for one in findings(register, ComputedFinding.CLAUSE_WITHOUT_MEASURE) if one not in before]
        assert added
        assert all(
            "behind what is linked to this clause (M2.02) are cancelled or merged." in one.statement for one in added
        )

    def test_an_ending_that_nobody_confirmed_changes_no_finding(self, register: Database):
        before = findings(register)
        report(register, "T-001", phase=Phase.CANCELLED, as_of=APRIL)
        report(register, "T-003", phase=Phase.MERGED, as_of=APRIL)
        assert findings(register) == before

    def test_an_ending_reported_again_in_another_way_needs_another_confirmation(self, register: Database):
        ended(register, "T-001", Phase.CANCELLED, as_of=APRIL - timedelta(days=7))
        report(register, "T-001", phase=Phase.MERGED, as_of=APRIL)
        assert subjects(register, ComputedFinding.MEASURE_WITHOUT_ITEMS) == ["M0.01"]

    def test_nothing_more_is_asked_of_a_cancelled_item(self, register: Database):
        ended(register, "T-003", Phase.CANCELLED, as_of=APRIL)

        for kind in (ComputedFinding.ITEM_WITHOUT_CLAUSE, ComputedFinding.FACTS_WORKING):
            assert "T-003" not in subjects(register, kind)
            assert "T-003" in subjects(register, kind, as_of=APRIL - timedelta(days=1))


def test_a_register_that_holds_what_the_plan_states_raises_nothing(register: Database):
    assert findings(register, ComputedFinding.TOTAL_DIFFERS) == []


def test_a_stated_total_that_the_register_does_not_hold_is_told_with_its_citation(register: Database):
    with register.writing() as session, writing(session, ACTOR, instant(3, 1)) as journal:
        total = session.execute(select(PlanTotal).where(PlanTotal.name == "key_projects")).scalar_one()
        journal.change(total, {"value": 4}, action="edit", label="key_projects")
    (finding,) = findings(register, ComputedFinding.TOTAL_DIFFERS)
    assert finding.subject == "key_projects"
    assert finding.statement == "The plan states 4 key projects, the register holds 2."
    assert [side.document for side in finding.sides] == ["plan-ko"]
    assert finding.about.kind is FindingSubject.PLAN
    assert findings(register, ComputedFinding.TOTAL_DIFFERS, known_at=instant(2, 28)) == []


def test_green_against_off_track_is_told_as_of_a_date(register: Database):
    report(register, "P-002", as_of=date(2020, 2, 3), percent=5, confidence=Confidence.GREEN)
    report(register, "T-001", as_of=date(2020, 2, 3), percent=1, confidence=Confidence.AMBER)
    kind = ComputedFinding.CONFIDENCE_CONTRADICTED
    assert subjects(register, kind, as_of=date(2020, 2, 4)) == []
    assert subjects(register, kind, as_of=APRIL) == ["P-002"]
    (finding,) = findings(register, kind)
    assert (
        "was rated green on 2020-02-03 although it is off track: 5% done, 55% expected, due 2020-12-31."
        in finding.statement
    )


def test_green_against_overdue_is_told_by_what_was_known(register: Database):
    report(register, "P-002", as_of=date(2020, 12, 29), percent=98, confidence=Confidence.GREEN, at=instant(12, 29))
    move(
        register,
        "P-002",
        None,
        date(2021, 3, 1),
        as_of=date(2020, 12, 30),
        at=datetime.fromisoformat("2021-01-08T12:00Z"),
    )
    kind = ComputedFinding.CONFIDENCE_CONTRADICTED
    later = date(2021, 1, 5)
    assert subjects(register, kind, as_of=later) == []
    assert subjects(register, kind, as_of=later, known_at=instant(12, 31)) == ["P-002"]


def test_all_findings_come_rank_by_rank_and_then_kind_by_kind(register: Database):
    report(register, "P-002", as_of=date(2020, 2, 3), percent=5, confidence=Confidence.GREEN)
    kinds = [finding.kind for finding in findings(register)]
    assert kinds == [
        *[ComputedFinding.MEASURE_WITHOUT_CLAUSE] * 3,
        ComputedFinding.CLAUSE_WITHOUT_MEASURE,
        ComputedFinding.MEASURE_WITHOUT_ITEMS,
        ComputedFinding.CONFIDENCE_CONTRADICTED,
        FindingKind.PHRASE_IN_ONE_LANGUAGE,
        ComputedFinding.ITEM_WITHOUT_CLAUSE,
        ComputedFinding.NEW_DUTY_RELIED_ON,
        *[ComputedFinding.LINK_UNREVIEWED] * 7,
        *[ComputedFinding.FACTS_WORKING] * 5,
    ]


@pytest.mark.parametrize("kind", [*FindingKind, *ComputedFinding])
def test_asking_for_a_kind_gives_just_what_all_findings_have_of_it(sqlite_register: Database, kind: Any):
    report(sqlite_register, "P-002", as_of=date(2020, 2, 3), percent=5, confidence=Confidence.GREEN)
    assert findings(sqlite_register, kind) == [finding for finding in findings(sqlite_register) if finding.kind is kind]
