"""Converts between saved views and the filters of the register."""

from planner.base.errors import BadValueError
from planner.base.language import tr
from planner.personal.saved_views import SavedView
from planner.queries.items.filters import Facet, Filters, filters_spelled
from planner.queries.items.ordering import order_of

# The filters whose values are names that each plan gives itself: theme 1 is another theme in another plan.
_OF_ONE_PLAN = (Facet.THEME, Facet.MEASURE)

# In a saved view, this word means the organisation of the person who uses the view.
ME = "me"


def view_of(
    name: str, filters: Filters, sort: str, reverse: bool, columns: tuple[str, ...], own: str | None, plan: str
) -> SavedView:
    """Return filters and a sort order as a saved view.

    `own` is the key of the person's organisation, or None. `plan` is the key of the plan in use. The view is for this
    plan only if it names themes or measures.
    """
    spelled = {facet: tuple(values) for facet, values in filters.spelled().items()}
    if Facet.MINE in spelled:
        spelled[Facet.MINE] = tuple(ME if key == own else key for key in spelled[Facet.MINE])
    plain = {str(facet): values for facet, values in spelled.items()}
    of_one_plan = any(spelled.get(facet) for facet in _OF_ONE_PLAN)
    return SavedView(name, plain, filters.search, sort, reverse, columns, plan if of_one_plan else "")


def view_filters(view: SavedView, own: str | None, plan: str) -> Filters:
    """Return the filters of a saved view. `plan` is the key of the plan in use.

    Raises BadValueError if the view has an unknown value, is for another plan, or asks for the items of the person's
    organisation and the person has none. Raises UnknownNameError if the view is sorted by an unknown column.
    """
    order_of(view.sort)
    if view.plan not in ("", plan):
        raise BadValueError(
            tr("the view '{name}' names themes or measures of the plan {plan}", name=view.name, plan=view.plan),
            where="view",
            do=tr("Use it with that plan, or save a view for this one"),
        )
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
