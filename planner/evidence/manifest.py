"""The manifest of a pack: the digest of each file, and the signature that covers all files."""

import hashlib
from collections.abc import Mapping

from planner.evidence.verify import FORMAT, MANIFEST, SIGNATURE, statement_to_sign, written
from planner.integrity.keys import PrivateKey
from planner.integrity.notes import sign


def with_manifest(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the files and a manifest of their digests."""
    digests = {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    return {**files, MANIFEST: written({"format": FORMAT, "sha256": digests})}


def with_signature(files: Mapping[str, bytes], origin: str, key: PrivateKey) -> dict[str, bytes]:
    """Return the files and a signature on their manifest. Raises MissingLibraryError if no library can sign."""
    return {**files, SIGNATURE: sign(statement_to_sign(origin, files[MANIFEST]), key).encoded}
