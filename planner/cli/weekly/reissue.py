"""planner weekly reissue: write an issued week again byte for byte, and compare its facts with the register."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from planner.base.errors import NotAsIssuedError, OtherFactsError
from planner.base.language import tr, tr_count
from planner.cli.context import Context
from planner.cli.output import as_json, banner, console, format_option, print_line
from planner.cli.values import Whole
from planner.cli.weekly.issue import folder_option, head_lines, issue_folder, issue_values

if TYPE_CHECKING:
    from planner.register.plan_view import PlanView
    from planner.weekly.comparing.comparisons import Change
    from planner.weekly.issuing.checking import Checked, IssuedAs
    from planner.weekly.issuing.reissues import Reissue, ReissuedFile

# The number of changed facts that are listed. `planner weekly compare` lists all of them.
CHANGES_LISTED = 10


@click.command()
@click.argument("week_text", metavar="[WEEK]", required=False)
@click.option(
    "--number", type=Whole(), metavar="N", help="The number of the issue. Default: the last issue of the week."
)
@folder_option
@click.option("--verify", is_flag=True, help="Write no files, but check whether they can be written.")
@click.option(
    "--check",
    "files",
    metavar="FILE",
    multiple=True,
    help="Check whether this file was issued. Can be given several times.",
)
@format_option("text", "json")
@click.pass_obj
def reissue(
    context: Context,
    week_text: str | None,
    number: int | None,
    folder: str | None,
    verify: bool,
    files: tuple[str, ...],
    output: str,
) -> None:
    """Write an issued week again, byte for byte, and check whether the register still has the same facts.

    A file whose stored bytes are damaged or gone is generated again, and is written if it has the issued digest. If a
    file cannot be reproduced, the command says why. With --check, FILE is compared with all issued files by its bytes,
    and nothing is written.
    """
    if bool(files) == bool(week_text):
        raise click.UsageError(tr("Give a week to write its files again, or --check FILE to check a file."))
    if files:
        _check(context, files, output)
    else:
        found, plan = _reissued(context, str(week_text), number)
        written = None if verify else _written(found, plan, folder)
        _tell(found, plan, written, output)
        _require_as_issued(found)


def _reissued(context: Context, week_text: str, number: int | None) -> "tuple[Reissue, PlanView]":
    from planner.queries.weeks.issues import find_issue
    from planner.weekly.issuing import reissues

    with context.settled_reading() as (reading, now):
        issued = find_issue(reading, context.typed(reading.plan).week(week_text, "WEEK"), number)
        return reissues.reissue(reading, issued, now=now), reading.plan


def _written(found: "Reissue", plan: "PlanView", given: str | None) -> Path | None:
    """Write the files that can be reproduced and return their folder, or None if there are none."""
    from planner.base.files import staged_folder

    if not found.given:
        return None
    folder = issue_folder(given, plan, found.issue.week, found.issue.number)
    with staged_folder(folder, found.given) as staged:
        staged.put(folder)
    return folder


def _tell(found: "Reissue", plan: "PlanView", folder: Path | None, output: str) -> None:
    if output == "json":
        as_json("reissue", _values(found) | {"folder": None if folder is None else str(folder)}, plan)
    else:
        _print_reissue(found, plan, folder)


def _require_as_issued(found: "Reissue") -> None:
    """Raise an error if a file or a fact differs from what was issued. The details have already been printed.

    Raises NotAsIssuedError if a file is lost or the tables contradict the audit log, and OtherFactsError if only facts
    differ.
    """
    issued = found.issue
    if found.lost or found.contradictions:
        raise NotAsIssuedError(_deviation(found), where=issued.label, do=tr("The lines above give the reason"))
    if not found.same_facts:
        others = set(found.differing) - set(found.redacted)
        redacted = found.redacted and not others
        raise OtherFactsError(
            tr("every file is as it was issued, but text in the register was redacted since")
            if redacted
            else tr("every file is as it was issued, but the facts in the register have changed since"),
            where=issued.label,
            do=tr(
                "See the changes with 'planner weekly compare {issue} {now}'",
                issue=f"{issued.week}@issued-{issued.number}",
                now=f"{issued.week}@{issued.known_at:%Y-%m-%dT%H:%M:%S.%fZ}",
            ),
        )


def _deviation(found: "Reissue") -> str:
    """Return a text about the files that cannot be reproduced, and about tables that contradict the audit log."""
    from planner.weekly.issuing.reissues import FileOrigin

    lost, total, contradictions = len(found.lost), len(found.files), len(found.contradictions)
    redacted = sum(file.origin == FileOrigin.REDACTED for file in found.lost)
    if not lost:
        return tr("the tables contradict the audit log (contradictions: {count})", count=contradictions)
    if redacted:
        files = tr(
            "{lost} of {total} files cannot be reproduced ({redacted} of them because text was redacted)",
            lost=lost,
            total=total,
            redacted=redacted,
        )
    else:
        files = tr("{lost} of {total} files cannot be reproduced", lost=lost, total=total)
    if not contradictions:
        return files
    return tr(
        "{files}, and the tables contradict the audit log (contradictions: {count})", files=files, count=contradictions
    )


def _values(found: "Reissue") -> dict[str, Any]:
    return {
        "issue": issue_values(found.issue),
        "files": [
            {"name": f.name, "format": f.format, "digest": f.digest, "size": f.size, "came": f.origin, "why": f.why}
            for f in found.files
        ],
        "same_facts": found.same_facts,
        "differing": found.differing,
        "redacted": found.redacted,
        "redactions": found.redactions,
        "unknown": found.unknown,
        "facts_trouble": found.facts_trouble,
        "changes": found.changes,
        "contradictions": found.contradictions,
        "versions": found.versions,
    }


def _print_reissue(found: "Reissue", plan: "PlanView", folder: Path | None) -> None:
    banner(console(), plan)
    lines = [*head_lines(found.issue, plan), *_file_lines(found), *_fact_lines(found)]
    lines += [f"! {contradiction}" for contradiction in found.contradictions]
    if folder is not None:
        lines.append(tr("Wrote the files to {folder}", folder=folder))
    for line in lines:
        print_line(line)


def _file_lines(found: "Reissue") -> Iterator[str]:
    given = len(found.given)
    yield tr(
        "{given} of {total} files are reproduced byte for byte, and their digests are correct.",
        given=given,
        total=len(found.files),
    )
    by_reason: dict[str, list[ReissuedFile]] = {}
    for file in found.files:
        if file.why is not None:
            by_reason.setdefault(file.why, []).append(file)
    for why, files in by_reason.items():
        yield f"{'!' if files[0].content is None else '-'} {why}"
        yield from (f"    {file.name}" for file in files)


def _fact_lines(found: "Reissue") -> Iterator[str]:
    from planner.weekly.issuing.reissues import redaction_note

    if found.same_facts:
        yield tr("The facts of the week were computed again from the register. They are the same.")
        return
    if found.facts_trouble is not None:
        yield tr("! The facts could not be computed again: {trouble}", trouble=found.facts_trouble)
    if found.unknown:
        yield tr("! This version of the program cannot compute: {names}.", names=", ".join(found.unknown))
    if found.redacted:
        yield f"- {redaction_note(found.redacted, found.redactions)}"
    others = [name for name in found.differing if name not in found.redacted]
    if others:
        yield tr(
            "! The facts were computed again from the register, and differ in: {sections}.", sections=", ".join(others)
        )
    yield from _change_lines(found.changes)
    yield from (f"  {change}" for change in found.versions)


def _change_lines(changes: "Sequence[Change]") -> Iterator[str]:
    from planner.cli.weekly.compare import change_text
    from planner.weekly.comparing.comparisons import ITEMS

    # Changes of items come first, because those of other sections follow from them.
    listed = sorted(changes, key=lambda change: change.section != ITEMS)[:CHANGES_LISTED]
    yield from (f"  {change.section} {change.row}: {change_text(change)}" for change in listed)
    if len(changes) > CHANGES_LISTED:
        more = tr_count("and {count} more", "and {count} more", len(changes) - CHANGES_LISTED)
        yield f"  {more}"


def _check(context: Context, files: Sequence[str], output: str) -> None:
    from planner.base.files import expanded
    from planner.weekly.issuing.checking import check_file

    with context.reading() as reading:
        found = [check_file(reading, expanded(file)) for file in files]
    if output == "json":
        as_json("checked", [_checked_values(one) for one in found], reading.plan)
    else:
        banner(console(), reading.plan)
        for one in found:
            for line in _checked_lines(one, reading.plan):
                print_line(line)
    never = [one.file for one in found if not one.issued]
    if never:
        raise NotAsIssuedError(tr("no file with these bytes was ever issued"), where=", ".join(never))


def _checked_values(one: "Checked") -> dict[str, Any]:
    return {
        "file": one.file,
        "digest": one.digest,
        "issued": [_as_values(found) for found in one.issued],
        "namesakes": [_as_values(found) for found in one.namesakes],
    }


def _as_values(found: "IssuedAs") -> dict[str, Any]:
    return {
        "name": found.name,
        "week": str(found.week),
        "number": found.number,
        "actor": found.actor,
        "recorded_at": found.recorded_at,
    }


def _checked_lines(one: "Checked", plan: "PlanView") -> Iterator[str]:
    for found in one.issued:
        yield tr("{file}: issued byte for byte as {issue}", file=one.file, issue=_issue_name(found, plan))
    if not one.issued:
        yield tr("{file}: never issued (SHA-256 {digest})", file=one.file, digest=one.digest)
        for found in one.namesakes:
            other = tr(
                "a file with this name was issued as {issue}, but with other bytes", issue=_issue_name(found, plan)
            )
            yield f"  {other}"


def _issue_name(found: "IssuedAs", plan: "PlanView") -> str:
    when = plan.second_at(found.recorded_at)
    return tr(
        "{file} of {week} number {number}, by {person} at {instant}",
        file=found.name,
        week=found.week,
        number=found.number,
        person=found.actor,
        instant=when,
    )
