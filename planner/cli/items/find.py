"""planner find: items, clauses, organisations, and the goals, themes and measures of the plan, by words."""

from typing import TYPE_CHECKING, Any

import click

from planner.cli.context import Context
from planner.cli.output import as_json, banner, console, format_option

if TYPE_CHECKING:
    from planner.queries.items.views import ItemView
    from planner.queries.search.global_search import Found


@click.command()
@click.argument("words", nargs=-1, required=True, metavar="WORDS...")
@format_option("text", "json")
@click.pass_obj
def find(context: Context, words: tuple[str, ...], output: str) -> None:
    """Find items, clauses, organisations, goals, themes and measures by words in any language, or by a code."""
    from planner.queries.items.register import read_register
    from planner.queries.search.global_search import read_finder

    with context.reading() as (session, plan):
        items = read_register(session, plan, context.point(plan, None))
        found = read_finder(session, plan, items).find(" ".join(words))
    if output == "json":
        as_json("found", _plain(found), plan)
        return
    out = console()
    banner(out, plan)
    for line in _lines(found):
        out.print_line(line)


def _items(found: "Found") -> "list[ItemView]":
    """The item whose code was given first."""
    return [*([found.named] if found.named else []), *found.items]


def _plain(found: "Found") -> dict[str, Any]:
    return {
        "items": [{"code": item.code, "title": item.title, "basis": item.basis} for item in _items(found)],
        "clauses": [
            {"clause": clause.reference, "restatement": clause.restatement, "mandate": clause.mandate}
            for clause in found.clauses
        ],
        "organisations": [
            {
                "key": organisation.key,
                "name": organisation.name,
                "short_name": organisation.short_name,
                "names": organisation.names,
            }
            for organisation in found.organisations
        ],
        "titles": found.titles,
    }


def _lines(found: "Found") -> list[str]:
    parts = {
        "Organisations": [f"{organisation.key}  {organisation.name}" for organisation in found.organisations],
        "Goals, themes and measures": [f"{title.kind} {title.key}  {title.title}" for title in found.titles],
        "Clauses": [f"{clause.reference}  {clause.restatement}" for clause in found.clauses],
        "Items": [f"{item.code}  {item.title}" for item in _items(found)],
    }
    lines = [
        line for name, lines in parts.items() if lines for line in (f"{name}: {len(lines)}", *(f"  {n}" for n in lines))
    ]
    return lines or ["Nothing has all these words."]
