"""planner mandate: a new mandate version drafted from a text, reviewed by people, then adopted."""

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from planner.cli.context import Context
from planner.cli.groups import group
from planner.cli.output import as_json, format_option, print_line
from planner.cli.values import Whole, Word
from planner.domain.vocabulary import Lineage, Numbering, SetRelation

if TYPE_CHECKING:
    from planner.mandates.proposal import ProposedMandate
    from planner.queries.mandates.proposals import DraftView
    from planner.queries.plans import PlanView

_lineages = Word(Lineage)
_relations = Word(SetRelation)


@group()
def mandate() -> None:
    """Draft a new mandate version from a text, review what the program proposes, and adopt it.

    What is drafted stands apart from the register until it is adopted, and is marked as machine-made until a person
    decided it. What the program can and cannot see is in docs/mandates.md.
    """


@mandate.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--key", metavar="KEY", required=True, help="What the version is to be called, such as duties-2021.")
@click.option("--title", metavar="TEXT", help="Its title, as others are shown it.")
@click.option("--supersedes", metavar="MANDATE", help="The version before. Default: the one in force in the plan.")
@click.option("--language", metavar="LANG", help="The language of the text, such as en. Default: a guess.")
@click.option("--numbering", type=Word(Numbering), help="How it is numbered.")
@click.option("--in-force-from", metavar="DATE", help="Since when it holds, where that is known.")
@click.option("--publisher", metavar="TEXT", help="Who published the text.")
@click.option("--address", metavar="TEXT", help="Where the text can be had.")
@click.option("--ends-before", metavar="TEXT", help="How the first line after the last clause begins.")
@click.option("--series", type=Whole(), metavar="N", help="Which series of clauses, where numbers begin again at 1.")
@click.option("--dry-run", is_flag=True, help="Show what would be proposed, and write nothing.")
@format_option("text", "json")
@click.pass_obj
def add(
    context: Context,
    file: Path,
    key: str,
    title: str | None,
    supersedes: str | None,
    language: str | None,
    numbering: str | None,
    in_force_from: str | None,
    publisher: str | None,
    address: str | None,
    ends_before: str | None,
    series: int | None,
    dry_run: bool,
    output: str,
) -> None:
    """Draft a version from a plain text or a saved web page: its clauses, and what became of those before.

    Where the text has several series of clauses, each numbered from 1, you are asked on a terminal which is drafted.
    Without an answer it is the longest.
    """
    from planner.cli.mandates.proposal_text import print_proposal, proposal_fields
    from planner.dates.lean import Lean
    from planner.mandates.drafting import draft_mandate
    from planner.mandates.proposal import Request, propose
    from planner.mandates.source import read_source

    source = read_source(file)
    with context.reading() as (session, plan):
        request = Request(
            key=key,
            title=title,
            supersedes=supersedes,
            language=language,
            numbering=Numbering(numbering) if numbering else None,
            in_force_from=context.typed(plan).day(in_force_from, "--in-force-from", lean=Lean.NEAREST)
            if in_force_from
            else None,
            publisher=publisher,
            address=address,
            ends_before=ends_before,
            series=series,
        )
        proposed = propose(session, plan, source, request)
        if proposed.drafted_series and series is None and output == "text" and sys.stdin.isatty():
            proposed = propose(session, plan, source, replace(request, series=_asked_series(proposed)))
    if not dry_run:
        with context.writing() as (session, plan):
            draft_mandate(session, context.actor, proposed, at=context.now())
    if output == "json":
        as_json("proposal", {**proposal_fields(proposed), "recorded": not dry_run}, plan)
    else:
        print_proposal(plan, proposed, recorded=not dry_run)


