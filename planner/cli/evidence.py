"""planner evidence: all that an item stands on and all that was recorded of it, in one archive that stands alone."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from planner.cli.checkpoint import KEY_VARIABLE
from planner.cli.context import Context
from planner.cli.output import as_of_option, known_at_option, progress
from planner.cli.output_file import require_ending
from planner.errors import BadValueError

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
    help="Prove the history against this checkpoint that was kept elsewhere. Else one is made now.",
)
@click.option("--public-key", metavar="KEY", help="The key that signed it: the line itself, or a file that holds it.")
@click.option(
    "--key",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help=f"The key to sign a checkpoint made now with. Else {KEY_VARIABLE}; else nobody signs it.",
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
    from planner.evidence.pack import make_pack
    from planner.files import require_free, write_new
    from planner.integrity.chain import count_events

    require_ending(str(output), "zip")
    require_free(output, "Give another name")
    wanted = _anchoring(checkpoint, public_key, key)
    with context.reading() as (session, plan), progress("Verifying", 2 * count_events(session)) as step:
        content = make_pack(session, plan, context.point(plan, as_of, known_at), code, wanted, step)
        simulated = plan.simulated
    write_new(output, content)
    if simulated:
        click.echo("SIMULATED: demonstration data; the pack says so on every page and in every file.")
    click.echo(f"Evidence: {output}, {len(content):,} bytes")
    click.echo(_sentence(wanted))
    click.echo("Unpacked anywhere, it checks itself: python3 verify.py")


def _anchoring(checkpoint: Path | None, public_key: str | None, key: Path | None) -> "Anchoring":
    """What the history is to be proven against. Files are read before the register is."""
    from planner.evidence.anchor import Anchoring
    from planner.integrity.checkpoints import read_checkpoint
    from planner.integrity.keys import PrivateKey
    from planner.integrity.keys import public_key as read_key

    if checkpoint is None:
        if public_key:
            raise BadValueError("there is nothing to check with it", where="--public-key", do="Name a --checkpoint too")
        file = key or (Path(os.environ[KEY_VARIABLE]) if os.environ.get(KEY_VARIABLE) else None)
        return Anchoring(key=PrivateKey.read(file) if file else None)
    if key is not None:
        raise BadValueError(
            "a checkpoint that was kept is signed already", where="--key", do="Leave out --key or --checkpoint"
        )
    return Anchoring(read_checkpoint(checkpoint), read_key(public_key, "--public-key") if public_key else None)


def _sentence(wanted: "Anchoring") -> str:
    """What the pack's history is proven against."""
    if wanted.kept is not None:
        told = (
            f"Proven against the checkpoint of the first {wanted.kept.checkpoint.size:,} events; later ones are told as"
        )
        if not wanted.kept.note.signatures:
            return f"{told} not anchored. It is not signed: it proves no more than the place where it was kept."
        missing = "" if wanted.public_key else " Without --public-key nobody can check in the pack who signed it."
        return f"{told} not anchored.{missing}"
    if wanted.key is not None:
        return f"Proven against a checkpoint made now, signed with {wanted.key.public.text}"
    return (
        "Not anchored: nobody signed the root, so the pack proves nothing but that it goes together."
        f" Name a --checkpoint, or a key with --key or {KEY_VARIABLE}."
    )
