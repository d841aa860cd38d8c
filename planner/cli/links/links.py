"""planner links: the links from measures and items to clauses, and their reviews."""

from typing import TYPE_CHECKING

import click

from planner.base.errors import BadValueError
from planner.cli.context import Context
from planner.cli.groups import Group, group
from planner.cli.links.text import CSV_COLUMNS, csv_row, detail_lines, list_lines, plain_detail, plain_link
from planner.cli.mandates.clauses import mandate_option
from planner.cli.output import (
    as_csv,
    as_json,
    banner,
    console,
    format_option,
    known_at_option,
    print_line,
    search_option,
)
from planner.cli.questions import confirm
from planner.cli.values import Whole, Word
from planner.domain.vocabulary import NO_MANDATE_MESSAGE, Coverage, LinkState, LinkType, ReviewDecision

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from planner.queries.links.names import LinkFilters
    from planner.queries.links.standing import LinkStanding
    from planner.queries.plans import PlanView
    from planner.writes.link_reviews import LinkVerdict


class ListingGroup(Group):
    """A group that lists where no command of its own is named: planner links M1.01 is planner links list M1.01."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put in the command that is left out."""
        named = bool(args) and (args[0] in self.commands or args[0] in ctx.help_option_names)
        return super().parse_args(ctx, args if named else ["list", *args])


theme_option = click.option("--theme", type=Whole(), metavar="N", help="Only links of this theme's measures and items.")
suspect_option = click.option("--suspect", is_flag=True, help="Only those that are suspect.")


@group(ListingGroup)
def links() -> None:
    """List, show and review the links from measures and items to clauses of the mandates.

    A link is called by its two ends: M1.01:merged:duty-5, or M1.01:duty-5 in the version in force when the plan was
    made. Where an end was reworded since the link was reviewed, it is suspect until somebody reviews it again.
    """


@links.command("list")
@click.argument("what", nargs=-1, metavar="[WHAT]...")
@suspect_option
@click.option("--unreviewed", is_flag=True, help="Only those that nobody has reviewed; with --suspect, both.")
@click.option("--rejected", is_flag=True, help="Only those that were rejected and hold no longer.")
@theme_option
@mandate_option
@search_option
@known_at_option
@format_option("text", "csv", "json")
@click.pass_obj
def list_links(
    context: Context,
    what: tuple[str, ...],
    suspect: bool,
    unreviewed: bool,
    rejected: bool,
    theme: int | None,
    mandate: str | None,
    search: str,
    known_at: str | None,
    output: str,
) -> None:
    """List links: all, or those named, or those of the items, measures and clauses named. Shows where each stands."""
    from planner.queries.links.names import LinkFilters

    asked = {LinkState.SUSPECT: suspect, LinkState.UNREVIEWED: unreviewed, LinkState.REJECTED: rejected}
    states = frozenset(state for state, wanted in asked.items() if wanted)
    filters = LinkFilters(states=states, theme=theme, mandate=mandate)
    plan, found = _read(context, filters, what, known_at, search=search)
    if output == "json":
        as_json("links", [plain_link(link) for link in found], plan)
    elif output == "csv":
        as_csv(CSV_COLUMNS, (csv_row(link, plan.simulated) for link in found))
    else:
        _print(plan, list_lines(found, plan.time_zone) if plan.has_mandate else [NO_MANDATE_MESSAGE])


@links.command()
@click.argument("link")
@known_at_option
@format_option("text", "json")
@click.pass_obj
def show(context: Context, link: str, known_at: str | None, output: str) -> None:
    """Show all about one link: its two ends, what became of them since, before and after, and every review."""
    from planner.queries.links.changes import read_link_detail

    with context.reading() as (session, plan):
        found = read_link_detail(session, plan, link, context.point(plan, None, known_at).known_at)
    if output == "json":
        as_json("link", plain_detail(found), plan)
    else:
        _print(plan, detail_lines(found, plan.time_zone))


