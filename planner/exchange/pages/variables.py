"""What the pages of clauses and of findings share: template variables, and the writing direction of a language."""

from typing import Any

from planner.pages.style import edges, sheet, style_variables
from planner.weekly.reading import Instance

_PACKAGE = "planner.exchange.pages"
# The language and script subtags of right-to-left writing.
_RIGHT_TO_LEFT = {"ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi", "arab", "hebr"}


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


def direction(language: str) -> str:
    """Return the writing direction of a language for HTML. "auto" lets the browser decide by the text."""
    return "rtl" if _RIGHT_TO_LEFT & set(language.lower().split("-")) else "auto"