def _asked_series(proposed: "ProposedMandate") -> int:
    """Ask which of several series is drafted."""
    from planner.base.numbers import read_whole
    from planner.cli.mandates.proposal_text import series_choices
    from planner.cli.questions import prompt

    print_line("The text has several series of clauses:")
    for line in series_choices(proposed):
        print_line(f"  {line}")
    answer = prompt(f"Which one is drafted? Nothing typed: {proposed.drafted_series}", str(proposed.drafted_series))
    return read_whole(answer, "series")


@mandate.command("drafts")
@format_option("text", "json")
@click.pass_obj
def list_drafts(context: Context, output: str) -> None:
    """List the drafts, those that were adopted or dropped too."""
    from planner.cli.mandates.proposal_text import print_drafts
    from planner.queries.mandates.proposals import read_drafts

    with context.reading() as (session, plan):
        found = read_drafts(session)
    if output == "json":
        as_json("mandates", found, plan)
    else:
        print_drafts(plan, found)


@mandate.command()
@click.argument("key")
@format_option("text", "json")
@click.pass_obj
def show(context: Context, key: str, output: str) -> None:
    """Show a draft: its clauses verbatim, its crosswalk rows, and what is left to decide."""
    from planner.queries.mandates.proposals import read_draft

    with context.reading() as (session, plan):
        draft = read_draft(session, key)
    _shown(draft, plan, output)


@mandate.command()
@click.argument("key")
@click.argument("clause", required=False)
@click.option("--row", "number", type=Whole(), metavar="N", help="A row instead of a clause, by its number.")
@click.option(
    "--restate",
    "restatement",
    metavar="TEXT",
    help="What the clause lays down, in your own words: it is one of the version.",
)
@click.option("--accept", is_flag=True, help="Take it as it is proposed.")
@click.option("--reject", is_flag=True, help="Leave it out.")
@click.option("--lineage", type=_lineages, help="What became of the wording, instead of what the row says.")
@click.option("--relation", type=_relations, help="How the substances relate, instead of what the row says.")
@click.option("--reason", metavar="TEXT", help="Why: needed to change a row and to reject.")
@format_option("text", "json")
@click.pass_obj
def review(
    context: Context,
    key: str,
    clause: str | None,
    number: int | None,
    restatement: str | None,
    accept: bool,
    reject: bool,
    lineage: str | None,
    relation: str | None,
    reason: str | None,
    output: str,
) -> None:
    """Decide a clause, or with --row a row. With neither, go through all that is machine-made by questions.

    A clause needs a restatement in your own words, a row that is not as proposed a reason.
    """
    decided = [bool(restatement), accept, reject, bool(lineage or relation)]
    if clause is None and number is None:
        _walk(context, key, any(decided) or output == "json")
        return
    if clause is not None and number is not None:
        raise click.UsageError("Give a clause or --row, not both.")
    if sum(decided) != 1:
        raise click.UsageError("Give just one decision: --restate, --accept or --reject; of a row also --lineage …")
    if clause is not None:
        if lineage or relation:
            raise click.UsageError("A clause has no lineage or relation; its rows have: --row N.")
        draft, plan = _decide_clause(context, key, clause, restatement, reject, reason)
    elif number is not None and not restatement:
        draft, plan = _decide_row(context, key, number, accept, reject, (lineage, relation), reason)
    else:
        raise click.UsageError("A row is not restated; give --lineage, --relation and --reason.")
    _told(draft, plan, output)


@mandate.command()
@click.argument("key")
@click.option("--from", "from_clause", metavar="CLAUSE", help="The earlier clause; left out where the later is new.")
@click.option("--to", "to_clause", metavar="CLAUSE", help="The later clause; left out where the earlier is withdrawn.")
@click.option("--lineage", type=_lineages, required=True, help="What became of the wording.")
@click.option("--relation", type=_relations, required=True, help="How the substances relate.")
@click.option("--reason", metavar="TEXT", required=True, help="Why: it becomes the row's rationale.")
@format_option("text", "json")
@click.pass_obj
def row(
    context: Context,
    key: str,
    from_clause: str | None,
    to_clause: str | None,
    lineage: str,
    relation: str,
    reason: str,
    output: str,
) -> None:
    """Add a crosswalk row that the program did not propose."""
    from planner.mandates.row_review import NewRow, add_row

    new = NewRow(from_clause, to_clause, Lineage(lineage), SetRelation(relation), reason)
    with context.writing() as (session, plan):
        draft = add_row(session, context.actor, key, new, at=context.now())
    _told(draft, plan, output)


