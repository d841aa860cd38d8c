"""The filter pane of the register: the values of each facet, with the number of items that have each value."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar

from textual.binding import BindingType
from textual.content import Content
from textual.message import Message

from planner.base.language import later, tr, tr_later
from planner.domain.symbols import SYMBOLS, words
from planner.queries.items.filters import Facet, Filters
from tui.keys import bindings
from tui.marks import HEADING, MUTED, STRONG, one_line
from tui.widgets.table import Column, Table

if TYPE_CHECKING:
    from planner.queries.items.filter_index import Counts
    from planner.queries.weeks.overview import Overview

TITLES = {
    Facet.MINE: later("My items"),
    Facet.THEME: later("Theme"),
    Facet.MEASURE: later("Measure"),
    Facet.KIND: later("Kind"),
    Facet.LEAD: later("Lead"),
    Facet.RULE: later("Lead rule"),
    Facet.PHASE: later("Phase"),
    Facet.CONFIDENCE: later("Officer's confidence"),
    Facet.SCHEDULE: later("Schedule"),
    Facet.FRESHNESS: later("Reports"),
    Facet.BASIS: later("Title basis"),
    Facet.STATE: later("State"),
    Facet.CONCERN: later("Needs attention"),
}

# These facets are shown only while one of their values is chosen. Other facets say the same in more detail, or the
# facet has too many values.
_QUIET = (Facet.STATE, Facet.CONCERN, Facet.MEASURE, Facet.RULE)


@dataclass(frozen=True)
class FacetRow:
    """A line of the pane: one value of a facet, or the facet's title if `value` is None."""

    facet: Facet
    value: Any
    label: str
    count: int = 0
    chosen: bool = False


@dataclass(frozen=True)
class Labels:
    """The names of themes and organisations. `mine` is the key of the person's own organisation, or None."""

    themes: Mapping[int, str]
    leads: Mapping[str, str]
    mine: str | None
    kinds: dict[str, str] = field(default_factory=dict)

    def of(self, facet: Facet, value: Any) -> str:
        """Return the label of a value."""
        if facet is Facet.THEME:
            return f"{value} {self.themes.get(value, '')}".strip()
        if facet is Facet.LEAD:
            return self.leads.get(value, str(value))
        if facet is Facet.MINE:
            if value == self.mine:
                return tr("my items")
            return tr("items of {organisation}", organisation=self.leads.get(value, value))
        if facet is Facet.MEASURE:
            return tr("measure {code}", code=one_line(str(value)))
        if facet is Facet.RULE:
            return tr("lead rule {rule}", rule=one_line(str(value)))
        if facet is Facet.KIND:
            return self.kinds.get(value) or words(str(value))
        symbol = SYMBOLS.get(str(value), ("", ""))[0]
        return f"{symbol} {words(str(value))}".strip()


def labels_of(overview: "Overview", mine: str | None) -> Labels:
    """Return the names of the plan's themes and organisations."""
    leads = {group.key: one_line(group.short_name) for group in overview.organisations}
    kinds = {kind.key: one_line(kind.title) for kind in overview.plan.kinds}
    return Labels({theme.number: one_line(theme.title) for theme in overview.plan.themes}, leads, mine, kinds)


def facet_rows(counts: "Counts", filters: Filters, labels: Labels) -> list[FacetRow]:
    """Return the lines of the pane. A value that no item has is left out unless it is chosen."""
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
        rows += [FacetRow(facet, None, tr_later(TITLES[facet])), *kept] if kept else []
    return rows


def _label(row: FacetRow) -> Content:
    if row.value is None:
        return Content.styled(row.label, HEADING)
    return Content.styled(f"■ {row.label}", STRONG) if row.chosen else Content.styled(f"  {row.label}", "")


def _count(row: FacetRow) -> Content:
    return Content("") if row.value is None else Content.styled(f"{row.count:,}", MUTED)


COLUMNS: list[Column[FacetRow]] = [
    Column("label", later("Filters"), lambda row, _: _label(row), 20, comfort=20),
    Column("count", "", lambda row, _: _count(row), 7, right=True),
]


class FacetPane(Table[FacetRow]):
    """The filter pane. Space or enter turns the value under the cursor on or off, and the list updates at once."""

    BINDINGS: ClassVar[list[BindingType]] = bindings.FACETS

    @dataclass
    class Toggled(Message):
        """A person turned a filter value on or off."""

        facet: Facet
        value: Any

    def __init__(self) -> None:
        super().__init__(COLUMNS, lambda row: (row.facet, row.value), empty=tr("Loading…"), id="facets")

    def show(
        self,
        rows: Sequence[FacetRow],
        *,
        empty: str | None = None,
        find: Callable[[FacetRow], int | None] | None = None,
    ) -> None:
        """Replace the lines. The cursor stays on its value."""
        super().show(rows, empty=empty, find=find)
        self.cursor = self.validate_cursor(self.cursor)

    def validate_cursor(self, cursor: int) -> int:
        """Keep the cursor on a value. It skips the titles of facets in the direction in which it moves."""
        place = super().validate_cursor(cursor)
        if not self.rows or self.rows[place].value is not None:
            return place
        return place - 1 if 0 < place < self.cursor else place + 1

    def action_choose(self) -> None:
        """Turn the value under the cursor on or off."""
        if self.row is not None and self.row.value is not None:
            self.post_message(self.Toggled(self.row.facet, self.row.value))
