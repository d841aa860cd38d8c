"""planner trace and overview, as typed."""

import json
import re
from datetime import date

import pytest
from sqlalchemy import select

from planner.store.journal import writing
from planner.store.models import Clause, Item, Link
from tests.factories import ACTOR, AT, noon
from tests.linked import link_item


def test_an_item_is_traced_to_both_versions(planner, filled):
    out = planner("trace", "P-001").out
    assert "Measure M1.02" in out
    assert "Mandate old, in force when the plan was made" in out
    assert "Mandate new" in out


def test_without_the_text_it_says_where_it_can_be_had_and_how_to_attach_it(planner, filled):
    out = planner("trace", "P-001").out
    assert "The text is not attached" in out
    assert "planner sources attach" in out


def test_one_version_and_one_language_may_be_asked_for(planner, filled):
    in_arabic, in_all = (planner("trace", "P-001", "--mandate", "new", *lang).out for lang in (("--lang", "ar"), ()))
    assert "Mandate old" not in in_arabic
    assert "No copy of the text is attached (clause number en I., ar (1))" in in_all
    assert "No copy of the text is attached (clause number ar (1))" in in_arabic


def test_a_clause_is_traced_down_to_its_items(planner, filled):
    trace = json.loads(planner("trace", "duty-1", "--format", "json").out)["trace"]
    assert trace["clause"]["mandate"] == "old"
    assert {item["code"] for link in trace["links"] for item in link["items"]} >= {"T-001"}


def test_an_item_that_stands_on_a_clause_by_itself_is_told_so(planner, filled):
    link_item(filled, "T-003", "old:duty-2", noon(date(2020, 2, 1)))
    out = planner("trace", "old:duty-2", "--as-of", "2020-04-01").out
    assert re.search(r"^T-003 .* linked directly \(supports, coverage partial\)$", out, re.MULTILINE)


def test_a_clause_of_the_other_version_is_named_by_it(planner, filled):
    trace = json.loads(planner("trace", "new:duty-3.1", "--format", "json").out)["trace"]
    assert (trace["clause"]["mandate"], trace["clause"]["parent"]) == ("new", "new:duty-3")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["trace", "duty-77"], "no clause 'duty-77'"),
        (["trace", "P-001", "--mandate", "older"], "no mandate version is called 'older'"),
        (["trace", "P-001", "--lang", "xx"], "no mandate version has a text in 'xx'"),
        (["trace", "P-999"], "no item 'P-999'"),
        (["trace", "new:duty-1", "--mandate", "old"], "is in another version than old"),
    ],
)
def test_what_is_not_there_is_told(planner, filled, arguments, told):
    done = planner(*arguments)
    assert done.exit_code == 4
    assert told in done.err


def test_the_overview_counts_and_names_what_moved(planner, filled):
    planner("update", "T-001", "--percent", "30", "--as-of", "2020-05-05")
    document = json.loads(planner("overview", "--as-of", "2020-05-06", "--format", "json").out)["overview"]
    assert document["week"] == "2020-W19"
    assert document["now"]["items"] == 5
    moved = [(row["movement"], row["points"]) for row in document["moved"] if row["code"] == "T-001"]
    assert ("started", 30.0) in moved
    text = planner("overview", "--as-of", "2020-05-06").out
    assert "Quays and lights" in text
    assert "T-001  started" in text


def test_a_link_of_the_item_itself_is_shown_as_such(planner, filled):
    with filled.writing() as session, writing(session, ACTOR, AT) as journal:
        item = session.execute(select(Item).where(Item.code == "P-001")).scalar_one()
        clause = session.execute(select(Clause).where(Clause.key == "duty-3")).scalars().first()
        assert clause is not None
        journal.add(
            Link(
                item_id=item.id,
                clause_id=clause.id,
                type="supports",
                coverage="partial",
                rationale="The light helps to count the boats.",
                near_fingerprint=item.fingerprint,
                clause_fingerprint=clause.fingerprint,
            ),
            action="link",
            label="P-001",
        )
    out = planner("trace", "P-001").out
    assert "the item itself supports duty-3, coverage partial: The light helps to count the boats." in out
    assert "the item itself" not in planner("trace", "T-002").out


def test_the_reason_of_a_crosswalk_row_stands_at_the_first_of_its_two_clauses(planner, filled):
    out = planner("trace", "P-001").out
    assert re.findall(r"(?m)^    ([→←] \S+) \([^)]*\)(: reason as above)?", out) == [
        ("→ new:duty-1", ""),
        ("← old:duty-1", ": reason as above"),
    ]
