"""planner find, as typed."""

import json

import pytest

from tests.factories import ODD_TITLE, load_names


def test_everything_that_has_the_words_is_listed(planner, filled):
    out = planner("find", "duty-1").out
    assert "Clauses: 2\n  old:duty-1  " in out
    out = planner("find", "harbour", "office").out
    assert "Organisations: 1\n  harbour-office  Harbour Office\n" in out
    assert planner("find", "[/]").out == f"Items: 1\n  P-002  {ODD_TITLE}\n"


def test_nothing_found_is_said_and_no_error(planner, filled):
    done = planner("find", "nowhere")
    assert (done.exit_code, done.out) == (0, "Nothing contains all these words.\n")


def test_a_search_for_nothing_is_refused(planner, filled):
    done = planner("find", "", " ")
    assert (done.exit_code, done.out) == (3, "")
    assert done.err == "planner: WORDS: no words were given. Give words of what you look for, or its code.\n"


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


@pytest.mark.first_cases(2)
@pytest.mark.parametrize("command", ["findings", "links list", "clauses", "matrix", "items", "timeline"])
def test_what_is_searched_is_found_by_its_names_in_other_languages(planner, filled, bundle_folder, command):
    load_names(filled, bundle_folder)
    everything = planner(*command.split(), "--format", "csv").out.splitlines()
    found = planner(*command.split(), "--format", "csv", "--search", "北京").out.splitlines()
    assert found[0] == everything[0]
    assert 0 < len(found[1:]) < len(everything[1:])
    assert set(found) < set(everything)


def test_people_are_found_by_the_names_of_their_organisation(planner, filled):
    assert "egil" in planner("people").out
    found = planner("people", "list", "--search", "مكتب المرفأ").out.splitlines()[1:]
    assert [line.split()[0] for line in found] == ["dora"]
    assert planner("people", "list", "--search", "nobody").out == "No person matches all these words.\n"
