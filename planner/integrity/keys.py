"""Ed25519 keys that sign notes, in the text format that other tools for signed notes use.

A public key is `name+id+base64(0x01 ‖ key)`, and a private key is `PRIVATE+KEY+name+id+base64(0x01 ‖ seed)`. The id is
eight hexadecimal digits: the first four bytes of SHA-256(name ‖ newline ‖ 0x01 ‖ public key). See
https://c2sp.org/signed-note. The library is imported only to sign or to check a signature.
"""

import base64
import binascii
import hashlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from planner.base.command_names import command_with
from planner.base.errors import BadValueError, MissingLibraryError
from planner.base.files import read_small, require_free, write_new
from planner.base.language import later, tr, tr_later

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

# The byte that identifies Ed25519 in a key's text and in its id.
ED25519 = b"\x01"
ID_LENGTH = 4
_PRIVATE = "PRIVATE+KEY+"
_PUBLIC_FORM = later("Give a public key: one line of the form name+id+base64")
_PRIVATE_FORM = later("Give the file of a private key that this program made")


@dataclass(frozen=True)
class PublicKey:
    """A key that checks signatures. It need not be kept secret."""

    name: str
    key: bytes

    @property
    def id(self) -> bytes:
        """Four bytes that distinguish keys of the same name.

        They do not identify a key securely, because other keys can have the same four bytes.
        """
        return hashlib.sha256(self.name.encode() + b"\n" + ED25519 + self.key).digest()[:ID_LENGTH]

    @property
    def text(self) -> str:
        """The key as one line of text."""
        return f"{self.name}+{self.id.hex()}+{base64.b64encode(ED25519 + self.key).decode()}"

    @classmethod
    def of(cls, text: str, where: str) -> Self:
        """Parse a key from a line of text. Raises BadValueError if this fails. `where` names the source of the line."""
        name, key_id, key = _split_key(text.strip(), where, _PUBLIC_FORM)
        public = cls(name, key)
        if public.id != key_id:
            raise BadValueError(tr("the key's name, id and bytes do not match"), where=where, do=tr_later(_PUBLIC_FORM))
        return public

    def verifies(self, signature: bytes, message: bytes) -> bool:
        """Whether the signature on the message was made with this key. Raises MissingLibraryError."""
        ed25519 = _library()
        from cryptography.exceptions import InvalidSignature

        try:
            ed25519.Ed25519PublicKey.from_public_bytes(self.key).verify(signature, message)
        except InvalidSignature:
            return False
        return True


@dataclass(frozen=True)
class PrivateKey:
    """A key that signs notes. It is kept in its own file, outside the database whose log it signs."""

    name: str
    seed: bytes = field(repr=False)

    @classmethod
    def new(cls, name: str) -> Self:
        """Generate a key. Raises MissingLibraryError."""
        return cls(name, _library().Ed25519PrivateKey.generate().private_bytes_raw())

    @classmethod
    def read(cls, file: Path) -> Self:
        """Read a key from a file. Raises FileTroubleError, BadValueError, MissingLibraryError."""
        text = read_small(file).decode("utf-8", "replace").strip()
        if not text.startswith(_PRIVATE):
            raise BadValueError(tr("this is not a private key"), where=str(file), do=tr_later(_PRIVATE_FORM))
        name, key_id, seed = _split_key(text.removeprefix(_PRIVATE), str(file), _PRIVATE_FORM)
        private = cls(name, seed)
        if private.public.id != key_id:
            raise BadValueError(tr("the key is damaged"), where=str(file), do=tr_later(_PRIVATE_FORM))
        return private

    def require_made_for(self, origin: str) -> None:
        """Raise BadValueError if the key was made for another log than the one with this origin."""
        if self.name != origin:
            raise BadValueError(
                tr("this key belongs to {name}, but this log is {origin}", name=self.name, origin=origin),
                where="key",
                do=tr(
                    "Use a key of this register. To create one, run '{command}'",
                    command=command_with("checkpoint", new_key="FILE"),
                ),
            )

    def keep(self, file: Path) -> Path:
        """Write the key to a new file that only its owner may read, and its public key to a second file.

        Return the path of the public key. Existing files are never overwritten. Raises FileTroubleError.
        """
        public_file = file.with_name(f"{file.name}.pub")
        require_free(public_file, "Give the key another name")
        write_new(file, f"{_PRIVATE}{self._line}\n".encode(), private=True)
        try:
            write_new(public_file, f"{self.public.text}\n".encode())
        except BaseException:
            # A private key without its public key would block the next attempt.
            file.unlink(missing_ok=True)
            raise
        return public_file

    @property
    def _line(self) -> str:
        return f"{self.name}+{self.public.id.hex()}+{base64.b64encode(ED25519 + self.seed).decode()}"

    @property
    def public(self) -> PublicKey:
        """The public key that checks signatures made with this key. Raises MissingLibraryError."""
        return PublicKey(self.name, self._signer().public_key().public_bytes_raw())

    def signature(self, message: bytes) -> bytes:
        """Sign a message. Return the signature, 64 bytes. Raises MissingLibraryError."""
        return self._signer().sign(message)

    def _signer(self) -> "Ed25519PrivateKey":
        signer: Ed25519PrivateKey = _library().Ed25519PrivateKey.from_private_bytes(self.seed)
        return signer


def public_key(given: str, where: str) -> PublicKey:
    """Return the public key that a person gave, either as its line of text or as the name of a file with that line.

    Raises BadValueError, FileTroubleError.
    """
    if "+" in given and not Path(given).is_file():
        return PublicKey.of(given, where)
    return PublicKey.of(read_small(Path(given)).decode("utf-8", "replace"), given)


def proper_name(name: str) -> bool:
    """Whether a key may have this name: it must not be empty and must not contain white space or a plus."""
    return bool(name) and "+" not in name and not any(character.isspace() for character in name)


def _split_key(text: str, where: str, form: str) -> tuple[str, bytes, bytes]:
    """Split a key's text into name, id and key bytes."""
    name, _, rest = text.partition("+")
    key_id, _, encoded = rest.partition("+")
    try:
        kind_and_key = base64.b64decode(encoded, validate=True)
        number = bytes.fromhex(key_id)
    except (binascii.Error, ValueError) as error:
        raise BadValueError(tr("this is not a key for signatures"), where=where, do=tr_later(form)) from error
    if not proper_name(name) or len(number) != ID_LENGTH or len(kind_and_key) != 33:
        raise BadValueError(tr("this is not a key for signatures"), where=where, do=tr_later(form))
    if kind_and_key[:1] != ED25519:
        raise BadValueError(tr("this is not an Ed25519 key"), where=where, do=tr_later(form))
    return name, number, kind_and_key[1:]


def _library() -> Any:
    """Return the library's Ed25519 module. Raises MissingLibraryError if it is not installed."""
    try:
        # docs/decisions/0066: only signing and checking a signature need it.
        from cryptography.hazmat.primitives.asymmetric import ed25519
    except ImportError as error:
        raise MissingLibraryError(
            tr("signatures need the cryptography library"), where="checkpoint", do=tr("Install planner[integrity]")
        ) from error
    return ed25519
