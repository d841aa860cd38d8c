"""planner drafts: what was typed into report forms and not yet saved."""

from typing import TYPE_CHECKING

import click

from planner.base.errors import BadValueError, NotAllowedError, UnknownNameError
from planner.base.visible_text import one_line, shortened
from planner.cli.context import Context, login
from planner.cli.groups import group
from planner.cli.output import as_json, format_option, print_line
from planner.dates.relative import in_words
from planner.store import location

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.personal.drafts import Draft, Found

# How much of a draft the list shows, in characters.
FIRST_WORDS = 48


@group(invoke_without_command=True)
@click.pass_context
def drafts(click_context: click.Context) -> None:
    """List, show and discard your drafts: what you typed into a report form and have not saved yet.

    They are kept on this machine, in your data folder, and can be read while the database cannot.
    """
    if click_context.invoked_subcommand is None:
        click_context.invoke(list_drafts)


id_option = click.option("--id", "draft_id", metavar="ID", help="The draft of this id, where there are several.")


@drafts.command("list")
@format_option("text", "json")
@click.pass_obj
def list_drafts(context: Context, output: str = "text") -> None:
    """List your drafts in this register, changed last first: item, id, when it was changed, the first words."""
    found = _found(context)
    if output == "json":
        as_json("drafts", found.drafts)
        return
    for draft in found.drafts:
        age = in_words(draft.changed.date(), context.now().date())
        changed = f"{draft.changed:%Y-%m-%d %H:%M}Z"
        print_line(f"{draft.key.code}  {one_line(draft.id)}  {changed}, {age}  {first_words(draft)}")
    if not found.drafts:
        print_line("No drafts: nothing was left unsaved.")


@drafts.command()
@click.argument("code")
@id_option
@format_option("text", "json")
@click.pass_obj
def show(context: Context, code: str, draft_id: str | None, output: str) -> None:
    """Show all that was typed in the drafts on an item."""
    mine = _of_item(_found(context), code, draft_id)
    if output == "json":
        as_json("drafts", mine)
        return
    for draft in mine:
        for line in _lines(draft):
            print_line(line)


@drafts.command()
@click.argument("code")
@id_option
@click.option("--all", "every", is_flag=True, help="All drafts on the item.")
@click.pass_obj
def discard(context: Context, code: str, draft_id: str | None, every: bool) -> None:
    """Drop a draft: what was typed in it is gone. Of several drafts on an item, name one with --id, or give --all."""
    from planner.personal import drafts as kept

    mine = _of_item(_found(context), code, draft_id)
    if len(mine) > 1 and not every:
        ids = ", ".join(draft.id for draft in mine)
        raise BadValueError(
            f"there are {len(mine)} drafts on {mine[0].key.code}: {ids}", where="--id", do="Name one, or give --all"
        )
    for draft in mine:
        if not kept.discard(draft):
            raise NotAllowedError(
                "a form that is open changed this draft just now, so it was not discarded",
                where=draft.key.code,
                do="Look at it again",
            )
        print_line(f"Discarded the draft on {draft.key.code} of {draft.changed:%Y-%m-%d %H:%M}Z.")


def first_words(draft: "Draft") -> str:
    """The beginning of what was typed, on one line."""
    return shortened(" ".join(draft.fields.values()), FIRST_WORDS)


def _found(context: Context) -> "Found":
    """Your drafts; a file that had to be set aside is told on standard error."""
    from planner.personal.drafts import all_of

    found = all_of(location.shown(context.url), _whose(context))
    for aside in found.set_aside:
        print_line(f"planner: {aside.message}", err=True)
    return found


def _whose(context: Context) -> str | None:
    """Whose drafts: one's own; in a demonstration those of whom --as names.

    None means everybody's. Where the database is gone, nobody can say who a demonstration's people are, and the files
    are in this person's own folder.
    """
    if location.is_absent(context.url):
        return None
    if context.acting_as is None:
        return login()
    with context.database():
        return context.actor.name


def _of_item(found: "Found", code: str, draft_id: str | None) -> "list[Draft]":
    """The drafts on an item, or the one of an id. Raises UnknownNameError where there is none."""
    from planner.domain.codes import canonical_code

    mine = [draft for draft in found.drafts if draft.key.code == canonical_code(code)]
    chosen = [draft for draft in mine if draft_id in (None, draft.id)]
    if not chosen:
        what = f"on '{code}' has the id '{draft_id}'" if mine else f"is on '{code}' here"
        raise UnknownNameError(
            f"no draft of yours {what}", where="--id" if mine else "CODE", do="See 'planner drafts' for those you have"
        )
    return chosen


def _lines(draft: "Draft") -> "Iterator[str]":
    begun, changed = (f"{instant:%Y-%m-%d %H:%M}Z" for instant in (draft.begun, draft.changed))
    yield f"{draft.key.code}  {one_line(draft.id)}  begun {begun}, last changed {changed}"
    for name, text in draft.fields.items():
        if text.strip():
            yield f"  {name.replace('_', ' ').capitalize()}: {text}"
    if draft.more:
        yield f"  It also holds what this version does not know: {', '.join(sorted(draft.more))}"
