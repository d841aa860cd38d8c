"""What a file says beside a value that the register keeps in a conflict is compared with the value that stays."""

from datetime import date
from typing import Any

import pytest

from planner.intake.comparing.stored import StoredOrganisation, StoredRegister
from planner.intake.proposed import Field, Severity
from tests.intake.comparing.test_compare import preview, stored, stored_item, words
from tests.intake.proposals import item, register

QUAY = {"code": "T-001", "title": "Mend the old quay"}


def entered(field: Field, **values: Any) -> StoredRegister:
    """The register with an item of which somebody entered one field."""
    bodies = [*stored().organisations, StoredOrganisation("pilots", ("Pilot Office", "Pilots"), False)]
    one = stored_item(1, QUAY["code"], QUAY["title"], **values)
    return stored(one, organisations=bodies, entered={1: {field}})


@pytest.mark.parametrize(("take_file", "supporting"), [(False, ("pilots",)), (True, ())])
def test_who_supports_an_item_goes_with_the_lead_that_it_gets(take_file: bool, supporting: tuple[str, ...]) -> None:
    row = item(1, **QUAY, lead="Pilot Office", supporting=("Pilot Office",))

    found = preview(register(row), entered(Field.LEAD, supporting=("pilots",)), take_file=take_file)

    (one,) = found.changed
    assert [conflict.change.field for conflict in one.conflicts] == [Field.LEAD]
    assert {change.field: change.new for change in one.written}.get(Field.SUPPORTING, ("pilots",)) == supporting


def test_a_lead_that_stays_is_not_added_to_those_who_support_the_item() -> None:
    row = item(1, **QUAY, lead="Pilot Office", supporting=("Hills Office", "Roads"))

    (one,) = preview(register(row), entered(Field.LEAD)).changed

    assert {change.field: change.new for change in one.written} == {Field.SUPPORTING: ("roads",)}


def test_a_date_that_is_taken_in_a_conflict_is_checked_like_any_other() -> None:
    row = item(1, **QUAY, start=date(2027, 6, 1), due=date(2027, 3, 1))

    found = preview(register(row), entered(Field.DUE), take_file=True)

    assert (Severity.ERROR, "the item is due on 2027-03-01, before it starts on 2027-06-01") in words(found)
