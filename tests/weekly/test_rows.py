"""Which week, as of which day, as known when, and what the rows then say."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest

from planner.base.errors import BadValueError, TooSoonError
from planner.bundle.loader import load_into
from planner.bundle.reader import read_bundle
from planner.domain.rules.weeks import Week
from planner.domain.vocabulary import Basis, Completion, Confidence, Freshness, Phase, Schedule
from planner.store import making
from planner.store.journal import writing
from planner.store.models import Item, Link, Plan
from planner.tables.csv_form import csv_bytes
from planner.weekly.reading import Instance, ItemAndWeekBefore, open_week
from planner.weekly.sections.items import ITEMS
from planner.writes.installation import mark_demonstration
from tests.answers import confirm, give_back, take_back
from tests.factories import ACTOR, AT, COLLEAGUE, ITEM_CODES, OFFICER, meet, move, noon, reading_of, report
from tests.weekly.factories import values

W14 = Week(2020, 14)
SUNDAY = date(2020, 4, 5)
LATER = noon(date(2020, 5, 4))


@dataclass(frozen=True)
class Found:
    """A week's items, and which week's they are."""

    instance: Instance
    rows: tuple[ItemAndWeekBefore, ...]


def weekly(database, now=LATER, week=W14, known_at=None):
    with database.reading() as session:
        reading = open_week(reading_of(session, known_at=known_at), now=now, week=week)
        return Found(reading.instance, reading.rows)


def written(database, **options):
    found = weekly(database, **options)
    return b"".join(csv_bytes(ITEMS.columns_in(found.instance.frame), found.rows))


def cells(database, code, **options):
    """One item's row."""
    return next(values(row) for row in weekly(database, **options).rows if row.item.code == code)


def test_a_row_says_how_an_item_stands_and_how_it_stood(register):
    report(register, "T-001", as_of=date(2020, 3, 25), percent=10, confidence=Confidence.GREEN)
    report(register, "T-001", as_of=date(2020, 4, 2), percent=35, confidence=Confidence.RED, blocker="Ice, +2 cm")
    move(register, "T-001", None, date(2021, 1, 31), as_of=date(2020, 4, 3))
    line = written(register).decode().split("\r\n")[1]
    assert line == (
        "T-001,task,1 Quays and lights,Mend the quays,stated,Harbour Office,Town Archive,in_progress,none,red,green,"
        'on_track,reported,35.0,41.1,25.0,2020-12-31,2021-01-31,0,Damage surveyed,2020-03-31,,,"Ice, +2 cm",,'
        "2020-04-02,news,,,old:duty-1; new:duty-1,,,2020-W14,2020-04-05,register"
    )


def test_there_is_a_row_per_item_in_code_order(register):
    assert [row.item.code for row in weekly(register).rows] == list(ITEM_CODES)


def test_clauses_of_the_mandate_in_force_come_first(register):
    clauses = {row.item.code: row.clauses for row in weekly(register).rows}
    assert clauses["P-002"] == ("old:duty-2", "new:duty-2")
    assert clauses["T-003"] == ("new:duty-3.1",)


def test_an_item_measured_by_milestones_moves_with_them(register):
    meet(register, "P-001", 1, date(2020, 4, 1))
    row = cells(register, "P-001")
    assert (row["percent"], row["change_since_last_week"]) == (25.0, 25.0)
    assert (row["next_milestone"], row["next_milestone_date"]) == ("Tower stands", date(2020, 6, 30))


def test_the_next_milestone_has_its_current_date(register):
    move(register, "P-001", 1, date(2020, 4, 30), as_of=date(2020, 4, 1))
    row = cells(register, "P-001")
    assert (row["next_milestone"], row["next_milestone_date"]) == ("Ground plan approved", date(2020, 4, 30))


@pytest.mark.parametrize(("day", "change"), [(date(2020, 3, 29), 0.0), (date(2020, 3, 30), 20.0), (SUNDAY, 20.0)])
def test_a_week_s_change_is_from_sunday_to_sunday(sqlite_register, day, change):
    report(sqlite_register, as_of=day, percent=20)
    assert cells(sqlite_register, "T-001")["change_since_last_week"] == change


def test_a_report_that_came_late_counts_in_the_week_it_is_as_of(sqlite_register):
    report(sqlite_register, as_of=date(2020, 3, 27), percent=20, at=noon(date(2020, 4, 20)))
    row = cells(sqlite_register, "T-001")
    assert (row["percent"], row["change_since_last_week"], row["freshness"]) == (20.0, 0.0, Freshness.DUE)


def test_what_is_of_the_next_week_is_not_in_it(sqlite_register):
    report(sqlite_register, as_of=date(2020, 4, 6), percent=20)
    assert cells(sqlite_register, "T-001")["percent"] is None


