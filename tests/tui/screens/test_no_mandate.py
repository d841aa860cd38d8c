"""The screens of a plan without a mandate."""

import pytest

from planner.bundle.reader import read_bundle
from planner.store import making
from tests.factories import edit_file, load_bundle
from tests.tui.desk import WIDE, desk, door_to


@pytest.fixture
def without_mandate(sqlite_url, bundle_folder):
    """The way to the small plan without its mandates and what refers to them."""
    for name in ("mandates/old.yaml", "mandates/new.yaml", "links.yaml", "crosswalk.yaml", "text-findings.yaml"):
        (bundle_folder / name).unlink()
    edit_file(bundle_folder, "plan.yaml", lambda file: file["plan"].pop("mandate"))
    edit_file(bundle_folder, "rules.yaml", _without_leads)
    database = making.make(sqlite_url)
    load_bundle(database, read_bundle(bundle_folder))
    database.close()
    return door_to(sqlite_url)


def _without_leads(file):
    """Let the first organisation lead every measure: a rule of lead needs a clause."""
    measures = [measure for rule in file["rules"] for measure in rule.get("measures", ())]
    file["rules"] = [rule for rule in file["rules"] if rule["kind"] != "lead"]
    led = [{"measure": code, "organisation": "town-archive", "note": "Nobody else."} for code in measures]
    file["working_leads"] += led


async def test_screens_say_that_there_is_no_mandate(without_mandate):
    async with desk(without_mandate, WIDE) as seat:
        await seat.press("m")
        assert "This plan has no mandate. To give it one, use: planner mandate add FILE --key KEY" in seat.text
        await seat.press("v", "V", "j", "enter", "L")
        assert "0 links" in seat.text
        assert "To give it one, use: planner mandate add FILE --key KEY" in seat.text
        await seat.press("escape", "F")
        assert "Findings" in seat.lines[0]
        assert "This plan has no mandate." in seat.text
        await seat.press("escape", "2", "enter")
        assert "This plan has no mandate." in seat.text
