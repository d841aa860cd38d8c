"""The section `movements`."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from operator import itemgetter
from zoneinfo import ZoneInfo

import pytest

from planner.domain.rules.weeks import Week
from planner.domain.vocabulary import Confidence, Direction, MeasuredBy, Phase
from planner.intake.applying.apply import apply_import
from planner.queries.moves.moves import Aspect
from planner.register.plan_changes import ITEM_COLUMNS, PARTS, SUPPORTING
from planner.weekly.sections.movements import MOVEMENTS
from planner.writes.plan_changes.items import ItemEdit, NewItem, edit_item, move_item
from planner.writes.plan_changes.items import add_item as plan_item
from planner.writes.plan_changes.organisations import merge_organisation
from planner.writes.plan_changes.parts import NewIndicator, NewPart, add_indicator, add_milestone, add_target
from planner.writes.plan_changes.removed_parts import remove_indicator, remove_milestone
from planner.writes.plan_changes.split import Part, split_item
from planner.writes.plan_changes.targets import revise_target
from planner.writes.plan_changes.themes import add_theme, remove_theme
from planner.writes.plans.edit_plan import PlanEdit, edit_plan
from planner.writes.reports.confirmations import return_report
from planner.writes.undo import undo
from tests.answers import give_back
from tests.factories import ACTOR, COLLEAGUE, load_small_bundle, meet, move, noon, report, writing_by
from tests.intake.imports import SOURCE, preview_of
from tests.intake.proposals import item, part
from tests.intake.proposals import register as proposed_register
from tests.queries.reads import detail_at, retitle
from tests.weekly.week import add_item, section_rows
from tests.writes.plan_changes.acts import act


def movements(database, **options):
    return section_rows(database, MOVEMENTS, **options)


def told(rows, *names):
    return [tuple(row[name] for name in names) for row in rows]


def test_each_movement_has_its_row_with_what_is_said_of_it(register):
    report(register, "T-001", as_of=date(2020, 3, 25), percent=10, confidence=Confidence.GREEN)
    report(register, "T-001", as_of=date(2020, 4, 2), confidence=Confidence.RED, done="Ice.", blocker="No timber.")
    move(register, "T-001", None, date(2021, 1, 10), as_of=date(2020, 4, 1), reason="Too early.")
    move(register, "T-001", None, date(2021, 1, 31), as_of=date(2020, 4, 3), reason="Timber [late].")
    move(register, "T-001", 2, date(2020, 12, 20), as_of=date(2020, 4, 3), reason="Fewer quays.")
    report(register, "P-002", as_of=date(2020, 4, 3), phase=Phase.COMPLETED, done="Rooms open.")
    meet(register, "P-001", 1, date(2020, 4, 1))
    rows = movements(register)
    assert told(rows, "movement", "code", "what", "from", "to", "points", "days", "reason", "on", "recorded_by") == [
        ("worse", "T-001", "schedule", "behind", "off_track", 0.0, None, "No timber.", date(2020, 4, 2), "ada"),
        ("worse", "T-001", "confidence", "green", "red", 0.0, None, "No timber.", date(2020, 4, 2), "ada"),
        *[
            ("re_dated", "T-001", what, old, new, 0.0, days, reason, date(2020, 4, 3), "ada")
            for what, old, new, days, reason in [
                ("due_date", "2020-12-31", "2021-01-31", 31, "Timber [late]."),
                ("milestone 2", "2020-12-31", "2020-12-20", -11, "Fewer quays."),
            ]
        ],
        (
            "completed",
            "P-002",
            "phase",
            "not_started",
            "completed",
            100.0,
            None,
            "Rooms open.",
            date(2020, 4, 3),
            "ada",
        ),
        ("better", "P-001", "schedule", "behind", "on_track", 25.0, None, None, None, None),
        ("met", "P-001", "milestone 1", None, "2020-04-01", 25.0, None, None, None, None),
        ("progressed", "P-001", "percent", "0.0", "25.0", 25.0, None, None, None, None),
    ]
    assert told(rows, "milestone")[3] == ("Quays mended",)
    assert told(rows, "title", "theme", "lead", "basis")[0] == (
        "Mend the quays",
        "1 Quays and lights",
        "Harbour Office",
        "stated",
    )


def test_an_item_is_dropped_by_being_cancelled_and_nothing_else_is_made_of_it(sqlite_register):
    report(sqlite_register, as_of=date(2020, 3, 25), percent=40, confidence=Confidence.GREEN)
    report(
        sqlite_register,
        as_of=date(2020, 4, 4),
        phase=Phase.CANCELLED,
        confidence=Confidence.RED,
        ending_reason="Sold the quays.",
    )
    rows = [row for row in movements(sqlite_register) if row["code"] == "T-001"]
    assert told(rows, "movement", "from", "to", "reason") == [
        ("dropped", "in_progress", "cancelled", "Sold the quays.")
    ]


def test_what_was_done_is_no_reason_why_something_got_worse(sqlite_register):
    report(sqlite_register, as_of=date(2020, 3, 25), percent=40, confidence=Confidence.GREEN)
    report(sqlite_register, as_of=date(2020, 4, 2), percent=35, confidence=Confidence.AMBER, done="Small steps.")
    rows = movements(sqlite_register)
    assert ("worse", "confidence", None) in told(rows, "movement", "what", "reason")
    assert ("fell_back", "percent", None) in told(rows, "movement", "what", "reason")
    assert {row["points"] for row in rows if row["code"] == "T-001"} == {-5.0}


def test_a_schedule_that_slides_without_a_report_has_nobody_who_recorded_it(sqlite_register):
    report(sqlite_register, as_of=date(2020, 3, 25), percent=31, blocker="An older one.")
    [row] = [row for row in movements(sqlite_register) if row["code"] == "T-001"]
    assert (row["movement"], row["from"], row["to"]) == ("worse", "on_track", "behind")
    assert (row["reason"], row["on"], row["recorded_by"]) == (None, None, None)


def test_what_got_worst_comes_first(sqlite_register):
    report(sqlite_register, "T-001", as_of=date(2020, 3, 25), percent=31)
    report(sqlite_register, "P-002", as_of=date(2020, 3, 25), percent=90, confidence=Confidence.GREEN)
    report(sqlite_register, "P-002", as_of=date(2020, 4, 1), confidence=Confidence.RED)
    rows = [row for row in movements(sqlite_register) if row["movement"] == "worse"]
    assert told(rows, "code", "to") == [("P-002", "red"), ("T-001", "behind")]


def test_a_returned_report_has_moved_nothing(sqlite_register):
    quiet = movements(sqlite_register)
    report(sqlite_register, as_of=date(2020, 4, 2), percent=80)
    assert movements(sqlite_register) != quiet
    give_back(sqlite_register, at=noon(date(2020, 4, 7)))
    assert movements(sqlite_register) == quiet


# Items that came into the plan


def test_an_item_is_new_in_the_week_in_which_it_was_added(register):
    seoul = ZoneInfo("Asia/Seoul")
    begins = datetime(2020, 3, 30, tzinfo=seoul)
    add_item(register, "T-004", "Mend the slipway", begins)
    add_item(register, "T-005", "Mend the crane", begins + timedelta(microseconds=1))
    add_item(register, "T-006", "Mend the ramp", datetime(2020, 4, 5, 23, 59, tzinfo=seoul))
    add_item(register, "T-007", "Mend the boom", datetime(2020, 4, 6, 0, 1, tzinfo=seoul))
    report(register, "T-005", as_of=date(2020, 4, 4), percent=30, at=noon(date(2020, 4, 6)))
    rows = [row for row in movements(register) if row["movement"] == "new"]
    assert told(rows, "code", "what", "from", "to", "points", "on", "recorded_by") == [
        ("T-005", "item", None, "in_progress", None, date(2020, 3, 30), "ada"),
        ("T-006", "item", None, "not_started", None, date(2020, 4, 5), "ada"),
    ]
    # There is nothing to compare it with, so it has no other row in its first week.
    assert [row["movement"] for row in movements(register) if row["code"] == "T-005"] == ["new"]


def test_what_was_not_yet_recorded_was_not_new(sqlite_register):
    add_item(sqlite_register, "T-004", "Mend the slipway", noon(date(2020, 4, 3)))
    retitle(sqlite_register, "T-002", "Teach the lighthouse keepers", noon(date(2020, 4, 4)))
    before, after = noon(date(2020, 4, 2)), noon(date(2020, 4, 20))
    assert "new" not in {row["movement"] for row in movements(sqlite_register, known_at=before)}
    assert [row["code"] for row in movements(sqlite_register, known_at=after) if row["movement"] == "new"] == ["T-004"]


def test_the_plan_itself_is_not_new_when_it_is_loaded(sqlite_register):
    rows = movements(sqlite_register, week=Week(2020, 1))
    assert "new" not in {row["movement"] for row in rows}


def test_what_acts_changed_in_the_plan_is_told_with_their_reasons(register):
    day, why = date(2020, 4, 2), "The council decided so."
    act(register, move_item, "T-001", why, theme="2", measure="M2.02", lead="town-archive", day=day)
    act(register, split_item, "T-003", [Part("A-1", "Ask"), Part("A-2", "List")], why, day=day)
    rows, into = movements(register), f"merged into A-1: split into A-1, A-2: {why}"
    assert told(rows, "movement", "code", "what", "from", "to", "reason", "on", "recorded_by") == [
        ("dropped", "T-003", "phase", "not_started", "merged", into, day, "ada"),
        ("plan_changed", "T-001", "theme", "Quays and lights", "Rooms and charts", why, day, "ada"),
        ("plan_changed", "T-001", "measure", "M1.01", "M2.02", why, day, "ada"),
        ("plan_changed", "T-001", "lead", "Harbour Office", "Town Archive", why, day, "ada"),
        ("plan_changed", "T-001", "supporting", "Town Archive", None, why, day, "ada"),
        ("plan_changed", "T-003", "split_into", None, "A-1, A-2", why, day, "ada"),
        ("new", "A-1", "item", None, "not_started", why, day, "ada"),
        ("new", "A-2", "item", None, "not_started", why, day, "ada"),
    ]
    after = movements(register, week=Week.parse("2020-W15"), now=noon(date(2020, 4, 20)))
    assert {"plan_changed", "new"}.isdisjoint(row["movement"] for row in after)


@pytest.mark.parametrize(("days", "kind"), [(1, "plan_changed"), (7, "recorded_late")])
def test_a_split_that_was_returned_is_told_with_the_reason(register, days, kind):
    day = date(2020, 4, 2)
    act(register, split_item, "T-003", [Part("A-1", "Ask"), Part("A-2", "List")], "Two lists.", day=day)
    with register.writing() as session:
        return_report(writing_by(session, COLLEAGUE, noon(day + timedelta(days=days))), "T-003", "One list.")
    week = Week.of(day + timedelta(days=days))
    rows = movements(register, week=week, now=noon(date(2020, 4, 20)))
    rows = [row for row in rows if row["what"] != "phase"]
    told_of = told(rows, "movement", "code", "what", "from", "to", "reason", "on", "recorded_by")
    assert told_of == [(kind, "T-003", "split_into", "A-1, A-2", None, "One list.", day, "brook")]


def test_revised_targets_and_what_only_acts_tell_are_movements_of_their_items(register):
    first, last, why = date(2020, 3, 31), date(2020, 4, 3), "Fewer quays."
    act(register, revise_target, "T-001", 1, "A slip.", value=9, day=first)
    act(register, revise_target, "T-001", 1, why, value=8, due=date(2021, 1, 31), day=last)
    act(register, edit_item, "T-002", ItemEdit(title="Teach all keepers", accountable="brook"), why, day=last)
    act(register, merge_organisation, "town-archive", "harbour-office", "Reform.", day=last)
    rows = [row for row in movements(register) if row["movement"] == "plan_changed"]
    assert told(rows, "code", "what", "from", "to", "reason", "on", "recorded_by") == [
        ("T-001", "supporting", "Town Archive", None, "Reform.", last, "ada"),
        ("T-001", "indicator 1", "10 quays by 2020-12-31", "8 quays by 2021-01-31", why, last, "ada"),
        ("T-002", "title", "Train the lighthouse keepers", "Teach all keepers", why, last, "ada"),
        ("T-002", "accountable", None, "Brook", why, last, "ada"),
        ("T-002", "supporting", "Town Archive", None, "Reform.", last, "ada"),
        ("T-003", "lead", "Town Archive", "Harbour Office", "Reform.", last, "ada"),
        ("T-003", "supporting", "Harbour Office", None, "Reform.", last, "ada"),
        ("P-001", "supporting", "Town Archive", None, "Reform.", last, "ada"),
    ]
    act(register, revise_target, "T-001", 1, "As before.", value=10, due=date(2020, 12, 31), day=date(2020, 4, 4))
    assert "indicator 1" not in {row["what"] for row in movements(register)}


def test_each_fact_that_an_act_can_change_is_a_movement():
    assert set(ITEM_COLUMNS) | {SUPPORTING, *PARTS} <= {aspect.value for aspect in Aspect}


def test_the_note_the_source_and_what_an_item_is_measured_by_are_movements(register):
    day, why = date(2020, 4, 2), "As agreed."
    edit = ItemEdit(measured_by=MeasuredBy.MILESTONES, source="Office file 7", note="Ask first.")
    act(register, edit_item, "T-001", edit, why, day=day)
    rows = [row for row in movements(register) if row["movement"] == "plan_changed"]
    assert told(rows, "code", "what", "from", "to", "reason") == [
        ("T-001", "measured_by", "reports", "milestones", why),
        ("T-001", "source", None, "Office file 7", why),
        ("T-001", "note", None, "Ask first.", why),
    ]


def test_parts_that_acts_add_to_an_item_are_movements_of_it(register):
    day, why = date(2020, 4, 2), "The council decided so."
    act(register, add_milestone, "T-001", NewPart("Quays painted", date(2020, 11, 1)), why, day=day)
    act(register, add_indicator, "T-001", NewIndicator("Lamps", "lamps", Direction.INCREASE), why, day=day)
    act(register, add_target, "T-001", 2, 7, date(2020, 12, 1), why, day=day)
    move(register, "T-001", 2, date(2020, 12, 20), as_of=date(2020, 4, 3), reason="Fewer quays.")
    rows = [row for row in movements(register) if row["movement"] in ("plan_changed", "re_dated")]
    assert told(rows, "movement", "what", "milestone", "from", "to", "reason") == [
        ("re_dated", "milestone 2", "Quays mended", "2020-12-31", "2020-12-20", "Fewer quays."),
        ("plan_changed", "milestone 3", "Quays painted", None, "2020-11-01", why),
        ("plan_changed", "indicator", None, None, "Lamps", why),
        ("plan_changed", "target", None, None, "Lamps: 7 (2020-12-01)", why),
    ]


def test_an_act_that_holds_from_an_earlier_day_is_told_in_the_week_in_which_it_was_recorded(register):
    day, why, earlier = date(2020, 3, 25), "The council decided so.", Week(2020, 13)
    before = movements(register, week=earlier, known_at=noon(date(2020, 3, 30)))
    new = NewItem("N-1", "Write the tide tables", "1", "town-archive", date(2020, 11, 30), "task")
    act(register, plan_item, new, why, day=day, at=noon(date(2020, 4, 1)))
    act(register, edit_item, "T-002", ItemEdit(title="Lamps"), why, day=day, at=noon(date(2020, 4, 1)))
    rows = [row for row in movements(register) if row["movement"] in ("new", "recorded_late")]
    assert told(rows, "movement", "code", "what", "to", "reason", "on") == [
        ("recorded_late", "T-002", "title", "Lamps", why, day),
        ("recorded_late", "N-1", "item", "not_started", why, day),
    ]
    assert [row["movement"] for row in movements(register, week=Week(2020, 15))].count("recorded_late") == 0
    assert movements(register, week=earlier, known_at=noon(date(2020, 3, 30))) == before


def test_an_import_that_was_undone_does_not_hide_why_a_fact_was_changed(register):
    day, why = date(2020, 4, 2), "The council decided so."
    act(register, edit_item, "T-001", ItemEdit(title="Mend all quays"), why, day=day)
    act(register, revise_target, "T-001", 1, why, value=9, day=day)
    imported = item(2, code="T-001", title="Mend no quay", indicators=[part(2, name="Quays mended", target=7)])
    with register.writing() as session:
        preview = preview_of(register, proposed_register(imported), actor=COLLEAGUE, as_of=day, take_file=True)
        apply_import(writing_by(session, COLLEAGUE, noon(day), day), preview, SOURCE)
    assert ("title", "Mend no quay", "brook") in told(movements(register), "what", "to", "recorded_by")
    with register.writing() as session:
        undo(writing_by(session, COLLEAGUE, noon(day), day))

    rows = [row for row in movements(register) if row["movement"] == "plan_changed"]
    assert told(rows, "what", "to", "reason", "recorded_by") == [
        ("title", "Mend all quays", why, "ada"),
        ("indicator 1", "9 quays by 2020-12-31", why, "ada"),
    ]


def test_dates_moved_and_targets_revised_with_an_earlier_day_are_told_in_the_week_in_which_they_were_recorded(register):
    day, why, now = date(2020, 3, 25), "The council decided so.", noon(date(2020, 4, 1))
    act(register, revise_target, "T-002", 1, why, value=9, day=date(2020, 3, 20), at=noon(date(2020, 3, 20)))
    act(register, revise_target, "T-001", 1, why, value=9, day=day, at=now)
    move(register, "T-001", None, date(2021, 1, 31), as_of=day, at=now, reason="Timber late.")
    move(register, "T-001", 2, date(2020, 12, 20), as_of=day, at=now, reason="Fewer quays.")
    rows = [row for row in movements(register) if row["movement"] in ("plan_changed", "re_dated", "recorded_late")]
    assert told(rows, "movement", "code", "what", "from", "to", "days", "reason", "on") == [
        ("recorded_late", "T-001", "due_date", "2020-12-31", "2021-01-31", 31, "Timber late.", day),
        ("recorded_late", "T-001", "milestone 2", "2020-12-31", "2020-12-20", -11, "Fewer quays.", day),
        ("recorded_late", "T-001", "indicator 1", "10 quays by 2020-12-31", "9 quays by 2020-12-31", None, why, day),
    ]
    assert movements(register, week=Week(2020, 15)) == []
    with register.writing() as session:
        undo(writing_by(session, ACTOR, noon(date(2020, 4, 2))))
    assert "milestone 2" not in [row["what"] for row in movements(register)]


def test_an_ending_with_an_earlier_day_is_told_in_the_week_in_which_it_was_recorded(register):
    day, now = date(2020, 3, 25), noon(date(2020, 4, 1))
    report(register, "T-001", as_of=date(2020, 3, 4), percent=40)
    report(register, "T-001", as_of=day, at=now, phase=Phase.CANCELLED, ending_reason="Sold the quays.")
    report(register, "T-002", as_of=day, at=now, phase=Phase.COMPLETED, done="All trained.")
    report(register, "P-001", as_of=day, at=now, phase=Phase.SUSPENDED, blocker="Ice.")
    report(register, "P-002", as_of=day, at=now, phase=Phase.IN_PROGRESS, done="Begun.")
    rows = [row for row in movements(register) if row["movement"] == "recorded_late"]
    assert told(rows, "code", "what", "from", "to", "reason", "on", "recorded_by") == [
        ("T-001", "phase", "in_progress", "cancelled", "Sold the quays.", day, "ada"),
        ("P-001", "phase", "not_started", "suspended", "Ice.", day, "ada"),
        ("T-002", "phase", "not_started", "completed", "All trained.", day, "ada"),
    ]
    assert movements(register, week=Week(2020, 15)) == []


def test_an_ending_that_was_returned_after_its_week_is_told_with_the_reason(register):
    day, back = date(2020, 3, 25), noon(date(2020, 4, 1))
    report(register, "T-001", as_of=day, phase=Phase.CANCELLED)
    give_back(register, at=back, reason="The quays are not sold.")
    reopened = ("T-001", "phase", "cancelled", "not_started", "The quays are not sold.", day, "brook")
    names = ("code", "what", "from", "to", "reason", "on", "recorded_by")
    assert told(movements(register), *names) == [reopened]
    with register.writing() as session:
        undo(writing_by(session, COLLEAGUE, back + timedelta(days=7)))
    [row] = movements(register, week=Week(2020, 15))
    assert (row["from"], row["to"], row["on"], row["recorded_by"]) == ("not_started", "cancelled", day, "brook")


def test_a_plan_that_is_loaded_with_earlier_reports_tells_of_none_of_them_as_late(empty):
    loaded = noon(date(2020, 4, 1))
    load_small_bundle(empty, at=loaded)
    report(empty, "T-001", as_of=date(2020, 3, 25), at=loaded + timedelta(hours=1), phase=Phase.CANCELLED)
    assert "recorded_late" not in {row["movement"] for row in movements(empty)}


def test_each_act_is_told_in_one_week_whenever_it_was_recorded(register):
    """The files are those that were made at the end of each week."""
    day, why = date(2020, 3, 25), "The council decided so."
    acts = [
        lambda code, at: report(register, code, as_of=day, at=at, phase=Phase.COMPLETED),
        lambda code, at: report(register, code, as_of=day, at=at, phase=Phase.CANCELLED),
        lambda code, at: report(register, code, as_of=day, at=at, phase=Phase.SUSPENDED, blocker="Ice."),
        lambda code, at: act(register, edit_item, code, ItemEdit(title="Lamps"), why, day=day, at=at),
        lambda code, at: move(register, code, None, date(2021, 1, 31), as_of=day, at=at, reason=why),
    ]
    codes = ["T-001", "T-002", "P-001", "P-002", "T-003"]
    for number, (code, record) in enumerate(zip(codes, acts, strict=True)):
        record(code, noon(day + timedelta(days=4 * number)))
    kinds = {"completed", "dropped", "suspended", "plan_changed", "re_dated", "recorded_late"}
    found = [
        (row["code"], number)
        for number in range(12, 18)
        for row in movements(register, week=Week(2020, number), known_at=Week(2020, number).last_instant("Asia/Seoul"))
        if row["movement"] in kinds
    ]
    assert sorted(found) == [("P-001", 14), ("P-002", 15), ("T-001", 13), ("T-002", 13), ("T-003", 15)]


def test_what_was_recorded_late_names_organisations_and_themes_as_other_movements_do(register):
    day, why, now = date(2020, 3, 25), "The council decided so.", noon(date(2020, 4, 1))
    act(register, move_item, "T-001", why, theme="2", lead="town-archive", day=day, at=now)
    rows = [row for row in movements(register) if row["movement"] == "recorded_late" and row["what"] != "measure"]
    assert sorted(told(rows, "what", "from", "to"), key=itemgetter(0)) == [
        ("lead", "Harbour Office", "Town Archive"),
        ("supporting", "Town Archive", None),
        ("theme", "Quays and lights", "Rooms and charts"),
    ]


def test_each_of_two_late_acts_on_one_fact_is_told_with_its_own_day(register):
    first, second, now = date(2020, 3, 4), date(2020, 3, 18), noon(date(2020, 4, 1))
    for day, title, due, value in ((first, "Teach", 1, 9), (second, "Train", 2, 8)):
        act(register, edit_item, "T-001", ItemEdit(title=title), "So.", day=day, at=now)
        move(register, "T-001", None, date(2021, due, 1), as_of=day, at=now)
        act(register, revise_target, "T-001", 1, "So.", value=value, day=day, at=now)
    rows = [row for row in movements(register) if row["movement"] == "recorded_late"]
    assert told(rows, "what", "from", "to", "on") == [
        ("due_date", "2021-01-01", "2021-02-01", second),
        ("due_date", "2020-12-31", "2021-01-01", first),
        ("title", "Mend the quays", "Teach", first),
        ("title", "Teach", "Train", second),
        ("indicator 1", "10 quays by 2020-12-31", "9 quays by 2020-12-31", first),
        ("indicator 1", "9 quays by 2020-12-31", "8 quays by 2020-12-31", second),
    ]


def test_each_part_that_was_added_with_an_earlier_day_is_told(register):
    day, now = date(2020, 3, 25), noon(date(2020, 4, 1))
    for name in ("Lamps", "Poles"):
        new = NewIndicator(name, "pieces", Direction.INCREASE)
        act(register, add_indicator, "T-001", new, f"For the {name}.", day=day, at=now)
        act(register, add_milestone, "T-001", NewPart(f"{name} bought", date(2020, 11, 1)), "So.", day=day, at=now)
    rows = [row for row in movements(register) if row["movement"] == "recorded_late"]
    assert told(rows, "what", "to", "reason") == [
        ("indicator", "Lamps", "For the Lamps."),
        ("milestone", "Lamps bought", "So."),
        ("indicator", "Poles", "For the Poles."),
        ("milestone", "Poles bought", "So."),
    ]


def test_parts_that_acts_remove_are_movements_and_what_came_and_went_is_none(register):
    day, why = date(2020, 4, 2), "The council decided so."
    lamps = NewIndicator("Lamps", "lamps", Direction.INCREASE, target=7, due=date(2020, 12, 1))
    act(register, revise_target, "T-001", 1, why, value=9, day=day)
    before = movements(register, known_at=noon(day))
    act(register, remove_indicator, "T-001", 1, "Counted twice.", day=day, at=noon(date(2020, 4, 3)))
    act(register, remove_milestone, "T-001", 2, "No quays.", day=day, at=noon(date(2020, 4, 3)))
    for name in ("Lamps", "Lanterns"):
        act(register, add_indicator, "T-001", replace(lamps, name=name), why, day=day)
    act(register, remove_indicator, "T-001", 1, "A slip.", day=day, at=noon(date(2020, 4, 3)))
    rows = [row for row in movements(register) if row["movement"] == "plan_changed"]
    assert told(rows, "what", "milestone", "from", "to", "reason") == [
        ("milestone 2 removed", "Quays mended", "2020-12-31", None, "No quays."),
        ("indicator", None, "Quays mended", "Lanterns", "A slip."),
        ("target", None, None, "Lanterns: 7 (2020-12-01)", why),
    ]
    # A file of the time before the removal stays as it was.
    assert movements(register, known_at=noon(day)) == before
    assert "indicator 1" in [row["what"] for row in before]


def test_the_history_of_an_item_names_removed_parts_as_people_knew_them(register):
    day, why = date(2020, 4, 2), "The council decided so."
    act(register, add_indicator, "T-001", NewIndicator("Lamps", "lamps", Direction.INCREASE), why, day=day)
    act(register, add_target, "T-001", 2, 7, date(2020, 12, 1), why, day=day)
    act(register, revise_target, "T-001", 2, why, value=8, day=day)
    act(register, remove_indicator, "T-001", 2, why, day=day)
    move(register, "T-001", 2, date(2020, 12, 20), as_of=day, reason="Fewer quays.")
    with register.writing() as session:
        undo(writing_by(session, ACTOR, noon(day)))
    act(register, remove_milestone, "T-001", 2, why, day=day)
    history = detail_at(register, "T-001", day).history
    assert sorted(entry.what for entry in history if entry.kind == "edit") == [
        "indicator added: Lamps",
        "indicator removed: Lamps",
        "milestone removed: Quays mended",
        "target added: Lamps: 7 (2020-12-01)",
        "target of indicator 2 edited",
    ]
    assert "milestone 2 moved from 2020-12-31 to 2020-12-20" in [entry.what for entry in history]


def test_a_weight_is_the_same_text_in_the_movements_and_in_the_history(register):
    why, days = "By budget.", (date(2020, 3, 25), date(2020, 4, 2))
    for day, weight in zip(days, (12345678, 2.5), strict=True):
        act(register, edit_item, "T-001", ItemEdit(weight=weight), why, day=day, at=noon(date(2020, 4, 2)))
    assert told(movements(register), "movement", "what", "from", "to") == [
        ("plan_changed", "weight", "12345678", "2.5"),
        ("recorded_late", "weight", "1", "12345678"),
    ]


def test_the_history_of_an_item_has_the_acts_with_their_days(register):
    day, why = date(2020, 4, 2), "The council decided so."
    act(register, move_item, "T-001", why, lead="town-archive", day=day)
    act(
        register, split_item, "T-001", [Part("A-1", "One"), Part("A-2", "Two")], why, day=day, at=noon(date(2020, 4, 3))
    )
    history = detail_at(register, "T-001", day).history
    assert [(entry.what, entry.as_of, entry.reason) for entry in history if entry.kind == "edit"] == [
        ("split into A-1, A-2", day, why),
        ("the item edited", day, why),
        ("the supporting organisations changed", day, why),
    ]
    act(register, revise_target, "T-002", 1, why, value=7, day=day)
    assert [(entry.what, entry.as_of) for entry in detail_at(register, "T-002", day).history] == [
        ("target of indicator 1 edited", day)
    ]
    assert detail_at(register, "T-002", date(2020, 4, 1)).history == ()
    assert [entry.what for entry in detail_at(register, "A-1", day).history] == ["split from T-001"]
    assert [entry.kind for entry in detail_at(register, "T-001", date(2020, 4, 1)).history] == []


def test_a_plan_whose_first_day_was_moved_still_has_its_earlier_weeks(sqlite_register):
    before = movements(sqlite_register, week=Week(2020, 6))
    act(sqlite_register, edit_plan, PlanEdit(starts=date(2020, 4, 1)), "It begins later.", day=date(2020, 5, 1))
    assert movements(sqlite_register, week=Week(2020, 6)) == before


def test_a_theme_that_was_removed_since_still_has_its_title(sqlite_register):
    day, at = date(2020, 3, 20), noon(date(2020, 4, 2))
    act(sqlite_register, add_theme, "Ferries", "New.", day=day, at=noon(day))
    act(sqlite_register, move_item, "T-003", "A slip.", theme="3", day=day, at=noon(day))
    act(sqlite_register, move_item, "T-003", "Back.", theme="2", day=date(2020, 3, 21), at=at)
    act(sqlite_register, remove_theme, "3", "It is empty.", day=date(2020, 4, 1), at=at)
    rows = [row for row in movements(sqlite_register) if row["movement"] == "recorded_late"]
    assert told(rows, "what", "from", "to") == [("theme", "Ferries", "Rooms and charts")]
