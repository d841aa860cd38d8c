"""Records stories in the register in order of time, with the functions that also make normal writes."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy import select
from sqlalchemy.orm import Session

from planner.demo.chance import Chance
from planner.demo.entries import (
    Answer,
    Assessed,
    Counted,
    HelpGiven,
    LaterDateAnswer,
    LaterDateAsked,
    SimulatedDateChange,
    SimulatedEntry,
    StepForecast,
    StepMet,
)
from planner.demo.people import MANAGER
from planner.demo.subjects import Subject
from planner.demo.year import Year, end_of_day, office_time
from planner.domain.vocabulary import Basis, ExtensionOutcome
from planner.register.plan_view import PlanView
from planner.store.journal import Actor, Journal, appending
from planner.store.models import ExtensionRequest, Indicator, Item, Milestone, StatusUpdate
from planner.writes.reports.assessments import add_assessment
from planner.writes.reports.confirmations import add_answer
from planner.writes.reports.dates import add_date_change
from planner.writes.reports.extensions import add_extension_grant, add_extension_refusal, add_extension_request
from planner.writes.reports.help_answers import add_help_answer
from planner.writes.reports.milestones import add_milestone_report
from planner.writes.reports.observations import add_observation
from planner.writes.reports.status import Report, add_status


def appending_simulated(session: Session, actor: Actor, at: datetime) -> AbstractContextManager[Journal]:
    """Open a simulated write. Its id is computed from actor and instant, so that every run writes the same bytes."""
    return appending(session, actor, at, hashlib.sha256(f"{actor.name} {at.isoformat()}".encode()).hexdigest()[:32])


@dataclass(frozen=True)
class Sitting:
    """The entries that one person records on one day, all at one instant."""

    at: datetime
    by: str
    day: date
    entries: tuple[SimulatedEntry, ...]


class Recorder:
    """Records entries on the items of one plan within an open transaction. It does not commit."""

    def __init__(self, session: Session, plan: PlanView) -> None:
        self._session = session
        self._items = {
            item.code: item for item in session.execute(select(Item).where(Item.plan_id == plan.id)).scalars()
        }
        mine = select(Item.id).where(Item.plan_id == plan.id)
        milestones = session.execute(select(Milestone).where(Milestone.item_id.in_(mine))).scalars()
        self._milestones = {(row.item_id, row.number): row for row in milestones}
        indicators = session.execute(select(Indicator).where(Indicator.item_id.in_(mine))).scalars()
        self._indicators = {(row.item_id, row.number): row for row in indicators}
        # The reports by item id and day, so that answers can refer to them.
        self._reports: dict[tuple[int, date], StatusUpdate] = {}
        # The last requests for later dates by item id and the number of the milestone.
        self._requests: dict[tuple[int, int | None], ExtensionRequest] = {}

    def set_due_dates(self, journal: Journal, subjects: Iterable[Subject]) -> None:
        """Set each item's due date to that of its last milestone, so that items can be overdue within the year."""
        for subject in subjects:
            item = self._items[subject.code]
            if item.baseline_due != subject.due:
                values = {"baseline_due": subject.due, "due_basis": Basis.SIMULATED, "due_rule_id": None}
                journal.change(item, values, action="simulate", label=subject.code)

    def record(self, sitting: Sitting) -> None:
        """Record the entries that one person makes on one day, in one write."""
        # The rows that are looked up are older than this sitting, so that no flush is needed.
        with appending_simulated(self._session, Actor(sitting.by), sitting.at) as journal, self._session.no_autoflush:
            for entry in sitting.entries:
                self._add(journal, entry)

    def _add(self, journal: Journal, entry: SimulatedEntry) -> None:
        item, fact, as_of = self._items[entry.code], entry.fact, entry.as_of
        if isinstance(fact, Report):
            self._reports[item.id, as_of] = add_status(journal, item, fact, as_of, Basis.SIMULATED)
        elif isinstance(fact, Answer):
            add_answer(journal, item, self._reports[item.id, fact.report_as_of], fact.outcome, fact.reason)
        elif isinstance(fact, HelpGiven):
            add_help_answer(journal, item, self._reports[item.id, fact.report_as_of], fact.answer, as_of)
        elif isinstance(fact, Counted):
            add_observation(journal, item, self._indicators[item.id, fact.number], fact.value, as_of, Basis.SIMULATED)
        elif isinstance(fact, Assessed):
            add_assessment(journal, item, fact.rating, fact.reason, fact.evidence, as_of)
        elif isinstance(fact, StepMet | StepForecast):
            self._add_step(journal, item, fact, as_of)
        else:
            self._add_date(journal, item, fact, as_of)

    def _add_date(
        self, journal: Journal, item: Item, fact: SimulatedDateChange | LaterDateAsked | LaterDateAnswer, as_of: date
    ) -> None:
        milestone = None if fact.number is None else self._milestones[item.id, fact.number]
        if isinstance(fact, SimulatedDateChange):
            add_date_change(journal, item, milestone, fact.new, fact.reason, as_of, Basis.SIMULATED)
        elif isinstance(fact, LaterDateAsked):
            asked = add_extension_request(journal, item, milestone, fact.new, fact.reason, as_of, as_of)
            self._requests[item.id, fact.number] = asked
        elif fact.outcome is ExtensionOutcome.GRANTED:
            asked = self._requests[item.id, fact.number]
            add_extension_grant(journal, item, milestone, asked, fact.reason, as_of, Basis.SIMULATED)
        else:
            asked = self._requests[item.id, fact.number]
            add_extension_refusal(journal, item, milestone, asked, fact.reason or "", as_of)

    def _add_step(self, journal: Journal, item: Item, fact: StepMet | StepForecast, as_of: date) -> None:
        milestone = self._milestones[item.id, fact.number]
        if isinstance(fact, StepMet):
            add_milestone_report(
                journal, item, milestone, as_of, Basis.SIMULATED, met_on=fact.met_on, evidence=fact.evidence
            )
        else:
            add_milestone_report(journal, item, milestone, as_of, Basis.SIMULATED, forecast=fact.forecast)


def sittings(entries: Iterable[SimulatedEntry], span: Year, until: date, seed: int) -> list[Sitting]:
    """Return the entries up to a day, in one sitting for each person and day, in order of time."""
    gathered: dict[tuple[date, str], list[SimulatedEntry]] = defaultdict(list)
    for entry in entries:
        if entry.written_on <= until:
            gathered[entry.written_on, entry.by].append(entry)
    found = [
        Sitting(span.at(day, _time_of_sitting(by, Chance(seed, by, day))), by, day, tuple(rows))
        for (day, by), rows in gathered.items()
    ]
    return sorted(found, key=lambda sitting: (sitting.at, sitting.by))


def _time_of_sitting(by: str, chance: Chance) -> time:
    """Return the time of day at which a person makes entries: a manager at the end of the day, after the officers."""
    return end_of_day(chance) if by == MANAGER else office_time(chance)
