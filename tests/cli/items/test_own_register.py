"""A register of another office: a code of its own form, a kind of its own, no measure and no mandate."""

import json
from zipfile import ZipFile

import pytest

from planner.base.fingerprints import item_fingerprint
from planner.store.database import Database
from planner.store.journal import writing
from planner.store.models import ItemKind, Plan
from planner.writes.items import item_row
from tests.command import run_command
from tests.factories import ACTOR, plan_of
from tests.queries.reads import instant

CODE, TITLE = "第39项", "Mend the quays"


@pytest.fixture
def own(sqlite_register: Database) -> str:
    """The address of the register."""
    with sqlite_register.writing() as session, writing(session, ACTOR, instant(3, 3)) as journal:
        item, plan = item_row(session, plan_of(session), "T-001"), session.get_one(Plan, 1)
        facts = {"code": CODE, "measure_id": None, "kind": "사업"}
        facts["fingerprint"] = item_fingerprint(item.title, None)
        journal.change(item, facts, action="edit", label=CODE)
        journal.change(plan, {"mandate_id": None}, action="edit", label=plan.key)
        kinds = (("task", "task"), ("사업", "주요 사업"), ("key_project", "key project"))
        for place, (key, title) in enumerate(kinds, 1):
            kind = ItemKind(plan_id=1, key=key, title=title, position=place, basis="registered")
            journal.add(kind, action="add", label=key)
    return sqlite_register.url.render_as_string(hide_password=False)


def run(address: str, *arguments: str) -> str:
    done = run_command("--db", address, *arguments)
    assert done.exit_code == 0, (arguments, done.err)
    return done.out


def test_each_command_about_an_item_takes_it_as_it_is(own):
    shown = run(own, "show", "第 39 项")
    assert "주요 사업 (title basis: stated)" in shown
    assert "No measure (allocation basis: working)" in shown
    traced = run(own, "trace", CODE)
    assert "Measure" not in traced
    assert json.loads(run(own, "trace", CODE, "--format", "json"))["trace"]["measure"] is None
    assert CODE in run(own, "log", CODE)


def test_items_are_filtered_by_kinds_of_the_plan_and_by_no_measure(own):
    for chosen in (("--kind", "사업"), ("--kind", "주요-사업"), ("--measure", "none")):
        (item,) = json.loads(run(own, "items", *chosen, "--format", "json"))["items"]
        assert (item["code"], item["kind"], item["measure"]) == (CODE, "사업", None)
    assert "no measure" in run(own, "items", "--by", "measure")
    refused = run_command("--db", own, "items", "--kind", "topic")
    assert "the plan has no kind of items 'topic'. The kinds are task, 사업 and key_project" in refused.err


def test_a_plan_without_a_mandate_has_no_findings_about_one(own):
    done = run_command("--db", own, "findings", "--format", "json")
    kinds = {finding["kind"] for finding in json.loads(done.out)["findings"]}
    assert kinds.isdisjoint({"item-without-clause", "measure-without-clause", "clause-without-measure"})


def test_the_weekly_file_and_the_evidence_have_it(own, tmp_path):
    for section in ("totals", "traceability"):
        run(own, "weekly", "--week", "2020-W14", "--section", section, "-o", str(tmp_path / f"{section}.csv"))
    texts = "".join(file.read_text(encoding="utf-8-sig") for file in tmp_path.glob("*.csv"))
    assert "kind,사업,주요 사업,1" in texts
    assert f"{CODE},{TITLE}" in texts
    run(own, "evidence", CODE, "-o", str(tmp_path / "pack.zip"))
    with ZipFile(tmp_path / "pack.zip") as pack:
        (page,) = (name for name in pack.namelist() if name.endswith("index.html"))
        assert "It has no measure." in pack.read(page).decode()
