"""The roll-ups of the plan and of groups of its items, now and at the end of last week."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from planner.domain.rules.rollup import RollUp, roll_up
from planner.domain.symbols import words
from planner.domain.vocabulary import Grouping, ItemKind
from planner.queries.items.filters import Filters
from planner.queries.items.grouping import Group, grouped
from planner.queries.items.views import ItemView, OrganisationView
from planner.register.plans import PlanView, ThemeView

_Group = TypeVar("_Group", bound=Hashable)


@dataclass(frozen=True)
class ThemeStanding:
    """A theme with its roll-up now and at the end of last week."""

    theme: ThemeView
    now: RollUp
    before: RollUp

    @property
    def name(self) -> str:
        """The number and title of the theme."""
        return f"{self.theme.number} {self.theme.title}"

    @property
    def short_name(self) -> str:
        """The same as `name`, because themes have no shorter name."""
        return self.name

    @property
    def filters(self) -> Filters:
        """The filters that select the theme's items."""
        return Filters(theme=self.theme.number)


@dataclass(frozen=True)
class OrganisationStanding:
    """An organisation, and the roll-up of the items it leads, now and at the end of last week."""

    organisation: OrganisationView
    now: RollUp
    before: RollUp

    @property
    def name(self) -> str:
        """The organisation's name."""
        return self.organisation.name

    @property
    def short_name(self) -> str:
        """The organisation's short name, for places where the full name does not fit."""
        return self.organisation.short_name

    @property
    def filters(self) -> Filters:
        """The filters that select the items that the organisation leads."""
        return Filters(lead=self.organisation.key)


@dataclass(frozen=True)
class SharedStanding:
    """The roll-up of the items of a measure, or of a rule of lead, now and at the end of last week."""

    group: Group
    now: RollUp
    before: RollUp

    @property
    def name(self) -> str:
        """The name of the measure or rule."""
        return self.group.name

    @property
    def short_name(self) -> str:
        """The short name, for places where the full name does not fit."""
        return self.group.short_name

    @property
    def filters(self) -> Filters:
        """The filters that select the group's items."""
        return self.group.filters


@dataclass(frozen=True)
class PlanStanding:
    """The roll-up of all items of the plan, now and at the end of last week."""

    now: RollUp
    before: RollUp

    @property
    def name(self) -> str:
        """The name of the plan's row in a table of themes or organisations."""
        return "The plan"

    @property
    def short_name(self) -> str:
        """The same as `name`, which is short already."""
        return self.name

    @property
    def filters(self) -> Filters:
        """Empty filters, because they select all items of the plan."""
        return Filters()


@dataclass(frozen=True)
class KindStanding:
    """The roll-up of the items of a kind, now and at the end of last week."""

    kind: ItemKind
    now: RollUp
    before: RollUp

    @property
    def name(self) -> str:
        """The readable name of the kind."""
        return words(self.kind)


GroupStanding = ThemeStanding | OrganisationStanding | SharedStanding | PlanStanding


def theme_standings(
    plan: PlanView, items: Sequence[ItemView], earlier: Sequence[ItemView]
) -> tuple[ThemeStanding, ...]:
    """Return the roll-up of every theme, including those without items, in the plan's order."""
    now, before = (_grouped(some, lambda item: item.theme) for some in (items, earlier))
    return tuple(
        ThemeStanding(theme, roll_up(now[theme.number]), roll_up(before[theme.number])) for theme in plan.themes
    )


def organisation_standings(items: Sequence[ItemView], earlier: Sequence[ItemView]) -> tuple[OrganisationStanding, ...]:
    """Return the roll-ups of the organisations that lead items, those with most items first."""
    now, before = (_grouped(some, lambda item: item.lead) for some in (items, earlier))
    ordered = sorted(now, key=lambda lead: (-len(now[lead]), lead.name))
    return tuple(OrganisationStanding(lead, roll_up(now[lead]), roll_up(before[lead])) for lead in ordered)


def shared_standings(
    items: Sequence[ItemView], earlier: Sequence[ItemView], by: Grouping
) -> tuple[SharedStanding, ...]:
    """Return the roll-ups of the items of each measure, or of each rule of lead."""
    before = {group.key: some for group, some in grouped(earlier, by)}
    return tuple(
        SharedStanding(
            group,
            roll_up(item.standing for item in some),
            roll_up(item.standing for item in before.get(group.key, ())),
        )
        for group, some in grouped(items, by)
    )


def kind_standings(items: Sequence[ItemView], earlier: Sequence[ItemView]) -> tuple[KindStanding, ...]:
    """Return the roll-up of every kind of item, including kinds without items."""
    now, before = (_grouped(some, lambda item: item.kind) for some in (items, earlier))
    return tuple(KindStanding(kind, roll_up(now[kind]), roll_up(before[kind])) for kind in ItemKind)


def _grouped(items: Sequence[ItemView], group: Callable[[ItemView], _Group]) -> dict[_Group, list[ItemView]]:
    groups: dict[_Group, list[ItemView]] = defaultdict(list)
    for item in items:
        groups[group(item)].append(item)
    return groups
