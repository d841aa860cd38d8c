"""The line of an item in a list of the brief."""

from planner.base.visible_text import one_line
from planner.domain.symbols import WORKING_MARK
from planner.domain.vocabulary import Basis
from planner.queries.items.views import ItemView, OrganisationView
from planner.weekly.brief.model import BriefLine
from planner.weekly.brief.shortening import short_name, short_quote, short_title


def item_line(item: ItemView, fact: str, quote: str | None = None, mark: str | None = None) -> BriefLine:
    """Return a line about an item. It has the symbol of the item's state, if `mark` names no other word."""
    return BriefLine(
        title=short_title(item.title),
        fact=fact,
        mark=mark or item.state.value,
        code=_marked_code(item),
        lead=lead_name(item.lead),
        quote=short_quote(quote),
    )


def _marked_code(item: ItemView) -> str:
    """Return the code of an item, with a mark if its title was drafted and is not from the published plan."""
    code = short_name(item.code)
    return f"{code} {WORKING_MARK}" if item.basis is Basis.WORKING else code


def lead_name(lead: OrganisationView) -> str:
    """Return the name of an organisation, or its short name if the name is too long for the brief."""
    name = short_name(lead.name)
    return name if name == one_line(lead.name) else short_name(lead.short_name)
