"""planner bulk: set a phase, a confidence or a note on several items at once."""

from typing import TYPE_CHECKING

import click

from planner.base.errors import NotAllowedError
from planner.cli.context import Context
from planner.cli.output import as_json, format_option, print_line, words
from planner.cli.questions import confirm
from planner.cli.reports.confirming import asked
from planner.cli.values import Word
from planner.domain.vocabulary import Confidence, Phase

if TYPE_CHECKING:
    from collections.abc import Sequence
    from enum import Enum

    from planner.writes.reports.bulk import BulkChange, BulkLine


@click.command()
@click.argument("codes", nargs=-1, required=True, metavar="CODE...")
@click.option("--phase", type=Word(Phase), help="Where the items stand.")
@click.option("--confidence", type=Word(Confidence), help="Your own rating.")
@click.option("--note", metavar="TEXT", help="What was done, the same on all.")
@click.option("--unchanged", is_flag=True, help="Report on purpose that nothing changed since the last report.")
@click.option("--preview", is_flag=True, help="Show what would change, and change nothing.")
@click.option("--yes", is_flag=True, help="Do not ask.")
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
    """Record the same report on several items as of today: on all or on none. Shows what would change, and asks."""
    from planner.writes.reports.bulk import BulkChange, preview_bulk

    change = BulkChange(
        Phase(phase) if phase else None, Confidence(confidence) if confidence else None, note, unchanged
    )
    with context.reading() as (session, plan):
        lines = preview_bulk(session, context.actor, plan, codes, change, today=context.today(plan))
    recorded = not preview and _agreed(lines, ask=not yes)
    if recorded:
        asked(lambda check_doubts: _record(context, codes, change, lines, check_doubts), yes=yes)
    if output == "json":
        as_json("bulk", {"recorded": recorded, "items": lines}, plan)
    elif preview:
        _tell(lines, err=False)
    else:
        print_line(f"Recorded on {len(lines)} items." if recorded else "Nothing was recorded.")


def _record(
    context: Context, codes: "Sequence[str]", change: "BulkChange", lines: "Sequence[BulkLine]", check_doubts: bool
) -> None:
    from planner.writes.reports.bulk import record_bulk

    seen = {line.code: line.last for line in lines}
    with context.writing() as (session, plan):
        today, at = context.today(plan), context.now()
        record_bulk(
            session, context.actor, plan, codes, change, expected=seen, check_doubts=check_doubts, today=today, at=at
        )


def _agreed(lines: "Sequence[BulkLine]", *, ask: bool) -> bool:
    """Show what would change, and ask. Raises NotAllowedError where an item cannot have the change."""
    refused = next((line for line in lines if line.refused), None)
    if refused is not None and refused.refused is not None:
        raise NotAllowedError(refused.refused, where=refused.code, do="Leave it out; nothing was recorded on any")
    if not ask:
        return True
    # What is asked goes where it is in nobody's way who reads the output by program.
    _tell(lines, err=True)
    return confirm(f"Record this on {len(lines)} items?", err=True)


def _tell(lines: "Sequence[BulkLine]", *, err: bool) -> None:
    for line in lines:
        change = line.refused or f"{_step(*line.phase)}; {_step(*line.confidence)}"
        print_line(f"{line.code}  {change}  {line.title}", err=err)


def _step(before: "Enum | None", after: "Enum | None") -> str:
    """A state before and after."""
    return _word(before) if before is after else f"{_word(before)} → {_word(after)}"


def _word(state: "Enum | None") -> str:
    return words(state.value) if state else "not rated"
