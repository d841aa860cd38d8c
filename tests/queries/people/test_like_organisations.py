"""Which organisations a new name may mean."""

import pytest

from planner.domain.vocabulary import OrganisationKind
from planner.queries.people.ended import Ended, ListedOrganisation
from planner.queries.people.like_organisations import like_organisations
from planner.queries.search.titles import NameView
from tests.writes.plan_changes.acts import MAY

NAMES = ("Harbour Office", "Department of Parks and Roads", "北京市科学技术委员会", "市交通局", "IT Office")


def organisation(name: str, *names: NameView, ended: Ended | None = None) -> ListedOrganisation:
    kind = OrganisationKind.BODY.value
    return ListedOrganisation(1, name, name, name, kind, "registered", names, ended)


@pytest.mark.parametrize(
    ("named", "like"),
    [
        ("of", []),
        ("—", []),
        ("Harbor Office", ["Harbour Office"]),
        ("Harbour-Office", ["Harbour Office"]),
        ("office of the harbour", ["Harbour Office"]),
        ("Department for Parks and Roads", ["Department of Parks and Roads"]),
        ("Roads", ["Department of Parks and Roads"]),
        ("北京市科委", ["北京市科学技术委员会"]),
        ("上海市科委", []),
        ("市交道局", ["市交通局"]),
        ("市体育局", []),
        ("HR Office", []),
    ],
)
def test_a_new_name_may_mean_an_organisation_with_a_like_one(named: str, like: list[str]) -> None:
    assert like_organisations(map(organisation, NAMES), named) == like


def test_an_organisation_is_known_by_all_its_names_until_it_ends() -> None:
    korean = NameView("ko", "항만 사무소", "registered")
    assert like_organisations([organisation("Harbour Office", korean)], "항만사무소") == ["Harbour Office"]
    ended = Ended("dissolved", MAY, None, None)
    assert like_organisations([organisation("Harbour Office", ended=ended)], "Harbor Office") == []
