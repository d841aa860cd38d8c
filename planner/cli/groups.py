"""Groups of commands: what all of them have in common."""

from collections.abc import Callable, Iterable
from typing import Any

import click
from click.core import ParameterSource

from planner.base.errors import PlannerError


class Group(click.Group):
    """A group whose errors name options: the core names fields, and each becomes the option that its command has."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Say which commands there are where none is named. Click would put the whole help into its error."""
        if not args and self.no_args_is_help and not ctx.resilient_parsing:
            raise click.UsageError(f"Name a command: {', '.join(self.list_commands(ctx))}.", ctx)
        return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command that was named, or the group's own part."""
        try:
            return super().invoke(ctx)
        except PlannerError as error:
            command = self.get_command(ctx, ctx.invoked_subcommand or "")
            # docs/decisions/0054: only the command knows how its option is spelled.
            _name_options(error, [*(command.params if command else ()), *self.params])
            raise


def group(kind: type[Group] = Group, **settings: Any) -> Callable[[Callable[..., Any]], Group]:
    """Make a function a group of commands, as `click.group` does. Use this instead: its errors name options."""
    return click.group(cls=kind, **settings)


def _name_options(error: PlannerError, params: Iterable[click.Parameter]) -> None:
    """Say in an error's message by which options its fields are given. A group further out finds nothing left to do."""
    options = [param for param in params if isinstance(param, click.Option)]
    wrong, helpful = _option_for(error.where, options), _option_for(error.by_field, options)
    if wrong is not None:
        error.where = wrong
    if helpful is not None:
        error.do, error.by_field = f"{error.do} ({helpful})", ""
    error.args = (error.message,)


def _option_for(field: str, options: Iterable[click.Option]) -> str | None:
    """The option by which a field is given; None where it has none. "ends before" is --ends-before, or so named."""
    spelled, name = f"--{field.replace(' ', '-')}", field.replace(" ", "_")
    found = (option for option in options if field and (option.name == name or spelled in option.opts))
    return next((max(option.opts, key=len) for option in found), None)


def require_no_options(ctx: click.Context) -> None:
    """Refuse options before a subcommand: it has its own, and these would silently mean nothing."""
    given = [name for name in ctx.params if ctx.get_parameter_source(name) is ParameterSource.COMMANDLINE]
    if given:
        raise click.UsageError(f"Give the options after '{ctx.invoked_subcommand}'.")
