"""Where the plan stands this week, per theme; what moved since last week, and what needs somebody's attention."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content

from planner.marks import words
from planner.vocabulary import TERMINAL_PHASES, Freshness, Schedule
from tui import keys
from tui.marks import MUTED, STRONG, bar, colour, mark, one_line, percent, points
from tui.screens.page import Page
from tui.widgets.fold import Fold
from tui.widgets.summary import Summary
from tui.widgets.table import Column, Table

if TYPE_CHECKING:
    from planner.queries.overview import Moved, Overview, ThemeStanding
    from planner.queries.views import ItemView
    from planner.rules.rollup import RollUp

_SILENT = (Freshness.STALE, Freshness.NEVER)
_LATE = (Schedule.OVERDUE, Schedule.OFF_TRACK)


def _number(value: int, style: str = "") -> Content:
    return Content.styled(str(value), style if value else MUTED)


def _closed(roll_up: "RollUp") -> Content:
    return _number(sum(roll_up.phases[phase] for phase in TERMINAL_PHASES))


def _silent(roll_up: "RollUp") -> Content:
    return _number(sum(roll_up.freshnesses[state] for state in _SILENT), "$text-error")


def _week(standing: "ThemeStanding") -> Content:
    return points((standing.now.actual or 0.0) - (standing.before.actual or 0.0))


def _in(state: Schedule, title: str, rank: int = 0) -> "Column[ThemeStanding]":
    """A column: how many items of a theme are in a schedule state. Where it is narrow its symbol is its title."""
    return Column(
        state.value,
        title,
        lambda row, _: _number(row.now.schedules[state], colour(state)),
        len(title),
        rank=rank,
        right=True,
        narrow=3,
        narrow_title=title[:1],
    )


THEME_COLUMNS: "list[Column[ThemeStanding]]" = [
    Column("number", "", lambda row, _: Content.styled(str(row.theme.number), STRONG), 1),
    Column("title", "Theme", lambda row, _: Content(one_line(row.theme.title)), 43, comfort=43, narrow=20),
    Column("bar", "Done ┃ expected", lambda row, width: bar(row.now.actual, row.now.expected, width), 20, narrow=10,
           narrow_title="Done"),
    Column("actual", "Done", lambda row, _: Content(percent(row.now.actual)), 5, right=True, narrow_title=""),
    Column("expected", "Expected", lambda row, _: Content(percent(row.now.expected)), 8, rank=6, right=True),
    Column("week", "Week", lambda row, _: _week(row), 5, rank=1, right=True),
    Column("items", "Items", lambda row, _: _number(row.now.items), 5, rank=2, right=True),
    _in(Schedule.ON_TRACK, "✓ on track", 5),
    _in(Schedule.BEHIND, "◔ behind"),
    _in(Schedule.OFF_TRACK, "! off track"),
    _in(Schedule.OVERDUE, "‼ overdue"),
    Column("closed", "● closed", lambda row, _: _closed(row.now), 8, rank=7, right=True),
    Column("silent", "∅ no report", lambda row, _: _silent(row.now), 11, rank=4, right=True),
]  # fmt: skip

MOVED_COLUMNS: "list[Column[Moved]]" = [
    Column("code", "Code", lambda row, _: Content.styled(row.item.code, STRONG), 5),
    Column("movement", "Moved", lambda row, _: Content(words(row.movement.value)), 10),
    Column("points", "Points", lambda row, _: points(row.points), 6, right=True),
    Column("title", "Item", lambda row, _: Content(one_line(row.item.title)), 24, comfort=24),
    Column("schedule", "Schedule", lambda row, _: mark(row.item.schedule), 11, rank=1),
]

ATTENTION_COLUMNS: "list[Column[ItemView]]" = [
    Column("code", "Code", lambda row, _: Content.styled(row.code, STRONG), 5),
    Column("schedule", "Schedule", lambda row, _: mark(row.schedule), 11),
    Column("confidence", "Officer", lambda row, _: mark(row.confidence, "unrated"), 9, rank=1),
    Column("title", "Item", lambda row, _: Content(one_line(row.title)), 24, comfort=44),
    Column("freshness", "Reports", lambda row, _: mark(row.freshness), 10, rank=5),
]


def needing_attention(items: "Sequence[ItemView]") -> "list[ItemView]":
    """Items rated green against their dates first, then overdue, off track, and those long without a report."""
    chosen = [item for item in items if item.schedule in _LATE or item.freshness in _SILENT]
    return sorted(
        chosen,
        key=lambda item: (
            not item.contradiction,
            item.schedule is not Schedule.OVERDUE,
            item.schedule is not Schedule.OFF_TRACK,
            -item.days_late,
        ),
    )


def _code(table: "Table[Any]", row: Any) -> str:
    """The item's code of a line in either list."""
    item: ItemView = row.item if table.id == "moved" else row
    return item.code


