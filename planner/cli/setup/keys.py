"""planner keys: the keys of the app, as this person's settings file has them."""

from typing import TYPE_CHECKING, Any

import click

from planner.base.errors import BadValueError
from planner.cli.output import as_json, console, format_option, print_line
from planner.personal.settings import KeyCatalog, Settings, read_settings, settings_file

if TYPE_CHECKING:
    from pathlib import Path


@click.command()
@click.option("--check", is_flag=True, help="Check the settings file and print nothing else.")
@format_option("text", "json")
def keys(check: bool, output: str) -> None:
    """List the keys of the app with the ids under which they can be remapped.

    Your settings file is read as the app reads it. Where something in it is wrong, it is told on standard error, and
    the keys are the app's own.
    """
    # The command that lists the app's keys asks the app for them, as the one that opens it does.
    from tui.keys.remapping import catalog

    known, file = catalog(), settings_file()
    settings = read_settings(file, known)
    for trouble in settings.troubles:
        print_line(f"planner: {trouble}", err=True)
    if settings.troubles and check:
        raise BadValueError("the settings file is not in order", where=str(file))
    if check:
        print_line(f"{file}: {'in order' if file.exists() else 'there is none; the keys are the app’s own'}")
    elif output == "json":
        as_json("keys", [_plain(name, known, settings) for name in known.keys])
    else:
        _print_table(known, settings, file)


def _plain(name: str, known: KeyCatalog, settings: Settings) -> dict[str, Any]:
    return {
        "id": name,
        "keys": known.called_keys(name, settings),
        "does": known.descriptions[name],
        "remapped": name in settings.keys,
    }


def _print_table(known: KeyCatalog, settings: Settings, file: "Path") -> None:
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, header_style="bold", show_edge=False)
    for title in ("Id", "Keys", "What it does"):
        table.add_column(title)
    for name in known.keys:
        remapped = " (remapped)" if name in settings.keys else ""
        table.add_row(
            name, Text(", ".join(known.called_keys(name, settings)) + remapped), Text(known.descriptions[name])
        )
    out = console()
    out.print(table)
    out.print(Text(f"Keys are remapped in {file}", style="dim"))
