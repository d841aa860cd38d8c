"""planner mandate: propose a new mandate version from a text, review the proposal, and adopt it."""

import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from planner.base.language import tr
from planner.cli.context import Context
from planner.cli.groups import group
from planner.cli.output import as_json, format_option, print_line
from planner.cli.values import Whole, Word
from planner.domain.vocabulary import Lineage, Numbering, SetRelation

if TYPE_CHECKING:
    from planner.mandates.proposing import ProposedMandate, Request
    from planner.mandates.source import SourceText
    from planner.queries.mandates.proposals import ProposalView
    from planner.register.plan_view import PlanView
    from planner.register.reading import Reading

_lineages = Word(Lineage)
_relations = Word(SetRelation)


@group()
def mandate() -> None:
    """Propose a mandate version from a text, review the proposal, and adopt it.

    A proposal is kept apart from the register until it is adopted. Each of its clauses and rows is marked as
    machine-made until a person has decided on it. The first version of a plan becomes its mandate when it is adopted.
    docs/mandates.md says what the program recognises in a text.
    """


@mandate.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--key", metavar="KEY", required=True, help="The key of the new version, such as duties-2021.")
@click.option("--title", metavar="TEXT", help="The title of the new version.")
@click.option(
    "--supersedes",
    metavar="MANDATE",
    help="The previous version. Default: the version that the plan uses, or none if the plan has no mandate.",
)
@click.option(
    "--body", metavar="ORG", help="Whose duties they are. Default: as in the previous version, or the plan's."
)
@click.option("--language", metavar="LANG", help="The language of the text, such as en. Default: recognised.")
@click.option("--numbering", type=Word(Numbering), help="How the clauses are numbered. Default: recognised.")
@click.option("--in-force-from", metavar="DATE", help="The date from which the version is in force, if known.")
@click.option("--publisher", metavar="TEXT", help="Who published the text.")
@click.option("--address", metavar="TEXT", help="Where to get the text.")
@click.option("--ends-before", metavar="TEXT", help="The first words of the line that follows the last clause.")
@click.option("--series", type=Whole(), metavar="N", help="The series of clauses to use, if numbers start again at 1.")
@click.option("--dry-run", is_flag=True, help="Show the proposal without recording it.")
@format_option("text", "json")
@click.pass_obj
def add(
    context: Context,
    /,
    file: Path,
    numbering: str | None,
    in_force_from: str | None,
    dry_run: bool,
    output: str,
    **given: Any,
) -> None:
    """Propose a version from a text, a saved web page or a Word file: clauses, and a crosswalk from the previous one.

    If the plan has no mandate, the version is proposed as its first one, without a crosswalk. If the text has several
    series of clauses, each numbered from 1, you are asked which one to use. Without a terminal, the longest is used.
    """
    from planner.cli.mandates.proposal_text import new_proposal_fields, print_new_proposal
    from planner.dates.lean import Lean
    from planner.mandates.proposing import Request
    from planner.mandates.recording import record_proposal
    from planner.mandates.source import read_source

    source = read_source(file)
    with context.reading() as reading:
        request = Request(
            **given,
            numbering=Numbering(numbering) if numbering else None,
            in_force_from=context.typed_now(reading.plan).day(in_force_from, "--in-force-from", lean=Lean.NEAREST)
            if in_force_from
            else None,
        )
        proposed = _proposed(reading, source, request, ask=output == "text" and sys.stdin.isatty())
    if not dry_run:
        with context.writing() as writing:
            record_proposal(writing, proposed)
    if output == "json":
        as_json("proposal", {**new_proposal_fields(proposed), "recorded": not dry_run}, reading.plan)
    else:
        print_new_proposal(reading.plan, proposed, recorded=not dry_run)


def _proposed(reading: "Reading", source: "SourceText", request: "Request", *, ask: bool) -> "ProposedMandate":
    """Return the proposal. If the text has several series of clauses, call `ask`, which lets the person choose one."""
    from planner.mandates.proposing import propose

    proposed = propose(reading, source, request)
    if ask and proposed.chosen_series and request.series is None:
        return propose(reading, source, replace(request, series=_ask_for_series(proposed)))
    return proposed


def _ask_for_series(proposed: "ProposedMandate") -> int:
    """Ask which of several series of clauses to use, and return its number."""
    from planner.base.numbers import read_whole
    from planner.cli.mandates.proposal_text import series_choices
    from planner.cli.questions import prompt

    print_line(tr("The text has several series of clauses:"))
    for line in series_choices(proposed):
        print_line(f"  {line}")
    usual = str(proposed.chosen_series)
    answer = prompt(tr("Which series do you want to use? Press Enter for {number}", number=usual), usual)
    return read_whole(answer, "series")


