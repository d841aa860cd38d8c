"""planner findings: what an auditor should see, and what was accepted of it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from planner.base.errors import OPEN_FINDINGS, BadValueError
from planner.cli.context import Context
from planner.cli.findings.text import Detail, print_finding, print_findings
from planner.cli.groups import group, require_no_options
from planner.cli.output import (
    as_bytes,
    as_json,
    as_of_option,
    format_option,
    known_at_option,
    print_line,
    search_option,
)
from planner.cli.output_file import STANDARD_OUTPUT, file_format_option, format_meant, replace_option
from planner.cli.values import Word
from planner.domain.vocabulary import FINDING_KINDS, FindingRank, FindingState

if TYPE_CHECKING:
    from planner.queries.findings import FindingView, Kind
    from planner.queries.plans import PlanView
    from planner.weekly.reading import Instance

ALL = "all"

kind_argument = click.argument("kind", metavar="KIND", type=Word(FINDING_KINDS))
reason_option = click.option("--reason", required=True, metavar="TEXT", help="Why, for the audit log.")


@dataclass(frozen=True)
class Wanted:
    """Which findings are asked for: of a kind or any (None), of a rank or any, that have all words of a search."""

    kind: "Kind | None"
    rank: FindingRank | None
    search: str


@dataclass(frozen=True)
class Asked:
    """All findings that were asked for, and those of them that are to be shown."""

    instance: "Instance"
    found: "list[FindingView]"
    shown: "list[FindingView]"


@group(invoke_without_command=True)
@click.option("--kind", type=Word(FINDING_KINDS), metavar="KIND", help="Only findings of this kind.")
@click.option("--rank", type=Word(FindingRank), help="Only findings that matter as much as this.")
@click.option("--open", "shown", flag_value=FindingState.OPEN.value, help="Show only those that are open.")
@click.option("--accepted", "shown", flag_value=FindingState.ACCEPTED.value, help="Show only those that are accepted.")
@click.option("--all", "shown", flag_value=ALL, default=ALL, help="Show both; the default.")
@search_option
@as_of_option
@known_at_option
@click.option(
    "-o",
    "--output",
    "file",
    metavar="FILE",
    default=STANDARD_OUTPUT,
    help="Where to; beside a CSV go the descriptions of its columns. Default, and -: standard output.",
)
@replace_option
@file_format_option("text", "csv", "json", "html")
@click.pass_context
def findings(
    ctx: click.Context,
    kind: str | None,
    rank: str | None,
    shown: str,
    search: str,
    as_of: str | None,
    known_at: str | None,
    file: str,
    replace: bool,
    output: str | None,
) -> int:
    """List what an auditor should see: what the official texts raise, and what is computed from the register.

    What matters most comes first, with its places in the texts; the other findings are a line each, and kinds of which
    all findings are alike are one row. --kind, --rank and --search print all there is to say. Where an official text is
    attached, the words a finding rests on are shown in their own language. Exit code 18 says that one of those asked
    for is open, whether it is shown or not.
    """
    if ctx.invoked_subcommand is not None:
        require_no_options(ctx)
        return 0
    if output == "text" and file != STANDARD_OUTPUT:
        raise BadValueError("text is for people to read", where="-o", do="Ask for --format csv, json or html")
    output = format_meant(file, output, "text" if file == STANDARD_OUTPUT else "csv", ["csv", "json", "html"])
    wanted = Wanted(FINDING_KINDS[kind] if kind else None, FindingRank(rank) if rank else None, search)
    asked = _read(ctx.obj, wanted, shown, as_of, known_at)
    if output == "text":
        detail = Detail.EACH if kind else Detail.RANK if rank or search.strip() else Detail.FIRST
        print_findings(asked.instance.plan, asked.found, asked.shown, detail)
    else:
        _write(asked, output, file, replace=replace)
    return OPEN_FINDINGS if any(finding.state is FindingState.OPEN for finding in asked.found) else 0


@findings.command()
@kind_argument
@click.argument("subject")
@click.option("--until", required=True, metavar="DATE", help="The last day on which it is accepted: a date, or +4w.")
@reason_option
@format_option("text", "json")
@click.pass_obj
def accept(context: Context, kind: str, subject: str, until: str, reason: str, output: str) -> None:
    """Accept a finding until a day, with the reason. It is listed as accepted, and open again from the day after.

    It is open again at once where it says something else than when it was accepted.
    """
    from planner.writes.finding_reviews import accept_finding

    with context.writing() as (session, plan):
        today = context.today(plan)
        finding = accept_finding(
            session,
            context.actor,
            plan,
            FINDING_KINDS[kind],
            subject,
            until=context.typed(plan).deadline(until, "--until"),
            reason=reason,
            today=today,
            at=context.now(),
        )
    _told(plan, finding, output)


@findings.command()
@kind_argument
@click.argument("subject")
@reason_option
@format_option("text", "json")
@click.pass_obj
def reopen(context: Context, kind: str, subject: str, reason: str, output: str) -> None:
    """Open a finding again that was accepted, with the reason."""
    from planner.writes.finding_reviews import reopen_finding

    with context.writing() as (session, plan):
        today, at = context.today(plan), context.now()
        finding = reopen_finding(
            session, context.actor, plan, FINDING_KINDS[kind], subject, reason=reason, today=today, at=at
        )
    _told(plan, finding, output)


def _told(plan: "PlanView", finding: "FindingView", output: str) -> None:
    if output == "json":
        as_json("finding", finding, plan)
    else:
        print_finding(plan, finding)


def _read(context: Context, wanted: "Wanted", shown: str, as_of: str | None, known_at: str | None) -> Asked:
    from planner.domain.rules.weeks import Week
    from planner.queries.findings import read_findings
    from planner.queries.plans import read_plan, require_known
    from planner.queries.search.matching import finding_texts, having_words
    from planner.weekly.reading import Instance

    with context.settled_reading() as (session, plan, now):
        point = context.point(plan, as_of, known_at)
        require_known(session, point.known_at)
        then = read_plan(session, plan.key, point.known_at)
        every = read_findings(session, then, point, wanted.kind)
        found = having_words(session, then, point, every, wanted.search, finding_texts)
    instance = Instance(then, Week.of(point.as_of), point.as_of, point.known_at or now)
    asked = [finding for finding in found if wanted.rank in (None, finding.rank)]
    return Asked(instance, asked, [finding for finding in asked if shown in (ALL, finding.state.value)])


def _write(asked: Asked, form: str, file: str, *, replace: bool) -> None:
    """Write the findings that are to be shown in a format, and say where they went."""
    if file == STANDARD_OUTPUT:
        as_bytes(_content(asked, form))
        return
    from planner.base.output_files import write_file
    from planner.weekly.file import place

    path = place(file, asked.instance, form, "findings")
    if form == "csv":
        from planner.exchange.findings_table import FINDINGS
        from planner.weekly.formats import write_described

        write_described(path, _content(asked, form), FINDINGS, asked.instance, replace=replace)
    else:
        write_file(path, _content(asked, form), replace=replace)
    print_line(f"Wrote {len(asked.shown):,} findings to {path}.", err=True)


def _content(asked: Asked, form: str) -> Iterable[bytes]:
    if form == "csv":
        from planner.exchange.findings_table import findings_csv

        return findings_csv(asked.instance, asked.shown)
    if form == "html":
        from planner.exchange.pages.findings import findings_page

        return findings_page(asked.instance, asked.found, asked.shown)
    return _json(asked)


def _json(asked: Asked) -> Iterator[bytes]:
    from planner.tables.json_form import json_text

    yield f"{json_text('findings', asked.shown, asked.instance.plan)}\n".encode()
