"""Reading files that a person names, and writing files and folders of files, whole or not at all."""

import errno
import os
import shutil
import stat
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO
from uuid import uuid4

from planner.errors import FileTroubleError

# Keys, checkpoints and the like are a few lines.
LARGEST_SMALL_FILE = 1_000_000

# Opens a pipe at once instead of waiting for its other end. Windows has no such pipes and no such flag.
_NO_WAITING: int = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0) | getattr(os, "O_BINARY", 0)


def write_whole(path: Path, chunks: Iterable[bytes], *, private: bool = False) -> None:
    """Write a file so that its name holds either all of the new content or what it held before.

    The content goes to a new file beside it, reaches the disk, and then takes the name. A file that is replaced gives
    its permissions to the new one; a private file is the owner's alone from its first byte. Where the name is a link,
    the file it leads to is replaced. Raises FileTroubleError; then, as after any other error, nothing is left behind.
    """
    write_all({path: chunks}, private=private)


def write_all(files: Mapping[Path, Iterable[bytes]], *, private: bool = False) -> None:
    """Write several files as `write_whole` does. None takes its name before all of them have reached the disk."""
    parts: list[Path] = []
    targets: list[Path] = []
    try:
        for path, chunks in files.items():
            with _telling(path):
                target = _target(path)
                part = target.with_name(f".planner-{uuid4().hex}.part")
                targets.append(target)
                parts.append(part)
                _write(part, chunks, 0o600 if private else 0o666)
                if target.exists() and not private:
                    shutil.copymode(target, part)
        for path, part, target in zip(files, parts, targets, strict=True):
            with _telling(path):
                part.replace(target)
    except BaseException:
        for part in parts:
            _remove(part)
        raise
    for folder in {target.parent for target in targets}:
        sync_folder(folder)


def write_new(path: Path, content: bytes, *, private: bool = False) -> None:
    """Write a file that is not there yet; a private one is the owner's alone from its first byte.

    Raises FileTroubleError, also where something has the name already, which is left as it is. After another error
    nothing of the file is left behind.
    """
    try:
        _write(path, [content], 0o600 if private else 0o666)
        sync_folder(path.parent)
    except FileExistsError as error:
        raise _taken(path, "Give another name") from error
    except OSError as error:
        raise _told(path, error) from error


def open_plain(path: Path) -> BinaryIO:
    """Open a plain file for reading, without ever waiting for it. Raises OSError, also for anything else than a file.

    A pipe would make an ordinary `open` wait until somebody writes to it, and a device may have no end.
    """
    descriptor = os.open(path, os.O_RDONLY | _NO_WAITING)
    try:
        mode = os.fstat(descriptor).st_mode
        if stat.S_ISDIR(mode):
            raise IsADirectoryError(errno.EISDIR, "this is a folder", str(path))
        if not stat.S_ISREG(mode):
            raise OSError(errno.EINVAL, "this is not a plain file", str(path))
        return os.fdopen(descriptor, "rb")
    except BaseException:
        os.close(descriptor)
        raise


def read_bounded(path: Path, largest: int) -> bytes:
    """The bytes of a plain file of no more than `largest` bytes. Raises OSError, also for a larger one."""
    with open_plain(path) as file:
        content = file.read(largest + 1)
    if len(content) > largest:
        raise OSError(errno.EFBIG, f"it is larger than {largest:,} bytes", str(path))
    return content


def read_small(path: Path, largest: int = LARGEST_SMALL_FILE) -> bytes:
    """The bytes of a file that can only be a small one. Raises FileTroubleError."""
    try:
        return read_bounded(path, largest)
    except OSError as error:
        raise unreadable(path, error) from error


def unreadable(path: Path, error: OSError) -> FileTroubleError:
    """Why a file cannot be read, and what to do."""
    if isinstance(error, FileNotFoundError):
        return FileTroubleError("there is no such file", where=str(path), do="Check its name")
    if isinstance(error, PermissionError):
        return FileTroubleError("you may not read it", where=str(path), do="Ask for read access to it")
    if error.errno in (errno.EISDIR, errno.EINVAL, errno.EFBIG):
        return FileTroubleError(str(error.strerror), where=str(path), do="Give the name of another file")
    reason = (error.strerror or str(error)).lower()
    return FileTroubleError(f"it cannot be read ({reason})", where=str(path), do="Check the path")


def make_private_folder(folder: Path) -> None:
    """Make a folder, and those above it that are missing, for their owner only. Raises OSError."""
    if folder.is_dir():
        return
    if folder.exists():
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(folder))
    make_private_folder(folder.parent)
    folder.mkdir(mode=0o700, exist_ok=True)


def make_folder(folder: Path) -> None:
    """Make a folder for files that people asked for, in a folder that is there. Raises FileTroubleError."""
    with _telling(folder):
        folder.mkdir()
    sync_folder(folder.parent)


def sync_folder(folder: Path) -> None:
    """Have a folder's entries reach the disk, so that a new name in it survives a power failure.

    Some file systems cannot do that for folders; they are left to their own order.
    """
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


class StagedFolder:
    """Files that stand on the disk in a folder of their own, not yet under the name that the folder shall have."""

    def __init__(self, part: Path) -> None:
        self._part = part

    def put(self, folder: Path) -> None:
        """Give the folder its name. Raises FileTroubleError where something else has it."""
        require_free(folder)
        try:
            self._part.rename(folder)
            sync_folder(folder.parent)
        except OSError as error:
            raise _told(folder, error) from error


@contextmanager
def staged_folder(folder: Path, files: Mapping[str, bytes]) -> Iterator[StagedFolder]:
    """Write files by name into a new folder beside the one that it is to be; `put` then gives it its name.

    In between comes what must not happen unless the files are safely on the disk. Where the folder was not put in the
    end, it is gone. Raises FileTroubleError, also where something has the folder's name already.
    """
    require_free(folder)
    part = folder.parent / f".planner-{uuid4().hex}.part"
    try:
        try:
            part.mkdir()
            for name, content in files.items():
                _write(part / name, [content], 0o666)
            sync_folder(part)
        except OSError as error:
            raise _told(folder, error) from error
        yield StagedFolder(part)
    finally:
        shutil.rmtree(part, ignore_errors=True)


def require_free(path: Path, do: str = "Name another folder") -> None:
    """Raise FileTroubleError where something has this name already; `do` says what to do then."""
    if os.path.lexists(path):
        raise _taken(path, do)


def _taken(path: Path, do: str) -> FileTroubleError:
    return FileTroubleError("there is something of this name already", where=str(path), do=do)


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


def _write(path: Path, chunks: Iterable[bytes], mode: int) -> None:
    """Write a new file; whatever error or signal interrupts that, the file is gone again."""
    with open(path, "xb", opener=lambda name, flags: os.open(name, flags, mode)) as file:
        try:
            for chunk in chunks:
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
        except BaseException:
            _remove(path)
            raise


def _remove(path: Path) -> None:
    with suppress(OSError):
        path.unlink(missing_ok=True)


@contextmanager
def _telling(path: Path) -> Iterator[None]:
    """Tell a person of what the system refuses about a file."""
    try:
        yield
    except OSError as error:
        raise _told(path, error) from error


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
