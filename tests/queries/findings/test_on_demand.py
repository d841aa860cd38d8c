"""Findings about items: they are counted without their views, and agree with the states in the list of items."""

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, event, select
from sqlalchemy.orm import Session

from planner.base.formats import percent
from planner.domain.vocabulary import ComputedFinding, Confidence, FindingSubject, MeasuredBy, Phase
from planner.queries.chosen import items_of_plan
from planner.queries.findings import About, FindingView, on_demand, read_finding, read_finding_groups
from planner.queries.findings.on_demand import ViewsOnDemand
from planner.queries.findings.ranking import grouped
from planner.queries.findings.views import computed
from planner.queries.items.contradictions import read_contradictions
from planner.queries.items.dropped import read_dropped
from planner.store.database import Database
from planner.store.models import Item
from planner.writes.plan_changes.removed_parts import remove_milestone
from tests.factories import DOCUMENTS, ended, meet, move, reading_of, report
from tests.queries.finding_reads import accept, attach, findings
from tests.queries.reads import APRIL, item_at, items_at
from tests.writes.plan_changes.acts import WHY, act

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

    views = ViewsOnDemand([Coded("T-001"), Coded("T-002"), Coded("T-003")], lambda records: map(view, records))
    assert (len(views), made) == (3, [])
    assert [one.subject for one in views[1:]] == made == ["T-002", "T-003"]
    assert views[0].subject == "T-001"


def test_all_views_are_made_in_portions(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(on_demand, "PORTION", 2)
    asked: list[list[str]] = []

    def make(records: Sequence[Coded]) -> Iterator[FindingView]:
        asked.append([record.code for record in records])
        return (computed(WORKING, one.code, "Drafted.", About(FindingSubject.ITEM, one.code, "")) for one in records)

    views = ViewsOnDemand([Coded("T-001"), Coded("T-002"), Coded("T-003")], make)
    assert [view.subject for view in views] == ["T-001", "T-002", "T-003"]
    assert asked == [["T-001", "T-002"], ["T-003"]]


def test_only_the_findings_that_somebody_decided_about_are_made_to_count_the_accepted_ones(register: Database):
    accept(register, WORKING, "T-003")
    with register.reading() as session:
        (group,) = read_finding_groups(reading_of(session, APRIL), WORKING)
        with sent(session) as statements:
            assert (len(group.open), [one.subject for one in group.accepted]) == (4, ["T-003"])
        assert statements == []
        assert list(group) == findings(register, WORKING)


# What a statement, or a statement within it, selects.
CHOSEN = re.compile(r"SELECT (.*?)FROM", re.DOTALL)


def test_counting_reads_each_table_of_items_once(register: Database):
    report(register, "P-002", as_of=date(2020, 2, 3), percent=5, confidence=Confidence.GREEN)
    with register.reading() as session, sent(session) as statements:
        assert sum(map(len, read_finding_groups(reading_of(session, APRIL)))) == 21
    for column, times in (("item.measure_id", 1), ("item.title", 0), ("milestone.weight", 1), ("link.rationale", 1)):
        assert sum(column in " ".join(CHOSEN.findall(one)) for one in statements) == times, column
    # Two of them ask which plans there are, and whether the plan was changed after the day.
    assert len(statements) <= 45


def test_the_finding_of_one_item_is_read_from_this_item_alone(register: Database):
    report(register, "P-002", as_of=date(2020, 2, 3), percent=5, confidence=Confidence.GREEN)
    for kind, subject in ((CONTRADICTED, "P-002"), (WORKING, "T-003")):
        with register.reading() as session, sent(session) as statements:
            read_finding(reading_of(session, APRIL), kind, subject)
        # Whether the plan changed after the day is asked of an index.
        of_items = [one for one in statements if re.search(r"FROM item\b", one) and "ORDER BY item.added_on" not in one]
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


def test_a_green_rating_is_compared_without_the_milestones_that_were_removed(register: Database):
    report(register, "P-001", as_of=date(2020, 2, 3), confidence=Confidence.GREEN)
    first, *others = item_at(register, "P-001").milestones
    meet(register, "P-001", first.number, date(2020, 2, 4))
    removed = date(2020, 9, 1)
    for step in others:
        act(register, remove_milestone, "P-001", step.number, WHY, day=removed)
    found = {}
    for day in (removed - timedelta(days=1), removed):
        found[day] = [view.subject for view in findings(register, CONTRADICTED, day)]
        assert found[day] == [item.code for item in items_at(register, day).values() if item.contradiction]
    assert list(found.values()) == [["P-001"], []]


def test_milestones_are_read_of_open_items_and_the_days_met_where_milestones_count(sqlite_register: Database):
    codes: dict[int, str] = {}
    of: dict[MeasuredBy, list[str]] = defaultdict(list)
    with sqlite_register.reading() as session:
        for number, code, measured_by in session.execute(select(Item.id, Item.code, Item.measured_by)):
            codes[number] = code
            of[measured_by].append(code)
    opened = {measured_by: found[0] for measured_by, found in of.items()}
    for first, second, *_ in of.values():
        report(sqlite_register, first, as_of=date(2020, 2, 3), confidence=Confidence.GREEN)
        report(sqlite_register, second, as_of=date(2020, 2, 3), phase=Phase.SUSPENDED, confidence=Confidence.GREEN)
    read: dict[bool, list[str]] = {}

    def note(_connection: Connection, _cursor: object, statement: str, values: Any, *_: object) -> None:
        if "milestone.weight" in statement:
            read["milestone_report.met_on" in statement] = [codes[one] for one in json.loads(values[-1])]

    with sqlite_register.reading() as session:
        event.listen(session.connection(), "before_cursor_execute", note)
        reading = reading_of(session, APRIL)
        read_contradictions(reading, items_of_plan(reading.plan.id))
    assert read == {True: [opened[MeasuredBy.MILESTONES]], False: [opened[MeasuredBy.REPORTS]]}


def test_the_few_items_that_were_dropped_are_found_by_an_index_of_their_reports(sqlite_register: Database):
    explained: list[str] = []

    def explain(connection: Connection, _cursor: object, statement: str, values: Any, *_: object) -> None:
        if statement.startswith("SELECT") and "ended_on" in statement:
            plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", tuple(values))
            explained.extend(row[-1] for row in plan)

    with sqlite_register.reading() as session:
        event.listen(session.connection(), "before_cursor_execute", explain)
        reading = reading_of(session, APRIL)
        assert read_dropped(reading, items_of_plan(reading.plan.id)) == frozenset()
    assert "SCAN status_update USING INDEX ix_status_update_item_id" in explained


def test_the_sides_of_a_group_are_those_of_its_findings(register: Database):
    attach(register, "new-duties-ar", DOCUMENTS["new-duties-ar"].replace("والمكتبات", "والمتاحف!"))
    for group in grouped(findings(register)):
        assert list(group.sides) == [side for finding in group for side in finding.sides]
