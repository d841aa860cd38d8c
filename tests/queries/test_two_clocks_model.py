"""Whatever is recorded in whatever order, the register reads as a plain model of the rules of the two clocks says."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from planner.db.database import Database
from planner.errors import PlannerError
from planner.journal import writing
from planner.queries.plans import PlanView
from planner.queries.point import Point
from planner.queries.register import read_register
from planner.queries.views import ItemView
from planner.rules.freshness import freshness
from planner.rules.progress import Step, expected_percent
from planner.rules.schedule import schedule
from planner.vocabulary import Confidence, MeasuredBy, Phase
from planner.writes.dates import move_due_date, move_milestone
from planner.writes.items import item_row
from planner.writes.milestones import forecast_milestone, meet_milestone
from planner.writes.status import Report, record_status
from tests.effort import EFFORT
from tests.factories import ACTOR, plan_of

FIRST_DAY, TODAY = date(2020, 3, 2), date(2020, 4, 12)
FIRST_INSTANT = datetime(2020, 3, 2, tzinfo=UTC)
CODES = ("T-001", "T-002")

days = st.dates(FIRST_DAY, TODAY)
# Also backwards: the machine's clock may be set back between two writes.
instants = st.integers(0, 60).map(lambda hours: FIRST_INSTANT + timedelta(hours=hours))
codes = st.sampled_from(CODES)


@dataclass(frozen=True)
class Write:
    """Something an officer does, at an instant."""

    kind: str
    code: str
    at: datetime
    as_of: date
    number: Any = None
    new: Any = None
    report: Report = field(default_factory=Report)


reports = st.builds(
    Report,
    phase=st.none() | st.sampled_from(Phase),
    confidence=st.none() | st.sampled_from(Confidence),
    percent=st.none() | st.integers(0, 100),
    done=st.just("Work."),
)
writes = st.one_of(
    st.builds(Write, st.just("report"), codes, instants, days, report=reports),
    st.builds(Write, st.just("move"), codes, instants, days, st.none() | st.integers(1, 3), st.dates(TODAY)),
    st.builds(Write, st.just("meet"), codes, instants, days, st.integers(1, 3)),
    st.builds(Write, st.just("forecast"), codes, instants, days, st.integers(1, 3), st.dates(TODAY)),
    st.builds(Write, st.just("retitle"), codes, instants, days),
)


@dataclass(frozen=True)
class Fact:
    """What a write recorded, of which thing, on the two clocks."""

    about: tuple[Any, ...]
    as_of: date
    recorded_at: datetime
    value: Any


@contextmanager
def rolled_back(database: Database) -> Iterator[Session]:
    """A session whose commits are all gone at the end, so that each example begins with the same register."""
    with database.engine.connect() as connection:
        everything = connection.begin()
        with Session(connection, join_transaction_mode="create_savepoint", expire_on_commit=False) as session:
            yield session
        everything.rollback()


def carried_out(session: Session, plan: PlanView, write: Write, title: str) -> Fact:
    """Make a write, and give what it recorded."""
    days_of: dict[str, Any] = {"as_of": write.as_of, "today": TODAY, "at": write.at}
    if write.kind == "report":
        view = record_status(session, ACTOR, plan, write.code, write.report, **days_of)
        return Fact(("report", write.code), view.as_of, view.recorded_at, view)
    if write.kind == "retitle":
        with writing(session, ACTOR, write.at) as journal:
            journal.change(item_row(session, plan, write.code), {"title": title}, action="edit", label=write.code)
        return Fact(("title", write.code), FIRST_DAY, journal.at, title)
    if write.kind == "move":
        place = (write.new, "A reason.")
        moved = (
            move_due_date(session, ACTOR, plan, write.code, *place, **days_of)
            if write.number is None
            else move_milestone(session, ACTOR, plan, write.code, write.number, *place, **days_of)
        )
        return Fact(("date", write.code, write.number), moved.as_of, moved.recorded_at, moved.new)
    if write.kind == "meet":
        done = meet_milestone(session, ACTOR, plan, write.code, write.number, write.as_of, today=TODAY, at=write.at)
    else:
        done = forecast_milestone(session, ACTOR, plan, write.code, write.number, write.new, **days_of)
    return Fact(("milestone", write.code, write.number), done.as_of, done.recorded_at, (done.met_on, done.forecast))


def latest(facts: list[Fact], point: Point, *about: Any, otherwise: Any = None) -> Any:
    """The value that holds: of all known facts up to the date the one of the latest date, then the last recorded."""
    known = [
        (fact.as_of, order)
        for order, fact in enumerate(facts)
        if fact.about == about
        and fact.as_of <= point.as_of
        and (point.known_at is None or fact.recorded_at <= point.known_at)
    ]
    return facts[max(known)[1]].value if known else otherwise


def expected_state(item: ItemView, facts: list[Fact], plan: PlanView, point: Point) -> dict[str, Any]:
    """What the model says of an item, from how it was first agreed and the facts since."""
    last = latest(facts, point, "report", item.code)
    phase = last.phase if last else Phase.NOT_STARTED
    reports_on = {
        milestone.number: latest(facts, point, "milestone", item.code, milestone.number, otherwise=(None, None))
        for milestone in item.milestones
    }
    met = sum(milestone.weight for milestone in item.milestones if reports_on[milestone.number][0])
    actual: float | None
    if phase is Phase.COMPLETED:
        actual = 100.0
    elif item.measured_by is MeasuredBy.MILESTONES:
        actual = 100 * met / sum(milestone.weight for milestone in item.milestones)
    else:
        actual = last.percent if last else None
    due = latest(facts, point, "date", item.code, None, otherwise=item.baseline_due)
    steps = [Step(milestone.baseline, milestone.weight) for milestone in item.milestones]
    expected = expected_percent(item.starts, item.baseline_due, steps, point.as_of)
    title_point = Point(TODAY, point.known_at)
    return {
        "title": latest(facts, title_point, "title", item.code, otherwise=item.title),
        "phase": phase,
        "confidence": last.confidence if last else None,
        "actual": actual,
        "expected": expected,
        "current_due": due,
        "milestones": [
            (
                latest(facts, point, "date", item.code, milestone.number, otherwise=milestone.baseline),
                *reports_on[milestone.number],
            )
            for milestone in item.milestones
        ],
        "schedule": schedule(phase, due, expected, actual, point.as_of, plan.settings),
        "freshness": freshness(phase, item.starts, last.as_of if last else None, point.as_of, plan.settings),
        "last": last,
    }


def shown_state(item: ItemView) -> dict[str, Any]:
    """The same of an item as the register shows it."""
    names = ("title", "phase", "confidence", "actual", "expected", "current_due", "schedule", "freshness", "last")
    milestones = [(milestone.current, milestone.met_on, milestone.forecast) for milestone in item.milestones]
    return {**{name: getattr(item, name) for name in names}, "milestones": milestones}


@settings(max_examples=60 * EFFORT, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(writes, max_size=12), st.lists(st.tuples(days, st.integers(0, 12), st.booleans()), max_size=4))
def test_the_register_reads_as_the_model_says(
    register: Database, planned: list[Write], asked: list[tuple[date, int, bool]]
):
    with rolled_back(register) as session:
        plan = plan_of(session)
        agreed = read_register(session, plan, Point(FIRST_DAY), CODES)
        facts: list[Fact] = []
        for number, write in enumerate(planned):
            try:
                facts.append(carried_out(session, plan, write, f"Title {number}"))
            except PlannerError:
                continue  # A refused write records nothing, so the model has nothing of it either.
        points = [Point(TODAY)]
        for day, chosen, just_before in asked:
            fact = facts[chosen] if chosen < len(facts) else None
            known_at = fact.recorded_at - timedelta(microseconds=int(just_before)) if fact else None
            points.append(Point(day, known_at))
        for point in points:
            shown = read_register(session, plan, point, CODES)
            assert [shown_state(item) for item in shown] == [
                expected_state(item, facts, plan, point) for item in agreed
            ]
