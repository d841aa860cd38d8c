"""planner sources: list the official documents, attach copies of them, and check the citations in the copies."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from planner.base.errors import SourceError
from planner.base.language import later, tr, tr_count, tr_later
from planner.cli.context import Context
from planner.cli.groups import group
from planner.cli.output import as_json, banner, console, format_option, print_line, progress
from planner.cli.values import Whole
from planner.domain.plain_words import mark

if TYPE_CHECKING:
    from planner.register.plan_view import PlanView
    from planner.sources.attach import Attached
    from planner.sources.copies import DocumentView
    from planner.sources.files import Examined
    from planner.sources.report import CitationCounts, CopyReport
    from planner.sources.verify import Verified

_NO_DOCUMENTS = later(
    "The plan cites no documents. A mandate version proposed with 'planner mandate add' cites its text, and data files "
    "can cite documents (docs/seeds.md)."
)
# How many names are listed at most. The others are only counted.
NAMES_LISTED = 8


@group()
def sources() -> None:
    """List, attach and verify the official documents.

    The register does not contain their texts; it cites them. Once copies are attached, it shows the original words.
    """


@sources.command("list")
@format_option("text", "json")
@click.pass_obj
def list_documents(context: Context, output: str) -> None:
    """List the documents, the attached copies, and where to get the documents that are not attached."""
    from planner.sources.copies import read_documents

    with context.reading() as reading:
        documents = read_documents(reading.session)
    if output == "json":
        as_json("sources", documents, reading.plan)
    else:
        _print_documents(reading.plan, documents)


@sources.command()
@click.argument("paths", metavar="PATH...", nargs=-1, required=True, type=click.Path(path_type=Path))
@format_option("text", "json")
@click.pass_obj
def attach(context: Context, paths: tuple[Path, ...], output: str) -> None:
    """Attach copies of documents: files, or folders of files.

    Each copy is recognised by its content, and every citation of it is checked. Differences are reported; a citation is
    never moved to another place.
    """
    from planner.sources.attach import attach as attach_copies
    from planner.sources.cited import read_cited_documents
    from planner.sources.files import examine, files_of

    files = files_of(paths)
    with context.reading() as reading:
        documents = read_cited_documents(reading.session)
    with progress(tr("Reading the files"), len(files)) as step:
        examined = examine(files, documents, step)
    with context.writing() as writing:
        attached = attach_copies(writing, examined.copies)
    if output == "json":
        as_json("attached", {"copies": attached, "skipped": examined.skipped}, reading.plan)
    else:
        _print_attached(reading.plan, attached, examined)
    _require_agreement(
        [one.report for one in attached], tr("The copy was attached anyway, and no citation was changed")
    )


@sources.command()
@format_option("text", "json")
@click.pass_obj
def verify(context: Context, output: str) -> None:
    """Check all attached copies and all citations again. Writes nothing."""
    from planner.sources.cited import read_cited_documents
    from planner.sources.verify import verify as verify_copies

    with context.reading() as reading:
        documents = read_cited_documents(reading.session)
        with progress(tr("Verifying"), len(documents)) as step:
            verified = verify_copies(reading.session, documents, step)
    if output == "json":
        as_json("verified", verified, reading.plan)
    else:
        _print_verified(reading.plan, verified)
    _require_agreement([one.report for one in verified.copies], tr("Attach a true copy of the document"))
    contradicted = [copy.report.document for copy in verified.copies if copy.contradictions]
    if contradicted:
        raise SourceError(
            tr("the records about {documents} contradict the stored text", documents=", ".join(contradicted)),
            do=tr("Find out who changed the database"),
        )


@sources.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.argument("phrase")
@click.option(
    "--key", metavar="KEY", help="The document's key in documents.yaml. Default: the file's name without its extension."
)
@click.option(
    "--place", type=Whole(), metavar="NUMBER", help="The occurrence of the phrase to cite, if the text has several."
)
@format_option("text", "json")
def cite(file: Path, phrase: str, key: str | None, place: int | None, output: str) -> None:
    """Make the citation of a phrase in a text file, in the form that data files use (docs/seeds.md).

    White space and line ends in the phrase may differ from the text. No database is read or written.
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
        out.print(tr_later(_NO_DOCUMENTS))
    for document in documents:
        for line, style in _document_lines(document, plan):
            out.print(line, style=style, markup=False)
    missing = sum(not document.copies for document in documents)
    if missing:
        out.print(
            tr_count(
                "{missing} of {count} document is not attached.",
                "{missing} of {count} documents are not attached.",
                len(documents),
                missing=missing,
            )
        )
        out.print(
            tr("Save each document as plain text in UTF-8 or as a web page. Then run: planner sources attach FILE")
        )


