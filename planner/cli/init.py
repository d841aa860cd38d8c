"""planner init: make the database and load the bundled plan."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from planner.cli.context import Context
from planner.cli.output import as_json, format_option, progress

if TYPE_CHECKING:
    from planner.bundle.seeder import Counts


@click.command()
@click.option(
    "--seeds",
    type=click.Path(path_type=Path, file_okay=False),
    help="The folder of a plan's data files, instead of the bundled plan's.",
)
@format_option("text", "json")
@click.pass_obj
def init(context: Context, seeds: Path | None, output: str) -> None:
    """Make the database and load the bundled plan into it.

    Run again, it loads what changed in the data files since; what people entered stays as they entered it.
    """
    from planner.bundle.loader import STEPS, load
    from planner.bundle.reader import read_bundle
    from planner.bundle.references import check
    from planner.db import installation, revision
    from planner.resources import bundled

    bundle = read_bundle(seeds or bundled("seeds"))
    check(bundle)
    database = revision.make(context.url)
    try:
        with database.writing() as session, progress("Loading", len(STEPS)) as step:
            installation.register(session, context.actor, context.now())
            counts = load(session, context.actor, bundle, context.now(), step)
        with database.reading() as session:
            _print_loaded(context, session, database.address, counts, output)
    finally:
        database.close()


def _print_loaded(context: Context, session: object, address: str, counts: "Counts", output: str) -> None:
    raise NotImplementedError
