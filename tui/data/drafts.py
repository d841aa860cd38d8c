"""The unsaved input of this person in report forms, stored on disk. Fields have the names that the form uses."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from planner.personal.drafts import Draft, FoundDrafts
    from planner.personal.own_draft import OwnDraft
    from planner.register.plans import PlanView
    from tui.data.door import Door


def find_drafts(door: "Door", plan: "PlanView", code: str) -> "FoundDrafts":
    """Return the drafts of an item, newest first, and the files that could not be read and were set aside."""
    from planner.personal.drafts import draft_key, find

    return find(draft_key(door.address, plan.key, door.login, code))


def all_drafts(door: "Door") -> "FoundDrafts":
    """Return all drafts of this person in the register, newest first."""
    from planner.personal.drafts import all_of

    return all_of(door.address, door.login)


def own_draft(door: "Door", plan: "PlanView", code: str, start: "Draft | None", seen: Any) -> "OwnDraft":
    """Return the draft in which a form on an item saves its input.

    `start` is the draft that was loaded into the form, if any. `seen` is the state of the item on which the form is
    based.
    """
    from planner.personal.drafts import draft_key
    from planner.personal.own_draft import OwnDraft

    return OwnDraft(draft_key(door.address, plan.key, door.login, code), start, seen)


def has_drafts(draft: "OwnDraft") -> bool:
    """Return whether the item has any draft, of this form or of another window.

    A draft that cannot be read counts too.
    """
    from planner.personal.drafts import exists

    return exists(draft.key)
