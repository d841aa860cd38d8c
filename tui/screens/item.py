"""All about one item: progress, milestones, indicators, what it stands on, and what was recorded of it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType

from planner.marks import words
from tui import keys
from tui.data.items import ItemPage, read_item
from tui.marks import one_line, percent
from tui.screens.page import Page
from tui.widgets.about import about_blocks
from tui.widgets.blocks import BlockPane
from tui.widgets.fold import Fold
from tui.widgets.heading import Heading
from tui.widgets.indicators import indicator_blocks
from tui.widgets.mandate import mandate_blocks
from tui.widgets.masthead import Masthead
from tui.widgets.milestones import milestone_blocks
from tui.widgets.records import history_blocks, report_blocks

if TYPE_CHECKING:
    from planner.queries.overview import Overview
    from planner.queries.views import ItemView


class ItemScreen(Page):
    """`code` is the item shown; `codes` the list it was opened from, in which n and p go on."""

    BINDINGS: ClassVar[list[BindingType]] = [*keys.ITEM, *keys.FOLD, *keys.BACK]
    name_shown = "Item"

    def __init__(self, code: str, codes: Sequence[str] = ()) -> None:
        super().__init__()
        self.code = code
        self._codes = list(codes) or [code]
        self._milestones = BlockPane(id="milestones")
        self._mandate = BlockPane(id="mandate")
        self._indicators = BlockPane(id="indicators")
        self._reports = BlockPane(id="reports")
        self._about = BlockPane(id="about")
        self._history = BlockPane(id="history")

    def content(self) -> ComposeResult:
        """The heading, and the panes in the order they fill a wide screen: left, right, left, right."""
        yield Heading()
        yield Fold(
            {
                "Milestones": self._milestones,
                "Mandate": self._mandate,
                "Indicators": self._indicators,
                "Reports": self._reports,
                "About": self._about,
                "History": self._history,
            }
        )

    def on_mount(self) -> None:
        """Draw what is loaded and set the focus."""
        super().on_mount()
        self._milestones.focus()

    def show(self, standing: "Overview") -> None:
        """Draw the heading from what is loaded, and read the rest."""
        known = next((item for item in standing.items if item.code == self.code), None)
        if known is not None:
            self._show_heading(known)
        self._read()

    def _read(self) -> None:
        code = self.code
        self.planner.ask(self, lambda: read_item(self.planner.door, code), self._arrived)

    def _show_heading(self, item: "ItemView") -> None:
        place = self._codes.index(self.code) + 1 if self.code in self._codes else 0
        self.query_one(Masthead).screen_name = f"{self.code}  {place} of {len(self._codes)}" if place else self.code
        self.query_one(Heading).item = item

    def _arrived(self, page: ItemPage) -> None:
        standing = self.planner.standing
        item, detail = page.detail.item, page.detail
        if standing is None or item.code != self.code:
            return
        self._show_heading(item)
        self._milestones.fill(milestone_blocks(item, standing.as_of))
        self._indicators.fill(indicator_blocks(detail.indicators))
        self._mandate.fill(mandate_blocks(page.trace))
        self._reports.fill(report_blocks(detail.reports))
        self._about.fill(about_blocks(item))
        self._history.fill(history_blocks(detail.history, standing.plan.time_zone))
        fold = self.query_one(Fold)
        fold.title(self._milestones, f"Milestones {len(item.milestones)}")
        fold.title(self._indicators, f"Indicators {len(detail.indicators)}")
        fold.title(self._reports, f"Reports {len(detail.reports)}")
        fold.title(self._history, f"History {len(detail.history)}")

    def action_pane(self, by: int) -> None:
        """The next pane, or the one before."""
        fold = self.query_one(Fold)
        fold.turn_to(fold.shown + by)

    def action_step(self, by: int) -> None:
        """The next item of the list, or the one before; not beyond its ends."""
        place = self._codes.index(self.code) + by if self.code in self._codes else -1
        if 0 <= place < len(self._codes):
            self.code = self._codes[place]
            for pane in self.query(BlockPane):
                pane.scroll_home(animate=False)
            if self.planner.standing is not None:
                self.show(self.planner.standing)
        else:
            self.notify("No other item that way.", markup=False)

    def action_report(self) -> None:
        """Report on this item."""
        self.planner.open_report(self.code)

    def action_copy(self) -> None:
        """Copy the item's facts and state as text."""
        item = self.query_one(Heading).item
        if item is not None:
            confidence = words(item.confidence.value) if item.confidence else "not rated"
            self.copied(
                f"{item.code} {one_line(item.title)}\n"
                f"Lead: {one_line(item.lead.name)}\n"
                f"{item.starts} to {item.baseline_due}, now due {item.current_due}\n"
                f"{words(item.phase.value)}, officer: {confidence}, computed: {words(item.schedule.value)}\n"
                f"{percent(item.actual)} done, {percent(item.expected)} expected",
                f"{item.code} was",
            )
