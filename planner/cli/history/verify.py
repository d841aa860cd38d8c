"""planner verify: check that nobody changed the history without using this program."""

from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import click

from planner.base.errors import BrokenHistoryError, PlannerError, UnusableCheckpointError
from planner.base.language import tr, tr_count
from planner.base.visible_text import one_line
from planner.cli.context import Context
from planner.cli.history.checkpoint import required_key
from planner.cli.output import as_json, banner, console, format_option, progress
from planner.domain.plain_words import mark
from planner.domain.symbols import SYMBOLS

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from planner.integrity.verifying import Verification
    from planner.register.plan_view import PlanView


@click.command()
@click.option(
    "--checkpoint",
    "checkpoints",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Also check against this checkpoint, which was kept elsewhere; can be repeated.",
)
@click.option(
    "--public-key",
    metavar="KEY",
    help="Accept only checkpoints signed with this public key: the line itself, or its file.",
)
@format_option("text", "json")
@click.pass_obj
def verify(context: Context, checkpoints: Sequence[Path], public_key: str | None, output: str) -> None:
    """Check that nobody changed the history without using planner, and say what was not checked. Writes nothing."""
    from planner.integrity.attempts import attempt
    from planner.integrity.chain import count_events
    from planner.integrity.checkpoints import read_checkpoint
    from planner.integrity.helpers.helpers import helping
    from planner.integrity.problems import Problems
    from planner.integrity.verifying import verify as verify_history
    from planner.store.database import open_to_verify

    key = required_key(public_key, checkpoints)
    kept = [read_checkpoint(file) for file in checkpoints]
    with closing(open_to_verify(context.url)) as database, database.reading() as session:
        events = attempt(session, Problems(), "the log", lambda _: count_events(session)) or 0
        with helping(context.url, events) as helpers:
            plan = _plan(session)
            # Each event is checked twice: in the chain, and against its row.
            with progress(tr("Verifying"), 2 * events) as step:
                found = verify_history(session, step, kept, key, helpers)
    if output == "json":
        as_json("verification", found, plan)
    else:
        _print(plan, found)
    _require_intact(found)


def _require_intact(found: "Verification") -> None:
    from planner.integrity.verifying import Verdict

    if found.verdict is Verdict.UNUSABLE:
        raise UnusableCheckpointError(
            tr("this checkpoint was not used, so the history was not verified by it"),
            where=next(one.where for one in found.problems),
            do=tr("Give the file as it was kept, and the public key of the person who signed it"),
        )
    if found.problems:
        count = sum(found.counts.values())
        raise BrokenHistoryError(
            tr_count(
                "the history is not as it was recorded ({number} problem)",
                "the history is not as it was recorded ({number} problems)",
                count,
                number=f"{count:,}",
            ),
            do=_whom_to_look_for(found),
        )


def _whom_to_look_for(found: "Verification") -> str:
    from planner.integrity.anchoring import Signed
    from planner.integrity.problems import ProblemKind

    proven = any(not one.holds and one.signed is Signed.VERIFIED for one in found.checkpoints)
    if set(found.counts) <= {ProblemKind.CHECKPOINT, ProblemKind.UNUSABLE} and not proven:
        return tr(
            "Find out who changed the database, or the file of the checkpoint, whose signature was not checked. "
            "docs/verifying.md explains each problem"
        )
    return tr("Find out who changed the database. docs/verifying.md explains each problem")


def _plan(session: "Session") -> "PlanView | None":
    """Return the plan, or None if it cannot be read. The plan tells whether this is a demonstration."""
    from planner.integrity.attempts import attempt
    from planner.integrity.problems import Problems
    from planner.register.plans import read_plan

    try:
        return attempt(session, Problems(), "the plan", lambda _: read_plan(session))
    except PlannerError:
        return None


def _print(plan: "PlanView | None", found: "Verification") -> None:
    from planner.integrity.wording import verdict_words

    out = console()
    if plan is not None:
        banner(out, plan)
    for line in _lines(found):
        out.print_line(line)
    symbol, style = SYMBOLS[found.verdict.value]
    out.print(f"{mark(symbol)}{verdict_words(found)}", style=style, markup=False, soft_wrap=True)


def _lines(found: "Verification") -> Iterator[str]:
    from planner.integrity.wording import check_lines, checkpoint_line, numbers

    yield tr_count(
        "The log of {origin}: {number} event, root hash {root}",
        "The log of {origin}: {number} events, root hash {root}",
        found.events,
        origin=found.origin,
        number=f"{found.events:,}",
        root=found.root,
    )
    yield from (f"  {number:>12,}  {counted}" for number, counted in numbers(found))
    yield from map(checkpoint_line, found.checkpoints)
    yield from check_lines(found)
    if found.problems:
        yield ""
        yield from _problem_lines(found)
    yield ""
    yield tr("Not checked:")
    yield from (f"  - {sentence}" for sentence in found.not_checked)
    yield ""


def _problem_lines(found: "Verification") -> Iterator[str]:
    from planner.integrity.wording import problem_groups

    for meaning, problems, more in problem_groups(found):
        yield meaning
        yield from (f"  - {one_line(problem.where)}: {one_line(problem.what)}" for problem in problems)
        if more:
            yield "  - " + tr("and {number} more", number=f"{more:,}")