def _document_lines(document: "DocumentView", plan: "PlanView") -> "Iterator[tuple[str, str | None]]":
    """Yield the lines about a document. Each has a style, which may be None."""
    yield f"{document.key} ({document.language})", "bold"
    yield f"  {document.title}", None
    counts = [
        (document.clauses, tr_count("{count} clause", "{count} clauses", document.clauses)),
        (document.drafted, tr_count("{count} proposed clause", "{count} proposed clauses", document.drafted)),
        (document.measures, tr_count("{count} measure", "{count} measures", document.measures)),
        (document.citations, tr_count("{count} citation", "{count} citations", document.citations)),
    ]
    yield "  " + ", ".join(text for number, text in counts if number), None
    for copy in document.copies:
        by = tr("attached by {person}, {instant}", person=copy.actor, instant=plan.time_at(copy.recorded_at))
        yield f"  {mark('✓')}{copy.file_name}: {_likeness(identical=copy.identical)}, {by}", None
    if not document.copies:
        yield f"  {mark('○')}{tr('not attached')}", None
        address = document.address or tr("no address is known")
        yield "    " + tr("Published by {publisher}: {address}", publisher=document.publisher, address=address), None


def _likeness(*, identical: bool) -> str:
    return tr("identical to the cited file") if identical else tr("a re-saved copy")


def _print_attached(plan: "PlanView", attached: Sequence["Attached"], examined: "Examined") -> None:
    out = console()
    banner(out, plan)
    for one in attached:
        _print_report(one.report)
        if one.new:
            continue
        if one.citations:
            line = tr_count(
                "This copy was already attached. {count} citation that was added later was checked.",
                "This copy was already attached. {count} citations that were added later were checked.",
                one.citations,
            )
        else:
            line = tr("This copy was already attached. Nothing was changed.")
        out.print(f"  {line}")
    for skipped in examined.skipped:
        out.print(tr("Skipped {file}: {reason}.", file=skipped.file_name, reason=skipped.reason), markup=False)
    number, parts = _totals([one.report for one in attached])
    out.print(
        tr_count(
            "Recognised {count} document. Verified: {parts}.",
            "Recognised {count} documents. Verified: {parts}.",
            number,
            parts=parts,
        )
        if parts
        else tr("No document was recognised.")
    )


def _print_verified(plan: "PlanView", verified: "Verified") -> None:
    out = console()
    banner(out, plan)
    for copy in verified.copies:
        _print_report(copy.report)
        for contradiction in _shortened(copy.contradictions):
            out.print(f"  {mark('!')}{contradiction}", style="red", markup=False)
    if verified.copies:
        number, parts = _totals([copy.report for copy in verified.copies])
        out.print(
            tr_count(
                "Checked {count} document. Verified: {parts}.",
                "Checked {count} documents. Verified: {parts}.",
                number,
                parts=parts,
            )
        )
    elif verified.not_attached:
        out.print(tr("No document is attached, so nothing was checked."))
    else:
        out.print(tr_later(_NO_DOCUMENTS))
    if verified.not_attached:
        names = ", ".join(verified.not_attached)
        out.print(tr("Not attached, so not checked: {documents}", documents=names), markup=False)
        out.print(tr("'planner sources list' says where to get the documents."))