def _line(name: str, roll_up: "RollUp") -> str:
    states = ", ".join(f"{words(state.value)} {number}" for state, number in sorted(roll_up.schedules.items()))
    done = f"{percent(roll_up.actual)} done, {percent(roll_up.expected)} expected"
    return f"{name}: {done}; {roll_up.items} items: {states}"


class OverviewScreen(Page):
    """The first screen. Opening a theme narrows the register to it; opening a moved item shows the item."""

    BINDINGS: ClassVar[list[BindingType]] = [*keys.OVERVIEW, *keys.FOLD]
    name_shown = "Overview"

    def content(self) -> ComposeResult:
        """The plan, its themes, and the two lists under them."""
        yield Summary()
        yield Table(THEME_COLUMNS, lambda row: row.theme.id, empty="Reading the themes…", id="themes")
        yield Fold(
            {
                "Moved since last week": Table(MOVED_COLUMNS, lambda row: row.item.id, empty="Reading…", id="moved"),
                "Needs attention": Table(ATTENTION_COLUMNS, lambda row: row.id, empty="Reading…", id="attention"),
            }
        )

    def show(self, standing: "Overview") -> None:
        """Draw the plan as it was read."""
        self.query_one(Summary).standing = standing
        self.query_one("#themes", Table).show(standing.themes, empty="The plan has no themes.")
        fold, attention = self.query_one(Fold), needing_attention(standing.items)
        moved = sorted(standing.moved, key=lambda change: -abs(change.points))
        for name, rows, title, empty in (
            ("#moved", moved, "Moved since last week", "Nothing has moved since last week."),
            ("#attention", attention, "Needs attention", "Nothing is late, and nobody is silent."),
        ):
            table = self.query_one(name, Table)
            table.show(rows, empty=empty)
            fold.title(table, f"{title}: {len(rows)}")

    def on_table_opened(self, event: Table.Opened) -> None:
        """Open the theme or the item under the cursor."""
        if event.table.id == "themes":
            self.planner.open_register(event.row.theme.number)
        else:
            self.planner.open_item(_code(event.table, event.row), [_code(event.table, row) for row in event.table.rows])

    def action_report(self) -> None:
        """Report on the item under the cursor; a theme has none."""
        focused = self.focused
        if isinstance(focused, Table) and focused.id != "themes" and focused.row is not None:
            self.planner.open_report(_code(focused, focused.row))
        else:
            self.notify("Go to an item first (→)", markup=False)

    def action_copy(self) -> None:
        """Copy the figures of the plan and its themes."""
        standing = self.planner.standing
        if standing is not None:
            lines = [f"{standing.plan.title}, as of {standing.as_of}", _line("The plan", standing.now)]
            lines += [_line(f"{row.theme.number} {row.theme.title}", row.now) for row in standing.themes]
            self.copied("\n".join(lines), "The figures were")

    def action_pane(self, by: int) -> None:
        """Go round the three tables."""
        fold = self.query_one(Fold)
        tables = [self.query_one("#themes", Table), *fold.panes]
        place = next((number for number, table in enumerate(tables) if table.has_focus), 0)
        target = (place + by) % len(tables)
        if target == 0:
            tables[0].focus()
        else:
            fold.turn_to(target - 1)

    def action_filter(self) -> None:
        """Search in the register."""
        self.planner.open_register(filtering=True)
