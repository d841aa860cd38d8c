"""The list of items on which the three opinions differ, with what each of them says, by whom and as of which day."""

from collections.abc import Iterable

from planner.base.views import value_class
from planner.domain.rules.opinions import Difference
from planner.domain.vocabulary import Confidence, Schedule
from planner.queries.items.columns import WHICH_ITEM, of_report
from planner.queries.items.ordering import register_order
from planner.queries.items.views import ItemView
from planner.queries.opinions.assessments import AssessmentView, read_assessments
from planner.queries.opinions.opinions import Opinions
from planner.register.reading import Reading
from planner.tables import columns
from planner.tables.columns import Column


@value_class
class OpinionRow:
    """An item with the opinions about it. `simulated` is true in a demonstration."""

    opinions: Opinions
    simulated: bool

    @property
    def item(self) -> ItemView:
        """The item."""
        return self.opinions.item

    @property
    def assessment(self) -> AssessmentView | None:
        """The last assessment of the item, or None if nobody has assessed it."""
        return self.opinions.assessment

    @property
    def differ(self) -> tuple[Difference, ...]:
        """Which of the opinions differ."""
        return self.opinions.differ


def read_opinions(reading: Reading, items: Iterable[ItemView], *, agreeing: bool = False) -> list[OpinionRow]:
    """Return the items on which opinions differ; with `agreeing`, those too that were assessed and where none do.

    First come the items of which officer and assessment say different things, then those where one of them differs from
    the schedule.
    """
    found = read_assessments(reading)
    rows = [OpinionRow(Opinions(item, found.get(item.id)), reading.plan.simulated) for item in items]
    return sorted((row for row in rows if row.differ or (agreeing and row.assessment)), key=_order)


_DIFFERENCES = tuple(Difference)


def _order(row: OpinionRow) -> tuple[int, object]:
    first = _DIFFERENCES.index(row.differ[0]) if row.differ else len(_DIFFERENCES)
    return first, register_order(row.item)


OPINION_COLUMNS: tuple[Column[OpinionRow], ...] = (
    columns.texts(
        "differ",
        lambda row: tuple(one.value for one in row.differ),
        "Which two opinions differ: `officer_assessment` if the two ratings are not the same; `assessment_schedule` "
        "or `officer_schedule` if that rating is green although the schedule is overdue or off track.",
    ),
    *WHICH_ITEM,
    columns.word(
        "confidence",
        lambda row: row.item.confidence,
        "The officer's own rating: `green`, `amber` or `red`. Empty if the last report has none.",
        "Officer's rating",
        one_of=Confidence,
        optional=True,
    ),
    columns.text(
        "reported_by",
        of_report(lambda report: report.actor),
        "The login of the officer who made the last report.",
        optional=True,
    ),
    columns.day(
        "reported_on",
        of_report(lambda report: report.as_of),
        "The as-of date of the last report.",
        optional=True,
    ),
    columns.word(
        "schedule",
        lambda row: row.item.schedule,
        "The computed schedule.",
        one_of=Schedule,
    ),
    columns.whole_number(
        "days_late", lambda row: row.item.days_late, "The number of days after the current due date; else 0."
    ),
    columns.word(
        "assessment",
        lambda row: row.assessment.rating if row.assessment else None,
        "The rating of the last assessment. Empty if nobody has assessed the item.",
        one_of=Confidence,
        optional=True,
    ),
    columns.text(
        "assessed_by",
        lambda row: row.assessment.actor if row.assessment else None,
        "The login of the auditor or manager who assessed the item.",
        optional=True,
    ),
    columns.day(
        "assessed_on",
        lambda row: row.assessment.as_of if row.assessment else None,
        "The as-of date of the assessment.",
        optional=True,
    ),
    columns.text(
        "reason",
        lambda row: row.assessment.reason if row.assessment else None,
        "Why it was assessed so.",
        "Reason of assessment",
        optional=True,
    ),
    columns.text(
        "evidence_seen",
        lambda row: row.assessment.evidence if row.assessment else None,
        "The evidence that was seen for the assessment.",
        optional=True,
    ),
)
