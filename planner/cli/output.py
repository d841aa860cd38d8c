"""How commands print: tables and lines for people, and JSON in a documented, versioned form for programs."""

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from enum import Enum
from functools import wraps
from typing import TYPE_CHECKING, Any, TypeVar

import click

from planner.base.formats import percent
from planner.base.language import in_english, later, tr_later
from planner.base.visible_text import barred
from planner.cli.streams import stream_behind
from planner.cli.values import Word
from planner.domain.plain_words import mark, plain, plain_if
from planner.domain.symbols import MADE_UP, SYMBOLS
from planner.domain.symbols import words as words  # commands take it from here
from planner.tables.json_form import json_pieces
from planner.tables.json_form import json_value as json_value  # commands take it from here

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from planner.base.progress import OnProgress
    from planner.cli.visible_console import VisibleConsole
    from planner.register.plan_view import PlanView
    from planner.tables.columns import Column, Row

_Command = TypeVar("_Command", bound=Callable[..., Any])

SIMULATED = later("SIMULATED")


def format_option(*choices: str) -> Callable[[_Command], _Command]:
    """Return the --format option. The first choice is the default, and the only format made for people.

    In every other format, the output is in English. A command that records something says in the first format in which
    plan, if the register has several. JSON names the plan of every document.
    """
    option = click.option(
        "--format",
        "output",
        type=Word(choices),
        default=choices[0],
        show_default=True,
        help="The format of the output.",
    )

    def with_option(command: _Command) -> _Command:
        @wraps(command)
        def in_its_language(*args: Any, output: str, **values: Any) -> Any:
            # docs/decisions/0059: what programs read is the same in every language.
            with nullcontext() if output == choices[0] else in_english():
                result = command(*args, output=output, **values)
            if output == choices[0]:
                _print_known(click.get_current_context().obj.where_recorded())
            return result

        return option(in_its_language)  # type: ignore[return-value]

    return with_option


def print_which_plan(*, err: bool = False) -> None:
    """Print which plan the command works with, above a preview or a question. Print nothing if there is only one."""
    context = click.get_current_context(silent=True)
    _print_known(context.obj.which_plan() if context else None, err=err)


def _print_known(line: str | None, *, err: bool = False) -> None:
    if line is not None:
        print_line(line, err=err)


def keep_value(ctx: click.Context, param: click.Parameter, value: Any) -> None:
    """Store the value of an option in the context of the command. The register is then read as the option says."""
    setattr(ctx.obj, str(param.name), value)


def _keep_day(ctx: click.Context, param: click.Parameter, value: str | None) -> None:
    """Store the value of --as-of in the context. A command with this option says as of which day it shows a plan."""
    keep_value(ctx, param, value)
    ctx.obj.dated = True


as_of_option = click.option(
    "--as-of",
    metavar="DATE",
    expose_value=False,
    callback=_keep_day,
    help="Show the state as of this date. Default: today, or the day on which the plan opens.",
)


def day_option(help_text: str) -> Callable[[_Command], _Command]:
    """Return the option --as-of of a command that shows what is now, not the plan's nearest day, if it is left out."""
    return click.option("--as-of", metavar="DATE", expose_value=False, callback=keep_value, help=help_text)


search_option = click.option(
    "--search",
    metavar="TEXT",
    default="",
    help="Only entries that contain all these words, in any script and language.",
)
week_option = click.option(
    "--week",
    "week_text",
    metavar="WEEK",
    help="The reporting week, such as 2020-W14. Default: this week, or the week of --known-at.",
)
known_at_option = click.option(
    "--known-at",
    metavar="INSTANT",
    expose_value=False,
    callback=keep_value,
    help="Ignore everything recorded after this instant. Default: now.",
)


def as_json(kind: str, content: Any, plan: "PlanView | None" = None) -> None:
    """Print one JSON document. Invisible and control characters in it are escaped, so it is exact and safe to show."""
    with plain_if(wanted=False):
        for piece in json_pieces(kind, content, plan):
            click.echo(piece, nl=False)
        click.echo()


def print_line(text: str = "", *, err: bool = False, style: Mapping[str, bool] | None = None) -> None:
    """Print one line. If inserted text contains a line break, each following line begins with a bar."""
    line = barred(text)
    if style is None or plain():
        click.echo(line, err=err)
    else:
        click.echo(click.style(line, **style), file=stream_behind(err=err))


def as_csv(columns: "Sequence[Column[Row]]", rows: "Iterable[Row]") -> None:
    """Print rows as CSV. Text that a spreadsheet would run as a formula is neutralised."""
    from planner.tables.csv_form import csv_bytes

    as_bytes(csv_bytes(columns, rows))


