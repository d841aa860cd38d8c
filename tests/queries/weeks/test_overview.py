from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event

from planner.domain.rules.weeks import Week
from planner.domain.vocabulary import Concern, Confidence, Grouping, Phase, Schedule, State
from planner.queries.items.filters import filtered
from planner.queries.moves.item_moves import ItemMove
from planner.queries.moves.moves import Aspect, MoveKind
from planner.queries.weeks.growing_overview import read_again, read_growing_overview, read_overview
from planner.queries.weeks.overview import Overview
from planner.store.database import Database
from planner.weekly.sections.movements import MOVEMENTS
from planner.writes.plan_changes.items import ItemEdit, NewItem, add_item, edit_item
from tests.factories import ended, meet, move, noon, reading_of, report
from tests.queries.reads import instant, item_at
from tests.weekly.week import section_rows
from tests.writes.plan_changes.acts import WHY, act

WEDNESDAY = date(2020, 4, 8)
LAST_SUNDAY = date(2020, 4, 5)


def overview(database: Database, as_of: date = WEDNESDAY, known_at: datetime | None = None) -> Overview:
    with database.reading() as session:
        return read_overview(reading_of(session, as_of, known_at))


def moved(database: Database, **point: Any) -> dict[str, ItemMove]:
    return {change.item.code: change for change in overview(database, **point).moved}


def test_the_plan_is_rolled_up_as_a_whole_and_per_theme(register: Database):
    report(register, "T-001", as_of=date(2020, 4, 7), percent=50)
    ended(register, "T-003", Phase.CANCELLED, as_of=date(2020, 4, 7))
    view = overview(register)
    assert str(view.week) == "2020-W15"
    assert (view.now.items, view.now.phases[Phase.CANCELLED]) == (5, 1)
    assert view.now.actual == pytest.approx(50 / 4)
    assert [(standing.key, standing.now.items) for standing in view.themes] == [("1", 3), ("2", 2)]
    assert view.themes[0].now.actual == pytest.approx(50 / 3)
    assert view.themes[0].before.actual == 0
    assert [item.code for item in view.items] == ["T-001", "T-002", "T-003", "P-001", "P-002"]


def test_it_is_compared_with_the_last_day_of_last_week(register: Database):
    report(register, "T-001", as_of=LAST_SUNDAY, percent=40)
    assert "T-001" not in moved(register)
    report(register, "T-001", as_of=date(2020, 4, 6), percent=45)
    assert moved(register)["T-001"].points == 5


def test_on_a_monday_only_that_day_is_this_week(register: Database):
    report(register, "T-001", as_of=LAST_SUNDAY, percent=40)
    assert "T-001" in moved(register, as_of=LAST_SUNDAY)
    assert "T-001" not in moved(register, as_of=date(2020, 4, 6))


def test_each_movement_of_an_item_is_listed_and_those_for_the_worse_come_first(register: Database):
    report(register, "T-001", as_of=date(2020, 4, 1), percent=41, confidence=Confidence.GREEN)
    report(register, "T-001", as_of=WEDNESDAY, percent=42, confidence=Confidence.RED)
    report(register, "P-002", as_of=WEDNESDAY, phase=Phase.COMPLETED)
    report(register, "T-003", as_of=WEDNESDAY, phase=Phase.IN_PROGRESS)
    move(register, "T-002", 1, date(2020, 5, 20), as_of=WEDNESDAY)
    meet(register, "P-001", 1, WEDNESDAY)
    changes = overview(register).moved
    assert [(one.item.code, one.move.kind, one.points, one.worse) for one in changes] == [
        ("T-001", MoveKind.WORSE, 1, True),
        ("T-002", MoveKind.RE_DATED, 0, True),
        ("P-002", MoveKind.COMPLETED, 100, False),
        ("P-001", MoveKind.BETTER, 25, False),
        ("T-003", MoveKind.STARTED, 0, False),
        ("P-001", MoveKind.MET, 25, False),
        ("P-001", MoveKind.PROGRESSED, 25, False),
        ("T-001", MoveKind.PROGRESSED, 1, False),
    ]


def test_an_item_of_which_only_the_rating_moved_is_listed(register: Database):
    report(register, "T-001", as_of=date(2020, 4, 1), percent=41, confidence=Confidence.GREEN)
    report(register, "T-001", as_of=WEDNESDAY, percent=41, confidence=Confidence.AMBER)
    (change,) = overview(register).moved
    assert (change.move.aspect, change.move.was, change.move.now) == (Aspect.CONFIDENCE, "green", "amber")


