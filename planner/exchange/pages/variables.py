"""The template variables that the pages of clauses and of findings share."""

from typing import Any

from planner.pages.style import edges, sheet, style_variables
from planner.weekly.reading import Instance

_PACKAGE = "planner.exchange.pages"


def shared_variables(instance: Instance, name: str, own_sheet: str) -> dict[str, Any]:
    """Return the variables that the head of a page needs.

    `name` is the page's title, and `own_sheet` is the CSS file with the rules that only this page needs.
    """
    footer = f"{name} as of {instance.as_of}, as known at {instance.known_at_local}"
    parts = sheet(_PACKAGE, "articles.css"), sheet(_PACKAGE, own_sheet)
    return {
        "instance": instance,
        "plan": instance.plan,
        "name": name,
        **style_variables(*parts, edges(footer, simulated=instance.plan.simulated)),
    }
