"""Reading what the register has now, in a fixed number of statements, to compare files with it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import Select, select

from planner.domain.vocabulary import Basis, Confidence, Direction, MeasuredBy, OrganisationKind, Phase
from planner.intake.comparing.earlier_imports import first_import_day
from planner.intake.comparing.entered import imported_rows, read_entered
from planner.intake.comparing.reported import read_mixed
from planner.intake.comparing.same_items import read_same_items
from planner.intake.comparing.stored import (
    BY_OFFICERS,
    REPORT_FACTS,
    Position,
    Reported,
    StoredIndicator,
    StoredItem,
    StoredMilestone,
    StoredOrganisation,
    StoredPerson,
    StoredPlan,
    StoredRegister,
    StoredStatus,
    StoredTheme,
    Wanted,
)
from planner.intake.proposed import Field, ProposedRegister
from planner.queries.chosen import items_of_plan
from planner.queries.items.reported import DUE, MILESTONE_DATES, STATUS, History, read_newest
from planner.queries.people.ended import read_ended
from planner.queries.plans.theme_numbers import next_theme_number
from planner.register.raw_rows import columns, named_rows, raw_rows, to_tuples
from planner.register.reading import Reading
from planner.store.journal import last_event
from planner.store.models import (
    Base,
    DateChange,
    Indicator,
    Item,
    Measure,
    Milestone,
    Organisation,
    OrganisationChange,
    OrganisationName,
    Person,
    Plan,
    PlanChange,
    PlanTotal,
    Responsibility,
    StatusUpdate,
    Target,
    Theme,
    TitleName,
)

# Facts on these bases were agreed by the office or published, so that another date is a move of the date.
_AGREED = frozenset({Basis.REGISTERED, Basis.STATED})


_Value = TypeVar("_Value")
_Form = TypeVar("_Form", bound=NamedTuple)


class _ItemRow(NamedTuple):
    id: int
    code: str
    code_key: str
    title: str
    kind: str
    theme_id: int
    measure_id: int | None
    lead_id: int
    accountable_id: int | None
    starts: date
    baseline_due: date
    weight: float
    measured_by: MeasuredBy
    source: str | None
    note: str | None
    basis: Basis
    allocation_basis: Basis
    lead_basis: Basis
    starts_basis: Basis
    due_basis: Basis


class _ShareRow(NamedTuple):
    id: int
    item_id: int
    organisation_id: int
    supporting_basis: Basis


class _MilestoneRow(NamedTuple):
    id: int
    item_id: int
    number: int
    key: str
    title: str
    baseline_date: date
    weight: float
    completion_test: str
    basis: Basis


class _IndicatorRow(NamedTuple):
    id: int
    item_id: int
    number: int
    key: str
    name: str
    unit: str
    direction: Direction
    baseline_value: float | None


class _TargetRow(NamedTuple):
    id: int
    indicator_id: int
    due: date
    value: float


class _OrganisationRow(NamedTuple):
    id: int
    key: str
    name: str
    short_name: str
    kind: OrganisationKind
    language: str | None


class _ThemeRow(NamedTuple):
    id: int
    number: int
    title: str
    parent_id: int | None
    label: str | None


class _MoveRow(NamedTuple):
    """The date change that counts. `owner` is the id of the item or milestone."""

    owner: int
    as_of: date
    id: int
    new_date: date


class _StatusRow(NamedTuple):
    """The report that counts. `owner` is the id of the item."""

    owner: int
    as_of: date
    id: int
    phase: Phase
    percent: int | None
    confidence: Confidence | None
    done: str | None
    next: str | None
    blocker: str | None
    help_needed: str | None
    completed_on: date | None
    ended_on: date | None
    ending_reason: str | None
    merged_into_id: int | None


_DUE = History(DateChange, _MoveRow, DUE.owner, DUE.belongs, DUE.among)
_DATES = History(DateChange, _MoveRow, MILESTONE_DATES.owner, MILESTONE_DATES.belongs, MILESTONE_DATES.among)
_REPORTS = History(StatusUpdate, _StatusRow, STATUS.owner, STATUS.belongs, STATUS.among)


def read_stored(reading: Reading, proposed: ProposedRegister) -> StoredRegister:
    """Return what the register has of everything that the proposed register may change.

    The reports are those that count on the day of the reading.
    """
    return _Reader(reading, _wanted_by(proposed)).read()


def read_whole_register(reading: Reading, *, then: bool = False) -> StoredRegister:
    """Return all that the register has of the reading's plan, with the reports that count on the reading's day.

    With `then`, the plan is as it was on that day. Otherwise its facts are those of now, as a comparison reads them.
    """
    return _Reader(reading, Wanted(position=False), then=then).read()


def _wanted_by(proposed: ProposedRegister) -> Wanted:
    return Wanted(
        milestones=any(item.milestones is not None for item in proposed.items),
        indicators=any(item.indicators is not None for item in proposed.items),
        reports=any(fact in item.facts for item in proposed.items for fact in REPORT_FACTS),
    )


class _Reader:
    """Reads the register of one plan."""

    def __init__(self, reading: Reading, wanted: Wanted, *, then: bool = False) -> None:
        self._reading = reading
        self._session = reading.session
        self._plan = reading.plan
        self._wanted = wanted
        self._chosen = items_of_plan(reading.plan.id)
        self._then = then
        self._latest = reading if then else reading.at(date.max)
        self._organisations = self._keys(Organisation, "key")
        self._themes = self._keys(Theme, "number")

    def read(self) -> StoredRegister:
        """Return the register."""
        entered: dict[int, set[Field]] = defaultdict(set)
        for item_id, fields in read_entered(self._session).items():
            entered[item_id] |= fields
        items = self._read_items(entered)
        milestones, dates = self._read_milestones()
        statuses, reported = self._read_statuses()
        head = last_event(self._session) if self._wanted.position else None
        return StoredRegister(
            plan=self._read_plan(),
            position=Position(head.seq, head.leaf.hex()) if head else Position(),
            items=items,
            milestones=milestones,
            indicators=self._read_indicators(),
            statuses=statuses,
            reported=reported,
            organisations=self._read_organisations(),
            people=self._read_people(),
            themes=self._read_themes(),
            next_theme=next_theme_number(self._session, self._plan.id),
            kinds={kind.key: kind.title for kind in self._plan.kinds},
            measures=self._read_measures(),
            entered={item_id: frozenset(fields) for item_id, fields in entered.items()},
            entered_dates=dates,
            same_items=read_same_items(self._session, self._plan.id),
        )

    def _rows(self, statement: Any) -> Iterable[Any]:
        return self._session.execute(statement)

    def _keys(self, model: type[Base], name: str) -> dict[int, Any]:
        known = columns(model)
        return {row[0]: row[1] for row in self._rows(select(known.id, known[name]))}

    def _select(self, model: type[Base], form: type[NamedTuple]) -> Select[Any]:
        """Select rows that belong to an item of the plan, or the plan's items."""
        known, item = columns(model), columns(Item)
        mine = item.plan_id == self._plan.id, ~item.taken_out
        statement = select(*(known[name] for name in form._fields)).where(*mine)
        return statement if model is Item else statement.join(Item.__table__, item.id == known.item_id)

    def _present(self, model: type[Base], form: type[_Form], statement: Select[Any]) -> list[_Form]:
        """Return the selected rows without those that are taken out. The first column is the id."""
        taken_out = columns(model).taken_out
        if not self._then or model.__tablename__ not in self._reading.rollback.tables:
            return named_rows(self._session, form, statement.where(~taken_out))
        names = (*form._fields, "taken_out")
        rows = raw_rows(self._session, statement.add_columns(taken_out))
        records = self._reading.rollback.records(model, names, rows)
        return to_tuples(form, (record[:-1] for record in records if not record[-1]))

    def _known(self, model: type[Base], form: type[_Form], statement: Select[Any]) -> list[_Form]:
        """Return the selected rows. The first column is the id."""
        if self._then:
            return self._reading.known_records(model, form, statement)
        return named_rows(self._session, form, statement)

    def _read_plan(self) -> StoredPlan:
        plan = self._plan
        issuer = self._session.execute(
            select(Organisation.key).join(Plan, Plan.issuer_id == Organisation.id).where(Plan.id == plan.id)
        ).scalar_one()
        totals = select(PlanTotal.name, PlanTotal.value).where(PlanTotal.plan_id == plan.id)
        return StoredPlan(
            plan.id,
            plan.key,
            plan.starts,
            plan.ends,
            issuer,
            {row[0]: row[1] for row in self._rows(totals)},
            first_import_day(self._session, plan),
        )

    def _read_items(self, entered: Mapping[int, set[Field]]) -> list[StoredItem]:
        supporting, bases = self._read_shares()
        moves = read_newest(self._latest, _DUE, self._chosen)
        imported = imported_rows(self._session, DateChange) if moves else frozenset()
        for item_id, move in moves.items():
            if move.id not in imported:
                entered[item_id].add(Field.DUE)
        measures, logins = self._keys(Measure, "code"), self._keys(Person, "login")
        rows = self._present(Item, _ItemRow, self._select(Item, _ItemRow).order_by(columns(Item).position))
        # Of equal values, one is kept: a large register has few different days, bases and supporting organisations.
        kept: dict[Any, Any] = {}

        def one(value: _Value) -> _Value:
            return kept.setdefault(value, value)  # type: ignore[no-any-return]

        return [
            StoredItem(
                id=row.id,
                code=row.code,
                code_key=row.code_key,
                title=row.title,
                kind=row.kind,
                theme=self._themes[row.theme_id],
                measure=measures[row.measure_id] if row.measure_id else None,
                lead=self._organisations[row.lead_id],
                supporting=one(supporting.get(row.id, ())),
                accountable=logins[row.accountable_id] if row.accountable_id else None,
                start=one(row.starts),
                due=one(moves[row.id].new_date if row.id in moves else row.baseline_due),
                weight=row.weight,
                measured_by=row.measured_by.value,
                source=row.source,
                note=row.note,
                baseline_due=one(row.baseline_due),
                agreed_due=row.id in moves or row.due_basis in _AGREED,
                bases=one(
                    (
                        row.basis,
                        row.allocation_basis,
                        row.lead_basis,
                        row.starts_basis,
                        row.due_basis,
                        bases.get(row.id, Basis.REGISTERED),
                    )
                ),
            )
            for row in rows
        ]

    def _read_shares(self) -> tuple[dict[int, tuple[str, ...]], dict[int, Basis]]:
        """Return the supporting organisations of items, and a basis that is the office's only if all are."""
        supporting: dict[int, tuple[str, ...]] = {}
        bases: dict[int, Basis] = {}
        shares = self._select(Responsibility, _ShareRow).order_by(columns(Responsibility).id)
        for share in self._present(Responsibility, _ShareRow, shares):
            supporting[share.item_id] = (
                *supporting.get(share.item_id, ()),
                self._organisations[share.organisation_id],
            )
            if bases.get(share.item_id, Basis.REGISTERED) is Basis.REGISTERED:
                bases[share.item_id] = share.supporting_basis
        return supporting, bases

    def _read_milestones(self) -> tuple[dict[int, list[StoredMilestone]], frozenset[int]]:
        """Return the milestones by item, and the ids of those whose date a person moved."""
        if not self._wanted.milestones:
            return {}, frozenset()
        moves = read_newest(self._latest, _DATES, self._chosen)
        imported = imported_rows(self._session, DateChange)
        found: dict[int, list[StoredMilestone]] = defaultdict(list)
        rows = self._select(Milestone, _MilestoneRow).order_by(columns(Milestone).number)
        for row in self._present(Milestone, _MilestoneRow, rows):
            move = moves.get(row.id)
            day = row.baseline_date if move is None else move.new_date
            agreed = move is not None or row.basis in _AGREED
            found[row.item_id].append(
                StoredMilestone(row.id, row.number, row.key, row.title, day, row.weight, row.completion_test, agreed)
            )
        return found, frozenset(owner for owner, move in moves.items() if move.id not in imported)

    def _read_indicators(self) -> dict[int, list[StoredIndicator]]:
        if not self._wanted.indicators:
            return {}
        known = columns(Target)
        rows = select(*(known[name] for name in _TargetRow._fields)).order_by(known.due)
        targets = {row.indicator_id: row for row in self._present(Target, _TargetRow, rows)}
        found: dict[int, list[StoredIndicator]] = defaultdict(list)
        statement = self._select(Indicator, _IndicatorRow).order_by(columns(Indicator).number)
        for row in self._present(Indicator, _IndicatorRow, statement):
            target = targets.get(row.id)
            found[row.item_id].append(
                StoredIndicator(
                    row.id,
                    row.number,
                    row.key,
                    row.name,
                    row.unit,
                    row.direction.value,
                    row.baseline_value,
                    target.value if target else None,
                    target.due if target else None,
                    target.id if target else None,
                )
            )
        return found

    def _read_statuses(self) -> tuple[dict[int, StoredStatus], dict[int, Reported]]:
        """Return the reports that count by item, and what they say of those items on which an officer reported."""
        if not self._wanted.reports:
            return {}, {}
        rows = read_newest(self._reading, _REPORTS, self._chosen)
        imported = imported_rows(self._session, StatusUpdate)
        reported = {item_id: BY_OFFICERS for item_id, row in rows.items() if row.id not in imported}
        reported |= read_mixed(self._reading, imported)
        return {item_id: StoredStatus(*row[3:]) for item_id, row in rows.items()}, reported

    def _read_organisations(self) -> list[StoredOrganisation]:
        names: dict[int, list[str]] = defaultdict(list)
        for owner, name in self._rows(select(OrganisationName.organisation_id, OrganisationName.name)):
            names[owner].append(name)
        former: dict[int, list[str]] = defaultdict(list)
        renamed = select(OrganisationChange.organisation_id, OrganisationChange.old_name)
        for owner, name in self._rows(renamed.where(OrganisationChange.old_name.is_not(None))):
            former[owner].append(name)
        ended = read_ended(self._session)
        known = columns(Organisation)
        rows = select(*(known[name] for name in _OrganisationRow._fields)).order_by(known.id)
        return [
            StoredOrganisation(
                key,
                (name, short, *names[row_id]),
                kind is OrganisationKind.OTHER_NAME,
                tuple(former[row_id]),
                ended.get(row_id),
                language,
            )
            for row_id, key, name, short, kind, language in self._known(Organisation, _OrganisationRow, rows)
        ]

    def _read_people(self) -> list[StoredPerson]:
        people = select(Person.login, Person.name, Person.active, Person.organisation_id, Person.role)
        return [
            StoredPerson(login, name, active, self._organisations.get(organisation), role.value)
            for login, name, active, organisation, role in self._rows(people.order_by(Person.id))
        ]

    def _read_themes(self) -> list[StoredTheme]:
        names: dict[int, list[str]] = defaultdict(list)
        for owner, name in self._rows(
            select(TitleName.theme_id, TitleName.name).where(TitleName.theme_id.is_not(None))
        ):
            names[owner].append(name)
        former: dict[int, list[str]] = defaultdict(list)
        renamed = select(PlanChange.theme_id, PlanChange.old_value).where(
            PlanChange.theme_id.is_not(None), PlanChange.field == "title", PlanChange.old_value.is_not(None)
        )
        for owner, name in self._rows(renamed):
            former[owner].append(name)
        known = columns(Theme)
        rows = select(*(known[name] for name in _ThemeRow._fields)).where(known.plan_id == self._plan.id)
        return [
            StoredTheme(
                row.number, (row.title, *names[row.id]), self._number(row.parent_id), row.label, tuple(former[row.id])
            )
            for row in self._present(Theme, _ThemeRow, rows.order_by(known.number))
        ]

    def _number(self, theme_id: int | None) -> int | None:
        return None if theme_id is None else self._themes[theme_id]

    def _read_measures(self) -> dict[str, int | None]:
        measures = select(Measure.code, Measure.theme_id).where(Measure.plan_id == self._plan.id)
        return {code: self._themes.get(theme_id) for code, theme_id in self._rows(measures)}
