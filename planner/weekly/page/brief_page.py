"""The brief as one self-contained HTML page. It loads nothing from the network, runs no scripts, and has no ids."""

from collections.abc import Iterator

from planner.pages.templates import rendered, templates_of
from planner.weekly.brief.model import Brief
from planner.weekly.page.style import page_style


def brief_page_bytes(brief: Brief) -> Iterator[bytes]:
    """Yield the page in pieces. The same brief always gives the same bytes."""
    variables = {
        "instance": brief.instance,
        "plan": brief.instance.plan,
        "brief": brief,
        **page_style(brief.instance, ()),
    }
    return rendered(templates_of("planner.weekly.page"), "brief.html", variables)