def test_what_slides_without_a_report_got_worse(register: Database):
    report(register, "T-001", as_of=date(2020, 3, 30), percent=32)
    before, after = LAST_SUNDAY, date(2020, 4, 10)
    assert item_at(register, "T-001", before).schedule is Schedule.ON_TRACK
    assert item_at(register, "T-001", after).schedule is Schedule.BEHIND
    assert moved(register, as_of=after)["T-001"].move.kind is MoveKind.WORSE


def test_the_overview_counts_what_the_weekly_file_lists(register: Database):
    report(register, "T-001", as_of=date(2020, 3, 25), percent=10, confidence=Confidence.GREEN)
    report(register, "T-001", as_of=date(2020, 4, 6), percent=12, confidence=Confidence.RED)
    move(register, "T-002", 1, date(2020, 5, 20), as_of=date(2020, 4, 7))
    # What holds from an earlier day, what only an act tells, and a new item.
    move(register, "P-001", 1, date(2020, 4, 20), as_of=date(2020, 4, 2), at=noon(date(2020, 4, 7)))
    act(register, edit_item, "T-003", ItemEdit(note="Ask first."), WHY, day=date(2020, 4, 7))
    new = NewItem("N-1", "Write the tide tables", "1", "town-archive", date(2020, 11, 30), "task")
    act(register, add_item, new, WHY, day=date(2020, 4, 7))
    listed = [(row["code"], row["movement"]) for row in section_rows(register, MOVEMENTS, week=Week(2020, 15))]
    counted = [(one.item.code, one.move.kind.value) for one in overview(register, as_of=date(2020, 4, 12)).moved]
    assert sorted(counted) == sorted(listed)
    assert {"recorded_late", "plan_changed", "new", "re_dated", "worse"} <= {kind for _, kind in counted}


def test_what_was_reported_later_had_not_moved_as_known_then(register: Database):
    report(register, "T-001", as_of=date(2020, 4, 7), percent=50, at=instant(4, 20))
    assert "T-001" in moved(register)
    assert "T-001" not in moved(register, known_at=instant(4, 19))


def test_nothing_moves_where_nothing_is_reported(register: Database):
    assert moved(register, as_of=date(2020, 1, 8)) == {}


def test_the_first_days_of_a_plan_have_a_week_before(register: Database):
    view = overview(register, as_of=date(2020, 1, 1))
    assert view.before.expected == 0
    assert view.now.items == view.before.items == 5
    assert view.week.monday == date(2020, 1, 1) - timedelta(days=2)


def test_organisations_stand_by_what_they_lead_and_the_most_items_come_first(register: Database):
    report(register, "T-003", as_of=date(2020, 4, 7), percent=30)
    view = overview(register)
    assert [(one.name, one.now.items) for one in view.organisations] == [("Harbour Office", 4), ("Town Archive", 1)]
    assert (view.organisations[1].now.actual, view.organisations[1].before.actual) == (30, 0)


def test_the_items_behind_every_line_are_those_it_counts(register: Database):
    report(register, "T-001", as_of=date(2020, 4, 7), percent=50)
    view = overview(register)
    for line in (line for by in Grouping for line in view.lines(by)):
        assert len(filtered(view.items, line.filters)) == line.now.items
        for state in State:
            assert len(filtered(view.items, replace(line.filters, state=state))) == line.now.states[state]
        for concern in Concern:
            assert len(filtered(view.items, replace(line.filters, concern=concern))) == line.now.concerns[concern]
        assert line.now.states.total() == line.now.items
    assert {view.lines(by)[-1].name for by in Grouping} == {"The plan"}


def test_measures_stand_in_the_plan_s_order_and_rules_of_lead_by_how_many_items_follow_from_them(register: Database):
    report(register, "T-003", as_of=date(2020, 4, 7), percent=30)
    view = overview(register)
    assert view.lines(Grouping.MEASURE)[0] is view.lines(Grouping.MEASURE)[0]
    assert [(line.name, line.now.items) for line in view.lines(Grouping.MEASURE)] == [
        ("M1.01 Mended quays", 1),
        ("M1.02 New lights", 2),
        ("M2.01 Reading rooms open again", 1),
        ("M2.02 Old charts", 1),
        ("The plan", 5),
    ]
    assert (view.lines(Grouping.MEASURE)[3].now.actual, view.lines(Grouping.MEASURE)[3].before.actual) == (30, 0)
    rules = view.lines(Grouping.RULE)
    assert [(line.short_name, line.now.items) for line in rules] == [
        ("lead-harbour", 3),
        ("lead-rooms", 1),
        ("no rule", 1),
        ("The plan", 5),
    ]
    assert rules[0].name == "lead-harbour: The office keeps quays and lights, so it leads what concerns them."


