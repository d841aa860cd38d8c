"""What comparing the milestones or indicators of one item depends on."""

from collections.abc import Callable, Collection
from dataclasses import field
from datetime import date
from typing import TypeAlias

from planner.base.views import value_class
from planner.intake.comparing.asking import Asking
from planner.intake.comparing.differences.changes import Conflict, Stored
from planner.intake.comparing.differences.parts import PartReport
from planner.intake.comparing.exported.since import ADDED_SINCE, UNCHANGED, SinceExport, Then, not_exported
from planner.intake.comparing.stored import EnteredParts, StoredIndicator, StoredMilestone, StoredTarget
from planner.intake.comparing.telling.told import Told
from planner.intake.proposed import Field, ProposedRow
from planner.intake.sheets import Place

# Decides which value counts in a conflict.
Decide: TypeAlias = Callable[[Conflict], Conflict]
# Decides about a value that can be older than that of the register, or returns None if it is not.
Older: TypeAlias = Callable[[Conflict], Conflict | None]


def keep_register(conflict: Conflict) -> Conflict:
    """Return a conflict in which the register keeps its value."""
    return conflict


def nothing_older(_: Conflict) -> None:
    """Return None: the file is not older than the register."""


def nothing_assumed(_: Place) -> Collection[Field]:
    """Return nothing: a row of an office has what the office says."""
    return ()


def no_news(_: StoredMilestone | StoredIndicator, __: PartReport, ___: Place) -> PartReport | None:
    """Return None: without another register, there are no reports of it."""
    return None


def nothing_reported(_: Place) -> PartReport | None:
    """Return None: a row of an office says nothing in the columns of an exported register."""
    return None


@value_class
class NewerParts:
    """What the author of the files did not know of the milestones and indicators of an item.

    `since` says what changed since a row was exported. Of other rows, `entered` says which facts a person wrote last.
    `place` is that of the row of the item.
    """

    since: SinceExport = not_exported
    item_id: int = 0
    entered: EnteredParts = field(default_factory=EnteredParts)
    place: Place | None = None

    def is_added_since(self, part: StoredMilestone | StoredIndicator) -> bool:
        """Return whether a part was added after the row of its item was exported."""
        since = self.since(self.place) if self.place is not None else None
        if since is None:
            return False
        changed = since.milestones if isinstance(part, StoredMilestone) else since.indicators
        return changed.get(part.id) is ADDED_SINCE

    def of(self, row: ProposedRow, part: StoredMilestone | StoredIndicator) -> Then | None:
        """Return what changed in a part since a row was exported, or None if the row was not exported."""
        since = self.since(row.place)
        if since is None:
            return None
        if isinstance(part, StoredMilestone):
            return since.milestones.get(part.id, UNCHANGED)
        changed = since.indicators.get(part.id, UNCHANGED)
        return changed if changed is ADDED_SINCE else {**changed, **since.targets.get(part.target_id or 0, UNCHANGED)}

    def unknown(self, row: ProposedRow, part: StoredMilestone | StoredIndicator) -> Collection[Field]:
        """Return the facts of a part that got their values without the knowledge of the author of a row."""
        then = self.of(row, part)
        if then is not None:
            return then.keys()
        if isinstance(part, StoredMilestone):
            return self.entered.milestones.get(part.id, ())
        own = self.entered.indicators.get(part.id, ())
        return {*own, *self.entered.targets.get(part.target_id or 0, ())}

    def day_known(self, row: ProposedRow, target: StoredTarget) -> date | None:
        """Return the day of a target that the author of a row knew, or None if the target was added since."""
        since = self.since(row.place)
        then = since.targets.get(target.id, UNCHANGED) if since is not None else UNCHANGED
        day = then.get(Field.DUE, target.due)
        return day if isinstance(day, date) else None

    def is_target_gone(self, row: ProposedRow, part: StoredIndicator, day: Stored) -> bool:
        """Return whether the target by a day was removed since a row was exported."""
        since = self.since(row.place)
        return since is not None and (part.id, day) in since.gone_targets

    def is_gone(self, row: ProposedRow, kind: Field) -> bool:
        """Return whether the part of an exported row was removed since."""
        since, key = self.since(row.place), row.facts.get(Field.KEY)
        return since is not None and key is not None and (kind, self.item_id, str(key.value)) in since.gone_parts

    def is_exported(self, row: ProposedRow) -> bool:
        """Return whether a row was exported from this register."""
        return self.since(row.place) is not None


# No part of a new item can have changed.
NOTHING_NEWER = NewerParts()


@value_class
class PartSetting:
    """What all parts of one item are compared with: the due date of the item, and what people know and decide.

    `told` collects what is told once for all items. `older` decides if the file is older than what the register has.
    `assumed_there` gives the facts of a row that were only assumed in the register that it is from, and
    `reported_there` what was reported there, and `news` whether this is news here about a part. `confirms` says
    whether an assumed day that the files repeat becomes the office's.
    """

    due: date
    asking: Asking
    told: Told
    newer: NewerParts = NOTHING_NEWER
    decide: Decide = keep_register
    older: Older = nothing_older
    assumed_there: Callable[[Place], Collection[Field]] = nothing_assumed
    reported_there: Callable[[Place], PartReport | None] = nothing_reported
    news: Callable[[StoredMilestone | StoredIndicator, PartReport, Place], PartReport | None] = no_news
    confirms: bool = True
