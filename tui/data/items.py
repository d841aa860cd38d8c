"""One item with all about it, and the items that are left of many."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from planner.queries.course import CoursePoint
    from planner.queries.item import ItemDetail
    from planner.queries.trace import ItemTrace
    from planner.queries.views import ItemView
    from tui.data.door import Door


@dataclass(frozen=True)
class ItemPage:
    """All that the item screen shows."""

    detail: "ItemDetail"
    trace: "ItemTrace"
    course: "tuple[CoursePoint, ...]"


def read_item(door: "Door", code: str) -> ItemPage:
    """All about one item: its course over the weeks, and what it stands on down to the clauses."""
    from planner.queries.course import read_course
    from planner.queries.item import read_item_detail
    from planner.queries.trace import trace_item

    with door.reading() as (session, plan, point):
        return ItemPage(
            read_item_detail(session, plan, point, code),
            trace_item(session, plan, point, code),
            read_course(session, plan, point, code),
        )


def narrowed(items: "Iterable[ItemView]", theme: int | None, search: str) -> "list[ItemView]":
    """The items of a theme that have every word searched for."""
    from planner.queries.items import Filters
    from planner.queries.items import filtered as kept

    return kept(items, Filters(theme=theme, search=search))
