"""The statement of a pack says where an item comes from and what became of it, and the checker compares the rows."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import make_url

from planner.evidence.anchor import Anchoring
from planner.evidence.pack import make_pack
from planner.queries.plans.carrying import NewDates, read_carry_over
from planner.register.plans import read_plan
from planner.register.point import Point
from planner.register.reading import Reading
from planner.register.writing import Writing
from planner.store import making
from planner.store.database import Database
from planner.store.journal import writing
from planner.writes.plan_changes.items import ItemEdit, edit_item
from planner.writes.plan_changes.split import Part, split_item
from planner.writes.plans.carry_over import carry_over
from planner.writes.plans.new_plan import NewPlan, add_plan
from planner.writes.reports.confirmations import return_report
from tests.evidence.packs import Files, checked, edited, files_in, no_step
from tests.factories import ACTOR, COLLEAGUE, load_small_bundle, noon, writing_by
from tests.writes.plan_changes.acts import MAY, WHY, act

OLD, NEW = "harbour-2020", "harbour-2021"
LATER = MAY + timedelta(days=7)
DECEMBER = date(2020, 12, 28)
AT = datetime(2020, 12, 28, 2, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Database:
    """The small plan after a split and two other codes, with its open items in the next plan too. Only read it."""
    database = making.make(make_url(f"sqlite:///{tmp_path_factory.mktemp('lived') / 'register.sqlite'}"))
    load_small_bundle(database)
    act(database, split_item, "T-003", [Part("A-1", "Ask"), Part("A-2", "List")], WHY)
    act(database, edit_item, "A-1", ItemEdit(code="K-1"), WHY, day=LATER)
    with database.writing() as session, writing(session, ACTOR, AT) as journal:
        add_plan(
            journal, NewPlan("Harbour 2021", NEW, date(2021, 1, 1), date(2021, 12, 31), "Asia/Seoul", "Town Archive")
        )
    with database.writing() as session:
        old, new = (Reading(session, read_plan(session, key), Point(DECEMBER)) for key in (OLD, NEW))
        shown = read_carry_over(old, new, NewDates.SHIFT, None)
        carry_over(Writing(session, new.plan, ACTOR, DECEMBER, AT + timedelta(hours=1)), old.plan, shown, WHY)
    act_in_new(database)
    return database


def act_in_new(database: Database) -> None:
    """Give an item of the next plan another code than it has in the last one."""
    with database.writing() as session:
        at = AT + timedelta(hours=2)
        edit_item(Writing(session, read_plan(session, NEW), ACTOR, at.date(), at), "K-1", ItemEdit(code="N-1"), WHY)


def packed(database: Database, code: str, plan: str = OLD, day: date = DECEMBER) -> Files:
    """The files of a pack that nobody signed."""
    with database.reading() as session:
        reading = Reading(session, read_plan(session, plan), Point(day))
        return files_in(make_pack(reading, code, Anchoring(), no_step))


def lineage_in(files: Files) -> dict[str, list[str]]:
    return dict(json.loads(files["statement.json"])["lineage"])


def test_the_statement_has_the_lineage_of_the_day(lived: Database) -> None:
    assert lineage_in(packed(lived, "T-003")) == {
        "comes_from": [],
        "became": ["split into A-1, A-2", "merged into K-1"],
    }
    assert lineage_in(packed(lived, "K-1")) == {
        "comes_from": ["split from T-003", f"had the code A-1 before {LATER}"],
        "became": ["continued as N-1 in harbour-2021"],
    }
    assert lineage_in(packed(lived, "A-1", day=MAY)) == {"comes_from": ["split from T-003"], "became": []}
    assert lineage_in(packed(lived, "N-1", NEW)) == {
        "comes_from": ["continues K-1 of harbour-2020", f"had the code K-1 before {DECEMBER}"],
        "became": [],
    }


def test_the_checker_says_what_it_compared_and_what_no_row_says(lived: Database, tmp_path: Path) -> None:
    found = checked(packed(lived, "K-1"), tmp_path / "pack")
    assert "Lineage: 2 relations to other items and codes, as the rows say." in found.holds
    assert "What became of the item in other plans: continued as N-1 in harbour-2021." in found.not_checked


FORGED: list[tuple[str, str, Callable[[Any], object]]] = [
    ("K-1", OLD, lambda said: said["comes_from"].pop()),
    ("K-1", OLD, lambda said: said["comes_from"].append("split from T-001")),
    ("K-1", OLD, lambda said: said["became"].append("merged into T-001")),
    ("T-003", OLD, lambda said: said["became"].remove("split into A-1, A-2")),
    ("T-003", OLD, lambda said: said["became"].append("merged into T-001")),
    ("N-1", NEW, lambda said: said["comes_from"].pop(0)),
    ("N-1", NEW, lambda said: said["comes_from"].__setitem__(0, "continues T-001 of harbour-2020")),
]


@pytest.mark.parametrize(("code", "plan", "forge"), FORGED)
def test_a_lineage_that_the_rows_do_not_say_is_refused(
    lived: Database, tmp_path: Path, code: str, plan: str, forge: Callable[[Any], object]
) -> None:
    files = edited(packed(lived, code, plan), "statement.json", lambda document: forge(document["lineage"]))
    assert any("not what the rows say" in problem for problem in checked(files, tmp_path / "pack").problems)


def test_nothing_became_of_an_item_whose_split_was_returned(sqlite_register: Database, tmp_path: Path) -> None:
    act(sqlite_register, split_item, "T-003", [Part("A-1", "Ask"), Part("A-2", "List")], WHY)
    with sqlite_register.writing() as session:
        return_report(writing_by(session, COLLEAGUE, noon(MAY)), "T-003", "One list.")
    files = packed(sqlite_register, "T-003")
    assert lineage_in(files) == {"comes_from": [], "became": []}
    assert checked(files, tmp_path / "pack").problems == []
