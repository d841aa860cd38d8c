"""Which register and plan an exported file is from, and when it was made, as every row of the file says."""

import re
from dataclasses import replace
from datetime import date

from sqlalchemy import select

from planner.base.views import view
from planner.queries.history.positions import read_position_at, read_register_id
from planner.queries.weeks.issues import read_position
from planner.register.reading import Reading
from planner.store.models import Item

# So many digits of the name of a register tell it from every other one.
_DIGITS = 16
_WRITTEN = re.compile(
    r"(?P<plan>\S+), register (?P<register>[0-9a-f]{16})"
    r"(?:, event (?P<event>\d{1,18}) (?P<leaf>[0-9a-f]{16})(?:, as of (?P<day>\d{4}-\d\d-\d\d))?)?"
)


@view
class Origin:
    """The plan and the register that a file was exported from. Its text is what the rows of the file have.

    `event` is the number of the last event of the log when it was exported, and `leaf` is the beginning of the leaf of
    this event. `day` is the day as of which the file shows the plan, if somebody asked for one.
    """

    plan: str
    register: str
    simulated: bool = False
    event: int = 0
    leaf: str = ""
    day: date | None = None

    def __str__(self) -> str:
        """The plan, the register and the event, as exported rows have them."""
        event = f", event {self.event} {self.leaf}" if self.event else ""
        day = f", as of {self.day}" if self.day else ""
        return f"{self.plan}, register {self.register}{event}{day}"

    def is_same_plan(self, other: "Origin") -> bool:
        """Return whether another origin is the same plan in the same register."""
        return (self.plan, self.register) == (other.plan, other.register)


def origin_of(reading: Reading) -> Origin:
    """Return the plan and the register of a reading."""
    return Origin(reading.plan.key, read_register_id(reading.session)[:_DIGITS], reading.plan.simulated)


def origin_now(reading: Reading) -> Origin:
    """Return what a file says of its origin that is exported now and has the plan as it is now."""
    position = read_position(reading.session)
    return replace(origin_of(reading), event=position.seq, leaf=position.leaf[:_DIGITS])


def origin_then(reading: Reading) -> Origin:
    """Return what a file says of its origin that has the plan as it was on the reading's day, as known at its instant.

    The instant must not be before the first event of the log.
    """
    instant = reading.known_at
    position = read_position(reading.session) if instant is None else read_position_at(reading.session, instant)
    return replace(origin_of(reading), event=position.seq, leaf=position.leaf[:_DIGITS], day=reading.as_of)


def origin_in(text: str) -> Origin | None:
    """Return the origin that a cell names, or None if it names none."""
    found = _WRITTEN.fullmatch(text.strip())
    if found is None:
        return None
    day = _day(found["day"])
    if found["day"] and day is None:
        return None
    return Origin(found["plan"], found["register"], event=int(found["event"] or 0), leaf=found["leaf"] or "", day=day)


def _day(text: str | None) -> date | None:
    """Return the day that a text names, or None if there is no such day."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def has_items(reading: Reading) -> bool:
    """Return whether the plan has an item. What is imported into one that has none cannot be mixed with anything."""
    item = select(Item.id).where(Item.plan_id == reading.plan.id, ~Item.taken_out).limit(1)
    return reading.session.execute(item).first() is not None
