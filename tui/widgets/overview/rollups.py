"""The roll-ups of themes or organisations: a row for each, with a bar of states and counts that can be opened."""

from collections.abc import Hashable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, ClassVar

from textual.binding import BindingType
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive

from planner.base.formats import percent
from planner.base.language import later, tr, tr_count, tr_later
from planner.domain.rules.figures import points_between
from planner.domain.symbols import PERIOD_TITLES, SYMBOLS, words
from planner.domain.vocabulary import COUNTED_CONCERNS, COUNTED_STATES, Cadence, Concern, State
from tui.keys import bindings
from tui.marks import MUTED, STRONG, colour, fitting_name, one_line, points, stacked
from tui.widgets.table import GAP, Column, Fitted, Table

if TYPE_CHECKING:
    from planner.domain.rules.rollup import RollUp
    from planner.queries.items.filters import Filters
    from planner.queries.weeks.rollups import GroupStanding

Counted = State | Concern | None

# The counts in a row, from left to right. None is the count of all items.
COUNTED: tuple[Counted, ...] = (None, *COUNTED_STATES, *COUNTED_CONCERNS)

# The counts that call for action. The others are shown on request.
URGENT: tuple[Counted, ...] = (State.OFF_TRACK, State.OVERDUE, *COUNTED_CONCERNS)

# On a terminal narrower than this, the counts that are usually small are left out.
_ROOMY = 100
_RARE = (State.SUSPENDED, State.DROPPED)

# The name gets the first width before the bar grows beyond its smallest width. Then it gets three fifths of the
# remaining width, up to the largest width. If not even the least name has room, the last numbers are left out.
_LEAST_TITLE, _NARROW_TITLE, _WIDEST_TITLE, _NARROWEST_BAR = 8, 22, 46, 8


def counted_in(width: int, *, whole: bool) -> tuple[Counted, ...]:
    """Return the counts that call for action, or if `whole` is true, all counts that fit into a width."""
    if not whole:
        return URGENT
    return tuple(word for word in COUNTED if width >= _ROOMY or word not in _RARE)


def items_counted(word: Counted, roll_up: "RollUp") -> int:
    """Return the number of items in a roll-up that have this state or concern, or of all items if `word` is None."""
    if word is None:
        return roll_up.items
    return roll_up.states[word] if isinstance(word, State) else roll_up.concerns[word]


def count_filters(word: Counted, filters: "Filters") -> "Filters":
    """Return the filters that select the items that a count includes."""
    if word is None:
        return filters
    return replace(filters, state=word) if isinstance(word, State) else replace(filters, concern=word)


class RollUpTable(Table["GroupStanding"]):
    """The table of roll-ups. The cursor is on a row, or on one of its counts after ← or →.

    `place` is the place of that count, or None if the cursor is on the whole row. `whole` is true if all numbers are
    shown, and not only those that call for action.
    """

    BINDINGS: ClassVar[list[BindingType]] = bindings.COUNTS
    place: reactive[int | None] = reactive(None, repaint=False)
    whole: reactive[bool] = reactive(False, init=False)
    cadence: reactive[Cadence] = reactive(Cadence.WEEKLY, init=False)

    @dataclass
    class Placed(Message):
        """The cursor moved to another count."""

    @dataclass
    class Left(Message):
        """The cursor was moved beyond the first count (by −1) or the last (by +1)."""

        by: int

    def __init__(self) -> None:
        super().__init__(columns_in(80, whole=False), _identity, empty=tr("Loading the themes…"), id="themes")

    @property
    def counted(self) -> tuple[Counted, ...]:
        """Return the counts that are visible."""
        return counted_in(self.scrollable_content_region.width, whole=self.whole)

    @property
    def word(self) -> Counted:
        """Return the state or concern under the cursor.

        None if the cursor is on a whole row or on its count of all items.
        """
        return None if self.place is None else self.counted[self.place]

    @property
    def filters(self) -> "Filters":
        """Return the filters that select the items under the cursor."""
        from planner.queries.items.filters import Filters

        return count_filters(self.word, self.row.filters) if self.row else Filters()

    def on_resize(self) -> None:
        """Divide the new width between the names and the bars."""
        self._use_columns()
        super().on_resize()

    def _use_columns(self) -> None:
        self.use(columns_in(self.scrollable_content_region.width, whole=self.whole, cadence=self.cadence))
        if self.place is not None:
            self.place = min(self.place, len(self.counted) - 1)

    def watch_whole(self) -> None:
        """Show all numbers, or only those that call for action. The cursor stays on its row."""
        self.place = None
        self._use_columns()
        self.post_message(self.Placed())

    def watch_cadence(self) -> None:
        """Name the column of changes by the reporting period of the plan."""
        self._use_columns()

    def watch_place(self) -> None:
        """Draw the cursor, and post a message that it has moved."""
        self.refresh_row(self.cursor)
        self.post_message(self.Placed())

    def action_count(self, by: int) -> None:
        """Move the cursor by some counts. Beyond the first and last count, the focus moves to another list."""
        place = (-1 if self.place is None else self.place) + by
        if place == len(self.counted) or place < -1:
            self.post_message(self.Left(by))
        else:
            self.place = place if place >= 0 else None

    def _line(self, row: "GroupStanding") -> Content:
        line = super()._line(row)
        if self.place is None or row is not self.row or not self.has_focus:
            return line
        begins, ends = _from_end(self._fitted, f"count-{self.place}")
        length = len(line.plain)
        return line.stylize("bold $background on $primary", length - begins, length - ends)


