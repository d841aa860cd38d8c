"""planner organisation: list, add, rename, edit, merge and dissolve organisations."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from planner.base.language import tr
from planner.base.listing import with_commas
from planner.cli.changes.options import act_options, both_sides, reason_option, run_act
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

if TYPE_CHECKING:
    from planner.queries.people.ended import ListedOrganisation
    from planner.register.plan_view import PlanView
    from planner.writes.plan_changes.organisations import OrganisationChanged


@listing_group()
def organisation() -> None:
    """List, add, rename, edit, merge and dissolve organisations. docs/plan-changes.md explains each act."""


@organisation.command("list")
@search_option
@day_option("List the organisations of this date. Default: those of now.")
@known_at_option
@format_option("text", "json")
@click.pass_obj
def list_organisations(context: Context, search: str = "", output: str = "text") -> None:
    """List the organisations with their keys. This is the default of 'planner organisation'."""
    from planner.base.texts import folded
    from planner.queries.people.ended import read_listed_organisations
    from planner.queries.people.organisations_then import listed_organisations_then

    with context.reading() as reading:
        every = listed_organisations_then(reading) if context.looks_back else read_listed_organisations(reading.session)
    found = [entry for entry in every if all(word in folded(_text(entry)) for word in folded(search).split())]
    if output == "json":
        as_json("organisations", found, reading.plan)
    else:
        _print_organisations(found, reading.plan)


@organisation.command()
@click.argument("key")
@click.option("--name", metavar="TEXT", required=True, help="The full name.")
@click.option("--short-name", metavar="TEXT", help="A name of up to 32 characters for tables.")
@click.option("--language", metavar="LANG", help="The language of its status sheets, such as ko.")
@click.option(
    "--address", "mail_address", metavar="TEXT", help="Its mail address, or several with commas between them."
)
@format_option("text", "json")
@click.pass_obj
def add(context: Context, /, key: str, output: str, **values: Any) -> None:
    """Add an organisation. KEY is a short name of letters, digits and hyphens, by which commands name it."""
    from planner.writes.plan_changes.organisations import add_organisation

    with context.writing() as writing:
        done = add_organisation(writing, key, **values)
    _print_done(done, writing.plan, output)


@organisation.command()
@click.argument("organisation")
@click.option("--name", metavar="TEXT", required=True, help="The new full name.")
@click.option("--short-name", metavar="TEXT", help="The new short name, of up to 32 characters.")
@act_options
@format_option("text", "json")
@click.pass_obj
def rename(
    context: Context,
    organisation: str,
    name: str,
    short_name: str | None,
    reason: str,
    act_day: str | None,
    output: str,
) -> None:
    """Give an organisation another name. As of an earlier day, its earlier name is shown."""
    from planner.writes.plan_changes.organisations import rename_organisation

    done, plan = run_act(
        context,
        act_day,
        lambda writing, day, _: rename_organisation(
            writing, organisation, name, reason, short_name=short_name, as_of=day
        ),
        of_plan=False,
    )
    _print_done(done, plan, output)


@organisation.command()
@click.argument("organisation")
@click.option("--language", metavar="LANG", help="The language of its status sheets. '' means that of the plan.")
@click.option(
    "--address",
    "mail_address",
    metavar="TEXT",
    help="Its mail address, or several with commas between them. '' removes them.",
)
@reason_option
@format_option("text", "json")
@click.pass_obj
def edit(
    context: Context, organisation: str, language: str | None, mail_address: str | None, reason: str, output: str
) -> None:
    """Change the language of an organisation's status sheets, or the mail addresses for its reminders and sheets."""
    from planner.writes.plan_changes.organisations import edit_organisation

    if language is None and mail_address is None:
        raise click.UsageError(tr("Give at least one of --language and --address."))
    with context.writing() as writing:
        done = edit_organisation(writing, organisation, reason, language=language, mail_address=mail_address)
    _print_done(done, writing.plan, output)


