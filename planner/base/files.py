"""Reading files that a user names, and writing files and folders completely or not at all."""

import errno
import os
import stat
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from io import BufferedReader
from pathlib import Path
from uuid import uuid4

from planner.base.errors import FileTroubleError
from planner.base.language import tr

# In bytes. Keys, checkpoints and similar files have only a few lines.
LARGEST_SMALL_FILE = 1_000_000

# Open a pipe immediately instead of waiting for its other end. Windows has neither such pipes nor this flag.
_NON_BLOCKING: int = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0) | getattr(os, "O_BINARY", 0)


def write_whole(path: Path, chunks: Iterable[bytes], *, private: bool = False) -> None:
    """Write a file so that the path always holds either the complete new content or the old content.

    Missing folders are made.

    The content is written to a new file in the same folder, flushed to disk, and then renamed. The new file gets the
    permissions of the one it replaces; a private file is readable by its owner only, from the beginning. If the path is
    a symbolic link, its target is replaced. Raises FileTroubleError if the file cannot be written. After any error, no
    incomplete file is left.
    """
    write_all({path: chunks}, private=private)


def write_all(files: Mapping[Path, Iterable[bytes]], *, private: bool = False) -> None:
    """Write several files, each completely or not at all. All are flushed to disk before the first gets its name."""
    parts: list[Path] = []
    targets: list[Path] = []
    try:
        for path, chunks in files.items():
            with _translated_errors(path):
                target = _target(path)
                make_missing(target.parent, private=private)
                part = target.with_name(f".planner-{uuid4().hex}.part")
                targets.append(target)
                parts.append(part)
                _write(part, chunks, 0o600 if private else 0o666)
                if target.exists() and not private:
                    import shutil

                    shutil.copymode(target, part)
        for path, part, target in zip(files, parts, targets, strict=True):
            with _translated_errors(path):
                part.replace(target)
    except BaseException:
        for part in parts:
            _remove(part)
        raise
    for folder in {target.parent for target in targets}:
        sync_folder(folder)


def write_new(path: Path, content: bytes, *, private: bool = False) -> None:
    """Write a file that must not exist yet. A private file is readable by its owner only, from the beginning.

    Its folder is made if it is missing. Raises FileTroubleError if the file exists or cannot be written. An existing
    file is not changed. After any other error, no incomplete file is left.
    """
    with _translated_errors(path):
        make_missing(path.parent, private=private)
    try:
        _write(path, [content], 0o600 if private else 0o666)
        sync_folder(path.parent)
    except FileExistsError as error:
        raise _name_taken(path, tr("Give another name")) from error
    except OSError as error:
        raise _write_error(path, error) from error


def expanded(given: str) -> Path:
    """Return a typed path with `~` replaced by the home folder."""
    try:
        return Path(given).expanduser()
    except RuntimeError:
        return Path(given)  # raised if the user has no home folder; keep the path as typed


def names_folder(given: str) -> bool:
    """Whether a typed path is that of a folder, or of a new one: it then ends in a slash."""
    try:
        return given.endswith(("/", os.sep)) or expanded(given).is_dir()
    except OSError:
        return False  # a path that cannot be examined is reported when it is written


def open_plain(path: Path) -> BufferedReader:
    """Open a regular file for reading, without blocking. Raises OSError for anything other than a regular file.

    An ordinary `open` of a pipe would block until a writer connects, and a device may have no end.
    """
    # docs/decisions/0047: a pipe would wait for a writer.
    descriptor = os.open(path, os.O_RDONLY | _NON_BLOCKING)
    try:
        mode = os.fstat(descriptor).st_mode
        if stat.S_ISDIR(mode):
            raise IsADirectoryError(errno.EISDIR, tr("this is a folder"), str(path))
        if not stat.S_ISREG(mode):
            raise OSError(errno.EINVAL, tr("this is not a regular file"), str(path))
        return os.fdopen(descriptor, "rb")
    except BaseException:
        os.close(descriptor)
        raise


def read_bounded(path: Path, largest: int) -> bytes:
    """Return the content of a regular file of at most `largest` bytes.

    Raises OSError if it is larger or cannot be read.
    """
    with open_plain(path) as file:
        content = file.read(largest + 1)
    if len(content) > largest:
        raise OSError(errno.EFBIG, tr("this file is larger than {largest:,} bytes", largest=largest), str(path))
    return content


def read_small(path: Path, largest: int = LARGEST_SMALL_FILE) -> bytes:
    """Return the content of a file that the caller expects to be small.

    Raises FileTroubleError if the file is too large or cannot be read.
    """
    try:
        return read_bounded(path, largest)
    except OSError as error:
        raise unreadable(path, error) from error


