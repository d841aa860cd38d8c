"""Finding items, clauses and organisations by words."""

import re
from dataclasses import fields
from datetime import timedelta

import pytest
from sqlalchemy import event

from planner.queries.items.register import read_register, read_searched_items
from planner.queries.items.views import ItemView, SearchedItem
from planner.queries.search.global_search import GlobalSearch, SearchCancelled, read_global_search
from planner.queries.search.titles import NameView
from planner.tables.json_form import json_value
from planner.writes.plan_changes.items import ItemEdit, edit_item
from tests.factories import ACTOR, load_names, noon, reading_of, writing_by
from tests.tui.desk import TODAY


def finder(register) -> GlobalSearch[ItemView]:
    with register.reading() as session:
        return read_global_search(reading_of(session), read_register(reading_of(session, TODAY)))


def names(found):
    return (
        found.named.code if found.named else None,
        [item.code for item in found.items],
        [clause.reference for clause in found.clauses],
        [organisation.key for organisation in found.organisations],
    )


def test_all_words_in_any_script_and_codes_typed_loosely(register):
    places = finder(register)
    assert names(places.find("p2")) == ("P-002", [], [], [])
    assert names(places.find("港口")) == (None, ["P-002"], [], [])
    assert names(places.find("مرفأ READING")) == (None, ["P-002"], [], [])
    assert names(places.find("new:duty-1"))[2] == ["new:duty-1"]
    assert names(places.find("harbour"))[3] == ["harbour-office"]
    assert names(places.find("no such words")) == (None, [], [], [])
    assert names(places.find("  ")) == (None, [], [], [])


def test_no_more_than_are_wanted_and_none_once_nobody_waits(sqlite_register):
    places = finder(sqlite_register)
    assert len(places.find("-", most=2).items) == 2
    assert len(places.find("duty", most=1).clauses) == 1
    with pytest.raises(SearchCancelled):
        places.find("harbour", waiting=lambda: False)


def test_what_has_a_name_in_another_language_is_found_by_it(register, bundle_folder):
    load_names(register, bundle_folder)
    places = finder(register)

    assert [(title.kind, title.key, title.names) for title in places.find("人才").titles] == [
        ("goal", "1", (NameView("zh-Hans", "港口人才", "working"),))
    ]
    assert [(title.kind, title.key) for title in places.find("중관춘").titles] == [("theme", "2")]
    assert [item.code for item in places.find("중관춘").items] == ["T-003", "P-002"]
    assert [title.key for title in places.find("北京").titles] == ["M1.01"]
    assert [item.code for item in places.find("北京 mend").items] == ["T-001"]
    assert [body.key for body in places.find("محفوظات").organisations] == ["town-archive"]


def test_items_called_so_come_before_items_that_only_belong_to_what_is(sqlite_register):
    places = finder(sqlite_register)
    assert [item.code for item in places.find("m1.02 pier").items] == ["P-001"]
    codes = [item.code for item in places.find("light").items]
    assert codes == ["T-002", "P-001", "T-001"]
    assert [item.code for item in places.find("light", most=2).items] == codes[:2]


def test_the_json_of_an_item_has_no_text_that_only_a_search_looks_at(sqlite_register):
    with sqlite_register.reading() as session:
        item = read_register(reading_of(session, TODAY))[0]
    assert item.other_names
    assert "other_names" not in json_value(item)


@pytest.mark.parametrize("day", [TODAY, TODAY + timedelta(days=7)], ids=["before an edit", "after it"])
def test_items_read_for_a_search_have_what_a_search_of_whole_items_looks_at(register, bundle_folder, day):
    load_names(register, bundle_folder)
    later = TODAY + timedelta(days=5)
    with register.writing() as session:
        edit_item(writing_by(session, ACTOR, noon(later)), "P-002", ItemEdit(title="Build a quay"), "Agreed.")
    with register.reading() as session:
        reading = reading_of(session, day)
        whole = read_register(reading)
        searched = read_searched_items(reading)
    named = [field.name for field in fields(SearchedItem)]
    assert searched == [SearchedItem(*(getattr(item, name) for name in named)) for item in whole]
    assert ("Build a quay" in {item.title for item in searched}) is (day > later)


def test_items_are_read_for_a_search_without_milestones_and_reports(sqlite_register):
    sent: list[str] = []
    with sqlite_register.reading() as session:
        event.listen(session.connection(), "before_cursor_execute", lambda *told: sent.append(told[2]))
        assert read_searched_items(reading_of(session, TODAY))
    assert sent
    assert not [one for one in sent if re.search("FROM (milestone|status_update|date_change)", one)]
