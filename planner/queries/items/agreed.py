"""Reads the agreed facts of items as plain tuples, because a large register has hundreds of thousands of rows."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from functools import cache
from operator import attrgetter
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import Select

from planner.base.views import view
from planner.domain.vocabulary import Basis, MeasuredBy
from planner.queries.chosen import Chosen, Condition
from planner.queries.id_in import dialect_of
from planner.queries.items.views import OrganisationView
from planner.queries.search.other_names import NO_NAMES, OtherNames
from planner.register.known import columns_of
from planner.register.plan_view import KindView
from planner.register.plans import themes_above
from planner.register.raw_rows import columns, raw_rows, to_tuples
from planner.register.reading import Reading
from planner.store.models import Base, DerivationRule, Item, Measure, Milestone, Organisation, Responsibility, Theme

_Form = TypeVar("_Form", bound=NamedTuple)


class AgreedItem(NamedTuple):
    """The columns of an item's row that are read."""

    id: int
    code: str
    position: int
    kind: str
    title: str
    basis: Basis
    theme_id: int
    measure_id: int | None
    allocation_basis: Basis
    lead_id: int
    lead_basis: Basis
    lead_rule_id: int | None
    lead_note: str | None
    starts: date
    starts_basis: Basis
    baseline_due: date
    due_basis: Basis
    measured_by: MeasuredBy
    weight: float
    taken_out: bool


class AgreedMilestone(NamedTuple):
    """The columns of a milestone's row that are read."""

    id: int
    item_id: int
    number: int
    title: str
    baseline_date: date
    weight: float
    completion_test: str
    basis: Basis
    date_basis: Basis | None
    taken_out: bool


def basis_of_date(of_row: Basis, of_first_date: Basis | None, *, is_moved: bool, simulated: bool = False) -> Basis:
    """Return the basis of the date that counts now.

    Whoever moved the date agreed on it, also if it is the first date again. `of_row` is the basis of the milestone, and
    `of_first_date` that of the date it had first, if this is another one (docs/decisions/0169).
    """
    if is_moved:
        return Basis.SIMULATED if simulated else Basis.REGISTERED
    return of_first_date or of_row


class _Share(NamedTuple):
    id: int
    item_id: int
    organisation_id: int
    taken_out: bool


class _Heading(NamedTuple):
    """The number and title of a theme, and the theme that it is part of."""

    id: int
    number: int
    title: str
    parent_id: int | None


class _Commitment(NamedTuple):
    """The code and title of a measure."""

    id: int
    code: str
    title: str


class _Rule(NamedTuple):
    """The key and statement of a derivation rule."""

    id: int
    key: str
    statement: str


class _Body(NamedTuple):
    id: int
    key: str
    name: str
    short_name: str


@view
class Surroundings:
    """The organisations, rules, themes and measures that items refer to, by id, and the kinds of items by key."""

    organisations: dict[int, OrganisationView]
    rules: dict[int, _Rule]
    themes: dict[int, _Heading]
    # For each theme, its number and those of the themes that it is part of.
    numbers: dict[int, tuple[int, ...]]
    measures: dict[int, _Commitment]
    kinds: dict[str, KindView]
    other_names: OtherNames


@view
class AgreedItems:
    """Items with their supporting organisations and milestones, by item id, as the plan was on a day."""

    surroundings: Surroundings
    items: list[AgreedItem]
    supporting: dict[int, tuple[OrganisationView, ...]]
    milestones: dict[int, list[AgreedMilestone]]


def read_surroundings(reading: Reading) -> Surroundings:
    """Return the organisations, rules, themes and measures that items refer to, as known at an instant.

    Their names in other languages, which only searches use, are left out.
    """
    rows = reading.known_records
    themes = {theme.id: theme for theme in rows(Theme, _Heading)}
    parents = {theme.id: theme.parent_id for theme in themes.values()}
    return Surroundings(
        organisations={body.id: OrganisationView(*body) for body in rows(Organisation, _Body)},
        rules={rule.id: rule for rule in rows(DerivationRule, _Rule)},
        themes=themes,
        numbers={key: tuple(themes[above].number for above in themes_above(key, parents)) for key in themes},
        measures={measure.id: measure for measure in rows(Measure, _Commitment)},
        kinds={kind.key: kind for kind in reading.plan.kinds},
        other_names=NO_NAMES,
    )


class _Statements(NamedTuple):
    """The SQL statements that read items, their supporting organisations and their milestones."""

    shares: Select[Any]
    milestones: Select[Any]
    items: Select[Any]


@cache
def _statements(dialect: str, condition: Condition) -> _Statements:
    chosen, item = condition(dialect), columns(Item)
    shares = columns_of(Responsibility, _Share).join(Item.__table__, item.id == columns(Responsibility).item_id)
    milestones = columns_of(Milestone, AgreedMilestone).join(Item.__table__, item.id == columns(Milestone).item_id)
    return _Statements(
        shares=shares.where(chosen).order_by(columns(Responsibility).id),
        milestones=milestones.where(chosen),
        items=columns_of(Item, AgreedItem).where(chosen),
    )


@view
class AgreedRows:
    """The rows of the chosen items as they are now. They are read once for all days."""

    shares: Sequence[tuple[Any, ...]]
    milestones: Sequence[tuple[Any, ...]]
    items: Sequence[tuple[Any, ...]]


def read_agreed_rows(reading: Reading, chosen: Chosen, *, milestones: bool = True) -> AgreedRows:
    """Return the rows of the chosen items, of their supporting organisations and, if asked for, of their milestones."""
    statements = _statements(dialect_of(reading.session), chosen.condition)
    if not milestones:
        shares, items = (raw_rows(reading.session, one, chosen.values) for one in (statements.shares, statements.items))
        return AgreedRows(shares, (), items)
    return AgreedRows(*(raw_rows(reading.session, statement, chosen.values) for statement in statements))


def agreed_items(reading: Reading, surroundings: Surroundings, found: AgreedRows) -> AgreedItems:
    """Return items with their supporting organisations and milestones, as they were at the reading's point in time."""

    def rows(model: type[Base], form: type[_Form], some: Sequence[tuple[Any, ...]]) -> list[_Form]:
        return to_tuples(form, reading.rollback.records(model, form._fields, some))

    supporting: dict[int, tuple[OrganisationView, ...]] = {}
    for share in rows(Responsibility, _Share, found.shares):
        if share.taken_out:
            continue
        body = surroundings.organisations[share.organisation_id]
        supporting[share.item_id] = (*supporting.get(share.item_id, ()), body)
    milestones = defaultdict(list)
    steps = rows(Milestone, AgreedMilestone, found.milestones)
    for milestone in sorted(steps, key=attrgetter("number")):
        if not milestone.taken_out:
            milestones[milestone.item_id].append(milestone)
    # The rows are those of the point in time: an item may have belonged to the register then, and no longer.
    items = [item for item in rows(Item, AgreedItem, found.items) if not item.taken_out]
    return AgreedItems(surroundings, items, supporting, milestones)
