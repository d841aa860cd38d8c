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
) -> None:
    """Keep what stands in the form; `seen` is the state of the item it was begun on, `begun` when (else now)."""
    from planner.drafts import Draft, keep

    now = door.now()
    keep(Draft(_key(door, plan, code), fields, seen, begun or now, now))


def discard_draft(door: "Door", plan: "PlanView", code: str) -> bool:
    """Drop the draft on an item, saved or not wanted any more. Says whether there was one."""
    from planner.drafts import discard

    return discard(_key(door, plan, code))


def _key(door: "Door", plan: "PlanView", code: str) -> "DraftKey":
    from planner.drafts import draft_key

    return draft_key(door.address, plan.key, door.actor_name, code)
