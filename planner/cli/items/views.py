"""planner views: the saved views of the register. The app saves them, and `planner items --view` uses them."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from planner.base.language import tr
from planner.cli.groups import listing_group
from planner.cli.output import as_json, console, format_option, print_line
from planner.personal import saved_views

if TYPE_CHECKING:
    from planner.personal.saved_views import SavedView


@listing_group()
def views() -> None:
    """List, show and delete your saved views. The app saves them, and 'planner items --view' uses them."""


@views.command("list")
@format_option("text", "json")
def list_views(output: str = "text") -> None:
    """List the views by name. This is the default of 'planner views'."""
    found = saved_views.read_views(saved_views.views_file())
    if output == "json":
        as_json("views", found)
    else:
        _print_views(found)


@views.command()
@click.argument("view", metavar="NAME")
@format_option("text", "json")
def show(view: str, output: str) -> None:
    """Show the filters, the order and the columns of a view."""
    found = saved_views.find_view(saved_views.views_file(), view)
    if output == "json":
        as_json("view", found)
    else:
        _print_view(found)


@views.command()
@click.argument("view", metavar="NAME")
def delete(view: str) -> None:
    """Delete a view."""
    gone = saved_views.delete_view(saved_views.views_file(), view)
    print_line(tr("Deleted the view '{name}'.", name=gone.name))


def _print_views(found: "Sequence[SavedView]") -> None:
    for view in found:
        print_line(f"{view.name}: {view.summary}")
    if not found:
        print_line(tr("There are no saved views. To save a view, press V in the register of the app."))


def _print_view(view: "SavedView") -> None:
    from rich.text import Text

    out = console()
    out.print(Text(view.name, style="bold"))
    for facet, values in view.filters.items():
        out.print(Text(f"{facet}: {', '.join(values)}"))
    if view.search:
        out.print(Text(tr("search: {text}", text=view.search)))
    order = tr("sort: {column}, reversed", column=view.sort) if view.reverse else tr("sort: {column}", column=view.sort)
    out.print(Text(order))
    columns = ", ".join(view.columns)
    out.print(Text(tr("columns: {names}", names=columns) if columns else tr("columns: default")))
