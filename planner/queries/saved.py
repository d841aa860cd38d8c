"""A saved view as what it means in a register, and the other way round."""

from planner.errors import BadValueError
from planner.queries.items import Facet, Filters, filters_spelled
from planner.queries.ordering import order_of
from planner.saved_views import SavedView

# Stands in a view for the organisation of whoever uses it.
ME = "me"


def view_of(
    name: str, filters: Filters, sort: str, reverse: bool, columns: tuple[str, ...], own: str | None
) -> SavedView:
    """What narrows and sorts the register as a view; `own` is the key of the person's organisation."""
    spelled = {facet: tuple(values) for facet, values in filters.spelled().items()}
    if Facet.MINE in spelled:
        spelled[Facet.MINE] = tuple(ME if key == own else key for key in spelled[Facet.MINE])
    plain = {str(facet): values for facet, values in spelled.items()}
    return SavedView(name, plain, filters.search, sort, reverse, columns)


def filters_of(view: SavedView, own: str | None) -> Filters:
    """What a view narrows the register to.

    Raises BadValueError where it says something that means nothing (any more), or asks for the items of a person's
    organisation who has none; UnknownNameError where it is sorted by something that is not there.
    """
    order_of(view.sort)
    spelled = dict(view.filters)
    if ME in spelled.get(Facet.MINE, ()) and own is None:
        raise BadValueError(
            f"the view '{view.name}' asks for your organisation's items, and you have no organisation here",
            where="view",
            do="An administrator gives people one",
        )
    if Facet.MINE in spelled:
        spelled[Facet.MINE] = tuple(str(own) if key == ME else key for key in spelled[Facet.MINE])
    return filters_spelled(spelled, view.search)
