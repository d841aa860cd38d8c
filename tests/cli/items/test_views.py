"""planner views, and planner items by a view: what was saved is listed, shown, used and deleted."""

import json

import pytest

from tests.factories import small_bundle


@pytest.fixture
def ready(planner, tmp_path, monkeypatch):
    """A register, and a data folder of one's own."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    assert planner("init", "--seeds", str(small_bundle(tmp_path / "seeds"))).exit_code == 0
    return planner


def codes(result):
    return [item["code"] for item in json.loads(result.out)["items"]]


def test_a_view_is_saved_used_shown_and_deleted(ready):
    found = ready("items", "--theme", "1", "--theme", "2", "--kind", "task", "--sort", "-title", "--save-view", "Tasks",
                  "--format", "json")  # fmt: skip
    assert codes(found) == ["T-002", "T-001", "T-003"]
    assert "Saved the view 'Tasks'." in found.err
    assert ready("views").out == "Tasks: 1, 2, task, sorted by title, reversed, for the plan harbour-2020\n"
    assert codes(ready("items", "--view", "Tasks", "--format", "json")) == ["T-002", "T-001", "T-003"]
    assert codes(ready("items", "--view", "Tasks", "--theme", "2", "--sort", "code", "--format", "json")) == ["T-003"]
    shown = json.loads(ready("views", "show", "Tasks", "--format", "json").out)
    assert shown["view"]["filters"] == {"theme": ["1", "2"], "kind": ["task"]}
    assert ready("views", "show", "Tasks").out.splitlines()[1:] == [
        "theme: 1, 2", "kind: task", "sort: title, reversed", "columns: default",
    ]  # fmt: skip
    assert ready("views", "delete", "Tasks").exit_code == 0
    assert json.loads(ready("views", "list", "--format", "json").out)["views"] == []
    gone = ready("items", "--view", "Tasks")
    assert (gone.exit_code, gone.out) == (4, "")
    assert gone.err.startswith("planner: --view: no view is called 'Tasks'")
    assert ready("views", "show", "Tasks").err.startswith("planner: NAME: no view is called 'Tasks'")


def test_facets_take_several_values_and_unrated_is_one(ready):
    assert ready("update", "T-001", "--confidence", "red", "--percent", "5").exit_code == 0
    assert ready("update", "T-002", "--confidence", "green").exit_code == 0
    assert codes(ready("items", "--confidence", "red", "--confidence", "green", "--format", "json")) == [
        "T-001",
        "T-002",
    ]
    assert codes(ready("items", "--confidence", "unrated", "--format", "json")) == ["T-003", "P-001", "P-002"]


def test_mine_needs_an_organisation(ready):
    found = ready("items", "--mine")
    assert found.exit_code == 5
    assert "you do not belong to an organisation in this register" in found.err


def test_a_broken_file_of_views_is_told(ready, tmp_path):
    file = tmp_path / "data" / "planner" / "views.json"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("{}")
    told = ready("views")
    assert told.exit_code == 11
    assert str(file) in told.err
