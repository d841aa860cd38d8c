"""planner keys: list the keys of the app, with the changes in the person's settings file."""

from typing import TYPE_CHECKING, Any

import click

from planner.base.errors import BadValueError
from planner.base.language import tr, tr_later
from planner.base.user_folders import settings_file
from planner.cli.output import as_json, console, format_option, print_line
from planner.personal.settings import KeyCatalog, PersonalSettings, read_settings

if TYPE_CHECKING:
    from pathlib import Path


@click.command()
@click.option("--check", is_flag=True, help="Only check the settings file.")
@format_option("text", "json")
def keys(check: bool, output: str) -> None:
    """List the keys of the app, with the ids that your settings file can remap.

    The command reads your settings file as the app does. If the file has errors, they are printed on standard error,
    and the default keys apply.
    """
    # Only this command and the one that opens the app import from `tui`.
    from tui.keys.remapping import catalog

    known, file = catalog(), settings_file()
    settings = read_settings(file, known)
    for trouble in settings.troubles:
        print_line(f"planner: {trouble}", err=True)
    if settings.troubles and check:
        raise BadValueError(
            tr("the settings file has errors"), where=str(file), do=tr("Correct the errors listed above")
        )
    if check:
        if file.exists():
            print_line(tr("{file}: no errors", file=file))
        else:
            print_line(tr("{file}: this file does not exist, so the default keys apply", file=file))
    elif output == "json":
        as_json("keys", [_json_values(name, known, settings) for name in known.keys])
    else:
        _print_table(known, settings, file)


def _json_values(name: str, known: KeyCatalog, settings: PersonalSettings) -> dict[str, Any]:
    return {
        "id": name,
        "keys": known.called_keys(name, settings),
        "does": known.descriptions[name],
        "remapped": name in settings.keys,
    }


def _print_table(known: KeyCatalog, settings: PersonalSettings, file: "Path") -> None:
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, header_style="bold", show_edge=False)
    for title in (tr("Id"), tr("Keys"), tr("Action")):
        table.add_column(title)
    for name in known.keys:
        keys = ", ".join(known.called_keys(name, settings))
        shown = tr("{keys} (remapped)", keys=keys) if name in settings.keys else keys
        table.add_row(name, Text(shown), Text(tr_later(known.descriptions[name])))
    out = console()
    out.print(table)
    out.print(Text(tr("To remap keys, edit {file}", file=file), style="dim"))
