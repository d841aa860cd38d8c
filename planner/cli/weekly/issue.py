"""planner weekly issue and planner weekly issues: issue a week, and list the issued weeks."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from planner.base.errors import BadValueError, BrokenHistoryError, FileTroubleError
from planner.base.language import tr, tr_count
from planner.base.views import value_class
from planner.cli.context import Context
from planner.cli.history.checkpoint import KEY_VARIABLE, named_key, note_of_log
from planner.cli.output import as_json, banner, console, format_option, print_line
from planner.cli.output_file import csv_style_options, require_folder_name
from planner.tables.csv_form import CsvStyle

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from planner.base.files import StagedFolder
    from planner.domain.rules.weeks import Week
    from planner.queries.weeks.issues import IssueView
    from planner.register.plan_view import PlanView
    from planner.register.reading import Reading
    from planner.weekly.issuing.preparing import Ready

folder_option = click.option(
    "-o",
    "--output",
    "folder",
    metavar="FOLDER",
    help="The new folder for the files. If it exists, they go to a subfolder with the name of the issue.",
)


@click.command()
@click.option("--week", "week_text", metavar="WEEK", help="The reporting week. Default: the last week that is over.")
@click.option("--reason", metavar="TEXT", help="The reason, required if the week was issued before.")
@click.option("--unfinished", is_flag=True, help="Issue the week even if it is not over.")
@click.option(
    "--key",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help=f"The file of the key that signs the checkpoint. Default: ${KEY_VARIABLE}. Without a key, the checkpoint is"
    " not signed.",
)
@click.option(
    "--without-checkpoint", is_flag=True, help="Issue the week even if no checkpoint of the audit log can be made."
)
@csv_style_options("Begin each CSV")
@folder_option
@format_option("text", "json")
@click.pass_obj
def issue(
    context: Context,
    week_text: str | None,
    reason: str | None,
    unfinished: bool,
    key: Path | None,
    without_checkpoint: bool,
    bom: bool,
    decimal_comma: bool,
    folder: str | None,
    output: str,
) -> None:
    """Issue a week: record all its files, in every format, with their digests, the author and the time.

    The issue includes a checkpoint of the audit log. With it, 'planner verify --checkpoint FILE' can check later that
    nobody changed what was recorded before.

    The files are written to a folder, which appears complete or not at all. The register keeps their bytes, so
    'planner weekly reissue' gives the same files years later. Only a manager or an administrator can issue a week.
    """
    from planner.base.files import staged_folder
    from planner.writes.issues import issue_week

    if key and without_checkpoint:
        raise BadValueError(
            tr("without a checkpoint there is nothing to sign"),
            where="--key",
            do=tr("Leave out --without-checkpoint"),
        )
    checkpoint = None if without_checkpoint else _Checkpoint(key)
    style = CsvStyle(bom=bom, decimal_comma=decimal_comma)
    ready = _ready(context, week_text, reason, checkpoint, style, unfinished=unfinished)
    target = issue_folder(folder, ready.instance.plan, ready.instance.week, ready.number)
    # docs/decisions/0073: a folder with its final name must have been issued.
    with staged_folder(target, {file.name: file.content for file in ready.new.files}) as staged:
        with context.writing() as writing:
            issued = issue_week(writing, ready.new, reason=reason)
        # The folder gets its name only now, because no folder of files that were not issued may exist.
        target = issue_folder(folder, writing.plan, issued.week, issued.number)
        _put(staged, target, issued)
    _tell(issued, writing.plan, target, output, signed=named_key(key) is not None)


def _put(staged: "StagedFolder", target: Path, issued: "IssueView") -> None:
    """Move the folder with the files of an issue to `target`. If that fails, the week is issued all the same.

    The error then says so.
    """
    try:
        staged.put(target)
    except FileTroubleError as error:
        raise FileTroubleError(
            tr("{trouble}. The week was nevertheless issued, as {issue}", trouble=error.what, issue=issued.label),
            where=error.where,
            do=tr("To write the files, use 'planner weekly reissue {issue} -o FOLDER'", issue=again(issued)),
        ) from error


@value_class
class _Checkpoint:
    """The checkpoint of an issue. `key` is the file of the key that signs the checkpoint, if one was given."""

    key: Path | None

    def made_in(self, session: "Session") -> bytes:
        """Return the bytes of the checkpoint. Raises BrokenHistoryError if the audit log is not intact."""
        try:
            note, _ = note_of_log(session, named_key(self.key))
        except BrokenHistoryError as error:
            raise BrokenHistoryError(
                error.what,
                where=error.where,
                do=tr(
                    "{suggestion}. To issue the week without a checkpoint, use --without-checkpoint",
                    suggestion=error.do,
                ),
            ) from error
        return note


def _ready(
    context: Context,
    week_text: str | None,
    reason: str | None,
    checkpoint: _Checkpoint | None,
    style: CsvStyle,
    *,
    unfinished: bool,
) -> "Ready":
    from planner.weekly.issuing.preparing import make_ready

    with context.settled_reading() as (reading, now):
        return make_ready(
            reading,
            context.actor,
            week=context.week(reading.plan, week_text) or _last_week_over(reading),
            reason=reason,
            unfinished=unfinished,
            checkpoint=(lambda: checkpoint.made_in(reading.session)) if checkpoint else None,
            style=style,
            now=now,
        )


def _last_week_over(reading: "Reading") -> "Week":
    """Return the last week of the plan that is over."""
    from planner.domain.rules.weeks import Week

    week = Week.of(reading.as_of)
    return week if week.sunday < reading.today else week.previous


def issue_folder(given: str | None, plan: "PlanView", week: "Week", number: int) -> Path:
    """Return the folder for the files of an issue.

    If the given folder exists, this is a new folder inside the given one.
    """
    from planner.base.files import expanded, names_folder
    from planner.weekly.issuing.preparing import folder_name

    own = folder_name(plan, week, number)
    if given is None:
        return Path(own)
    require_folder_name(given)
    return expanded(given) / own if names_folder(given) else expanded(given)


@click.command()
@click.option("--week", "week_text", metavar="WEEK", help="Only this week.")
@format_option("text", "json")
@click.pass_obj
def issues(context: Context, week_text: str | None, output: str) -> None:
    """List the issued weeks: number, time, author and reason. With --week, also list each file with its digest."""
    from planner.queries.weeks.issues import read_issues, require_issued

    with context.reading() as reading:
        week = context.week(reading.plan, week_text)
        found = read_issues(reading, week)
        if week is not None:
            require_issued(reading, week)
    if output == "json":
        as_json("issues", [issue_values(one) for one in found], reading.plan)
    else:
        _print_issues(found, reading.plan, with_files=week_text is not None)


def issue_values(issued: "IssueView") -> dict[str, Any]:
    """Return the JSON values for an issue."""
    return {
        "week": str(issued.week),
        "number": issued.number,
        "as_of": issued.as_of,
        "known_at": issued.known_at,
        "actor": issued.actor,
        "recorded_at": issued.recorded_at,
        "reason": issued.reason,
        "log": issued.position,
        "facts": issued.facts_digest,
        "sections": issued.sections,
        "program_version": issued.program_version,
        "libraries": issued.libraries,
        "files": issued.files,
    }


def head_lines(issued: "IssueView", plan: "PlanView") -> list[str]:
    """Return the lines that describe an issue."""
    head = tr_count(
        "{week} number {number}: as of {day}, issued by {person} at {instant}, {count} file",
        "{week} number {number}: as of {day}, issued by {person} at {instant}, {count} files",
        len(issued.files),
        week=issued.week,
        number=issued.number,
        day=issued.as_of,
        person=issued.actor,
        instant=plan.second_at(issued.recorded_at),
    )
    source = tr(
        "audit log up to event {event} (leaf hash {leaf}…); digest of the facts {facts}…; planner {version}",
        event=issued.position.seq,
        leaf=issued.position.leaf[:12],
        facts=issued.facts_digest[:12],
        version=issued.program_version,
    )
    lines = [head, f"  {source}"]
    return lines if issued.reason is None else [*lines, f"  {tr('reason: {reason}', reason=issued.reason)}"]


def _tell(issued: "IssueView", plan: "PlanView", folder: Path, output: str, *, signed: bool) -> None:
    if output == "json":
        as_json("issue", issue_values(issued) | {"folder": str(folder)}, plan)
        return
    out = console()
    banner(out, plan)
    _print_lines(head_lines(issued, plan))
    _print_files(issued)
    _print_lines([tr("Wrote the files to {folder}", folder=folder)])
    _print_lines([tr("To write the same files again, use: planner weekly reissue {issue}", issue=again(issued))])
    _print_lines(_about_checkpoint(issued, folder, signed=signed))


def _about_checkpoint(issued: "IssueView", folder: Path, *, signed: bool) -> Iterator[str]:
    """Yield lines that say how to check the history with the checkpoint of an issue, and how to sign a checkpoint."""
    from planner.weekly.issuing.preparing import CHECKPOINT

    for file in issued.files:
        if file.format == CHECKPOINT:
            yield tr(
                "To check the history against this checkpoint later, use: planner verify --checkpoint {file}",
                file=folder / file.name,
            )
            if not signed:
                yield tr(
                    "The checkpoint is not signed. To sign the next one, create a key with 'planner checkpoint"
                    " --new-key FILE', and set ${variable} to its file.",
                    variable=KEY_VARIABLE,
                )


def again(issued: "IssueView") -> str:
    """Return the arguments of `planner weekly reissue` for this issue."""
    return f"{issued.week} --number {issued.number}"


def _print_issues(found: "Sequence[IssueView]", plan: "PlanView", *, with_files: bool) -> None:
    banner(console(), plan)
    for issued in found:
        _print_lines(head_lines(issued, plan))
        if with_files:
            _print_files(issued)
    if not found:
        print_line(tr("No week has been issued yet. 'planner weekly issue' issues the last week that is over."))


def _print_files(issued: "IssueView") -> None:
    _print_lines(f"  {file.digest}  {file.size:>10,}  {file.name}" for file in issued.files)


def _print_lines(lines: Iterable[str]) -> None:
    for line in lines:
        print_line(line)
