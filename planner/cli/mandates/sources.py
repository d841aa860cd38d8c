"""planner sources: the official documents, their attached copies, and whether those say what is cited of them."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from planner.base.errors import SourceError
from planner.base.numbers import counted
from planner.cli.context import Context
from planner.cli.groups import group
from planner.cli.output import as_json, banner, console, format_option, print_line, progress
from planner.cli.values import Whole

if TYPE_CHECKING:
    from planner.queries.plans import PlanView
    from planner.sources.attach import Attached
    from planner.sources.copies import DocumentView
    from planner.sources.files import Examined
    from planner.sources.report import CopyReport, Tally
    from planner.sources.verify import Verified

# How many names of what differs are listed before the rest is only counted.
_NO_DOCUMENTS = "The plan cites no documents. docs/seeds.md shows how its data files can."
NAMES_LISTED = 8


@group()
def sources() -> None:
    """List, attach and verify the official documents.

    The register holds none of their texts; it cites them. Once copies are attached, it shows the very words.
    """


@sources.command("list")
@format_option("text", "json")
@click.pass_obj
def list_documents(context: Context, output: str) -> None:
    """List the documents, which are attached, and where the others can be had."""
    from planner.sources.copies import read_documents

    with context.reading() as (session, plan):
        documents = read_documents(session)
    if output == "json":
        as_json("sources", documents, plan)
    else:
        _print_documents(plan, documents)


@sources.command()
@click.argument("paths", metavar="PATH...", nargs=-1, required=True, type=click.Path(path_type=Path))
@format_option("text", "json")
@click.pass_obj
def attach(context: Context, paths: tuple[Path, ...], output: str) -> None:
    """Attach copies of documents: files, or folders of files.

    Each is recognised by its content, and every citation is checked in it. What differs is told, never moved elsewhere.
    """
    from planner.sources.attach import attach as attach_copies
    from planner.sources.cited import read_cited_documents
    from planner.sources.files import examine, files_of

    files = files_of(paths)
    with context.reading() as (session, plan):
        documents = read_cited_documents(session)
    with progress("Reading", len(files)) as step:
        examined = examine(files, documents, step)
    with context.writing() as (session, plan):
        attached = attach_copies(session, context.actor, examined.copies, context.now())
    if output == "json":
        as_json("attached", {"copies": attached, "skipped": examined.skipped}, plan)
    else:
        _print_attached(plan, attached, examined)
    _require_agreement([one.report for one in attached], "The copy is attached as it stands")


@sources.command()
@format_option("text", "json")
@click.pass_obj
def verify(context: Context, output: str) -> None:
    """Check every attached copy and every citation again. Writes nothing."""
    from planner.sources.cited import read_cited_documents
    from planner.sources.verify import verify as verify_copies

    with context.reading() as (session, plan):
        documents = read_cited_documents(session)
        with progress("Verifying", len(documents)) as step:
            verified = verify_copies(session, documents, step)
    if output == "json":
        as_json("verified", verified, plan)
    else:
        _print_verified(plan, verified)
    _require_agreement([one.report for one in verified.copies], "Attach a true copy of the document")
    contradicted = [copy.report.document for copy in verified.copies if copy.contradictions]
    if contradicted:
        raise SourceError(
            f"what was recorded of {', '.join(contradicted)} is not what the stored text says",
            do="Find out who changed the database",
        )


@sources.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.argument("phrase")
@click.option(
    "--key", metavar="KEY", help="The document's key in documents.yaml. Default: the file's name without ending."
)
@click.option("--place", type=Whole(), metavar="NUMBER", help="Which place, where the phrase stands in several.")
@format_option("text", "json")
def cite(file: Path, phrase: str, key: str | None, place: int | None, output: str) -> None:
    """Make the citation of a phrase in a text file, as data files take it (docs/seeds.md).

    White space and line ends in the phrase need not be those of the text. No database is read or written.
    """
    from planner.sources.citing import cite as make_citation

    citation = make_citation(file, phrase, key or file.stem, place)
    if output == "json":
        as_json("citation", citation)
        return
    parts = ", ".join(f"{name}: {value}" for name, value in asdict(citation).items())
    print_line(f"citation: {{{parts}}}")


def _print_documents(plan: "PlanView", documents: Sequence["DocumentView"]) -> None:
    out = console()
    banner(out, plan)
    if not documents:
        out.print(_NO_DOCUMENTS)
    for document in documents:
        out.print(f"{document.key} ({document.language})", style="bold", markup=False)
        out.print(f"  {document.title}", markup=False)
        cited = [
            (document.clauses, "clauses"),
            (document.drafted, "drafted clauses"),
            (document.measures, "measures"),
            (document.citations, "citations"),
        ]
        out.print("  " + ", ".join(f"{number} {noun}" for number, noun in cited if number))
        for copy in document.copies:
            same = "the cited bytes" if copy.identical else "a re-saved copy"
            by = f"attached by {copy.actor}, {copy.recorded_at:%Y-%m-%d %H:%M} UTC"
            out.print(f"  ✓ {copy.file_name}: {same}, {by}", markup=False)
        if not document.copies:
            out.print("  ○ not attached")
            out.print(
                f"    Published by {document.publisher}: {document.address or 'no address is known'}", markup=False
            )
    missing = sum(not document.copies for document in documents)
    if missing:
        out.print(f"{missing} of {len(documents)} documents are not attached.")
        out.print("Save each as plain text in UTF-8 (a saved web page will do), then: planner sources attach FILE")


def _print_attached(plan: "PlanView", attached: Sequence["Attached"], examined: "Examined") -> None:
    out = console()
    banner(out, plan)
    for one in attached:
        _print_report(one.report)
        if not one.new:
            known = f"{one.citations} citations made since were checked" if one.citations else "nothing was changed"
            out.print(f"  Already attached; {known}.")
    for skipped in examined.skipped:
        out.print(f"Skipped {skipped.file_name}: {skipped.reason}.", markup=False)
    _print_sum([one.report for one in attached], "recognised")


def _print_verified(plan: "PlanView", verified: "Verified") -> None:
    out = console()
    banner(out, plan)
    for copy in verified.copies:
        _print_report(copy.report)
        for told in _shortened(copy.contradictions):
            out.print(f"  ! {told}", style="red", markup=False)
    if verified.copies:
        _print_sum([copy.report for copy in verified.copies], "checked")
    elif not verified.not_attached:
        out.print(_NO_DOCUMENTS)
    if verified.not_attached:
        out.print(f"Not attached, so not checked: {', '.join(verified.not_attached)}", markup=False)
        out.print("'planner sources list' says where they can be had.")


def _print_report(report: "CopyReport") -> None:
    out = console()
    same = "the cited bytes" if report.identical else "a re-saved copy"
    out.print(f"{report.document} ({report.language}): {report.file_name}, {same}", style="bold", markup=False)
    tallies = [(report.clauses, "clauses"), (report.measures, "measures"), (report.others, "other citations")]
    out.print(
        "  Verified: "
        + ", ".join(f"{tally.verified} of {tally.total} {noun}" for tally, noun in tallies if tally.total)
    )
    for tally, noun in tallies:
        _print_names(f"{noun} that differ", tally.differing)
        _print_names(f"{noun} that are missing", tally.missing)
    found = f"{report.parsed} {report.noun} found by their numbers"
    if not report.disagreements:
        out.print(f"  {found}, as cited")
        return
    out.print(f"  {found}; but")
    for told in _shortened(report.disagreements):
        out.print(f"    {told}", markup=False)


def _print_names(what: str, names: Sequence[str]) -> None:
    if names:
        console().print(f"  ! {what}: {', '.join(_shortened(names))}", style="red", markup=False)


def _shortened(names: Sequence[str]) -> Iterable[str]:
    more = len(names) - NAMES_LISTED
    return [*names[:NAMES_LISTED], f"and {more} more"] if more > 0 else names


def _print_sum(reports: Sequence["CopyReport"], verb: str) -> None:
    documents = len({report.document for report in reports})
    by_document = [str(report.clauses.verified) for report in reports if report.clauses.total]
    split = f" ({' + '.join(by_document)})" if len(by_document) > 1 else ""
    sums = [
        _summed("clauses", [report.clauses for report in reports], split),
        _summed("measures", [report.measures for report in reports]),
        _summed("other citations", [report.others for report in reports]),
    ]
    console().print(f"{counted(documents, 'document')} {verb}: verified {', '.join(part for part in sums if part)}.")


def _summed(noun: str, tallies: Sequence["Tally"], split: str = "") -> str:
    total = sum(tally.total for tally in tallies)
    return f"{sum(tally.verified for tally in tallies)} of {total} {noun}{split}" if total else ""


def _require_agreement(reports: Iterable["CopyReport"], do: str) -> None:
    """Raise SourceError where a copy does not hold all that is cited of it."""
    told = []
    for report in reports:
        tallies = (report.clauses, report.measures, report.others)
        differing = sum(len(tally.differing) for tally in tallies)
        missing = sum(len(tally.missing) for tally in tallies)
        if differing or missing:
            told.append(f"{report.file_name} ({report.document}): {differing} differ, {missing} missing")
            if report.identical:
                do = "This file is the cited document: correct the citations, which 'planner sources cite' can make"
    if told:
        raise SourceError(f"not all that is cited is there: {'; '.join(told)}", do=do)
