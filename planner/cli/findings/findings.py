"""planner findings: list the findings for an auditor, accept a finding, and open it again."""

from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

import click

from planner.base.errors import OPEN_FINDINGS, BadValueError
from planner.base.language import in_english, tr, tr_count
from planner.cli.context import Context
from planner.cli.findings.text import Detail, print_finding, print_findings
from planner.cli.groups import group, require_no_options
from planner.cli.output import (
    as_json,
    as_of_option,
    format_option,
    known_at_option,
    print_line,
    search_option,
)
from planner.cli.output_file import STANDARD_OUTPUT, file_format_option, file_option, format_meant, replace_option
from planner.cli.values import Word
from planner.domain.vocabulary import FINDING_KINDS, FindingRank, FindingState

if TYPE_CHECKING:
    from planner.cli.typed_dates import TypedDates
    from planner.queries.findings import FindingView, Kind
    from planner.queries.findings.ranking import FindingGroup
    from planner.register.plan_view import PlanView
    from planner.register.writing import Writing
    from planner.weekly.reading import Instance
    from planner.writes.finding_reviews import SeenFinding

ALL = "all"

kind_argument = click.argument("kind", metavar="KIND", type=Word(FINDING_KINDS))
reason_option = click.option("--reason", required=True, metavar="TEXT", help="The reason, for the audit log.")


@dataclass(frozen=True)
class FindingFilters:
    """Filters for findings: a kind and a rank (None for any), and the words that a finding must contain."""

    kind: "Kind | None"
    rank: FindingRank | None
    search: str


@dataclass(frozen=True)
class FoundFindings:
    """The findings that match the filters (`found`), and those of them in the requested state (`shown`).

    Both are grouped by rank and kind.
    """

    instance: "Instance"
    found: "list[FindingGroup]"
    shown: "list[FindingGroup]"

    @property
    def shown_views(self) -> "Iterator[FindingView]":
        """The findings in `shown`, one by one."""
        return chain.from_iterable(self.shown)


@group(invoke_without_command=True)
@click.option("--kind", type=Word(FINDING_KINDS), metavar="KIND", help="Only findings of this kind.")
@click.option("--rank", type=Word(FindingRank), help="Only findings of this rank.")
@click.option("--open", "shown", flag_value=FindingState.OPEN.value, help="Show only open findings.")
@click.option("--accepted", "shown", flag_value=FindingState.ACCEPTED.value, help="Show only accepted findings.")
@click.option("--all", "shown", flag_value=ALL, default=ALL, help="Show open and accepted findings (the default).")
@search_option
@as_of_option
@known_at_option
@file_option(
    "The output file. A CSV file gets a second file that describes its columns. Default, or -: standard output."
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
    file: str,
    replace: bool,
    output: str | None,
) -> int:
    """List findings: problems that an auditor should see, in the official texts and in the register.

    The most important findings come first, with their places in the texts. The others take one line each, and a kind
    whose findings are all alike takes one row. --kind, --rank and --search print every finding in full. If an official
    text is attached, its words are quoted in the original language. The exit code is 18 if any of the selected findings
    is open, even if it is not shown.
    """
    if ctx.invoked_subcommand is not None:
        require_no_options(ctx)
        return 0
    output = _format(file, output)
    filters = FindingFilters(FINDING_KINDS[kind] if kind else None, FindingRank(rank) if rank else None, search)
    with ExitStack() as opened:
        if output == "text":
            read = opened.enter_context(_reading(ctx.obj, filters, shown))
            detail = Detail.EACH if kind else Detail.RANK if rank or search.strip() else Detail.FIRST
            print_findings(read.instance.plan, read.found, read.shown, detail)
        else:
            with in_english():
                read = opened.enter_context(_reading(ctx.obj, filters, shown))
            _write(read, output, file, replace=replace)
    return OPEN_FINDINGS if any(group.open for group in read.found) else 0


def _format(file: str, given: str | None) -> str:
    """Return the format to write. Raises BadValueError if the format is text and the output is a file."""
    if given == "text" and file != STANDARD_OUTPUT:
        raise BadValueError(
            tr("the format 'text' can be printed, but not written to a file"),
            where="-o",
            do=tr("Give --format csv, json or html"),
        )
    return format_meant(file, given, "text" if file == STANDARD_OUTPUT else "csv", ["csv", "json", "html"])


