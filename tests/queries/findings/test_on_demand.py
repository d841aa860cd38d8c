"""Findings about items: they are counted without their views, and agree with the states in the list of items."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from sqlalchemy import event
from sqlalchemy.orm import Session

from planner.base.formats import percent
from planner.domain.vocabulary import ComputedFinding, Confidence, FindingSubject, Phase
from planner.queries.findings import About, FindingView, read_finding, read_finding_groups
from planner.queries.findings.on_demand import ViewsOnDemand
from planner.queries.findings.ranking import grouped
from planner.queries.findings.views import computed
from planner.store.database import Database
from tests.factories import DOCUMENTS, ended, meet, move, reading_of, report
from tests.queries.finding_reads import accept, attach, findings
from tests.queries.reads import APRIL, items_at

CONTRADICTED, WORKING = ComputedFinding.CONFIDENCE_CONTRADICTED, ComputedFinding.FACTS_WORKING


@dataclass
class Coded:
    code: str


@contextmanager
def sent(session: Session) -> Iterator[list[str]]:
    """The statements that are sent in the block."""
    statements: list[str] = []
    event.listen(session.connection(), "before_cursor_execute", lambda *told: statements.append(told[2]))
    yield statements


def test_a_view_is_made_when_it_is_read_and_not_when_it_is_counted():
    made: list[str] = []

    def view(record: Coded) -> FindingView:
        made.append(record.code)
        return computed(WORKING, record.code, "Drafted.", About(FindingSubject.ITEM, record.code, "A title"))

    views = ViewsOnDemand([Coded("T-001"), Coded("T-002"), Coded("T-003")], view)
    assert (len(views), made) == (3, [])
    assert [one.subject for one in views[1:]] == made == ["T-002", "T-003"]
    assert views[0].subject == "T-001"


def test_only_the_findings_that_somebody_decided_about_are_made_to_count_the_accepted_ones(register: Database):
    accept(register, WORKING, "T-003")
    with register.reading() as session:
        (group,) = read_finding_groups(reading_of(session, APRIL), WORKING)
        with sent(session) as statements:
            assert (len(group.open), [one.subject for one in group.accepted]) == (4, ["T-003"])
        assert statements == []
    assert list(group) == findings(register, WORKING)


def test_counting_reads_each_table_of_items_once(register: Database):
    report(register, "P-002", as_of=date(2020, 2, 3), percent=5, confidence=Confidence.GREEN)
    with register.reading() as session, sent(session) as statements:
        assert sum(map(len, read_finding_groups(reading_of(session, APRIL)))) == 21
    for column in ("item.title", "milestone.weight", "link.rationale"):
        assert sum(column in one.partition("FROM")[0] for one in statements) == 1, column
    # Two of them ask which plans there are, and whether the plan was changed after the day.
    assert len(statements) <= 45


def test_the_finding_of_one_item_is_read_from_this_item_alone(register: Database):
    report(register, "P-002", as_of=date(2020, 2, 3), percent=5, confidence=Confidence.GREEN)
    for kind, subject in ((CONTRADICTED, "P-002"), (WORKING, "T-003")):
        with register.reading() as session, sent(session) as statements:
            read_finding(reading_of(session, APRIL), kind, subject)
        # Whether the plan changed after the day is asked of an index.
        of_items = [one for one in statements if re.search(r"FROM item\b", one) and "item.added_on >" not in one]
        assert of_items
        assert all("item.code_key IN" in one or "json_each" in one or "ANY (" in one for one in of_items)


def test_a_green_rating_is_at_odds_with_the_state_that_the_list_of_items_shows(register: Database):
    day = date(2020, 2, 3)
    report(register, "P-002", as_of=day, percent=5, confidence=Confidence.GREEN)
    report(register, "P-001", as_of=day, phase=Phase.SUSPENDED, confidence=Confidence.GREEN)
    report(register, "T-001", as_of=day, phase=Phase.IN_PROGRESS, confidence=Confidence.GREEN)
    report(register, "T-002", as_of=day, phase=Phase.CANCELLED, confidence=Confidence.GREEN)
    ended(register, "T-003", Phase.MERGED, as_of=day, merged_into="T-001", confidence=Confidence.GREEN)
    meet(register, "T-001", 1, date(2020, 2, 4))
    move(register, "T-001", None, date(2021, 6, 1))
    found: set[str] = set()
    for day in (date(2020, 2, 3), date(2020, 6, 30), date(2020, 12, 31), date(2021, 1, 1), date(2022, 1, 1)):
        items = [item for item in items_at(register, day).values() if item.contradiction]
        views = findings(register, CONTRADICTED, day)
        assert [view.subject for view in views] == [item.code for item in items]
        for item, view in zip(items, views, strict=True):
            done = f"{percent(item.actual or 0.0)} done, {percent(item.expected)} expected, due {item.current_due}."
            assert view.statement.endswith(done)
            assert view.covers == (item.schedule.value,)
            found.add(item.code)
    assert found == {"P-002", "T-001", "T-002"}


def test_the_sides_of_a_group_are_those_of_its_findings(register: Database):
    attach(register, "new-duties-ar", DOCUMENTS["new-duties-ar"].replace("والمكتبات", "والمتاحف!"))
    for group in grouped(findings(register)):
        assert list(group.sides) == [side for finding in group for side in finding.sides]
