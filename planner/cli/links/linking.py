"""planner links add and planner links suggest: make links to clauses by hand, or let the program suggest some."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import click

from planner.base.language import tr, tr_count
from planner.base.visible_text import one_line
from planner.cli.context import Context
from planner.cli.links.text import link_fields
from planner.cli.output import as_json, format_option, print_line, print_page
from planner.cli.questions import confirm
from planner.cli.values import Percent, Word
from planner.domain.symbols import marked
from planner.domain.vocabulary import Coverage, LinkOrigin, LinkState, LinkType

if TYPE_CHECKING:
    from planner.mandates.link_suggestions import SuggestedLink
    from planner.queries.links.standing import LinkStanding
    from planner.register.plan_view import PlanView
    from planner.writes.new_links import NewLink


@click.command()
@click.argument("what", nargs=-1, required=True, metavar="WHAT...")
@click.option("--clause", required=True, metavar="KEY", help="The clause, such as duty-5 or merged:duty-5.")
@click.option("--mandate", metavar="VERSION", help="The mandate version of the clause, such as merged.")
@click.option("--type", "type_", type=Word(LinkType), required=True, help="The type of the links.")
@click.option("--coverage", type=Word(Coverage), required=True, help="The coverage of the links.")
@click.option("--rationale", required=True, metavar="TEXT", help="Why the clause applies.")
@format_option("text", "json")
@click.pass_obj
def add(
    context: Context,
    what: tuple[str, ...],
    clause: str,
    mandate: str | None,
    type_: str,
    coverage: str,
    rationale: str,
    output: str,
) -> None:
    """Link items or measures to a clause. If one link is refused, none is added.

    WHAT is the code of an item or a measure. Without --mandate, KEY means a clause of the version in force when the
    plan was made.
    """
    from planner.writes.new_links import NewLink

    if mandate and ":" in clause:
        raise click.UsageError(tr("Give the version only once: in --mandate or in --clause."))
    name = f"{mandate}:{clause}" if mandate else clause
    codes = dict.fromkeys(what)
    wanted = [NewLink(code, name, LinkType(type_), Coverage(coverage), rationale) for code in codes]
    plan, added = _add(context, wanted, LinkOrigin.PERSON)
    if output == "json":
        as_json("added", {"links": [link_fields(link) for link in added]}, plan)
        return
    for link in added:
        print_line(link.name)
    print_line(tr_count("Added: {count} link.", "Added: {count} links.", len(added)))


@click.command()
@click.option("--mandate", metavar="VERSION", help="The mandate version to compare with, such as merged.")
@click.option("--measures", is_flag=True, help="Suggest links for measures instead of items.")
@click.option(
    "--least", type=Percent(), metavar="PERCENT", help="Only suggestions with at least this likeness. Default: 20."
)
@click.option("--add", "adding", is_flag=True, help="Add the suggested links. They do not count until reviewed.")
@click.option("--yes", is_flag=True, help="With --add, do not ask for confirmation.")
@format_option("text", "json")
@click.pass_obj
def suggest(
    context: Context,
    mandate: str | None,
    measures: bool,
    least: int | None,
    adding: bool,
    yes: bool,
    output: str,
) -> None:
    """Suggest links for items without a link to the mandate version, by the likeness of titles and clauses.

    Without --add, nothing is recorded. With it, each suggestion becomes a link that is marked as suggested by the
    program. It does not count until a person accepts or changes it with planner links review.
    """
    from planner.mandates.link_suggestions import LEAST, as_new_link, suggest_links

    with context.reading() as reading:
        found = suggest_links(reading, mandate, measures=measures, least=LEAST if least is None else least)
    recorded = adding and bool(found) and (yes or _confirmed(found))
    if recorded:
        _add(context, [as_new_link(one) for one in found], LinkOrigin.MACHINE)
    if output == "json":
        as_json("suggested", {"recorded": recorded, "suggestions": found}, reading.plan)
    else:
        print_page(reading.plan, _suggestion_lines(found, adding=adding, recorded=recorded))


def _confirmed(found: "Sequence[SuggestedLink]") -> bool:
    # Questions go to standard error, so that a program can read the output.
    for one in found:
        print_line(_suggestion_line(one), err=True)
    question = tr_count("Add this suggestion as a link?", "Add these {count} suggestions as links?", len(found))
    return confirm(question, err=True)


def _suggestion_line(one: "SuggestedLink") -> str:
    return tr("{link}, likeness {percent}%", link=f"{one.near}:{one.clause}", percent=one.likeness)


def _suggestion_lines(found: "Sequence[SuggestedLink]", *, adding: bool, recorded: bool) -> Iterator[str]:
    for one in found:
        yield _suggestion_line(one)
        yield f"  {one_line(one.title)} – {one_line(one.restatement)}"
    yield tr_count("Suggestions: {count}", "Suggestions: {count}", len(found)) if found else tr("No suggestions")
    if recorded:
        yield tr(
            "Added as links that are {state}. They do not count until a person reviews them: planner links review",
            state=marked(LinkState.SUGGESTED.value),
        )
    elif adding:
        yield tr("Nothing was recorded.")


def _add(
    context: Context, wanted: "Sequence[NewLink]", origin: LinkOrigin
) -> "tuple[PlanView, tuple[LinkStanding, ...]]":
    from planner.writes.new_links import add_links

    with context.writing() as writing:
        return writing.plan, add_links(writing, wanted, origin=origin)
