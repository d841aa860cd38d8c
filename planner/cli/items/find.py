"""planner find: search for items, clauses, organisations, goals, themes and measures by words."""

from typing import TYPE_CHECKING, Any

import click

from planner.base.errors import BadValueError
from planner.base.language import tr
from planner.cli.context import Context
from planner.cli.output import as_json, as_of_option, format_option, known_at_option, print_page

if TYPE_CHECKING:
    from planner.queries.items.views import SearchedItem
    from planner.queries.search.global_search import SearchResults


@click.command()
@click.argument("words", nargs=-1, required=True, metavar="WORDS...")
@as_of_option
@known_at_option
@format_option("text", "json")
@click.pass_obj
def find(context: Context, words: tuple[str, ...], output: str) -> None:
    """Find items, clauses, organisations, goals, themes and measures by words in any language, or by a code."""
    from planner.queries.items.register import read_searched_items
    from planner.queries.search.global_search import read_global_search

    if not " ".join(words).strip():
        raise BadValueError(
            tr("no words were given"), where="WORDS", do=tr("Give words of what you look for, or its code")
        )
    with context.reading() as reading:
        found = read_global_search(reading, read_searched_items(reading)).find(" ".join(words))
    if output == "json":
        as_json("found", _json_values(found), reading.plan)
        return
    print_page(reading.plan, _lines(found))


def _items(found: "SearchResults[SearchedItem]") -> "list[SearchedItem]":
    """Return the items that were found. An item whose code was given is the first."""
    return [*([found.named] if found.named else []), *found.items]


def _json_values(found: "SearchResults[SearchedItem]") -> dict[str, Any]:
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


def _lines(found: "SearchResults[SearchedItem]") -> list[str]:
    organisations = [f"{organisation.key}  {organisation.name}" for organisation in found.organisations]
    titles = [f"{title.kind} {title.key}  {title.title}" for title in found.titles]
    clauses = [f"{clause.reference}  {clause.restatement}" for clause in found.clauses]
    items = [f"{item.code}  {item.title}" for item in _items(found)]
    parts = {
        tr("Organisations: {count}", count=len(organisations)): organisations,
        tr("Goals, themes and measures: {count}", count=len(titles)): titles,
        tr("Clauses: {count}", count=len(clauses)): clauses,
        tr("Items: {count}", count=len(items)): items,
    }
    lines = [line for heading, rows in parts.items() if rows for line in (heading, *(f"  {row}" for row in rows))]
    return lines or [tr("Nothing contains all these words.")]
