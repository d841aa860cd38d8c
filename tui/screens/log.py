"""The audit log, loaded in pages as the cursor moves down, and the verification of the history."""

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Static

from planner.base.language import later, tr
from tui.data.verifying import CheckpointFiles
from tui.keys import bindings
from tui.marks import MUTED, TROUBLE, one_line
from tui.screens.page import Page
from tui.screens.verification import VerificationPane
from tui.services.copying import Copied
from tui.widgets.blocks import BlockPane
from tui.widgets.fold import Fold
from tui.widgets.history.event import columns, event_blocks, in_line
from tui.widgets.search import SearchField, nothing_matches
from tui.widgets.table import Table
from tui.widgets.trouble import sentence

if TYPE_CHECKING:
    from planner.base.errors import PlannerError
    from planner.queries.history.log import Event, LogPage
    from planner.queries.weeks.overview import Overview
    from planner.register.reading import Reading

# The position of the pane with the result of the verification.
_VERIFICATION = 2

# The next page is loaded when the cursor is this many events before the last loaded event.
AHEAD = 50


class LogScreen(Page):
    """Lists the events on the left, and shows one event on the right. The search filters by item and person."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings.LOG, *bindings.FOLD, *bindings.BACK]
    name_shown = later("Log")
    help_text = later(
        "The audit log lists every change, newest first: who made it, when and why, and each field "
        "before and after. The log cannot be changed. Search for the events of an item, a person, or "
        "both. Verification checks that the history was not altered outside the program, and lists what "
        "it did not check."
    )

    def __init__(self) -> None:
        super().__init__()
        self._events: list[Event] = []
        self._more = False
        self._loading = False
        self._total = 0
        self._search = ""
        self._oldest_first = False
        self._time_zone = "UTC"
        self._table: Table[Event] = Table([], lambda event: event.seq, empty=tr("Reading the log…"), id="events")
        self._pane = BlockPane(id="event")
        self._verification = VerificationPane()
        # Whether an error about the search is shown.
        self._refused_search = False
        # The checkpoint and key of the last verification.
        self._anchor = CheckpointFiles()

    @property
    def command(self) -> str:
        """The command that gives the same as text."""
        return "planner log, planner verify"

    def content(self) -> ComposeResult:
        """Yield the number of events, the search field, the list of events and the event under the cursor."""
        yield SearchField(tr("An item's code, a login, or both"))
        yield Static(markup=False, id="listed")
        yield Fold({tr("Events"): self._table, tr("Event in full"): self._pane, tr("Verification"): self._verification})

    def on_mount(self) -> None:
        """Show the loaded data, and set the focus."""
        super().on_mount()
        self._table.focus()

    def show(self, standing: "Overview") -> None:
        """Read the log from its start. Times are shown in the plan's time zone."""
        if self._time_zone != standing.plan.time_zone or not self._table.columns:
            self._time_zone = standing.plan.time_zone
            self._table.use(columns(self._time_zone))
            self._verification.time_zone = self._time_zone
        self._begin()

    def _begin(self) -> None:
        """Read the first page of the log."""
        self._load(None)

    def _load(self, after: int | None) -> None:
        search, oldest_first = self._search, self._oldest_first
        self._loading = True

        def read(reading: "Reading") -> "LogPage":
            from planner.queries.history.log import PAGE, filters_of, read_log

            return read_log(reading, filters_of(reading, search), after=after, limit=PAGE, oldest_first=oldest_first)

        def arrived(page: "LogPage") -> None:
            self._arrived(page, [] if after is None else self._events)

        self.planner.tasks.read(self, read, arrived, self._refused)

    def _arrived(self, page: "LogPage", before: "list[Event]") -> None:
        self._loading = False
        self._events = [*before, *page.events]
        self._more, self._total = page.more, page.total
        self._table.show(
            self._events,
            empty=nothing_matches(self.planner, tr("No event matches the search."), 0),
        )
        if not self._events:
            self._pane.fill([])
        self.query_one("#listed", Static).update(self._listed())

    def _refused(self, error: "PlannerError") -> None:
        """Show an error in place of the number of events, for example for an unknown code. The list stays as it is."""
        self._loading, self._refused_search = False, True
        message = f" ! {sentence(error.what)} {sentence(error.do) if error.do else ''}"
        self.query_one("#listed", Static).update(Content.styled(message, TROUBLE))

    def _listed(self) -> Content:
        """Return a text with the number of events, the number of loaded events, and their order."""
        searched = tr("Events with “{search}”", search=one_line(self._search)) if self._search else tr("All events")
        read = len(self._events)
        if self._search:
            counted = (
                tr("{read:,} loaded, there are more", read=read)
                if self._more
                else tr("{read:,} of {total:,}", read=read, total=self._total)
            )
        elif self._more:
            counted = tr("{read:,} of {total:,} loaded", read=read, total=self._total)
        else:
            counted = f"{self._total:,}"
        order = tr("oldest first") if self._oldest_first else tr("newest first")
        # The log also contains the writes after the as-of date.
        whole = "; " + tr("including events after the as-of date") if self.planner.door.as_of else ""
        return Content.assemble((searched, "bold"), (f"  {counted}, {order}{whole}", MUTED))

    def on_table_pointed(self, event: "Table.Pointed") -> None:
        """Show the event under the cursor, and load the next page if the end of the list is near."""
        standing = self.planner.standing
        self._pane.fill(event_blocks(event.row, self._time_zone, standing.as_of if standing else None))
        self._pane.scroll_home(animate=False)
        if self._more and not self._loading and self._table.cursor >= len(self._events) - AHEAD:
            self._load(self._events[-1].seq)

    def on_table_opened(self, event: "Table.Opened") -> None:
        """Open the item to which the event belongs."""
        if event.row.of_other_plan:
            self.notify(tr("{label} belongs to another plan.", label=event.row.name), markup=False)
        elif event.row.item:
            self.planner.navigator.open_item(event.row.item)
        else:
            self.notify(tr("{label} is not about an item.", label=event.row.label), markup=False)

    def action_verify(self) -> None:
        """Verify the history without a checkpoint."""
        self._verification.begin(CheckpointFiles())
        self._show_verification()

    def action_checkpoint(self) -> None:
        """Ask for a checkpoint, and verify the history against it."""
        from tui.dialogs.checkpoint import CheckpointDialog

        def verify(anchor: CheckpointFiles | None) -> None:
            if anchor is not None:
                self._anchor = anchor
                self._verification.begin(anchor)
                self._show_verification()

        self.app.push_screen(CheckpointDialog(self._anchor), verify)

    def _show_verification(self) -> None:
        self.query_one(Fold).turn_to(_VERIFICATION)
        self.refresh_bindings()

    def action_stop(self) -> None:
        """Cancel the verification."""
        self._verification.stop()
        self.refresh_bindings()

    def on_verification_pane_ended(self, event: VerificationPane.Ended) -> None:
        """If another screen is in front, show a notification with the result."""
        self.refresh_bindings()
        if not self.is_current:
            message = tr("Verifying the history: {message}", message=event.message)
            self.planner.notify(message, severity="error" if event.troubled else "information", markup=False)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Enable cancelling only while a verification is running."""
        if action == "stop":
            return self._verification.running
        return super().check_action(action, parameters)

    def action_reverse(self) -> None:
        """Reverse the order, and start at the other end of the log."""
        self._oldest_first = not self._oldest_first
        self._table.cursor = 0
        self._table.show([])
        self._begin()

    def on_input_changed(self) -> None:
        """Remove the error about the search, because the person corrects it."""
        if self._refused_search:
            self._refused_search = False
            self.query_one("#listed", Static).update(self._listed())

    def on_input_submitted(self, event: SearchField.Submitted) -> None:
        """List the events that match the search."""
        self._search = event.value.strip()
        self._begin()
        self.query_one(Fold).turn_to(0)

    def action_back(self) -> None:
        """Go back one step: close the search, return to the list, or close the screen."""
        search = self.query_one(SearchField)
        if search.display:
            search.close()
            self.query_one(Fold).turn_to(0)
            if self._search:
                self._search = ""
            self._begin()
        elif self._pane.has_focus or self._verification.has_focus:
            self.query_one(Fold).turn_to(0)
        else:
            super().action_back()

    def to_copy(self) -> Copied | None:
        """Return the loaded events, one row each."""
        rows = tuple(
            (event.recorded_at.isoformat(), event.actor, event.action, event.name, event.reason, in_line(event))
            for event in self._events
        )
        return Copied(
            tr("Audit log"),
            (later("Recorded"), later("Person"), later("Action"), later("Record"), later("Reason"), later("Changes")),
            rows,
        )
