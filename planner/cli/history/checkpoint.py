"""planner checkpoint: how the audit log stands, signed, to be kept away from who can write the database."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from planner.base.errors import BadValueError
from planner.cli.context import Context
from planner.cli.output import as_bytes, print_line, progress
from planner.cli.output_file import require_ending

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

# The environment variable that names the key's file.
KEY_VARIABLE = "PLANNER_KEY"


@click.command()
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="FILE", help="Write it to this new file.")
@click.option(
    "--key", type=click.Path(path_type=Path), metavar="FILE", help=f"The key to sign it with. Else {KEY_VARIABLE}."
)
@click.option(
    "--new-key", type=click.Path(path_type=Path), metavar="FILE", help="Make a key in this new file, and nothing else."
)
@click.pass_obj
def checkpoint(context: Context, output: Path | None, key: Path | None, new_key: Path | None) -> None:
    """Sign how the audit log stands: how many events it has, and the one hash that commits to all of them."""
    if new_key is not None:
        if output or key:
            raise BadValueError("a key is made by itself", where="--new-key", do="Leave out --key and --output")
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
    print_line(f"Checkpoint of {size:,} events: {output}")
    print_line("Keep it where nobody who can write the database can write. Then: planner verify --checkpoint FILE")


def _make_key(context: Context, file: Path) -> None:
    from planner.integrity.keys import PrivateKey
    from planner.integrity.verifying import read_origin

    with context.database() as database, database.reading() as session:
        private = PrivateKey.new(read_origin(session))
    beside = private.keep(file)
    print_line(private.public.text)
    print_line(f"The private key is in {file}; keep it outside the database, and secret.", err=True)
    print_line(f"The public key, printed above and in {beside}, is for everybody who verifies.", err=True)


def _key_file(key: Path | None) -> Path:
    file = named_key(key)
    if file is None:
        raise BadValueError(
            "no key was named to sign it with",
            where="--key",
            do=f"Make one with 'planner checkpoint --new-key FILE', and name it here or in {KEY_VARIABLE}",
        )
    return file


def named_key(key: Path | None) -> Path | None:
    """The file of the key to sign with: the one given, or the one that the environment names."""
    return key or (Path(os.environ[KEY_VARIABLE]) if os.environ.get(KEY_VARIABLE) else None)


def _signed(context: Context, key_file: Path) -> tuple[bytes, int]:
    """The bytes of the signed note, and how many events it commits to."""
    with context.database() as database, database.reading() as session:
        return note_of_log(session, key_file)


def note_of_log(session: "Session", key_file: Path | None) -> tuple[bytes, int]:
    """The checkpoint of the log as it stands, signed where a key is named, and how many events it commits to.

    Raises BadValueError for another register's key, BrokenHistoryError for a log that is not sound in itself.
    """
    from planner.integrity.chain import count_events
    from planner.integrity.keys import PrivateKey
    from planner.integrity.notes import Note, sign
    from planner.integrity.verifying import make_checkpoint, read_origin

    private = PrivateKey.read(key_file) if key_file else None
    if private is not None:
        private.require_made_for(read_origin(session))
    with progress("Reading the log", count_events(session)) as step:
        made = make_checkpoint(session, step)
    note = sign(made.text, private) if private else Note(made.text, ())
    return note.encoded, made.size
