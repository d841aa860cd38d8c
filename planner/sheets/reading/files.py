"""Open the files that came back, and read the status sheet in each of them."""

import hashlib
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from planner.base.command_names import command_with
from planner.base.errors import BadValueError, FileTroubleError, ImportFileError
from planner.base.files import expanded, open_plain
from planner.base.language import tr
from planner.intake.files.folders import files_of
from planner.intake.files.reading import read_files
from planner.intake.proposed import Problem, Severity
from planner.intake.sheets import Place
from planner.sheets.reading.filled import FilledSheet
from planner.sheets.reading.workbook import read_filled


class SheetFiles(NamedTuple):
    """The status sheets of some files, the problems of those that could not be read, and the names of all in order.

    `left_out` are the files that somebody wanted to be left out.
    """

    sheets: Sequence[FilledSheet]
    problems: Sequence[Problem] = ()
    files: Sequence[str] = ()
    left_out: Sequence[str] = ()


def read_sheet_files(names: Iterable[str], leave_out: Collection[str] = ()) -> SheetFiles:
    """Read status sheets. The problems are the files that cannot be read as one, so that all of them are named at once.

    A folder stands for the files in it, without those whose names are in `leave_out`. A sheet has the name of its file,
    or the path if two files have the same name. Raises the error itself if there is only one file, such as
    FileTroubleError if it cannot be opened.
    """
    found = files_of(map(expanded, names))
    left_out = [path.name for path in found.paths if path in found.in_folders and path.name in leave_out]
    paths = [path for path in dict.fromkeys(found.paths) if path not in found.in_folders or path.name not in left_out]
    same = Counter(path.name for path in paths)
    files = [path.name if same[path.name] == 1 else str(path) for path in paths]
    sheets, problems = [], list(found.remarks)
    for path, name in zip(paths, files, strict=True):
        try:
            sheets.append(_read_sheet(path, name))
        except (BadValueError, FileTroubleError, ImportFileError) as error:
            if len(paths) == 1:
                raise
            do = _or_leave_out(error.do, path) if path in found.in_folders else error.do
            problems.append(Problem(Severity.ERROR, Place(name), None, "", error.what, do))
    return SheetFiles(sheets, problems, files, left_out)


def _or_leave_out(do: str, path: Path) -> str:
    """Return what to do about a file that may have come into the folder of the sheets by chance."""
    return tr("{do}, or leave it out with '{command}'", do=do, command=command_with("sheets in", leave_out=path.name))


def _read_sheet(path: Path, name: str) -> FilledSheet:
    found = read_files([path])
    sheets = [replace(sheet, file=name) for sheet in found.sheets]
    faults = [replace(fault, place=replace(fault.place, file=name)) for fault in found.problems]
    return read_filled(name, _digest(path), sheets, faults)


def _digest(path: Path) -> str:
    with open_plain(path) as file:
        return hashlib.sha256(file.read()).hexdigest()
