"""Items whose code is only the running number of their row.

A running number says where a row stands, not which item it is: a row that is inserted renumbers all rows after it. So
such items are found by their titles first, and their numbers never change the codes of the register.
"""

from planner.intake.proposed import Field, Given, ProposedItem


def running_number(item: ProposedItem) -> Given | None:
    """Return the running number that serves as an item's code, or None if the files give it a code of its own."""
    number = item.facts.get(Field.NUMBER)
    return number if number is not None and number.value else None
