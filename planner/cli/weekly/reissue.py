"""planner weekly reissue: the very bytes of a week as issued, and whether they still go with the register."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from planner.base.errors import NotAsIssuedError, OtherFactsError
from planner.cli.context import Context
from planner.cli.output import as_json, banner, console, format_option, print_line
from planner.cli.values import Whole
from planner.cli.weekly.issue import folder_option, head_lines, issue_values, local_time, place_of

if TYPE_CHECKING:
    from planner.queries.plans import PlanView
    from planner.weekly.comparing.comparisons import Change
    from planner.weekly.issuing.checking import Checked, IssuedAs
    from planner.weekly.issuing.reissues import Reissue, ReissuedFile

# So many of the facts that are others now are told by name; the comparison lists them all.
CHANGES_TOLD = 10


@click.command()
@click.argument("week_text", metavar="[WEEK]", required=False)
@click.option("--number", type=Whole(), metavar="N", help="Which issue of the week. Default: the last.")
@folder_option
@click.option("--verify", is_flag=True, help="Write no files; only say whether they could be.")
@click.option("--check", "files", metavar="FILE", multiple=True, help="Say whether this file is one that was issued.")
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
    """Give a week as it was issued, to the byte, and say whether the register still gives the same facts.

    Bytes that are no longer kept as they were are made again where they come out the same; else it says exactly why
    not. With --check, FILE is looked up by its bytes among all that was issued, and nothing is written.
    """
    if bool(files) == bool(week_text):
        raise click.UsageError("Give a week to have it again, or --check FILE to look a file up.")
    if files:
        _check(context, files, output)
    else:
        found, plan = _had_again(context, str(week_text), number)
        written = None if verify else _written(found, plan, folder)
        _tell(found, plan, written, output)
        _require_as_issued(found)


def _had_again(context: Context, week_text: str, number: int | None) -> "tuple[Reissue, PlanView]":
    from planner.queries.weeks.issues import find_issue
    from planner.weekly.issuing import reissues

    with context.settled_reading() as (session, plan, now):
        issued = find_issue(session, plan, context.typed(plan).week(week_text, "WEEK"), number)
        return reissues.reissue(session, plan, issued, now=now), plan


def _written(found: "Reissue", plan: "PlanView", given: str | None) -> Path | None:
    """Write the files that can be given, and say where; None where there are none."""
    from planner.base.files import staged_folder

    if not found.given:
        return None
    folder = place_of(given, plan, found.issue.week, found.issue.number)
    with staged_folder(folder, found.given) as staged:
        staged.put(folder)
    return folder


def _tell(found: "Reissue", plan: "PlanView", folder: Path | None, output: str) -> None:
    if output == "json":
        as_json("reissue", _values(found) | {"folder": None if folder is None else str(folder)}, plan)
    else:
        _print_reissue(found, plan, folder)


def _require_as_issued(found: "Reissue") -> None:
    """Raise where something is not as it was issued; the report is printed by then."""
    from planner.weekly.issuing.reissues import FileOrigin

    issued = found.issue
    if found.lost or found.contradictions:
        redacted = sum(file.origin == FileOrigin.REDACTED for file in found.lost)
        why = f" ({redacted} of them because text was redacted)" if redacted else ""
        lost = f"{len(found.lost)} of {len(found.files)} files cannot be given as they were{why}"
        parts = [lost] if found.lost else []
        parts += [f"the tables contradict the audit log ({len(found.contradictions)})"] if found.contradictions else []
        raise NotAsIssuedError(" and ".join(parts), where=issued.label, do="See above why")
    if not found.same_facts:
        others = set(found.differing) - set(found.redacted)
        why = "text was redacted since" if found.redacted and not others else "the facts are others"
        raise OtherFactsError(
            f"every file is given as it was issued, but made again {why}",
            where=issued.label,
            do=f"See them with 'planner weekly compare {issued.week}@issued-{issued.number} "
            f"{issued.week}@{issued.known_at:%Y-%m-%dT%H:%M:%S.%fZ}'",
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
        lines.append(f"Written to {folder}")
    for line in lines:
        print_line(line)


def _file_lines(found: "Reissue") -> Iterator[str]:
    given = len(found.given)
    yield f"{given} of {len(found.files)} files are given byte for byte, each checked by its digest."
    by_reason: dict[str, list[ReissuedFile]] = {}
    for file in found.files:
        if file.why is not None:
            by_reason.setdefault(file.why, []).append(file)
    for why, files in by_reason.items():
        yield f"{'!' if files[0].content is None else '-'} {why}:"
        yield from (f"    {file.name}" for file in files)


def _fact_lines(found: "Reissue") -> Iterator[str]:
    from planner.weekly.issuing.reissues import redaction_note

    if found.same_facts:
        yield "Made again from the register as known then, the facts are the same."
        return
    if found.facts_trouble is not None:
        yield f"! The facts could not be made again: {found.facts_trouble}"
    if found.unknown:
        yield f"! This program no longer has {', '.join(found.unknown)}."
    if found.redacted:
        note = redaction_note(found.redacted, found.redactions)
        yield f"- Made again from the register as known then, {note}."
    others = [name for name in found.differing if name not in found.redacted]
    if others:
        yield f"! Made again from the register as known then, the facts differ: {', '.join(others)}."
    yield from _change_lines(found.changes)
    yield from (f"  {change}" for change in found.versions)


def _change_lines(changes: "Sequence[Change]") -> Iterator[str]:
    from planner.cli.weekly.compare import in_words
    from planner.weekly.comparing.comparisons import ITEMS

    # What the items say otherwise comes first; what the other sections say follows from it.
    told = sorted(changes, key=lambda change: change.section != ITEMS)[:CHANGES_TOLD]
    yield from (f"  {change.section} {change.row}: {in_words(change)}" for change in told)
    if len(changes) > CHANGES_TOLD:
        yield f"  and {len(changes) - CHANGES_TOLD} more"


def _check(context: Context, files: Sequence[str], output: str) -> None:
    from planner.weekly.file import expanded
    from planner.weekly.issuing.checking import check_file

    with context.reading() as (session, plan):
        found = [check_file(session, plan, expanded(file)) for file in files]
    if output == "json":
        as_json("checked", [_checked_values(one) for one in found], plan)
    else:
        banner(console(), plan)
        for one in found:
            for line in _checked_lines(one, plan):
                print_line(line)
    never = [one.file for one in found if not one.issued]
    if never:
        raise NotAsIssuedError("no file with these bytes was ever issued", where=", ".join(never))


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
        yield f"{one.file}: issued, byte for byte, as {_said(found, plan)}"
    if not one.issued:
        yield f"{one.file}: never issued (SHA-256 {one.digest})"
        for found in one.namesakes:
            yield f"  other bytes of that name were issued as {_said(found, plan)}"


def _said(found: "IssuedAs", plan: "PlanView") -> str:
    when = local_time(found.recorded_at, plan)
    return f"{found.name} of {found.week} number {found.number}, by {found.actor} at {when}"
