"""Checkpoints (https://c2sp.org/tlog-checkpoint): how long the log was and what its root was, said in a signed note.

The note's text is three lines: whose log it is, how many events it has, the root over them in base64. A file holds one
note; it is kept outside the database, and never written over.
"""

import base64
import binascii
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from planner.errors import BadValueError
from planner.files import read_small
from planner.integrity.notes import Note

_FORM = "Give a file that 'planner checkpoint' wrote"
# Of the first event's leaf, so many hexadecimal digits tell one log from another.
_DIGITS = 16
# No log has more events than this has digits.
_SIZE = re.compile("0|[1-9][0-9]{0,18}")


@dataclass(frozen=True)
class Checkpoint:
    """The log at one moment: whose it is, how many events it had, and the root over their leaves."""

    origin: str
    size: int
    root: bytes

    @property
    def text(self) -> str:
        """The text of the note."""
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n"

    @classmethod
    def of(cls, text: str, where: str) -> Self:
        """The checkpoint that a note's text says; lines after the third are not ours to read. Raises BadValueError."""
        origin, size, root, *_ = [*text.split("\n"), "", "", ""]
        try:
            digest = base64.b64decode(root, validate=True)
        except (binascii.Error, ValueError):
            digest = b""
        if not origin or not _SIZE.fullmatch(size) or len(digest) != 32:
            raise BadValueError("this note is not a checkpoint", where=where, do=_FORM)
        return cls(origin, int(size), digest)


@dataclass(frozen=True)
class KeptCheckpoint:
    """A checkpoint as somebody kept it: the note it stands in, and where that was read."""

    where: str
    checkpoint: Checkpoint
    note: Note


def read_checkpoint(file: Path) -> KeptCheckpoint:
    """The checkpoint in a file. Raises FileTroubleError, BadValueError."""
    note = Note.of(read_small(file), str(file))
    return KeptCheckpoint(str(file), Checkpoint.of(note.text, str(file)), note)


def origin_of(kind: str, first_leaf: bytes) -> str:
    """Whose log it is: that of a register or a demonstration, told apart by the leaf of its first event."""
    return f"planner/{kind}/{first_leaf.hex()[:_DIGITS]}"
