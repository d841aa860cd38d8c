"""Who changed what, when: the audit log, loaded in pages as one goes down it; and whether anybody altered it."""

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Static

from tui import keys
from tui.copying import Copied
from tui.data.log import read_log
from tui.data.verifying import Anchor
from tui.marks import MUTED, TROUBLE, one_line
from tui.screens.page import Page
from tui.widgets.blocks import BlockPane
from tui.widgets.event import columns, event_blocks, in_line
from tui.widgets.fold import Fold
from tui.widgets.search import SearchField
from tui.widgets.table import Table
from tui.widgets.trouble import sentence
from tui.widgets.verification import VerificationPane

if TYPE_CHECKING:
    from planner.errors import PlannerError
    from planner.queries.log import Event, LogPage
    from planner.queries.overview import Overview

# The place of the pane that says what verifying found.
_VERIFICATION = 2

# So many events before the last one loaded, the next page is asked for.
AHEAD = 50


class LogScreen(Page):
    """The events on the left, the one under the cursor in full on the right; `/` asks for an item's or a person's."""

    BINDINGS: ClassVar[list[BindingType]] = [*keys.LOG, *keys.FOLD, *keys.BACK]
    name_shown = "Log"
    help_text = (
        "Every write there ever was, newest first: who, when, why, and each field before and after. "
        "Nothing in it can be changed. The search asks for the events of one item, one person, or both. Verifying "
        "checks that nobody altered the history around the program, and says what it did not check."
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
        self._table: Table[Event] = Table([], lambda event: event.seq, empty="Reading the log…", id="events")
        self._pane = BlockPane(id="event")
        self._verification = VerificationPane()
        # What the history was last held against.
        self._anchor = Anchor()

    def content(self) -> ComposeResult:
        """What is listed, the field to ask in, the events and the one under the cursor."""
        yield SearchField("An item's code, a login, or both")
        yield Static(markup=False, id="listed")
        yield Fold({"Events": self._table, "Event in full": self._pane, "Verification": self._verification})

    def on_mount(self) -> None:
        """Draw what is loaded and set the focus."""
        super().on_mount()
        self._table.focus()

    def show(self, standing: "Overview") -> None:
        """Read the log from its beginning, in the plan's own time."""
        if self._time_zone != standing.plan.time_zone or not self._table.columns:
            self._time_zone = standing.plan.time_zone
            self._table.use(columns(self._time_zone))
            self._verification.time_zone = self._time_zone
        self._begin()

    def _begin(self) -> None:
        """Read the first page."""
        self._load(None)

    def _load(self, after: int | None) -> None:
        door, search, oldest_first = self.planner.door, self._search, self._oldest_first
        self._loading = True

        def arrived(page: "LogPage") -> None:
            self._arrived(page, [] if after is None else self._events)

        self.planner.ask(
            self, lambda: read_log(door, search, after=after, oldest_first=oldest_first), arrived, self._refused
        )

    def _arrived(self, page: "LogPage", before: "list[Event]") -> None:
        self._loading = False
        self._events = [*before, *page.events]
        self._more, self._total = page.more, page.total
        self._table.show(
            self._events,
            empty=f"Nothing in the log answers to that. {self.planner.key_for('screen.back')} takes the search away.",
        )
        if not self._events:
            self._pane.fill([])
        self.query_one("#listed", Static).update(self._listed())

    def _refused(self, error: "PlannerError") -> None:
        """A code that there is none of is told in its place; what is listed stays."""
        self._loading = False
        message = f" ! {sentence(error.what)} {sentence(error.do) if error.do else ''}"
        self.query_one("#listed", Static).update(Content.styled(message, TROUBLE))

    def _listed(self) -> Content:
        """How many events there are, how many of them were read, and in which order."""
        searched = f"Events with “{one_line(self._search)}”" if self._search else "All events"
        read = len(self._events)
        if self._search:
            counted = f"{read:,} read, more follow" if self._more else f"{read:,} of {self._total:,}"
        else:
            counted = f"{read:,} of {self._total:,} read" if self._more else f"{self._total:,}"
        order = "oldest first" if self._oldest_first else "newest first"
        # What was written since belongs to the log, whatever day the app looks from.
        whole = "; also what was recorded since" if self.planner.door.as_of else ""
        return Content.assemble((searched, "bold"), (f"  {counted}, {order}{whole}", MUTED))

    def on_table_pointed(self, event: "Table.Pointed") -> None:
        """Show the event under the cursor in full, and load on where the end is near."""
        standing = self.planner.standing
        self._pane.fill(event_blocks(event.row, self._time_zone, standing.as_of if standing else None))
        self._pane.scroll_home(animate=False)
        if self._more and not self._loading and self._table.cursor >= len(self._events) - AHEAD:
            self._load(self._events[-1].seq)

    def on_table_opened(self, event: "Table.Opened") -> None:
        """Open the item that the event is about."""
        if event.row.item:
            self.planner.open_item(event.row.item)
        else:
            self.notify(f"{event.row.label} belongs to no item.", markup=False)

    def action_pane(self, by: int) -> None:
        """The event in full, or the list again."""
        fold = self.query_one(Fold)
        fold.turn_to(fold.shown + by)

    def action_verify(self) -> None:
        """Verify the history, as it stands by itself."""
        self._verification.begin(Anchor())
        self._show_verification()

    def action_checkpoint(self) -> None:
        """Verify it against a checkpoint that is named."""
        from tui.screens.checkpoint import CheckpointDialog

        def verify(anchor: Anchor | None) -> None:
            if anchor is not None:
                self._anchor = anchor
                self._verification.begin(anchor)
                self._show_verification()

        self.app.push_screen(CheckpointDialog(self._anchor), verify)

    def _show_verification(self) -> None:
        self.query_one(Fold).turn_to(_VERIFICATION)
        self.refresh_bindings()

    def action_stop(self) -> None:
        """Give up verifying."""
        self._verification.stop()
        self.refresh_bindings()

    def on_verification_pane_ended(self, event: VerificationPane.Ended) -> None:
        """Tell it to somebody who looks at another screen by now."""
        self.refresh_bindings()
        if not self.is_current:
            told = f"Verifying the history: {event.told}"
            self.planner.notify(told, severity="error" if event.troubled else "information", markup=False)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Giving up is offered while there is something to give up."""
        if action == "stop":
            return self._verification.running
        return super().check_action(action, parameters)

    def action_reverse(self) -> None:
        """Turn the order round, and begin at the other end."""
        self._oldest_first = not self._oldest_first
        self._table.cursor = 0
        self._table.show([])
        self._begin()

    def action_filter(self) -> None:
        """Type whose events to list."""
        self.query_one(SearchField).open()

    def on_input_submitted(self, event: SearchField.Submitted) -> None:
        """List the events asked for."""
        self._search = event.value.strip()
        self._begin()
        self.query_one(Fold).turn_to(0)

    def action_back(self) -> None:
        """Take the search away, then go back from the event to the list, then leave."""
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
        """The events that were read, a line each."""
        rows = tuple(
            (event.recorded_at.isoformat(), event.actor, event.action, event.label, event.reason, in_line(event))
            for event in self._events
        )
        return Copied("Audit log", ("Recorded", "Who", "Did", "On", "Because", "What"), rows)