@links.command()
@click.argument("link", nargs=-1, metavar="[LINK]...")
@click.option("--accept", is_flag=True, help="Accept them as they stand; of a suspect link, this clears it.")
@click.option("--reject", is_flag=True, help="Reject them: they hold no longer.")
@click.option("--type", "type_", type=Word(LinkType), help="Change what they are.")
@click.option("--coverage", type=Word(Coverage), help="Change how far they go.")
@click.option("--rationale", metavar="TEXT", help="Change why one may say so.")
@click.option(
    "--reason", metavar="TEXT", help="Why it is decided so, for the log. Needed but to accept what is as it was."
)
@suspect_option
@theme_option
@mandate_option
@click.option("--preview", is_flag=True, help="Show what would be decided, and decide nothing.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@format_option("text", "json")
@click.pass_obj
def review(
    context: Context,
    link: tuple[str, ...],
    accept: bool,
    reject: bool,
    type_: str | None,
    coverage: str | None,
    rationale: str | None,
    reason: str | None,
    suspect: bool,
    theme: int | None,
    mandate: str | None,
    preview: bool,
    yes: bool,
    output: str,
) -> None:
    """Review links: accept or reject them, or change their type, coverage or rationale; all of them or none.

    LINK is a link's name; an item, a measure or a clause stands for those of its links that want review, and no LINK
    for all that do. Without a decision you are asked about one after the other.
    """
    from planner.queries.links.names import LinkFilters

    verdict = _verdict(accept, reject, type_, coverage, rationale, reason)
    states = frozenset({LinkState.SUSPECT}) if suspect else frozenset()
    plan, found = _read(context, LinkFilters(states=states, theme=theme, mandate=mandate), link, wanting=True)
    if verdict is None:
        if output == "json" or preview:
            raise click.UsageError("Say --accept, --reject, or what is to be changed; else you are asked questions.")
        from planner.cli.links.walk import go_through

        go_through(context, [one.name for one in found], reason)
        return
    recorded = not preview and _agreed(found, verdict, ask=not yes)
    if recorded:
        found = _record(context, found, verdict)
    _tell(plan, found, verdict, recorded=recorded, preview=preview, output=output)


def _read(
    context: Context,
    filters: "LinkFilters",
    what: "Sequence[str]",
    known_at: str | None = None,
    *,
    wanting: bool = False,
    search: str = "",
) -> "tuple[PlanView, tuple[LinkStanding, ...]]":
    """The links that are meant and have the words; with `wanting` those that want review or are named themselves."""
    from planner.queries.links.names import canonical_name, check_filters, select_links
    from planner.queries.links.standing import read_links
    from planner.queries.search.matching import having_words, link_texts

    with context.reading() as (session, plan):
        check_filters(session, plan, filters)
        point = context.point(plan, None, known_at)
        every = read_links(session, plan, point.known_at)
        meant = select_links(session, plan, every, what) if what else every
        found = having_words(session, plan, point, filters.chosen(meant), search, link_texts)
        named = {canonical_name(word, plan) for word in what}
    return plan, tuple(one for one in found if not wanting or one.wants_review or one.name in named)


def _verdict(
    accept: bool, reject: bool, type_: str | None, coverage: str | None, rationale: str | None, reason: str | None
) -> "LinkVerdict | None":
    """What is decided; None where nothing is. Raises UsageError for two decisions at once."""
    from planner.writes.link_reviews import LinkVerdict

    change = type_ is not None or coverage is not None or rationale is not None
    decisions = {ReviewDecision.ACCEPTED: accept, ReviewDecision.REJECTED: reject, ReviewDecision.CHANGED: change}
    chosen = [decision for decision, said in decisions.items() if said]
    if len(chosen) > 1:
        raise click.UsageError("Decide one thing: --accept, --reject, or a change of type, coverage or rationale.")
    new = (LinkType(type_) if type_ else None, Coverage(coverage) if coverage else None, rationale)
    return LinkVerdict(chosen[0], *new, reason) if chosen else None


def _agreed(found: "Sequence[LinkStanding]", verdict: "LinkVerdict", *, ask: bool) -> bool:
    """Show what would be decided, and ask. Raises BadValueError where a link cannot be decided so."""
    from planner.writes.link_reviews import refusal

    for link in found:
        refused = refusal(link, verdict)
        if refused:
            raise BadValueError(refused, where=link.name, do="Nothing was decided on any")
    if not found or not ask:
        return bool(found)
    # What is asked goes where it is in nobody's way who reads the output by program.
    for line in _preview(found, verdict):
        print_line(line, err=True)
    return confirm(f"Record this on {len(found)} links?", err=True)


def _preview(found: "Iterable[LinkStanding]", verdict: "LinkVerdict") -> "Iterable[str]":
    from planner.writes.link_reviews import refusal

    for link in found:
        pairs = ((link.type, verdict.type), (link.coverage, verdict.coverage))
        steps = [f"{was.value} → {new.value}" for was, new in pairs if new not in (None, was)]
        becomes = "; ".join([f"{link.state.value} → {verdict.decision.value}", *steps])
        yield f"{link.name}  {refusal(link, verdict) or becomes}"


def _record(context: Context, found: "Sequence[LinkStanding]", verdict: "LinkVerdict") -> "tuple[LinkStanding, ...]":
    from planner.writes.link_reviews import review_links

    seen = {link.name: link.seen for link in found}
    with context.writing() as (session, plan):
        return review_links(session, context.actor, plan, list(seen), verdict, expected=seen, at=context.now())


def _tell(
    plan: "PlanView",
    found: "Sequence[LinkStanding]",
    verdict: "LinkVerdict",
    *,
    recorded: bool,
    preview: bool,
    output: str,
) -> None:
    if output == "json":
        as_json("reviewed", {"recorded": recorded, "links": [plain_link(link) for link in found]}, plan)
    elif not found:
        print_line("No link of these wants review.")
    elif preview:
        for line in _preview(found, verdict):
            print_line(line)
    else:
        print_line(
            f"{verdict.decision.value.capitalize()}: {len(found)} links." if recorded else "Nothing was recorded."
        )


def _print(plan: "PlanView", lines: "Iterable[str]") -> None:
    out = console()
    banner(out, plan)
    for line in lines:
        out.print_line(line)
