"""Searching findings, links, mandate versions and people by names in other languages."""

from collections.abc import Iterator

import pytest

from planner.queries.findings import read_findings
from planner.queries.links.standing import read_links
from planner.queries.mandates.matrix import read_matrices
from planner.queries.people.people import read_people
from planner.queries.search.matching import finding_texts, having_words, link_texts, matching_matrices, person_texts
from planner.register.reading import Reading
from tests.factories import load_names, reading_of
from tests.tui.desk import TODAY


@pytest.fixture
def named(sqlite_register, bundle_folder) -> Iterator[Reading]:
    load_names(sqlite_register, bundle_folder)
    with sqlite_register.reading() as session:
        yield reading_of(session, TODAY)


def test_findings_have_the_names_of_the_item_measure_or_theme_that_they_are_about(named: Reading):
    every = read_findings(named)

    def found(search):
        return {(one.about.kind, one.about.key) for one in having_words(named, every, search, finding_texts)}

    assert found("北京") == {
        ("item", "T-001"),
        ("link", "M1.01:new:duty-1"),
        ("link", "M1.01:old:duty-1"),
    }
    assert {("item", "T-003"), ("measure", "M2.02")} <= found("중관춘")
    assert found("مكتب المرفأ") - found("محفوظات") == {("item", "P-002")}
    assert found(" ") == {(one.about.kind, one.about.key) for one in every}


def test_links_have_the_names_of_their_ends(named: Reading):
    every = read_links(named)
    found = [link.name for link in having_words(named, every, "灯塔 duty-1", link_texts)]
    assert found == [link.name for link in every if link.near.name == "M1.01"] != []


def test_lines_of_a_mandate_have_the_names_of_the_measures_on_them_and_of_those_that_none_covers(named: Reading):
    def found(search):
        versions = matching_matrices(named, read_matrices(named), search)
        return {version.mandate: [row.name for row in version.rows] for version in versions}

    assert found("北京") == {"old": ["old:duty-1"], "new": ["new:duty-1"]}
    assert "M2.02" in found("중관춘")["old"]
    assert found("no such words") == {"old": [], "new": []}


def test_people_have_the_names_of_their_organisation(named: Reading):
    found = having_words(named, read_people(named.session), "المرفأ", person_texts)
    assert {person.organisation.key for person in found if person.organisation} == {"harbour-office"}
