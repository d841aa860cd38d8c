"""Writing from any screen: reports on one item or on several, and undoing the last write."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.reactive import reactive

from tui.data.my_week import kept_drafts
from tui.data.reports import open_form
from tui.data.undo import last_write, take_back
from tui.opening import OpeningApp

if TYPE_CHECKING:
    from planner.base.errors import PlannerError
    from planner.writes.undo import OwnWrite
    from tui.data.form import Opening


# The largest number of undone records that a notification lists.
MOST_NAMED = 4


class ReportingApp(OpeningApp):
    """An app that writes reports. `draft_codes` are the codes of items with a draft by this person."""

    draft_codes: reactive[frozenset[str]] = reactive(frozenset())

    def open_report(self, code: str, codes: Sequence[str] = ()) -> None:
        """Show the report form of an item, followed by the forms of the items in the queue `codes`.

        When the last form is closed, the reported items are loaded again. If this person may not report on the item, a
        notification says so, and no form opens.
        """
        if not self.may_write():
            return

        def opened(opening: "Opening") -> None:
            from tui.screens.report import ReportScreen

            form = ReportScreen(self.door, opening, codes)
            self.push_screen(form, lambda recorded: self.read_again(form.recorded) if recorded else None)
            self.release_keys()

        self.hold_keys()
        self.ask(self, lambda: open_form(self.door, code), opened, self._notify_error, group="open")

    def open_bulk(self, codes: Sequence[str]) -> None:
        """Show the form that makes the same change to several items."""
        if not codes:
            self.notify("No items are selected.", markup=False)
        elif self.may_write():
            from tui.screens.bulk import BulkScreen

            self.push_screen(BulkScreen(codes), lambda recorded: self.read_again(codes) if recorded else None)

    def action_undo(self) -> None:
        """Show my last write, and undo it if I confirm."""
        if self.may_write():
            self.hold_keys()
            self.ask(self, lambda: last_write(self.door), self._ask_to_undo, self._notify_error, group="undo")

    def _ask_to_undo(self, found: "tuple[OwnWrite, str]") -> None:
        from tui.dialogs.undo import UndoDialog

        write, time_zone = found

        def answered(wanted: bool | None) -> None:
            if wanted:
                door, at = self.door, write.recorded_at
                self.ask(self, lambda: take_back(door, at), self._show_undone, self._notify_error, group="undo")

        self.push_screen(UndoDialog(write, time_zone), answered)
        self.release_keys()

    def _show_undone(self, write: "OwnWrite") -> None:
        more = f"; and {len(write.records) - MOST_NAMED} more" if len(write.records) > MOST_NAMED else ""
        self.notify(f"Taken back: {'; '.join(write.records[:MOST_NAMED])}{more}", markup=False)
        self.action_reload()

    def _notify_error(self, error: "PlannerError") -> None:
        self.release_keys()
        self.notify(error.message, severity="warning", markup=False)

    def mark_draft(self, code: str, *, there: bool) -> None:
        """Add or remove an item in `draft_codes` after its draft was saved or removed."""
        self.draft_codes = self.draft_codes | {code} if there else self.draft_codes - {code}

    def arrived(self) -> None:
        """Find out which items have drafts."""
        super().arrived()
        door = self.door

        def read(codes: frozenset[str]) -> None:
            self.draft_codes = codes

        plan = self.standing.plan.key if self.standing else ""
        self.ask(self, lambda: frozenset(kept_drafts(door, plan)[0]), read, group="drafts")
