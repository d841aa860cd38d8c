"""planner links: what it lists, shows and records."""

import csv
import io
import json

import pytest

from planner.domain.vocabulary import LinkState, ReviewDecision
from tests.linked import LINK, LINKS, attach_copy, link, links, on, review, reword


@pytest.fixture
def some(filled):
    """The small plan with a link accepted, one rejected, and the clause of both reworded since."""
    review(filled, "M1.01:duty-1", at=on(1), reason=None)
    review(filled, "M1.02:duty-1", at=on(1), decision=ReviewDecision.REJECTED, reason="Lights are another's.")
    reword(filled, "old:duty-1", "Quays and lights are kept in order.", on(2))
    return filled


def names(result):
    return [line.split()[0] for line in result.out.splitlines() if line.startswith("M")]


def test_links_are_listed_with_where_they_stand(planner, some):
    every = planner("links")
    assert (every.exit_code, names(every)) == (0, list(LINKS))
    assert "≠ suspect: the clause old:duty-1 was reworded. Last review: accepted by brook on 2020-04-01" in every.out
    assert "× rejected by brook on 2020-04-01: Lights are another's." in every.out
    assert every.out.splitlines()[-1] == "Links: 7 (5 ? unreviewed, 1 × rejected, 1 ≠ suspect)"


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (["--suspect"], LINKS[:1]),
        (["--rejected"], LINKS[2:3]),
        (["--suspect", "--unreviewed"], (*LINKS[:2], *LINKS[3:])),
        (["--theme", "2", "--mandate", "new"], LINKS[5:]),
        (["t-001"], LINKS[:2]),
        (["list", "duty-2", "M1.01:new:duty-1"], (LINKS[1], LINKS[4])),
        (["--suspect", "--known-at", "2020-04-02T01:00Z"], ()),
    ],
)
def test_the_list_is_narrowed(planner, some, options, expected):
    assert names(planner("links", *options)) == list(expected)


@pytest.mark.parametrize("options", [["--theme", "9"], ["--mandate", "newest"], ["T-999"], ["show", "M1.01"]])
def test_what_is_not_there_is_told(planner, some, options):
    result = planner("links", *options)
    assert (result.exit_code, result.out) == (4, "")


def test_the_list_as_json_and_csv(planner, some):
    document = json.loads(planner("links", "--format", "json").out)
    first = document["links"][0]
    assert (document["kind"], document["simulated"], len(document["links"])) == ("planner-links", False, 7)
    assert (first["link"], first["state"], first["near"]["kind"]) == (LINK, "suspect", "measure")
    assert (first["changed"], first["review"]["actor"]) == (["the clause old:duty-1 was reworded"], "brook")
    rows = list(csv.DictReader(io.StringIO(planner("links", "--rejected", "--format", "csv").out)))
    assert [(row["link"], row["state"], row["reason"]) for row in rows] == [
        ("M1.02:old:duty-1", "rejected", "Lights are another's.")
    ]
    assert rows[0]["reviewed_at"].startswith("2020-04-01T12:00:00")


def test_one_link_is_shown_with_before_after_and_reviews(planner, some):
    attach_copy(some, "M1.01", "ko", "missing", on(3), "plan.txt")
    shown = planner("links", "show", LINK).out
    assert "clause old:duty-1: Quays and lights are kept in order." in shown
    assert "restatement before: Quays and lights are [-maintained-]." in shown
    assert "restatement after:  Quays and lights are {+kept in order+}." in shown
    assert "by ada on 2020-04-02" in shown
    assert "the attached copy 'plan.txt' of plan-ko (ko) lacks the cited text" in shown
    assert (
        "    accepted by brook on 2020-04-01\n      implements, coverage full: M1.01 is what duty-1 asks for." in shown
    )
    document = json.loads(planner("links", "show", LINK, "--format", "json").out)["link"]
    assert [change["end"] for change in document["changes"]] == ["M1.01", "old:duty-1"]
    assert [one["decision"] for one in document["reviews"]] == ["accepted"]


def test_links_are_decided_at_once_after_a_preview(planner, some, answered):
    previewed = planner("links", "review", "M1.01", "--accept", "--reason", "Only words.", "--preview")
    assert previewed.out.splitlines() == [
        "M1.01:old:duty-1  suspect → accepted",
        "M1.01:new:duty-1  unreviewed → accepted",
    ]
    refused = planner("links", "review", "M1.01", "--accept", "--yes")
    assert (refused.exit_code, "needs a reason" in refused.err) == (3, True)
    answered("n")
    assert "Nothing was recorded." in planner("links", "review", "M1.01", "--accept", "--reason", "Only words.").out
    assert link(some).state is LinkState.SUSPECT

    answered("y")
    done = planner("links", "review", "M1.01", "--accept", "--reason", "Only words.")
    assert (done.exit_code, done.out) == (0, "Accepted: 2 links.\n")
    assert "M1.01:old:duty-1  suspect → accepted" in done.err
    assert planner("links", "review", "M1.01", "--accept", "--yes").out == "None of these links needs review.\n"
    # A link that is named by itself is reviewed again.
    changed = planner(
        "links", "review", LINK, "--coverage", "partial", "--reason", "Not all.", "--yes", "--format", "json"
    )
    assert json.loads(changed.out)["reviewed"]["links"][0]["coverage"] == "partial"


