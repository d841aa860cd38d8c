"""What to do instead of undoing a write that no undo takes back, such as an act on the plan."""

from collections.abc import Mapping, Set

from planner.base.language import later, tr_later

_BACK = later(
    "Add the organisation again with 'planner organisation add', and give it its items with 'planner item move'"
)
_CORRECT = later("It stays in the history. Correct it with another act")

# By the action of the events. A write can have several: the first one of this table counts. A split adds items too.
INSTEAD: Mapping[str, str] = {
    "carry-over": later("Use 'planner item remove' for each item that should not go on"),
    "split-item": later(
        "Ask another person who may confirm to return the report on the split item with 'planner return'"
    ),
    "add-item": later("If it was a mistake, use 'planner item remove {label}'"),
    "return": later("Split the item again with 'planner item split'"),
    "remove-item": later("Add the item again with 'planner item add'"),
    "add-milestone": later("If it was a mistake, use 'planner item remove-milestone'"),
    "remove-milestone": later("Add the milestone again with 'planner item add-milestone'"),
    "add-indicator": later("If it was a mistake, use 'planner indicator remove'"),
    "remove-indicator": later("Add the indicator again with 'planner indicator add'"),
    "add-target": later("Give the target its right value with 'planner target revise'"),
    "revise-target": later("Revise the target again with 'planner target revise'"),
    "add-theme": later("If it was a mistake, use 'planner theme remove'"),
    "change-theme": later("Change the theme again with 'planner theme rename' or 'planner theme move'"),
    "merge-theme": later("Add the theme again with 'planner theme add', and move its items with 'planner item move'"),
    "merge-kind": later("A merger of kinds cannot be taken back. Give items another kind with 'planner item edit'"),
    "rename-kind": later("Rename the kind again with 'planner kind rename'"),
    "new-plan": later("If it was a mistake, use 'planner plan remove'"),
    "remove-plan": later("Make the plan again with 'planner plan new'"),
    "close-plan": later("Use 'planner plan reopen'"),
    "reopen-plan": later("Use 'planner plan close'"),
    "adopt-draft": later("A mandate version stays. 'planner plan edit' changes on which one the plan stands"),
    "drop-draft": later("Propose the text again with 'planner mandate add'"),
    "review-draft": later("Decide again with 'planner mandate review'"),
    "draft": later("Use 'planner mandate drop KEY'"),
    "link": later("Reject the link with 'planner links review {label}'"),
    "review": later("Decide about the link again with 'planner links review {label}'"),
    "accept-finding": later("Open the finding again with 'planner findings reopen'"),
    "reopen-finding": later("Accept the finding again with 'planner findings accept'"),
    # The items and the people of the organisation changed in the same write.
    "merge-organisation": _BACK,
    "dissolve-organisation": _BACK,
    "add-person": later("If the person should not write, use 'planner people leave {label}'"),
    "change-person": later(
        "Change the person again with 'planner people change', 'planner people leave' or 'planner people come-back'"
    ),
    "rename-organisation": later("Rename the organisation again with 'planner organisation rename'"),
    "edit-organisation": later("Edit the organisation again with 'planner organisation edit'"),
    "edit-person": later("Edit the person again with 'planner people edit'"),
    "change-item": later(
        "Change the item again with 'planner item edit', 'planner item move' or 'planner item support'"
    ),
    "change-plan": later("Change the plan again with 'planner plan edit'"),
    "issue": later("An issued week stays. 'planner weekly issue' issues it again as it stands now"),
    "redact": later("Redacted text cannot be restored"),
}


def instead_of_undo(actions: Set[str], label: str) -> str:
    """Return what to do instead of undoing a write with these actions. `label` is what the write is about."""
    advice = next((text for action, text in INSTEAD.items() if action in actions), _CORRECT)
    return tr_later(advice).format(label=label)
