"""Saying which rows of a table of tasks have no title. If most have none, another column has the titles."""

from collections.abc import Sequence

from planner.base.language import tr
from planner.base.listing import listed
from planner.base.visible_text import shortened
from planner.intake.layout.cells.reading import Doubt
from planner.intake.layout.cells.texts import text_of
from planner.intake.layout.columns.column import Column, place_of
from planner.intake.layout.findings import Findings
from planner.intake.layout.headers import Headed
from planner.intake.proposed import Field, Severity
from planner.intake.sheets import Place, Row

# With fewer rows, each is named.
_SEVERAL = 3
# So many columns are named in one message.
_MOST_COLUMNS = 20


def columns_in_words(columns: Sequence[Headed]) -> str:
    """Return the headings of the first columns in one line."""
    return listed([shortened(column.heading, 30) for column in columns], _MOST_COLUMNS)


class UntitledRows:
    """The rows of a table that have no title."""

    def __init__(self) -> None:
        self._rows: list[tuple[Row, Place]] = []

    def note(self, row: Row, place: Place) -> None:
        """Note a row without a title."""
        self._rows.append((row, place))

    def tell(self, columns: Sequence[Column], header: Place, titled: int, findings: Findings) -> list[Place]:
        """Add an error for each row, or one error if most rows of the table have no title. `titled` rows have one.

        Return the places of the rows that have no error of their own.
        """
        title = next((column for column in columns if column.field is Field.TITLE), None)
        if title is None or len(self._rows) < _SEVERAL or len(self._rows) <= titled:
            for row, place in self._rows:
                _tell_row(row, place, findings)
            return []
        what = tr(
            "{count:,} of {total:,} rows have no title in the column '{heading}'. The columns are {columns}",
            count=len(self._rows),
            total=len(self._rows) + titled,
            heading=title.headed.heading,
            columns=columns_in_words([column.headed for column in columns]),
        )
        do = tr("Say in a mapping which column has the titles, or type the missing titles")
        findings.add(Doubt(Severity.ERROR, what, do), place_of(title, header), Field.TITLE, title.headed.heading)
        return [place for _, place in self._rows]


def _tell_row(row: Row, place: Place, findings: Findings) -> None:
    shown = " | ".join(shortened(text_of(value) or "", 30) for value in row.values if value is not None)
    doubt = Doubt(Severity.ERROR, tr("the row has no title"), tr("Type the title of the task, or delete the row"))
    findings.add(doubt, place, Field.TITLE, shortened(shown, 80))