@findings.command()
@kind_argument
@click.argument("subject")
@click.option(
    "--until", required=True, metavar="DATE", help="The last day on which the finding is accepted: a date, or +4w."
)
@reason_option
@format_option("text", "json")
@click.pass_obj
def accept(context: Context, kind: str, subject: str, until: str, reason: str, output: str) -> None:
    """Accept a finding until a day, with a reason. It is listed as accepted, and from the day after as open again.

    If the finding changes in substance, it is open again at once.
    """
    from planner.writes.finding_reviews import accept_finding

    with _deciding(context, kind, subject) as (writing, seen, typed):
        last = typed.deadline(until, "--until")
        finding = accept_finding(writing, FINDING_KINDS[kind], subject, until=last, reason=reason, seen=seen)
    _print_decision(writing.plan, finding, output)


@findings.command()
@kind_argument
@click.argument("subject")
@reason_option
@format_option("text", "json")
@click.pass_obj
def reopen(context: Context, kind: str, subject: str, reason: str, output: str) -> None:
    """Open an accepted finding again, with a reason."""
    from planner.writes.finding_reviews import reopen_finding

    with _deciding(context, kind, subject) as (writing, seen, _):
        finding = reopen_finding(writing, FINDING_KINDS[kind], subject, reason=reason, seen=seen)
    _print_decision(writing.plan, finding, output)


@contextmanager
def _deciding(context: Context, kind: str, subject: str) -> "Iterator[tuple[Writing, SeenFinding | None, TypedDates]]":
    """Open the register for a decision about a finding.

    The finding is read before the write takes the lock. The module that reads typed dates is also imported before that.
    """
    from planner.writes.finding_reviews import see_finding

    with context.register() as register:
        with register.reading_to_write() as reading:
            seen, typed = see_finding(reading, FINDING_KINDS[kind], subject), context.typed_now(reading.plan)
        with register.writing() as writing:
            yield writing, seen, typed


def _print_decision(plan: "PlanView", finding: "FindingView", output: str) -> None:
    if output == "json":
        as_json("finding", finding, plan)
    else:
        print_finding(plan, finding)


@contextmanager
def _reading(context: Context, filters: FindingFilters, shown: str) -> Iterator[FoundFindings]:
    """Yield the findings. The register stays open, because findings about items are only computed during the output."""
    from planner.domain.codes import search_words
    from planner.domain.rules.weeks import Week
    from planner.queries.findings import read_finding_groups
    from planner.queries.findings.ranking import grouped
    from planner.queries.search.matching import finding_texts, having_words
    from planner.weekly.reading import Instance

    with context.settled_reading() as (then, now):
        found = read_finding_groups(then, filters.kind)
        if search_words(filters.search):
            found = grouped(having_words(then, chain.from_iterable(found), filters.search, finding_texts))
        instance = Instance(then.plan, Week.of(then.as_of), then.as_of, then.known_at or now)
        matching = [group for group in found if filters.rank in (None, group.rank)]
        in_state = matching if shown == ALL else [group.of(FindingState(shown)) for group in matching]
        yield FoundFindings(instance, matching, [group for group in in_state if len(group)])


def _write(findings: FoundFindings, form: str, file: str, *, replace: bool) -> None:
    """Write the findings in a format, and print the name of the file on standard error."""
    from planner.cli.weekly.files import write_one
    from planner.exchange.findings_table import FINDINGS

    table = FINDINGS if form == "csv" else None
    with in_english():
        content = _content(findings, form)
        where = write_one(findings.instance, content, file, form, "findings", table=table, replace=replace)
    if file != STANDARD_OUTPUT:
        number = sum(map(len, findings.shown))
        print_line(
            tr_count(
                "Wrote {number} finding to {file}.",
                "Wrote {number} findings to {file}.",
                number,
                number=f"{number:,}",
                file=where,
            ),
            err=True,
        )


def _content(findings: FoundFindings, form: str) -> Iterable[bytes]:
    if form == "csv":
        from planner.exchange.findings_table import FINDINGS
        from planner.tables.csv_form import csv_bytes

        return csv_bytes(FINDINGS.columns_in(findings.instance.frame), findings.shown_views)
    if form == "html":
        from planner.exchange.pages.findings import findings_page

        return findings_page(findings.instance, findings.found, findings.shown)
    return _json(findings)


def _json(findings: FoundFindings) -> Iterator[bytes]:
    from planner.tables.json_form import json_text

    yield f"{json_text('findings', list(findings.shown_views), findings.instance.plan)}\n".encode()
