"""A demonstration is made by the real path, whole or not at all, and never over something else."""

import hashlib
import json
import shutil
import sqlite3
import stat
from contextlib import closing
from datetime import date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import URL

from planner.base.errors import DatabaseStateError, DatabaseUnusableError, NotAllowedError
from planner.bundle.reader import Bundle
from planner.demo import demonstration
from planner.demo.demonstration import DemoOutcome, demonstration_at, provide, steps
from planner.demo.people import MANAGER
from planner.domain.vocabulary import Basis, Role
from planner.queries.items.register import read_register
from planner.register.plans import read_plan
from planner.store import making
from planner.store.journal import Actor
from planner.store.location import file_of
from tests.demo.conftest import DAY, Provide
from tests.demo.rows import REPORTED, Rows, opened, reported, rows_of
from tests.effort import only_in_more
from tests.factories import load_small_bundle, reading_of, report

DATES = (date(2020, 1, 2), date(2020, 3, 27), date(2020, 7, 19), date(2020, 10, 16), date(2020, 12, 31))
ZONE = ZoneInfo("Asia/Seoul")
# Somebody who looks round, as the demonstration's manager.
VISITOR = Actor(MANAGER)


def file_at(url: URL) -> Path:
    file = file_of(url)
    assert file is not None
    return file


@pytest.mark.more
def test_two_makes_give_the_same_rows_on_both_databases(
    demonstrate: Provide, rows: Rows, sqlite_url: URL, postgresql_url: URL
) -> None:
    for url in (sqlite_url, postgresql_url):
        assert demonstrate(url).outcome is DemoOutcome.MADE
    assert rows == rows_of(sqlite_url)
    assert rows == rows_of(postgresql_url)
    assert len(reported(rows)) > 100


def test_it_is_marked_and_lives_on_its_day(made: URL) -> None:
    with opened(made) as database, database.reading() as session:
        plan = read_plan(session)
    assert plan.simulated_today == DAY
    assert plan.simulated


def test_a_file_is_its_owner_s_only(made: URL) -> None:
    assert stat.S_IMODE(file_at(made).stat().st_mode) == 0o600


def test_every_report_is_simulated_and_so_is_who_made_it(rows: Rows) -> None:
    assert {row["basis"] for row in reported(rows)} == {Basis.SIMULATED}
    assert all(row["actor"].startswith("simulated-") for row in reported(rows))
    assert {event["actor"].split("-")[0] for event in rows["audit_event"]} == {"simulation", "simulated"}


def test_its_people_are_nobody_s_and_recorded_as_such(rows: Rows) -> None:
    people = {row["login"]: row for row in rows["person"]}
    assert [people[f"simulated-{role}"]["role"] for role in ("manager", "auditor", "administrator")] == [
        Role.MANAGER,
        Role.AUDITOR,
        Role.ADMINISTRATOR,
    ]
    assert all(row["name"] == login.replace("-", " ").capitalize() for login, row in people.items())
    added = [event["label"] for event in rows["audit_event"] if event["action"] == "add-person"]
    assert sorted(added) == sorted(people)


def test_what_the_data_files_say_keeps_its_basis(rows: Rows) -> None:
    assert {item["basis"] for item in rows["item"]} == {Basis.STATED, Basis.WORKING}
    assert Basis.SIMULATED not in {row["basis"] for table in ("milestone", "indicator") for row in rows[table]}


def test_each_item_is_due_with_its_last_milestone(rows: Rows) -> None:
    for item in rows["item"]:
        last = max(row["baseline_date"] for row in rows["milestone"] if row["item_id"] == item["id"])
        assert item["baseline_due"] == last
        # A due date that already is the plan's stays what it was derived to be.
        assert item["due_basis"] == (Basis.DERIVED if last == date(2020, 12, 31) else Basis.SIMULATED)


