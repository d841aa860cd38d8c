"""How themes or organisations stand: a line each with a bar by state, and counts that can be opened one by one."""

from collections.abc import Hashable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, ClassVar

from textual.binding import BindingType
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive

from planner.base.formats import percent
from planner.domain.rules.figures import points_between
from planner.domain.symbols import SYMBOLS, words
from planner.domain.vocabulary import COUNTED_CONCERNS, COUNTED_STATES, Concern, State
from planner.queries.items.filters import Filters
from tui.keys import bindings
from tui.marks import MUTED, STRONG, colour, fitting_name, one_line, points, stacked
from tui.widgets.table import GAP, Column, Fitted, Table

if TYPE_CHECKING:
    from planner.domain.rules.rollup import RollUp
    from planner.queries.weeks.rollups import GroupStanding

Counted = State | Concern | None

# The counts in a line, from left to right; None is all items.
COUNTED: tuple[Counted, ...] = (None, *COUNTED_STATES, *COUNTED_CONCERNS)

# Where a terminal is narrower than this, the counts that are rarely more than a few are left out and words are shorter.
_ROOMY = 100
_RARE = (State.SUSPENDED, State.DROPPED)
_SHORTER: dict[Counted, str] = {
    State.COMPLETED: "done",
    Concern.CONTRADICTION: "at odds",
    Concern.AWAITING: "waits",
}

# Names have this much before bars have more than the least, and then three fifths up to so much.
_NARROW_TITLE, _WIDEST_TITLE, _NARROWEST_BAR = 22, 46, 8


def counted_in(width: int) -> tuple[Counted, ...]:
    """The counts that have room in a width."""
    return tuple(word for word in COUNTED if width >= _ROOMY or word not in _RARE)


def number_of(word: Counted, roll_up: "RollUp") -> int:
    """How many of some items a count counts."""
    if word is None:
        return roll_up.items
    return roll_up.states[word] if isinstance(word, State) else roll_up.concerns[word]


def filters_of(word: Counted, filters: Filters) -> Filters:
    """What narrows the register to the items that were counted."""
    if word is None:
        return filters
    return replace(filters, state=word) if isinstance(word, State) else replace(filters, concern=word)


class RollUpTable(Table["GroupStanding"]):
    """The cursor stands on a line, or with ← and → on one of its counts: `place` is which, None for the line itself."""

    BINDINGS: ClassVar[list[BindingType]] = bindings.COUNTS
    place: reactive[int | None] = reactive(None)

    @dataclass
    class Placed(Message):
        """The cursor stands on another count."""

    @dataclass
    class Left(Message):
        """The cursor was moved beyond the first count (by −1) or the last (by +1)."""

        by: int

    def __init__(self) -> None:
        super().__init__(columns_in(80), _identity, empty="Reading the themes…", id="themes")

    @property
    def counted(self) -> tuple[Counted, ...]:
        """The counts that are seen."""
        return counted_in(self.scrollable_content_region.width)

    @property
    def word(self) -> Counted:
        """What the count under the cursor counts; None where it is all items, or the cursor is on no count."""
        return None if self.place is None else self.counted[self.place]

    @property
    def filters(self) -> Filters:
        """What narrows the register to what is under the cursor."""
        return filters_of(self.word, self.row.filters) if self.row else Filters()

    def on_resize(self) -> None:
        """Share the width out anew between the names and the bars."""
        self.use(columns_in(self.scrollable_content_region.width))
        super().on_resize()
        if self.place is not None:
            self.place = min(self.place, len(self.counted) - 1)

    def watch_place(self) -> None:
        """Show and tell where the cursor is."""
        self.refresh()
        self.post_message(self.Placed())

    def action_count(self, by: int) -> None:
        """The next count, or the one before; beyond them to another list."""
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
    """How many characters before a line's end a count begins and ends: wide letters in a name do not shift that."""
    after = 0
    for column, _, width in reversed(columns):
        if column.key == key:
            return after + width, after
        after += width + GAP
    return 0, 0


def columns_in(width: int) -> "list[Column[GroupStanding]]":
    """The columns in a width: names and bars share what the figures leave."""
    figures: list[Column[GroupStanding]] = [
        Column("actual", "Done", lambda row, _: Content(percent(row.now.actual)), 5, right=True),
        Column("expected", "Expected", lambda row, _: Content(percent(row.now.expected)), 8, right=True),
        Column("week", "Week", lambda row, _: _week(row), 5, right=True),
        *(_count_column(place, word) for place, word in enumerate(counted_in(width))),
    ]
    if width < _ROOMY:
        figures = [column for column in figures if column.key != "expected"]
    spare = width - sum(column.width + GAP for column in figures) - 3 * GAP
    title = min(_WIDEST_TITLE, max(spare * 3 // 5, min(spare - _NARROWEST_BAR, _NARROW_TITLE)))
    return [
        Column("title", "", lambda row, cells: Content(fitting_name(row.name, row.short_name, cells)), title),
        Column("bar", "By state", lambda row, cells: stacked(row.now.states, cells), _NARROWEST_BAR,
               comfort=_NARROWEST_BAR),
        *figures,
    ]  # fmt: skip


def _count_column(place: int, word: Counted) -> "Column[GroupStanding]":
    title = "Items" if word is None else SYMBOLS[word.value][0]
    return Column(f"count-{place}", title, lambda row, _: _number(word, row.now), 5 if word is None else 3, right=True)


def _number(word: Counted, roll_up: "RollUp") -> Content:
    number = number_of(word, roll_up)
    style = "" if word is None else colour(word)
    return Content.styled(str(number), style if number else MUTED)


def _week(row: "GroupStanding") -> Content:
    return points(points_between(row.now.actual or 0.0, row.before.actual))


def cursor_summary(table: RollUpTable) -> Content:
    """What is under the cursor in words; where it is on no count, what the signs mean."""
    row = table.row
    if row is None or table.place is None:
        return _legend(table.counted)
    number = number_of(table.word, row.now)
    name = Content.styled(one_line(row.name), STRONG)
    if table.word is None:
        return Content.assemble(name, f": all {number} items")
    counted = Content.styled(f"{SYMBOLS[table.word.value][0]} {words(table.word.value)}", colour(table.word))
    return Content.assemble(name, ": ", counted, f", {number} of {row.now.items} items")


def _legend(counted: tuple[Counted, ...]) -> Content:
    parts = []
    for word in counted:
        if word is not None:
            name = words(word.value) if State.SUSPENDED in counted else _SHORTER.get(word, words(word.value))
            parts.append(Content.assemble((SYMBOLS[word.value][0], colour(word)), (f" {name}", MUTED)))
    return Content(" ").join(parts)
