"""Looking up the merged cells of a sheet."""

from bisect import bisect_right
from collections.abc import Iterable

from planner.intake.sheets import Merged, Sheet


class MergedCells:
    """The merged cells of one sheet, within the columns that it uses."""

    def __init__(self, sheet: Sheet) -> None:
        used = max((len(row.values) for row in sheet.rows), default=0)
        merged = sorted(_used(sheet.merged, used), key=lambda one: (one.first_row, one.first_column))
        self._across = {
            (one.first_row, one.first_column): min(one.last_column, used)
            for one in merged
            if one.last_column > one.first_column
        }
        self._last_row = {(one.first_row, one.first_column): one.last_row for one in merged}
        self._down: dict[int, list[tuple[int, int]]] = {}
        for one in merged:
            if one.last_row > one.first_row:
                for column in range(one.first_column, min(one.last_column, used) + 1):
                    self._down.setdefault(column, []).append((one.first_row, one.last_row))

    def last_column(self, row: int, column: int) -> int:
        """Return the last column of the block that begins with a cell: the cell's own column if it is not merged."""
        return self._across.get((row, column), column)

    def last_row(self, row: int, column: int) -> int:
        """Return the last row of the block that begins with a cell: the cell's own row if it is not merged."""
        return self._last_row.get((row, column), row)

    def first_row(self, row: int, column: int) -> int | None:
        """Return the first row of the block that covers a cell from above, or None if the cell is in no such block."""
        blocks = self._down.get(column)
        if blocks is None:
            return None
        at = bisect_right(blocks, (row - 1, 1 << 62)) - 1
        return blocks[at][0] if at >= 0 and blocks[at][0] < row <= blocks[at][1] else None


def _used(merged: Iterable[Merged], used: int) -> list[Merged]:
    return [one for one in merged if one.first_column <= used]
