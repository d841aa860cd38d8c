"""planner evidence: all that an item stands on and all that was recorded of it, in one archive that stands alone."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from planner.base.errors import BadValueError
from planner.cli.context import Context
from planner.cli.history.checkpoint import KEY_VARIABLE
from planner.cli.output import as_of_option, known_at_option, print_line, progress
from planner.cli.output_file import require_ending

if TYPE_CHECKING:
    from planner.evidence.anchor import Anchoring


@click.command()
@click.argument("code")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="FILE",
    required=True,
    help="Write the archive to this new file.",
)
@click.option(
    "--checkpoint",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Prove the history against this checkpoint that was kept elsewhere. Without it, one is made now.",
)
@click.option("--public-key", metavar="KEY", help="The key that signed it: the line itself, or a file that holds it.")
@click.option(
    "--key",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help=f"Sign the pack with this key, and its checkpoint where that is made now. Without --checkpoint, {KEY_VARIABLE}"
    " names the key if this option does not.",
)
@as_of_option
@known_at_option
@click.pass_obj
def evidence(
    context: Context,
    code: str,
    output: Path,
    checkpoint: Path | None,
    public_key: str | None,
    key: Path | None,
    as_of: str | None,
    known_at: str | None,
) -> None:
    """Pack the evidence on one item: its mandate, its facts, every change, proofs, and a verifier of its own."""
    from planner.base.files import require_free, write_new
    from planner.evidence.pack import make_pack
    from planner.integrity.chain import count_events

    require_ending(str(output), "zip")
    require_free(output, "Give another name")
    wanted = _anchoring(checkpoint, public_key, key)
    with context.reading() as (session, plan), progress("Verifying", 2 * count_events(session)) as step:
        content = make_pack(session, plan, context.point(plan, as_of, known_at), code, wanted, step)
        simulated = plan.simulated
    write_new(output, content)
    if simulated:
        print_line("SIMULATED: demonstration data; the pack says so on every page and in every file.")
    print_line(f"Evidence: {output}, {len(content):,} bytes")
    for sentence in _sentences(wanted):
        print_line(sentence)
    print_line("To check it: python3 verify.py, in the unpacked folder or with the archive's name")


def _anchoring(checkpoint: Path | None, public_key: str | None, key: Path | None) -> "Anchoring":
    """What the history is to be proven against, and who signs the pack. Files are read before the register is."""
    from planner.evidence.anchor import Anchoring
    from planner.integrity.checkpoints import read_checkpoint
    from planner.integrity.keys import PrivateKey
    from planner.integrity.keys import public_key as read_key

    if checkpoint is None:
        if public_key:
            raise BadValueError("there is nothing to check with it", where="--public-key", do="Name a --checkpoint too")
        file = key or (Path(os.environ[KEY_VARIABLE]) if os.environ.get(KEY_VARIABLE) else None)
        return Anchoring(key=PrivateKey.read(file) if file else None)
    return Anchoring(
        read_checkpoint(checkpoint),
        read_key(public_key, "--public-key") if public_key else None,
        PrivateKey.read(key) if key else None,
    )


def _sentences(wanted: "Anchoring") -> Iterator[str]:
    """What the pack's history is proven against, and what the signature on the pack covers."""
    if wanted.kept is not None:
        yield (
            f"Proven against the checkpoint of the first {wanted.kept.checkpoint.size:,} events; later events are"
            " marked as not anchored."
        )
        if not wanted.kept.note.signatures:
            yield "Nobody signed that checkpoint: it proves no more than the place where it was kept."
        elif wanted.checking_key is None:
            yield "Without --public-key nobody can check in the pack who signed it."
    elif wanted.key is not None:
        yield f"Proven against a checkpoint made now, signed with {wanted.key.public.text}"
    else:
        yield (
            "Not anchored: nobody signed the root, so anybody could have made the pack up."
            f" Name a --checkpoint, or a key with --key or {KEY_VARIABLE}."
        )
    if wanted.key is None:
        yield (
            "Nobody signed the pack: the as-of date, the states by the rules and the names of attached files in it"
            " could be changed by anybody. Sign it with --key."
        )