@mandate.command("drafts")
@format_option("text", "json")
@click.pass_obj
def list_proposals(context: Context, output: str) -> None:
    """List all proposals, including those that were adopted or withdrawn."""
    from planner.cli.mandates.proposal_text import print_proposals
    from planner.queries.mandates.proposals import read_proposals

    with context.reading() as reading:
        found = read_proposals(reading.session)
    if output == "json":
        as_json("mandates", found, reading.plan)
    else:
        print_proposals(reading.plan, found)


@mandate.command()
@click.argument("key")
@format_option("text", "json")
@click.pass_obj
def show(context: Context, key: str, output: str) -> None:
    """Show a proposal: its clauses verbatim, its crosswalk rows, and the decisions that are left."""
    from planner.cli.mandates.proposal_text import print_proposal
    from planner.queries.mandates.proposals import read_proposal

    with context.reading() as reading:
        proposal = read_proposal(reading.session, key)
    if output == "json":
        _print_json(proposal, reading.plan)
    else:
        print_proposal(reading.plan, proposal)


@mandate.command()
@click.argument("key")
@click.argument("clause", required=False)
@click.option(
    "--row", "number", type=Whole(), metavar="N", help="Decide on a crosswalk row, by its number, instead of a clause."
)
@click.option(
    "--restate",
    "restatement",
    metavar="TEXT",
    help="Accept the clause, restated in your own words.",
)
@click.option(
    "--as-printed",
    is_flag=True,
    help="Accept the clause with its printed text as the restatement. Without CLAUSE: all clauses that are left.",
)
@click.option("--accept", is_flag=True, help="Accept the clause or row as it is proposed.")
@click.option("--reject", is_flag=True, help="Leave the clause or row out.")
@click.option("--lineage", type=_lineages, help="Change the row's lineage: what became of the wording.")
@click.option("--relation", type=_relations, help="Change the row's set relation: how the meanings relate.")
@click.option("--reason", metavar="TEXT", help="The reason. Required to change a row, and to reject a clause or row.")
@format_option("text", "json")
@click.pass_obj
def review(
    context: Context,
    key: str,
    clause: str | None,
    number: int | None,
    restatement: str | None,
    as_printed: bool,
    accept: bool,
    reject: bool,
    lineage: str | None,
    relation: str | None,
    reason: str | None,
    output: str,
) -> None:
    """Decide on a clause, or on a row with --row. Without either, you are asked about all that is machine-made.

    To accept a clause, restate it in your own words, or keep the printed ones with --as-printed. To change a row, give
    a reason.
    """
    decided = [bool(restatement), as_printed, accept, reject, bool(lineage or relation)]
    if as_printed and sum(decided) == 1 and number is None:
        _print_left(*_as_printed(context, key, clause, reason), output)
        return
    if sum(decided) > 1:
        _require_one(clause, number, decided)
    if clause is None and number is None:
        _walk(context, key, any(decided) or output == "json")
        return
    _require_one(clause, number, decided)
    if clause is not None:
        if lineage or relation:
            raise click.UsageError(
                tr("A clause has no lineage or relation; only a crosswalk row has them. Give --row N.")
            )
        proposal, plan = _decide_clause(context, key, clause, restatement, reject, reason)
    elif number is not None and not (restatement or as_printed):
        proposal, plan = _decide_row(context, key, number, accept, reject, (lineage, relation), reason)
    else:
        raise click.UsageError(tr("A row cannot be restated. Give --lineage or --relation, with --reason."))
    _print_left(proposal, plan, output)


def _require_one(clause: str | None, number: int | None, decided: Sequence[bool]) -> None:
    """Raise UsageError if a clause and a row are both given, or unless exactly one decision is given."""
    if clause is not None and number is not None:
        raise click.UsageError(tr("Give a clause or --row, not both."))
    if sum(decided) != 1:
        raise click.UsageError(
            tr(
                "Give exactly one decision: --restate, --as-printed, --accept or --reject. For a row, --lineage and"
                " --relation also count as a decision."
            )
        )


