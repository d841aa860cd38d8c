"""planner people and planner whoami: the people of the register, and what each may do."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

import click

from planner.base.language import later, tr, tr_later
from planner.base.listing import listed
from planner.cli.changes.options import act_day_option, act_options, reason_option, run_act
from planner.cli.context import Context
from planner.cli.groups import listing_group
from planner.cli.output import (
    as_json,
    banner,
    console,
    day_option,
    format_option,
    known_at_option,
    print_line,
    search_option,
)
from planner.cli.values import Word
from planner.domain.vocabulary import Role

if TYPE_CHECKING:
    from planner.queries.people.person_view import PersonView
    from planner.register.plan_view import PlanView
    from planner.register.writing import Writing
    from planner.writes.people.changing import PersonChanged, PersonEdit

_NO_PEOPLE = later("There are no people yet. 'planner upgrade' makes the creator of the register its administrator.")
_NOBODY_FOUND = later("No person matches all these words.")

name_option = click.option("--name", metavar="TEXT", help="The name of the person, as others see it.")
role_option = click.option("--role", type=Word(Role), help="The role of the person.")
organisation_option = click.option(
    "--organisation", metavar="ORG", help="The organisation of the person: its key, or part of its name."
)


@listing_group()
def people() -> None:
    """List, add and change the people of the register. docs/people.md lists what each role may do.

    Only an administrator can add and change people. People are never deleted, because their entries keep their names.
    """


@people.command("list")
@search_option
@day_option("List the people of this date. Default: those of now.")
@known_at_option
@format_option("text", "json")
@click.pass_obj
def list_people(context: Context, search: str = "", output: str = "text") -> None:
    """List the people, including those who have left. This is the default of 'planner people'."""
    from planner.queries.people.people import read_people
    from planner.queries.people.people_then import people_then
    from planner.queries.search.matching import having_words, person_texts

    with context.reading() as reading:
        every = people_then(reading) if context.looks_back else read_people(reading.session)
        found = having_words(reading, every, search, person_texts)
    if output == "json":
        as_json("people", found, reading.plan)
    else:
        _print_people(found, reading.plan, tr_later(_NOBODY_FOUND if search.strip() else _NO_PEOPLE))


@people.command()
@click.argument("login")
@name_option
@role_option
@organisation_option
@click.option("--address", "mail_address", metavar="TEXT", help="The mail address of the person.")
@click.option("--reason", metavar="TEXT", help="Why the person joins, if that is a change during the year.")
@act_day_option
@format_option("text", "json")
@click.pass_obj
def add(
    context: Context,
    login: str,
    name: str | None,
    role: str | None,
    organisation: str | None,
    mail_address: str | None,
    reason: str | None,
    act_day: str | None,
    output: str,
) -> None:
    """Add a person by operating-system login, as an officer unless --role names another role.

    An officer needs an organisation, and reports on the items that it leads or supports. With --reason, the person
    joins during the year: the weekly file says so, and as of a day before --as-of they are not there yet.
    """
    from planner.queries.people.people import namesakes
    from planner.writes.people.adding import NewPerson, add_person

    new = NewPerson(login, name or login, Role(role) if role else Role.OFFICER, organisation, mail_address)

    def write(writing: "Writing", day: date, _: object) -> "tuple[PersonView, Sequence[str]]":
        person = add_person(writing, new, reason, as_of=day if reason or act_day else None)
        return person, namesakes(writing.session, person)

    (person, others), plan = run_act(context, act_day, write, of_plan=False)
    if output == "json":
        as_json("person", person, plan)
    else:
        print_line(tr("Recorded: {person}.", person=person.line()))
        _print_namesakes(person, others)


def _print_namesakes(person: "PersonView", logins: "Sequence[str]") -> None:
    """Print what to do about others with the name of a new person, whom an import may have added from a file."""
    for login in logins:
        print_line(tr("{login} has the name {name}, too. If both are one person:", login=login, name=person.name))
        print_line(
            tr(
                "give the items on with 'planner people give-items {old} --to {new} --reason TEXT',",
                old=login,
                new=person.login,
            )
        )
        print_line(tr("and use 'planner people leave {old}'.", old=login))


@people.command()
@click.argument("login")
@name_option
@role_option
@organisation_option
@click.option("--no-organisation", is_flag=True, help="Remove the person from their organisation.")
@act_options
@format_option("text", "json")
@click.pass_obj
def change(
    context: Context,
    login: str,
    name: str | None,
    role: str | None,
    organisation: str | None,
    no_organisation: bool,
    reason: str,
    act_day: str | None,
    output: str,
) -> None:
    """Change the name, role or organisation of a person. Only the given values change.

    As of an earlier day, the person is listed as before.
    """
    from planner.writes.people.changing import PersonEdit

    if no_organisation and organisation:
        raise click.UsageError(tr("Give --organisation or --no-organisation, not both."))
    if not (name or role or organisation or no_organisation):
        raise click.UsageError(tr("Give at least one of --name, --role, --organisation and --no-organisation."))
    body = "" if no_organisation else organisation
    edit = PersonEdit(name, Role(role) if role else None, body)
    _print_changed(*_change(context, login, edit, reason, act_day), output)


@people.command()
@click.argument("login")
@click.option(
    "--address", "mail_address", metavar="TEXT", required=True, help="The mail address of the person. '' removes it."
)
@reason_option
@format_option("text", "json")
@click.pass_obj
def edit(context: Context, login: str, mail_address: str, reason: str, output: str) -> None:
    """Change the mail address of a person. It has no day from which it holds, and no weekly file mentions it."""
    from planner.writes.people.editing import edit_person

    with context.writing() as writing:
        done = edit_person(writing, login, reason, mail_address=mail_address)
    if output == "json":
        as_json("person", done.person, writing.plan)
    else:
        print_line(done.sentence())


@people.command()
@click.argument("login")
@act_options
@format_option("text", "json")
@click.pass_obj
def leave(context: Context, login: str, reason: str, act_day: str | None, output: str) -> None:
    """Record that a person has left. They can write nothing more, and their earlier entries keep their name.

    As of an earlier day, the person is still there. The command names the unfinished items for which they are
    accountable; 'planner people give-items' gives them on.
    """
    from planner.writes.people.accountable import items_left
    from planner.writes.people.changing import PersonEdit, change_person

    def write(writing: "Writing", day: date, _: object) -> "tuple[PersonChanged, Mapping[str, Sequence[str]]]":
        done = change_person(writing, login, PersonEdit(active=False), reason, as_of=day)
        return done, items_left(writing, login)

    (done, left), plan = run_act(context, act_day, write, of_plan=False)
    _print_changed(done, plan, output)
    if output == "text":
        _print_left(login, left)


def _print_left(login: str, left: "Mapping[str, Sequence[str]]") -> None:
    """Print the codes of the items that a person who left is still accountable for, plan by plan."""
    for plan, codes in left.items():
        print_line(tr("Still accountable for unfinished items of {plan}: {codes}", plan=plan, codes=listed(codes)))
        print_line(
            tr(
                "Give them on with 'planner --plan {plan} people give-items {login} --to LOGIN --reason TEXT'.",
                plan=plan,
                login=login,
            )
        )


@people.command("come-back")
@click.argument("login")
@act_options
@format_option("text", "json")
@click.pass_obj
def come_back(context: Context, login: str, reason: str, act_day: str | None, output: str) -> None:
    """Record that a person who had left is back, with their earlier role and organisation."""
    from planner.writes.people.changing import PersonEdit

    _print_changed(*_change(context, login, PersonEdit(active=True), reason, act_day), output)


@people.command("give-items")
@click.argument("login")
@click.option("--to", metavar="LOGIN", required=True, help="The person who is accountable from now on.")
@act_options
@format_option("text", "json")
@click.pass_obj
def give_items(context: Context, login: str, to: str, reason: str, act_day: str | None, output: str) -> None:
    """Make somebody else accountable for all unfinished items of a person, for example of one who leaves."""
    from planner.writes.people import accountable

    done, plan = run_act(
        context,
        act_day,
        lambda writing, day, _: accountable.give_items(writing, login, to, reason, as_of=day),
        of_plan=False,
    )
    if output == "json":
        as_json("items-given", done, plan)
    else:
        print_line(done.sentence())


@click.command()
@format_option("text", "json")
@click.pass_obj
def whoami(context: Context, output: str) -> None:
    """Show who you are in this register: your login, your name and role, and what you may do."""
    from planner.domain.rules.permissions import deeds_of
    from planner.queries.people.people import read_person

    with context.reading() as reading:
        login = context.actor.name
        person = read_person(reading.session, login)
    may = deeds_of(person.role) if person else ()
    if output == "json":
        as_json("whoami", {"login": login, "person": person, "may": may}, reading.plan)
        return
    out = console()
    banner(out, reading.plan)
    if person is None:
        out.print(tr("{login} is not listed as a person in this register and can only read", login=login), markup=False)
        return
    out.print(person.line(), markup=False)
    deeds = ", ".join(deed.words for deed in may)
    out.print(tr("You may {deeds}", deeds=deeds) if may else tr("You may only read"), markup=False)
    if person.organisation and person.role is Role.OFFICER:
        scope = tr(
            "This applies to the items that {organisation} leads or supports", organisation=person.organisation.name
        )
        out.print(scope, markup=False)


def _change(
    context: Context, login: str, edit: "PersonEdit", reason: str, act_day: str | None
) -> "tuple[PersonChanged, PlanView]":
    from planner.writes.people.changing import change_person

    return run_act(
        context,
        act_day,
        lambda writing, day, _: change_person(writing, login, edit, reason, as_of=day),
        of_plan=False,
    )


def _print_changed(done: "PersonChanged", plan: "PlanView", output: str) -> None:
    if output == "json":
        as_json("person", done.person, plan)
    else:
        print_line(done.sentence())


def _print_people(found: "Sequence[PersonView]", plan: "PlanView", nothing: str) -> None:
    from rich.table import Table
    from rich.text import Text

    out = console()
    banner(out, plan)
    addresses = any(person.mail_address for person in found)
    titles = (tr("Login"), tr("Name"), tr("Role"), tr("Organisation"), *([tr("Mail address")] if addresses else []), "")
    table = Table(*titles, box=None, pad_edge=False, header_style="bold")
    for person in found:
        body = person.organisation.short_name if person.organisation else ""
        cells = [person.login, person.name, person.role.value, body]
        if addresses:
            cells.append(person.mail_address or "")
        cells.append("" if person.active else tr("has left"))
        table.add_row(*map(Text, cells), style=None if person.active else "dim")
    if found:
        out.print(table)
    else:
        out.print(nothing)
