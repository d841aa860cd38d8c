"""Which reports of another register are news about what this register has already.

A register can come from another one several times. What was reported there later than here is taken, as it is of what
is new. What was reported here on the same day or later stays.
"""

from datetime import date

from planner.intake.comparing.differences.parts import PartReport
from planner.intake.comparing.exported.moved_registers import ShownReport
from planner.intake.comparing.recorded import (
    NO_INDICATOR_RECORD,
    NO_ITEM_RECORD,
    NO_MILESTONE_RECORD,
    Recorded,
)
from planner.intake.comparing.stored import StoredIndicator, StoredMilestone
from planner.intake.comparing.telling.told import Told
from planner.intake.sheets import Place


class LaterReports:
    """Compares what rows of another register show with what people reported here, and tells what stays."""

    def __init__(self, recorded: Recorded, told: Told) -> None:
        self._recorded = recorded
        self._told = told

    def is_later(self, item_id: int, shown: ShownReport) -> bool:
        """Return whether a row shows a report of a later day than the last one on the item here."""
        known = self._recorded.items.get(item_id, NO_ITEM_RECORD).reported_on
        return shown.reported_on is not None and (known is None or shown.reported_on > known)

    def is_earlier(self, item_id: int, shown: ShownReport, place: Place) -> bool:
        """Return whether a row shows a report of an earlier day than the last one on the item here, which is told."""
        known = self._recorded.items.get(item_id, NO_ITEM_RECORD).reported_on
        if shown.reported_on is None or known is None or shown.reported_on >= known:
            return False
        self._told.reported_later(place, "items")
        return True

    def note_other_evidence(self, item_id: int, shown: ShownReport, place: Place) -> None:
        """Tell that a row shows other evidence for a report of the same day, because nobody knows which is newer."""
        known = self._recorded.items.get(item_id, NO_ITEM_RECORD)
        if shown.evidence and (shown.reported_on, shown.evidence) != (known.reported_on, known.report_evidence):
            self._told.reported_later(place, "items")

    def of_part(self, part: StoredMilestone | StoredIndicator, report: PartReport, place: Place) -> PartReport | None:
        """Return a report on a milestone or an indicator if it is news, or None. One that differs and stays is told."""
        if isinstance(part, StoredMilestone):
            milestone = self._recorded.milestones.get(part.id, NO_MILESTONE_RECORD)
            known_on = milestone.reported_on
            said, evidence = (milestone.met_on, milestone.forecast_date), milestone.report_evidence
            is_same = said == (report.met_on, report.forecast)
            kind = "milestones"
        else:
            indicator = self._recorded.indicators.get(part.id, NO_INDICATOR_RECORD)
            known_on = indicator.observed_on
            evidence = indicator.report_evidence
            is_same = (indicator.observed, known_on) == (report.value, report.as_of)
            kind = "indicators"
        is_same = is_same and report.evidence in (None, evidence)
        return self._news(report, known_on, place, kind) if not is_same else None

    def _news(self, report: PartReport, known_on: date | None, place: Place, kind: str) -> PartReport | None:
        if known_on is None or report.as_of > known_on:
            return report
        self._told.reported_later(place, kind)
        return None
