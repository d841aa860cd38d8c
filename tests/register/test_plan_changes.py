"""Acts on the plan: which columns they set."""

from planner.intake.proposed import Field
from planner.register.plan_changes import ITEM_COLUMNS
from planner.store.models import Item

# What no act changes, or what is no fact of the item.
NO_FACTS = {"id", "plan_id", "position", "continues_id", "added_on", "taken_out"}


def test_each_column_of_an_item_belongs_to_a_fact():
    """Otherwise the past would have its present value, and an import would overwrite what people entered in it."""
    columns = {column for of_fact in ITEM_COLUMNS.values() for column in of_fact}
    assert columns | NO_FACTS == set(Item.__table__.columns.keys())
    assert not columns & NO_FACTS


def test_each_fact_is_a_field_that_an_import_can_set():
    assert set(ITEM_COLUMNS) <= set(Field)
