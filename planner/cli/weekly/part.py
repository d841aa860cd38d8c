"""The options --theme and --lead of commands that write a week: only the items of a part of the plan."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from planner.cli.context import Context
from planner.cli.named_organisation import named_organisation
from planner.cli.output import keep_value

if TYPE_CHECKING:
    from planner.register.reading import Reading
    from planner.weekly.part import PlanPart

_Command = TypeVar("_Command", bound=Callable[..., Any])


_theme_option = click.option(
    "--theme",
    "themes",
    metavar="THEME",
    multiple=True,
    expose_value=False,
    callback=keep_value,
    help="Only items of this theme: its number, or part of its title. Can be given several times.",
)
_lead_option = click.option(
    "--lead",
    "leads",
    metavar="ORGANISATION",
    multiple=True,
    expose_value=False,
    callback=keep_value,
    help="Only items that this organisation leads: its key, or part of its name. Can be given several times.",
)


def part_options(command: _Command) -> _Command:
    """Add the options --theme and --lead to a command."""
    return _theme_option(_lead_option(command))


def part_of_plan(context: Context, reading: "Reading") -> "PlanPart":
    """Return the part of the plan that the options name: all of it without them.

    Raises UnknownNameError if the plan has no such theme, or the register no such organisation.
    """
    from planner.queries.plans.named import named_themes
    from planner.weekly.part import PlanPart

    chosen = set(named_themes(reading, context.themes, "--theme"))
    themes = tuple(theme.number for theme in reading.plan.themes if theme.number in chosen)
    found = (named_organisation(reading, name) for name in context.leads)
    leads = dict(sorted((lead.key, lead.name) for lead in found))
    return PlanPart(themes, tuple(leads), tuple(leads.values()))
