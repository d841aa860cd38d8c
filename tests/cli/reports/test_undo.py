"""planner undo, as typed."""

import json

from tests.factories import OFFICER, report
from tests.queries.reads import item_at


def test_it_shows_what_it_is_asks_and_takes_it_back(planner, filled, answered):
    planner("update", "T-001", "--percent", "40", "--met", "1=2020-04-01")
    answered("y")
    done = planner("undo")
    assert done.exit_code == 0
    shown = done.err.splitlines()
    assert shown[0].startswith("Your last write, of 20")
    assert shown[1:3] == ["  the report on T-001 milestone 1  Mend the quays", "  the report on T-001"]
    assert done.out == "Undone: the report on T-001 milestone 1.\nUndone: the report on T-001.\n"
    assert item_at(filled, "T-001").last is None


def test_no_is_no(planner, filled, answered):
    planner("update", "T-001", "--percent", "40", "--as-of", "2020-04-01")
    answered("n")
    done = planner("undo")
    assert (done.exit_code, done.out) == (0, "")
    assert done.err.endswith("Nothing was undone.\n")
    assert item_at(filled, "T-001").actual == 40


def test_nobody_there_to_answer_leaves_it(planner, filled, answered):
    planner("update", "T-001", "--percent", "40", "--as-of", "2020-04-01")
    answered()
    assert planner("undo").exit_code == 24
    assert item_at(filled, "T-001").actual == 40


def test_with_yes_it_does_not_ask_and_json_is_json(planner, filled):
    planner("update", "T-001", "--percent", "40", "--as-of", "2020-04-01")
    done = planner("undo", "--yes", "--reason", "Wrong item", "--format", "json")
    document = json.loads(done.out)
    assert (document["kind"], document["undone"]["records"]) == ("planner-undone", ["the report on T-001"])
    history = json.loads(planner("show", "T-001", "--format", "json").out)["item"]["history"]
    assert (history[0]["kind"], history[0]["reason"]) == ("withdrawal", "Wrong item")


def test_there_may_be_nothing_of_yours(planner, filled):
    report(filled, percent=40, actor=OFFICER)
    done = planner("undo", "--yes")
    assert (done.exit_code, done.out) == (5, "")
