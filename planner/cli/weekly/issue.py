"""planner weekly issue and planner weekly issues: freeze a week as issued, and list what was."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from planner.base.errors import BadValueError, BrokenHistoryError, FileTroubleError
from planner.cli.context import Context
from planner.cli.history.checkpoint import KEY_VARIABLE, named_key, note_of_log
from planner.cli.output import as_json, banner, console, format_option, print_line
from planner.cli.output_file import require_folder_name

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from planner.base.files import StagedFolder
    from planner.domain.rules.weeks import Week
    from planner.queries.plans import PlanView
    from planner.queries.weeks.issues import IssueView
    from planner.weekly.issuing.preparing import Ready

folder_option = click.option(
    "-o",
    "--output",
    "folder",
    metavar="FOLDER",
    help="The folder that the files become; in one that is there, a folder of the issue's own name.",
)


@click.command()
@click.option("--week", "week_text", metavar="WEEK", help="The reporting week. Default: the last that is over.")
@click.option("--reason", metavar="TEXT", help="Why: needed where the week was issued before.")
@click.option("--unfinished", is_flag=True, help="Also a week that is not over, as it stands.")
@click.option(
    "--key",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help=f"The key to sign the checkpoint with. Else {KEY_VARIABLE}; with neither it is not signed.",
)
@click.option("--without-checkpoint", is_flag=True, help="Issue it though no checkpoint can be made of the log.")
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
    folder: str | None,
    output: str,
) -> None:
    """Freeze a week as issued: all its files, in every format, with who, when and the digest of each.

    With them goes a checkpoint of the audit log, by which 'planner verify --checkpoint FILE' can tell later whether
    what was recorded by then is still as it was.

    The files go to a folder, which appears whole or not at all, and their bytes are kept in the register: 'planner
    weekly reissue' gives the same ones years later. A manager or an administrator issues.
    """
    from planner.base.files import staged_folder
    from planner.writes.issues import issue_week

    if key and without_checkpoint:
        raise BadValueError("there is nothing to sign with it", where="--key", do="Leave out --without-checkpoint")
    ready = _ready(context, week_text, reason, unfinished, None if without_checkpoint else _Checkpoint(key))
    target = place_of(folder, ready.instance.plan, ready.instance.week, ready.number)
    # docs/decisions/0073: a folder with its final name must have been issued.
    with staged_folder(target, {file.name: file.content for file in ready.new.files}) as staged:
        with context.writing() as (session, plan):
            issued = issue_week(session, context.actor, plan, ready.new, reason=reason, at=context.now())
        # Only now: a folder of files that were not issued must never be there.
        target = place_of(folder, plan, issued.week, issued.number)
        _put(staged, target, issued)
    _tell(issued, plan, target, output, signed=named_key(key) is not None)


def _put(staged: "StagedFolder", target: Path, issued: "IssueView") -> None:
    """Put the folder where it is to be; what is issued by now stays so where that fails."""
    try:
        staged.put(target)
    except FileTroubleError as error:
        raise FileTroubleError(
            f"{error.what}; the week is issued all the same, as {issued.label}",
            where=error.where,
            do=f"Have its files with 'planner weekly reissue {again(issued)} -o FOLDER'",
        ) from error


@dataclass(frozen=True)
class _Checkpoint:
    """The checkpoint that goes with an issue, and the key it is signed with, if one is named."""

    key: Path | None

    def made_in(self, session: "Session") -> bytes:
        """The bytes of the note. Raises BrokenHistoryError with what to do."""
        try:
            note, _ = note_of_log(session, named_key(self.key))
        except BrokenHistoryError as error:
            raise BrokenHistoryError(
                error.what, where=error.where, do=f"{error.do}; --without-checkpoint issues the week all the same"
            ) from error
        return note


def _ready(
    context: Context, week_text: str | None, reason: str | None, unfinished: bool, checkpoint: _Checkpoint | None
) -> "Ready":
    from planner.domain.rules.weeks import Week
    from planner.weekly.issuing.preparing import make_ready

    with context.settled_reading() as (session, plan, now):
        return make_ready(
            session,
            context.actor,
            plan,
            week=context.week(plan, week_text) or Week.of(context.today(plan)).previous,
            reason=reason,
            unfinished=unfinished,
            checkpoint=(lambda: checkpoint.made_in(session)) if checkpoint else None,
            now=now,
        )


def place_of(given: str | None, plan: "PlanView", week: "Week", number: int) -> Path:
    """The folder that is meant: the one named, or one of the issue's own name, here or in the folder named."""
    from planner.weekly.file import expanded
    from planner.weekly.issuing.preparing import folder_name

    own = folder_name(plan, week, number)
    if given is None:
        return Path(own)
    require_folder_name(given)
    path = expanded(given)
    return path / own if path.is_dir() else path


