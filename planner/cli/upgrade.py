"""planner upgrade: bring an older database to this program's revision."""

import click

from planner.cli.context import Context


@click.command()
@click.pass_obj
def upgrade(context: Context) -> None:
    """Bring an older database to this program's revision. A copy of a SQLite file is kept first."""
    from planner.db import making, revision
    from planner.db.location import shown

    copy = making.upgrade(context.url, context.now())
    where = shown(context.url)
    if copy is not None:
        click.echo(f"{where} was upgraded to revision {revision.HEAD}. The file as it was: {copy}")
    else:
        click.echo(f"{where} is at revision {revision.HEAD}.")