# Which week and which day


def test_a_week_that_is_over_is_as_of_its_sunday(sqlite_register):
    assert weekly(sqlite_register).instance.as_of == SUNDAY


def test_a_week_that_is_not_over_is_as_of_the_day_of_the_knowledge(sqlite_register):
    found = weekly(sqlite_register, now=noon(date(2020, 4, 2)))
    assert (found.instance.as_of, found.instance.frame.as_of) == (date(2020, 4, 2), date(2020, 4, 2))
    assert weekly(sqlite_register, known_at=noon(date(2020, 4, 1))).instance.as_of == date(2020, 4, 1)


def test_the_day_is_that_of_the_plan_s_time_zone(sqlite_register):
    # 16:00 in London on Sunday is Monday in Seoul: the next week has begun.
    found = weekly(sqlite_register, now=noon(SUNDAY) + timedelta(hours=4), week=None)
    assert (found.instance.week, found.instance.as_of) == (Week(2020, 15), date(2020, 4, 6))


def test_without_a_week_it_is_the_one_of_the_knowledge(sqlite_register):
    assert weekly(sqlite_register, now=noon(date(2020, 4, 29)), week=None).instance.week == Week(2020, 18)
    assert weekly(sqlite_register, week=None, known_at=noon(date(2020, 3, 4))).instance.week == Week(2020, 10)


def test_the_first_week_of_the_plan_can_begin_in_the_year_before(sqlite_register):
    found = weekly(sqlite_register, week=Week(2020, 1))
    assert (found.instance.as_of, len(found.rows)) == (date(2020, 1, 5), len(ITEM_CODES))


def test_items_are_overdue_in_the_weeks_after_the_plan(sqlite_register):
    row = cells(sqlite_register, "T-001", now=noon(date(2021, 1, 13)), week=Week(2021, 1))
    assert (row["schedule"], row["days_late"]) == (Schedule.OVERDUE, 10)


@pytest.mark.parametrize("week", [Week(2019, 52), Week(1, 1)])
def test_a_week_before_the_plan_is_refused(sqlite_register, week):
    with pytest.raises(BadValueError, match=r"ends before the plan begins \(2020-01-01\). Give 2020-W01 or a later"):
        weekly(sqlite_register, week=week)


def test_a_week_that_has_not_begun_is_refused(sqlite_register):
    with pytest.raises(TooSoonError, match="2020-W20 begins on 2020-05-11"):
        weekly(sqlite_register, week=Week(2020, 20))
    with pytest.raises(TooSoonError, match="Give 2020-W13 or an earlier week"):
        weekly(sqlite_register, known_at=noon(date(2020, 3, 29)))


def test_an_instant_that_has_not_come_is_refused(sqlite_register):
    with pytest.raises(TooSoonError, match="in the future"):
        weekly(sqlite_register, known_at=LATER + timedelta(seconds=1))


def test_an_instant_before_the_first_record_is_refused(sqlite_register):
    with pytest.raises(TooSoonError, match="nothing was recorded yet"):
        weekly(sqlite_register, known_at=AT - timedelta(seconds=1))


def test_what_another_machine_s_faster_clock_recorded_is_known(sqlite_register):
    ahead = LATER + timedelta(minutes=3)
    report(sqlite_register, as_of=date(2020, 4, 2), percent=20, at=ahead)
    found = weekly(sqlite_register)
    assert found.instance.known_at == ahead
    assert found.rows == weekly(sqlite_register, known_at=ahead).rows
    assert found.rows[0].item.actual == 20


# The same bytes


def test_the_same_week_made_twice_is_the_same_bytes(register):
    report(register, as_of=date(2020, 4, 2), percent=35)
    assert written(register) == written(register)


def test_as_known_then_nothing_that_came_later_changes_it(register):
    report(register, "T-001", as_of=date(2020, 4, 2), percent=35, done="As first told.")
    then = noon(date(2020, 4, 6))
    first = written(register, now=then)

    report(register, "T-001", as_of=date(2020, 4, 3), percent=60, at=noon(date(2020, 4, 8)))
    report(register, "T-003", as_of=date(2020, 4, 3), phase=Phase.SUSPENDED, at=noon(date(2020, 4, 9)))
    move(register, "T-001", 1, date(2020, 7, 1), as_of=date(2020, 4, 4), at=noon(date(2020, 4, 10)))
    meet(register, "P-001", 1, date(2020, 4, 4), at=noon(date(2020, 4, 11)))

    assert written(register, known_at=then) == first
    assert written(register) != first


