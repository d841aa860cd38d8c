"""Converts between saved views and the filters of the register."""

from planner.base.errors import BadValueError
from planner.base.language import tr
from planner.personal.saved_views import SavedView
from planner.queries.items.filters import Facet, Filters, filters_spelled
from planner.queries.items.ordering import order_of

# In a saved view, this word means the organisation of the person who uses the view.
ME = "me"


def view_of(
    name: str, filters: Filters, sort: str, reverse: bool, columns: tuple[str, ...], own: str | None
) -> SavedView:
    """Return filters and a sort order as a saved view. `own` is the key of the person's organisation, or None."""
    spelled = {facet: tuple(values) for facet, values in filters.spelled().items()}
    if Facet.MINE in spelled:
        spelled[Facet.MINE] = tuple(ME if key == own else key for key in spelled[Facet.MINE])
    plain = {str(facet): values for facet, values in spelled.items()}
    return SavedView(name, plain, filters.search, sort, reverse, columns)


def view_filters(view: SavedView, own: str | None) -> Filters:
    """Return the filters of a saved view.

    Raises BadValueError if the view has an unknown value, or asks for the items of the person's organisation and the
    person has none. Raises UnknownNameError if the view is sorted by an unknown column.
    """
    order_of(view.sort)
    spelled = dict(view.filters)
    if ME in spelled.get(Facet.MINE, ()) and own is None:
        raise BadValueError(
            tr(
                "the view '{name}' shows the items of your organisation, but you have no organisation in this register",
                name=view.name,
            ),
            where="view",
            do=tr("Ask an administrator to assign an organisation to you"),
        )
    if Facet.MINE in spelled:
        spelled[Facet.MINE] = tuple(str(own) if key == ME else key for key in spelled[Facet.MINE])
    return filters_spelled(spelled, view.search)
