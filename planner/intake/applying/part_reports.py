"""The rows of reports on milestones and indicators that come from another register."""

from collections.abc import Iterable, Sequence

from planner.base.views import value_class
from planner.domain.vocabulary import Basis
from planner.intake.comparing.differences.parts import PartReport
from planner.intake.proposed import Field
from planner.store.event_actions import IMPORT
from planner.store.journal import Journal, NewRow
from planner.store.models import MilestoneReport, Observation


@value_class
class ReportedPart:
    """A report with the id, the item and the number of the milestone or indicator that it is about."""

    field: Field
    id: int
    code: str
    number: int
    report: PartReport
    reason: str


def add_part_reports(journal: Journal, parts: Sequence[ReportedPart]) -> None:
    """Add reports on milestones and indicators."""
    milestones = (one for one in parts if one.field is Field.MILESTONES)
    indicators = (one for one in parts if one.field is Field.INDICATORS)
    journal.add_many(MilestoneReport, _of_milestones(milestones), action=IMPORT)
    journal.add_many(Observation, _of_indicators(indicators), action=IMPORT)


def _of_milestones(parts: Iterable[ReportedPart]) -> Iterable[NewRow]:
    for part in parts:
        values = {
            "milestone_id": part.id,
            "as_of": part.report.as_of,
            "met_on": part.report.met_on,
            "forecast": part.report.forecast,
            "evidence": part.report.evidence,
            "basis": Basis.REGISTERED,
        }
        yield NewRow(values, f"{part.code} milestone {part.number}", part.reason)


def _of_indicators(parts: Iterable[ReportedPart]) -> Iterable[NewRow]:
    for part in parts:
        values = {
            "indicator_id": part.id,
            "as_of": part.report.as_of,
            "value": part.report.value,
            "evidence": part.report.evidence,
            "basis": Basis.REGISTERED,
        }
        yield NewRow(values, f"{part.code} indicator {part.number}", part.reason)
