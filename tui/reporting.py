"""What is written from any screen: reports on one item, on several, and taking back the last write."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.reactive import reactive

from tui.data.my_week import kept_drafts
from tui.data.reports import open_form
from tui.data.undo import last_write, take_back
from tui.opening import OpeningApp

if TYPE_CHECKING:
    from planner.errors import PlannerError
    from planner.writes.undo import OwnWrite
    from tui.data.form import Opening


# Of what was taken back so many records are named.
MOST_NAMED = 4


class ReportingApp(OpeningApp):
    """`draft_codes` are the items of which this person has a draft, for lists to mark."""

    draft_codes: reactive[frozenset[str]] = reactive(frozenset())

    def open_report(self, code: str, codes: Sequence[str] = ()) -> None:
        """Show the report form of an item, and after it those of the queue `codes`; then everything is read again.

        Where this person may not report on it, that is said, and no form opens.
        """
        if not self.may_write():
            return

        def opened(opening: "Opening") -> None:
            from tui.screens.report import ReportScreen

            form = ReportScreen(self.door, opening, codes)
            self.push_screen(form, lambda recorded: self.read_again(form.recorded) if recorded else None)
            self.release_keys()

        self.hold_keys()
        self.ask(self, lambda: open_form(self.door, code), opened, self._told, group="open")

    def open_bulk(self, codes: Sequence[str]) -> None:
        """Show the form that sets the same on several items."""
        if not codes:
            self.notify("No items are selected.", markup=False)
        elif self.may_write():
            from tui.screens.bulk import BulkScreen

            self.push_screen(BulkScreen(codes), lambda recorded: self.read_again(codes) if recorded else None)

    def action_undo(self) -> None:
        """Say what my last write was, and take it back if that is wanted."""
        if self.may_write():
            self.hold_keys()
            self.ask(self, lambda: last_write(self.door), self._ask_back, self._told, group="undo")

    def _ask_back(self, found: "tuple[OwnWrite, str]") -> None:
        from tui.screens.undo import UndoDialog

        write, time_zone = found

        def answered(wanted: bool | None) -> None:
            if wanted:
                door, at = self.door, write.recorded_at
                self.ask(self, lambda: take_back(door, at), self._taken_back, self._told, group="undo")

        self.push_screen(UndoDialog(write, time_zone), answered)
        self.release_keys()

    def _taken_back(self, write: "OwnWrite") -> None:
        more = f"; and {len(write.records) - MOST_NAMED} more" if len(write.records) > MOST_NAMED else ""
        self.notify(f"Taken back: {'; '.join(write.records[:MOST_NAMED])}{more}", markup=False)
        self.action_reload()

    def _told(self, error: "PlannerError") -> None:
        self.release_keys()
        self.notify(error.message, severity="warning", markup=False)

    def mark_draft(self, code: str, *, there: bool) -> None:
        """A draft was kept, or is no more."""
        self.draft_codes = self.draft_codes | {code} if there else self.draft_codes - {code}

    def arrived(self) -> None:
        """Find out of which items there are drafts."""
        super().arrived()
        door = self.door

        def read(codes: frozenset[str]) -> None:
            self.draft_codes = codes

        plan = self.standing.plan.key if self.standing else ""
        self.ask(self, lambda: frozenset(kept_drafts(door, plan)[0]), read, group="drafts")
