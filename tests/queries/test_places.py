"""Finding items, clauses and organisations by words."""

import pytest

from planner.queries.places import Finder, GivenUp, read_finder
from planner.queries.point import Point
from planner.queries.register import read_register
from tests.factories import plan_of
from tests.tui.desk import TODAY


def finder(register) -> Finder:
    with register.reading() as session:
        return read_finder(session, read_register(session, plan_of(session), Point(TODAY)))


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
    with pytest.raises(GivenUp):
        places.find("harbour", waiting=lambda: False)