def test_a_decision_is_one(planner, filled):
    both = planner("links", "review", LINK, "--accept", "--type", "supports")
    none = planner("links", "review", LINK, "--format", "json")
    assert (both.exit_code, none.exit_code) == (2, 2)


def test_links_are_gone_through_one_by_one(planner, some, answered):
    answered(
        "a", "", "a", "Only words.", "x", "s", "c", "sup", "part", "It helps.", "So it seems.", "r", "Not ours.", "q"
    )
    result = planner("links", "review")
    assert result.exit_code == 0
    assert result.out.count("needs a reason") == 1
    assert "'x' is not one of the possible answers" in result.out
    assert result.out.endswith("\n1 accepted, 1 rejected, 1 changed, 1 skipped, 2 left.\n")
    found = links(some)
    assert found[LINK].state is LinkState.ACCEPTED
    changed, rejected = found["M1.02:new:duty-1"], found["M2.01:old:duty-2"]
    assert (changed.type.value, changed.coverage.value, changed.rationale) == ("supports", "partial", "It helps.")
    assert (rejected.state, rejected.review and rejected.review.reason) == (LinkState.REJECTED, "Not ours.")


def test_going_back_leads_from_the_reason_of_a_change_to_the_decision(planner, some, answered):
    answered("<", "c", "sup", "<", "<", "r", "<", "a", "Only words.", "q")
    result = planner("links", "review")
    assert "This is the first question here." in result.out
    assert result.out.endswith("\n1 accepted, 0 rejected, 0 changed, 0 skipped, 5 left.\n")


def test_trace_clauses_and_matrix_say_where_links_stand(planner, some):
    attach_copy(some, "M2.01", "ko", "differs", on(3))
    assert "≠ suspect: the clause old:duty-1 was reworded" in planner("trace", "T-001").out
    assert "The link to old:duty-1 was rejected by brook: Lights are another's." in planner("trace", "P-001").out
    assert "≠ suspect" in planner("trace", "duty-1").out
    assert "1 ≠ suspect" in planner("clauses").out
    assert "1≠" in planner("matrix").out
    (old, _) = json.loads(planner("clauses", "--format", "json").out)["clauses"]
    assert old["clauses"][0]["links"] == {"unreviewed": 0, "accepted": 0, "changed": 0, "suspect": 1}
    rows = list(csv.DictReader(io.StringIO(planner("matrix", "--format", "csv").out)))
    assert [(row["line"], row["suspect_links"]) for row in rows if row["suspect_links"] not in ("0", "")] == [
        ("old:duty-1", "1"),
        ("old:duty-2", "1"),
        ("new:duty-2", "1"),
    ]


def test_links_are_added_and_listed(planner, filled):
    said = ("--type", "supports", "--coverage", "partial", "--rationale", "Boats need lights.")
    added = planner("links", "add", "M1.02", "t-001", "--clause", "duty-2", "--mandate", "new", *said)
    assert (added.exit_code, names(added)) == (0, ["M1.02:new:duty-2"])
    assert added.out.splitlines()[1:] == ["T-001:new:duty-2", "Added: 2 links."]
    assert planner("links", "add", "M1.02", "--clause", "new:duty-2", "--mandate", "new", *said).exit_code == 2
    document = json.loads(planner("links", "add", "M2.02", "--clause", "duty-2", *said, "--format", "json").out)
    assert [(one["link"], one["origin"]) for one in document["added"]["links"]] == [("M2.02:old:duty-2", "person")]


def test_suggestions_are_added_only_if_asked_and_shown_as_suggested(planner, filled):
    shown = json.loads(planner("links", "suggest", "--measures", "--least", "1", "--format", "json").out)["suggested"]
    best = shown["suggestions"][0]
    name = f"{best['near']}:{best['clause']}"
    assert (shown["recorded"], name in links(filled)) == (False, False)
    least = ("--least", str(best["likeness"]))
    added = planner("links", "suggest", "--measures", *least, "--add", "--yes")
    assert f"{name}, likeness {best['likeness']}%" in added.out
    assert "  ~ suggested by the program, not reviewed" in planner("links", "--suggested").out
    assert f"{name}  ~ suggested by the program, not reviewed" in planner("trace", best["clause"]).out
    assert "~ suggested" in planner("clauses").out
    assert "~ suggested" in planner("matrix").out
    counted = csv.DictReader(io.StringIO(planner("clauses", "--format", "csv").out))
    reviewed = {row["clause"]: int(row["unreviewed_links"]) for row in counted if row["clause"]}
    of_clause = [one for one in links(filled).values() if one.clause.name == best["clause"] and not one.review]
    assert reviewed[best["clause"]] == len(of_clause)
    assert "The program suggested this link" in planner("findings", "--kind", "link-unreviewed").out
    assert f"The program suggested a link to {best['clause']}" in planner("clauses", "--format", "json").out
    planner("links", "review", name, "--accept", "--yes")
    assert links(filled)[name].state is LinkState.ACCEPTED
