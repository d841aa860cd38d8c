"""planner evidence: pack the mandate, the facts and the history of an item into one archive with its own verifier."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from planner.base.language import in_english, tr, tr_count
from planner.cli.context import Context
from planner.cli.history.checkpoint import KEY_VARIABLE, named_key, required_key
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
    help="Prove the history against this checkpoint, which was kept elsewhere. Default: a new checkpoint.",
)
@click.option(
    "--public-key", metavar="KEY", help="The public key of the checkpoint's signature: the line itself, or its file."
)
@click.option(
    "--key",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Sign the pack and a new checkpoint with this private key. Default without --checkpoint: the file that"
    " $PLANNER_KEY names.",
)
@as_of_option
@known_at_option
@click.pass_obj
def evidence(
    context: Context, code: str, output: Path, checkpoint: Path | None, public_key: str | None, key: Path | None
) -> None:
    """Pack the evidence on an item: its mandate, its facts, all changes, proofs, and a program that verifies them."""
    from planner.base.files import require_free, write_new
    from planner.evidence.pack import make_pack
    from planner.integrity.chain import count_events
    from planner.integrity.helpers.helpers import helping

    require_ending(str(output), "zip")
    require_free(output, tr("Give another name"))
    anchoring = _anchoring(checkpoint, public_key, key)
    with (
        context.reading() as reading,
        helping(context.url, count_events(reading.session)) as helpers,
        progress(tr("Verifying"), 2 * count_events(reading.session)) as step,
    ):
        with in_english():
            content = make_pack(reading, code, anchoring, step, helpers)
        simulated = reading.plan.simulated
    write_new(output, content)
    for line in _lines(output, content, anchoring, simulated=simulated):
        print_line(line)


def _lines(output: Path, content: bytes, anchoring: "Anchoring", *, simulated: bool) -> Iterator[str]:
    """Yield lines that say which file was written, what the evidence proves, and how to check it."""
    if simulated:
        yield tr("SIMULATED: this is demonstration data. Every page and file of the pack says so.")
    yield tr_count(
        "Wrote the evidence pack to {file} ({number} byte).",
        "Wrote the evidence pack to {file} ({number} bytes).",
        len(content),
        file=output,
        number=f"{len(content):,}",
    )
    yield from _sentences(anchoring)
    yield tr("To check the pack, run 'python3 verify.py' in the unpacked folder, or 'python3 verify.py ARCHIVE'.")


def _anchoring(checkpoint: Path | None, public_key: str | None, key: Path | None) -> "Anchoring":
    """Read the checkpoint that the history is proven against, and the key that signs the pack.

    This happens before the register is read, so that a wrong file is reported at once.
    """
    from planner.evidence.anchor import Anchoring
    from planner.integrity.checkpoints import read_checkpoint
    from planner.integrity.keys import PrivateKey

    checking_key = required_key(public_key, checkpoint)
    kept = read_checkpoint(checkpoint) if checkpoint else None
    file = key if checkpoint else named_key(key)
    return Anchoring(kept, checking_key, PrivateKey.read(file) if file else None)


def _sentences(anchoring: "Anchoring") -> Iterator[str]:
    """Yield sentences that say which checkpoint proves the history, and whether the evidence is signed."""
    if anchoring.kept is not None:
        size = anchoring.kept.checkpoint.size
        yield tr_count(
            "The pack proves the history against a checkpoint of the first {number} event. It marks later"
            " events as not anchored.",
            "The pack proves the history against a checkpoint of the first {number} events. It marks later"
            " events as not anchored.",
            size,
            number=f"{size:,}",
        )
        if not anchoring.kept.note.signatures:
            yield tr("The checkpoint is not signed, so it is only as trustworthy as the place where it was kept.")
        elif anchoring.checking_key is None:
            yield tr("Without --public-key, the pack cannot show who signed the checkpoint.")
    elif anchoring.key is not None:
        yield tr(
            "The pack proves the history against a new checkpoint, signed with {key}", key=anchoring.key.public.text
        )
    else:
        yield tr(
            "The pack is not anchored: nobody signed the root hash of the log, so anybody could have made up"
            " the pack. Give --checkpoint, or a key with --key or {variable}.",
            variable=KEY_VARIABLE,
        )
    if anchoring.key is None:
        yield tr(
            "The pack is not signed: anybody could change its as-of date, its computed states and the names of"
            " attached files. To sign it, give --key."
        )
