"""planner items: list items, filtered and searched, as of any date."""

from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Any, TypeVar

import click

from planner.base.errors import NotAllowedError
from planner.base.language import tr
from planner.base.texts import as_typed
from planner.cli.context import Context
from planner.cli.items.table import columns_of, fields_of, print_table, rows_of
from planner.cli.named_organisation import named_organisation
from planner.cli.output import as_csv, as_json, as_of_option, format_option, known_at_option, print_line, search_option
from planner.cli.values import Word
from planner.domain.vocabulary import (
    Basis,
    Concern,
    Confidence,
    Freshness,
    Grouping,
    Phase,
    Schedule,
    State,
)
from planner.queries.items.filters import UNRATED

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from planner.cli.items.table import Groups
    from planner.queries.items.filters import Filters
    from planner.queries.items.views import ItemLine
    from planner.register.reading import Reading

_Command = TypeVar("_Command", bound=Callable[..., Any])


def _facet(option: str, words: Iterable[StrEnum], what: str) -> Callable[[_Command], _Command]:
    """Return the decorator of an option that filters items.

    If several values are given, items with any of them match.
    """
    return click.option(option, type=Word(words), multiple=True, help=what)


@click.command()
@click.option(
    "--theme",
    metavar="THEME",
    multiple=True,
    help="Only items of this theme: its number, or part of its title. Can be given several times.",
)
@click.option(
    "--measure", metavar="CODE", multiple=True, help="Only items of this measure. Can be given several times."
)
@click.option("--kind", metavar="KIND", multiple=True, help="Only items of this kind of the plan.")
@click.option(
    "--lead",
    metavar="ORG",
    multiple=True,
    help="Only items that this organisation leads: its key, or part of its name.",
)
@click.option(
    "--rule",
    metavar="KEY",
    multiple=True,
    help="Only items whose lead follows from this rule; 'none' means items without a rule.",
)
@click.option("--mine", is_flag=True, help="Only items that your organisation leads or supports.")
@_facet("--phase", Phase, "Only items in this phase.")
@_facet("--confidence", (*Confidence, UNRATED), "Only items with this confidence, as officers rate it.")
@_facet("--schedule", Schedule, "Only items with this schedule state.")
@_facet("--freshness", Freshness, "Only items whose reports are in this state.")
@_facet("--state", State, "Only items in this state, as totals count them.")
@_facet("--concern", Concern, "Only items with this concern.")
@_facet("--basis", Basis, "Only items whose title has this basis.")
@search_option
@click.option("--view", metavar="NAME", help="Start from a saved view; other options override its filters.")
@click.option("--sort", metavar="COLUMN", help="Sort by this column; -COLUMN sorts in reverse order. Default: code.")
@click.option("--by", type=Word(Grouping), help="Group items with the same theme, organisation, measure or rule.")
@click.option("--save-view", metavar="NAME", help="Save the filters and the order as a view with this name.")
@as_of_option
@known_at_option
@format_option("table", "csv", "json")
@click.pass_obj
def items(
    context: Context,
    /,
    theme: tuple[str, ...],
    lead: tuple[str, ...],
    measure: tuple[str, ...],
    kind: tuple[str, ...],
    rule: tuple[str, ...],
    mine: bool,
    view: str | None,
    sort: str | None,
    by: str | None,
    save_view: str | None,
    output: str,
    **facets: Any,
) -> None:
    """List the items of the plan, in the order of the register, each with its state as of a date.

    An option that is given several times matches items with any of its values. Different options must all match.
    """
    from planner.queries.items.filters import Facet, Filters, filtered
    from planner.queries.items.group_names import known_measures, known_rules
    from planner.queries.people.organisations import require_organisations
    from planner.queries.plans.item_lineage import read_lineages
    from planner.queries.plans.named import named_kinds, named_themes
    from planner.register.plans import require_themes

    with context.reading() as reading:
        own = own_organisation(context, reading.session)
        leads = [named_organisation(reading, name).key for name in lead]
        measures = known_measures(reading, measure)
        rules = known_rules(reading.session, rule)
        kinds = named_kinds(reading, kind)
        themes = named_themes(reading, theme)
        chosen: dict[str, Any] = {"theme": themes, "lead": leads, "measure": measures, "kind": kinds, "rule": rules}
        given = Filters(**chosen, mine=required_organisation(own) if mine else None, **facets)
        filters, order = _view(view, own, reading.plan.key)
        filters, order = filters.overlaid(given), as_typed(sort).casefold() if sort else order
        require_themes(reading.plan, sorted(filters.chosen(Facet.THEME)), "--view")
        require_organisations(reading.session, filters.chosen(Facet.LEAD) | filters.chosen(Facet.MINE), "--view")
        items = _read(reading, order, searched=bool(filters.search))
        found = sorted_by(order, filtered(items, filters))
        lineages = {} if output == "table" else read_lineages(reading)
    if save_view is not None:
        _save(save_view, filters, order, own, reading.plan.key)
    groups = _grouped(found, Grouping(by) if by else None)
    if output == "json":
        as_json("items", fields_of(groups, lineages), reading.plan)
    elif output == "csv":
        # In a demonstration, the basis of every row is `simulated`, as in all its files.
        as_csv(columns_of(groups), rows_of(groups, lineages, simulated=reading.plan.simulated))
    else:
        print_table(groups, reading.plan, len(items))


