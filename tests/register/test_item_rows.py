"""Items are found by codes of any form, and an item of an import that was undone is in no read."""

from datetime import date

import pytest

from planner.base.errors import UnknownNameError
from planner.queries.history.log import filters_of, read_log
from planner.queries.items.group_names import known_measures
from planner.queries.links.names import read_link, select_links
from planner.queries.links.standing import read_links
from planner.queries.weeks.inventory import read_item_counts
from planner.store.database import Database
from planner.store.journal import writing
from planner.store.models import Measure
from planner.writes.items import item_row
from tests.factories import ACTOR, plan_of, reading_of
from tests.queries.reads import instant, item_at, items_at


def change_item(database: Database, item: str, **values: object) -> None:
    with database.writing() as session, writing(session, ACTOR, instant(3, 10)) as journal:
        journal.change(item_row(session, plan_of(session), item), values, action="edit", label=item)


@pytest.mark.parametrize(
    ("code", "typed"), [("第39项", "第 ３９ 项"), ("KP-7", "kp007"), ("2.1.3", "2.01.3"), ("①", "1")]
)
def test_an_item_is_found_by_its_code_as_people_type_it(sqlite_register, code, typed):
    change_item(sqlite_register, "T-001", code=code)

    assert item_at(sqlite_register, typed).code == code
    with sqlite_register.reading() as session:
        reading = reading_of(session)
        assert item_row(session, reading.plan, typed).code == code
        assert filters_of(reading, typed.replace(" ", "")).who is None
        assert read_log(reading, filters_of(reading, code)).total > 1


def test_links_and_measures_are_found_by_codes_with_blanks(sqlite_register):
    with sqlite_register.writing() as session, writing(session, ACTOR, instant(3, 10)) as journal:
        measure = session.query(Measure).filter_by(code="M1.01").one()
        journal.change(measure, {"code": "第 3 条"}, action="edit", label="M1.01")

    with sqlite_register.reading() as session:
        reading = reading_of(session)
        links = read_links(reading)
        name = next(link.name for link in links if link.near.name == "第 3 条")
        assert read_link(reading, name.replace("3", "03")).name == name
        assert [link.name for link in select_links(reading, links, [name.replace(":", " > ", 1)])] == [name]
        assert known_measures(reading, ["第3条"]) == ["第 3 条"]


def test_an_item_that_was_taken_out_is_in_no_read_but_was_there_before(register):
    change_item(register, "T-002", taken_out=True)

    assert "T-002" not in items_at(register)
    with pytest.raises(UnknownNameError, match="the plan has no item 't2'"):
        item_at(register, "t2")
    with register.reading() as session:
        assert read_item_counts(session, plan_of(session))["items"] == 4
        with pytest.raises(UnknownNameError):
            item_row(session, plan_of(session), "T-002")
    assert "T-002" in items_at(register, date(2020, 4, 1), known_at=instant(3, 9))
