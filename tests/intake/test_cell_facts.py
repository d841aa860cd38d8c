"""The facts of a row are like a dictionary, and so are mappings with shared keys."""

import pytest
from sqlalchemy import select

from planner.intake.cell_facts import CellFacts, FactColumns, gathered
from planner.intake.comparing.reading.register import read_stored
from planner.intake.proposed import Field, Given, ProposedItem
from planner.intake.shared_keys import SharedKeys
from planner.intake.sheets import Place
from planner.store.models import Item
from tests.factories import reading_of
from tests.intake.proposals import register

COLUMNS = FactColumns("plan.csv", "Tasks", (2, 5), {Field.TITLE: 0, Field.DUE: 1})
TITLE = Given("Paint the bridge", Place("plan.csv", "Tasks", 7, 2))
DUE = Given(None, Place("plan.csv", "Tasks", 7, 5), "as in row 6 above")
CODE = Given("K-1", Place("plan.csv", "Tasks", 3, 1))


@pytest.fixture
def facts():
    """The facts of row 7."""
    return CellFacts(COLUMNS, 7, ["Paint the bridge", None], [None, "as in row 6 above"])


def test_a_fact_has_the_place_and_the_note_of_its_cell(facts):
    assert dict(facts) == {Field.TITLE: TITLE, Field.DUE: DUE}
    assert repr(facts) == repr({Field.TITLE: TITLE, Field.DUE: DUE})


def test_a_fact_without_a_column_is_missing(facts):
    assert (facts.get(Field.CODE), facts.get(Field.CODE, CODE), Field.CODE in facts) == (None, CODE, False)
    with pytest.raises(KeyError):
        facts[Field.CODE]
    with pytest.raises(KeyError):
        del facts[Field.CODE]


def test_facts_are_added_replaced_and_removed(facts):
    facts[Field.CODE] = CODE
    facts[Field.DUE] = CODE
    assert facts.pop(Field.TITLE) == TITLE
    assert (dict(facts), len(facts)) == ({Field.DUE: CODE, Field.CODE: CODE}, 2)
    assert (Field.TITLE in facts, facts.get(Field.TITLE), facts.pop(Field.TITLE, None)) == (False, None, None)


def test_mappings_with_equal_keys_share_them():
    one, other = SharedKeys({"a": 1, "b": 2}), SharedKeys({"a": 3, "b": 4})
    assert one == {"a": 1, "b": 2}
    assert dict(other) == {"a": 3, "b": 4}
    assert (len(one), "c" in one, repr(other)) == (2, False, "{'a': 3, 'b': 4}")
    assert one._places is other._places


def test_an_item_to_compare_has_the_same_facts_made_once(facts):
    facts[Field.CODE] = CODE
    facts.pop(Field.DUE)
    item = ProposedItem(TITLE.place, facts)

    made = gathered(item)

    assert made == ProposedItem(TITLE.place, dict(facts))
    assert made.facts[Field.TITLE] is made.facts[Field.TITLE]
    assert gathered(made) is made


def test_a_text_that_a_file_repeats_is_held_once(sqlite_register):
    with sqlite_register.reading() as session:
        titles = list(session.execute(select(Item.title)).scalars())
        rows = [ProposedItem(TITLE.place, CellFacts(COLUMNS, row, [one, None], None)) for row, one in enumerate(titles)]

        found = read_stored(reading_of(session), register(*rows)).items

    assert titles
    assert {id(one.title) for one in found} == set(map(id, titles))
