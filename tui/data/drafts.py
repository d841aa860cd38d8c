"""What this person has typed into report forms and not saved, kept on disk. Fields are the form's, by name."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from planner.drafts import DraftKey, Found
    from planner.queries.plans import PlanView
    from tui.data.door import Door


def find_draft(door: "Door", plan: "PlanView", code: str) -> "Found":
    """The draft on an item, if there is one, and what had to be set aside."""
    from planner.drafts import find

    return find(_key(door, plan, code))


def all_drafts(door: "Door") -> "Found":
    """All drafts of this person in the register, changed last first."""
    from planner.drafts import all_of

    return all_of(door.address, door.actor_name)


def keep_draft(
    door: "Door", plan: "PlanView", code: str, fields: Mapping[str, str], seen: Any, begun: datetime | None = None
) -> datetime:
    """Keep what stands in the form, and say as of which instant.

    `seen` is the state of the item it was begun on, `begun` when (else now).
    """
    from planner.drafts import Draft, keep

    now = door.now()
    keep(Draft(_key(door, plan, code), fields, seen, begun or now, now))
    return now


def discard_draft(door: "Door", plan: "PlanView", code: str, changed: datetime | None) -> bool:
    """Drop the draft on an item as it was kept at an instant; what another window kept since stays."""
    from planner.drafts import discard_known

    return discard_known(_key(door, plan, code), changed)


def _key(door: "Door", plan: "PlanView", code: str) -> "DraftKey":
    from planner.drafts import draft_key

    return draft_key(door.address, plan.key, door.actor_name, code)
