"""planner links: the links from measures and items to clauses, and their reviews."""

from typing import TYPE_CHECKING, Any

import click

from planner.base.errors import BadValueError
from planner.base.language import tr, tr_count
from planner.cli.context import Context
from planner.cli.groups import Group, group
from planner.cli.links.linking import add, suggest
from planner.cli.links.text import csv_columns, detail_fields, detail_lines, link_fields, list_lines
from planner.cli.mandates.clauses import mandate_option
from planner.cli.output import (
    as_csv,
    as_json,
    as_of_option,
    format_option,
    known_at_option,
    print_line,
    print_page,
    print_which_plan,
    search_option,
)
from planner.cli.questions import confirm
from planner.cli.values import Word
from planner.domain.no_mandate import no_mandate_yet
from planner.domain.vocabulary import Coverage, LinkState, LinkType, ReviewDecision

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from planner.queries.links.names import LinkFilters
    from planner.queries.links.standing import LinkStanding
    from planner.register.plan_view import PlanView
    from planner.writes.link_reviews import LinkVerdict


class ListingGroup(Group):
    """A group whose default command is `list`: "planner links M1.01" means "planner links list M1.01"."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Add `list` if no command is named."""
        named = bool(args) and (args[0] in self.commands or args[0] in ctx.help_option_names)
        return super().parse_args(ctx, args if named else ["list", *args])


theme_option = click.option(
    "--theme",
    metavar="THEME",
    help="Only links of the measures and items of this theme: its number, or part of its title.",
)
suspect_option = click.option("--suspect", is_flag=True, help="Only suspect links.")


@group(ListingGroup)
def links() -> None:
    """List, show, add, suggest and review the links from measures and items to clauses of the mandates.

    The name of a link consists of its two ends: M1.01:merged:duty-5, or M1.01:duty-5 for the version in force when the
    plan was made. If an end was reworded after the link was reviewed, the link is suspect until it is reviewed again.
    """


links.add_command(add)
links.add_command(suggest)


@links.command("list")
@click.argument("what", nargs=-1, metavar="[WHAT]...")
@suspect_option
@click.option(
    "--unreviewed",
    is_flag=True,
    help="Only links that nobody has reviewed; with --suspect, unreviewed and suspect links.",
)
@click.option("--suggested", is_flag=True, help="Only links that the program suggested and nobody has reviewed.")
@click.option("--rejected", is_flag=True, help="Only links that were rejected and no longer count.")
@theme_option
@mandate_option
@search_option
@as_of_option
@known_at_option
@format_option("text", "csv", "json")
@click.pass_obj
def list_links(
    context: Context,
    what: tuple[str, ...],
    suspect: bool,
    unreviewed: bool,
    suggested: bool,
    rejected: bool,
    theme: str | None,
    mandate: str | None,
    search: str,
    output: str,
) -> None:
    """List links with their states. WHAT names links, items, measures or clauses; without it, all links are listed."""
    from planner.queries.links.names import LinkFilters

    options = {
        LinkState.SUSPECT: suspect,
        LinkState.UNREVIEWED: unreviewed,
        LinkState.SUGGESTED: suggested or unreviewed,
        LinkState.REJECTED: rejected,
    }
    states = frozenset(state for state, chosen in options.items() if chosen)
    filters = LinkFilters(states=states, mandate=mandate)
    plan, found = _read(context, filters, what, theme=theme, search=search)
    if output == "json":
        as_json("links", [link_fields(link) for link in found], plan)
    elif output == "csv":
        as_csv(csv_columns(simulated=plan.simulated), found)
    else:
        print_page(
            plan, list_lines(found, plan.time_zone) if found or plan.has_mandate else [no_mandate_yet(plan.waiting)]
        )


@links.command()
@click.argument("link")
@as_of_option
@known_at_option
@format_option("text", "json")
@click.pass_obj
def show(context: Context, link: str, output: str) -> None:
    """Show one link: its two ends, how they changed since the last review, and all reviews."""
    from planner.queries.links.changes import read_link_detail

    with context.reading() as reading:
        found = read_link_detail(reading, link)
    if output == "json":
        as_json("link", detail_fields(found), reading.plan)
    else:
        print_page(reading.plan, detail_lines(found, reading.plan.time_zone))


@links.command()
@click.argument("link", nargs=-1, metavar="[LINK]...")
@click.option("--accept", is_flag=True, help="Accept the links as they are. A suspect link is no longer suspect.")
@click.option("--reject", is_flag=True, help="Reject the links. They no longer count.")
@click.option("--type", "type_", type=Word(LinkType), help="Change the type of the links.")
@click.option("--coverage", type=Word(Coverage), help="Change the coverage of the links.")
@click.option("--rationale", metavar="TEXT", help="Change the rationale of the links.")
@click.option(
    "--reason",
    metavar="TEXT",
    help="The reason for the decision, for the audit log. Optional only if you accept links whose ends have not"
    " changed.",
)
@suspect_option
@theme_option
@mandate_option
@click.option("--preview", is_flag=True, help="Show the decisions without recording them.")
@click.option("--yes", is_flag=True, help="Do not ask for confirmation.")
@format_option("text", "json")
@click.pass_obj
def review(
    context: Context,
    /,
    link: tuple[str, ...],
    reason: str | None,
    suspect: bool,
    theme: str | None,
    mandate: str | None,
    preview: bool,
    yes: bool,
    output: str,
    **decision: Any,
) -> None:
    """Accept or reject links, or change their type, coverage or rationale. If one link is refused, nothing is recorded.

    LINK is the name of a link. The name of an item, a measure or a clause selects those of its links that need review.
    Without LINK, all links that need review are selected. Without a decision, you are asked about the links one by one.
    """
    from planner.queries.links.names import LinkFilters

    verdict = _verdict(reason=reason, **decision)
    states = frozenset({LinkState.SUSPECT}) if suspect else frozenset()
    plan, found = _read(context, LinkFilters(states=states, mandate=mandate), link, theme=theme, to_review=True)
    if verdict is None:
        if output == "json" or preview:
            raise click.UsageError(
                tr(
                    "Give a decision: --accept, --reject, --type, --coverage or --rationale. Without one, the command"
                    " asks questions."
                )
            )
        from planner.cli.links.review_walk import go_through

        go_through(context, [one.name for one in found], reason)
        return
    recorded = not preview and _confirmed(found, verdict, ask=not yes)
    if recorded:
        found = _record(context, found, verdict)
    _print_result(plan, found, verdict, recorded=recorded, preview=preview, output=output)


