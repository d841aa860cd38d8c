"""planner demo: create a simulated register and open the app on it."""

from typing import TYPE_CHECKING

import click

from planner.base.language import tr
from planner.cli.context import Context
from planner.cli.output import print_line, progress
from planner.cli.values import Word
from planner.domain.plain_words import plain
from planner.domain.vocabulary import Role

if TYPE_CHECKING:
    from sqlalchemy import URL

    from planner.bundle.reader import Bundle
    from planner.demo.demonstration import Provided


@click.command()
@click.option(
    "--as-of",
    metavar="DATE",
    help="The current day of the demonstration. Default: the last Friday in the first four fifths of the plan's year.",
)
@click.option(
    "--fresh", is_flag=True, help="Rebuild the demonstration even if it is up to date; changes made in it are lost."
)
@click.option(
    "--as",
    "acting_as",
    type=Word(Role),
    help="The role of the person who opens the app. Default: officer, the one with the most items.",
)
@click.option("--tour", is_flag=True, help="Begin with the tour: one line about each screen.")
@click.pass_obj
def demo(context: Context, /, as_of: str | None, fresh: bool, acting_as: str | None, tour: bool) -> None:
    """Create a simulated register and open the app on it.

    All reports in the simulated register are made up. It is a separate file, so your own register does not change. --db
    sets its path, and PLANNER_DB is ignored. Later runs open the same file with the changes made in it. Without a
    terminal, the command prints the overview instead.
    """
    open_demonstration(context, as_of, acting_as, fresh=fresh, tour=tour)


def open_demonstration(
    context: Context,
    as_of: str | None = None,
    acting_as: str | None = None,
    *,
    fresh: bool = False,
    tour: bool = False,
) -> None:
    """Make the demonstration if it is not there yet, and open the app on it, or print the overview."""
    from planner.base.resources import bundled
    from planner.bundle.reader import read_bundle
    from planner.cli.setup.app import open_app, why_no_app
    from planner.demo.demonstration import opener

    url, bundle = address(context), read_bundle(bundled("seeds"))
    provided = _provide(url, bundle, as_of, fresh)
    print_line(_outcome(url, provided), err=True)
    _upgrade_older(context, url, provided)
    # As with the address, the environment names the plan of the register, and not of the demonstration.
    plan = context.plan or bundle.plan.plan.key
    opened = Context(opener(url), acting_as or context.acting_as or Role.OFFICER.value, plan)
    obstacle = why_no_app()
    if obstacle is None or plain():
        open_app(opened, tour=tour)
    else:
        from planner.cli.items.overview import print_overview

        print_line(tr("The overview is printed instead of opening the app: {reason}.", reason=obstacle), err=True)
        print_overview(opened)


def address(context: Context) -> "URL":
    """Return the address of the demonstration. PLANNER_DB is ignored, because it is the address of the register."""
    from planner.store import location

    return location.parse(context.db or str(location.data_folder() / location.DEMONSTRATION_FILE_NAME), "--db")


def _provide(url: "URL", bundle: "Bundle", as_of: str | None, fresh: bool) -> "Provided":
    from planner.bundle.references import check
    from planner.demo.demonstration import provide, steps
    from planner.demo.year import requested_day

    day = requested_day(bundle.plan.plan, as_of)
    check(bundle)
    with progress(tr("Simulating reports"), steps(bundle, day)) as step:
        return provide(url, bundle, day, fresh=fresh, progress=step)


def _upgrade_older(context: Context, url: "URL", provided: "Provided") -> None:
    """Upgrade a demonstration that an earlier version of the program made and that is kept."""
    from planner.demo.demonstration import DemoOutcome
    from planner.store import making

    if provided.outcome is DemoOutcome.OPENED and provided.before is not None and provided.before.older:
        copy = making.upgrade(url, context.now())
        print_line(tr("An earlier version of planner had made it, so it was upgraded."), err=True)
        if copy is not None:
            print_line(tr("A copy of the earlier file is {copy}", copy=copy), err=True)


def _outcome(url: "URL", provided: "Provided") -> str:
    """Return a sentence that says whether the demonstration was created, rebuilt or opened."""
    from planner.demo.demonstration import DemoOutcome
    from planner.store.location import shown

    where, day, before = shown(url), provided.today, provided.before
    if provided.outcome is DemoOutcome.OPENED:
        return tr(
            "Opened the existing demonstration as of {day}: {file}. --fresh rebuilds it.",
            day=day,
            file=where,
        )
    if before is None:
        return tr("Created a demonstration as of {day}, with simulated reports: {file}", day=day, file=where)
    if before.today == day:
        return tr(
            "Rebuilt the demonstration as of {day} in {file}. Earlier changes in it are lost.", day=day, file=where
        )
    return tr(
        "Rebuilt the demonstration as of {day} (before: {before}) in {file}. Earlier changes in it are lost.",
        day=day,
        before=before.today,
        file=where,
    )
