"""planner verify: whether anybody altered the history around the program."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from planner.cli.context import Context
from planner.cli.output import as_json, banner, console, format_option, progress
from planner.errors import BadValueError, BrokenHistoryError, PlannerError
from planner.marks import SYMBOLS
from planner.texts import one_line

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from planner.integrity.verifying import Verification
    from planner.queries.plans import PlanView


@click.command()
@click.option(
    "--checkpoint",
    "checkpoints",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Also against this checkpoint that was kept elsewhere; may be given several times.",
)
@click.option(
    "--public-key",
    metavar="KEY",
    help="Only checkpoints signed with this key count: the line itself, or a file that holds it.",
)
@format_option("text", "json")
@click.pass_obj
def verify(context: Context, checkpoints: Sequence[Path], public_key: str | None, output: str) -> None:
    """Check that nobody altered the history around the program, and say what was not checked. Writes nothing."""
    from planner.integrity.chain import count_events
    from planner.integrity.checkpoints import read_checkpoint
    from planner.integrity.keys import public_key as read_key
    from planner.integrity.verifying import verify as verify_history

    if public_key and not checkpoints:
        raise BadValueError("there is nothing to check with it", where="--public-key", do="Name a --checkpoint too")
    kept = [read_checkpoint(file) for file in checkpoints]
    key = read_key(public_key, "--public-key") if public_key else None
    with context.database() as database, database.reading() as session:
        plan = _plan(session)
        # Each event is looked at twice: in the chain, and with its row.
        with progress("Verifying", 2 * count_events(session)) as step:
            found = verify_history(session, step, kept, key)
    if output == "json":
        as_json("verification", found, plan)
    else:
        _print(plan, found)
    if found.problems:
        count = sum(found.counts.values())
        raise BrokenHistoryError(
            f"the history does not stand as it was recorded ({count} {'problem' if count == 1 else 'problems'})",
            do="Find out who changed the database; docs/verifying.md says what each problem means",
        )


def _plan(session: "Session") -> "PlanView | None":
    """The plan, for the banner of a demonstration; a register too broken to have one is verified all the same."""
    from planner.queries.plans import read_plan

    try:
        return read_plan(session)
    except PlannerError:
        return None


def _print(plan: "PlanView | None", found: "Verification") -> None:
    out = console()
    if plan is not None:
        banner(out, plan)
    for line in _lines(found):
        out.print(line, markup=False, soft_wrap=True)
    symbol, style = SYMBOLS[found.verdict.value]
    out.print(f"{symbol} {_sentence(found)}", style=style, markup=False, soft_wrap=True)


def _lines(found: "Verification") -> Iterator[str]:
    yield f"The log of {found.origin}: {found.events:,} events, root {found.root}"
    yield f"  {found.anchored:>12,}  anchored by a checkpoint"
    yield f"  {found.chained:>12,}  chained only"
    yield f"  {found.not_verifiable:>12,}  not verifiable"
    for one in found.checkpoints:
        holds = "holds" if one.holds else "does not hold"
        yield f"Checkpoint {one.where} of {one.size:,} events: {holds}; signature {one.signed.value.replace('_', ' ')}"
    yield f"Guards: {found.guards} of {found.guards_set} stand as the program set them"
    yield f"Rows: {found.rows:,} in {found.tables} tables compared with the log"
    yield f"Issued files: {found.contents}, their bytes compared with their digests"
    if found.problems:
        yield ""
        yield from _problem_lines(found)
    yield ""
    yield "Not checked:"
    yield from (f"  - {sentence}" for sentence in found.not_checked)
    yield ""


def _problem_lines(found: "Verification") -> Iterator[str]:
    from planner.integrity.problems import MEANINGS

    for kind, count in found.counts.items():
        own = [problem for problem in found.problems if problem.kind is kind]
        yield f"{kind.value}: {MEANINGS[kind]}"
        yield from (f"  - {one_line(problem.where)}: {one_line(problem.what)}" for problem in own)
        if count > len(own):
            yield f"  - and {count - len(own):,} more"


def _sentence(found: "Verification") -> str:
    """The last line: what it comes to."""
    from planner.integrity.verifying import Verdict

    if found.verdict is Verdict.BROKEN:
        return "Broken: the history does not stand as it was recorded."
    if found.verdict is Verdict.CHAINED:
        return "Consistent in itself and not anchored: no checkpoint vouches for it. See what was not checked."
    return f"Consistent with the checkpoint, which commits to {found.anchored:,} of {found.events:,} events."
