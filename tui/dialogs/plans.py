"""The dialog that asks which plan of the register to show."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from planner.base.language import tr, tr_count
from tui.dialogs.pick import Pick, PickDialog

if TYPE_CHECKING:
    from planner.queries.plans.standings import PlanStanding
    from planner.queries.plans.summaries import PlanSummary


class PlansDialog(PickDialog):
    """Lists the plans with their years and numbers of items. The result is the key of the chosen plan.

    How many items of each plan need attention is read by `read` while the list is shown, and then stands before the
    other numbers. The order of the list stays, because the person may have moved the cursor meanwhile.
    """

    def __init__(
        self, plans: "Sequence[PlanSummary]", shown: str, read: "Callable[[], Sequence[PlanStanding]] | None"
    ) -> None:
        picks = [Pick(one.key, one.title, _note(one)) for one in plans]
        super().__init__(tr("Plans of this register"), picks, at=shown)
        self._read = read

    def on_mount(self) -> None:
        """Begin to read the states of the plans."""
        if self._read is not None:
            self.planner.tasks.run(self, self._read, self._tell, self.planner.warn, group="standings")

    def _tell(self, standings: "Sequence[PlanStanding]") -> None:
        """Show for each plan how many of its items need attention."""
        told: Mapping[str, str] = {one.plan.key: _attention(one) for one in standings}
        self._picks = [replace(pick, note=_joined(told.get(pick.key, ""), pick.note)) for pick in self._picks]
        at = self.table.cursor
        self.table.show(self._picks)
        self.table.cursor = at


def _note(one: "PlanSummary") -> str:
    items = tr_count("{count:,} item", "{count:,} items", one.items)
    closed = tr("closed {day}", day=one.closed) if one.closed else ""
    return _joined(str(one.year), items, closed)


def _attention(one: "PlanStanding") -> str:
    """Return how many items of a plan are in a state that calls for action, or an empty text if none is."""
    counts = {
        tr("{count:,} overdue", count=one.overdue): one.overdue,
        tr("{count:,} off track", count=one.off_track): one.off_track,
        tr("{count:,} silent", count=one.silent): one.silent,
        tr("{count:,} to confirm", count=one.awaiting): one.awaiting,
    }
    return _joined(*(text for text, count in counts.items() if count))


def _joined(*parts: str) -> str:
    return " · ".join(filter(None, parts))