def as_bytes(chunks: Iterable[bytes]) -> None:
    """Print the bytes of a file unchanged, or as safe text on a terminal."""
    if sys.stdout.isatty():
        with plain_if(wanted=False):
            for chunk in chunks:
                sys.stdout.write(chunk.decode("utf-8", "replace"))
        return
    for chunk in chunks:
        sys.stdout.buffer.write(chunk)
    sys.stdout.buffer.flush()


def console() -> "VisibleConsole":
    """Return the console for standard output. It uses a terminal's colour and width, or 200 columns without colour.

    The console prints a name between colons, as in M1.01:new:duty-1, unchanged. rich would replace it by an emoji. With
    --plain, it prints the rows of a table as lines of words.
    """
    from planner.cli.visible_console import VisibleConsole

    out = stream_behind()
    if plain():
        from planner.cli.plain_console import PlainConsole

        return PlainConsole(out)
    if out.isatty():
        return VisibleConsole(file=out)
    return VisibleConsole(file=out, no_color=True, width=200, force_terminal=False)


def print_banner(plan: "PlanView") -> None:
    """Print the note that data is simulated, above lines that are printed by `print_line`.

    Nothing is printed for an office's register. rich is imported only for a terminal, where the note is in colour,
    because the import would make a short command slow.
    """
    if _is_terminal():
        banner(console(), plan)
    elif plan.simulated:
        print_line(f" {tr_later(SIMULATED)}  {tr_later(MADE_UP)}")


def banner(out: "Console", plan: "PlanView") -> None:
    """Print on a console that the data is simulated. Nothing is printed for an office's register."""
    if plan.simulated:
        from rich.text import Text

        out.print(Text.assemble((f" {tr_later(SIMULATED)} ", "bold reverse"), f" {tr_later(MADE_UP)}"), style="yellow")


def print_page(plan: "PlanView", lines: Iterable[str]) -> None:
    """Print lines, in a demonstration below the note that its data is simulated.

    rich is imported only for a terminal, where it wraps long lines, because the import would make a short command slow.
    """
    if not _is_terminal():
        print_banner(plan)
        for line in lines:
            print_line(line)
        return
    out = console()
    banner(out, plan)
    for line in lines:
        out.print_line(line)


def print_paragraph(text: str, *, err: bool = False) -> None:
    """Print a line that may be long. It is wrapped between words on a terminal, and whole in a pipe or a file."""
    if not _is_terminal(err=err):
        print_line(text, err=err)
        return
    from planner.cli.visible_console import VisibleConsole

    VisibleConsole(file=stream_behind(err=err)).print_line(text)


def _is_terminal(*, err: bool = False) -> bool:
    """Return whether lines are wrapped and coloured. In plain words they are whole, also on a terminal."""
    return not plain() and stream_behind(err=err).isatty()


@contextmanager
def progress(title: str, steps: int, *, while_printing: bool = False) -> "Iterator[OnProgress]":
    """Show a progress bar on standard error. Yield a function to be called with the name of each step.

    No bar is shown if standard error is not a terminal, or if output is being printed to a terminal (`while_printing`).
    """
    if not sys.stderr.isatty() or (while_printing and sys.stdout.isatty()):
        yield lambda name, by=1: None
        return
    if plain():
        yield _told_progress(title, steps)
        return
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

    from planner.cli.visible_console import VisibleConsole

    # The name of a step may contain data, so it is not read as markup.
    columns = TextColumn("{task.description}", markup=False), BarColumn(), TaskProgressColumn(), TimeRemainingColumn()
    with Progress(*columns, console=VisibleConsole(file=stream_behind(err=True)), transient=True) as bar:
        task = bar.add_task(title, total=steps)

        def step(name: str, by: int = 1) -> None:
            bar.update(task, description=f"{title}: {name}", advance=by)

        yield step


def _told_progress(title: str, steps: int) -> "OnProgress":
    """Return a function that prints a line for each quarter of the steps. No line is drawn over another one."""
    done = 0

    def step(name: str, by: int = 1) -> None:
        nonlocal done
        before, done = done, done + by
        if 4 * done // max(steps, 1) > 4 * before // max(steps, 1):
            print_line(f"{title}: {percent(100 * min(done, steps) / max(steps, 1))}", err=True)

    print_line(title, err=True)
    return step


def state(word: Enum | None) -> "Text":
    """Return a state with its symbol, word and colour. For None, return a dash."""
    from rich.text import Text

    text, style = state_text(word)
    return Text(text, style=style)


def state_text(word: Enum | None) -> tuple[str, str]:
    """Return the symbol and word of a state as text, and the style of the text. For None, the text is a dash.

    In plain words, the symbol is left out.
    """
    if word is None:
        return "–", "dim"
    symbol, style = SYMBOLS[word.value]
    return f"{mark(symbol)}{words(word.value)}", style
