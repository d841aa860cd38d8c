"""The archive: the same files always give the same bytes, whoever makes it, wherever and whenever."""

import hashlib
import io
import zipfile
from collections.abc import Mapping

from planner.evidence.verify import FORMAT, MANIFEST, written

# The earliest instant an archive can hold: the files have no time of their own.
_NO_TIME = (1980, 1, 1, 0, 0, 0)
_UNIX, _PLAIN_FILE = 3, 0o100644 << 16


def with_manifest(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files and the manifest of their digests."""
    digests = {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    return {**files, MANIFEST: written({"format": FORMAT, "sha256": digests})}


def archived(folder: str, files: Mapping[str, bytes]) -> bytes:
    """The files in a folder of a ZIP archive, by name. They are stored as they are, for compressors differ."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(f"{folder}/{name}", _NO_TIME)
            entry.create_system, entry.external_attr = _UNIX, _PLAIN_FILE
            archive.writestr(entry, files[name])
    return buffer.getvalue()
