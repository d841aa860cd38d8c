"""What rows of another register say in columns that an import takes from no other row.

A register that moves to another file keeps since when its items are in the plan, and the days, the evidence and the
reasons of its latest reports, with the milestones that are met or expected and the latest values. A date that was only
assumed there does not become the office's own here.
"""

import math
from datetime import date
from functools import cached_property

from planner.base.errors import BadValueError
from planner.base.texts import clean
from planner.base.views import value_class
from planner.domain.vocabulary import Basis
from planner.intake.comparing.asking import Asking
from planner.intake.comparing.differences.parts import PartReport
from planner.intake.comparing.exported.shown_records import ADDED_ON, DATE_BASIS, DUE_BASIS, CellTexts
from planner.intake.comparing.exported.since import SinceExport
from planner.intake.comparing.stored import StoredPlan
from planner.intake.comparing.telling.told import Told
from planner.intake.exported_rows import ExportedRows, ReadingTable
from planner.intake.layout.cells.texts import text_of
from planner.intake.proposed import Field, Given
from planner.intake.sheets import Place, Row, Value
from planner.queries.items.views import MERGED_INTO

# The facts of items, milestones and targets, by the column that has their basis.
_BASES = {
    "theme_basis": Field.THEME,
    "lead_basis": Field.LEAD,
    "start_basis": Field.START,
    DUE_BASIS: Field.DUE,
    DATE_BASIS: Field.DATE,
}


@value_class
class ShownReport:
    """What a row shows of the latest report on its item, beside its state. None is what it does not show."""

    reported_on: date | None = None
    evidence: str | None = None
    ended_on: date | None = None
    reason: str | None = None
    merged_into: str | None = None


NOTHING_SHOWN = ShownReport()


class MovedRegisters:
    """Finds what rows of new items and their parts show, if they were exported from another register or plan."""

    def __init__(
        self, plan: StoredPlan, exported: ExportedRows, since: SinceExport, asking: Asking, told: Told
    ) -> None:
        self._plan = plan
        self._exported = exported
        self._since = since
        self._asking = asking
        self._told = told

    def added_on(self, place: Place, until: date) -> date | None:
        """Return the day from which the plan has the new item of a row, or None if the row gives none.

        The item is not in the plan from a day before the plan begins or after `until`, the day of the import's reports:
        such a day is noted.
        """
        found = self._row(place)
        if found is None or found[0].subject != "items" or found[0].value(found[1], ADDED_ON) is None:
            return None
        table, row = found
        day = self._day(table, row, ADDED_ON, self._plan.starts, min(until, self._plan.ends))
        if day is None:
            self._note_untaken(table, row, ADDED_ON)
        return day

    def report(self, place: Place, until: date, added_on: date | None) -> ShownReport:
        """Return what the row of an item shows of its latest report.

        Days after `until`, the day of the import's reports, do not count, nor does the day of a report on which the
        plan did not have the item yet: it has it from `added_on`, or else from the beginning of the plan.
        """
        found = self._row(place)
        if found is None or found[0].subject != "items":
            return NOTHING_SHOWN
        table, row = found
        reported_on = self._day(table, row, "reported_on", added_on or self._plan.starts, until)
        return ShownReport(
            reported_on,
            self._text(table, row, "report_evidence"),
            self._day(table, row, "ended_on", self._plan.starts, reported_on or until),
            self._text(table, row, "ending_reason"),
            _merged_into(text_of(table.value(row, "became"))),
        )

    def part_report(self, place: Place, until: date, added_on: date | None) -> PartReport | None:
        """Return what the row of a milestone or indicator shows of the latest report on it, or None.

        A day counts as it does in the report on an item, which has the same `until` and `added_on`. A value that cannot
        be taken is noted.
        """
        found = self._row(place)
        if found is None:
            return None
        table, row = found
        first = added_on or self._plan.starts
        if table.value(row, "observed") is not None:
            return self._observed(table, row, first, until)
        if table.value(row, "met_on") is not None:
            return self._met(table, row, first, until)
        if table.value(row, "forecast_date") is not None:
            return self._forecast(table, row, first, until)
        return None

    def _observed(self, table: ReadingTable, row: Row, first: date, until: date) -> PartReport | None:
        value = _number(table.value(row, "observed"))
        as_of = until
        if value is not None and table.value(row, "observed_on") is not None:
            day = self._day(table, row, "observed_on", first, until)
            value, as_of = (value, day) if day is not None else (None, until)
        if value is None:
            self._note_untaken(table, row, "observed")
            return None
        return PartReport(as_of, value=value, evidence=self._text(table, row, "report_evidence"))

    def _met(self, table: ReadingTable, row: Row, first: date, until: date) -> PartReport | None:
        met_on = self._day(table, row, "met_on", self._plan.starts, until)
        if met_on is None:
            self._note_untaken(table, row, "met_on")
            return None
        # A milestone may be met before its item is in the plan, but nothing is known of the item on that day.
        as_of = max(met_on, first, self._day(table, row, "reported_on", first, until) or met_on)
        return PartReport(as_of, met_on=met_on, evidence=self._text(table, row, "report_evidence"))

    def _forecast(self, table: ReadingTable, row: Row, first: date, until: date) -> PartReport | None:
        forecast = self._day(table, row, "forecast_date", date.min, date.max)
        if forecast is None:
            self._note_untaken(table, row, "forecast_date")
            return None
        as_of = self._day(table, row, "reported_on", first, until) or until
        return PartReport(as_of, forecast=forecast, evidence=self._text(table, row, "report_evidence"))

    def _note_untaken(self, table: ReadingTable, row: Row, column: str) -> None:
        value = table.value(row, column)
        given = Given(value if isinstance(value, date) else text_of(value), table.place_of(row, column))
        self._told.unrecorded(given, column)

    def assumed(self, place: Place) -> tuple[Field, ...]:
        """Return the facts of the row of an item, a milestone or a target that were only assumed in its register."""
        found = self._row(place)
        if found is None:
            return ()
        table, row = found
        return tuple(fact for column, fact in _BASES.items() if table.value(row, column) == Basis.WORKING)

    def _row(self, place: Place) -> tuple[ReadingTable, Row] | None:
        """Return a row with its table, if it is from another register. One that was added here copies other rows."""
        return self._exported.at(place) if self._since(place) is None else None

    def _day(self, table: ReadingTable, row: Row, column: str, first: date, last: date) -> date | None:
        try:
            day = date.fromisoformat(self._texts.of(table.value(row, column), column))
        except ValueError:
            return None
        return day if first <= day <= last else None

    def _text(self, table: ReadingTable, row: Row, column: str) -> str | None:
        text = text_of(table.value(row, column))
        try:
            return clean(text, column) if text else None
        except BadValueError as error:
            self._asking.error(Given(text, table.place_of(row, column)), Field.DONE, error.what, error.do)
            return None

    @cached_property
    def _texts(self) -> CellTexts:
        return CellTexts(self._plan.starts, self._plan.ends)


def _merged_into(became: str | None) -> str | None:
    """Return the code of the item that an item was merged into, from the lines of what became of it, or None."""
    lines = (became or "").split("\n")
    return next((line.removeprefix(MERGED_INTO) for line in lines if line.startswith(MERGED_INTO)), None)


def _number(value: Value) -> float | None:
    """Return the number of a cell, or None if it has none that can be recorded."""
    try:
        number = float(text_of(value) or "")
    except ValueError:
        return None
    return number if math.isfinite(number) else None