@click.command()
@click.option("--week", "week_text", metavar="WEEK", help="Only this week.")
@format_option("text", "json")
@click.pass_obj
def issues(context: Context, week_text: str | None, output: str) -> None:
    """List the weeks that were issued: number, when, by whom, why again; of one week each file and its digest too."""
    from planner.queries.weeks.issues import read_issues, require_issued

    with context.reading() as (session, plan):
        week = context.week(plan, week_text)
        found = read_issues(session, plan, week)
        if week is not None:
            require_issued(session, plan, week)
    if output == "json":
        as_json("issues", [issue_values(one) for one in found], plan)
    else:
        _print_issues(found, plan, with_files=week_text is not None)


def issue_values(issued: "IssueView") -> dict[str, Any]:
    """An issue as JSON holds it."""
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


def local_time(instant: datetime, plan: "PlanView") -> str:
    """An instant in the plan's time zone, to the second."""
    from zoneinfo import ZoneInfo

    return instant.astimezone(ZoneInfo(plan.time_zone)).isoformat(timespec="seconds")


def head_lines(issued: "IssueView", plan: "PlanView") -> list[str]:
    """What an issue is, in a line or two."""
    lines = [
        f"{issued.week} number {issued.number}: as of {issued.as_of}, issued by {issued.actor} at "
        f"{local_time(issued.recorded_at, plan)}, {len(issued.files)} files",
        f"  knows the audit log up to event {issued.position.seq} (leaf {issued.position.leaf[:12]}…); "
        f"facts {issued.facts_digest[:12]}…; planner {issued.program_version}",
    ]
    return lines if issued.reason is None else [*lines, f"  because: {issued.reason}"]


def _tell(issued: "IssueView", plan: "PlanView", folder: Path, output: str, *, signed: bool) -> None:
    if output == "json":
        as_json("issue", issue_values(issued) | {"folder": str(folder)}, plan)
        return
    out = console()
    banner(out, plan)
    _print_lines(head_lines(issued, plan))
    _print_files(issued)
    _print_lines([f"Written to {folder}", f"The same bytes again: planner weekly reissue {again(issued)}"])
    _print_lines(_about_checkpoint(issued, folder, signed=signed))


def _about_checkpoint(issued: "IssueView", folder: Path, *, signed: bool) -> Iterator[str]:
    """How the history can be held against the issue later, and what would make that stronger."""
    from planner.weekly.issuing.preparing import CHECKPOINT

    for file in issued.files:
        if file.format == CHECKPOINT:
            yield f"To hold the history against it later: planner verify --checkpoint {folder / file.name}"
            if not signed:
                yield f"It is not signed: 'planner checkpoint --new-key FILE' makes a key, {KEY_VARIABLE} names it."


def again(issued: "IssueView") -> str:
    """The arguments of `planner weekly reissue` that mean this issue."""
    return f"{issued.week} --number {issued.number}"


def _print_issues(found: "Sequence[IssueView]", plan: "PlanView", *, with_files: bool) -> None:
    banner(console(), plan)
    for issued in found:
        _print_lines(head_lines(issued, plan))
        if with_files:
            _print_files(issued)
    if not found:
        print_line("Nothing was issued yet. 'planner weekly issue' issues the last week that is over.")


def _print_files(issued: "IssueView") -> None:
    _print_lines(f"  {file.digest}  {file.size:>10,}  {file.name}" for file in issued.files)


def _print_lines(lines: Iterable[str]) -> None:
    for line in lines:
        print_line(line)
