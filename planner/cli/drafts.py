"""planner drafts: what was typed into report forms and not yet saved."""

from typing import TYPE_CHECKING

import click

from planner.cli.context import Context, login
from planner.cli.groups import Group
from planner.cli.output import as_json, format_option, print_line
from planner.dates.relative import in_words
from planner.db import location
from planner.errors import UnknownNameError
from planner.visible_text import shortened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.drafts import Draft, Found

# How much of a draft the list shows, in characters.
FIRST_WORDS = 48


@click.group(cls=Group, invoke_without_command=True)
@click.pass_context
def drafts(click_context: click.Context) -> None:
    """List, show and discard your drafts: what you typed into a report form and have not saved yet.

    They are kept on this machine, in your data folder, and can be read while the database cannot.
    """
    if click_context.invoked_subcommand is None:
        click_context.invoke(list_drafts)


@drafts.command("list")
@format_option("text", "json")
@click.pass_obj
def list_drafts(context: Context, output: str = "text") -> None:
    """List your drafts in this register, changed last first."""
    found = _found(context)
    if output == "json":
        as_json("drafts", found.drafts)
        return
    for draft in found.drafts:
        age = in_words(draft.changed.date(), context.now().date())
        print_line(f"{draft.key.code}  {draft.changed:%Y-%m-%d %H:%M}Z, {age}  {first_words(draft)}")
    if not found.drafts:
        print_line("No drafts: nothing was left unsaved.")


@drafts.command()
@click.argument("code")
@format_option("text", "json")
@click.pass_obj
def show(context: Context, code: str, output: str) -> None:
    """Show all that was typed in a draft."""
    mine = _of_item(_found(context), code)
    if output == "json":
        as_json("drafts", mine)
        return
    for draft in mine:
        for line in _lines(draft):
            print_line(line)


@drafts.command()
@click.argument("code")
@click.pass_obj
def discard(context: Context, code: str) -> None:
    """Drop a draft: what was typed in it is gone."""
    from planner import drafts as kept

    for draft in _of_item(_found(context), code):
        kept.discard(draft.key)
        print_line(f"Discarded the draft on {draft.key.code} of {draft.changed:%Y-%m-%d %H:%M}Z.")


def first_words(draft: "Draft") -> str:
    """The beginning of what was typed, on one line."""
    return shortened(" ".join(draft.fields.values()), FIRST_WORDS)


def _found(context: Context) -> "Found":
    """Your drafts; a file that had to be set aside is told on standard error."""
    from planner.drafts import all_of

    found = all_of(location.shown(context.url), _whose(context))
    for aside in found.set_aside:
        print_line(f"planner: {aside.message}", err=True)
    return found


def _whose(context: Context) -> str:
    """Whose drafts: one's own, which needs no database; in a demonstration those of whom --as names."""
    if context.acting_as is None:
        return login()
    with context.database():
        return context.actor.name


def _of_item(found: "Found", code: str) -> "list[Draft]":
    """The drafts on an item, several where several plans have it. Raises UnknownNameError where there is none."""
    from planner.codes import canonical_code

    mine = [draft for draft in found.drafts if draft.key.code == canonical_code(code)]
    if not mine:
        raise UnknownNameError(
            f"you have no draft on '{code}' here", where="CODE", do="See 'planner drafts' for those you have"
        )
    return mine


def _lines(draft: "Draft") -> "Iterator[str]":
    yield f"{draft.key.code}  begun {draft.begun:%Y-%m-%d %H:%M}Z, last changed {draft.changed:%Y-%m-%d %H:%M}Z"
    for name, text in draft.fields.items():
        if text.strip():
            yield f"  {name.replace('_', ' ').capitalize()}: {text}"
