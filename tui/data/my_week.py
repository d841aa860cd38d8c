"""A person's week: which items still owe a report, which have one, which completions wait to be confirmed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from planner.errors import PlannerError
from tui.data.drafts import all_drafts

if TYPE_CHECKING:
    from datetime import datetime

    from planner.queries.my_week import MyWeek
    from planner.queries.overview import Overview
    from planner.queries.people import PersonView
    from planner.queries.views import ItemView, OrganisationView
    from tui.data.door import Door


@dataclass(frozen=True)
class WeekPage:
    """All that My week shows. `whose` is None for one who sees the items of all.

    `drafts` gives when the newest draft of each item was kept, `code_width` is the length of the longest code, `notes`
    what has to be told about the drafts.
    """

    week: "MyWeek"
    whose: "OrganisationView | None"
    confirms: bool
    code_width: int
    drafts: "Mapping[str, datetime]" = field(default_factory=dict)
    notes: tuple[str, ...] = ()


def read_week(door: "Door", standing: "Overview", me: "PersonView | None") -> WeekPage:
    """The week of a person, from what is loaded and what the drafts folder holds."""
    from planner.queries.my_week import my_week
    from planner.rules.permissions import Deed, may

    whose = me.organisation if me else None
    confirms = me is not None and may(me.role, Deed.CONFIRM, theirs=False)
    week = my_week(standing.items, _bodies(door, whose), week=standing.week, confirms=confirms)
    drafts, notes = kept_drafts(door, standing.plan.key)
    width = max((len(item.code) for item in (*week.owed, *week.reported, *week.awaiting)), default=0)
    return WeekPage(week, whose, confirms, width, drafts, notes)


def _bodies(door: "Door", whose: "OrganisationView | None") -> frozenset[str] | None:
    """Under which keys an organisation leads items; None for one who sees the items of all."""
    from planner.queries.organisations import keys_of_body

    if whose is None:
        return None
    with door.reading() as (session, _, _):
        return keys_of_body(session, whose.id)


def kept_drafts(door: "Door", plan: str) -> "tuple[Mapping[str, datetime], tuple[str, ...]]":
    """When this person's newest draft on each item of a plan (its key) was kept; and what is wrong, to be told."""
    try:
        found = all_drafts(door)
    except PlannerError as error:
        return {}, (error.message,)
    notes = tuple(aside.message for aside in found.set_aside)
    # Of several drafts on an item the newest stands: it comes first, and so it is put in last.
    return {draft.key.code: draft.changed for draft in reversed(found.drafts) if draft.key.plan == plan}, notes


def why_owed(item: "ItemView") -> str:
    """Why an item stands where it stands in the queue, in words."""
    from planner.queries.my_week import why

    return "; ".join(why(item))
