"""The columns of the register: how each cell is drawn. planner.queries.items.ordering defines the sort orders."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.content import Content

from planner.base.formats import percent
from planner.base.language import later, tr
from planner.dates.assumed import with_sign
from planner.domain.vocabulary import Schedule
from planner.queries.items.ordering import ORDERS
from tui.marks import MUTED, bar, colour, mark, one_line
from tui.widgets.table import Column, code_column

if TYPE_CHECKING:
    from planner.queries.items.views import ItemView

_Cell = Callable[["ItemView", int], Content]


def _column(
    key: str,
    title: str,
    cell: _Cell,
    width: int,
    *,
    rank: int = 0,
    right: bool = False,
    comfort: int = 0,
) -> "Column[ItemView]":
    return Column(key, title, cell, width, ORDERS.get(key), rank, right, comfort)


def _next(item: "ItemView") -> Content:
    milestone = item.next_milestone
    if milestone is None:
        return Content.styled("–", MUTED)
    day = with_sign(milestone.current, assumed=milestone.assumed)
    return Content(f"{day} {one_line(milestone.title)}")


def _due(item: "ItemView") -> Content:
    style = colour(Schedule.OVERDUE) if item.schedule is Schedule.OVERDUE else ""
    return Content.styled(with_sign(item.current_due, assumed=item.due_assumed), style)


def _reported(item: "ItemView") -> Content:
    return Content(item.last.as_of.isoformat()) if item.last else Content.styled(tr("never"), MUTED)


def _late(item: "ItemView") -> Content:
    return Content(tr("{days} d", days=item.days_late)) if item.days_late else Content.styled("·", MUTED)


COLUMNS: "tuple[Column[ItemView], ...]" = (
    replace(code_column(lambda item: item.code, later("Code")), order=ORDERS["code"]),
    _column("theme", later("Th"), lambda item, _: Content(str(item.theme)), 2, rank=5, right=True),
    _column("kind", later("Kind"), lambda item, _: Content(one_line(item.kind_title)), 11, rank=8),
    _column("measure", later("Measure"), lambda item, _: Content(item.measure or ""), 7, rank=8),
    _column("title", later("Title"), lambda item, _: Content(one_line(item.title)), 28, comfort=48),
    _column("phase", later("Phase"), lambda item, _: mark(item.phase), 13, rank=1),
    _column("bar", later("Done ┃ expected"), lambda item, width: bar(item.actual, item.expected, width), 16, rank=6),
    _column("percent", later("Done"), lambda item, _: Content(percent(item.actual)), 5, right=True),
    _column("expected", later("Expected"), lambda item, _: Content(percent(item.expected)), 8, rank=6, right=True),
    _column("schedule", later("Schedule"), lambda item, _: mark(item.schedule), 11),
    _column("confidence", later("Rating"), lambda item, _: mark(item.confidence, "–"), 7, rank=2),
    _column("freshness", later("Reports"), lambda item, _: mark(item.freshness), 10, rank=3),
    _column("reported", later("Reported"), lambda item, _: _reported(item), 10, rank=5),
    _column("due", later("Due"), lambda item, _: _due(item), 11, rank=4),
    _column("late", later("Late"), lambda item, _: _late(item), 6, rank=5, right=True),
    _column("lead", later("Lead"), lambda item, _: Content(one_line(item.lead.short_name)), 18, rank=7),
    _column("next", later("Next milestone"), lambda item, _: _next(item), 34, rank=8),
    _column("basis", later("Basis"), lambda item, _: Content.styled(item.basis.value, MUTED), 10, rank=5),
)  # fmt: skip

# The columns that are shown until a person chooses others.
USUAL = ("code", "theme", "title", "phase", "bar", "percent", "schedule", "confidence", "freshness", "due", "lead",
         "next", "basis")  # fmt: skip

TITLES = {column.key: column.title for column in COLUMNS}


def chosen_columns(
    keys: Sequence[str], selected: Collection[str], drafted: Collection[str] = ()
) -> "list[Column[ItemView]]":
    """Return the columns with these keys in the order of COLUMNS, or the usual columns if `keys` is empty.

    If items are selected, the first column marks them. If items have an unsaved report, another column marks those.
    """
    wanted = set(keys or USUAL)
    columns = [column for column in COLUMNS if column.key in wanted]
    if drafted:
        columns.insert(1, _drafts(drafted))
    return [_selection(selected), *columns] if selected else columns


def _drafts(drafted: Collection[str]) -> "Column[ItemView]":
    def cell(item: "ItemView", width: int) -> Content:
        label = f"▪ {tr('draft')}"
        shown = label if width >= cell_len(label) else "▪"
        return Content.styled(shown if item.code in drafted else "", "$text-accent")

    return Column("draft", later("Draft"), cell, 7, narrow=1, narrow_title="")


def _selection(selected: Collection[str]) -> "Column[ItemView]":
    mark_of = {True: Content.styled("■", "$text-primary"), False: Content.styled("·", MUTED)}
    return Column("selected", "", lambda item, _: mark_of[item.code in selected], 1)
