"""Where items come from and what became of them, as files say it."""

import json
from datetime import date, timedelta

import pytest

from planner.domain.vocabulary import Completion, Phase
from planner.queries.plans.item_lineage import read_lineages
from planner.store.database import Database
from planner.writes.plan_changes.split import Part, split_item
from planner.writes.reports.confirmations import return_report
from tests.cli.test_past_day import recode
from tests.command import run_command
from tests.factories import COLLEAGUE, ended, noon, reading_of, writing_by
from tests.queries.reads import detail_at, items_at
from tests.writes.plan_changes.acts import MAY, WHY, act


def lineages(database: Database, day: date = MAY) -> dict[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    with database.reading() as session:
        found = read_lineages(reading_of(session, day))
    items = {item.id: item for item in items_at(database, day).values()}
    return {items[key].code: (one.comes_from, one.became_of(items[key])) for key, one in found.items()}


def test_a_split_item_and_another_code_are_told_from_their_day_on(register: Database) -> None:
    act(register, split_item, "T-003", [Part("A-1", "Ask"), Part("A-2", "List")], WHY)
    recode(register, "T-002", "K-2")
    assert lineages(register) == {
        "T-003": ((), ("split into A-1, A-2", "merged into A-1")),
        "A-1": (("split from T-003",), ()),
        "A-2": (("split from T-003",), ()),
        "K-2": (("had the code T-002 before 2020-05-11",), ()),
    }
    assert lineages(register, MAY - timedelta(days=1)) == {}


def test_nothing_became_of_an_item_whose_split_was_returned(register: Database) -> None:
    act(register, split_item, "T-003", [Part("A-1", "Ask"), Part("A-2", "List")], WHY)
    with register.writing() as session:
        return_report(writing_by(session, COLLEAGUE, noon(MAY + timedelta(days=7))), "T-003", "One list.")
    assert lineages(register) == lineages(register, MAY + timedelta(days=7)) == {}
    edits = [one for one in detail_at(register, "T-003", MAY).history if one.kind == "edit"]
    assert [(one.what, one.as_of, one.reason) for one in edits] == [
        ("not split into A-1, A-2 any more: the report was returned", MAY, "One list."),
        ("split into A-1, A-2", MAY, WHY),
    ]


def test_a_merger_names_the_code_that_the_other_item_had_on_that_day(register: Database) -> None:
    ended(register, "T-003", Phase.MERGED, merged_into="T-002", as_of=MAY - timedelta(days=7))
    before = MAY - timedelta(days=1)

    def told(day: date) -> tuple[str | None, list[str], str | None]:
        detail = detail_at(register, "T-003", day)
        last = detail.item.last
        assert last is not None
        assert detail.item.completion is Completion.CONFIRMED
        return last.merged_into, [one.what for one in detail.history if one.kind == "report"], last.why_ended

    then = told(before)
    recode(register, "T-002", "K-2")
    assert told(before) == then
    assert lineages(register, before) == {}
    assert told(MAY)[0] == "K-2"
    assert [what.split(",")[0] for what in told(MAY)[1]] == ["merged into K-2"]


@pytest.mark.parametrize(
    "call",
    ["items --format json", "weekly --week 2020-W20 --section items --format json", "export register --format json"],
)
def test_the_files_have_it(planner, sqlite_url, sqlite_register: Database, call: str) -> None:
    act(sqlite_register, split_item, "T-003", [Part("A-1", "Ask"), Part("A-2", "List")], WHY)
    document = json.loads(run_command("--db", str(sqlite_url), *call.split()).out)
    rows = document["weekly"]["rows"] if "weekly" in document else document["items"]
    assert {row["code"]: row["comes_from"] for row in rows if row.get("comes_from")} == {
        "A-1": ["split from T-003"],
        "A-2": ["split from T-003"],
    }