def _read(
    context: Context,
    filters: "LinkFilters",
    what: "Sequence[str]",
    *,
    theme: str | None = None,
    to_review: bool = False,
    search: str = "",
) -> "tuple[PlanView, tuple[LinkStanding, ...]]":
    """Read the links that the filters, the given names and the search words select.

    If `to_review` is true, links that need no review are left out, unless they are given by their own name.
    """
    from dataclasses import replace

    from planner.domain.codes import code_key
    from planner.queries.links.names import check_filters, name_key, select_links
    from planner.queries.links.standing import read_links, read_suspects
    from planner.queries.plans.named import named_themes
    from planner.queries.search.matching import having_words, link_texts

    only_suspects = filters.states == {LinkState.SUSPECT} and not what
    with context.reading() as reading:
        themes = named_themes(reading, [theme] if theme else [])
        filters = check_filters(reading, replace(filters, themes=frozenset(themes)))
        every = (read_suspects if only_suspects else read_links)(reading)
        selected = select_links(reading, every, what) if what else every
        found = having_words(reading, filters.chosen(selected), search, link_texts)
        named = {name_key(word, reading.plan) for word in what}
    return reading.plan, tuple(one for one in found if not to_review or one.wants_review or code_key(one.name) in named)


def _verdict(
    accept: bool, reject: bool, type_: str | None, coverage: str | None, rationale: str | None, reason: str | None
) -> "LinkVerdict | None":
    """Return the decision that the options give, or None. Raises UsageError if they give more than one."""
    from planner.writes.link_reviews import LinkVerdict

    change = type_ is not None or coverage is not None or rationale is not None
    decisions = {ReviewDecision.ACCEPTED: accept, ReviewDecision.REJECTED: reject, ReviewDecision.CHANGED: change}
    chosen = [decision for decision, given in decisions.items() if given]
    if len(chosen) > 1:
        raise click.UsageError(
            tr("Give only one decision: --accept, --reject, or a change of type, coverage or rationale.")
        )
    new = (LinkType(type_) if type_ else None, Coverage(coverage) if coverage else None, rationale)
    return LinkVerdict(chosen[0], *new, reason) if chosen else None


def _confirmed(found: "Sequence[LinkStanding]", verdict: "LinkVerdict", *, ask: bool) -> bool:
    """Show the decisions and ask whether to record them. Raises BadValueError if a decision is impossible."""
    from planner.writes.link_reviews import refusal

    for link in found:
        refused = refusal(link, verdict)
        if refused:
            raise BadValueError(refused, where=link.name, do=tr("No decision was recorded on any link"))
    if not found or not ask:
        return bool(found)
    # Questions go to standard error, so that a program can read the output.
    for line in _preview(found, verdict):
        print_line(line, err=True)
    return confirm(
        tr_count("Record this decision on {count} link?", "Record this decision on {count} links?", len(found)),
        err=True,
    )


def _preview(found: "Iterable[LinkStanding]", verdict: "LinkVerdict") -> "Iterable[str]":
    from planner.writes.link_reviews import refusal

    for link in found:
        pairs = ((link.type, verdict.type), (link.coverage, verdict.coverage))
        changes = [f"{before.value} → {new.value}" for before, new in pairs if new not in (None, before)]
        all_changes = "; ".join([f"{link.state.value} → {verdict.decision.value}", *changes])
        yield f"{link.name}  {refusal(link, verdict) or all_changes}"


def _record(context: Context, found: "Sequence[LinkStanding]", verdict: "LinkVerdict") -> "tuple[LinkStanding, ...]":
    from planner.writes.link_reviews import review_links

    expected = {link.name: link.seen for link in found}
    with context.writing() as writing:
        return review_links(writing, list(expected), verdict, expected=expected)


def _print_result(
    plan: "PlanView",
    found: "Sequence[LinkStanding]",
    verdict: "LinkVerdict",
    *,
    recorded: bool,
    preview: bool,
    output: str,
) -> None:
    if output == "json":
        as_json("reviewed", {"recorded": recorded, "links": [link_fields(link) for link in found]}, plan)
    elif not found:
        print_line(tr("None of these links needs review."))
    elif preview:
        print_which_plan()
        for line in _preview(found, verdict):
            print_line(line)
    elif recorded:
        print_line(_recorded_sentence(verdict.decision, len(found)))
    else:
        print_line(tr("Nothing was recorded."))


def _recorded_sentence(decision: ReviewDecision, count: int) -> str:
    if decision is ReviewDecision.ACCEPTED:
        return tr_count("Accepted: {count} link.", "Accepted: {count} links.", count)
    if decision is ReviewDecision.REJECTED:
        return tr_count("Rejected: {count} link.", "Rejected: {count} links.", count)
    return tr_count("Changed: {count} link.", "Changed: {count} links.", count)
