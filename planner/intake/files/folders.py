"""The files of a folder, such as an exported register in CSV or the status sheets that came back."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from planner.base.errors import FileTroubleError, ImportFileError
from planner.base.files import unreadable
from planner.base.language import tr, tr_count
from planner.base.listing import listed
from planner.base.texts import natural_order
from planner.base.views import value_class
from planner.intake.proposed import Problem, Severity
from planner.intake.sheets import Place

# More files than any register has. Somebody has given a folder such as that of all downloads.
MOST_FILES = 1_000
# What systems put into folders, beside files whose names begin with a dot. Nobody put it there.
_OF_SYSTEMS = frozenset({"thumbs.db", "desktop.ini", "__macosx"})
# How the names begin of the files by which Excel and LibreOffice say that somebody has another one open.
_OF_OPEN_FILES = ("~$", ".~lock.")


@value_class
class FilesOf:
    """The files that paths name, and remarks about what was left out of folders.

    `in_folders` are those that nobody named: they are there because their folder was given.
    """

    paths: tuple[Path, ...]
    remarks: tuple[Problem, ...]
    in_folders: frozenset[Path]


def files_of(paths: Iterable[Path]) -> FilesOf:
    """Return files as they are, and in place of each folder the files directly in it, in the order of their names.

    Files that only a system put into a folder are left out. A remark names the folders in it, and the files that
    somebody has open. Raises FileTroubleError for a folder without a file, and for one that cannot be read.
    """
    found: list[Path] = []
    in_folders: set[Path] = set()
    remarks: list[Problem] = []
    for path in paths:
        if _is_folder(path):
            inside = _in_folder(path, remarks)
            in_folders.update(inside)
            found += inside
        else:
            found.append(path)
    return FilesOf(tuple(found), tuple(remarks), frozenset(in_folders))


def foreign_in_folder(errors: Sequence[ImportFileError]) -> ImportFileError:
    """Return one error about the files of folders that cannot be imported. Nobody named them, so they may be moved."""
    if len(errors) == 1:
        if errors[0].by_field:
            return errors[0]
        do = tr("{do}, or move it out of the folder", do=errors[0].do)
        return ImportFileError(errors[0].what, where=errors[0].where, do=do)
    files = listed([f"{Path(error.where).name} ({error.what})" for error in errors], 5)
    what = tr_count(
        "{count:,} file of the folder cannot be imported: {files}",
        "{count:,} files of the folder cannot be imported: {files}",
        len(errors),
        files=files,
    )
    where, first = str(Path(errors[0].where).parent), errors[0]
    if first.by_field and all(error.by_field == first.by_field for error in errors):
        # One field, such as the encoding, helps all of them.
        return ImportFileError(what, where=where, do=first.do, by_field=first.by_field)
    return ImportFileError(what, where=where, do=tr("Move them out of the folder"))


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except (OSError, ValueError):
        # Whoever opens it says what is wrong.
        return False


def _in_folder(folder: Path, remarks: list[Problem]) -> list[Path]:
    try:
        entries = sorted(folder.iterdir(), key=lambda path: natural_order(path.name))
        own = [path for path in entries if not _is_of_system(path)]
        folders = [path.name for path in own if _is_folder(path)]
    except OSError as error:
        raise unreadable(folder, error) from error
    files = [path for path in own if path.name not in folders]
    remarks += _remarks(folder, folders, [path.name for path in entries if path.name.startswith(_OF_OPEN_FILES)])
    if not files:
        raise FileTroubleError(tr("there is no file in this folder"), where=str(folder), do=tr("Check the path"))
    if len(files) > MOST_FILES:
        what = tr("there are {number:,} files in this folder", number=len(files))
        raise FileTroubleError(what, where=str(folder), do=tr("Put the files to read into a folder of their own"))
    return files


def _is_of_system(path: Path) -> bool:
    name = path.name.casefold()
    return name.startswith((".", *_OF_OPEN_FILES)) or name in _OF_SYSTEMS


def _remarks(folder: Path, folders: list[str], open_files: list[str]) -> Iterator[Problem]:
    place = Place(folder.name or str(folder))
    if folders:
        what = tr("the folders inside this folder are not read: {names}", names=listed(folders, 5))
        yield Problem(
            Severity.REMARK, place, None, "", what, tr("If their files should be read, give these folders too")
        )
    if open_files:
        what = tr("somebody has a file of this folder open: {names}", names=listed(open_files, 5))
        do = tr("Save and close it, or what was changed last is missing")
        yield Problem(Severity.REMARK, place, None, "", what, do)
