"""Reading a plan with its settings, totals and themes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import cache
from operator import attrgetter
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import CompoundSelect, Select, bindparam, func, null, select
from sqlalchemy.orm import Session

from planner.base.errors import TooSoonError, no_plan_yet, unknown_name
from planner.base.language import later, tr
from planner.domain.given_plan import SeveralPlansError
from planner.domain.rules.settings import Settings
from planner.domain.vocabulary import NO_MANDATE, Cadence, InstallationKind, ProposalState, UnknownWordError
from planner.register.known import Rollback, rollback_to
from planner.register.plan_view import KINDS_OF_OLD, NO_PLACE, KindView, PlanView, ThemeView
from planner.register.raw_rows import columns, named_rows, raw_rows, to_tuples
from planner.store.models import AuditEvent, Installation, ItemKind, Mandate, Organisation, Plan, PlanTotal, Theme


def read_plan(
    session: Session, key: str | None = None, known_at: datetime | None = None, *, where: str = "plan"
) -> PlanView:
    """Return the only plan, or the one with this key, as known at an instant.

    `where` says, in error messages, where the key was given. The values are the present ones; those of an earlier day
    are in `Reading.with_known_plan`. Raises NoDatabaseError if no plan is loaded. Raises UnknownNameError if no plan
    has this key, and SeveralPlansError if there are several and no key is given.
    """
    return plan_before(session, key, rollback_to(session, known_at), where=where)


def plan_before(session: Session, key: str | None, back: Rollback, *, where: str = "plan") -> PlanView:
    """Return the only plan, or the one with this key, with the values that a rollback restores.

    Raises the errors of `read_plan`.
    """
    present = named_rows(session, _PlanRow, _statements().plans)
    of_several = sum(not plan.taken_out for plan in present) > 1
    then = to_tuples(_PlanRow, back.records(Plan, _PlanRow._fields, present))
    plans = [plan for plan in then if not plan.taken_out]
    if not plans:
        raise no_plan_yet(tr("the database does not contain a plan yet"))
    known = [plan.key for plan in plans]
    chosen = [plan for plan in plans if key in (None, plan.key)]
    if not chosen:
        raise unknown_name(tr("no plan is called '{key}'", key=key), later("plans"), known, where=where)
    if len(chosen) > 1:
        raise SeveralPlansError(known)
    return _view(session, chosen[0], back, of_several=of_several)


def read_plan_keys(session: Session) -> list[str]:
    """Return the keys of all plans that the register has now, in alphabetical order."""
    plan = columns(Plan)
    return list(session.execute(select(plan.key).where(~plan.taken_out).order_by(plan.key)).scalars())


def read_time_zones(session: Session) -> dict[str, str]:
    """Return the time zone of each plan that the register has now, by the key of the plan."""
    return {plan.key: plan.time_zone for plan in named_rows(session, _PlanRow, _statements().plans)}


# The columns of a theme, in the order of the fields of `ThemeView`, and whether an undone import took it out.
_THEME = ("id", "number", "title", "restatement", "basis", "parent_id", "label", "taken_out")
# The columns of a kind and of a total, which are read together. A total has no title.
_KIND = ("id", "key", "title", "position")
_TOTAL = ("id", "name", "", "value")


class _PlanRow(NamedTuple):
    """The columns of a plan that reading it needs."""

    id: int
    key: str
    title: str
    year: int
    starts: date
    ends: date
    published: date | None
    issuer_id: int
    mandate_id: int | None
    time_zone: str
    language: str | None
    cadence: Cadence
    behind_points: int
    off_track_points: int
    stale_after_weeks: int
    taken_out: bool


class _Statements(NamedTuple):
    """The statements that read a plan, the names of its issuer and mandate, and instants in the audit log."""

    plans: Select[Any]
    themes: Select[Any]
    kinds_and_totals: CompoundSelect[Any]
    referred: Select[Any]
    first_recorded: Select[datetime]
    last_recorded: Select[datetime]


@cache
def _statements() -> _Statements:
    """Build the statements that read a plan. They are built once, because nearly every read begins with the plan."""
    plan, theme, total, issuer, mandate, kind, installation = (
        columns(model) for model in (Plan, Theme, PlanTotal, Organisation, Mandate, ItemKind, Installation)
    )
    kinds = select(kind.id, kind.key, kind.title, kind.position).where(kind.plan_id == bindparam("plan"))
    totals = select(total.id, total.name, null(), total.value).where(total.plan_id == bindparam("plan"))
    return _Statements(
        plans=select(*(plan[name] for name in _PlanRow._fields)).order_by(plan.key),
        themes=select(*(theme[name] for name in _THEME)).where(theme.plan_id == bindparam("plan")),
        kinds_and_totals=kinds.union_all(totals),
        referred=select(issuer.id, issuer.name, mandate.key, installation.kind, installation.simulated_today)
        .outerjoin_from(Organisation.__table__, Mandate.__table__, mandate.id == bindparam("mandate"))
        .outerjoin(Installation.__table__, installation.id == 1)
        .where(issuer.id == bindparam("issuer")),
        first_recorded=select(func.min(AuditEvent.recorded_at)),
        last_recorded=select(AuditEvent.recorded_at).where(
            AuditEvent.seq == select(func.max(AuditEvent.seq)).scalar_subquery()
        ),
    )


def _view(session: Session, plan: _PlanRow, back: Rollback, *, of_several: bool) -> PlanView:
    statements = _statements()
    themes = back.records(Theme, _THEME, raw_rows(session, statements.themes, {"plan": plan.id}))
    belonging = [tuple(row) for row in session.execute(statements.kinds_and_totals, {"plan": plan.id})]
    kinds = [
        KindView(key, title, place)
        for _, key, title, place in back.records(ItemKind, _KIND, [row for row in belonging if row[2] is not None])
        if place != NO_PLACE
    ]
    totals = back.records(PlanTotal, _TOTAL, [row for row in belonging if row[2] is None])
    referred = {"issuer": plan.issuer_id, "mandate": plan.mandate_id}
    issuer, present_name, mandate, installation, simulated_today = session.execute(statements.referred, referred).one()
    names = back.records(Organisation, ("id", "name"), [(issuer, present_name)])
    return PlanView(
        id=plan.id,
        key=plan.key,
        title=plan.title,
        year=plan.year,
        starts=plan.starts,
        ends=plan.ends,
        published=plan.published,
        time_zone=_zone_name(plan.time_zone),
        issuer=names[0][1] if names else present_name,
        mandate=mandate or NO_MANDATE,
        settings=Settings(plan.behind_points, plan.off_track_points, plan.stale_after_weeks, plan.cadence, plan.starts),
        totals={name: value for _, name, _, value in totals if value is not None},
        themes=_themes(themes),
        simulated_today=simulated_today if installation is InstallationKind.DEMONSTRATION else None,
        kinds=tuple(sorted(kinds, key=attrgetter("place"))) or KINDS_OF_OLD,
        cadence=plan.cadence,
        language=plan.language,
        of_several=of_several,
        waiting=None if mandate else _waiting_proposal(session, plan.id),
    )


def _waiting_proposal(session: Session, plan_id: int) -> str | None:
    """Return the key of the last open proposal of the first mandate version of a plan, or None if there is none."""
    from planner.store.models import MandateProposal  # mapped only for a plan without a mandate

    own = MandateProposal.plan_id == plan_id, MandateProposal.state == ProposalState.OPEN
    return session.execute(select(MandateProposal.key).where(*own).order_by(MandateProposal.id.desc())).scalar()


def _themes(rows: Iterable[tuple[Any, ...]]) -> tuple[ThemeView, ...]:
    left = (ThemeView(*row[:-1]) for row in rows if not row[-1])
    return _with_depths(sorted(left, key=attrgetter("number")))


def _with_depths(themes: Sequence[ThemeView]) -> tuple[ThemeView, ...]:
    """Return the themes with their depths. A theme that is, by mistake, part of itself has the depth 0."""
    parents = {theme.id: theme.parent for theme in themes}
    return tuple(replace(theme, depth=len(themes_above(theme.id, parents)) - 1) for theme in themes)


def themes_above(theme_id: int, parents: Mapping[int, int | None]) -> tuple[int, ...]:
    """Return the ids of a theme and of all themes that it is part of, the innermost first."""
    found = [theme_id]
    above = parents.get(theme_id)
    while above is not None and above not in found:
        found.append(above)
        above = parents.get(above)
    return tuple(found)


def _zone_name(name: str) -> str:
    """Return the name of a time zone. Raises UnknownWordError if there is no such zone."""
    try:
        return ZoneInfo(name).key
    except (KeyError, ValueError, OSError) as error:
        raise UnknownWordError(f"{name!r} is not a valid time zone") from error


def require_themes(plan: PlanView, numbers: Iterable[int], where: str = "theme") -> None:
    """Raise UnknownNameError if the plan does not have one of these theme numbers."""
    known = [theme.number for theme in plan.themes]
    for number in numbers:
        if number not in known:
            raise unknown_name(tr("the plan has no theme {number}", number=number), later("themes"), known, where=where)


def require_known(session: Session, plan: PlanView, known_at: datetime | None) -> None:
    """Raise TooSoonError if nothing was recorded by the instant."""
    if known_at is None:
        return
    first = session.execute(_statements().first_recorded).scalar()
    if first is None or known_at < first:
        what = (
            tr(
                "nothing was recorded yet at that time; the first record is from {instant}",
                instant=plan.second_at(first),
            )
            if first
            else tr("nothing was recorded yet at that time")
        )
        raise TooSoonError(
            what,
            where="known at",
            do=tr("Give a later time"),
        )


def last_recorded(session: Session) -> datetime | None:
    """Return the recorded instant of the last event in the audit log, or None if there are no events.

    If a wrong clock was corrected, an event before the last can have a later instant.
    """
    return session.execute(_statements().last_recorded).scalar()
