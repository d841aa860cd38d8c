"""How commands print: rich tables for people (plain in a pipe), JSON of a documented, versioned shape for programs."""

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from enum import Enum
from typing import TYPE_CHECKING, Any, TypeVar

import click

from planner.base.visible_text import barred
from planner.cli.streams import data_stream, stream_behind
from planner.cli.values import Word
from planner.domain.symbols import MADE_UP, SYMBOLS
from planner.domain.symbols import words as words  # commands take it from here
from planner.tables.json_form import json_text
from planner.tables.json_form import json_value as json_value  # commands take it from here

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from planner.base.progress import Step
    from planner.cli.visible_console import VisibleConsole
    from planner.queries.plans import PlanView

_Command = TypeVar("_Command", bound=Callable[..., Any])


def format_option(*choices: str) -> Callable[[_Command], _Command]:
    """The --format option, the first choice being what people get."""
    return click.option(
        "--format",
        "output",
        type=Word(choices),
        default=choices[0],
        show_default=True,
        help="How to print it.",
    )


as_of_option = click.option("--as-of", metavar="DATE", help="See it as of this date. Default: today.")
search_option = click.option(
    "--search", metavar="TEXT", default="", help="Only those that have all these words, in any script and language."
)
known_at_option = click.option(
    "--known-at", metavar="INSTANT", help="Leave out what was recorded after this instant. Default: nothing left out."
)


def as_json(kind: str, content: Any, plan: "PlanView | None" = None) -> None:
    """Print one JSON document. What would act unseen is escaped in it, so it is exact and can be looked at."""
    click.echo(json_text(kind, content, plan))


def print_line(text: str = "", *, err: bool = False, style: Mapping[str, bool] | None = None) -> None:
    """Print one line. Line ends within it came with a text: a bar begins each line that follows them."""
    line = barred(text)
    if style is None:
        click.echo(line, err=err)
    else:
        click.echo(click.style(line, **style), file=stream_behind(err=err))


def as_csv(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Print rows as CSV that a spreadsheet takes without running anything in it."""
    import csv

    from planner.tables.spreadsheets import safe_cell

    writer = csv.writer(data_stream(), lineterminator="\r\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([safe_cell(value) for value in row])


def as_bytes(chunks: Iterable[bytes]) -> None:
    """Print a file's bytes as they are; on a terminal as text that a person can look at."""
    if sys.stdout.isatty():
        for chunk in chunks:
            sys.stdout.write(chunk.decode("utf-8", "replace"))
        return
    for chunk in chunks:
        sys.stdout.buffer.write(chunk)
    sys.stdout.buffer.flush()


def console() -> "VisibleConsole":
    """Where people read: coloured and as wide as the terminal; in a pipe without colour, and wide.

    A name between colons, as in M1.01:new:duty-1, is data: rich would print a picture in its place.
    """
    from planner.cli.visible_console import VisibleConsole

    out = stream_behind()
    if out.isatty():
        return VisibleConsole(file=out)
    return VisibleConsole(file=out, no_color=True, width=200, force_terminal=False)


def banner(out: "Console", plan: "PlanView") -> None:
    """Say on top of every output that what a demonstration reports is made up."""
    if plan.simulated:
        from rich.text import Text

        out.print(Text.assemble((" SIMULATED ", "bold reverse"), f" {MADE_UP}"), style="yellow")


@contextmanager
def progress(title: str, steps: int, *, while_printing: bool = False) -> "Iterator[Step]":
    """A progress bar on standard error where that is a terminal; gives the function that is told each step.

    What is printed to the same terminal meanwhile would be torn apart by it: then there is none.
    """
    if not sys.stderr.isatty() or (while_printing and sys.stdout.isatty()):
        yield lambda name, by=1: None
        return
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

    from planner.cli.visible_console import VisibleConsole

    # What a step is called may be data, and is no markup.
    columns = TextColumn("{task.description}", markup=False), BarColumn(), TaskProgressColumn(), TimeRemainingColumn()
    with Progress(*columns, console=VisibleConsole(file=stream_behind(err=True)), transient=True) as bar:
        task = bar.add_task(title, total=steps)

        def step(name: str, by: int = 1) -> None:
            bar.update(task, description=f"{title}: {name}", advance=by)

        yield step


def state(word: Enum | None) -> "Text":
    """A state as people see it: symbol, word and colour; a dash where there is none."""
    from rich.text import Text

    if word is None:
        return Text("–", style="dim")
    symbol, style = SYMBOLS[word.value]
    return Text(f"{symbol} {words(word.value)}", style=style)
