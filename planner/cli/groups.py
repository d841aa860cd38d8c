"""Commands that do something themselves and have subcommands too."""

import click
from click.core import ParameterSource


def require_no_options(ctx: click.Context) -> None:
    """Refuse options before a subcommand: it has its own, and these would silently mean nothing."""
    given = [name for name in ctx.params if ctx.get_parameter_source(name) is ParameterSource.COMMANDLINE]
    if given:
        raise click.UsageError(f"Give the options after '{ctx.invoked_subcommand}'.")
