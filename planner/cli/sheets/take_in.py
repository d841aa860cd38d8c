"""planner sheets in: take back status sheets that organisations filled in."""

from typing import TYPE_CHECKING, Any

import click

from planner.base.errors import BadValueError, DatabaseUnusableError, NotAllowedError
from planner.base.language import tr, tr_count
from planner.cli.context import Context
from planner.cli.output import as_json, format_option, print_line, print_which_plan
from planner.cli.questions import confirm

if TYPE_CHECKING:
    from planner.register.plan_view import PlanView
    from planner.sheets.preview import SheetLine, SheetPreview


@click.command("in")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option(
    "--take-sheet",
    multiple=True,
    metavar="CODE",
    help="Record the sheet's entries about this item although somebody has reported on it meanwhile.",
)
@click.option(
    "--leave-out", multiple=True, metavar="CODE", help="Ignore the entries about this item, or this file of a folder."
)
@click.option("--preview", "only_preview", is_flag=True, help="Show what would be recorded, and record nothing.")
@click.option("--yes", is_flag=True, help="Do not ask for confirmation.")
@format_option("text", "json")
@click.pass_obj
def in_(
    context: Context,
    files: tuple[str, ...],
    take_sheet: tuple[str, ...],
    leave_out: tuple[str, ...],
    only_preview: bool,
    yes: bool,
    output: str,
) -> None:
    """Show what filled-in status sheets would record, ask, and record all of it in one write, or nothing.

    A folder stands for the files in it. Nothing is recorded while an entry has an error. If somebody has reported on
    an item since its sheet was sent out, that report is kept, unless --take-sheet names the item. Who may not record
    them can look with --preview.
    """
    plan, preview = _compared(context, files, take_sheet, leave_out)
    if output == "text":
        if only_preview:
            print_which_plan()
        _print(preview, err=not only_preview)
    recorded = False
    if not (preview.errors or preview.refusals or only_preview):
        recorded = _record(context, preview, ask=not yes, for_people=output == "text")
    if output == "json":
        as_json("sheets", _json_values(preview, recorded=recorded), plan)
    if preview.errors:
        raise _refusal(preview)
    if not only_preview:
        _require_allowed(preview)
        _require_not_all_kept(preview)
    if output == "text" and not only_preview:
        _print_outcome(preview, recorded=recorded)


def _compared(
    context: Context, files: tuple[str, ...], take: tuple[str, ...], leave_out: tuple[str, ...]
) -> "tuple[PlanView, SheetPreview]":
    """Return the plan, and what the files would record. It can be looked at by who cannot write to the register."""
    from planner.sheets.comparing import compare, compare_only
    from planner.sheets.reading.files import read_sheet_files

    read = read_sheet_files(files, leave_out)
    try:
        with context.writing() as writing:
            return writing.plan, compare(writing, read, take=take, leave_out=leave_out)
    except (NotAllowedError, DatabaseUnusableError) as error:
        why = error
    with context.reading() as reading:
        actor = context.actor
        return reading.plan, compare_only(reading, actor, read, why=why, take=take, leave_out=leave_out)


def _record(context: Context, preview: "SheetPreview", *, ask: bool, for_people: bool) -> bool:
    """Record the new entries, after asking. Return whether anything was recorded.

    Raises UsageError if a program is to be asked, which has not seen the preview.
    """
    from planner.writes.reports.received import record_received

    received = preview.received
    if not received:
        return False
    if ask and not for_people:
        raise click.UsageError(tr("Give --yes to record the entries, or --preview to only look."))
    if ask and not confirm(
        tr_count("Record these entries on {count:,} item?", "Record these entries on {count:,} items?", len(received)),
        err=True,
    ):
        return False
    with context.writing() as writing:
        record_received(writing, received)
    return True


def _refusal(preview: "SheetPreview") -> BadValueError:
    what = tr_count(
        "there is {count:,} error, so nothing is recorded",
        "there are {count:,} errors, so nothing is recorded",
        len(preview.errors),
    )
    do = tr("Correct the file, or leave items out with --leave-out CODE, and take the file back again")
    return BadValueError(what, do=do)


def _require_allowed(preview: "SheetPreview") -> None:
    """Raise the first error that says why this person may not record the entries."""
    for refusal in preview.refusals:
        raise refusal.error


def _require_not_all_kept(preview: "SheetPreview") -> None:
    """Raise NotAllowedError if the register keeps its reports on all items, so that a script sees it."""
    from planner.sheets.preview import Outcome

    if preview.with_outcome(Outcome.KEPT, Outcome.TOO_LATE) and not preview.received:
        raise NotAllowedError(
            tr("nothing was recorded, because the register keeps its reports"),
            do=tr("Take the entries of the sheet with --take-sheet, as far as they can be taken, or use --leave-out"),
        )


def _print(preview: "SheetPreview", *, err: bool) -> None:
    from planner.sheets.preview_text import preview_lines

    for line in preview_lines(preview):
        print_line(line, err=err)


def _print_outcome(preview: "SheetPreview", *, recorded: bool) -> None:
    if recorded:
        count = len(preview.received)
        print_line(tr_count("Recorded entries on {count:,} item.", "Recorded entries on {count:,} items.", count))
    else:
        print_line(tr("Nothing was recorded."))


def _json_values(preview: "SheetPreview", *, recorded: bool) -> dict[str, Any]:
    return {
        "recorded": recorded,
        "files": [
            {
                "file": head.file,
                "sha256": head.digest,
                "organisation": head.organisation,
                "week": str(head.week),
                "period": head.period,
                "as_of": head.as_of,
                "items": head.items,
            }
            for head in preview.heads
        ],
        "items": [_line_values(line) for line in preview.lines],
        "problems": [_problem_values(problem) for problem in preview.problems],
        "refused": [
            {"items": refusal.codes, "what": refusal.error.what, "do": refusal.error.do} for refusal in preview.refusals
        ],
        "tried": not preview.untried,
    }


def _line_values(line: "SheetLine") -> dict[str, Any]:
    return {
        "code": line.code,
        "title": line.title,
        "organisation": line.organisation,
        "outcome": line.outcome,
        "place": str(line.place),
        "why": line.why,
        "changes": [
            {
                "field": change.name,
                "label": change.label,
                "before": change.before,
                "after": change.after,
                "shown": change.shown,
            }
            for change in line.changes
        ],
        "doubts": line.doubts,
        "problems": [_problem_values(problem) for problem in line.problems],
    }


def _problem_values(problem: "Any") -> dict[str, Any]:
    return {
        "severity": problem.severity,
        "place": str(problem.place),
        "value": problem.value,
        "what": problem.what,
        "do": problem.do,
    }
