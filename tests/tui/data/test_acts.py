"""What is typed for an act is read, shown where many items change, and recorded, whatever form shows its fields.

tests/tui/dialogs/test_acts.py types it into the forms of the app.
"""

from dataclasses import replace
from datetime import date

import pytest

from planner.base.errors import BadValueError
from planner.queries.items.register import read_register
from planner.store.database import Database
from tests.factories import reading_of
from tests.tui.data.act_cases import CASES, Case, found, position, prepare
from tui.data.acts.act import Affected, Entry, Opening, Scope
from tui.data.acts.reading import open_act, read_entry, write_act
from tui.data.acts.table import ACTS
from tui.data.door import Door


def test_every_act_has_a_case() -> None:
    assert sorted(case.name for case in CASES) == sorted(act.name for act in ACTS)


@pytest.mark.parametrize("name", ["organisation.rename", "people.change"])
def test_an_act_on_what_all_plans_share_takes_a_day_before_the_plan_in_use(told: Database, name: str) -> None:
    act = next(act for act in ACTS if act.name == name)
    (as_of,) = (field for field in act.fields if field.name == "as_of")
    with told.reading() as session:
        reading = reading_of(session, date(2020, 5, 4))
        later_plan = replace(reading, plan=replace(reading.plan, starts=date(2020, 6, 1)))
        assert as_of.check is not None
        as_of.check(later_plan, date(2020, 3, 2))
        with pytest.raises(BadValueError, match="before the first plan starts"):
            as_of.check(later_plan, date(2019, 12, 31))


def opened(door: Door, case: Case) -> Opening:
    """What the form of an act begins with."""
    act = next(act for act in ACTS if act.name == case.name)
    with door.reading() as reading:
        return open_act(reading, act, Scope(case.code or "", items=read_register(reading)))


def affected_by(door: Door, opening: Opening, entry: Entry) -> Affected | None:
    """What the person has to confirm, if anything."""
    if opening.act.affected is not None:
        with door.reading_to_write() as reading:
            return opening.act.affected(reading, entry)
    if opening.act.tried is not None:
        with door.writing() as writing:
            return opening.act.tried(writing, entry)
    return None


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_an_act_is_read_from_its_texts_and_recorded(told: Database, case: Case) -> None:
    door = prepare(told, case)
    before = position(told)
    opening = opened(door, case)

    entry, errors = read_entry(opening, {**opening.texts, **case.texts})
    assert errors == {}
    shown = affected_by(door, opening, replace(entry, now=door.now()))
    assert position(told) == before
    assert case.confirmed in (" ".join(shown.summary) if shown else "")
    with door.writing() as writing:
        said = write_act(writing, opening, replace(entry, now=door.now(), shown=shown)).said

    assert case.said in said
    assert found(told, case.statement) == case.rows
    assert position(told) > before
