"""The filled rows of all files, item by item, and rows in which an item was filled in twice."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from planner.base.language import tr
from planner.base.listing import with_semicolons
from planner.base.visible_text import shortened
from planner.intake.proposed import Problem, Severity
from planner.reporting.fields import label_of
from planner.sheets.identity import SheetRow
from planner.sheets.reading.cell_values import plain_text
from planner.sheets.reading.filled import FilledRow, FilledSheet

# How much of an entry is shown in a message.
_LONGEST = 60


@dataclass
class ItemRows:
    """All filled rows about an item, of all files. `sheet` is the first file that has one.

    `doubled` are the rows that say something else about the same item, in the same file or in another one.
    """

    item: SheetRow
    sheet: FilledSheet
    rows: list[FilledRow] = field(default_factory=list)
    doubled: list[FilledRow] = field(default_factory=list)

    def add(self, sheet: FilledSheet, row: FilledRow) -> None:
        """Add a row. A row that repeats an earlier one of the same period adds nothing."""
        earlier = self._same_part(row)
        same_period = sheet.identity.day == self.sheet.identity.day
        if earlier is not None and same_period and _texts(earlier) == _texts(row):
            return
        if sheet is not self.sheet or earlier is not None:
            self.doubled.append(row)
        else:
            self.rows.append(row)

    def doubled_problems(self) -> list[Problem]:
        """Return the problem of each doubled row, with the words in which the two rows differ."""
        return [self._doubled_problem(row) for row in self.doubled]

    def _doubled_problem(self, row: FilledRow) -> Problem:
        earlier, code = self._same_part(row), self.item.code
        if earlier is None:
            what = tr("{code} was also filled in at {place}", code=code, place=self.rows[0].place)
        else:
            words = with_semicolons(_differing(earlier, row)) or tr("the sheet of another period says the same")
            what = tr("{code} was also filled in at {place}: {words}", code=code, place=earlier.place, words=words)
        do = tr(
            "Keep the entries in one of the two rows. Or take the files back one after the other, the earlier period "
            "first; the preview of the second one then says how its entries can count too"
        )
        return Problem(Severity.ERROR, row.place, None, "", what, do)

    def _same_part(self, row: FilledRow) -> FilledRow | None:
        """Return the earlier row about the same part of the item: the report, a milestone or an indicator."""
        return next((earlier for earlier in self.rows if earlier.part == row.part), None)


def rows_by_item(sheets: Iterable[FilledSheet]) -> Mapping[int, ItemRows]:
    """Return the filled rows of some sheets by the ids of their items."""
    found: dict[int, ItemRows] = {}
    for sheet in sheets:
        for row in sheet.rows:
            found.setdefault(row.item.id, ItemRows(row.item, sheet)).add(sheet, row)
    return found


def _texts(row: FilledRow) -> dict[str, str]:
    return {name: plain_text(cell.value) for name, cell in row.cells.items()}


def _differing(earlier: FilledRow, row: FilledRow) -> list[str]:
    """Return the fields that differ between two rows, each with what it has in them."""
    there, here = _texts(earlier), _texts(row)
    return [
        tr(
            "{label} is “{there}” there and “{here}” here",
            label=label_of(name) or name,
            here=shortened(here.get(name, ""), _LONGEST),
            there=shortened(there.get(name, ""), _LONGEST),
        )
        for name in {**there, **here}
        if there.get(name) != here.get(name)
    ]
