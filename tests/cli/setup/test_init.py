"""planner init, as typed."""

import json
import os
import shutil
import sqlite3

import pytest

from planner.base.errors import SeedError
from planner.bundle import loader
from tests.factories import edit_file, small_bundle
from tests.two_plans import FIRST, SECOND, second_bundle


def test_the_bundled_plan_is_loaded_and_the_second_time_nothing_changes(planner):
    done = planner("init")
    assert done.exit_code == 0
    assert "7 themes, 223 items, 101 tasks, 122 key projects" in done.out

    done = planner("init")
    assert done.exit_code == 0
    assert "Nothing was changed" in done.out


def test_another_plan_is_loaded_from_its_folder(planner, tmp_path):
    seeds = small_bundle(tmp_path / "seeds")
    document = json.loads(planner("init", "--seeds", str(seeds), "--format", "json").out)
    assert document["plan"] == "harbour-2020"
    assert document["init"]["inventory"]["items"] == 5


def test_totals_that_differ_from_the_stated_ones_are_told(planner, tmp_path):
    seeds = small_bundle(tmp_path / "seeds")
    plan = seeds / "plan.yaml"
    plan.write_text(plan.read_text("utf-8").replace("value: 5", "value: 6"), "utf-8")
    assert "the plan states 6 items, the register holds 5" in planner("init", "--seeds", str(seeds)).out


def test_a_broken_entry_is_named_and_no_file_is_left(planner, tmp_path):
    seeds = small_bundle(tmp_path / "seeds")
    file = next(file for file in (seeds / "items").glob("*.yaml") if "weight: 40" in file.read_text("utf-8"))
    file.write_text(file.read_text("utf-8").replace("weight: 40", "weight: -40", 1), "utf-8")
    done = planner("init", "--seeds", str(seeds))
    assert done.exit_code == 9
    assert f"items/{file.name}" in done.err
    assert "T-001" in done.err
    assert "weight" in done.err
    assert not (tmp_path / "command.sqlite").exists()


@pytest.mark.parametrize("content", [b"not a database at all, but long enough to be looked at", b"\x00" * 4096])
def test_a_file_that_is_no_database_is_told_and_left(planner, tmp_path, content):
    file = tmp_path / "command.sqlite"
    file.write_bytes(content)
    done = planner("init")
    assert done.exit_code == 8
    assert str(file) in done.err
    assert file.read_bytes() == content


def test_a_database_of_something_else_is_told_and_left(planner, tmp_path):
    file = tmp_path / "command.sqlite"
    with sqlite3.connect(file) as connection:
        connection.execute("CREATE TABLE shopping (what TEXT)")
    connection.close()
    before = file.read_bytes()
    done = planner("init")
    assert done.exit_code == 7
    assert "not created by planner" in done.err
    assert file.read_bytes() == before


def test_a_path_that_cannot_be_made_is_told(planner, tmp_path):
    (tmp_path / "file").write_text("in the way", "utf-8")
    done = planner("--db", str(tmp_path / "file" / "register.sqlite"), "init")
    assert done.exit_code == 8
    assert "--db" in done.err


def test_another_plan_is_loaded_beside_the_first(planner, tmp_path):
    planner("init", "--seeds", str(small_bundle(tmp_path / "seeds")))
    before = planner("overview").out

    done = planner("init", "--seeds", str(second_bundle(tmp_path / "others")))

    assert done.exit_code == 0
    assert "No longer in the data files" not in done.out
    assert planner("--plan", SECOND, "show", "T-001").exit_code == 0
    assert planner("--plan", FIRST, "overview").out == before


def test_an_entry_taken_out_of_the_data_files_is_told(planner, tmp_path):
    seeds = small_bundle(tmp_path / "seeds")
    planner("init", "--seeds", str(seeds))
    edit_file(seeds, "items/theme-2.yaml", lambda content: content["items"][0]["milestones"][1].update(title="Another"))

    done = planner("init", "--seeds", str(seeds))

    assert done.exit_code == 0
    assert "No longer in the data files, but kept in the register: milestone harbour-2020:T-003:" in done.out


def test_a_register_that_somebody_else_made_meanwhile_is_left_as_it_is(planner, tmp_path, loaded_file, monkeypatch):
    """A first load is not quick: another may have finished in between."""
    file = tmp_path / "command.sqlite"
    load = loader.load_into

    def overtaken(*arguments):
        shutil.copy(loaded_file, file)
        return load(*arguments)

    monkeypatch.setattr(loader, "load_into", overtaken)
    done = planner("init", "--seeds", str(small_bundle(tmp_path / "seeds")))

    assert done.exit_code == 8
    assert "another program created this database in the meantime; the database was not changed" in done.err
    assert file.read_bytes() == loaded_file.read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["command.sqlite", "seeds"]


def test_a_load_that_fails_leaves_a_register_that_somebody_else_made_meanwhile(
    planner, tmp_path, loaded_file, monkeypatch
):
    file = tmp_path / "command.sqlite"

    def failing(*_arguments):
        shutil.copy(loaded_file, file)
        raise SeedError("this cannot be loaded", where="items")

    monkeypatch.setattr(loader, "load_into", failing)
    done = planner("init", "--seeds", str(small_bundle(tmp_path / "seeds")))

    assert done.exit_code == 9
    assert file.read_bytes() == loaded_file.read_bytes()


def test_a_file_system_without_second_names_gets_the_register_too(planner, tmp_path, monkeypatch):
    def refused(*_arguments):
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refused)
    assert planner("init", "--seeds", str(small_bundle(tmp_path / "seeds"))).exit_code == 0
    assert planner("items").exit_code == 0