def _identity(row: "GroupStanding") -> Hashable:
    return row.name


def _from_end(columns: "list[Fitted[Any]]", key: str) -> tuple[int, int]:
    """Return the distances from the end of a line to the beginning and the end of a count, in characters.

    They are counted from the end, because wide letters in the name would shift positions counted from the start.
    """
    after = 0
    for column, _, width in reversed(columns):
        if column.key == key:
            return after + width, after
        after += width + GAP
    return 0, 0


def columns_in(width: int, *, whole: bool, cadence: Cadence = Cadence.WEEKLY) -> "list[Column[GroupStanding]]":
    """Return the columns that fit into a width, with all counts or only those that call for action.

    Names and bars share the width that the numbers leave.
    """
    period = PERIOD_TITLES[cadence]
    figures: list[Column[GroupStanding]] = [
        Column("actual", later("Done"), lambda row, _: Content(percent(row.now.actual)), 5, right=True),
        Column("expected", later("Expected"), lambda row, _: Content(percent(row.now.expected)), 8, right=True),
        Column("week", period, lambda row, _: _week(row), max(5, len(tr_later(period))), right=True),
        *(_count_column(place, word) for place, word in enumerate(counted_in(width, whole=whole))),
    ]
    if width < _ROOMY or not whole:
        figures = [column for column in figures if column.key != "expected"]
    spare = width - sum(column.width + GAP for column in figures) - 3 * GAP
    title = min(_WIDEST_TITLE, max(_LEAST_TITLE, spare * 3 // 5, min(spare - _NARROWEST_BAR, _NARROW_TITLE)))
    return [
        Column("title", "", lambda row, cells: Content(fitting_name(row.name, row.short_name, cells)), title),
        Column("bar", later("By state"), lambda row, cells: stacked(row.now.states, cells), _NARROWEST_BAR,
               comfort=_NARROWEST_BAR),
        *figures,
    ]  # fmt: skip


def _count_column(place: int, word: Counted) -> "Column[GroupStanding]":
    title = later("Items") if word is None else SYMBOLS[word.value][0]
    return Column(f"count-{place}", title, lambda row, _: _number(word, row.now), 5 if word is None else 3, right=True)


def _number(word: Counted, roll_up: "RollUp") -> Content:
    number = items_counted(word, roll_up)
    style = "" if word is None else colour(word)
    return Content.styled(str(number), style if number else MUTED)


def _week(row: "GroupStanding") -> Content:
    return points(points_between(row.now.actual or 0.0, row.before.actual))


def cursor_summary(table: RollUpTable) -> Content:
    """Return the count under the cursor in words, or the meanings of the symbols if the cursor is on no count."""
    row = table.row
    if row is None or table.place is None:
        return _legend(table)
    number = items_counted(table.word, row.now)
    name = Content.styled(one_line(row.name), STRONG)
    if table.word is None:
        return Content.assemble(name, ": ", tr_count("{count:,} item", "{count:,} items", number))
    counted = Content.styled(f"{SYMBOLS[table.word.value][0]} {words(table.word.value)}", colour(table.word))
    share = tr_count("{number:,} of {count:,} item", "{number:,} of {count:,} items", row.now.items, number=number)
    return Content.assemble(name, ": ", counted, f", {share}")


def _legend(table: RollUpTable) -> Content:
    """Return the meanings of the signs in the bars and above the counts, on as many lines as the width needs."""
    lines: list[list[Content]] = [[]]
    for word in COUNTED:
        if word is None:
            continue
        sign = Content.assemble((SYMBOLS[word.value][0], colour(word)), (f" {words(word.value)}", MUTED))
        if sum(part.cell_length + 1 for part in (*lines[-1], sign)) > table.size.width:
            lines.append([])
        lines[-1].append(sign)
    return Content("\n").join(Content(" ").join(line) for line in lines)