def _read(reading: "Reading", order: str, *, searched: bool) -> "Sequence[ItemLine]":
    """Return all items of the plan. Their milestones are read only for an order that looks at them."""
    from planner.queries.items.ordering import BY_MILESTONE
    from planner.queries.items.register import read_item_lines, read_register

    if order.removeprefix("-") in BY_MILESTONE:
        return read_register(reading)
    return read_item_lines(reading, searched=searched)


def _grouped(found: "list[ItemLine]", by: Grouping | None) -> "Groups":
    """Return the items by group, each group in the given order. Without `by`, return one group with the name None."""
    from planner.queries.items.grouping import grouped

    return list(grouped(found, by)) if by else [(None, found)]


def _view(name: str | None, own: str | None, plan: str) -> "tuple[Filters, str]":
    """Return the filters and the sort order of a saved view. Without a name, return no filters and "code"."""
    from planner.personal import saved_views
    from planner.queries.items.filters import Filters
    from planner.queries.items.saved_views import view_filters

    if name is None:
        return Filters(), "code"
    view = saved_views.find_view(saved_views.views_file(), name)
    return view_filters(view, own, plan), f"-{view.sort}" if view.reverse else view.sort


def _save(name: str, filters: "Filters", order: str, own: str | None, plan: str) -> None:
    from planner.personal import saved_views
    from planner.queries.items.saved_views import view_of

    view = view_of(name, filters, order.removeprefix("-"), order.startswith("-"), (), own, plan)
    kept = saved_views.save_view(saved_views.views_file(), view)
    print_line(tr("Saved the view '{name}'.", name=kept.name), err=True)


def required_organisation(own: str | None) -> str:
    """Return the key of the person's organisation. Raises NotAllowedError if they belong to none."""
    if own is None:
        raise NotAllowedError(
            tr("you do not belong to an organisation in this register"), where="--mine", do=tr("See 'planner whoami'")
        )
    return own


def own_organisation(context: Context, session: "Session") -> str | None:
    """Return the key of the acting person's organisation, or None."""
    from planner.queries.people.people import read_person

    me = read_person(session, context.actor.name)
    return me.organisation.key if me and me.organisation else None


def sorted_by(column: str, items: "list[ItemLine]") -> "list[ItemLine]":
    """Return items sorted by a column, in reverse if it begins with "-". Raises UnknownNameError for a wrong name."""
    from planner.queries.items.ordering import order_of

    return sorted(items, key=order_of(column.removeprefix("-")), reverse=column.startswith("-"))
