"""Whatever is recorded in whatever order, the register reads as a plain model of the rules of the two clocks says."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from planner.base.errors import PlannerError
from planner.domain.rules.freshness import freshness
from planner.domain.rules.progress import Step, expected_percent
from planner.domain.rules.schedule import schedule
from planner.domain.vocabulary import Completion, Confidence, Confirmation, MeasuredBy, Phase
from planner.queries.items.register import read_register
from planner.queries.items.views import ItemView
from planner.register.plan_view import PlanView
from planner.register.plans import last_recorded
from planner.register.point import Point
from planner.register.reading import Reading
from planner.register.writing import Writing
from planner.store.database import Database
from planner.store.journal import Actor, writing
from planner.writes.items import item_row
from planner.writes.reports.confirmations import confirm_ending, return_report
from planner.writes.reports.dates import move_due_date, move_milestone
from planner.writes.reports.milestones import forecast_milestone, meet_milestone
from planner.writes.reports.status import Report
from planner.writes.undo import undo
from tests.effort import EFFORT
from tests.factories import ACTOR, COLLEAGUE, plan_of, reading_of, record_report, writing_by

FIRST_DAY, TODAY = date(2020, 3, 2), date(2020, 4, 12)
FIRST_INSTANT = datetime(2020, 3, 2, tzinfo=UTC)
CODES = ("T-001", "T-002")

days = st.dates(FIRST_DAY, TODAY)
# Also backwards: the machine's clock may be set back between two writes.
instants = st.integers(0, 60).map(lambda hours: FIRST_INSTANT + timedelta(hours=hours))
codes = st.sampled_from(CODES)
actors = st.sampled_from((ACTOR, COLLEAGUE))


@dataclass(frozen=True)
class Write:
    """Something somebody does, at an instant."""

    kind: str
    code: str
    at: datetime
    as_of: date
    number: Any = None
    new: Any = None
    report: Report = field(default_factory=Report)
    actor: Actor = ACTOR


reports = st.builds(
    Report,
    phase=st.none() | st.sampled_from(Phase),
    confidence=st.none() | st.sampled_from(Confidence),
    percent=st.none() | st.integers(0, 100),
    done=st.just("Work."),
    evidence=st.just("A photo."),
)
completions = st.just(Report(phase=Phase.COMPLETED, evidence="A photo."))
writes = st.one_of(
    st.builds(Write, st.just("report"), codes, instants, days, report=reports | completions, actor=actors),
    st.builds(Write, st.just("move"), codes, instants, days, st.none() | st.integers(1, 3), st.dates(TODAY)),
    st.builds(Write, st.just("meet"), codes, instants, days, st.integers(1, 3)),
    st.builds(Write, st.just("forecast"), codes, instants, days, st.integers(1, 3), st.dates(TODAY)),
    st.builds(Write, st.just("retitle"), codes, instants, days),
    st.builds(Write, st.sampled_from(("confirm", "return")), codes, instants, st.just(TODAY), actor=actors),
    st.builds(Write, st.just("undo"), codes, instants, st.just(TODAY), actor=actors),
)

# The same with one item, few days and mostly completions, so that answers meet reports.
few_days = st.sampled_from((TODAY - timedelta(days=1), TODAY))
answered_writes = st.one_of(
    st.builds(Write, st.just("report"), st.just("T-001"), instants, few_days, report=completions, actor=actors),
    st.builds(Write, st.just("report"), st.just("T-001"), instants, few_days, report=reports, actor=actors),
    *(
        st.builds(Write, st.just(kind), st.just("T-001"), instants, st.just(TODAY), actor=actors)
        for kind in ("confirm", "return", "undo")
    ),
)


@dataclass(frozen=True)
class Fact:
    """What a write recorded, of which thing, on the two clocks; who recorded it; when it was taken back, if it was."""

    about: tuple[Any, ...]
    as_of: date
    recorded_at: datetime
    value: Any
    actor: Actor = ACTOR
    taken_back_at: datetime | None = None

    def known(self, point: Point) -> bool:
        """Whether it was recorded by then and not yet taken back."""
        if point.known_at is None:
            return self.taken_back_at is None
        return self.recorded_at <= point.known_at and not (self.taken_back_at and self.taken_back_at <= point.known_at)


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
    by = Writing(session, plan, write.actor, TODAY, write.at)
    if write.kind == "report":
        view = record_report(
            session, write.actor, plan, write.code, write.report, as_of=write.as_of, today=TODAY, at=write.at
        )
        return Fact(("report", write.code), view.as_of, view.recorded_at, view, write.actor)
    if write.kind in ("confirm", "return"):
        confirmed = write.kind == "confirm"
        answer = confirm_ending(by, write.code) if confirmed else return_report(by, write.code, "Why?")
        return Fact(("answer", write.code), TODAY, answer.recorded_at, answer.outcome, write.actor)
    if write.kind == "retitle":
        with writing(session, ACTOR, write.at) as journal:
            journal.change(item_row(session, plan, write.code), {"title": title}, action="edit", label=write.code)
        return Fact(("title", write.code), FIRST_DAY, journal.at, title)
    if write.kind == "move":
        place = (write.new, "A reason.")
        moved = (
            move_due_date(by, write.code, *place, as_of=write.as_of)
            if write.number is None
            else move_milestone(by, write.code, write.number, *place, as_of=write.as_of)
        )
        return Fact(("date", write.code, write.number), moved.as_of, moved.recorded_at, moved.new)
    if write.kind == "meet":
        done = meet_milestone(by, write.code, write.number, write.as_of)
    else:
        done = forecast_milestone(by, write.code, write.number, write.new, as_of=write.as_of)
    return Fact(("milestone", write.code, write.number), done.as_of, done.recorded_at, (done.met_on, done.forecast))


class Model:
    """What was recorded, in order, and what follows from it by the rules."""

    def __init__(self) -> None:
        self.facts: list[Fact] = []
        # Which report each answer is to, by their places in the order.
        self.answered: dict[int, int] = {}

    def add(self, fact: Fact) -> None:
        """Note what was recorded. An answer is to the report that holds when it is given."""
        if fact.about[0] == "answer":
            report = self.holding(Point(TODAY), "report", fact.about[1])
            assert report is not None
            self.answered[len(self.facts)] = report
        self.facts.append(fact)

    def last_write(self, actor: Actor) -> int | None:
        """The place of somebody's last write, if it can be taken back."""
        mine = [place for place, fact in enumerate(self.facts) if fact.actor == actor and fact.taken_back_at is None]
        if not mine or self.facts[mine[-1]].about[0] == "title" or self._answers(mine[-1], Point(TODAY)):
            return None
        return mine[-1]

    def take_back(self, place: int, at: datetime) -> None:
        """Note that a write was taken back."""
        self.facts[place] = replace(self.facts[place], taken_back_at=at)

    def holding(self, point: Point, *about: Any, counting: bool = True) -> int | None:
        """The place of the fact that holds: of those that count, of the latest date, then the last recorded."""
        known = [
            (fact.as_of, place)
            for place, fact in enumerate(self.facts)
            if fact.about == about
            and fact.as_of <= point.as_of
            and fact.known(point)
            and counting is not self._returned(place, point)
        ]
        return max(known)[1] if known else None

    def latest(self, point: Point, *about: Any, otherwise: Any = None) -> Any:
        """What the fact that holds says."""
        place = self.holding(point, *about)
        return otherwise if place is None else self.facts[place].value

    def _answers(self, report: int, point: Point) -> list[int]:
        """The answers to a report that are known and stand."""
        return [place for place, of in self.answered.items() if of == report and self.facts[place].known(point)]

    def _returned(self, report: int, point: Point) -> bool:
        return any(self.facts[place].value is Confirmation.RETURNED for place in self._answers(report, point))

    def returned(self, point: Point, code: str) -> Any:
        """The report that was returned last, where none that counts took its place."""
        place = self.holding(point, "report", code, counting=False)
        if place is None:
            return None
        holding = self.holding(point, "report", code)
        if holding is not None:
            report, other = self.facts[place], self.facts[holding]
            since = max(self.facts[answer].recorded_at for answer in self._answers(place, point))
            if (other.as_of, holding) > (report.as_of, place) or other.recorded_at > since:
                return None
        return self.facts[place].value

    def completion(self, point: Point, code: str) -> Completion:
        """A completion is confirmed with any report that counts and says the same of it."""
        last = self.latest(point, "report", code)
        if last is None or last.phase is not Phase.COMPLETED:
            return Completion.NONE
        for place, fact in enumerate(self.facts):
            same = fact.about == ("report", code) and fact.value.completed_on == last.completed_on
            outcomes = {self.facts[answer].value for answer in self._answers(place, point)}
            if same and fact.as_of <= point.as_of and fact.known(point) and outcomes == {Confirmation.CONFIRMED}:
                return Completion.CONFIRMED
        return Completion.AWAITING


