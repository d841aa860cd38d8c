"""The links from measures and items to clauses: a queue of links that need a review, and a list of all links."""

from collections import Counter
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container
from textual.content import Content
from textual.reactive import reactive
from textual.widgets import Static

from planner.base.language import later, tr, tr_count, tr_later
from planner.domain.no_mandate import no_mandate_yet
from planner.domain.rules.permissions import Permission
from planner.domain.vocabulary import LinkState, ReviewDecision
from tui.data.links import LinksPage, read_page
from tui.keys import bindings
from tui.marks import MUTED, STRONG, count, one_line
from tui.screens.page import Page
from tui.services.copying import Copied
from tui.widgets.blocks import BlockPane
from tui.widgets.mandates.link import COLUMNS, link_blocks
from tui.widgets.options import Options
from tui.widgets.search import SearchField, nothing_matches
from tui.widgets.table import Table

if TYPE_CHECKING:
    from textual.timer import Timer

    from planner.queries.links.changes import LinkDetail
    from planner.queries.links.standing import LinkStanding
    from planner.queries.weeks.overview import Overview
    from planner.register.plan_view import PlanView
    from planner.register.reading import Reading

_TO_REVIEW, _ALL = 0, 1
_LISTS = (later("To review"), later("All"))

# The order of the counts: states that need a review come first.
_STATES = sorted(LinkState, key=lambda state: (state is not LinkState.SUSPECT, state is not LinkState.UNREVIEWED))

# Seconds for which the cursor must stay on a link before its details are read.
SOON = 0.1


