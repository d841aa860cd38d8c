"""One item with all its details."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from planner.queries.items.item import ItemDetail
    from planner.queries.mandates.trace import ItemTrace
    from planner.queries.weeks.course import CoursePoint
    from planner.register.reading import Reading


@dataclass(frozen=True)
class ItemPage:
    """The data of the item screen."""

    detail: "ItemDetail"
    trace: "ItemTrace"
    course: "tuple[CoursePoint, ...]"


def read_page(reading: "Reading", code: str) -> ItemPage:
    """Return everything about one item, including its progress week by week and the clauses it is based on."""
    from planner.queries.items.item import read_item_detail
    from planner.queries.mandates.trace import trace_item
    from planner.queries.weeks.course import read_course

    return ItemPage(read_item_detail(reading, code), trace_item(reading, code), read_course(reading, code))
