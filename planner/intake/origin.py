"""Which register and plan an exported file is from, as every row of the file says."""

import re

from sqlalchemy import select

from planner.base.views import view
from planner.queries.history.positions import read_register_id
from planner.register.reading import Reading
from planner.store.models import Item

# So many digits of the name of a register tell it from every other one.
_DIGITS = 16
_WRITTEN = re.compile(r"(?P<plan>\S+), register (?P<register>[0-9a-f]{16})")


@view
class Origin:
    """The plan and the register that a file was exported from. Its text is what the rows of the file have."""

    plan: str
    register: str
    simulated: bool = False

    def __str__(self) -> str:
        """The plan and the register, as exported rows have them."""
        return f"{self.plan}, register {self.register}"


def origin_of(reading: Reading) -> Origin:
    """Return what a file that is exported now says of its origin."""
    return Origin(reading.plan.key, read_register_id(reading.session)[:_DIGITS], reading.plan.simulated)


def origin_in(text: str) -> Origin | None:
    """Return the origin that a cell names, or None if it names none."""
    found = _WRITTEN.fullmatch(text.strip())
    return Origin(found["plan"], found["register"]) if found else None


def has_items(reading: Reading) -> bool:
    """Return whether the plan has an item. What is imported into one that has none cannot be mixed with anything."""
    item = select(Item.id).where(Item.plan_id == reading.plan.id, ~Item.taken_out).limit(1)
    return reading.session.execute(item).first() is not None
