"""planner demo: make a simulated database and open the app on it."""

from typing import TYPE_CHECKING

import click

from planner.cli.context import Context
from planner.cli.output import print_line, progress
from planner.cli.values import Word
from planner.domain.vocabulary import Role

if TYPE_CHECKING:
    from sqlalchemy import URL

    from planner.demo.demonstration import Provided


@click.command()
@click.option(
    "--as-of",
    metavar="DATE",
    help="The day the demonstration lives on. Default: the last Friday within four fifths of the plan's year.",
)
@click.option(
    "--fresh", is_flag=True, help="Make it anew, also where the same one stands; what was typed in it is lost."
)
@click.option(
    "--as",
    "acting_as",
    type=Word(Role),
    help="As whom the app is opened. Default: officer, the one with the most items.",
)
@click.pass_obj
def demo(context: Context, as_of: str | None, fresh: bool, acting_as: str | None) -> None:
    """Make a simulated database and open the app on it.

    All its reports are made up. It is a file of its own, apart from your register: --db puts it elsewhere, PLANNER_DB
    does not. Made once, it is opened again as it was left. Without a terminal the overview is printed instead.
    """
    from planner.cli.setup.app import open_app, why_no_app
    from planner.demo.demonstration import opener

    url = address(context)
    provided = _provide(url, as_of, fresh)
    print_line(_told(url, provided), err=True)
    opened = Context(opener(url), acting_as or context.acting_as or Role.OFFICER.value)
    hindrance = why_no_app()
    if hindrance is None:
        open_app(opened)
    else:
        from planner.cli.items.overview import print_overview

        print_line(f"Here is its overview: {hindrance}.", err=True)
        print_overview(opened)


def address(context: Context) -> "URL":
    """Where the demonstration is. PLANNER_DB is the register's address and is not looked at."""
    from planner.store import location

    return location.parse(context.db or str(location.data_folder() / location.DEMONSTRATION_FILE_NAME), "--db")


def _provide(url: "URL", as_of: str | None, fresh: bool) -> "Provided":
    from planner.base.resources import bundled
    from planner.bundle.reader import read_bundle
    from planner.bundle.references import check
    from planner.demo.days import requested_day
    from planner.demo.demonstration import provide, steps

    bundle = read_bundle(bundled("seeds"))
    day = requested_day(bundle.plan.plan, as_of)
    check(bundle)
    with progress("Simulating", steps(bundle, day)) as step:
        return provide(url, bundle, day, fresh=fresh, progress=step)


def _told(url: "URL", provided: "Provided") -> str:
    """What was done, in a sentence or two."""
    from planner.demo.demonstration import Outcome
    from planner.store.location import shown

    where, day, before = shown(url), provided.today, provided.before
    if provided.outcome is Outcome.OPENED:
        return f"Opened the demonstration as of {day} as it was left: {where}. Make it anew with --fresh."
    if before is None:
        return f"Made a demonstration as of {day}; all its reports are simulated: {where}"
    was = f"the one as of {before.today}" if before.today != day else "the earlier one"
    return f"Made the demonstration anew as of {day}, in place of {was}; what was typed in that is gone: {where}"