@organisation.command()
@click.argument("organisation")
@click.option("--into", metavar="ORG", required=True, help="The organisation that takes over its work.")
@act_options
@format_option("text", "json")
@click.pass_obj
def merge(context: Context, organisation: str, into: str, reason: str, act_day: str | None, output: str) -> None:
    """Merge an organisation into another one, which takes over its unfinished items and its people."""
    from planner.writes.plan_changes.organisations import merge_organisation

    done, plan = run_act(
        context,
        act_day,
        lambda writing, day, _: merge_organisation(writing, organisation, into, reason, as_of=day),
        of_plan=False,
    )
    _print_done(done, plan, output)


@organisation.command()
@click.argument("organisation")
@click.option("--lead", metavar="ORG", help="The organisation that takes over its unfinished items.")
@click.option(
    "--give",
    "given",
    metavar="CODE=ORG",
    multiple=True,
    help="Another lead for one of these items; can be given several times.",
)
@act_options
@format_option("text", "json")
@click.pass_obj
def dissolve(
    context: Context,
    organisation: str,
    lead: str | None,
    given: tuple[str, ...],
    reason: str,
    act_day: str | None,
    output: str,
) -> None:
    """Dissolve an organisation. Each of its unfinished items gets a new lead in the same write."""
    from planner.writes.plan_changes.organisations import dissolve_organisation

    leads = dict(both_sides(one, "--give", "T-001=harbour-office") for one in given)
    done, plan = run_act(
        context,
        act_day,
        lambda writing, day, _: dissolve_organisation(writing, organisation, reason, lead=lead, leads=leads, as_of=day),
        of_plan=False,
    )
    _print_done(done, plan, output)


def _print_done(done: "OrganisationChanged", plan: "PlanView", output: str) -> None:
    if output == "json":
        as_json("organisation-changed", done, plan)
        return
    print_line(done.sentence())
    for code, lead in done.leads.items():
        print_line(tr("  {code} is led by {lead}", code=code, lead=lead))
    if done.supported:
        print_line(tr("  It no longer supports: {codes}", codes=with_commas(done.supported)))
    if done.runs:
        print_line(f"  {done.still_runs()}")
        print_line(tr("  For each plan, use 'planner plan edit PLAN --organisation ORG'."))
    logins = ", ".join(done.people)
    if done.people and done.kind == "dissolved":
        print_line(tr("  People who still belong to it: {logins}", logins=logins))
        print_line(
            tr("  For each, use 'planner people change LOGIN --organisation ORG' or 'planner people leave LOGIN'.")
        )
    elif done.people:
        print_line(tr("  People who moved with it: {logins}", logins=logins))


def _text(entry: "ListedOrganisation") -> str:
    return " ".join([entry.key, entry.name, entry.short_name, *(name.name for name in entry.names)])


def _end(entry: "ListedOrganisation") -> str:
    """Return what became of an organisation, or nothing if it still exists."""
    end = entry.ended
    if end is None:
        return ""
    if end.into is None:
        return tr("dissolved as of {day}", day=end.as_of)
    return tr("merged into {key} as of {day}", key=end.into, day=end.as_of)


def _print_organisations(found: "Sequence[ListedOrganisation]", plan: "PlanView") -> None:
    from rich.table import Table
    from rich.text import Text

    out = console()
    banner(out, plan)
    table = Table(tr("Key"), tr("Name"), tr("Short name"), box=None, pad_edge=False, header_style="bold")
    languages = any(entry.language for entry in found)
    if languages:
        table.add_column(tr("Language"))
    addresses = any(entry.mail_address for entry in found)
    if addresses:
        table.add_column(tr("Mail address"))
    ended = any(entry.ended for entry in found)
    if ended:
        table.add_column(tr("Ended"))
    for entry in found:
        cells = [entry.key, entry.name, entry.short_name]
        if languages:
            cells.append(entry.language or "")
        if addresses:
            cells.append(entry.mail_address or "")
        if ended:
            cells.append(_end(entry))
        table.add_row(*map(Text, cells))
    if found:
        out.print(table)
    else:
        print_line(tr("No organisation matches all these words."))
