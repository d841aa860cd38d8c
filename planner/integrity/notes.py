"""Signed notes (https://c2sp.org/signed-note): a text and, after a blank line, the signatures on the text.

A signature line is `— name base64(key id ‖ signature)`. The text is signed including its last newline. A note without a
signature can be read too, because the place where it was kept may be trusted.
"""

import base64
import binascii
from dataclasses import dataclass
from typing import Self

from planner.base.errors import BadValueError
from planner.base.language import later, tr, tr_later
from planner.integrity.keys import ID_LENGTH, PrivateKey, PublicKey, proper_name

_DASH = "— "
# The most signatures that a note may have. More are not plausible.
MOST_SIGNATURES = 100
_FORM = later("Give a file that 'planner checkpoint' wrote")


@dataclass(frozen=True)
class Signature:
    """A signature on a note as read from its line. It has not been checked."""

    name: str
    key_id: bytes
    signature: bytes

    @property
    def line(self) -> str:
        """The signature as a line of the note."""
        return f"{_DASH}{self.name} {base64.b64encode(self.key_id + self.signature).decode()}\n"


@dataclass(frozen=True)
class Note:
    """A text that ends with a newline, and the signatures on it."""

    text: str
    signatures: tuple[Signature, ...]

    @property
    def encoded(self) -> bytes:
        """The note as the bytes of a file."""
        return f"{self.text}\n{''.join(signature.line for signature in self.signatures)}".encode()

    @classmethod
    def of(cls, content: bytes, where: str) -> Self:
        """Parse a note from bytes. Raises BadValueError if this fails. `where` names the source of the bytes."""
        try:
            whole = content.decode("utf-8")
        except UnicodeDecodeError as error:
            raise BadValueError(
                tr("this is not a signed note: it is not UTF-8"), where=where, do=tr_later(_FORM)
            ) from error
        text, blank, signed = whole.rpartition("\n\n")
        ended = signed.endswith("\n") or not signed
        if not blank or not ended or any(character < " " and character != "\n" for character in whole):
            raise BadValueError(tr("this is not a signed note"), where=where, do=tr_later(_FORM))
        lines = signed.removesuffix("\n").split("\n") if signed else []
        if len(lines) > MOST_SIGNATURES:
            raise BadValueError(
                tr("this note has more than {most_signatures} signatures", most_signatures=MOST_SIGNATURES),
                where=where,
                do=tr_later(_FORM),
            )
        return cls(f"{text}\n", tuple(_signature(line, where) for line in lines))

    def signed_by(self, key: PublicKey) -> bool | None:
        """Whether all signatures with this key on the note are valid, or None if there are none.

        Raises MissingLibraryError.
        """
        own = [one for one in self.signatures if (one.name, one.key_id) == (key.name, key.id)]
        if not own:
            return None
        return all(key.verifies(one.signature, self.text.encode()) for one in own)


def sign(text: str, key: PrivateKey) -> Note:
    """Return a note with a text, signed with a key. Raises MissingLibraryError."""
    return Note(text, (Signature(key.name, key.public.id, key.signature(text.encode())),))


def _signature(line: str, where: str) -> Signature:
    name, blank, encoded = line.removeprefix(_DASH).partition(" ")
    try:
        content = base64.b64decode(encoded, validate=True)
    except (binascii.Error, ValueError):
        content = b""
    if not line.startswith(_DASH) or not blank or not proper_name(name) or len(content) <= ID_LENGTH:
        raise BadValueError(tr("a signature line of this note cannot be read"), where=where, do=tr_later(_FORM))
    return Signature(name, content[:ID_LENGTH], content[ID_LENGTH:])
