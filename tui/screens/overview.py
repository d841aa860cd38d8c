"""The state of the plan this week, by theme or another grouping, with lists of items that need attention.

The lists have items that changed since the last period, overdue dates, upcoming dates, missing reports, and items to
check.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.reactive import reactive
from textual.widgets import Static

from planner.base.language import later, tr
from planner.domain.rules.figures import tenths
from planner.domain.symbols import last_period, this_period, words
from planner.domain.vocabulary import Grouping
from tui.data.standing import is_large
from tui.keys import bindings
from tui.screens.page import Page
from tui.widgets.fold import Fold
from tui.widgets.overview.lists import (
    MOVED_COLUMNS,
    NOT_REPORTED_COLUMNS,
    TO_CHECK_COLUMNS,
    due_columns,
)
from tui.widgets.overview.rollups import COUNTED, RollUpTable, cursor_summary, items_counted
from tui.widgets.overview.summary import OpenRequests, Summary
from tui.widgets.table import Table

if TYPE_CHECKING:
    from planner.queries.items.views import ItemView
    from planner.queries.weeks.overview import Overview
    from planner.queries.weeks.rollups import GroupStanding
    from planner.register.reading import Reading
    from tui.services.copying import Copied


class OverviewScreen(Page):
    """The first screen. `by` is the grouping: theme, organisation, measure or lead rule.

    Opening a row or one of its counts shows the register, filtered to the counted items.
    """

    BINDINGS: ClassVar[list[BindingType]] = [*bindings.OVERVIEW, *bindings.FOLD]
    keys_at_cursor = ("overview.report",)
    name_shown = later("Overview")
    help_text = later(
        "The status of the plan in its reporting period, by theme, organisation, measure or lead rule. The lists show "
        "what moved since the last period, which dates are overdue, what is due in the next two weeks, who has "
        "not reported, and what to check. Every number opens the items behind it. Who answers requests "
        "sees how many wait."
    )

    by: reactive[Grouping] = reactive(Grouping.THEME, init=False)

    def __init__(self) -> None:
        super().__init__()
        self._requests = OpenRequests()
        self._roll_ups = RollUpTable()
        self._moved = Table(MOVED_COLUMNS, lambda row: row.key, empty=tr("Reading…"), id="moved")
        self._overdue: Table[Any] = Table([], _deadline, empty=tr("Reading…"), id="overdue")
        self._due: Table[Any] = Table([], _deadline, empty=tr("Reading…"), id="due")
        self._not_reported = Table(
            NOT_REPORTED_COLUMNS, lambda row: row.organisation.id, empty=tr("Reading…"), id="not-reported"
        )
        self._to_check = Table(TO_CHECK_COLUMNS, lambda row: row.id, empty=tr("Reading…"), id="to-check")

    @property
    def command(self) -> str:
        """The command that gives the same as text."""
        return "planner overview"

    def content(self) -> ComposeResult:
        """Yield the summary of the plan, the groups, a description of the row under the cursor, and the lists."""
        yield Summary()
        yield self._requests
        yield self._roll_ups
        yield Static(markup=False, id="counted")
        yield Fold(
            {
                tr("Moved"): self._moved,
                tr("Overdue dates"): self._overdue,
                tr("Due in two weeks"): self._due,
                tr("Not reported"): self._not_reported,
                tr("To check"): self._to_check,
            }
        )

    def show(self, standing: "Overview") -> None:
        """Show the loaded plan."""
        self.query_one(Summary).overview = standing
        for table in (self._overdue, self._due):
            table.use(due_columns(standing.as_of))
        self._roll_ups.cadence = standing.plan.cadence
        self._show_lines(standing)
        nothing = tr("Nothing has moved since {period}.", period=last_period(standing.plan.cadence))
        self._fill(self._moved, standing.moved, tr("Moved"), nothing)
        self._fill(self._overdue, standing.overdue, tr("Overdue dates"), tr("Nothing is overdue."))
        self._fill(self._due, standing.due, tr("Due in two weeks"), tr("Nothing is due in the next two weeks."))
        self._fill(
            self._not_reported,
            standing.not_reported,
            tr("Not reported"),
            tr("All items have been reported on {period}.", period=this_period(standing.plan.cadence)),
        )
        self._fill(
            self._to_check,
            (*standing.contradictions, *standing.awaiting),
            tr("To check"),
            tr("No contradictions, and no report waits for confirmation."),
        )
        self._count_requests(standing)

    def _count_requests(self, standing: "Overview") -> None:
        """Count the requests that wait for an answer, for who may answer them. In a large register, this takes long."""
        from planner.domain.rules.permissions import Permission, may

        me = self.planner.me
        answers = me is not None and may(me.role, Permission.ANSWER, theirs=False)
        if not answers or not standing.complete or is_large(standing):
            self._show_requests(0)
            return

        def count(reading: "Reading") -> int:
            from planner.queries.weeks.requests import count_open_requests

            return count_open_requests(reading, standing.items)

        self.planner.tasks.read(self, count, self._show_requests, group="requests")

    def _show_requests(self, count: int) -> None:
        self._requests.count = count

    def _fill(self, table: Table[Any], rows: Sequence[Any], title: str, empty: str) -> None:
        table.show(rows, empty=empty)
        self.query_one(Fold).title(table, f"{title} {len(rows)}")

    def _show_lines(self, standing: "Overview") -> None:
        rows = standing.lines(self.by)
        self._roll_ups.show(rows, empty=tr("The plan has no themes."))
        self._tell()

    def _tell(self) -> None:
        self.query_one("#counted", Static).update(cursor_summary(self._roll_ups), layout=False)

    def action_view(self) -> None:
        """Switch to the next grouping."""
        groupings = list(Grouping)
        self.by = groupings[(groupings.index(self.by) + 1) % len(groupings)]

    def action_requests(self) -> None:
        """List the requests for help and for later dates."""
        self.planner.navigator.open_requests()

    def action_numbers(self) -> None:
        """Show all numbers of the groups, or only those that call for action."""
        self._roll_ups.whole = not self._roll_ups.whole

    def watch_by(self) -> None:
        """Show the rows of the new grouping, starting with the first."""
        if self.planner.standing is not None:
            self._roll_ups.cursor = 0
            self._show_lines(self.planner.standing)

    def on_table_pointed(self, event: Table.Pointed) -> None:
        """Describe the row or cell under the cursor."""
        if event.table is self._roll_ups:
            self._tell()

    def on_roll_up_table_placed(self) -> None:
        """Describe the row or cell under the cursor."""
        self._tell()

    def on_roll_up_table_left(self, event: RollUpTable.Left) -> None:
        """Move to the lists when the cursor goes beyond the last count."""
        self.action_pane(event.by)

    def on_table_opened(self, event: Table.Opened) -> None:
        """Open an item, or list the items that a number counts."""
        if event.table is self._roll_ups:
            self.planner.navigator.open_register(self._roll_ups.filters)
        elif event.table is self._not_reported:
            self.planner.navigator.open_register(event.row.filters)
        else:
            # An item is in the list once for each of its dates.
            codes = dict.fromkeys(_item(row).code for row in event.table.rows)
            self.planner.navigator.open_item(_item(event.row).code, list(codes))

    def action_report(self) -> None:
        """Open the report form of the item under the cursor. A group has no report form."""
        if self.pointed_item is not None:
            self.planner.reports.open_form(self.pointed_item)
        else:
            self.refuse_without_item(
                tr("Go to a list of items with {key}", key=self.planner.key_for("overview.next_list"))
            )

    @property
    def pointed_item(self) -> str | None:
        """The code of the item under the cursor, while the cursor is in a list of items."""
        lists: tuple[Table[Any], ...] = (self._moved, self._overdue, self._due, self._to_check)
        row = next((table.row for table in lists if table.has_focus), None)
        return None if row is None else _item(row).code

    def to_copy(self) -> "Copied | None":
        """Return the numbers of all groups in the present grouping."""
        standing = self.planner.standing
        if standing is None:
            return None
        from planner.queries.items.grouping import TITLES
        from tui.services.copying import Copied

        lines = standing.lines(self.by)
        counted = (later("Items") if word is None else words(word.value) for word in COUNTED)
        return Copied(
            tr("{title}, as of {day}", title=standing.plan.title, day=standing.as_of),
            (TITLES[self.by], later("Percent"), later("Expected percent"), *counted),
            tuple(_figures(line) for line in lines),
        )

    def action_pane(self, by: int) -> None:
        """Move through the table and the lists below."""
        fold = self.query_one(Fold)
        tables = [self._roll_ups, *fold.panes]
        place = next((number for number, table in enumerate(tables) if table.has_focus), 0)
        target = (place + by) % len(tables)
        if target == 0:
            self._roll_ups.focus()
        else:
            fold.turn_to(target - 1)

    def go_to_moves(self) -> None:
        """Move the cursor to the list of what moved, which begins with what got worse."""
        self.query_one(Fold).turn_to(0)

    def action_filter(self) -> None:
        """Open the register with its search field."""
        self.planner.navigator.open_register(filtering=True)


def _item(row: Any) -> "ItemView":
    """Return the item of a row. A row is an item, or an object with an item."""
    item: ItemView = getattr(row, "item", row)
    return item


def _deadline(row: Any) -> tuple[int, int | None]:
    return row.item.id, row.milestone.id if row.milestone else None


def _figures(line: "GroupStanding") -> tuple[object, ...]:
    rounded = map(tenths, (line.now.actual, line.now.expected))
    return (line.name, *rounded, *(items_counted(word, line.now) for word in COUNTED))
