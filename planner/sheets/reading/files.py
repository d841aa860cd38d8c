"""Open the files that came back, and read the status sheet in each of them."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from planner.base.errors import BadValueError, FileTroubleError, ImportFileError
from planner.base.files import expanded, open_plain
from planner.intake.files.folders import files_of
from planner.intake.files.reading import read_files
from planner.intake.proposed import Problem, Severity
from planner.intake.sheets import Place
from planner.sheets.reading.filled import FilledSheet
from planner.sheets.reading.workbook import read_filled


class SheetFiles(NamedTuple):
    """The status sheets of some files, the problems of those that could not be read, and the names of all in order."""

    sheets: Sequence[FilledSheet]
    problems: Sequence[Problem] = ()
    files: Sequence[str] = ()


def read_sheet_files(names: Iterable[str]) -> SheetFiles:
    """Read status sheets. The problems are the files that cannot be read as one, so that all of them are named at once.

    A folder stands for the files in it. A sheet has the name of its file, or the path if two files have the same
    name. Raises the error itself if there is only one file, such as FileTroubleError if it cannot be opened.
    """
    found = files_of(map(expanded, names))
    paths = list(dict.fromkeys(found.paths))
    same = Counter(path.name for path in paths)
    files = [path.name if same[path.name] == 1 else str(path) for path in paths]
    sheets, problems = [], list(found.remarks)
    for path, name in zip(paths, files, strict=True):
        try:
            sheets.append(_read_sheet(path, name))
        except (BadValueError, FileTroubleError, ImportFileError) as error:
            if len(paths) == 1:
                raise
            problems.append(Problem(Severity.ERROR, Place(name), None, "", error.what, error.do))
    return SheetFiles(sheets, problems, files)


def _read_sheet(path: Path, name: str) -> FilledSheet:
    found = read_files([path])
    sheets = [replace(sheet, file=name) for sheet in found.sheets]
    faults = [replace(fault, place=replace(fault.place, file=name)) for fault in found.problems]
    return read_filled(name, _digest(path), sheets, faults)


def _digest(path: Path) -> str:
    with open_plain(path) as file:
        return hashlib.sha256(file.read()).hexdigest()
