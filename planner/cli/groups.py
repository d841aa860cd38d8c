"""Groups of commands: what all of them have in common."""

import re
import sys
from collections.abc import Callable, Iterable, Sequence
from functools import wraps
from typing import Any

import click
from click.core import ParameterSource

from planner.base.errors import PlannerError
from planner.base.language import ENGLISH, language, tr
from planner.domain.plain_words import choose_plain, plain


class HelpContext(click.Context):
    """The context of every command. It shows the command's help and usage in the person's language."""

    def make_formatter(self) -> click.HelpFormatter:
        """Return the formatter of a help page."""
        if plain():
            from planner.cli.plain_help import PlainFormatter

            return PlainFormatter()
        if language() == ENGLISH:
            return super().make_formatter()
        from planner.cli.translated_help import TranslatedFormatter

        return TranslatedFormatter(width=self.terminal_width, max_width=self.max_content_width)

    def get_help(self) -> str:
        """Return the help page of the command. It ends with an example, except for that of the main command."""
        page = self._shown_command().get_help(self)
        if self.parent is None:
            return page
        # docs/decisions/0137: the examples are one table, which a test runs.
        from planner.cli.examples import WIDTH, example_lines

        name = self.command_path.partition(" ")[2]
        # In plain words, one thing is one line.
        lines = example_lines(name, sys.maxsize if plain() else WIDTH)
        return f"{page}\n\n{tr('Example:')}\n{lines}" if lines else page

    def get_usage(self) -> str:
        """Return the usage line of the command."""
        return self._shown_command().get_usage(self)

    def _shown_command(self) -> click.Command:
        if language() == ENGLISH:
            return self.command
        from planner.cli.translated_help import translated

        return translated(self.command, self)


class Group(click.Group):
    """A group of commands. Its error messages name the option that sets a field instead of the field."""

    context_class = HelpContext

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Raise UsageError with the names of the commands if none is named. click would show the whole help page."""
        if not args and self.no_args_is_help and not ctx.resilient_parsing:
            raise click.UsageError(tr("Give a command: {names}.", names=", ".join(self.list_commands(ctx))), ctx)
        return super().parse_args(ctx, args)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command that the arguments name. Its help is shown in the person's language.

        Raises UsageError with the commands that look like the named one, if it is none of the group's.
        """
        if not ctx.resilient_parsing and not args[0].startswith("-") and self.get_command(ctx, args[0]) is None:
            raise self._no_such_command(ctx, args[0])
        name, command, rest = super().resolve_command(ctx, args)
        if command is not None:
            command.context_class = HelpContext
            _take_global_options(command)
        return name, command, rest

    def _no_such_command(self, ctx: click.Context, typed: str) -> click.UsageError:
        from planner.cli.nearest import nearest_command, with_suggestion

        alike = nearest_command(typed, self.list_commands(ctx), is_main=ctx.parent is None)
        return click.UsageError(with_suggestion(tr("No such command '{name}'.", name=typed), alike), ctx)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the named command, or the group's own function."""
        try:
            return super().invoke(ctx)
        except PlannerError as error:
            command = self.get_command(ctx, ctx.invoked_subcommand or "")
            # docs/decisions/0054: only the command knows how its option is spelled.
            _name_options(error, [*(command.params if command else ()), *self.params])
            raise


def _take_global_options(command: click.Command) -> None:
    """Let a command take the options of the main command too, because people type them where they type the others.

    A command's own option of the same name stays.
    """
    own = {name for param in command.params for name in param.opts}
    keep: Any = _keep
    for name, attribute in _GLOBAL_OPTIONS.items():
        if name not in own:
            means = f"The same as before the command: 'planner {name} … COMMAND'."
            option = click.Option([name, attribute], expose_value=False, hidden=True, callback=keep, help=means)
            command.params.append(option)
    if "--debug" not in own:
        command.params.append(debug_option(hidden=True))
    if "--plain" not in own:
        command.params.append(plain_option(hidden=True))


# The options of the main command, by the attribute of the context that holds the value.
_GLOBAL_OPTIONS = {"--db": "db", "--as": "acting_as", "--plan": "plan"}


