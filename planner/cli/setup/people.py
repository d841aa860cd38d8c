"""planner people and planner whoami: who works with the register, and what each may do."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from planner.cli.context import Context
from planner.cli.groups import group
from planner.cli.output import as_json, banner, console, format_option, print_line, search_option
from planner.cli.values import Word
from planner.domain.vocabulary import Role

if TYPE_CHECKING:
    from planner.queries.people.people import PersonView
    from planner.queries.plans import PlanView
    from planner.writes.people import PersonChange

_NOBODY = "No people yet; 'planner upgrade' makes who made the register its administrator."
_NOBODY_FOUND = "Nobody has all these words."

name_option = click.option("--name", metavar="TEXT", help="The person's name, as others are shown it.")
role_option = click.option("--role", type=Word(Role), help="What they are here.")
organisation_option = click.option("--organisation", metavar="ORG", help="Whose they are: its key, or part of a name.")


@group(invoke_without_command=True)
@click.pass_context
def people(click_context: click.Context) -> None:
    """List, add and change the people of the register. What each role may do is in docs/people.md.

    Only an administrator adds and changes. Nobody is deleted: who has left keeps what they wrote.
    """
    if click_context.invoked_subcommand is None:
        click_context.invoke(list_people)


@people.command("list")
@search_option
@format_option("text", "json")
@click.pass_obj
def list_people(context: Context, search: str = "", output: str = "text") -> None:
    """List the people, those who have left too. The same as planner people alone."""
    from planner.queries.people.people import read_people
    from planner.queries.search.matching import having_words, person_texts

    with context.reading() as (session, plan):
        found = having_words(session, plan, context.point(plan, None), read_people(session), search, person_texts)
    if output == "json":
        as_json("people", found, plan)
    else:
        _print_people(found, plan, _NOBODY_FOUND if search.strip() else _NOBODY)


@people.command()
@click.argument("login")
@name_option
@role_option
@organisation_option
@format_option("text", "json")
@click.pass_obj
def add(
    context: Context, login: str, name: str | None, role: str | None, organisation: str | None, output: str
) -> None:
    """Add a person by their operating-system login; an officer unless another role is given.

    An officer needs an organisation: they report on the items that it leads or supports.
    """
    from planner.writes.people import NewPerson, add_person

    new = NewPerson(login, name or login, Role(role) if role else Role.OFFICER, organisation)
    with context.writing() as (session, plan):
        person = add_person(session, context.actor, new, at=context.now())
    _told(person, plan, output)


@people.command()
@click.argument("login")
@name_option
@role_option
@organisation_option
@click.option("--no-organisation", is_flag=True, help="They belong to no organisation of the register.")
@format_option("text", "json")
@click.pass_obj
def change(
    context: Context,
    login: str,
    name: str | None,
    role: str | None,
    organisation: str | None,
    no_organisation: bool,
    output: str,
) -> None:
    """Change a person's name, role or organisation. What is left out stays."""
    from planner.writes.people import PersonChange

    if no_organisation and organisation:
        raise click.UsageError("Give --organisation or --no-organisation, not both.")
    if not (name or role or organisation or no_organisation):
        raise click.UsageError("Give what changes: --name, --role, --organisation or --no-organisation.")
    body = "" if no_organisation else organisation
    _change(context, login, PersonChange(name, Role(role) if role else None, body), output)


@people.command()
@click.argument("login")
@format_option("text", "json")
@click.pass_obj
def leave(context: Context, login: str, output: str) -> None:
    """A person has left: from now on they write nothing. What they wrote keeps their name."""
    from planner.writes.people import PersonChange

    _change(context, login, PersonChange(active=False), output)


@people.command("come-back")
@click.argument("login")
@format_option("text", "json")
@click.pass_obj
def come_back(context: Context, login: str, output: str) -> None:
    """A person who had left is back, as what they were."""
    from planner.writes.people import PersonChange

    _change(context, login, PersonChange(active=True), output)


@click.command()
@format_option("text", "json")
@click.pass_obj
def whoami(context: Context, output: str) -> None:
    """Show who you are here: your login, the person it is, and what you may do."""
    from planner.domain.rules.permissions import deeds_of
    from planner.queries.people.people import read_person

    with context.reading() as (session, plan):
        login = context.actor.name
        person = read_person(session, login)
    may = deeds_of(person.role) if person else ()
    if output == "json":
        as_json("whoami", {"login": login, "person": person, "may": may}, plan)
        return
    out = console()
    banner(out, plan)
    if person is None:
        out.print(f"{login}: none of the people here, so you can only read", markup=False)
        return
    out.print(in_words(person), markup=False)
    out.print(f"May {', '.join(deed.words for deed in may)}" if may else "May read, and write nothing", markup=False)
    if person.organisation and person.role is Role.OFFICER:
        out.print(f"On the items that {person.organisation.name} leads or supports", markup=False)


def in_words(person: "PersonView") -> str:
    """A person on one line: login, name, role, organisation."""
    parts = [person.login, person.name if person.name != person.login else "", person.role.value]
    parts += [person.organisation.name if person.organisation else "", "" if person.active else "has left"]
    return ", ".join(part for part in parts if part)


def _change(context: Context, login: str, changed: "PersonChange", output: str) -> None:
    from planner.writes.people import change_person

    with context.writing() as (session, plan):
        person = change_person(session, context.actor, login, changed, at=context.now())
    _told(person, plan, output)


def _told(person: "PersonView", plan: "PlanView", output: str) -> None:
    if output == "json":
        as_json("person", person, plan)
    else:
        print_line(f"Recorded: {in_words(person)}.")


def _print_people(found: "Sequence[PersonView]", plan: "PlanView", nothing: str) -> None:
    from rich.table import Table
    from rich.text import Text

    out = console()
    banner(out, plan)
    table = Table("Login", "Name", "Role", "Organisation", "", box=None, pad_edge=False, header_style="bold")
    for person in found:
        body = person.organisation.short_name if person.organisation else ""
        cells = (person.login, person.name, person.role.value, body, "" if person.active else "has left")
        table.add_row(*(Text(cell) for cell in cells), style=None if person.active else "dim")
    if found:
        out.print(table)
    else:
        out.print(nothing)