@mandate.command()
@click.argument("key")
@click.option(
    "--from", "from_clause", metavar="CLAUSE", help="The earlier clause. Leave it out if the later one is new."
)
@click.option(
    "--to", "to_clause", metavar="CLAUSE", help="The later clause. Leave it out if the earlier one is withdrawn."
)
@click.option("--lineage", type=_lineages, required=True, help="The lineage: what became of the wording.")
@click.option("--relation", type=_relations, required=True, help="The set relation: how the meanings relate.")
@click.option("--reason", metavar="TEXT", required=True, help="The reason, which becomes the row's rationale.")
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
    with context.writing() as writing:
        proposal = add_row(writing, key, new)
    _print_left(proposal, writing.plan, output)


@mandate.command()
@click.argument("key")
@click.option("--reason", metavar="TEXT", required=True, help="Why the version is adopted, and by which decision.")
@click.option("--title", metavar="TEXT", help="The title of the version, instead of the proposed one.")
@click.option("--restate", "restatement", metavar="TEXT", help="The version as a whole, in your own words.")
@click.option(
    "--as-of",
    "act_day",
    metavar="DATE",
    help="For the first version of a plan: the day from which it is the plan's mandate. "
    "Default: today, or the day on which the plan opens.",
)
@format_option("text", "json")
@click.pass_obj
def adopt(
    context: Context,
    key: str,
    reason: str,
    title: str | None,
    restatement: str | None,
    act_day: str | None,
    output: str,
) -> None:
    """Add a proposal to the register as a mandate version, once every clause and row is decided.

    The first version of a plan becomes its mandate. Otherwise, the mandate of the plan and the links do not change.
    """
    from planner.mandates.adopting import adopt_proposal

    with context.writing() as writing:
        day = context.day(writing, act_day) if act_day is not None else None
        proposal = adopt_proposal(writing, key, reason, title=title, restatement=restatement, as_of=day)
        if day is None and proposal.summary.first_of is not None:
            context.day(writing, None)
    _print_left(proposal, writing.plan, output)


@mandate.command()
@click.argument("key")
@click.option("--reason", metavar="TEXT", required=True, help="Why the proposal is withdrawn.")
@format_option("text", "json")
@click.pass_obj
def drop(context: Context, key: str, reason: str, output: str) -> None:
    """Withdraw a proposal. It can still be read, and its text and its key can be used again."""
    from planner.mandates.adopting import drop_proposal

    with context.writing() as writing:
        proposal = drop_proposal(writing, key, reason)
    _print_left(proposal, writing.plan, output)


def _walk(context: Context, key: str, other_options: bool) -> None:
    from planner.cli.mandates.proposal_walk import go_through

    if other_options:
        raise click.UsageError(tr("These options need a clause or --row. Without either, the command asks questions."))
    go_through(context, key)


def _as_printed(context: Context, key: str, clause: str | None, reason: str | None) -> "tuple[ProposalView, PlanView]":
    from planner.mandates.reviewing import restate_as_printed

    with context.writing() as writing:
        return restate_as_printed(writing, key, clause, reason), writing.plan


def _decide_clause(
    context: Context, key: str, clause: str, restatement: str | None, reject: bool, reason: str | None
) -> "tuple[ProposalView, PlanView]":
    from planner.mandates.reviewing import reject_clause, restate_clause

    with context.writing() as writing:
        if reject:
            return reject_clause(writing, key, clause, reason or ""), writing.plan
        return restate_clause(writing, key, clause, restatement, reason), writing.plan


def _decide_row(
    context: Context,
    key: str,
    number: int,
    accept: bool,
    reject: bool,
    change: tuple[str | None, str | None],
    reason: str | None,
) -> "tuple[ProposalView, PlanView]":
    from planner.mandates.row_review import RowChange, accept_row, change_row, reject_row

    lineage, relation = change
    with context.writing() as writing:
        if accept:
            return accept_row(writing, key, number, reason), writing.plan
        if reject:
            return reject_row(writing, key, number, reason or ""), writing.plan
        row_change = RowChange(
            reason or "", Lineage(lineage) if lineage else None, SetRelation(relation) if relation else None
        )
        return change_row(writing, key, number, row_change), writing.plan


def _print_left(proposal: "ProposalView", plan: "PlanView", output: str) -> None:
    """Print the remaining decisions on a proposal, or the whole proposal as JSON."""
    from planner.cli.mandates.proposal_text import lines_left

    if output == "json":
        _print_json(proposal, plan)
        return
    for line in lines_left(proposal):
        print_line(line)


def _print_json(proposal: "ProposalView", plan: "PlanView") -> None:
    from planner.cli.mandates.proposal_text import proposal_fields

    as_json("mandate", proposal_fields(proposal), plan)
