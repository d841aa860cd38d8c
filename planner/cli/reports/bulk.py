"""planner bulk: set a phase, a confidence or a note on several items at once."""

from typing import TYPE_CHECKING

import click

from planner.base.errors import NotAllowedError
from planner.base.language import tr, tr_count
from planner.cli.context import Context
from planner.cli.output import as_json, format_option, print_line, print_which_plan, words
from planner.cli.questions import confirm
from planner.cli.reports.confirming import write_after_asking
from planner.cli.values import Word
from planner.domain.vocabulary import Confidence, Phase

if TYPE_CHECKING:
    from collections.abc import Sequence
    from enum import Enum

    from planner.writes.reports.bulk import BulkLine


@click.command()
@click.argument("codes", nargs=-1, required=True, metavar="CODE...")
@click.option("--phase", type=Word(Phase), help="The phase of the items.")
@click.option("--confidence", type=Word(Confidence), help="Your own confidence rating.")
@click.option("--note", metavar="TEXT", help="What was done; the same text for all items.")
@click.option("--unchanged", is_flag=True, help="Report explicitly that nothing changed since the last report.")
@click.option("--preview", is_flag=True, help="Show what would change, and record nothing.")
@click.option("--yes", is_flag=True, help="Do not ask for confirmation.")
@format_option("text", "json")
@click.pass_obj
def bulk(
    context: Context,
    codes: tuple[str, ...],
    phase: str | None,
    confidence: str | None,
    note: str | None,
    unchanged: bool,
    preview: bool,
    yes: bool,
    output: str,
) -> None:
    """Show what the same report would change on several items, and record it on all of them as of today, or on none."""
    from planner.writes.reports.bulk import BulkChange, preview_bulk, record_bulk

    change = BulkChange(
        Phase(phase) if phase else None, Confidence(confidence) if confidence else None, note, unchanged
    )
    with context.reading_to_write() as reading:
        lines = preview_bulk(reading, context.actor, codes, change)
    recorded = not preview and _confirmed(lines, ask=not yes)
    if recorded:
        expected = {line.code: line.last for line in lines}
        write_after_asking(
            context,
            lambda writing, check: record_bulk(writing, codes, change, expected=expected, check_doubts=check),
            yes=yes,
        )
    if output == "json":
        as_json("bulk", {"recorded": recorded, "items": lines}, reading.plan)
    elif preview:
        print_which_plan()
        _print_changes(lines, err=False)
    elif recorded:
        print_line(tr_count("Recorded on {count} item.", "Recorded on {count} items.", len(lines)))
    else:
        print_line(tr("Nothing was recorded."))


def _confirmed(lines: "Sequence[BulkLine]", *, ask: bool) -> bool:
    """Show the changes and ask whether to record them. Raises NotAllowedError if a change is impossible for an item."""
    refused = next((line for line in lines if line.refused), None)
    if refused is not None and refused.refused is not None:
        raise NotAllowedError(
            refused.refused, where=refused.code, do=tr("Leave this item out. Nothing was recorded on any item")
        )
    if not ask:
        return True
    # Questions go to standard error, so that a program can read the output.
    _print_changes(lines, err=True)
    return confirm(
        tr_count("Record these changes on {count} item?", "Record these changes on {count} items?", len(lines)),
        err=True,
    )


def _print_changes(lines: "Sequence[BulkLine]", *, err: bool) -> None:
    for line in lines:
        change = line.refused or f"{_before_and_after(*line.phase)}; {_before_and_after(*line.confidence)}"
        print_line(f"{line.code}  {change}  {line.title}", err=err)


def _before_and_after(before: "Enum | None", after: "Enum | None") -> str:
    """Return a phase or rating before and after a change. A value that stays the same is returned only once."""
    return _word(before) if before is after else f"{_word(before)} → {_word(after)}"


def _word(state: "Enum | None") -> str:
    return words(state.value) if state else tr("not rated")