class LinksScreen(Page):
    """Lists the links of the records in `ends`, or all links if `ends` is None.

    `at` is the link or clause to select when the screen opens. `shown` is the index of the visible list.
    """

    BINDINGS: ClassVar[list[BindingType]] = [*bindings.LINKS, *bindings.BACK]
    name_shown = later("Links")
    help_text = later(
        "Links connect items and measures to clauses. A link needs a review until somebody has reviewed "
        "it. If the item, measure or clause is reworded, or if an attached copy differs from the cited "
        "text, the link is suspect and needs another review. A review records your name and reason."
    )

    shown: reactive[int] = reactive(_TO_REVIEW, init=False)

    def __init__(self, at: str = "", ends: frozenset[str] | None = None) -> None:
        super().__init__()
        self._at = at
        self._ends = ends
        self._theme: int | None = None
        self._search = ""
        self._page: LinksPage | None = None
        self._later: Timer | None = None
        self._plan: PlanView | None = None

    @property
    def command(self) -> str:
        """The command that gives the same as text."""
        return "planner links"

    def content(self) -> ComposeResult:
        """Yield the counts, the names of the lists, the list, and the details of the link under the cursor."""
        yield SearchField(tr("Search links in any language…"))
        yield Static(Content.styled(tr("Reading the links…"), MUTED), markup=False, id="listed")
        yield Options([Content(tr_later(name)) for name in _LISTS], id="link-lists")
        with Container(id="reviewed"):
            yield Table(COLUMNS, lambda link: link.id, empty=tr("Reading the links…"), id="links")
            yield BlockPane(id="link")

    def on_mount(self) -> None:
        """Show the loaded data, and set the focus."""
        super().on_mount()
        self.table.focus()

    @property
    def table(self) -> "Table[LinkStanding]":
        """Return the table of links."""
        return self.query_one("#links", Table)

    def show(self, standing: "Overview") -> None:
        """Read the current state of the links."""
        self._plan = standing.plan
        self.planner.tasks.read(self, lambda reading: read_page(reading, standing.items), self._arrived)

    def _arrived(self, page: LinksPage) -> None:
        first, self._page = self._page is None, page
        if first and self._at and not any(self._is_first(link) for link in self._listed(_TO_REVIEW)):
            self.set_reactive(LinksScreen.shown, _ALL)
        self._draw()
        if first and self._at:
            self.table.cursor = next((place for place, link in enumerate(self.table.rows) if self._is_first(link)), 0)

    def _is_first(self, link: "LinkStanding") -> bool:
        return self._at in (link.name, link.clause.name)

    def _of_interest(self) -> "list[LinkStanding]":
        """Return the links that have one of the given ends and belong to the chosen theme."""
        return self._links_of(self._theme)

    def _links_of(self, theme: int | None) -> "list[LinkStanding]":
        ends = self._ends
        return [
            link
            for link in (self._page.links if self._page else ())
            if (ends is None or not ends.isdisjoint((link.near.name, link.clause.name))) and theme in (None, link.theme)
        ]

    def _listed(self, shown: int) -> "list[LinkStanding]":
        links = self._of_interest()
        if shown == _TO_REVIEW:
            # Suspect links come first, because a text on which somebody relied has changed.
            links = sorted((link for link in links if link.wants_review), key=lambda link: not link.suspect)
        return self._page.having(links, self._search) if self._page else []

    def _draw(self) -> None:
        lists = [self._listed(number) for number in (_TO_REVIEW, _ALL)]
        strip = self.query_one("#link-lists", Options)
        names = map(tr_later, _LISTS)
        strip.labels = tuple(Content(f"{name} {len(links)}") for name, links in zip(names, lists, strict=True))
        strip.chosen = self.shown
        found = self._of_interest()
        self.query_one("#listed", Static).update(self._counts_line(found) if found else self._how_to_begin())
        self.table.show(lists[self.shown], empty=self._empty_message())
        self._show_link(self.table.row)
        self.refresh_bindings()

    def _how_to_begin(self) -> Content:
        """Return the line above an empty list: how the plan gets a mandate, or links to the one that it has."""
        if self._plan is not None and not self._plan.has_mandate:
            how = no_mandate_yet(self._plan.waiting)
        else:
            how = tr("To get suggestions from the texts, use: planner links suggest")
        return Content("  ").join([self._counts_line([]), Content.styled(how, MUTED)])

    def _counts_line(self, links: "list[LinkStanding]") -> Content:
        counts = Counter(link.state for link in links)
        states = [count(state, counts[state]) for state in _STATES if counts[state]]
        return Content("  ").join(
            [
                Content.styled(tr_count("{count} link", "{count} links", len(links)), STRONG),
                *(Content.styled(end, STRONG) for end in sorted(self._ends or ())),
                *([Content.styled(tr("theme {theme}", theme=self._theme), STRONG)] if self._theme else []),
                *states,
            ]
        )

    def _empty_message(self) -> str:
        if self._search.strip():
            return nothing_matches(self.planner, tr("No link matches the search."), self._found_elsewhere())
        if self.shown == _TO_REVIEW and self._of_interest():
            return tr("Done: no link needs a review.")
        return tr("There are no links to a clause.")

    def _found_elsewhere(self) -> int:
        """Return the number of links of all themes and lists that match the search, or 0 if some are shown."""
        if self._page is None or self._listed(self.shown):
            return 0
        return len(self._page.having(self._links_of(None), self._search))

    def watch_shown(self) -> None:
        """Switch between the links that need a review and all links."""
        self._draw()

    def on_table_pointed(self, event: Table.Pointed) -> None:
        """Show the link under the cursor."""
        self._show_link(event.row)

    def _show_link(self, link: "LinkStanding | None") -> None:
        """Show the loaded data of a link now, and read its other details if the cursor stays on the link."""
        if self._later is not None:
            self._later.stop()
        self._fill(link, None)
        self.query_one(BlockPane).scroll_home(animate=False)
        if link is not None:
            self._later = self.set_timer(SOON, lambda: self._read(link))

    def _read(self, link: "LinkStanding") -> None:
        def read(reading: "Reading") -> "LinkDetail":
            from planner.queries.links.changes import read_link_detail

            return read_link_detail(reading, link.name)

        def arrived(detail: "LinkDetail") -> None:
            if self.table.row is link:
                self._fill(link, detail)

        self.planner.tasks.read(self, read, arrived, group="detail")

    def _fill(self, link: "LinkStanding | None", detail: "LinkDetail | None") -> None:
        page, standing = self._page, self.planner.standing
        if link is None or page is None or standing is None:
            self.query_one(BlockPane).fill([])
        else:
            clause = page.clauses.get(link.clause.name)
            self.query_one(BlockPane).fill(link_blocks(link, clause, detail, standing.plan.time_zone))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Enable the actions on a link only while a link is under the cursor."""
        if action in ("review", "near"):
            return self.is_mounted and self.table.row is not None
        return super().check_action(action, parameters)

    def action_review(self, decision: str) -> None:
        """Open the review of the link under the cursor. After the review, the next link is selected."""
        from tui.dialogs.review import ReviewDialog

        link = self.table.row
        if link is not None and self.may_write(Permission.REVIEW_LINKS):
            self.app.push_screen(ReviewDialog(link, ReviewDecision(decision)), self._reviewed)

    def _reviewed(self, link: "LinkStanding | None") -> None:
        if link is None or self._page is None:
            return
        self._page = self._page.with_one(link)
        self._draw()
        left = len(self._listed(_TO_REVIEW))
        self.notify(
            tr("{name}: {state}. Links left to review: {left}.", name=link.name, state=link.state.value, left=left),
            markup=False,
        )
        # Other screens show the link too.
        self.planner.loading.read_again(())

    def on_table_opened(self, event: Table.Opened) -> None:
        """Open the clause of the link, with the items that are linked to the clause."""
        mandate, _, key = event.row.clause.name.partition(":")
        self.planner.navigator.open_clause(mandate, key)

    def action_near(self) -> None:
        """Open the item from which the link starts. For a measure, list the items of the measure."""
        link = self.table.row
        if link is not None:
            self.planner.navigator.open_item_or_measure(link.near.name)

    def on_options_chosen(self, event: Options.Chosen) -> None:
        """Show the list whose name was clicked."""
        self.shown = event.index

    def action_step_list(self, by: int) -> None:
        """Switch between the links that need a review and all links."""
        self.shown = (self.shown + by) % len(_LISTS)

    def on_input_changed(self, event: SearchField.Changed) -> None:
        """Filter the rows while the person types."""
        self._search = event.value
        self._draw()

    def on_input_submitted(self) -> None:
        """Move the focus to the links that match the search. If only other links do, show all links."""
        if self._found_elsewhere():
            self._theme, self.shown = None, _ALL
            self._draw()
        self.table.focus()

    def take_theme(self, theme: int | None) -> bool:
        """Show only links of the measures and items of a theme, or all links if `theme` is None."""
        self._theme = theme
        self._draw()
        return True

    def action_back(self) -> None:
        """Go back one step: close the search, remove the theme filter, or close the screen."""
        search = self.query_one(SearchField)
        if search.display:
            search.close()
            self.table.focus()
        elif self._theme is not None:
            self.take_theme(None)
        else:
            super().action_back()

    def to_copy(self) -> Copied | None:
        """Return the links of the visible list."""
        columns = (
            later("From"),
            later("To"),
            later("Review"),
            later("Type"),
            later("Coverage"),
            later("Rationale"),
            later("Title"),
            later("Clause"),
        )
        return Copied(
            tr("Links: {list}", list=tr_later(_LISTS[self.shown]).lower()),
            columns,
            tuple(map(_copied, self.table.rows)),
        )


def _copied(link: "LinkStanding") -> tuple[object, ...]:
    texts = (one_line(text) for text in (link.rationale, link.near.title, link.clause.title))
    return (link.near.name, link.clause.name, link.state, link.type, link.coverage, *texts)
