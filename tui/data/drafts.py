"""What this person has typed into report forms and not saved, kept on disk. Fields are the form's, by name."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from planner.drafts import Draft, Found
    from planner.own_draft import OwnDraft
    from planner.queries.plans import PlanView
    from tui.data.door import Door


def find_drafts(door: "Door", plan: "PlanView", code: str) -> "Found":
    """The drafts on an item, the newest first, and what had to be set aside."""
    from planner.drafts import draft_key, find

    return find(draft_key(door.address, plan.key, door.actor_name, code))


def all_drafts(door: "Door") -> "Found":
    """All drafts of this person in the register, the newest first."""
    from planner.drafts import all_of

    return all_of(door.address, door.actor_name)


def own_draft(door: "Door", plan: "PlanView", code: str, start: "Draft | None", seen: Any) -> "OwnDraft":
    """The draft that a form on an item keeps.

    `start` is the one that was taken up into the form, on the state `seen` of the item.
    """
    from planner.drafts import draft_key
    from planner.own_draft import OwnDraft

    return OwnDraft(draft_key(door.address, plan.key, door.actor_name, code), start, seen)


def has_drafts(draft: "OwnDraft") -> bool:
    """Whether there is any draft of an item, the form's own or another window's. One that cannot be read is one."""
    from planner.drafts import exists

    return exists(draft.key)
