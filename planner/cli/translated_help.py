"""Help pages and usage errors in the person's language. They are translated when they are shown, not before."""

import inspect
import re
from copy import copy

import click

from planner.base.language import later, tr, tr_later
from planner.cli.nearest import nearest_options, with_suggestion

# Headings and placeholders that click writes.
CLICK_WORDS = (
    later("Options"),
    later("Commands"),
    later("[OPTIONS]"),
    later("COMMAND [ARGS]..."),
    later("[COMMAND] [ARGS]..."),
    later("Show this message and exit."),
    later("Show the version and exit."),
)


class TranslatedFormatter(click.HelpFormatter):
    """Writes the headings of a help page in the person's language."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write the usage line."""
        super().write_usage(prog, args, f"{tr('Usage:')} " if prefix is None else prefix)

    def write_heading(self, heading: str) -> None:
        """Write the heading of a section."""
        super().write_heading(tr_later(heading))


def translated(command: click.Command, ctx: click.Context) -> click.Command:
    """Return a copy of a command with its help texts and placeholders in the person's language."""
    # docs/decisions/0058: the texts in the decorators stay literals.
    shown = copy(command)
    shown.help, shown.epilog = _paragraphs(command.help), _paragraphs(command.epilog)
    # The help option is one of the parameters, so the copy must not add another.
    shown.params = [_parameter(parameter, ctx) for parameter in command.get_params(ctx)]
    shown.add_help_option = False
    shown.options_metavar = tr_later(command.options_metavar or "")
    if isinstance(shown, click.Group):
        shown.subcommand_metavar = tr_later(shown.subcommand_metavar or "")
        shown.commands = {name: _with_short_help(part) for name, part in shown.commands.items()}
    return shown


def _paragraphs(text: str | None) -> str:
    """Return a help text, translated paragraph by paragraph. Each paragraph is one message without line breaks."""
    paragraphs = inspect.cleandoc(text or "").split("\n\n")
    return "\n\n".join(tr_later(" ".join(paragraph.split())) for paragraph in paragraphs)


def _with_short_help(command: click.Command) -> click.Command:
    """Return a copy of a command whose line in the list of its group is translated."""
    shown = copy(command)
    # The whole first sentence is the message. click would cut the translation at the width of the terminal.
    shown.short_help = tr_later(command.get_short_help_str(limit=1000))
    return shown


def _parameter(parameter: click.Parameter, ctx: click.Context) -> click.Parameter:
    shown = copy(parameter)
    if isinstance(parameter, click.Argument):
        shown.metavar = _argument_name(parameter)
    elif isinstance(parameter, click.Option) and isinstance(shown, click.Option):
        shown.help = _option_help(parameter, ctx)
        # The help holds the default and the note that an option is required.
        shown.show_default, shown.required = False, False
        # The words of a vocabulary are typed as they are, so a list of them is not translated.
        if parameter.metavar is not None or not isinstance(parameter.type, click.Choice):
            shown.metavar = tr_later(parameter.metavar or parameter.type.name.upper())
    return shown


def _argument_name(argument: click.Argument) -> str | None:
    """Return the placeholder of an argument, or None for a list of choices, because choices are not translated."""
    if argument.metavar is not None:
        return tr_later(argument.metavar)
    if isinstance(argument.type, click.Choice):
        return None
    name = tr_later(str(argument.name).upper())
    name = name if argument.required else f"[{name}]"
    return name if argument.nargs == 1 else f"{name}..."


def _option_help(option: click.Option, ctx: click.Context) -> str:
    """Return an option's help followed by its default, if click shows it."""
    _, text = option.get_help_record(ctx) or ("", "")
    own, _, added = text.partition("  [")
    shown = [tr_later(own)]
    for part in added.removesuffix("]").split("; ") if added else ():
        shown.append(_added_to_help(part))
    return "  ".join(shown)


def _added_to_help(part: str) -> str:
    """Translate a part that click adds to an option's help, such as its default."""
    if part == "required":
        return tr("[required]")
    name, _, value = part.partition(": ")
    return tr("[default: {value}]", value=value) if name == "default" else f"[{part}]"


def show_usage_error(error: click.ClickException, message: str) -> None:
    """Print on standard error how the command is used, how to get help, and what is wrong."""
    ctx = error.ctx if isinstance(error, click.UsageError) else None
    if ctx is not None:
        click.echo(ctx.get_usage(), err=True)
        option = max(ctx.command.get_help_option_names(ctx), key=len)
        click.echo(tr("Try '{command} {option}' for help.", command=ctx.command_path, option=option), err=True)
        click.echo(err=True)
    click.echo(f"planner: {message}", err=True)


def usage_message(error: click.ClickException) -> str:
    """Return the message of an error that click found in a command line.

    Messages for which click has no error class of their own stay as click writes them.
    """
    if isinstance(error, click.NoSuchOption):
        return _no_such_option(error)
    if isinstance(error, click.MissingParameter) and error.param is not None:
        return _missing(error, error.param)
    if isinstance(error, click.BadParameter) and error.param is not None:
        hint = error.param.get_error_hint(error.ctx)
        return tr("Invalid value for {option}: {message}", option=hint, message=error.message)
    if isinstance(error, click.BadOptionUsage):
        return _wrong_use(error)
    extra = re.fullmatch(r"Got unexpected extra arguments? \((.*)\)", error.message, re.DOTALL)
    return tr("Unexpected extra arguments: {arguments}", arguments=extra[1]) if extra else error.format_message()


def _no_such_option(error: click.NoSuchOption) -> str:
    """Return the message for an option that the command does not have, with what the person may have meant."""
    message = tr("No such option '{name}'.", name=error.option_name)
    options = error.ctx.command.params if error.ctx is not None else ()
    known = {name: getattr(option.type, "choices", ()) for option in options for name in option.opts}
    if error.option_name in ("--yes", "-y") and "--yes" not in known:
        return f"{message} {tr('This command asks for no confirmation: leave the option out.')}"
    return with_suggestion(message, nearest_options(error.option_name, known, error.possibilities or ()))


def _wrong_use(error: click.BadOptionUsage) -> str:
    """Return the message for an option without its value, or for a flag with a value."""
    if "does not take" in error.message:
        return tr("Option '{name}' does not take a value.", name=error.option_name)
    return tr("Option '{name}' requires an argument.", name=error.option_name)


def _missing(error: click.MissingParameter, parameter: click.Parameter) -> str:
    if isinstance(parameter, click.Argument):
        missing = tr("Missing argument '{name}'.", name=_argument_name(parameter) or str(parameter.name).upper())
    else:
        missing = tr("Missing option {name}.", name=parameter.get_error_hint(error.ctx))
    if isinstance(parameter.type, click.Choice):
        words = ", ".join(map(str, parameter.type.choices))
        return tr("{missing} Choose from: {words}.", missing=missing, words=words)
    return missing
