"""The register narrowed: facets, and searches in any script."""

import shutil
import unicodedata
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import make_url

from planner.base.errors import BadValueError
from planner.domain.vocabulary import Basis, Concern, Confidence, Freshness, Phase, Schedule, State
from planner.queries.items.filters import UNRATED, Facet, Filters, filtered, filters_spelled
from planner.queries.items.views import ItemView
from tests.conftest import opened_copy
from tests.factories import report
from tests.queries.reads import APRIL, items_at, retitle
from tests.queries.reads import instant as on


@pytest.fixture(scope="module")
def items(loaded_file: Path, tmp_path_factory: pytest.TempPathFactory) -> list[ItemView]:
    """The items of the small plan in April, read once for all tests. Nobody can change them."""
    file = shutil.copy(loaded_file, tmp_path_factory.mktemp("items") / "register.sqlite")
    with closing(opened_copy(make_url(f"sqlite:///{file}"))) as database:
        report(database, "T-001", as_of=APRIL, percent=38, confidence=Confidence.GREEN)
        report(database, "P-002", as_of=date(2020, 3, 4), percent=5, confidence=Confidence.RED)
        retitle(database, "T-003", "옛 지도를 Straße별로 정리", on(4, 1, 13))
        return list(items_at(database).values())


def codes(items: list[ItemView], **filters: Any) -> list[str]:
    return [item.code for item in filtered(items, Filters(**filters))]


def test_without_filters_all_pass_in_order(items: list[ItemView]):
    assert filtered(items, Filters()) == items


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"theme": 2}, ["T-003", "P-002"]),
        ({"theme": 3}, []),
        ({"kind": "key_project"}, ["P-001", "P-002"]),
        ({"lead": "town-archive"}, ["T-003"]),
        ({"phase": Phase.IN_PROGRESS}, ["T-001", "P-002"]),
        ({"confidence": Confidence.RED}, ["P-002"]),
        ({"schedule": Schedule.OFF_TRACK}, ["P-002"]),
        ({"freshness": Freshness.NOT_OWED}, ["T-003"]),
        ({"basis": Basis.STATED}, ["T-001"]),
        ({"theme": 1, "kind": "task", "freshness": Freshness.REPORTED}, ["T-001"]),
        ({"theme": 2, "kind": "task", "phase": Phase.IN_PROGRESS}, []),
        ({"theme": {1, 2}, "confidence": {Confidence.RED, Confidence.GREEN}}, ["T-001", "P-002"]),
        ({"confidence": UNRATED}, ["T-002", "T-003", "P-001"]),
        ({"theme": ()}, ["T-001", "T-002", "T-003", "P-001", "P-002"]),
        ({"lead": "town-archive", "mine": "harbour-office"}, ["T-003"]),
        ({"mine": "town-archive"}, ["T-001", "T-002", "T-003", "P-001"]),
    ],
)
def test_all_facets_given_must_fit(items: list[ItemView], filters: dict[str, Any], expected: list[str]):
    assert codes(items, **filters) == expected


@pytest.mark.parametrize(
    ("search", "expected"),
    [
        ("", ["T-001", "T-002", "T-003", "P-001", "P-002"]),
        ("   ", ["T-001", "T-002", "T-003", "P-001", "P-002"]),
        ("quays mend", ["T-001"]),
        ("MEND", ["T-001"]),
        ("p-00", ["P-001", "P-002"]),
        ("m1.02", ["T-002", "P-001"]),
        ("reading [old]", ["P-002"]),
        ("[/]", ["P-002"]),
        ("港口", ["P-002"]),
        ("(مرفأ)", ["P-002"]),
        ("ﻣﺮﻓﺄ odd", []),
        ("المرفأ lights", ["T-001", "T-002", "P-001"]),
        ("ﻣﺮﻓﺄ [/]", ["P-002"]),
        ("지도", ["T-003"]),
        (unicodedata.normalize("NFD", "지도를 정리"), ["T-003"]),
        ("STRASSE", ["T-003"]),
        ("ＭＥＮＤ", ["T-001"]),
        ("mend 지도", []),
        ("100%_", []),
    ],
)
def test_every_word_searched_for_is_found_in_any_script(items: list[ItemView], search: str, expected: list[str]):
    assert codes(items, search=search) == expected


def test_supporting_bodies_and_themes_are_searched_too(items: list[ItemView]):
    assert codes(items, search="archive") == ["T-001", "T-002", "T-003", "P-001"]
    assert codes(items, search="rooms charts") == ["T-003", "P-002"]


def test_a_search_does_not_join_one_field_to_the_next(items: list[ItemView]):
    item = replace(items[0], code="T-001", title="mend")
    assert not filtered([item], Filters(search="t-001mend"))


def test_a_state_and_a_concern_narrow(items: list[ItemView]) -> None:
    assert codes(items, state=State.OFF_TRACK) == [item.code for item in items if item.state is State.OFF_TRACK]
    assert codes(items, concern=Concern.SILENT) == ["T-002", "P-001", "P-002"]
    assert codes(items, concern=Concern.UNREPORTED, theme=2) == ["P-002"]
    assert codes(items, state=State.COMPLETED) == []


def test_a_value_is_chosen_and_let_go_again():
    chosen = Filters(theme=1).toggled(Facet.THEME, 2)
    assert chosen == Filters(theme={1, 2})
    assert chosen.toggled(Facet.THEME, 1).toggled(Facet.THEME, 2) == Filters()


def test_what_is_chosen_is_told_in_the_order_of_the_facets_and_of_their_words():
    filters = Filters(confidence={Confidence.RED, Confidence.GREEN}, theme={7, 2}, search="quay")
    assert [value for _, value in filters.active] == [2, 7, Confidence.GREEN, Confidence.RED]


def test_what_is_asked_beside_filters_takes_the_place_of_what_they_say_of_its_facet():
    saved = Filters(theme={1, 2}, phase=Phase.COMPLETED, search="quay")
    assert saved.overlaid(Filters(theme=3)) == Filters(theme=3, phase=Phase.COMPLETED, search="quay")
    assert saved.overlaid(Filters(search="chart")).search == "chart"


@pytest.mark.parametrize("spelled", [{"colour": ["red"]}, {"theme": ["one"]}, {"phase": ["asleep"]}])
def test_what_is_no_facet_or_no_value_of_one_is_refused(spelled: dict[str, list[str]]):
    with pytest.raises(BadValueError, match="is not a value of"):
        filters_spelled(spelled)