@pytest.mark.more
def test_a_later_day_only_adds_and_nothing_is_known_of_days_after_it(demonstrate: Provide, sqlite_url: URL) -> None:
    earlier: Rows = {table: [] for table in REPORTED}
    sizes = []
    for day in DATES:
        demonstrate(sqlite_url, day)
        rows = rows_of(sqlite_url)
        end = datetime.combine(day, time.max, ZONE)
        assert all(row["as_of"] <= day for row in reported(rows))
        assert all(row["recorded_at"] <= end for row in reported(rows) + rows["audit_event"])
        for table in REPORTED:
            assert rows[table][: len(earlier[table])] == earlier[table]
        sizes.append(len(reported(rows)))
        earlier = rows
    assert sizes == sorted(sizes)
    assert sizes[0] < sizes[-1]


def test_the_days_of_reports_are_working_days_in_office_hours(rows: Rows) -> None:
    instants = [row["recorded_at"].astimezone(ZONE) for row in reported(rows)]
    assert all(instant.isoweekday() <= 5 and 9 <= instant.hour < 18 for instant in instants)


def test_the_log_is_one_chain_in_order_of_time(rows: Rows) -> None:
    events = rows["audit_event"]
    previous = None
    for number, event in enumerate(events, 1):
        said = json.loads(event["body"])
        assert (event["seq"], said["seq"]) == (number, number)
        assert event["leaf"] == hashlib.sha256(b"\x00" + event["body"]).digest()
        assert event["previous_leaf"] == previous
        assert said["previous"] == (previous.hex() if previous else None)
        assert said["after"]["id"] == event["row_id"]
        previous = event["leaf"]
    instants = [event["recorded_at"] for event in events]
    assert instants == sorted(instants)


def test_progress_is_told_for_the_plan_and_each_week_with_reports(bundle: Bundle, sqlite_url: URL) -> None:
    told: list[str] = []
    provide(sqlite_url, bundle, DAY, progress=told.append)
    assert told[0] == "the plan"
    assert told[-1] == "week 2020-W42"
    assert 30 < len(told) == len(set(told)) <= steps(bundle, DAY)


# Opened again, made anew


def test_the_same_is_opened_as_it_was_left(demonstrate: Provide, empty_url: URL) -> None:
    demonstrate(empty_url)
    with opened(empty_url) as database:
        report(database, actor=VISITOR, done="Typed by a visitor.", as_of=DAY, at=datetime(2026, 2, 2, tzinfo=ZONE))
    left = rows_of(empty_url)
    assert demonstrate(empty_url).outcome is DemoOutcome.OPENED
    assert rows_of(empty_url) == left


def test_fresh_makes_it_anew(demonstrate: Provide, copy: URL) -> None:
    first = rows_of(copy)
    with opened(copy) as database:
        report(database, actor=VISITOR, done="Typed by a visitor.", as_of=DAY, at=datetime(2026, 2, 2, tzinfo=ZONE))
    assert demonstrate(copy, fresh=True).outcome is DemoOutcome.REMADE
    assert rows_of(copy) == first


def test_another_day_makes_it_anew_and_says_which_it_replaced(demonstrate: Provide, copy: URL) -> None:
    provided = demonstrate(copy, date(2020, 5, 8))
    assert provided.outcome is DemoOutcome.REMADE
    assert provided.before is not None
    assert provided.before.today == DAY
    standing = demonstration_at(copy)
    assert standing is not None
    assert standing.today == date(2020, 5, 8)


def test_changed_data_files_make_it_anew(demonstrate: Provide, copy: URL, bundle: Bundle) -> None:
    with (bundle.folder / "links.yaml").open("a", encoding="utf-8") as file:
        file.write("# A remark.\n")
    assert demonstrate(copy).outcome is DemoOutcome.REMADE


