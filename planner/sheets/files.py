"""Open the files that came back, and read the status sheet in each of them."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

from planner.base.files import expanded, open_plain
from planner.intake.files.reading import read_files
from planner.sheets.filled import FilledSheet, read_filled


def read_sheet_files(names: Iterable[str]) -> list[FilledSheet]:
    """Read status sheets. Raises the errors of `read_files`, and BadValueError for a file that is no status sheet."""
    result = []
    for path in dict.fromkeys(map(expanded, names)):
        found = read_files([path])
        result.append(read_filled(path.name, _digest(path), found.sheets, found.problems))
    return result


def _digest(path: Path) -> str:
    with open_plain(path) as file:
        return hashlib.sha256(file.read()).hexdigest()
