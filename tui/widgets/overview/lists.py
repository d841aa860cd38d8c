"""The lists of the overview: changed items, overdue and upcoming dates, missing reports, and items to check."""

from typing import TYPE_CHECKING

from textual.content import Content

from planner.base.language import later, tr
from planner.domain.vocabulary import Concern
from tui.marks import MUTED, TROUBLE, colour, fitting_name, mark, one_line, points, timeline_mark
from tui.widgets.table import Column, code_column

if TYPE_CHECKING:
    from datetime import date

    from planner.queries.items.views import ItemView
    from planner.queries.moves.item_moves import ItemMove
    from planner.queries.weeks.deadlines import Deadline
    from planner.queries.weeks.missing_reports import Reporting


def _organisation(reporting: "Reporting", width: int) -> Content:
    return Content(fitting_name(reporting.organisation.name, reporting.organisation.short_name, width))


MOVED_COLUMNS: "list[Column[ItemMove]]" = [
    code_column(lambda row: row.item.code, later("Code"), 5),
    Column("movement", later("Movement"), lambda row, _: _movement(row), 24),
    Column("points", later("Points"), lambda row, _: points(row.points), 6, right=True, rank=2),
    Column("title", later("Item"), lambda row, _: Content(one_line(row.item.title)), 24, comfort=24),
    Column("schedule", later("Schedule"), lambda row, _: mark(row.item.schedule), 11, rank=1),
]

NOT_REPORTED_COLUMNS: "list[Column[Reporting]]" = [
    Column("organisation", later("Organisation"), _organisation, 20, comfort=20),
    Column("owed", later("Reports due"), lambda row, _: Content(str(row.owed)), 11, right=True),
    Column("reported", later("Reported"), lambda row, _: Content(str(row.reported)), 8, right=True),
    Column("silent", later("∅ silent"), lambda row, _: _silent(row), 8, right=True),
    Column("weeks", later("Weeks silent"), lambda row, _: Content(str(row.weeks)), 12, right=True),
]

TO_CHECK_COLUMNS: "list[Column[ItemView]]" = [
    code_column(lambda row: row.code, later("Code"), 5),
    Column("concern", later("To check"), lambda row, _: _concern(row), 15),
    Column("schedule", later("Schedule"), lambda row, _: mark(row.schedule), 11, rank=1),
    Column("title", later("Item"), lambda row, _: Content(one_line(row.title)), 20, comfort=20),
]


def _movement(moved: "ItemMove") -> Content:
    from planner.queries.moves.in_words import in_words

    return Content.styled(in_words(moved.move), TROUBLE if moved.worse else "")


def due_columns(as_of: "date") -> "list[Column[Deadline]]":
    """Return the columns of the lists of overdue and upcoming dates, as of a day."""
    return [
        Column("date", later("Due"), lambda row, _: _due_date(row), 13),
        Column("days", later("Days"), lambda row, _: _days(row, as_of), 5, right=True),
        code_column(lambda row: row.item.code, later("Code"), 5),
        Column("title", later("Milestone or item"), lambda row, _: _title(row), 24, comfort=24),
    ]


def _due_date(deadline: "Deadline") -> Content:
    from planner.dates.assumed import with_sign

    symbol, style = timeline_mark(deadline.state)
    return Content.styled(f"{symbol} {with_sign(deadline.current, assumed=deadline.assumed)}", style)


def _days(deadline: "Deadline", as_of: "date") -> Content:
    days = (deadline.current - as_of).days
    return Content.styled(f"{days:+d}" if days else tr("today"), timeline_mark(deadline.state)[1] if days <= 0 else "")


def _title(deadline: "Deadline") -> Content:
    """Return the title of the milestone or the item that is due."""
    if deadline.milestone is not None:
        return Content(one_line(deadline.milestone.title))
    return Content.assemble((f"{tr('Item:')} ", MUTED), one_line(deadline.item.title))


def _silent(reporting: "Reporting") -> Content:
    return Content.styled(str(reporting.silent), colour(Concern.SILENT) if reporting.silent else MUTED)


def _concern(item: "ItemView") -> Content:
    return mark(Concern.CONTRADICTION if item.contradiction else Concern.AWAITING)
