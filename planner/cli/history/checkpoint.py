"""planner checkpoint: sign the state of the audit log. The result is kept outside the database."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from planner.base.errors import BadValueError
from planner.base.language import tr, tr_count
from planner.cli.context import Context
from planner.cli.output import as_bytes, print_line, progress
from planner.cli.output_file import require_ending

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from planner.integrity.keys import PublicKey

# The environment variable with the name of the key file.
KEY_VARIABLE = "PLANNER_KEY"


@click.command()
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), metavar="FILE", help="Write the checkpoint to this new file."
)
@click.option(
    "--key",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="The private key to sign with. Default: the file that $PLANNER_KEY names.",
)
@click.option(
    "--new-key",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Only make a new private key, and write it to this new file.",
)
@click.pass_obj
def checkpoint(context: Context, output: Path | None, key: Path | None, new_key: Path | None) -> None:
    """Sign the state of the audit log: the number of events, and the root hash that commits to all of them."""
    if new_key is not None:
        if output or key:
            raise BadValueError(
                tr("this option cannot be combined with others"),
                where="--new-key",
                do=tr("Leave out --key and --output"),
            )
        _make_key(context, new_key)
        return
    if output is not None:
        require_ending(str(output), "txt", "note")
    content, size = _signed(context, _key_file(key))
    if output is None:
        as_bytes([content])
        return
    from planner.base.files import write_new

    write_new(output, content)
    print_line(
        tr_count(
            "Wrote a checkpoint of {number} event to {file}.",
            "Wrote a checkpoint of {number} events to {file}.",
            size,
            number=f"{size:,}",
            file=output,
        )
    )
    print_line(tr("Keep the file where nobody who can change the database can change the file."))
    print_line(tr("To check the log against this checkpoint later, use: planner verify --checkpoint FILE"))


def _make_key(context: Context, file: Path) -> None:
    from planner.integrity.keys import PrivateKey
    from planner.integrity.verifying import read_origin

    with context.register() as register, register.open().reading() as session:
        private = PrivateKey.new(read_origin(session))
    public_file = private.keep(file)
    print_line(private.public.text)
    print_line(tr("The private key is in {file}. Keep it secret, and outside the database.", file=file), err=True)
    print_line(
        tr("The public key is printed above and is in {file}. Give it to everybody who verifies.", file=public_file),
        err=True,
    )


def _key_file(key: Path | None) -> Path:
    file = named_key(key)
    if file is None:
        raise BadValueError(
            tr("no key to sign with was given"),
            where="--key",
            do=tr(
                "Create a key with 'planner checkpoint --new-key FILE', and give its file here or in {variable}",
                variable=KEY_VARIABLE,
            ),
        )
    return file


def required_key(public_key: str | None, checkpoints: object) -> "PublicKey | None":
    """Return the key that must have signed the checkpoints, or None if no key is given.

    Raises BadValueError if a key is given without checkpoints.
    """
    from planner.integrity.keys import public_key as read_key

    if public_key and not checkpoints:
        raise BadValueError(
            tr("there is no checkpoint to check with this key"), where="--public-key", do=tr("Also give --checkpoint")
        )
    return read_key(public_key, "--public-key") if public_key else None


def named_key(key: Path | None) -> Path | None:
    """Return the key file to sign with: the given one, or the one that the environment variable names."""
    return key or (Path(os.environ[KEY_VARIABLE]) if os.environ.get(KEY_VARIABLE) else None)


def _signed(context: Context, key_file: Path) -> tuple[bytes, int]:
    """Return the bytes of the signed note, and the number of events that it commits to."""
    with context.register() as register, register.open().reading() as session:
        return note_of_log(session, key_file)


def note_of_log(session: "Session", key_file: Path | None) -> tuple[bytes, int]:
    """Return the bytes of a checkpoint of the current log, and the number of events that it commits to.

    It is signed if a key file is given. Raises BadValueError if the key was made for another register, and
    BrokenHistoryError if the log is inconsistent.
    """
    from planner.integrity.chain import count_events
    from planner.integrity.keys import PrivateKey
    from planner.integrity.notes import Note, sign
    from planner.integrity.verifying import make_checkpoint, read_origin

    private = PrivateKey.read(key_file) if key_file else None
    if private is not None:
        private.require_made_for(read_origin(session))
    with progress(tr("Reading the log"), count_events(session)) as step:
        made = make_checkpoint(session, step)
    note = sign(made.text, private) if private else Note(made.text, ())
    return note.encoded, made.size
