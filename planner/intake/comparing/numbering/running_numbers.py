"""Items whose code is only the running number of their row.

A running number says where a row stands, not which item it is: a row that is inserted renumbers all rows after it. So
such items are found by their titles first, and their numbers never change the codes of the register.
"""

import re

from planner.base.texts import as_typed
from planner.domain.made_codes import is_made
from planner.intake.proposed import Field, Given, ProposedItem

# A number without letters and without levels, such as 7 or 第7项. Other lists have the same numbers.
_BARE = re.compile(r"[第제]?\s{0,3}\d{1,9}\s{0,3}[项項条條号號件호항조]?")


def running_number(item: ProposedItem) -> Given | None:
    """Return the running number that serves as an item's code, or None if the files give it a code of its own."""
    number = item.facts.get(Field.NUMBER)
    return number if number is not None and number.value else None


def is_weak_code(code: Given) -> bool:
    """Return whether a code is a number alone, or was made by the program, so that it can be that of another list."""
    return _BARE.fullmatch(as_typed(str(code.value)).strip()) is not None or is_made(str(code.value))
