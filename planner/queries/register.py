"""The register as it stands at a point in time: facts read in a few statements, states computed by the rules."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from planner.errors import UnknownNameError
from planner.models import (
    Base,
    DateChange,
    DerivationRule,
    Item,
    Measure,
    Milestone,
    MilestoneReport,
    Organisation,
    Responsibility,
    StatusUpdate,
    Theme,
)
from planner.queries.known import Rollback, rollback_to
from planner.queries.latest import latest
from planner.queries.plans import PlanView, require_known
from planner.queries.point import Point
from planner.queries.views import ItemView, MilestoneView, OrganisationView, StatusView
from planner.rules.freshness import freshness
from planner.rules.progress import Step, actual_percent, expected_percent
from planner.rules.schedule import contradicts, days_late, schedule
from planner.texts import askable
from planner.vocabulary import Basis, Confidence, ItemKind, MeasuredBy, Phase

_Row = TypeVar("_Row", bound=Base)


@dataclass(frozen=True)
class _Agreed:
    """What was agreed, by the ids of what it belongs to: the same whatever day the register is looked at from."""

    items: list[Item]
    organisations: dict[int, OrganisationView]
    rules: dict[int, str]
    themes: dict[int, Theme]
    measures: dict[int, Measure]
    supporting: dict[int, list[OrganisationView]]
    milestones: dict[int, list[Milestone]]


@dataclass(frozen=True)
class _Reported:
    """What had been reported by a day, by the ids of what it belongs to."""

    status: dict[int, StatusUpdate]
    due: dict[int, date]
    milestone_dates: dict[int, date]
    milestone_reports: dict[int, MilestoneReport]


def read_register(session: Session, plan: PlanView, point: Point, codes: Sequence[str] | None = None) -> list[ItemView]:
    """All items of the plan in code order (tasks, then key projects), or those with the codes given.

    Raises TooSoonError where nothing was recorded by `point.known_at`.
    """
    return read_register_on(session, plan, [point.as_of], point.known_at, codes)[0]


def read_register_on(
    session: Session,
    plan: PlanView,
    days: Sequence[date],
    known_at: datetime | None = None,
    codes: Sequence[str] | None = None,
) -> list[list[ItemView]]:
    """The register as of each of several days with the same knowledge; what was agreed is read once for all of them.

    Raises TooSoonError where nothing was recorded by `known_at`.
    """
    require_known(session, known_at)
    chosen = Item.plan_id == plan.id
    if codes is not None:
        chosen = and_(chosen, Item.code.in_(codes))
    agreed = _agreed(session, rollback_to(session, known_at), chosen)
    return [_as_of(session, plan, agreed, Point(day, known_at), chosen) for day in days]


def _as_of(
    session: Session, plan: PlanView, agreed: _Agreed, point: Point, chosen: ColumnElement[bool]
) -> list[ItemView]:
    reported = _reported(session, point, chosen)
    return [_item_view(item, agreed, reported, plan, point) for item in agreed.items]


def read_item(session: Session, plan: PlanView, point: Point, code: str) -> ItemView:
    """One item. Raises UnknownNameError where the plan has none of this code, or had none then."""
    found = read_register(session, plan, point, [canonical_code(code)])
    if not found:
        then = " at that instant" if point.known_at else ""
        raise UnknownNameError(
            f"the plan has no item '{code}'{then}",
            where="CODE",
            do="Codes look like T-001 or P-001; see 'planner items'",
        )
    return found[0]


def canonical_code(code: str) -> str:
    """A code as it is written: people also type t-1 or P7."""
    text = askable(code).strip().upper().replace("–", "-")
    letter, digits = text[:1], text[1:].lstrip("-")
    return f"{letter}-{digits.lstrip('0'):0>3}" if digits.isascii() and digits.isdigit() else text


def code_order(item: Any) -> tuple[bool, int, str]:
    """Tasks before key projects, each by number."""
    return (item.kind != ItemKind.TASK, len(item.code), item.code)


def _agreed(session: Session, back: Rollback, chosen: ColumnElement[bool]) -> _Agreed:
    def rows(model: type[_Row], *, of_items: bool = False) -> list[_Row]:
        statement = select(model)
        if of_items:
            statement = statement.join(Item, Item.id == model.item_id).where(chosen)  # type: ignore[attr-defined]
        return back.rows(list(session.execute(statement).scalars()))

    items = back.rows(list(session.execute(select(Item).where(chosen)).scalars()))
    organisations = {row.id: OrganisationView(row.id, row.key, row.name, row.short_name) for row in rows(Organisation)}
    supporting = defaultdict(list)
    for share in sorted(rows(Responsibility, of_items=True), key=lambda share: share.id):
        supporting[share.item_id].append(organisations[share.organisation_id])
    milestones = defaultdict(list)
    for milestone in sorted(rows(Milestone, of_items=True), key=lambda milestone: milestone.number):
        milestones[milestone.item_id].append(milestone)
    return _Agreed(
        items=sorted(items, key=code_order),
        organisations=organisations,
        rules={row.id: row.statement for row in rows(DerivationRule)},
        themes={row.id: row for row in rows(Theme)},
        measures={row.id: row for row in rows(Measure)},
        supporting=supporting,
        milestones=milestones,
    )


def _reported(session: Session, point: Point, chosen: ColumnElement[bool]) -> _Reported:
    def newest(
        history: type[_Row], owner: InstrumentedAttribute[int], belongs: Callable[[], ColumnElement[bool]]
    ) -> dict[int, _Row]:
        statement = latest(session, history, owner, belongs, point)
        if owner.class_ is Milestone:
            statement = statement.join(Item, Item.id == Milestone.item_id)
        return {owner_id: row for owner_id, row in session.execute(statement.where(chosen))}  # noqa: C416

    due = newest(DateChange, Item.id, lambda: and_(DateChange.item_id == Item.id, DateChange.milestone_id.is_(None)))
    moved = newest(
        DateChange,
        Milestone.id,
        lambda: and_(DateChange.item_id == Milestone.item_id, DateChange.milestone_id == Milestone.id),
    )
    return _Reported(
        status=newest(StatusUpdate, Item.id, lambda: StatusUpdate.item_id == Item.id),
        due={owner: change.new_date for owner, change in due.items()},
        milestone_dates={owner: change.new_date for owner, change in moved.items()},
        milestone_reports=newest(MilestoneReport, Milestone.id, lambda: MilestoneReport.milestone_id == Milestone.id),
    )


def status_view(row: StatusUpdate) -> StatusView:
    """A report as reads give it back."""
    return StatusView(
        id=row.id,
        as_of=row.as_of,
        phase=Phase(row.phase),
        confidence=Confidence(row.confidence) if row.confidence else None,
        percent=row.percent,
        completed_on=row.completed_on,
        done=row.done,
        next=row.next,
        blocker=row.blocker,
        help_needed=row.help_needed,
        evidence=row.evidence,
        basis=Basis(row.basis),
        actor=row.actor,
        recorded_at=row.recorded_at,
    )


def _milestone_view(milestone: Milestone, reported: _Reported) -> MilestoneView:
    report = reported.milestone_reports.get(milestone.id)
    return MilestoneView(
        id=milestone.id,
        number=milestone.number,
        title=milestone.title,
        baseline=milestone.baseline_date,
        current=reported.milestone_dates.get(milestone.id, milestone.baseline_date),
        forecast=report.forecast if report else None,
        met_on=report.met_on if report else None,
        weight=milestone.weight,
        completion_test=milestone.completion_test,
        evidence=report.evidence if report else None,
        basis=Basis(milestone.basis),
    )


def _item_view(item: Item, agreed: _Agreed, reported: _Reported, plan: PlanView, point: Point) -> ItemView:
    last = reported.status.get(item.id)
    phase = Phase(last.phase) if last else Phase.NOT_STARTED
    confidence = Confidence(last.confidence) if last and last.confidence else None
    milestones = tuple(_milestone_view(milestone, reported) for milestone in agreed.milestones[item.id])
    steps = [Step(milestone.baseline, milestone.weight, milestone.met_on) for milestone in milestones]
    actual = actual_percent(MeasuredBy(item.measured_by), phase, steps, last.percent if last else None)
    expected = expected_percent(item.starts, item.baseline_due, steps, point.as_of)
    current_due = reported.due.get(item.id, item.baseline_due)
    computed = schedule(phase, current_due, expected, actual, point.as_of, plan.settings)
    completed_on = last.completed_on if last else None
    theme, measure = agreed.themes[item.theme_id], agreed.measures[item.measure_id]
    return ItemView(
        id=item.id,
        code=item.code,
        kind=ItemKind(item.kind),
        title=item.title,
        basis=Basis(item.basis),
        theme=theme.number,
        theme_title=theme.title,
        measure=measure.code,
        measure_title=measure.title,
        allocation_basis=Basis(item.allocation_basis),
        lead=agreed.organisations[item.lead_id],
        lead_basis=Basis(item.lead_basis),
        lead_rule=agreed.rules.get(item.lead_rule_id) if item.lead_rule_id else None,
        lead_note=item.lead_note,
        supporting=tuple(agreed.supporting[item.id]),
        starts=item.starts,
        starts_basis=Basis(item.starts_basis),
        baseline_due=item.baseline_due,
        due_basis=Basis(item.due_basis),
        current_due=current_due,
        measured_by=MeasuredBy(item.measured_by),
        weight=item.weight,
        phase=phase,
        confidence=confidence,
        actual=actual,
        expected=expected,
        schedule=computed,
        freshness=freshness(phase, item.starts, last.as_of if last else None, point.as_of, plan.settings),
        days_late=days_late(phase, current_due, point.as_of, completed_on),
        days_late_baseline=days_late(phase, item.baseline_due, point.as_of, completed_on),
        contradiction=contradicts(confidence, computed),
        last=status_view(last) if last else None,
        milestones=milestones,
    )
