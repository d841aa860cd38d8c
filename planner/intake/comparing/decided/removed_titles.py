"""Working titles that the files do not have. They can leave the plan with an import of the office's whole plan."""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import TypeAlias

from planner.base.language import tr, tr_count
from planner.base.listing import listed
from planner.domain.vocabulary import Basis
from planner.intake.comparing.asking import Asking
from planner.intake.comparing.stored import StoredItem

# What keeps items in the plan, in words, by their ids. Items that can leave it are left out.
KeptBy: TypeAlias = Callable[[Collection[int]], Mapping[int, Sequence[str]]]


def nothing_keeps(_: Collection[int]) -> Mapping[int, Sequence[str]]:
    """Return nothing: nobody recorded anything on the items."""
    return {}


def removable_titles(
    missing: Sequence[StoredItem], asking: Asking, kept_by: KeptBy, *, remove: bool
) -> Sequence[StoredItem]:
    """Return the items that can leave the plan because they only have working titles, which the files do not have.

    With `remove` they do, and a note names those that stay, because something was recorded on them.
    """
    # docs/decisions/0170: an office would have to cancel each title that was only drafted for it.
    working = [item for item in missing if item.bases[0] == Basis.WORKING]
    if not working:
        return ()
    kept = kept_by([item.id for item in working])
    free = [item for item in working if item.id not in kept]
    if remove:
        _tell_kept([(item, kept[item.id]) for item in working if item.id in kept], asking)
    return free


def _tell_kept(kept: Sequence[tuple[StoredItem, Sequence[str]]], asking: Asking) -> None:
    if kept:
        what = tr_count(
            "{count:,} item with a working title stays, because something was recorded on it: {items}",
            "{count:,} items with working titles stay, because something was recorded on them: {items}",
            len(kept),
            items=listed([f"{item.code} ({listed(records)})" for item, records in kept]),
        )
        asking.note_on_files(what, tr("Report them as cancelled if they are not in the plan"))
