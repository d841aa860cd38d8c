"""Changing the totals that a plan states, and loading the data files again after that."""

from datetime import date, timedelta
from typing import Any

import pytest

from planner.base.errors import BadValueError, UnknownNameError
from planner.bundle.reader import read_bundle
from planner.bundle.seeder import Counts
from planner.integrity.verifying import verify
from planner.queries.findings import read_findings
from planner.store.database import Database
from planner.writes.plans.edit_plan import PlanChanged, PlanEdit, edit_plan
from tests.factories import edit_file, load_bundle, noon, reading_of
from tests.integrity.conftest import no_step
from tests.writes.plan_changes.acts import MAY, WHY, act
from tests.writes.refusals import refused

BEFORE = MAY - timedelta(days=1)
STATED = {"items": 5, "tasks": 3, "key_projects": 2}


def state(database: Database, *totals: tuple[str, str], day: date = MAY, complete: bool = False) -> PlanChanged:
    return act(database, edit_plan, PlanEdit(totals=totals, all_totals=complete), WHY, day=day)


def totals_of(database: Database, day: date = MAY, known: date | None = None) -> dict[str, int]:
    with database.reading() as session:
        reading = reading_of(session, MAY).at(day, noon(known) if known else None).with_known_plan()
        return reading.plan.totals


def reload(database: Database, folder: Any) -> Counts:
    return load_bundle(database, read_bundle(folder), at=noon(MAY + timedelta(days=1)))


def test_totals_are_changed_removed_and_added_from_a_day_on(register: Database) -> None:
    done = state(register, ("Items", "6"), ("key project", ""))
    assert done.changes == {"totals": ("items=5, tasks=3, key_projects=2", "items=6, tasks=3")}
    assert totals_of(register) == {"items": 6, "tasks": 3}
    assert totals_of(register, BEFORE) == totals_of(register, MAY, known=BEFORE) == STATED
    later = MAY + timedelta(days=7)
    state(register, ("key_projects", "4"), day=later)
    assert totals_of(register, later) == {"items": 6, "tasks": 3, "key_projects": 4}
    assert totals_of(register) == {"items": 6, "tasks": 3}
    with register.reading() as session:
        assert verify(session, no_step).problems == ()
        names = [one.subject for one in read_findings(reading_of(session, later)) if one.kind == "total-differs"]
        assert names == ["items", "key_projects"]


def test_a_complete_list_removes_the_totals_that_it_leaves_out(sqlite_register) -> None:
    assert state(sqlite_register, complete=True).changes["totals"][1] is None
    assert totals_of(sqlite_register) == {}
    assert totals_of(sqlite_register, BEFORE) == STATED


@pytest.mark.parametrize(
    ("totals", "error", "told"),
    [
        ([("boats", "3")], UnknownNameError, "no kind of item is called 'boats'"),
        ([("items", "many")], BadValueError, "many"),
        ([("items", "-1")], BadValueError, "-1"),
        ([("task", "1"), ("tasks", "2")], BadValueError, "'tasks' is given twice"),
        ([("task", "3")], BadValueError, "it is already as you say"),
    ],
)
def test_a_total_that_cannot_be_is_refused(sqlite_register, totals, error, told) -> None:
    with refused(sqlite_register, error, told, "harbour-2020" if "already" in told else "totals"):
        state(sqlite_register, *totals)


def test_loading_the_data_files_again_keeps_what_was_entered_and_says_so(sqlite_register, bundle_folder) -> None:
    state(sqlite_register, ("items", "6"), ("tasks", ""))
    entered = {"items": 6, "key_projects": 2}
    same = reload(sqlite_register, bundle_folder)
    assert (same.changed, same.kept, totals_of(sqlite_register)) == ({}, [], entered)

    def state_others(file: Any) -> None:
        for number, total in enumerate(file["totals"], 7):
            total["value"] = number

    edit_file(bundle_folder, "plan.yaml", state_others)
    other = reload(sqlite_register, bundle_folder)
    assert other.kept == ["plan_total harbour-2020:items: value", "plan_total harbour-2020:tasks: value"]
    assert totals_of(sqlite_register) == entered | {"key_projects": 9}
    with sqlite_register.reading() as session:
        assert verify(session, no_step).problems == ()


def test_a_total_that_was_entered_before_the_data_files_had_it_stays(empty, bundle_folder) -> None:
    left: list[Any] = []

    def state_none(file: Any) -> None:
        left.extend(file["totals"])
        file["totals"] = []

    edit_file(bundle_folder, "plan.yaml", state_none)
    load_bundle(empty, read_bundle(bundle_folder))
    state(empty, ("items", "6"), ("task", "3"))
    assert totals_of(empty, BEFORE) == {}
    edit_file(bundle_folder, "plan.yaml", lambda file: file.update(totals=left))
    again = reload(empty, bundle_folder)
    assert again.kept == ["plan_total harbour-2020:items: value"]
    assert totals_of(empty) == {"items": 6, "task": 3, "key_projects": 2}
