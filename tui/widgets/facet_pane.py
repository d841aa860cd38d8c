"""The facets of the register: each value with how many items it would leave, to be chosen and let go."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from textual.binding import BindingType
from textual.content import Content
from textual.message import Message

from planner.domain.symbols import SYMBOLS, words
from planner.queries.items.filters import Facet, Filters
from tui.keys import bindings
from tui.marks import HEADING, MUTED, STRONG, one_line
from tui.widgets.table import Column, Table

if TYPE_CHECKING:
    from planner.queries.items.filter_index import Counts
    from planner.queries.weeks.overview import Overview

TITLES = {
    Facet.MINE: "Mine",
    Facet.THEME: "Theme",
    Facet.MEASURE: "Measure",
    Facet.KIND: "Kind",
    Facet.LEAD: "Lead",
    Facet.RULE: "Rule of lead",
    Facet.PHASE: "Phase",
    Facet.CONFIDENCE: "Officer's confidence",
    Facet.SCHEDULE: "Schedule",
    Facet.FRESHNESS: "Reports",
    Facet.BASIS: "Title is",
    Facet.STATE: "State",
    Facet.CONCERN: "To look at",
}

# Shown only while something of them is chosen: other facets say the same in more words, or there are too many values.
_QUIET = (Facet.STATE, Facet.CONCERN, Facet.MEASURE, Facet.RULE)


@dataclass(frozen=True)
class FacetRow:
    """A line: a facet's title (no value), or one of its values."""

    facet: Facet
    value: Any
    label: str
    count: int = 0
    chosen: bool = False


@dataclass(frozen=True)
class Labels:
    """What values are called that are no words of a vocabulary; `mine` is the person's own organisation, if any."""

    themes: Mapping[int, str]
    leads: Mapping[str, str]
    mine: str | None

    def of(self, facet: Facet, value: Any) -> str:
        """A value as people read it."""
        if facet is Facet.THEME:
            return f"{value} {self.themes.get(value, '')}".strip()
        if facet is Facet.LEAD:
            return self.leads.get(value, str(value))
        if facet is Facet.MINE:
            return "mine" if value == self.mine else f"with {self.leads.get(value, value)}"
        if facet in (Facet.MEASURE, Facet.RULE):
            return f"{TITLES[facet].lower()} {one_line(str(value))}"
        symbol = SYMBOLS.get(str(value), ("", ""))[0]
        return f"{symbol} {words(str(value))}".strip()


def labels_of(standing: "Overview", mine: str | None) -> Labels:
    """What the plan's themes and organisations are called."""
    leads = {group.organisation.key: one_line(group.organisation.short_name) for group in standing.organisations}
    return Labels({theme.number: one_line(theme.title) for theme in standing.plan.themes}, leads, mine)


def facet_rows(counts: "Counts", filters: Filters, labels: Labels) -> list[FacetRow]:
    """The lines of the pane. Values that would leave nothing are not offered, unless they are chosen."""
    rows: list[FacetRow] = []
    for facet in Facet:
        chosen = filters.chosen(facet)
        if facet in _QUIET and not chosen:
            continue
        offered = [labels.mine] if facet is Facet.MINE and labels.mine else []
        values = offered if facet is Facet.MINE else list(counts[facet])
        values += sorted(chosen - set(values))
        found = [FacetRow(facet, value, labels.of(facet, value), counts[facet].get(value, 0), value in chosen)
                 for value in values]  # fmt: skip
        kept = [row for row in found if row.count or row.chosen]
        rows += [FacetRow(facet, None, TITLES[facet]), *kept] if kept else []
    return rows


def _label(row: FacetRow) -> Content:
    if row.value is None:
        return Content.styled(row.label, HEADING)
    return Content.styled(f"■ {row.label}", STRONG) if row.chosen else Content.styled(f"  {row.label}", "")


def _count(row: FacetRow) -> Content:
    return Content("") if row.value is None else Content.styled(f"{row.count:,}", MUTED)


COLUMNS: list[Column[FacetRow]] = [
    Column("label", "Narrow by", lambda row, _: _label(row), 20, comfort=20),
    Column("count", "", lambda row, _: _count(row), 7, right=True),
]


class FacetPane(Table[FacetRow]):
    """A line under the cursor is chosen or let go with space or enter; the list beside it follows at once."""

    BINDINGS: ClassVar[list[BindingType]] = bindings.FACETS

    @dataclass
    class Toggled(Message):
        """A value was chosen, or let go."""

        facet: Facet
        value: Any

    def __init__(self) -> None:
        super().__init__(COLUMNS, lambda row: (row.facet, row.value), empty="Reading…", id="facets")

    def show(
        self,
        rows: Sequence[FacetRow],
        *,
        empty: str | None = None,
        find: Callable[[FacetRow], int | None] | None = None,
    ) -> None:
        """Show other lines; the cursor stays on its value."""
        super().show(rows, empty=empty, find=find)
        self.cursor = self.validate_cursor(self.cursor)

    def validate_cursor(self, cursor: int) -> int:
        """Keep the cursor on a value: a facet's title is passed over, the way the cursor goes."""
        place = super().validate_cursor(cursor)
        if not self.rows or self.rows[place].value is not None:
            return place
        return place - 1 if 0 < place < self.cursor else place + 1

    def action_choose(self) -> None:
        """Choose the value under the cursor, or let it go."""
        if self.row is not None and self.row.value is not None:
            self.post_message(self.Toggled(self.row.facet, self.row.value))
