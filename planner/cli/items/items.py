"""planner items: list items, filtered, searched, as of any date."""

from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import TYPE_CHECKING, Any, TypeVar

import click

from planner.base.errors import NotAllowedError
from planner.cli.context import Context
from planner.cli.items.table import print_csv, print_table, rows
from planner.cli.output import as_json, as_of_option, format_option, known_at_option, print_line, search_option
from planner.cli.values import Whole, Word
from planner.domain.vocabulary import (
    Basis,
    Concern,
    Confidence,
    Freshness,
    Grouping,
    ItemKind,
    Phase,
    Schedule,
    State,
)
from planner.queries.items.filters import UNRATED

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from planner.cli.items.table import Groups
    from planner.queries.items.filters import Filters
    from planner.queries.items.views import ItemView

_Command = TypeVar("_Command", bound=Callable[..., Any])


def _facet(option: str, words: Iterable[StrEnum], what: str) -> Callable[[_Command], _Command]:
    """An option that may be given several times, for any of several values."""
    return click.option(option, type=Word(words), multiple=True, help=what)


@click.command()
@click.option("--theme", type=Whole(), metavar="N", multiple=True, help="Only this theme, or these.")
@click.option("--measure", metavar="CODE", multiple=True, help="Only items of this measure, or these.")
@_facet("--kind", ItemKind, "Only this kind.")
@click.option("--lead", metavar="ORG", multiple=True, help="Only items this organisation leads: key or part of a name.")
@click.option("--rule", metavar="KEY", multiple=True, help="Only items whose lead follows from this rule, or none.")
@click.option("--mine", is_flag=True, help="Only items my organisation leads or supports.")
@_facet("--phase", Phase, "Only this phase, or these.")
@_facet("--confidence", (*Confidence, UNRATED), "Only items that officers rate so.")
@_facet("--schedule", Schedule, "Only this schedule state, or these.")
@_facet("--freshness", Freshness, "Only this freshness, or these.")
@_facet("--state", State, "Only items counted under this state, or these.")
@_facet("--concern", Concern, "Only items to look at for this, or for one of these.")
@_facet("--basis", Basis, "Only titles of this basis, or of these.")
@search_option
@click.option("--view", metavar="NAME", help="As a saved view says; an option beside it says otherwise of its facet.")
@click.option("--sort", metavar="COLUMN", help="Sort by this; -COLUMN turns the order round. Default: code.")
@click.option("--by", type=Word(Grouping), help="Put together what has the same theme, organisation, measure or rule.")
@click.option("--save-view", metavar="NAME", help="Save filters and order as a view of yours.")
@as_of_option
@known_at_option
@format_option("table", "csv", "json")
@click.pass_obj
def items(
    context: Context,
    /,
    lead: tuple[str, ...],
    measure: tuple[str, ...],
    rule: tuple[str, ...],
    mine: bool,
    view: str | None,
    sort: str | None,
    by: str | None,
    save_view: str | None,
    as_of: str | None,
    known_at: str | None,
    output: str,
    **facets: Any,
) -> None:
    """List the plan's items, tasks first, each with its state as of a date.

    Given several times, an option of a facet takes items with any of its values; several facets narrow further.
    """
    from planner.queries.items.filters import Facet, Filters, filtered
    from planner.queries.items.group_names import known_measures, known_rules
    from planner.queries.items.register import read_register
    from planner.queries.people.organisations import find_organisation, require_organisations
    from planner.queries.plans import require_themes

    with context.reading() as (session, plan):
        own = own_organisation(context, session)
        leads = [find_organisation(session, name).key for name in lead]
        measures = known_measures(session, plan, measure)
        rules = known_rules(session, rule)
        asked = Filters(lead=leads, measure=measures, rule=rules, mine=_mine(own) if mine else None, **facets)
        filters, order = _view(view, own)
        filters, order = filters.overlaid(asked), sort or order
        require_themes(plan, sorted(filters.chosen(Facet.THEME)), "--view" if view and not asked.theme else "--theme")
        require_organisations(session, filters.chosen(Facet.LEAD) | filters.chosen(Facet.MINE), "--view")
        items = read_register(session, plan, context.point(plan, as_of, known_at))
        found = sorted_by(order, filtered(items, filters))
    if save_view is not None:
        _save(save_view, filters, order, own)
    groups = _grouped(found, Grouping(by) if by else None)
    if output == "json":
        as_json("items", list(rows(groups)), plan)
    elif output == "csv":
        print_csv(groups, plan)
    else:
        print_table(groups, plan)


def _grouped(found: "list[ItemView]", by: Grouping | None) -> "Groups":
    """The items by what they have in common, in their order within each group; together where nothing is asked."""
    from planner.queries.items.grouping import grouped

    return list(grouped(found, by)) if by else [(None, found)]


def _view(name: str | None, own: str | None) -> "tuple[Filters, str]":
    """What a saved view narrows to and is sorted by; without one, nothing and the codes."""
    from planner.personal import saved_views
    from planner.queries.items.filters import Filters
    from planner.queries.items.saved_views import filters_of

    if name is None:
        return Filters(), "code"
    view = saved_views.find_view(saved_views.views_file(), name)
    return filters_of(view, own), f"-{view.sort}" if view.reverse else view.sort


def _save(name: str, filters: "Filters", order: str, own: str | None) -> None:
    from planner.personal import saved_views
    from planner.queries.items.saved_views import view_of

    view = view_of(name, filters, order.removeprefix("-"), order.startswith("-"), (), own)
    kept = saved_views.save_view(saved_views.views_file(), view)
    print_line(f"Saved as the view '{kept.name}'.", err=True)


def _mine(own: str | None) -> str:
    if own is None:
        raise NotAllowedError("you have no organisation in this register", where="--mine", do="See 'planner whoami'")
    return own


def own_organisation(context: Context, session: "Session") -> str | None:
    """The key of the organisation of whoever runs the command."""
    from planner.queries.people.people import read_person

    me = read_person(session, context.actor.name)
    return me.organisation.key if me and me.organisation else None


def sorted_by(column: str, items: "list[ItemView]") -> "list[ItemView]":
    """Items in the order of a column, turned round after a minus sign. Raises UnknownNameError for no column."""
    from planner.queries.items.ordering import order_of

    return sorted(items, key=order_of(column.removeprefix("-")), reverse=column.startswith("-"))
