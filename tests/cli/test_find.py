"""planner find, as typed."""

import json

from tests.factories import ODD_TITLE


def test_everything_that_has_the_words_is_listed(planner, filled):
    out = planner("find", "duty-1").out
    assert "Clauses: 2\n  old:duty-1  " in out
    out = planner("find", "harbour", "office").out
    assert "Organisations: 1\n  harbour-office  Harbour Office\n" in out
    assert planner("find", "[/]").out == f"Items: 1\n  P-002  {ODD_TITLE}\n"


def test_nothing_found_is_said_and_no_error(planner, filled):
    done = planner("find", "nowhere")
    assert (done.exit_code, done.out) == (0, "Nothing has all these words.\n")


def test_json_has_the_same(planner, filled):
    document = json.loads(planner("find", "p-2", "--format", "json").out)
    assert document["kind"] == "planner-found"
    assert document["found"]["items"] == [{"code": "P-002", "title": ODD_TITLE, "basis": "working"}]
    assert document["found"]["clauses"] == document["found"]["organisations"] == []
    assert document["found"]["titles"] == []


def test_goals_themes_and_measures_are_told_with_their_kind(planner, filled):
    title = json.loads(planner("find", "M1.01", "--format", "json").out)["found"]["titles"][0]
    assert (title["kind"], title["key"], title["names"]) == ("measure", "M1.01", [])
    assert f"Goals, themes and measures: 1\n  measure M1.01  {title['title']}\n" in planner("find", "m1.01").out
