"""Writing files whole or not at all."""

import os
import shutil
from collections.abc import Iterable
from pathlib import Path
from uuid import uuid4

from planner.errors import FileTroubleError


def write_whole(path: Path, chunks: Iterable[bytes], *, private: bool = False) -> None:
    """Write a file so that its name holds either all of the new content or what it held before.

    The content goes to a new file beside it, reaches the disk, and then takes the name. A file that is replaced gives
    its permissions to the new one; a private file is the owner's alone from its first byte. Where the name is a link,
    the file it leads to is replaced. Raises FileTroubleError; then, as after any other error, nothing is left behind.
    """
    try:
        target = _target(path)
        part = target.with_name(f".planner-{uuid4().hex}.part")
        try:
            _write(part, chunks, 0o600 if private else 0o666)
            if target.exists() and not private:
                shutil.copymode(target, part)
            part.replace(target)
        except BaseException:
            part.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise _told(path, error) from error


def _target(path: Path) -> Path:
    """The file that is meant, links followed.

    Taking a name needs no right to the file that holds it, so what must not be replaced is refused here: a device or a
    pipe, and a file that its owner protected.
    """
    if path.is_dir():
        raise FileTroubleError("this is a folder", where=str(path), do="Give the name of a file")
    if path.exists() and not path.is_file():
        raise FileTroubleError(
            "this is not a plain file", where=str(path), do="Give another name, or - for standard output"
        )
    if path.exists() and not os.access(path, os.W_OK):
        raise FileTroubleError("this file is write-protected", where=str(path), do="Give another name")
    return Path(os.path.realpath(path))


def _write(part: Path, chunks: Iterable[bytes], mode: int) -> None:
    with open(part, "xb", opener=lambda name, flags: os.open(name, flags, mode)) as file:
        for chunk in chunks:
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())


def _told(path: Path, error: OSError) -> FileTroubleError:
    """The system's own error as one sentence for a person."""
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return FileTroubleError(f"there is no folder {path.parent}", where=str(path), do="Make it, or name another")
    if isinstance(error, PermissionError):
        return FileTroubleError(
            "you may not write there", where=str(path), do="Ask for write access to the folder, or name another"
        )
    reason = (error.strerror or str(error)).lower()
    return FileTroubleError(f"it could not be written ({reason})", where=str(path), do="Nothing was left behind")