def expected_state(item: ItemView, model: Model, plan: PlanView, point: Point) -> dict[str, Any]:
    """What the model says of an item, from how it was first agreed and the facts since."""
    latest = model.latest
    last = latest(point, "report", item.code)
    phase = last.phase if last else Phase.NOT_STARTED
    reports_on = {
        milestone.number: latest(point, "milestone", item.code, milestone.number, otherwise=(None, None))
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
    due = latest(point, "date", item.code, None, otherwise=item.baseline_due)
    steps = [Step(milestone.baseline, milestone.weight) for milestone in item.milestones]
    expected = expected_percent(item.starts, item.baseline_due, steps, point.as_of)
    title_point = Point(TODAY, point.known_at)
    return {
        "title": latest(title_point, "title", item.code, otherwise=item.title),
        "phase": phase,
        "confidence": last.confidence if last else None,
        "actual": actual,
        "expected": expected,
        "current_due": due,
        "milestones": [
            (
                latest(point, "date", item.code, milestone.number, otherwise=milestone.baseline),
                *reports_on[milestone.number],
            )
            for milestone in item.milestones
        ],
        "schedule": schedule(phase, due, expected, actual, point.as_of, plan.settings),
        "freshness": freshness(phase, item.starts, last.as_of if last else None, point.as_of, plan.settings),
        "last": last,
        "completion": model.completion(point, item.code),
        "returned": model.returned(point, item.code),
    }


def shown_state(item: ItemView) -> dict[str, Any]:
    """The same of an item as the register shows it."""
    names = ("title", "phase", "confidence", "actual", "expected", "current_due", "schedule", "freshness", "last")
    return {
        **{name: getattr(item, name) for name in names},
        "milestones": [(milestone.current, milestone.met_on, milestone.forecast) for milestone in item.milestones],
        "completion": item.completion,
        "returned": item.returned and item.returned.report,
    }


def taken_back(session: Session, write: Write, model: Model) -> None:
    """Undo, and see that it takes back just what the model says it would, or is refused where it would nothing."""
    place = model.last_write(write.actor)
    try:
        undone = undo(writing_by(session, write.actor, write.at))
    except PlannerError:
        assert place is None
        return
    assert place is not None
    assert undone.recorded_at == model.facts[place].recorded_at
    at = last_recorded(session)
    assert at is not None
    model.take_back(place, at)


asked_for = st.lists(st.tuples(days, st.integers(0, 12), st.booleans()), max_size=4)


@settings(max_examples=10 * EFFORT, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(writes, max_size=12), asked_for)
def test_the_register_reads_as_the_model_says(
    register: Database, planned: list[Write], asked: list[tuple[date, int, bool]]
):
    compare(register, planned, asked)


@settings(max_examples=10 * EFFORT, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(answered_writes, min_size=3, max_size=12), asked_for)
def test_it_does_so_while_one_item_s_reports_are_answered_and_taken_back(
    sqlite_register: Database, planned: list[Write], asked: list[tuple[date, int, bool]]
):
    compare(sqlite_register, planned, asked)


def compare(register: Database, planned: list[Write], asked: list[tuple[date, int, bool]]) -> None:
    """Make the writes that are not refused, and see that register and model agree now and at the points asked for."""
    with rolled_back(register) as session:
        plan = plan_of(session)
        agreed = read_register(reading_of(session, FIRST_DAY), CODES)
        model = Model()
        for number, write in enumerate(planned):
            if write.kind == "undo":
                taken_back(session, write, model)
                continue
            try:
                model.add(carried_out(session, plan, write, f"Title {number}"))
            except PlannerError:
                continue  # A refused write records nothing, so the model has nothing of it either.
        changes = [instant for fact in model.facts for instant in (fact.recorded_at, fact.taken_back_at) if instant]
        points = [Point(TODAY)]
        for day, chosen, just_before in asked:
            changed = changes[chosen] if chosen < len(changes) else None
            points.append(Point(day, changed - timedelta(microseconds=int(just_before)) if changed else None))
        for point in points:
            shown = read_register(Reading(session, plan, point), CODES)
            assert [shown_state(item) for item in shown] == [
                expected_state(item, model, plan, point) for item in agreed
            ]
