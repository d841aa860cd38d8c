"""planner show, as typed."""

import json

from tests.factories import ODD_TITLE


def test_shows_every_part_with_its_basis(planner, filled):
    out = planner("show", "P-001").out
    assert "Build the light on the north pier" in out
    assert "title working" in out
    assert "(derived)" in out
    assert "Lamp fitted" in out
    assert "target 1 by 2020-12-31" in out


def test_codes_may_be_typed_loosely(planner, filled):
    assert planner("show", "p1").out == planner("show", "P-001").out


def test_a_title_that_looks_like_markup_is_shown_as_it_is(planner, filled):
    assert ODD_TITLE in planner("show", "P-002").out


def test_an_unknown_code_is_told(planner, filled):
    done = planner("show", "X-9")
    assert done.exit_code == 4
    assert done.err == (
        "planner: CODE: the plan has no item 'X-9'. Codes look like T-001 or P-001; see 'planner items'.\n"
    )


def test_as_of_and_known_at_take_the_item_back(planner, filled):
    planner("update", "T-001", "--percent", "20", "--as-of", "2020-04-01")
    planner("update", "T-001", "--percent", "50", "--as-of", "2020-05-01")

    def percent(*arguments):
        return json.loads(planner("show", "T-001", "--format", "json", *arguments).out)["item"]["item"]["actual"]

    assert percent("--as-of", "2020-04-30") == 20
    assert percent("--as-of", "2020-05-01") == 50
    assert percent("--as-of", "2020-05-01", "--known-at", "2020-06-01") is None


def test_before_anything_was_known_there_is_nothing_to_show(planner, filled):
    done = planner("show", "T-001", "--known-at", "2019-01-01")
    assert done.exit_code == 12
    assert "--known-at" in done.err


def test_an_instant_that_is_none_is_told(planner, filled):
    done = planner("show", "T-001", "--known-at", "noon")
    assert done.exit_code == 3
    assert "'noon'" in done.err
