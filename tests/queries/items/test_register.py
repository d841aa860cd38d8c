from datetime import date

import pytest

from planner.base.errors import UnknownNameError
from planner.base.language import LANGUAGE_VARIABLE, PSEUDO
from planner.domain.codes import canonical_code
from planner.domain.vocabulary import Basis, Confidence, Freshness, MeasuredBy, Phase, Schedule
from planner.queries.items.ordering import register_order
from planner.queries.items.register import read_parts, read_register, read_register_on
from planner.store.database import Database
from tests.factories import ITEM_CODES, ODD_TITLE, meet, move, reading_of, report
from tests.queries.reads import APRIL, item_at, items_at


def test_all_items_come_in_code_order_tasks_first(register: Database):
    assert tuple(items_at(register)) == ITEM_CODES


def test_only_the_items_asked_for_are_read(register: Database):
    with register.reading() as session:
        items = read_register(reading_of(session, APRIL), ["P-002", "T-001"])
    assert [item.code for item in items] == ["T-001", "P-002"]


def test_an_item_says_what_was_agreed_and_on_what_basis(register: Database):
    item = item_at(register, "P-001")
    assert (item.kind, item.theme, item.measure) == ("key_project", 1, "M1.02")
    assert (item.theme_title, item.measure_title) == ("Quays and lights", "New lights")
    assert (item.basis, item.lead_basis, item.due_basis) == (Basis.WORKING, Basis.DERIVED, Basis.DERIVED)
    assert (item.starts, item.starts_basis) == (date(2020, 2, 3), Basis.WORKING)
    assert item.lead.name == "Harbour Office"
    assert item.lead_rule == "The office keeps quays and lights, so it leads what concerns them."
    assert [body.short_name for body in item.supporting] == ["Archive"]
    assert item.measured_by is MeasuredBy.MILESTONES


def test_a_title_in_several_scripts_comes_back_as_it_was_written(register: Database):
    assert item_at(register, "P-002").title == ODD_TITLE


def test_a_lead_without_a_rule_has_the_note_that_says_why(register: Database):
    item = item_at(register, "T-003")
    assert (item.lead.key, item.lead_rule) == ("town-archive", None)
    assert item.lead_note == "No duty speaks of charts."


def test_before_any_report_an_item_has_not_started_and_owes_one_from_its_start_on(register: Database):
    items = items_at(register)
    assert {item.phase for item in items.values()} == {Phase.NOT_STARTED}
    assert items["T-001"].freshness is Freshness.NEVER
    assert items["T-003"].freshness is Freshness.NOT_OWED
    assert (items["T-003"].expected, items["T-003"].schedule) == (0, Schedule.ON_TRACK)


def test_the_states_follow_from_reports_milestones_and_the_day(register: Database):
    report(register, "T-001", as_of=date(2020, 3, 30), percent=29, confidence=Confidence.AMBER)
    report(register, "P-002", as_of=date(2020, 3, 4), percent=5, confidence=Confidence.GREEN)
    meet(register, "P-001", 1, date(2020, 3, 27))
    items = items_at(register)
    on_time, off_track, by_milestones = items["T-001"], items["P-002"], items["P-001"]
    assert on_time.expected == pytest.approx(40 + 60 / 275)
    assert (on_time.schedule, on_time.freshness, on_time.contradiction) == (
        Schedule.BEHIND,
        Freshness.REPORTED,
        False,
    )
    assert (off_track.schedule, off_track.freshness, off_track.contradiction) == (
        Schedule.OFF_TRACK,
        Freshness.STALE,
        True,
    )
    assert (by_milestones.actual, by_milestones.schedule) == (25, Schedule.ON_TRACK)


def test_an_item_is_overdue_the_day_after_its_current_due_date(register: Database):
    report(register, "T-001", as_of=date(2020, 12, 30), percent=99)
    assert item_at(register, "T-001", date(2020, 12, 31)).schedule is Schedule.ON_TRACK
    late = item_at(register, "T-001", date(2021, 1, 1))
    assert (late.schedule, late.days_late, late.days_late_baseline) == (Schedule.OVERDUE, 1, 1)


def test_lateness_is_told_against_the_agreed_date_and_the_first_one(register: Database):
    report(register, "T-001", as_of=date(2020, 12, 30), percent=99)
    move(register, "T-001", None, date(2021, 1, 31), as_of=date(2020, 12, 30))
    item = item_at(register, "T-001", date(2021, 1, 10))
    assert (item.schedule, item.days_late, item.days_late_baseline) == (Schedule.ON_TRACK, 0, 10)


