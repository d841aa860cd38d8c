"""Lists open and accepted findings by kind. A person can open the record that a finding is about."""

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Static

from planner.base.language import later, tr
from planner.domain.no_mandate import no_mandate_yet
from planner.domain.rules.permissions import Permission
from tui.data.findings import FindingsPage, read_page
from tui.keys import bindings
from tui.marks import MUTED, STRONG, one_line
from tui.screens.page import Page
from tui.services.copying import Copied
from tui.widgets.blocks import BlockPane
from tui.widgets.fold import Fold
from tui.widgets.mandates.finding import FINDING_COLUMNS, KIND_COLUMNS, KindRow, kind_label, kind_rows, row_in_full
from tui.widgets.search import SearchField, nothing_matches
from tui.widgets.table import Table

if TYPE_CHECKING:
    from planner.queries.findings import FindingView, Kind
    from planner.queries.findings.ranking import Row
    from planner.queries.weeks.overview import Overview
    from planner.register.plan_view import PlanView

# The positions of the panes.
_KINDS, _FINDINGS = 0, 1


class FindingsScreen(Page):
    """Shows the kinds with their counts, the findings of one kind, and the details of the finding under the cursor."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings.FINDINGS, *bindings.FOLD, *bindings.BACK]
    name_shown = later("Findings")
    help_text = later(
        "Findings are problems in the mandates and in the register: gaps between plan and mandates, "
        "links that need a review, attached copies that differ from the cited text, contradictions. The "
        "most important come first. Similar findings share one row, which you can open. You can accept a "
        "finding until a date and give a reason. The finding is open again after that date, or when its "
        "statement changes."
    )

    def __init__(self) -> None:
        super().__init__()
        self._page: FindingsPage | None = None
        self._search = ""
        self._plan: PlanView | None = None
        self._kinds: Table[KindRow] = Table(
            KIND_COLUMNS, lambda row: row.kind, empty=tr("Looking for findings…"), id="kinds"
        )
        self._findings: Table[Row] = Table(FINDING_COLUMNS, _identity, empty=tr("Reading…"), id="found")
        self._pane = BlockPane(id="finding")

    @property
    def command(self) -> str:
        """The command that gives the same as text."""
        return "planner findings"

    def content(self) -> ComposeResult:
        """Yield the search field, the number of findings, and the three panes."""
        yield SearchField(tr("Search findings in any language…"))
        yield Static(Content.styled(tr("Looking for findings…"), MUTED), markup=False, id="listed")
        yield Fold({tr("Kinds"): self._kinds, tr("Findings"): self._findings, tr("Finding in full"): self._pane})

    def on_mount(self) -> None:
        """Show the loaded data, and set the focus."""
        super().on_mount()
        self._kinds.focus()

    def show(self, standing: "Overview") -> None:
        """Compute the findings again."""
        self._plan = standing.plan
        self.planner.tasks.read(self, lambda reading: read_page(reading, standing.items), self._arrived)

    def _arrived(self, page: FindingsPage) -> None:
        self._page = page
        rows = kind_rows(page.tallies)
        self._kinds.show(rows)
        heading = page.counted
        if self._plan is not None and not self._plan.has_mandate:
            heading = f"{page.counted}. {no_mandate_yet(self._plan.waiting)}"
        self.query_one("#listed", Static).update(Content.styled(heading, STRONG))
        self._list()

    @property
    def _kind(self) -> "Kind | None":
        return self._kinds.row.kind if self._kinds.row else None

    def _list(self) -> None:
        """List the findings of the kind under the cursor."""
        if self._page is None:
            return
        rows, found = (read(self._kind, self._search) for read in (self._page.rows, self._page.of))
        empty = tr("There are no findings.")
        if self._search.strip():
            empty = nothing_matches(self.planner, tr("No finding matches the search."), self._of_other_kinds())
        self._findings.show(rows, empty=empty)
        self.query_one(Fold).title(self._findings, f"{kind_label(self._kind).capitalize()} {len(found):,}")
        self._show(self._findings.row)

    def _of_other_kinds(self) -> int:
        """Return the number of findings of all kinds that match the search, or 0 if the shown kind has some."""
        if self._page is None or self._page.rows(self._kind, self._search):
            return 0
        return len(self._page.of(None, self._search))

    def on_table_pointed(self, event: Table.Pointed) -> None:
        """Show the findings of the kind, or the details of the finding, under the cursor."""
        if event.table is self._kinds:
            self._list()
        else:
            self._show(event.row)

    def _show(self, row: "Row | None") -> None:
        if row is None or self._page is None:
            self._pane.fill([])
        else:
            self._pane.fill(row_in_full(self._page.plan, row))
            self._pane.scroll_home(animate=False)
        self.refresh_bindings()

    def on_table_opened(self, event: Table.Opened) -> None:
        """Go from a kind to its findings, from a group to its findings, or from a finding to its subject."""
        finding = self._finding
        if event.table is self._kinds:
            self.query_one(Fold).turn_to(_FINDINGS)
        elif finding is not None:
            self.planner.navigator.open_subject(finding)
        else:
            self._kinds.cursor = [row.kind for row in self._kinds.rows].index(event.row.kind)

    @property
    def _finding(self) -> "FindingView | None":
        """Return the finding under the cursor, or None if the row is a group of similar findings."""
        from planner.queries.findings.ranking import single

        return single(self._findings.row)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Enable accepting while a finding is selected, and reopening while an accepted finding is selected."""
        if action in ("accept", "reopen"):
            finding = None if self._kinds.has_focus else self._finding
            return finding is not None and (action == "accept" or finding.acceptance is not None)
        return super().check_action(action, parameters)

    def action_accept(self) -> None:
        """Ask for a day, and accept the finding under the cursor until then. A new acceptance replaces the day."""
        from tui.dialogs.acceptance import AcceptDialog

        finding, standing = self._finding, self.planner.standing
        if finding is not None and standing is not None and self.may_write(Permission.ACCEPT_FINDINGS):
            today = self.planner.door.today(standing.plan)
            self.app.push_screen(AcceptDialog(finding, today), self._decided)

    def action_reopen(self) -> None:
        """Reopen the accepted finding under the cursor."""
        from tui.dialogs.acceptance import ReopenDialog

        finding = self._finding
        if finding is not None and self.may_write(Permission.ACCEPT_FINDINGS):
            self.app.push_screen(ReopenDialog(finding), self._decided)

    def _decided(self, finding: "FindingView | None") -> None:
        if finding is None or self._page is None:
            return
        place = self._findings.cursor
        self._arrived(self._page.with_one(finding))
        # The finding has moved to another row, so the cursor is put on the finding that follows.
        self._findings.cursor = place
        self.notify(f"{one_line(finding.subject)}: {finding.state.value}.", markup=False)
        # The mandates screen shows the finding too.
        self.planner.loading.read_again(())

    def on_input_changed(self, event: SearchField.Changed) -> None:
        """Filter the rows while the person types."""
        self._search = event.value
        self._list()

    def on_input_submitted(self) -> None:
        """Move the focus to the findings that match the search. If only other kinds have any, show all kinds."""
        if self._of_other_kinds():
            self._kinds.cursor = 0
        self.query_one(Fold).turn_to(_FINDINGS)

    def action_back(self) -> None:
        """Go back one step: close the search, return to the kinds, or close the screen."""
        search = self.query_one(SearchField)
        if search.display:
            search.close()
            self.query_one(Fold).turn_to(_FINDINGS)
        elif not self._kinds.has_focus:
            self.query_one(Fold).turn_to(_KINDS)
        else:
            super().action_back()

    def to_copy(self) -> Copied | None:
        """Return the listed findings. The members of a group are listed one by one."""
        columns = (
            later("Kind"),
            later("State"),
            later("Rank"),
            later("Subject"),
            later("Statement"),
            later("About"),
            later("Until"),
            later("Reason"),
        )
        found = self._page.of(self._kind, self._search) if self._page else ()
        return Copied(tr("Findings: {kind}", kind=kind_label(self._kind)), columns, tuple(map(_copied, found)))


def _identity(row: "Row") -> tuple[object, ...]:
    """Return the kind of a row and, for a single finding, its subject. They identify the row after a reload."""
    from planner.queries.findings.ranking import single

    finding = single(row)
    return (row.kind, finding.subject if finding else None)


def _copied(finding: "FindingView") -> tuple[object, ...]:
    accepted = finding.acceptance
    until, reason = (accepted.until, one_line(accepted.reason)) if accepted else (None, None)
    about = f"{finding.about.kind.value} {finding.about.key}"
    statement = one_line(finding.statement)
    return (finding.kind, finding.state, finding.rank, finding.subject, statement, about, until, reason)