def _print_report(report: "CopyReport") -> None:
    out = console()
    likeness = _likeness(identical=report.identical)
    out.print(f"{report.document} ({report.language}): {report.file_name}, {likeness}", style="bold", markup=False)
    out.print(
        "  " + tr("Verified: {parts}", parts=", ".join(_verified_parts(report.clauses, report.measures, report.others)))
    )
    names = [
        (tr("clauses that differ"), report.clauses.differing),
        (tr("missing clauses"), report.clauses.missing),
        (tr("measures that differ"), report.measures.differing),
        (tr("missing measures"), report.measures.missing),
        (tr("other citations that differ"), report.others.differing),
        (tr("missing other citations"), report.others.missing),
    ]
    for label, keys in names:
        if keys:
            out.print(f"  {mark('!')}{label}: {', '.join(_shortened(keys))}", style="red", markup=False)
    out.print(f"  {_about_numbers(report)}")
    for disagreement in _shortened(report.disagreements):
        out.print(f"    {disagreement}", markup=False)


def _about_numbers(report: "CopyReport") -> str:
    """Return a sentence about the passages that were found by number: whether their places match the citations."""
    if not report.disagreements:
        return tr(
            "{number} {noun} found by their printed numbers. Their positions match the citations",
            number=report.parsed,
            noun=report.noun,
        )
    return tr(
        "{number} {noun} found by their printed numbers. Their positions differ from the citations:",
        number=report.parsed,
        noun=report.noun,
    )


def _shortened(names: Sequence[str]) -> Iterable[str]:
    more = len(names) - NAMES_LISTED
    return [*names[:NAMES_LISTED], tr("and {number} more", number=more)] if more > 0 else names


def _totals(reports: Sequence["CopyReport"]) -> tuple[int, str]:
    """Return the number of documents, and a text that says how many of their citations were verified."""
    clauses, measures, others = (
        _sum([report.clauses for report in reports]),
        _sum([report.measures for report in reports]),
        _sum([report.others for report in reports]),
    )
    by_document = [str(report.clauses.verified) for report in reports if report.clauses.total]
    split = f" ({' + '.join(by_document)})" if len(by_document) > 1 else ""
    parts = ", ".join(_verified_parts(clauses, measures, others, split))
    return len({report.document for report in reports}), parts


def _sum(tallies: Sequence["CitationCounts"]) -> "CitationCounts":
    """Return the sum of the counts of several copies, without the names of citations."""
    from planner.sources.report import CitationCounts

    return CitationCounts(sum(tally.total for tally in tallies), sum(tally.verified for tally in tallies), (), ())


def _verified_parts(
    clauses: "CitationCounts", measures: "CitationCounts", others: "CitationCounts", split: str = ""
) -> Iterator[str]:
    """Yield a phrase such as "3 of 4 clauses" for the clauses, for the measures, and for the other citations.

    Nothing is yielded for a kind without citations. `split` is a text to add to the phrase for the clauses.
    """
    if clauses.total:
        text = tr_count(
            "{verified} of {count} clause", "{verified} of {count} clauses", clauses.total, verified=clauses.verified
        )
        yield f"{text}{split}"
    if measures.total:
        yield tr_count(
            "{verified} of {count} measure",
            "{verified} of {count} measures",
            measures.total,
            verified=measures.verified,
        )
    if others.total:
        yield tr_count(
            "{verified} of {count} other citation",
            "{verified} of {count} other citations",
            others.total,
            verified=others.verified,
        )


def _require_agreement(reports: Iterable["CopyReport"], do: str) -> None:
    """Raise SourceError if a copy lacks a text that is cited from it. `do` is the error's advice to the person."""
    problems = []
    for report in reports:
        tallies = (report.clauses, report.measures, report.others)
        differing = sum(len(tally.differing) for tally in tallies)
        missing = sum(len(tally.missing) for tally in tallies)
        if differing or missing:
            problems.append(
                tr(
                    "{file} ({document}): citations that differ: {differing}, missing: {missing}",
                    file=report.file_name,
                    document=report.document,
                    differing=differing,
                    missing=missing,
                )
            )
            if report.identical:
                do = tr(
                    "This file is the cited document, so correct the citations. 'planner sources cite' makes new ones"
                )
    if problems:
        raise SourceError(tr("some cited text was not found: {problems}", problems="; ".join(problems)), do=do)