def test_what_is_overdue_and_what_falls_due_in_two_weeks_are_two_lists(register: Database):
    view = overview(register, as_of=date(2020, 4, 16))
    assert [(one.item.code, one.current) for one in view.overdue] == [
        ("P-002", date(2020, 2, 28)),
        ("T-001", date(2020, 3, 31)),
        ("P-001", date(2020, 3, 31)),
    ]
    assert [(one.item.code, one.current) for one in view.due] == [("T-002", date(2020, 4, 30))]
    assert overview(register, as_of=date(2020, 4, 15)).due == ()
    assert [one.current for one in overview(register, as_of=date(2020, 4, 30)).due] == [date(2020, 4, 30)]


def test_who_has_not_reported_is_named(register: Database):
    report(register, "T-001", as_of=date(2020, 4, 7))
    assert [(one.organisation.key, one.owed, one.reported) for one in overview(register).not_reported] == [
        ("harbour-office", 4, 1)
    ]


def test_green_against_late_dates_and_completions_nobody_confirmed_are_to_be_checked(register: Database):
    report(register, "T-001", as_of=date(2020, 9, 2), percent=1, confidence=Confidence.GREEN)
    report(register, "P-002", as_of=date(2020, 9, 2), phase=Phase.COMPLETED)
    view = overview(register, as_of=date(2020, 9, 4))
    assert [item.code for item in view.contradictions] == ["T-001"]
    assert [item.code for item in view.awaiting] == ["P-002"]
    assert (view.now.concerns[Concern.CONTRADICTION], view.now.concerns[Concern.AWAITING]) == (1, 1)


def test_an_overview_grows_with_the_items_read(sqlite_register: Database, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("planner.queries.items.register.FIRST_PART", 1)
    monkeypatch.setattr("planner.queries.items.register.PART", 1)
    told: list[tuple[int, int]] = []
    with sqlite_register.reading() as session:
        grown = list(read_growing_overview(reading_of(session, WEDNESDAY), lambda *read: told.append(read)))
        whole = read_overview(reading_of(session, WEDNESDAY))
    assert told == [(1, 5), (2, 5), (3, 5), (4, 5), (5, 5)]
    assert [(len(overview.items), overview.complete) for overview in grown] == [(1, False), (5, True)]
    assert grown[-1] == whole


def test_names_in_other_languages_are_read_only_for_items_that_are_searched(sqlite_register: Database):
    sent: list[str] = []
    with sqlite_register.reading() as session:
        event.listen(session.connection(), "before_cursor_execute", lambda *told: sent.append(told[2]))
        read_overview(reading_of(session, WEDNESDAY))
        assert [statement for statement in sent if "title_name" in statement or "organisation_name" in statement] == []
        list(read_growing_overview(reading_of(session, WEDNESDAY)))
    assert [statement for statement in sent if "title_name" in statement]


def test_some_items_read_again_give_the_overview_of_all_read_again(register: Database):
    before = overview(register)
    report(register, "T-001", as_of=date(2020, 4, 7), percent=50, confidence=Confidence.GREEN)
    # A report that came late is seen in the week before too.
    report(register, "P-002", as_of=date(2020, 4, 3), phase=Phase.COMPLETED)
    report(register, "T-003", as_of=date(2020, 4, 7), percent=30)
    with register.reading() as session:
        again = read_again(reading_of(session, WEDNESDAY), before, {"T-001", "P-002"})
    whole = overview(register)
    assert replace(whole, items=(), earlier=()) != replace(again, items=(), earlier=())
    third = {item.code: item for item in before.items}["T-003"]
    assert again.items == tuple(third if item.code == "T-003" else item for item in whole.items)
    assert again.earlier == whole.earlier != before.earlier
    with register.reading() as session:
        rest = read_again(reading_of(session, WEDNESDAY), again, {"T-003"})
    assert rest == whole