@mandate.command()
@click.argument("key")
@click.option("--reason", metavar="TEXT", required=True, help="Why it is adopted: on what decision.")
@click.option("--title", metavar="TEXT", help="The version's title, instead of the draft's.")
@click.option("--restate", "restatement", metavar="TEXT", help="What the version is as a whole, in your own words.")
@format_option("text", "json")
@click.pass_obj
def adopt(context: Context, key: str, reason: str, title: str | None, restatement: str | None, output: str) -> None:
    """Make a draft a mandate version of the register, once everything in it is decided.

    The plan's version in force and the links stay what they were.
    """
    from planner.mandates.adopting import adopt_draft

    with context.writing() as (session, plan):
        draft = adopt_draft(session, context.actor, key, reason, title=title, restatement=restatement, at=context.now())
    _told(draft, plan, output)


@mandate.command()
@click.argument("key")
@click.option("--reason", metavar="TEXT", required=True, help="Why it is given up.")
@format_option("text", "json")
@click.pass_obj
def drop(context: Context, key: str, reason: str, output: str) -> None:
    """Give a draft up. It stays to be read; its text and its key can be used again."""
    from planner.mandates.adopting import drop_draft

    with context.writing() as (session, plan):
        draft = drop_draft(session, context.actor, key, reason, at=context.now())
    _told(draft, plan, output)


def _walk(context: Context, key: str, more_was_said: bool) -> None:
    from planner.cli.mandates.proposal_walk import go_through

    if more_was_said:
        raise click.UsageError("Give a clause or --row to decide; without either you are asked, in text.")
    go_through(context, key)


def _decide_clause(
    context: Context, key: str, clause: str, restatement: str | None, reject: bool, reason: str | None
) -> "tuple[DraftView, PlanView]":
    from planner.mandates.reviewing import reject_clause, restate_clause

    with context.writing() as (session, plan):
        if reject:
            return reject_clause(session, context.actor, key, clause, reason or "", at=context.now()), plan
        return restate_clause(session, context.actor, key, clause, restatement, at=context.now()), plan


def _decide_row(
    context: Context,
    key: str,
    number: int,
    accept: bool,
    reject: bool,
    change: tuple[str | None, str | None],
    reason: str | None,
) -> "tuple[DraftView, PlanView]":
    from planner.mandates.row_review import RowChange, accept_row, change_row, reject_row

    lineage, relation = change
    with context.writing() as (session, plan):
        who, at = context.actor, context.now()
        if accept:
            return accept_row(session, who, key, number, reason, at=at), plan
        if reject:
            return reject_row(session, who, key, number, reason or "", at=at), plan
        said = RowChange(
            reason or "", Lineage(lineage) if lineage else None, SetRelation(relation) if relation else None
        )
        return change_row(session, who, key, number, said, at=at), plan


def _told(draft: "DraftView", plan: "PlanView", output: str) -> None:
    """What stands after a decision."""
    from planner.cli.mandates.proposal_text import draft_fields, standing_lines

    if output == "json":
        as_json("mandate", draft_fields(draft), plan)
        return
    for line in standing_lines(draft):
        print_line(line)


def _shown(draft: "DraftView", plan: "PlanView", output: str) -> None:
    from planner.cli.mandates.proposal_text import draft_fields, print_draft

    if output == "json":
        as_json("mandate", draft_fields(draft), plan)
    else:
        print_draft(plan, draft)