def test_a_completed_item_is_done_and_late_by_no_more_than_it_was(register: Database):
    report(register, "T-002", as_of=date(2021, 1, 4), phase=Phase.COMPLETED)
    item = item_at(register, "T-002", date(2021, 6, 1))
    assert (item.actual, item.days_late, item.next_milestone) == (100, 4, None)
    assert item.last is not None
    assert item.last.completed_on == date(2021, 1, 4)


def test_a_suspended_item_has_no_schedule_state(register: Database):
    report(register, "T-001", as_of=date(2020, 3, 4), phase=Phase.SUSPENDED, confidence=Confidence.GREEN)
    item = item_at(register, "T-001", date(2021, 2, 1))
    assert (item.schedule, item.contradiction) == (Schedule.NONE, False)


def test_the_next_milestone_is_the_first_open_one_by_its_current_date(register: Database):
    meet(register, "T-002", 1, date(2020, 4, 20))
    move(register, "T-002", 2, date(2020, 11, 30), as_of=date(2020, 4, 20))
    item = item_at(register, "T-002", date(2020, 4, 21))
    assert item.next_milestone is not None
    assert item.next_milestone.number == 3


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("T-001", "T-001"),
        ("t-1", "T-001"),
        ("p7", "P-007"),
        (" P-0122 ", "P-122"),
        ("T–12", "T-012"),
        ("t-1000", "T-1000"),
        ("T-000", "T-000"),
        ("", ""),
        ("T-", "T-"),
        ("T-x", "T-X"),
        ("T-１", "T-001"),
        ("ｔ\u2011９", "T-009"),
        ("x-1", "X-001"),
        ("t" + "9" * 5000, "T-" + "9" * 5000),
    ],
)
def test_a_code_may_be_typed_carelessly(typed: str, code: str):
    assert canonical_code(typed) == code


def test_an_item_is_found_by_a_carelessly_typed_code(register: Database):
    assert item_at(register, "t1").code == "T-001"


@pytest.mark.parametrize("code", ["T-009", "X-001", "", "T-001; --", "제1", "T-\udcff", "9" * 5000])
def test_an_unknown_code_is_told_so(register: Database, code: str):
    with pytest.raises(UnknownNameError, match="no item") as caught:
        item_at(register, code)
    assert caught.value.where == "CODE"


def test_a_register_read_in_parts_is_the_register(register: Database, monkeypatch: pytest.MonkeyPatch):
    report(register, "T-001", as_of=APRIL, percent=20)
    days = [date(2020, 3, 29), APRIL]
    with register.reading() as session:
        whole = read_register_on(reading_of(session), days)
        monkeypatch.setattr("planner.queries.items.register.FIRST_PART", 1)
        monkeypatch.setattr("planner.queries.items.register.PART", 2)
        in_parts = read_parts(reading_of(session), days)
        with monkeypatch.context() as patch:
            # The first part does not wait for the ids of all items.
            patch.setattr("planner.queries.items.register.PART", None)
            parts = [next(in_parts)]
        parts += in_parts
    assert [(part.read, part.total) for part in parts] == [(1, 5), (3, 5), (5, 5)]
    for place, items in enumerate(whole):
        assert sorted((item for part in parts for item in part.on_days[place]), key=register_order) == items


@pytest.mark.parametrize("few", [0, 500])
def test_an_earlier_day_is_read_the_same_beside_a_later_one(
    register: Database, monkeypatch: pytest.MonkeyPatch, few: int
):
    monkeypatch.setattr("planner.queries.items.reported.FEW", few)
    report(register, "T-001", as_of=date(2020, 3, 20), percent=10)
    report(register, "T-001", as_of=APRIL, percent=20)
    report(register, "P-002", as_of=date(2020, 3, 20), percent=5)
    meet(register, "T-002", 1, date(2020, 3, 30))
    days = [APRIL, date(2020, 3, 25), date(2020, 3, 1)]
    with register.reading() as session:
        beside = read_register_on(reading_of(session), days)
        alone = [read_register(reading_of(session, day)) for day in days]
    assert beside == alone
    assert [items[0].actual for items in alone] == [20.0, 10.0, None]


def test_why_an_item_ended_is_translated_for_people_and_in_english_for_files(
    sqlite_register: Database, monkeypatch: pytest.MonkeyPatch
):
    report(sqlite_register, "T-001", phase=Phase.MERGED, merged_into="T-002", ending_reason="One pier.")
    last = item_at(sqlite_register, "T-001").last
    assert last is not None
    monkeypatch.setenv(LANGUAGE_VARIABLE, PSEUDO)
    assert last.why_ended == "merged into T-002: One pier."
    assert last.why_ended_in_words is not None
    assert last.why_ended_in_words.startswith("[mérgéd")
