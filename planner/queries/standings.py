"""Where the plan, its themes, organisations and kinds of item stand, beside the end of last week."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from planner.marks import words
from planner.queries.grouping import Group, grouped
from planner.queries.items import Filters
from planner.queries.plans import PlanView, ThemeView
from planner.queries.views import ItemView, OrganisationView
from planner.rules.rollup import RollUp, roll_up
from planner.vocabulary import Grouping, ItemKind

_Group = TypeVar("_Group", bound=Hashable)


@dataclass(frozen=True)
class ThemeStanding:
    """A theme and its roll-up now and at the end of last week."""

    theme: ThemeView
    now: RollUp
    before: RollUp

    @property
    def name(self) -> str:
        """The theme with its number."""
        return f"{self.theme.number} {self.theme.title}"

    @property
    def short_name(self) -> str:
        """Themes have no shorter name."""
        return self.name

    @property
    def filters(self) -> Filters:
        """What narrows the register to its items."""
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
        """Its short name, for where the whole one would be cut."""
        return self.organisation.short_name

    @property
    def filters(self) -> Filters:
        """What narrows the register to the items it leads."""
        return Filters(lead=self.organisation.key)


@dataclass(frozen=True)
class SharedStanding:
    """The items of a measure, or of a rule of lead, rolled up now and at the end of last week."""

    group: Group
    now: RollUp
    before: RollUp

    @property
    def name(self) -> str:
        """What the items have in common."""
        return self.group.name

    @property
    def short_name(self) -> str:
        """The same, for where the whole would be cut."""
        return self.group.short_name

    @property
    def filters(self) -> Filters:
        """What narrows the register to its items."""
        return self.group.filters


@dataclass(frozen=True)
class PlanStanding:
    """All items of the plan, rolled up now and at the end of last week."""

    now: RollUp
    before: RollUp

    @property
    def name(self) -> str:
        """What it is called beside its themes and organisations."""
        return "The plan"

    @property
    def short_name(self) -> str:
        """The same."""
        return self.name

    @property
    def filters(self) -> Filters:
        """Nothing narrows the register to its items."""
        return Filters()


@dataclass(frozen=True)
class KindStanding:
    """The items of a kind, rolled up now and at the end of last week."""

    kind: ItemKind
    now: RollUp
    before: RollUp

    @property
    def name(self) -> str:
        """The kind as people read it."""
        return words(self.kind)


GroupStanding = ThemeStanding | OrganisationStanding | SharedStanding | PlanStanding


def theme_standings(
    plan: PlanView, items: Sequence[ItemView], earlier: Sequence[ItemView]
) -> tuple[ThemeStanding, ...]:
    """Every theme of the plan, also one without items, in the plan's order."""
    now, before = (_grouped(some, lambda item: item.theme) for some in (items, earlier))
    return tuple(
        ThemeStanding(theme, roll_up(now[theme.number]), roll_up(before[theme.number])) for theme in plan.themes
    )


def organisation_standings(items: Sequence[ItemView], earlier: Sequence[ItemView]) -> tuple[OrganisationStanding, ...]:
    """The organisations that lead items, most items first."""
    now, before = (_grouped(some, lambda item: item.lead) for some in (items, earlier))
    ordered = sorted(now, key=lambda lead: (-len(now[lead]), lead.name))
    return tuple(OrganisationStanding(lead, roll_up(now[lead]), roll_up(before[lead])) for lead in ordered)


def shared_standings(
    items: Sequence[ItemView], earlier: Sequence[ItemView], by: Grouping
) -> tuple[SharedStanding, ...]:
    """The measures, or the rules of lead, that items have in common."""
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
    """The kinds of item, also one of which there are none."""
    now, before = (_grouped(some, lambda item: item.kind) for some in (items, earlier))
    return tuple(KindStanding(kind, roll_up(now[kind]), roll_up(before[kind])) for kind in ItemKind)


def _grouped(items: Sequence[ItemView], group: Callable[[ItemView], _Group]) -> dict[_Group, list[ItemView]]:
    groups: dict[_Group, list[ItemView]] = defaultdict(list)
    for item in items:
        groups[group(item)].append(item)
    return groups
