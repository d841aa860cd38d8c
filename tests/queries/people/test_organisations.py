"""The bodies of the register and their names."""

from pathlib import Path

from planner.bundle.reader import read_bundle
from planner.queries.items.register import read_register
from planner.queries.people.organisations import find_organisation, keys_of_body
from planner.queries.weeks.my_week import my_week
from planner.store.database import Database
from tests.factories import edit_file, load_bundle, reading_of
from tests.queries.reads import instant

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