def test_as_known_then_no_later_answer_or_taking_back_changes_it(register):
    report(register, "T-001", as_of=date(2020, 4, 2), percent=35, actor=OFFICER)
    report(register, "P-002", as_of=date(2020, 4, 2), phase=Phase.COMPLETED, actor=OFFICER)
    move(register, "T-002", None, date(2021, 1, 31), as_of=date(2020, 4, 3))
    files = {noon(date(2020, 4, 6)): written(register, now=noon(date(2020, 4, 6)))}
    for change in (
        lambda at: give_back(register, "T-001", at=at),
        lambda at: confirm(register, "P-002", at=at),
        lambda at: take_back(register, actor=COLLEAGUE, at=at),
        lambda at: take_back(register, actor=COLLEAGUE, at=at),
        lambda at: take_back(register, actor=ACTOR, at=at),
    ):
        at = max(files) + timedelta(days=1)
        change(at)
        files[at] = written(register, now=at)
    assert [written(register, known_at=at) for at in files] == list(files.values())
    # Taking the confirmation and the return back again gives the file as it was before them.
    first, returned, confirmed, awaiting, counted, unmoved = files.values()
    assert (awaiting, counted) == (returned, first)
    assert len({first, returned, confirmed, unmoved}) == 4


def test_completion_and_a_returned_report_have_their_columns(register):
    report(register, "T-001", as_of=date(2020, 3, 25), percent=10, actor=OFFICER)
    report(register, "T-001", as_of=date(2020, 4, 2), percent=35, done="All done.", actor=OFFICER)
    report(register, "P-002", as_of=date(2020, 4, 2), phase=Phase.COMPLETED, actor=OFFICER)
    give_back(register, "T-001", "Which [quay]?", at=noon(date(2020, 4, 6)))
    row = cells(register, "T-001")
    assert (row["returned"], row["percent"], row["done"], row["freshness"]) == (
        "Which [quay]?",
        10.0,
        None,
        Freshness.DUE,
    )
    assert (row["completion"], cells(register, "P-002")["completion"]) == (Completion.NONE, Completion.AWAITING)
    confirm(register, "P-002", at=noon(date(2020, 4, 7)))
    assert cells(register, "P-002")["completion"] is Completion.CONFIRMED
    assert cells(register, "T-002")["returned"] is None


@pytest.mark.parametrize(
    ("model", "changes"),
    [
        (Item, {"title": "Mend everything"}),
        (Plan, {"behind_points": 2, "off_track_points": 5}),
        (Link, {"clause_id": 2}),
    ],
    ids=["title", "settings", "link"],
)
def test_as_known_then_no_later_edit_changes_it(register, model, changes):
    then = noon(date(2020, 4, 6))
    first = written(register, now=then)
    with register.writing() as session, writing(session, ACTOR, noon(date(2020, 4, 8))) as journal:
        assert journal.change(session.get(model, 1), changes, action="edit", label="edited")

    assert written(register, known_at=then) == first
    assert written(register) != first


def test_the_instant_it_tells_makes_the_same_file_again(register):
    report(register, as_of=date(2020, 4, 2), percent=35)
    found = weekly(register, now=LATER + timedelta(microseconds=7))
    report(register, as_of=date(2020, 4, 3), percent=40, at=LATER + timedelta(microseconds=8))
    assert weekly(register, now=LATER + timedelta(days=1), known_at=found.instance.known_at).rows == found.rows


def test_a_file_made_now_is_known_at_a_whole_second_unless_something_was_recorded_in_it(register):
    now = LATER + timedelta(microseconds=7)
    assert weekly(register, now=now).instance.known_at == LATER.replace(microsecond=0)
    report(register, as_of=date(2020, 4, 3), percent=40, at=LATER + timedelta(microseconds=5))
    found = weekly(register, now=now)
    assert (found.instance.known_at, found.rows[0].item.actual) == (now, 40.0)


# A demonstration


@pytest.fixture
def demonstration(empty_url, bundle_folder):
    """The small plan as a demonstration that lives on a Wednesday."""
    database = making.make(empty_url)
    with database.writing() as session, writing(session, ACTOR, AT) as journal:
        mark_demonstration(journal, date(2020, 9, 23))
        load_into(journal, read_bundle(bundle_folder))
    yield database
    database.close()


def test_a_demonstration_says_so_in_every_row(demonstration):
    for row in weekly(demonstration, now=noon(date(2026, 2, 2))).rows:
        assert (values(row)["basis"], values(row)["data"]) == (Basis.SIMULATED, "simulated")


def test_a_demonstration_s_week_is_that_of_its_own_day(demonstration):
    found = weekly(demonstration, now=noon(date(2026, 2, 2)), week=None)
    assert (found.instance.week, found.instance.as_of) == (Week(2020, 39), date(2020, 9, 23))
    with pytest.raises(TooSoonError, match="2020-W40"):
        weekly(demonstration, now=noon(date(2026, 2, 2)), week=Week(2020, 40))
