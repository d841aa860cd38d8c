"""The bodies of the register and their names."""

from pathlib import Path

import pytest

from planner.base.errors import UnknownNameError
from planner.bundle.reader import read_bundle
from planner.queries.items.register import read_register
from planner.queries.people.organisations import find_organisation, keys_of_body
from planner.queries.weeks.my_week import my_week
from planner.store.database import Database
from planner.writes.plan_changes.organisations import rename_organisation
from tests.factories import edit_file, load_bundle, reading_of
from tests.queries.reads import instant
from tests.writes.plan_changes.acts import WHY, act

SECOND_NAME = {"key": "port", "name": "Port", "short": "Port", "kind": "other-name", "same_as": "harbour-office"}


def test_a_body_and_its_second_name_are_one_and_have_one_queue(bundle_folder: Path, empty: Database) -> None:
    edit_file(bundle_folder, "organisations.yaml", lambda content: content["organisations"].append(SECOND_NAME))
    load_bundle(empty, read_bundle(bundle_folder))
    with empty.reading() as session:
        port, office, archive = (
            keys_of_body(session, find_organisation(session, key).id)
            for key in ("port", "harbour-office", "town-archive")
        )
        items = read_register(reading_of(session, instant(9, 18).date()))
    assert port == office == {"port", "harbour-office"}
    assert archive == {"town-archive"}
    assert my_week(items, port).owed != ()
    assert {item.lead.key for item in my_week(items, port).owed} == {"harbour-office"}


def test_an_organisation_is_found_by_a_name_that_it_had_unless_another_one_has_it_now(register: Database) -> None:
    act(register, rename_organisation, "harbour-office", "Board of Quays", WHY, short_name="Quays")
    with register.reading() as session:
        assert find_organisation(session, "Harbour Off").key == "harbour-office"
    act(register, rename_organisation, "town-archive", "Harbour Offices", WHY, short_name="Offices")
    with register.reading() as session:
        assert find_organisation(session, "Harbour Off").key == "town-archive"
        assert find_organisation(session, "Town Arch").key == "town-archive"


def test_a_whole_name_is_meant_also_if_the_name_of_another_organisation_begins_with_it(register: Database) -> None:
    act(register, rename_organisation, "harbour-office", "Town Hal", WHY, short_name="Hal")
    act(register, rename_organisation, "town-archive", "Town Hall", WHY, short_name="Hall")
    with register.reading() as session:
        assert find_organisation(session, "town hal").key == "harbour-office"
        with pytest.raises(UnknownNameError, match="matches several organisations"):
            find_organisation(session, "Town Ha")