def unreadable(path: Path, error: OSError) -> FileTroubleError:
    """Return the error that says why a file cannot be read, and what to do."""
    if isinstance(error, FileNotFoundError):
        return FileTroubleError(tr("there is no such file"), where=str(path), do=tr("Check the name of the file"))
    if isinstance(error, PermissionError):
        return FileTroubleError(
            tr("you do not have permission to read this file"),
            where=str(path),
            do=tr("Ask for read access to this file"),
        )
    if error.errno == errno.EISDIR:
        do = tr("Give the name of a file in it")
        return FileTroubleError(str(error.strerror), where=str(path), do=do)
    if error.errno in (errno.EINVAL, errno.EFBIG):
        return FileTroubleError(str(error.strerror), where=str(path), do=tr("Give the name of another file"))
    reason = (error.strerror or str(error)).lower()
    return FileTroubleError(
        tr("this file cannot be read ({reason})", reason=reason), where=str(path), do=tr("Check the path")
    )


def make_private_folder(folder: Path) -> None:
    """Create a folder and its missing parents, accessible to their owner only. Raises OSError if this fails."""
    make_missing(folder, private=True)


def make_folder(folder: Path) -> None:
    """Create an output folder, which must not exist, and its missing parents. Raises FileTroubleError if this fails."""
    with _translated_errors(folder):
        make_missing(folder.parent)
        folder.mkdir()
    sync_folder(folder.parent)


def make_missing(folder: Path, *, private: bool = False) -> None:
    """Create a folder and its parents where they are missing, and flush them to disk. Raises OSError if this fails.

    The folders of a private file are accessible to their owner only.
    """
    if folder.is_dir():
        return
    if folder.exists():
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(folder))
    make_missing(folder.parent, private=private)
    folder.mkdir(mode=0o700 if private else 0o777, exist_ok=True)
    sync_folder(folder.parent)


def sync_folder(folder: Path) -> None:
    """Flush a folder's entries to disk, so that a new name in it survives a power failure.

    Errors are ignored, because some file systems do not support this.
    """
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


class StagedFolder:
    """A folder of files that is complete on disk but still has a temporary name."""

    def __init__(self, part: Path) -> None:
        self._part = part

    def put(self, folder: Path) -> None:
        """Give the folder its final name. Raises FileTroubleError if that name is in use."""
        require_free(folder)
        try:
            self._part.rename(folder)
            sync_folder(folder.parent)
        except OSError as error:
            raise _write_error(folder, error) from error


@contextmanager
def staged_folder(folder: Path, files: Mapping[str, bytes]) -> Iterator[StagedFolder]:
    """Write files, by name, into a new folder with a temporary name. `StagedFolder.put` gives it its final name.

    Between the two steps, the caller can do what must happen only if the files are safely on disk. A folder without its
    final name is deleted after the block. Raises FileTroubleError if the final name is in use or the files cannot be
    written.
    """
    require_free(folder)
    part = folder.parent / f".planner-{uuid4().hex}.part"
    try:
        try:
            make_missing(folder.parent)
            part.mkdir()
            for name, content in files.items():
                _write(part / name, [content], 0o666)
            sync_folder(part)
        except OSError as error:
            raise _write_error(folder, error) from error
        yield StagedFolder(part)
    finally:
        import shutil

        shutil.rmtree(part, ignore_errors=True)


def require_free(path: Path, do: str = "") -> None:
    """Raise FileTroubleError if a file or folder already exists at the path.

    `do` is the error's advice to the user. By default, it is to name another folder.
    """
    if os.path.lexists(path):
        raise _name_taken(path, do or tr("Give another folder"))


def _name_taken(path: Path, do: str) -> FileTroubleError:
    return FileTroubleError(tr("a file or folder with this name already exists"), where=str(path), do=do)


def _target(path: Path) -> Path:
    """Return the file to write, after following symbolic links.

    Replacing a file needs no write permission for the file itself. Devices, pipes and write-protected files must not be
    replaced, so they are refused here.
    """
    if path.is_dir():
        raise FileTroubleError(tr("this is a folder"), where=str(path), do=tr("Give the name of a file"))
    if path.exists() and not path.is_file():
        raise FileTroubleError(
            tr("this is not a regular file"), where=str(path), do=tr("Give another name, or - for standard output")
        )
    if path.exists() and not os.access(path, os.W_OK):
        raise FileTroubleError(tr("this file is write-protected"), where=str(path), do=tr("Give another name"))
    return Path(os.path.realpath(path))


def _write(path: Path, chunks: Iterable[bytes], mode: int) -> None:
    """Write a new file. If an error or signal interrupts the writing, the file is deleted."""
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
def _translated_errors(path: Path) -> Iterator[None]:
    """Raise errors of the operating system about a file as FileTroubleError, with a message for people."""
    try:
        yield
    except OSError as error:
        raise _write_error(path, error) from error


def _write_error(path: Path, error: OSError) -> FileTroubleError:
    """Turn an error of the operating system into one with a message for people."""
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return FileTroubleError(
            tr(
                "the folder {parent} cannot be made, because a file has its name or that of a parent",
                parent=path.parent,
            ),
            where=str(path),
            do=tr("Give another folder"),
        )
    if isinstance(error, PermissionError):
        return FileTroubleError(
            tr("you do not have permission to write to this folder"),
            where=str(path),
            do=tr("Ask for write access to the folder, or give another folder"),
        )
    reason = (error.strerror or str(error)).lower()
    return FileTroubleError(
        tr("writing failed ({reason})", reason=reason), where=str(path), do=tr("No incomplete file was left behind")
    )
