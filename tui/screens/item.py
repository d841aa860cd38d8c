"""The details of one item: progress, milestones, indicators, basis and history."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType

from planner.base.language import later, tr
from planner.domain.rules.figures import tenths
from tui.data.items import ItemPage, read_page
from tui.dialogs.pick import Pick, PickDialog
from tui.keys import bindings
from tui.screens.page import Page
from tui.services.copying import Copied
from tui.widgets.blocks import BlockPane
from tui.widgets.fold import Fold, Pane
from tui.widgets.item.about import about_blocks
from tui.widgets.item.course import CoursePane
from tui.widgets.item.heading import Heading
from tui.widgets.item.indicators import indicator_blocks
from tui.widgets.item.mandate_basis import mandate_blocks
from tui.widgets.item.milestones import milestone_blocks
from tui.widgets.item.records import history_blocks, report_blocks
from tui.widgets.masthead import Masthead

if TYPE_CHECKING:
    from planner.queries.items.views import ItemView
    from planner.queries.mandates.clause_views import ClauseView
    from planner.queries.mandates.trace import MandateTrace
    from planner.queries.weeks.overview import Overview


class ItemScreen(Page):
    """Shows the item `code`.

    `codes` has the items of the list from which this item was opened, in the order of the list.
    """

    BINDINGS: ClassVar[list[BindingType]] = [*bindings.ITEM, *bindings.FOLD, *bindings.BACK]
    offers_acts = True
    name_shown = later("Item")
    help_text = later("One item in full: dates, progress, milestones, indicators, mandates and history.")

    def __init__(self, code: str, codes: Sequence[str] = ()) -> None:
        super().__init__()
        self.code = code
        self._codes = list(codes) or [code]
        self._versions: tuple[MandateTrace, ...] = ()
        # The item whose details are shown, and the item whose clause is opened as soon as its details are read.
        self._read_code = ""
        self._clause_wanted = ""
        self._course = CoursePane(id="course")
        self._milestones = BlockPane(id="milestones")
        self._mandate = BlockPane(id="mandate")
        self._indicators = BlockPane(id="indicators")
        self._reports = BlockPane(id="reports")
        self._about = BlockPane(id="about")
        self._history = BlockPane(id="history")

    @property
    def pointed_item(self) -> str:
        """The code of the item."""
        return self.code

    @property
    def command(self) -> str:
        """The command that gives the same as text."""
        return f"planner show {self.code}"

    def content(self) -> ComposeResult:
        """Yield the heading and the panes. On a wide screen the panes alternate between a left and a right column."""
        yield Heading()
        yield Fold(
            {
                tr("Progress"): self._course,
                tr("Mandate"): self._mandate,
                tr("Milestones"): self._milestones,
                tr("Reports"): self._reports,
                tr("Indicators"): self._indicators,
                tr("History"): self._history,
                tr("About"): self._about,
            }
        )

    def on_mount(self) -> None:
        """Show the loaded data, and set the focus."""
        super().on_mount()
        self._course.focus()

    def show(self, standing: "Overview") -> None:
        """Show the heading from the loaded plan, and read the other details."""
        known = next((item for item in standing.items if item.code == self.code), None)
        known = known or self._under_its_new_code(standing)
        if known is not None:
            self._show_heading(known)
        self._read()

    def _under_its_new_code(self, standing: "Overview") -> "ItemView | None":
        """Return the shown item if it got another code meanwhile, and show it by this code. Otherwise, return None."""
        shown = self.query_one(Heading).item
        if shown is None or shown.code != self.code:
            return None
        found = next((item for item in standing.items if item.id == shown.id), None)
        if found is not None:
            self._codes = [found.code if code == self.code else code for code in self._codes]
            self.code = found.code
        return found

    def _read(self) -> None:
        code = self.code
        self.planner.tasks.read(self, lambda reading: read_page(reading, code), self._arrived)

    def _show_heading(self, item: "ItemView") -> None:
        place = self._codes.index(self.code) + 1 if self.code in self._codes else 0
        self.query_one(Masthead).screen_name = f"{self.code}  {place} of {len(self._codes)}" if place else self.code
        heading = self.query_one(Heading)
        if self.planner.standing is not None:
            heading.time_zone = self.planner.standing.plan.time_zone
        if heading.item is None or heading.item.code != item.code:
            heading.assessed = ()
        heading.item = item

    def _arrived(self, page: ItemPage) -> None:
        standing = self.planner.standing
        item, detail = page.detail.item, page.detail
        if standing is None or item.code != self.code:
            return
        self._versions, self._read_code = page.trace.mandates, item.code
        self._show_heading(item)
        self.query_one(Heading).assessed = detail.assessed_in_words
        self._course.fill(page.course)
        self._milestones.fill(milestone_blocks(item, standing.as_of))
        self._indicators.fill(indicator_blocks(detail.indicators))
        self._mandate.fill(mandate_blocks(page.trace, standing.plan.waiting))
        self._reports.fill(report_blocks(detail.reports))
        self._about.fill(about_blocks(item, detail.lineage, detail.office))
        self._history.fill(history_blocks(detail.history, standing.plan.time_zone))
        fold = self.query_one(Fold)
        fold.title(self._milestones, tr("Milestones {milestones}", milestones=len(item.milestones)))
        fold.title(self._indicators, tr("Indicators {indicators}", indicators=len(detail.indicators)))
        fold.title(self._reports, tr("Reports {reports}", reports=len(detail.reports)))
        fold.title(self._history, tr("History {history}", history=len(detail.history)))
        wanted, self._clause_wanted = self._clause_wanted, ""
        if wanted == item.code and self.is_current:
            self._open_clause()

    def action_step(self, by: int) -> None:
        """Show the next or the previous item of the list. At an end of the list, show a message."""
        place = self._codes.index(self.code) + by if self.code in self._codes else -1
        if 0 <= place < len(self._codes):
            self.code = self._codes[place]
            for pane in self.query(Pane):
                pane.scroll_home(animate=False)
            if self.planner.standing is not None:
                self.show(self.planner.standing)
        else:
            self.notify(tr("There is no further item."), markup=False)

    def action_clause(self) -> None:
        """Open the clause to which the item is linked, or ask for one of several. Wait while the item is read."""
        if self._read_code == self.code:
            self._open_clause()
        else:
            self._clause_wanted = self.code

    def _open_clause(self) -> None:
        clauses = _linked_clauses(self._versions)
        if not clauses:
            self.notify(tr("The item is not linked to a clause."), markup=False)
        elif len(clauses) == 1:
            self._go_to_clause(clauses[0].reference)
        else:
            picks = [Pick(clause.reference, clause.reference, clause.restatement) for clause in clauses]
            self.app.push_screen(PickDialog(tr("Which clause?"), picks), self._go_to_clause)

    def _go_to_clause(self, name: str | None) -> None:
        if name is not None:
            mandate, _, key = name.partition(":")
            self.planner.navigator.open_clause(mandate, key)

    def action_links(self) -> None:
        """Show the links of the item and of its measure."""
        item = self.query_one(Heading).item
        if item is not None:
            self.planner.navigator.open_links(ends=frozenset(filter(None, (item.code, item.measure))))

    def action_report(self) -> None:
        """Open the report form of this item."""
        self.planner.reports.open_form(self.code)

    def action_later_date(self) -> None:
        """Ask for a later date of this item."""
        self.planner.acts.ask_extension(self.code)

    def to_copy(self) -> Copied | None:
        """Return the item's data and state."""
        item = self.query_one(Heading).item
        if item is None:
            return None
        facts = {
            tr("Title"): item.title,
            tr("Title basis"): item.basis,
            tr("Lead"): item.lead.name,
            tr("Starts"): item.starts,
            tr("Baseline due"): item.baseline_due,
            tr("Current due"): item.current_due,
            tr("Phase"): item.phase,
            tr("Confidence"): item.confidence,
            tr("Schedule"): item.schedule,
            tr("Percent"): tenths(item.actual),
            tr("Expected percent"): tenths(item.expected),
        }
        return Copied(item.code, (later("Field"), later("Value")), tuple(facts.items()))


def _linked_clauses(versions: "Sequence[MandateTrace]") -> "list[ClauseView]":
    """Return the clauses to which an item is linked, each once. Those of the mandate version in force come first."""
    ordered = sorted(versions, key=lambda version: not version.in_force)
    return list({link.clause.reference: link.clause for version in ordered for link in version.links}.values())
