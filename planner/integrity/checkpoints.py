"""Checkpoints (https://c2sp.org/tlog-checkpoint): the size of the log and its root at one moment, in a signed note.

The text of the note has three lines: the origin of the log, the number of its events, and the root in base64. A file
holds one note. It is kept outside the database and never overwritten.
"""

import base64
import binascii
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from planner.base.errors import BadValueError
from planner.base.files import read_small
from planner.base.language import later, tr, tr_later
from planner.integrity.notes import Note

_FORM = later("Give a file that 'planner checkpoint' wrote")
# The number of hexadecimal digits of the first event's leaf that identify a log.
_DIGITS = 16
# A size with more digits than this is not plausible.
_SIZE = re.compile("0|[1-9][0-9]{0,18}")


@dataclass(frozen=True)
class Checkpoint:
    """The log at one moment: its origin, the number of its events, and the root over their leaves."""

    origin: str
    size: int
    root: bytes

    @property
    def text(self) -> str:
        """The text of the note."""
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n"

    @classmethod
    def of(cls, text: str, where: str) -> Self:
        """Parse a checkpoint from a note's text, ignoring lines after the third. Raises BadValueError if it is none."""
        origin, size, root, *_ = [*text.split("\n"), "", "", ""]
        try:
            digest = base64.b64decode(root, validate=True)
        except (binascii.Error, ValueError):
            digest = b""
        if not origin or not _SIZE.fullmatch(size) or len(digest) != 32:
            raise BadValueError(tr("this signed note is not a checkpoint"), where=where, do=tr_later(_FORM))
        return cls(origin, int(size), digest)


@dataclass(frozen=True)
class KeptCheckpoint:
    """A checkpoint that somebody kept, with its note and the name of the file or place from which it was read."""

    where: str
    checkpoint: Checkpoint
    note: Note


def read_checkpoint(file: Path) -> KeptCheckpoint:
    """Read a checkpoint from a file. Raises FileTroubleError, or BadValueError if it is not a checkpoint."""
    note = Note.of(read_small(file), str(file))
    return KeptCheckpoint(str(file), Checkpoint.of(note.text, str(file)), note)


def origin_of(kind: str, first_leaf: bytes) -> str:
    """Return the origin of a log: the kind of database, and the beginning of the first event's leaf."""
    # docs/decisions/0065: a checkpoint of another register is recognised by its origin.
    return f"planner/{kind}/{first_leaf.hex()[:_DIGITS]}"
