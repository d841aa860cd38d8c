"""Rows of a weekly file made without a database."""

from dataclasses import replace
from datetime import UTC, date, datetime

from planner.domain.rules.settings import Settings
from planner.domain.rules.weeks import Week
from planner.domain.vocabulary import Basis, Completion, Confidence, Freshness, MeasuredBy, Phase, Schedule
from planner.queries.items.views import ItemView, OrganisationView, StatusView
from planner.register.plan_view import PlanView, ThemeView
from planner.tables.columns import Value
from planner.tables.frame import Frame
from planner.tables.table import Filled
from planner.weekly.reading import ItemAndWeekBefore
from planner.weekly.sections.items import ITEMS

REPORT = StatusView(
    id=1,
    as_of=date(2020, 4, 2),
    phase=Phase.IN_PROGRESS,
    confidence=Confidence.AMBER,
    percent=40,
    completed_on=None,
    done="Two quays mended.",
    next=None,
    blocker=None,
    help_needed=None,
    evidence=None,
    basis=Basis.REGISTERED,
    actor="ada",
    recorded_at=datetime(2020, 4, 2, tzinfo=UTC),
)

PLAN = PlanView(
    id=1,
    key="harbour-2020",
    title="Harbour Town work plan 2020",
    year=2020,
    starts=date(2020, 1, 1),
    ends=date(2020, 12, 31),
    published=None,
    time_zone="Asia/Seoul",
    issuer="Harbour Office",
    mandate="old",
    settings=Settings(),
    totals={},
    themes=(),
    simulated_today=None,
)

THREE_THEMES = replace(
    PLAN, themes=tuple(ThemeView(number, number, f"Theme {number}", "", Basis.STATED) for number in (1, 2, 3))
)

ITEM = ItemView(
    id=1,
    code="T-001",
    kind="task",
    title="Mend the quays",
    basis=Basis.STATED,
    theme=1,
    theme_title="Quays and lights",
    measure="M1.01",
    measure_title="Mended quays",
    allocation_basis=Basis.WORKING,
    lead=OrganisationView(1, "harbour-office", "Harbour Office", "Harbour"),
    lead_basis=Basis.WORKING,
    lead_rule=None,
    lead_rule_key=None,
    lead_note=None,
    supporting=(),
    starts=date(2020, 1, 1),
    starts_basis=Basis.WORKING,
    baseline_due=date(2020, 12, 31),
    due_basis=Basis.WORKING,
    current_due=date(2020, 12, 31),
    measured_by=MeasuredBy.REPORTS,
    weight=1.0,
    phase=Phase.IN_PROGRESS,
    confidence=Confidence.AMBER,
    actual=40.0,
    expected=25.0,
    schedule=Schedule.ON_TRACK,
    freshness=Freshness.REPORTED,
    days_late=0,
    days_late_baseline=0,
    contradiction=False,
    completion=Completion.NONE,
    returned=None,
    last=REPORT,
    milestones=(),
)


def weekly_row(item: ItemView = ITEM, before: ItemView = ITEM, *, simulated: bool = False) -> ItemAndWeekBefore:
    """A row of week 14 of 2020."""
    return ItemAndWeekBefore(item, before, ("old:duty-1",), simulated)


def row_of_texts(title: str, done: str | None = None, blocker: str | None = None) -> ItemAndWeekBefore:
    """A row with texts of one's own."""
    return weekly_row(replace(ITEM, title=title, last=replace(REPORT, done=done, blocker=blocker)))


def items_of(*rows: ItemAndWeekBefore, simulated: bool = False) -> Filled[ItemAndWeekBefore]:
    """The section of all items, with some rows."""
    return Filled(ITEMS, Frame(Week(2020, 14), date(2020, 4, 5), simulated), rows)


def values(row: ItemAndWeekBefore) -> dict[str, Value]:
    """A row's values by column name."""
    return items_of(simulated=row.simulated).values(row)
