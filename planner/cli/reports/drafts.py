"""planner drafts: reports that were typed into a form and not saved."""

from typing import TYPE_CHECKING

import click

from planner.base.errors import BadValueError, NotAllowedError, PlannerError, UnknownNameError
from planner.base.language import tr, tr_count
from planner.base.listing import listed
from planner.base.visible_text import one_line, shortened
from planner.cli.context import Context, login
from planner.cli.groups import listing_group
from planner.cli.output import as_json, format_option, print_line
from planner.dates.relative import age_words
from planner.reporting.fields import label_of
from planner.store import location

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import datetime

    from planner.personal.drafts import Draft

# How many characters of a draft the list shows.
FIRST_WORDS = 48


@listing_group()
def drafts() -> None:
    """List, show and discard your drafts: reports that you typed into a form and have not saved.

    Drafts are kept on this machine, in your data folder. You can read them even if the database cannot be opened.
    """


id_option = click.option("--id", "draft_id", metavar="ID", help="The draft with this id, if there are several.")


@drafts.command("list")
@format_option("text", "json")
@click.pass_obj
def list_drafts(context: Context, output: str = "text") -> None:
    """List your drafts in this plan, the last changed first: item, id, time of the last change, first words."""
    found = _own_drafts(context)
    if output == "json":
        as_json("drafts", found)
        return
    typed = _typed_at(context, found)
    one_plan = len({draft.key.plan for draft in found}) <= 1
    for draft in found:
        changed = typed(draft, draft.changed)
        age = age_words(changed.date(), typed(draft, context.now()).date())
        code = draft.key.code if one_plan else f"{draft.key.code} ({one_line(draft.key.plan)})"
        print_line(f"{code}  {one_line(draft.id)}  {_shown(changed)}{age}  {first_words(draft)}")
    if not found:
        print_line(tr("You have no drafts."))


@drafts.command()
@click.argument("code")
@id_option
@format_option("text", "json")
@click.pass_obj
def show(context: Context, code: str, draft_id: str | None, output: str) -> None:
    """Show everything that you typed in your drafts on an item."""
    mine = _of_item(_own_drafts(context), code, draft_id)
    if output == "json":
        as_json("drafts", mine)
        return
    typed = _typed_at(context, mine)
    for draft in mine:
        for line in _lines(draft, typed):
            print_line(line)


@drafts.command()
@click.argument("code")
@id_option
@click.option("--all", "every", is_flag=True, help="All drafts on the item.")
@click.pass_obj
def discard(context: Context, code: str, draft_id: str | None, every: bool) -> None:
    """Delete a draft and what you typed in it. If an item has several drafts, name one with --id, or give --all."""
    from planner.personal import drafts as kept

    mine = _of_item(_own_drafts(context), code, draft_id)
    if len(mine) > 1 and not every:
        raise BadValueError(
            tr_count(
                "there is {count} draft on {code}: {ids}",
                "there are {count} drafts on {code}: {ids}",
                len(mine),
                code=mine[0].key.code,
                ids=", ".join(draft.id for draft in mine),
            ),
            where="--id",
            do=tr("Give the id of one draft, or --all"),
        )
    typed = _typed_at(context, mine)
    for draft in mine:
        if not kept.discard(draft):
            raise NotAllowedError(
                tr("this draft was not discarded, because an open form has just changed it"),
                where=draft.key.code,
                do=tr("Check the draft, then try again"),
            )
        changed = _shown(typed(draft, draft.changed))
        print_line(tr("Discarded the draft on {code} of {instant}.", code=draft.key.code, instant=changed))


def _shown(local: "datetime") -> str:
    return f"{local:%Y-%m-%d %H:%M%z}"


def _typed_at(context: Context, found: "Sequence[Draft]") -> "Callable[[Draft, datetime], datetime]":
    """Return a function that returns an instant in the time zone of the plan of a draft.

    If the register or its plan cannot be read, the instant is in the time zone of this computer.
    """
    from zoneinfo import ZoneInfo

    zones = _time_zones(context) if found else {}

    def local(draft: "Draft", instant: "datetime") -> "datetime":
        zone = zones.get(draft.key.plan)
        return instant.astimezone(ZoneInfo(zone) if zone else None)

    return local


def _time_zones(context: Context) -> "Mapping[str, str]":
    """Return the time zones of the plans of the register. Return none if it cannot be read."""
    from planner.register.plans import read_time_zones

    try:
        with context.register() as register, register.open().reading() as session:
            return read_time_zones(session)
    except PlannerError:
        return {}


def first_words(draft: "Draft") -> str:
    """Return the beginning of the text of a draft, on one line."""
    return shortened(" ".join(draft.fields.values()), FIRST_WORDS)


def _own_drafts(context: Context) -> "tuple[Draft, ...]":
    """Return the person's drafts in the plan that was given or chosen, or else in all plans.

    Files that cannot be read are set aside. Messages on standard error tell of them, and of drafts in other plans.
    """
    from planner.personal.drafts import all_of

    found = all_of(location.shown(context.url), _drafts_owner(context))
    for aside in found.set_aside:
        print_line(f"planner: {aside.message}", err=True)
    plan = _plan_in_use(context)
    elsewhere = sorted({draft.key.plan for draft in found.drafts} - {plan}) if plan else []
    if elsewhere:
        print_line(tr("You also have drafts in other plans: {plans}.", plans=listed(elsewhere)), err=True)
    return tuple(draft for draft in found.drafts if plan in (None, draft.key.plan))


def _plan_in_use(context: Context) -> str | None:
    """Return the key of the plan that was given or chosen, or None. The register is not opened for it."""
    from planner.personal.chosen_plans import chosen_plan

    given = context.given_plan
    return given.key if given else chosen_plan(location.shown(context.url))


def _drafts_owner(context: Context) -> str | None:
    """Return the login whose drafts are shown. In a demonstration, this is the person that --as names.

    If the database does not exist, it is not known who acts. Return None then, for all drafts in the user's folder.
    """
    if location.is_absent(context.url):
        return None
    if context.acting_as is None:
        return login()
    with context.register() as register:
        return register.actor.name


def _of_item(found: "tuple[Draft, ...]", code: str, draft_id: str | None) -> "list[Draft]":
    """Return the drafts on an item, or only the draft with the given id. Raises UnknownNameError if there is none."""
    from planner.domain.codes import code_key

    mine = [draft for draft in found if code_key(draft.key.code) == code_key(code)]
    chosen = [draft for draft in mine if draft_id in (None, draft.id)]
    see = tr("'planner drafts' lists your drafts")
    if not mine:
        raise UnknownNameError(tr("you have no draft on '{code}' in this register", code=code), where="CODE", do=see)
    if not chosen:
        what = tr("you have no draft with the id '{id}' on '{code}'", id=draft_id, code=code)
        raise UnknownNameError(what, where="--id", do=see)
    return chosen


def _lines(draft: "Draft", typed: "Callable[[Draft, datetime], datetime]") -> "Iterator[str]":
    begun, changed = (_shown(typed(draft, instant)) for instant in (draft.begun, draft.changed))
    times = tr("begun {begun}, last changed {changed}", begun=begun, changed=changed)
    yield f"{draft.key.code}  {one_line(draft.id)}  {times}"
    for name, text in draft.fields.items():
        if text.strip():
            yield f"  {label_of(name) or name}: {text}"
    if draft.more:
        names = ", ".join(sorted(draft.more))
        yield "  " + tr("The draft also has fields that this version of planner does not know: {names}", names=names)
