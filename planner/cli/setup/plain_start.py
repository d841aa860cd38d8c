"""What planner prints instead of opening the app, if a person wants plain words: what the app's first screen shows."""

import importlib

import click

from planner.base.language import later, tr, tr_later
from planner.cli.context import Context
from planner.cli.output import print_line
from planner.cli.setup.for_administrators import read_for_administrator
from planner.domain.vocabulary import Role

# For each role, the command that prints its first screen and what to do next. Everybody else gets _OTHERS.
# docs/decisions/0149: each role begins where its work is.
_STARTS: dict[Role | None, tuple[str, str]] = {
    Role.OFFICER: (
        "planner.cli.reports.my_week:my_week",
        later("To report on these items by answering questions: planner my-week --report"),
    ),
    Role.AUDITOR: (
        "planner.cli.findings.findings:findings",
        later("To follow an item to its mandate: planner trace CODE"),
    ),
}
_OTHERS = ("planner.cli.items.overview:overview", later("To read about one item: planner show CODE"))


def print_start(context: Context) -> None:
    """Print the first screen of the acting person as text, and name the command to go on with."""
    place, hint = _STARTS.get(_role(context), _OTHERS)
    for one in read_for_administrator(context):
        print_line(tr("Not set up yet: {what} Use: {command}", what=one.what, command=one.do))
    module, _, name = place.partition(":")
    command: click.Command = getattr(importlib.import_module(module), name)
    with click.Context(command, obj=context) as ctx:
        # Parsing no arguments lets each option of the command have its default.
        command.parse_args(ctx, [])
        command.invoke(ctx)
    print_line()
    print_line(tr_later(hint))


def _role(context: Context) -> Role | None:
    """Return the role of the acting person, or None for somebody who is no person of the register."""
    from planner.queries.people.people import read_person

    with context.reading() as reading:
        person = read_person(reading.session, context.actor.name)
    return person.role if person else None