@pytest.mark.parametrize("name", ["SEED", only_in_more("EDITION"), only_in_more("__version__")])
def test_another_seed_edition_or_version_makes_it_anew(
    demonstrate: Provide, copy: URL, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr(demonstration, name, 77)
    assert demonstrate(copy).outcome is DemoOutcome.REMADE


def test_a_server_s_demonstration_is_not_emptied(demonstrate: Provide, postgresql_url: URL) -> None:
    demonstrate(postgresql_url)
    left = rows_of(postgresql_url)
    for more in ({"day": date(2020, 5, 8)}, {"fresh": True}):
        with pytest.raises(NotAllowedError, match="cannot be deleted"):
            demonstrate(postgresql_url, **more)
    assert rows_of(postgresql_url) == left


# Whole or not at all, and never over something else


def interrupt(step: str) -> None:
    """What the person at the keyboard does in the middle of it."""
    if step == "week 2020-W20":
        raise KeyboardInterrupt


def test_an_interrupted_run_leaves_no_file(bundle: Bundle, tmp_path: Path) -> None:
    file = tmp_path / "place" / "demonstration.sqlite"
    with pytest.raises(KeyboardInterrupt):
        provide(URL.create("sqlite", database=str(file)), bundle, DAY, progress=interrupt)
    assert list(file.parent.iterdir()) == []


def test_an_interrupted_run_leaves_the_earlier_demonstration(bundle: Bundle, copy: URL) -> None:
    left = rows_of(copy)
    beside = sorted(file_at(copy).parent.iterdir())
    with pytest.raises(KeyboardInterrupt):
        provide(copy, bundle, DAY, fresh=True, progress=interrupt)
    assert rows_of(copy) == left
    assert sorted(file_at(copy).parent.iterdir()) == beside


# A transaction that is given up leaves no rows, as the tests of the journal show on both databases.
@pytest.mark.more
def test_an_interrupted_run_leaves_a_server_s_database_without_rows(
    demonstrate: Provide, bundle: Bundle, postgresql_url: URL
) -> None:
    with pytest.raises(KeyboardInterrupt):
        provide(postgresql_url, bundle, DAY, progress=interrupt)
    assert not any(rows_of_empty(postgresql_url).values())
    assert demonstrate(postgresql_url).outcome is DemoOutcome.MADE


def rows_of_empty(url: URL) -> Rows:
    """The rows of a database that may not be marked yet."""
    database = making.make(url)
    database.close()
    return rows_of(url)


def test_a_register_is_left_alone(demonstrate: Provide, empty_url: URL) -> None:
    database = making.make(empty_url)
    load_small_bundle(database)
    database.close()
    left = rows_of(empty_url)
    with pytest.raises(NotAllowedError, match="a register"):
        demonstrate(empty_url, fresh=True)
    assert rows_of(empty_url) == left


def test_another_program_s_database_is_left_alone(demonstrate: Provide, sqlite_url: URL) -> None:
    with closing(sqlite3.connect(file_at(sqlite_url))) as connection:
        connection.execute("CREATE TABLE recipes (name TEXT)")
    left = file_at(sqlite_url).read_bytes()
    with pytest.raises(DatabaseStateError, match="not created by planner"):
        demonstrate(sqlite_url)
    assert file_at(sqlite_url).read_bytes() == left


def test_a_file_that_is_no_database_is_left_alone(demonstrate: Provide, sqlite_url: URL) -> None:
    file_at(sqlite_url).write_text("Dear diary, " * 100, encoding="utf-8")
    with pytest.raises(DatabaseUnusableError, match="not a SQLite database"):
        demonstrate(sqlite_url)
    assert file_at(sqlite_url).read_text(encoding="utf-8").startswith("Dear diary")


def test_one_that_is_open_elsewhere_is_not_replaced(demonstrate: Provide, copy: URL) -> None:
    left = rows_of(copy)
    with opened(copy) as database, database.reading() as session:
        items = read_register(reading_of(session, DAY))
        with pytest.raises(DatabaseUnusableError, match="open in another program"):
            demonstrate(copy, fresh=True)
    assert rows_of(copy) == left
    assert len(items) == 5


def test_of_two_starts_at_once_the_second_opens_what_the_first_made(made: URL, bundle: Bundle, tmp_path: Path) -> None:
    file = tmp_path / "demonstration.sqlite"
    url = URL.create("sqlite", database=str(file))

    def other_start(_step: str) -> None:
        shutil.copy(file_at(made), file)

    provided = provide(url, bundle, DAY, progress=other_start)
    assert (provided.outcome, provided.today) == (DemoOutcome.OPENED, DAY)
    assert file.read_bytes() == file_at(made).read_bytes()


def test_a_place_that_cannot_be_made_is_told(demonstrate: Provide, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    with pytest.raises(DatabaseUnusableError, match="the folder cannot be created"):
        demonstrate(URL.create("sqlite", database=str(tmp_path / "file" / "demonstration.sqlite")))