def _keep(ctx: click.Context, option: click.Parameter, value: str | None) -> None:
    if value is not None:
        setattr(ctx.obj, option.name or "", value)


def debug_option(*, hidden: bool = False) -> click.Option:
    """Return the option that writes a log of the run to a file."""
    keep: Any = _start_log
    return click.Option(
        ["--debug"],
        is_flag=True,
        is_eager=True,
        expose_value=False,
        hidden=hidden,
        callback=keep,
        help="Write a log of this run to a file, for people who look for a fault.",
    )


def plain_option(*, hidden: bool = False) -> click.Option:
    """Return the option that prints plain words only."""
    keep: Any = _print_plainly
    return click.Option(
        ["--plain"],
        is_flag=True,
        is_eager=True,
        expose_value=False,
        hidden=hidden,
        callback=keep,
        help="Print without tables, bars, symbols and colours, for a screen reader. Defaults to $PLANNER_PLAIN, then "
        "to your settings file.",
    )


def _print_plainly(_: click.Context, __: click.Parameter, wanted: bool) -> None:
    if wanted:
        choose_plain()


def _start_log(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted and not ctx.resilient_parsing:
        from planner.cli.debugging import start_log

        start_log()


def group(kind: type[Group] = Group, **settings: Any) -> Callable[[Callable[..., Any]], Group]:
    """Return a decorator that makes a group of commands. It replaces `click.group`, so that errors name options."""
    return click.group(cls=kind, **settings)


def listing_group(first: str = "list") -> Callable[[Callable[[], None]], Group]:
    """Return a decorator that makes a group of commands, of which the `first` one runs if none is named."""

    def make(described: Callable[[], None]) -> Group:
        @click.pass_context
        @wraps(described)
        def head(ctx: click.Context) -> None:
            if ctx.invoked_subcommand is None and isinstance(ctx.command, click.Group):
                ctx.invoke(ctx.command.commands[first])

        return group(invoke_without_command=True)(head)

    return make


def _name_options(error: PlannerError, params: Iterable[click.Parameter]) -> None:
    """Let an error name the options instead of the fields that they set.

    An outer group then finds no field to replace.
    """
    known = list(params)
    wrong, helpful = _option_for(error.where, known), _option_for(error.by_field, known)
    if wrong is not None:
        error.where = wrong
    if helpful is not None:
        error.do, error.by_field = f"{error.do} ({helpful})", ""
    error.args = (error.message,)


# Fields whose options have other names.
_OTHER_NAMES = {"date": "move", "indicator": "observe", "language": "lang"}

_NUMBERED = re.compile(r"(?P<kind>milestone|indicator)_(?P<number>\d+)(?:_(?P<part>\w+))?", re.ASCII)


def _option_for(field: str, params: Sequence[click.Parameter]) -> str | None:
    """Return the option or argument that sets a field, or None. The field "ends before" is set by --ends-before.

    For a field of a milestone or an indicator, return the option with its number, such as `--met 2`. If the command
    takes the number as an argument, return the argument instead.
    """
    numbered = _NUMBERED.fullmatch(field)
    name = (numbered["part"] or numbered["kind"]) if numbered else field.replace(" ", "_")
    names = {name, _OTHER_NAMES.get(name, name)}
    for option in (param for param in params if isinstance(param, click.Option)):
        spelled = max(option.opts, key=len)
        if option.name in names or spelled.removeprefix("--").replace("-", "_") in names:
            return f"{spelled} {numbered['number']}" if numbered and option.multiple else spelled
    if numbered is None:
        return next((param.human_readable_name for param in params if param.name == name), None)
    arguments = (param.human_readable_name for param in params if param.name in (numbered["kind"], "number"))
    return next(arguments, f"{numbered['kind']} {numbered['number']}")


def require_no_options(ctx: click.Context) -> None:
    """Raise UsageError if options of the group are given before a subcommand, because they would have no effect.

    The options of the main command have their effect anywhere.
    """
    own = [param.name for param in ctx.command.params if param.name and param.expose_value]
    sources = map(ctx.get_parameter_source, own)
    if ParameterSource.COMMANDLINE in sources:
        raise click.UsageError(tr("Give the options after the command '{command}'.", command=ctx.invoked_subcommand))
